//! Small relational trees and their statements on `SQLite`.

mod dialects;
mod expressions;
mod fusion;
mod levels;
mod relations;
mod tree;
mod windows;

//! Reads, checks and compiles Bookwright workbooks.

pub mod compile;
pub mod diag;
pub mod document;
pub mod formula;
pub mod host;
pub mod plan;
pub mod project;
pub mod schema;
pub mod resolve;
pub mod source;
pub mod span;
mod emit;
mod lower;
mod typing;
pub mod value;
pub mod yaml;

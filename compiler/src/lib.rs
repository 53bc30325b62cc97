//! Reads, checks and compiles Bookwright workbooks.

pub mod bind;
pub mod compile;
pub mod diag;
pub mod document;
mod emit;
pub mod formula;
pub mod host;
mod lower;
pub mod plan;
pub mod project;
pub mod resolve;
pub mod schema;
pub mod source;
pub mod span;
pub mod sql;
mod typing;
pub mod value;
pub mod yaml;

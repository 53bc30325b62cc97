//! Reads, checks and compiles Bookwright workbooks.

pub mod bind;
pub mod compile;
pub mod diag;
pub mod document;
pub mod formula;
pub mod host;
pub mod plan;
pub mod project;
pub mod schema;
pub mod source;
pub mod span;
pub mod value;
pub mod yaml;

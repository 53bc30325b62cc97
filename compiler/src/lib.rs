//! Reads, checks and compiles Bookwright workbooks.

pub mod diag;
pub mod document;
pub mod formula;
pub mod host;
pub mod plan;
pub mod source;
pub mod span;
pub mod value;
pub mod yaml;

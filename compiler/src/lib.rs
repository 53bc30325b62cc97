//! Reads, checks and compiles Bookwright workbooks.

pub mod bind;
pub mod diag;
pub mod formula;
pub mod host;
pub mod plan;
pub mod source;
pub mod span;
pub mod sql;
pub mod value;
pub mod yaml;

//! What holds for every text, and panics when it does not: for fuzzers and for the cases made at random of the test run.
//!
//! The fuzz targets (`tests/fuzz`) include this folder as it is, so nothing here needs more than the compiler.

mod book;
pub mod bound;
mod host;
mod shape;
mod text;
mod tree;

pub use book::{column, workbook};
pub use shape::{children, same};
pub use text::{formula, parts, printed, prose, tokens};
pub use tree::expression;

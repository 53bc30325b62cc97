//! Seed files: CSV that becomes tables.
//!
//! In: the project's seed files. Out: tables of the target's engine, loaded again only when their content changed.
//! [`scan`] splits text into fields and tells a quoted empty field from an empty one; [`infer`] finds the types;
//! [`load()`] keeps the books; [`describe`] answers the compiler without loading.

pub mod describe;
pub mod host;
pub mod infer;
pub mod load;
pub mod name;
mod problem;
pub mod scan;
mod source;

use std::collections::BTreeMap;
use std::path::PathBuf;

use bookwright_compiler::value::Type;

pub use load::{Report, load};
pub use problem::Problem;

/// One seed file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seed {
    /// Path relative to the project, for messages.
    pub file: String,
    /// Where it is.
    pub path: PathBuf,
    /// Table name, segments from outer to inner.
    pub table: Vec<String>,
    /// Types the author gives, by header name.
    pub types: BTreeMap<String, Type>,
}

//! What becomes known when a request runs: control values, the instant, the person, the clicked rows.
//!
//! In: expressions of a plan and [`Bindings`]. Out: expressions that hold only columns, literals and calls, with every
//! control and filter turned into ordinary predicates. The text forms of control values live here too: [`url`] for
//! addresses and the command line, [`json`] for the browser. Not here: the authoring words for windows.

pub mod date;
mod expr;
mod filter;
pub mod json;
mod predicate;
mod scalar;
mod text;
pub mod url;
mod value;
pub mod window;

pub use expr::{Bindings, Bound, bind};

//! The spreadsheet-like formula language: text in, tree out, and what it means.
//!
//! Enters: formula text with a [`TextMap`](crate::yaml::TextMap). Leaves: an [`ast::Expr`] whose spans are places of
//! the file. `functions` declares every function once: signature, types, prose, example, evaluator, lowering. Names of
//! columns and controls are resolved elsewhere (`resolve`, `typing`).

pub mod ast;
pub mod datetime;
pub mod eval;
pub mod functions;
mod parser;
mod print;
pub mod reference;

pub use parser::{TemplatePart, parse, parse_template, tokens};
pub use print::print;

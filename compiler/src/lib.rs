//! Reads, checks and compiles Bookwright workbooks. Pure: everything outside is asked of a [`host::Host`].
//!
//! | stage | enters | leaves |
//! |---|---|---|
//! | [`yaml`] | text | nodes with the bytes of every key and value |
//! | [`document`] | nodes | what the author wrote, typed: workbook, queries, elements, controls, actions |
//! | [`formula`] | formula text | trees; and what every function means |
//! | [`resolve`] | a document | everything by name, with ids |
//! | `typing` | names and a catalog | elements whose formulas are typed and at their level |
//! | `lower` | typed elements | relations |
//! | `emit` | all of it | a [`plan::Plan`] |
//! | [`bind`] | plan expressions, control values | expressions without parameters |
//! | [`sql`] | relations, a dialect | statements with bound values |
//!
//! [`compile::compile`] runs them in order; [`diag`] holds what they find, [`source`] and [`span`] say where,
//! [`value`] the types and cells they share, [`project`] the project file, [`schema`] the JSON Schemas.

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

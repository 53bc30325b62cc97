//! The document: what an author wrote, typed, with a place for everything. Names are not resolved here.
//!
//! Enters: [`Node`](crate::yaml::Node) trees. Leaves: [`workbook::Workbook`] and [`project::Project`]. Every map of the
//! language is a `record!`, every closed set of words a `keyword!`; the same declarations give the reader and the schema.

pub mod action;
pub mod control;
pub mod data;
pub mod element;
pub mod forms;
pub mod input;
pub mod item;
pub(crate) mod load;
pub mod primitive;
pub mod project;
pub mod read;
pub mod workbook;

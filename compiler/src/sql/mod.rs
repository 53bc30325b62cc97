//! Relational nodes to the text of one statement.
//!
//! In: the nodes of a plan, a root, and what the request binds. Out: [`Statement`]. Stages: `prepare` binds, folds
//! and orders the nodes, `prune` finds the columns somebody needs and the nodes that are used twice, `regroup` computes
//! coarser groups from finer ones, `push` groups before it filters groups, `build` fuses
//! operators into as few SELECTs as their meaning allows, `print` writes the tree in a [`Dialect`].

mod aggregate;
mod block;
mod build;
pub mod dialect;
mod error;
mod fold;
mod frame;
mod idle;
mod join;
mod lift;
mod partial;
mod pattern;
mod prepare;
mod print;
mod prune;
mod push;
mod regroup;
mod render;
mod scalar;
mod settle;
mod source;
mod subquery;
mod template;
pub mod tree;
mod window;

pub use dialect::{Dialect, Sqlite, Support};
pub use error::SqlError;
pub use render::{Options, Statement, render};

#[cfg(test)]
mod tests;

//! The way from nodes to text.

use super::build::Builder;
use super::dialect::Dialect;
use super::error::SqlError;
use super::print::Printer;
use super::{prepare, prune, push, regroup};
use crate::bind::Bound;
use crate::plan::relation::{Column, NodeId, NodeTable};
use crate::value::Value;

/// A statement with the values it binds.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// One query, without a final semicolon. Equal plans and bindings give equal text.
    pub text: String,
    /// Values by placeholder: the first is number 1.
    pub params: Vec<Value>,
    /// Output columns, in order, as the plan has them.
    pub columns: Vec<Column>,
}

/// What the engine's layout decides.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Path of the table that holds the rows of an input table, by the input table's id. Stored columns are named by
    /// their ids.
    pub input_table: &'a dyn Fn(&str) -> Vec<String>,
}

/// The statement that gives the rows of `root`.
///
/// # Errors
/// When the plan is not well-formed or the engine lacks a function; see [`SqlError`].
pub fn render(
    nodes: &NodeTable,
    root: NodeId,
    bound: Bound<'_>,
    dialect: &dyn Dialect,
    options: Options<'_>,
) -> Result<Statement, SqlError> {
    let mut plan = prepare::prepare(nodes, root, bound)?;
    let mut usage = prune::usage(&plan);
    if regroup::regroup(&mut plan, &usage) {
        usage = prune::usage(&plan);
    }
    if push::push(&mut plan) {
        usage = prune::usage(&plan);
        if regroup::regroup(&mut plan, &usage) {
            usage = prune::usage(&plan);
        }
    }
    let builder = Builder::new(&plan, &usage, bound.bindings, dialect, options);
    let (ctes, query) = builder.build()?;
    let (text, params) = Printer::print(dialect, &ctes, &query)?;
    let columns = plan
        .nodes
        .get(&root)
        .map_or_else(Vec::new, |node| node.columns.clone());
    Ok(Statement {
        text,
        params,
        columns,
    })
}

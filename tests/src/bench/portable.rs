//! A view for other engines: its sources are tables that can be loaded anywhere.

use std::sync::Arc;

use bookwright_compiler::bind::{Bindings, Bound};
use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::element::View;
use bookwright_compiler::plan::relation::{
    ExprKind, Node, NodeId, NodeTable, Operator, ScanColumn,
};
use bookwright_compiler::sql::dialect::Dialect;
use bookwright_compiler::sql::{self, SqlError, Statement};
use bookwright_compiler::value::{Type, Value};

use super::interpret::{self, Read};
use super::{Ask, Workbook};

/// A table that a view reads.
#[derive(Clone, PartialEq, Debug)]
pub struct Source {
    /// Name; tables of the same content have the same.
    pub name: String,
    /// Columns.
    pub columns: Vec<(String, Type)>,
    /// Rows.
    pub rows: Vec<Vec<Value>>,
}

/// A view whose tables, input tables and custom SQL are tables of other names.
#[derive(Debug)]
pub struct Portable {
    plan: Plan,
    nodes: NodeTable,
    root: NodeId,
    bindings: Bindings,
    /// Tables it reads.
    pub sources: Vec<Source>,
    /// Positions of the columns that order its rows, the first ones.
    pub order: Vec<usize>,
    /// Its rows, by the reference.
    pub expected: Vec<Vec<Value>>,
}

impl Workbook<'_> {
    /// What is asked for, to be run elsewhere.
    ///
    /// # Errors
    /// As [`Workbook::reference`].
    pub async fn portable(&self, ask: &Ask) -> anyhow::Result<Portable> {
        let bindings = self.bindings(ask)?;
        let (_, view) = interpret::asked(self.plan(), ask)?;
        let read = interpret::read(self, view, &bindings).await?;
        Ok(Portable {
            plan: self.plan().clone(),
            expected: read.run(),
            sources: sources(&read),
            order: order(view),
            nodes: renamed(&read),
            root: read.root,
            bindings,
        })
    }
}

impl Portable {
    /// The statement in a dialect.
    ///
    /// # Errors
    /// When the dialect cannot say it.
    pub fn statement(&self, dialect: &dyn Dialect) -> Result<Statement, SqlError> {
        let bound = Bound {
            controls: &self.plan.controls,
            bindings: &self.bindings,
        };
        let input_table = |id: &str| vec![id.to_owned()];
        let options = sql::Options {
            input_table: &input_table,
        };
        sql::render(&self.nodes, self.root, bound, dialect, options)
    }
}

fn order(view: &View) -> Vec<usize> {
    let keys = view.order.iter();
    let column = keys.map_while(|key| match &key.by.kind {
        ExprKind::Column { index } => Some(*index),
        _ => None,
    });
    column.collect()
}

fn columns(node: &Node) -> Vec<(String, Type)> {
    let named = node.columns.iter().enumerate();
    named
        .map(|(index, column)| (format!("c{index}"), column.ty))
        .collect()
}

fn rows<'r>(read: &'r Read, node: &Node) -> Option<&'r Vec<Vec<Value>>> {
    let found = read.sources.iter().find(|(of, _)| *of == node.operator);
    found.map(|(_, rows)| rows)
}

fn name(columns: &[(String, Type)], rows: &[Vec<Value>]) -> String {
    let content = serde_json::to_vec(&(columns, rows)).unwrap_or_default();
    let hash = blake3::hash(&content).to_hex();
    format!("t_{}", hash.get(..16).unwrap_or_default())
}

fn sources(read: &Read) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for node in read.nodes.values() {
        let Some(rows) = rows(read, node) else {
            continue;
        };
        let columns = columns(node);
        let name = name(&columns, rows);
        if !sources.iter().any(|known| known.name == name) {
            sources.push(Source {
                name,
                columns,
                rows: rows.clone(),
            });
        }
    }
    sources
}

fn renamed(read: &Read) -> NodeTable {
    let rename = |node: &Arc<Node>| {
        let Some(rows) = rows(read, node) else {
            return Arc::clone(node);
        };
        let columns = columns(node);
        let table = vec![name(&columns, rows)];
        let columns = columns
            .into_iter()
            .map(|(name, _)| ScanColumn { name, zoned: false });
        let mut node = Node::clone(node);
        node.operator = Operator::Scan {
            table,
            columns: columns.collect(),
        };
        Arc::new(node)
    };
    let nodes = read.nodes.iter();
    nodes.map(|(id, node)| (*id, rename(node))).collect()
}

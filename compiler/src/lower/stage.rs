//! The relation of one depth, and the columns it carries.
//!
//! Positions of columns never change once given: a stage's node is only ever replaced by one that has the same columns
//! and more behind them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Lowerer;
use crate::plan::relation::{Expr, ExprKind, NodeId};
use crate::value::Type;

/// What a column of a stage holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Key {
    /// Column of the source.
    Source(usize),
    /// Column of the element.
    Column(usize),
    /// Something computed on the way, by its content.
    Value(Arc<[u8]>),
}

/// The relation of one depth.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub(super) node: NodeId,
    /// Columns of `node`.
    pub(super) width: usize,
    /// Columns behind those of `node`, each over `node`: a projection that is made when something needs it as a node.
    pub(super) pending: Vec<(Arc<str>, Expr)>,
    pub(super) positions: BTreeMap<Key, usize>,
}

impl Stage {
    pub(super) fn new(
        lower: &Lowerer<'_>,
        node: NodeId,
        positions: impl IntoIterator<Item = (Key, usize)>,
    ) -> Self {
        Self {
            node,
            width: lower.nodes.columns(node).len(),
            pending: Vec::new(),
            positions: positions.into_iter().collect(),
        }
    }

    /// The node with all columns.
    pub(super) fn flush(&mut self, lower: &mut Lowerer<'_>) -> NodeId {
        if !self.pending.is_empty() {
            let mut list = pass_through(lower, self.node);
            list.append(&mut self.pending);
            self.width = list.len();
            self.node = lower.nodes.project(self.node, list);
        }
        self.node
    }

    /// Adds a column; gives its position.
    pub(super) fn push(&mut self, lower: &mut Lowerer<'_>, name: Arc<str>, expr: Expr) -> usize {
        if !self.pending.is_empty() && reads_behind(&expr, self.width) {
            self.flush(lower);
        }
        self.pending.push((name, expr));
        self.width + self.pending.len() - 1
    }

    /// The column at a position, over `node`.
    pub(super) fn over_node(&self, position: usize, ty: Type) -> Expr {
        match position.checked_sub(self.width) {
            None => Expr::column(position, ty),
            Some(behind) => match self.pending.get(behind) {
                Some((_, expr)) => Expr { ty, ..expr.clone() },
                None => null(ty),
            },
        }
    }
}

/// Whether an expression reads a column from this position on.
fn reads_behind(expr: &Expr, width: usize) -> bool {
    match &expr.kind {
        ExprKind::Column { index } => *index >= width,
        ExprKind::Call { args, .. } => args.iter().any(|arg| reads_behind(arg, width)),
        ExprKind::ControlFilter { value, .. } | ExprKind::ColumnFilter { value, .. } => {
            reads_behind(value, width)
        }
        ExprKind::Literal { .. } | ExprKind::Parameter { .. } => false,
    }
}

/// All columns of a node, to project more behind them.
pub(super) fn pass_through(lower: &Lowerer<'_>, node: NodeId) -> Vec<(Arc<str>, Expr)> {
    lower
        .nodes
        .columns(node)
        .iter()
        .enumerate()
        .map(|(i, column)| (Arc::clone(&column.name), Expr::column(i, column.ty)))
        .collect()
}

pub(super) fn null(ty: Type) -> Expr {
    Expr {
        ty,
        ..Expr::literal(crate::value::Value::Null)
    }
}

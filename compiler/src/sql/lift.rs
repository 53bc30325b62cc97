//! Expressions over a node as expressions over one above it that has the same rows.

use std::collections::{BTreeMap, BTreeSet};

use super::idle::same_rows;
use super::regroup::Grouping;
use crate::plan::relation::{Aggregate, Expr, ExprKind, Node, NodeId, Operator};

type Nodes = BTreeMap<NodeId, Node>;

/// A grouping over a node above its input, which has the rows of the input, each once; `None` when it has not, or lacks
/// a column.
pub(super) fn lift(nodes: &Nodes, grouping: &Grouping, to: NodeId) -> Option<Grouping> {
    let mut path = Vec::new();
    let mut id = to;
    while id != grouping.input {
        let operator = &nodes.get(&id)?.operator;
        path.push(operator);
        id = same_rows(nodes, operator)?;
    }
    let mut lifted = Grouping {
        input: to,
        ..grouping.clone()
    };
    for operator in path.into_iter().rev() {
        // Only a projection moves columns: joins and windows add theirs behind.
        if let Operator::Project { expressions, .. } = operator {
            lifted = lifted.moved(&|index| {
                let found = ExprKind::Column { index };
                expressions.iter().position(|expr| expr.kind == found)
            })?;
        }
    }
    Some(lifted)
}

impl Grouping {
    /// The grouping with every column where `to` says.
    fn moved(&self, to: &dyn Fn(usize) -> Option<usize>) -> Option<Self> {
        let all = |list: &[Expr]| list.iter().map(|expr| moved(expr, to)).collect();
        let keys: Option<Vec<Expr>> = all(&self.keys);
        let aggregates = self.aggregates.iter().map(|aggregate| {
            let filter = match &aggregate.filter {
                Some(filter) => Some(moved(filter, to)?),
                None => None,
            };
            Some(Aggregate {
                args: all(&aggregate.args)?,
                filter,
                ..aggregate.clone()
            })
        });
        Some(Self {
            input: self.input,
            aggregates: aggregates.collect::<Option<_>>()?,
            keys: keys?,
        })
    }
}

fn moved(expr: &Expr, to: &dyn Fn(usize) -> Option<usize>) -> Option<Expr> {
    let inside = |value: &Expr| moved(value, to).map(Box::new);
    let kind = match &expr.kind {
        ExprKind::Column { index } => ExprKind::Column { index: to(*index)? },
        ExprKind::Call { function, args } => ExprKind::Call {
            function: function.clone(),
            args: args
                .iter()
                .map(|arg| moved(arg, to))
                .collect::<Option<_>>()?,
        },
        ExprKind::ControlFilter { control, value } => ExprKind::ControlFilter {
            control: control.clone(),
            value: inside(value)?,
        },
        ExprKind::ColumnFilter { filter, value } => ExprKind::ColumnFilter {
            filter: filter.clone(),
            value: inside(value)?,
        },
        ExprKind::Literal { .. } | ExprKind::Parameter { .. } => expr.kind.clone(),
    };
    Some(Expr { kind, ty: expr.ty })
}

/// Whether a node is another one or reads it, directly or through others.
pub(super) fn reaches(nodes: &Nodes, from: NodeId, to: NodeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id)
            && let Some(node) = nodes.get(&id)
        {
            open.extend(node.operator.inputs());
        }
    }
    false
}

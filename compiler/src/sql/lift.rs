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
            lifted = substituted(&lifted, &|index| {
                let found = ExprKind::Column { index };
                let at = expressions.iter().position(|expr| expr.kind == found)?;
                Some(Expr::column(at, expressions.get(at)?.ty))
            })?;
        }
    }
    Some(lifted)
}

/// The grouping with another expression for every column; `None` when there is none for one of them.
pub(super) fn substituted(
    grouping: &Grouping,
    by: &dyn Fn(usize) -> Option<Expr>,
) -> Option<Grouping> {
    let all = |list: &[Expr]| list.iter().map(|expr| replaced(expr, by)).collect();
    let keys: Option<Vec<Expr>> = all(&grouping.keys);
    let aggregates = grouping.aggregates.iter().map(|aggregate| {
        let filter = match &aggregate.filter {
            Some(filter) => Some(replaced(filter, by)?),
            None => None,
        };
        Some(Aggregate {
            args: all(&aggregate.args)?,
            filter,
            ..aggregate.clone()
        })
    });
    Some(Grouping {
        input: grouping.input,
        aggregates: aggregates.collect::<Option<_>>()?,
        keys: keys?,
    })
}

fn replaced(expr: &Expr, by: &dyn Fn(usize) -> Option<Expr>) -> Option<Expr> {
    let inside = |value: &Expr| replaced(value, by).map(Box::new);
    let kind = match &expr.kind {
        ExprKind::Column { index } => by(*index)?.kind,
        ExprKind::Call { function, args } => ExprKind::Call {
            function: function.clone(),
            args: args
                .iter()
                .map(|arg| replaced(arg, by))
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

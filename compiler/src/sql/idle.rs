//! Joins that add nothing: nobody reads the right side, and every left row has at most one partner.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::relation::{ExprKind, JoinCondition, JoinKind, Node, NodeId, Operator};

type Nodes = BTreeMap<NodeId, Node>;

/// Whether the join gives its left rows as they are, each once. `needed` are the output columns that somebody reads.
pub(super) fn is_idle(nodes: &Nodes, join: &Operator, needed: &BTreeSet<usize>) -> bool {
    let Operator::Join {
        left,
        right,
        kind,
        on,
    } = join
    else {
        return false;
    };
    let split = nodes.get(left).map_or(0, |node| node.columns.len());
    if needed.range(split..).next().is_some() {
        return false;
    }
    match kind {
        JoinKind::Left => at_most_one(nodes, *right, on),
        JoinKind::Cross => exactly_one(nodes, *right),
        JoinKind::Inner | JoinKind::Right | JoinKind::Full => false,
    }
}

/// The input whose rows an operator passes on, each once, with its columns first unless it projects.
pub(super) fn same_rows(nodes: &Nodes, operator: &Operator) -> Option<NodeId> {
    match operator {
        Operator::Project { input, .. }
        | Operator::Window { input, .. }
        | Operator::Sort { input, .. } => Some(*input),
        Operator::Join {
            left,
            right,
            kind: JoinKind::Left,
            on,
        } if at_most_one(nodes, *right, on) => Some(*left),
        Operator::Join {
            left,
            right,
            kind: JoinKind::Cross,
            ..
        } if exactly_one(nodes, *right) => Some(*left),
        _ => None,
    }
}

/// Whether no two rows of a node are equal in the columns that the conditions compare.
pub(super) fn at_most_one(nodes: &Nodes, id: NodeId, on: &[JoinCondition]) -> bool {
    let mut compared: BTreeSet<usize> = BTreeSet::new();
    for condition in on {
        if let (ExprKind::Column { index }, "=") = (&condition.right.kind, condition.op.as_str()) {
            compared.insert(*index);
        }
    }
    let mut id = id;
    loop {
        match nodes.get(&id).map(|node| &node.operator) {
            Some(Operator::Project { input, expressions }) => {
                compared = compared
                    .iter()
                    .filter_map(|index| match expressions.get(*index)?.kind {
                        ExprKind::Column { index } => Some(index),
                        _ => None,
                    })
                    .collect();
                id = *input;
            }
            Some(
                Operator::Filter { input, .. }
                | Operator::Sort { input, .. }
                | Operator::Window { input, .. }
                | Operator::Limit { input, .. },
            ) => id = *input,
            Some(Operator::Aggregate { keys, .. }) => {
                return (0..keys.len()).all(|key| compared.contains(&key));
            }
            // Joins of levels keep the rows of their left side.
            Some(Operator::Join {
                left,
                right,
                kind: JoinKind::Left,
                on,
            }) if at_most_one(nodes, *right, on) => id = *left,
            Some(Operator::Join {
                left,
                right,
                kind: JoinKind::Cross,
                ..
            }) if exactly_one(nodes, *right) => id = *left,
            _ => return false,
        }
    }
}

/// Whether a node has one row whatever the data.
fn exactly_one(nodes: &Nodes, id: NodeId) -> bool {
    let mut id = id;
    loop {
        match nodes.get(&id).map(|node| &node.operator) {
            Some(
                Operator::Project { input, .. }
                | Operator::Sort { input, .. }
                | Operator::Window { input, .. },
            ) => id = *input,
            Some(Operator::Aggregate { keys, .. }) => return keys.is_empty(),
            Some(Operator::Values { rows }) => return rows.len() == 1,
            Some(Operator::Join {
                left,
                right,
                kind: JoinKind::Cross,
                ..
            }) if exactly_one(nodes, *right) => id = *left,
            _ => return false,
        }
    }
}

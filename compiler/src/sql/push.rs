//! Filters of groups: rows that stay because their group does are grouped first, and then the groups are looked at.
//!
//! A plan keeps the rows of the groups that pass and groups them again. Where that is by the same keys, or by more of
//! them, grouping all rows and keeping groups is the same, and the groups are there already.

use super::idle::at_most_one;
use super::lift::{lift, substituted};
use super::partial::is_positional;
use super::prepare::Prepared;
use super::regroup::{Grouping, grouping, insert};
use crate::plan::relation::{Expr, JoinCondition, JoinKind, Node, NodeId, Operator};

/// Groups before filtering groups; whether there was something to do.
pub(super) fn push(plan: &mut Prepared) -> bool {
    let ids: Vec<NodeId> = plan.order.clone();
    let mut changed = false;
    for id in ids {
        let mut id = id;
        // Filters of several levels stand one above the other.
        while let Some(inner) = push_one(plan, id) {
            changed = true;
            id = inner;
        }
    }
    if changed {
        plan.reorder();
    }
    changed
}

/// Groups the left side of the join that a grouping reads; gives the new grouping.
fn push_one(plan: &mut Prepared, id: NodeId) -> Option<NodeId> {
    let mut over = grouping(plan, id)?;
    let (left, right, on) = loop {
        match &plan.nodes.get(&over.input)?.operator {
            Operator::Project { input, expressions } => {
                over = Grouping {
                    input: *input,
                    ..substituted(&over, &|index| expressions.get(index).cloned())?
                };
            }
            Operator::Join {
                left,
                right,
                kind: JoinKind::Inner,
                on,
            } if !on.is_empty() => break (*left, *right, on.clone()),
            _ => return None,
        }
    };
    let width = plan.nodes.get(&left)?.columns.len();
    let of_left =
        |index: usize| (index < width).then(|| Expr::column(index, ty_of(plan, left, index)));
    let below = Grouping {
        input: left,
        ..substituted(&over, &of_left)?
    };
    let groups = groups_behind(plan, right)?;
    let same_rows = groups.input == left
        || lift(&plan.nodes, &groups, left).is_some()
        || lift(&plan.nodes, &below, groups.input).is_some();
    if !same_rows
        || below.aggregates.iter().any(is_positional)
        || !at_most_one(&plan.nodes, right, &on)
    {
        return None;
    }
    let on: Option<Vec<JoinCondition>> = on
        .into_iter()
        .map(|condition| by_key(&below, condition))
        .collect();
    let on = on?;
    let columns = plan.nodes.get(&id)?.columns.clone();
    let passed = (0..).zip(&columns).map(|(i, c)| Expr::column(i, c.ty));
    let expressions: Vec<Expr> = passed.collect();
    let node = Node {
        columns: columns.clone(),
        operator: Operator::Aggregate {
            input: below.input,
            keys: below.keys,
            aggregates: below.aggregates,
        },
    };
    let inner = insert(plan, node);
    let right_columns = plan.nodes.get(&right).map_or(&[][..], |node| &node.columns);
    let node = Node {
        columns: [&columns, right_columns].concat(),
        operator: Operator::Join {
            left: inner,
            right,
            kind: JoinKind::Inner,
            on,
        },
    };
    let input = insert(plan, node);
    let operator = Operator::Project { input, expressions };
    plan.nodes.insert(id, Node { operator, columns });
    Some(inner)
}

/// A condition on rows as one on their groups: what it compares is a key.
fn by_key(groups: &Grouping, condition: JoinCondition) -> Option<JoinCondition> {
    let key = groups.keys.iter().position(|key| *key == condition.left)?;
    let left = Expr::column(key, condition.left.ty);
    Some(JoinCondition { left, ..condition })
}

/// The grouping some of whose groups a node has.
fn groups_behind(plan: &Prepared, id: NodeId) -> Option<Grouping> {
    let mut id = id;
    loop {
        match &plan.nodes.get(&id)?.operator {
            Operator::Aggregate { .. } => return grouping(plan, id),
            Operator::Project { input, .. }
            | Operator::Filter { input, .. }
            | Operator::Window { input, .. }
            | Operator::Sort { input, .. } => id = *input,
            Operator::Join {
                left,
                kind: JoinKind::Left | JoinKind::Cross,
                ..
            } => id = *left,
            _ => return None,
        }
    }
}

fn ty_of(plan: &Prepared, id: NodeId, index: usize) -> crate::value::Type {
    let columns = plan.nodes.get(&id).map(|node| &node.columns);
    columns
        .and_then(|columns| columns.get(index))
        .map_or(crate::value::Type::Unknown, |column| column.ty)
}

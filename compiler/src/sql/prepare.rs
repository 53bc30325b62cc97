//! The nodes a root needs, with everything bound and constants folded.

use std::collections::{BTreeMap, BTreeSet};

use super::error::SqlError;
use super::fold::fold;
use super::settle::settle;
use crate::bind::Bound;
use crate::plan::relation::{Expr, Node, NodeId, NodeTable, Operator, SqlPart};

/// Bound nodes below a root.
pub(super) struct Prepared {
    /// The root.
    pub(super) root: NodeId,
    /// Nodes by id.
    pub(super) nodes: BTreeMap<NodeId, Node>,
    /// Ids, every node before its inputs.
    pub(super) order: Vec<NodeId>,
}

impl Prepared {
    /// Orders the nodes anew, after some were replaced.
    pub(super) fn reorder(&mut self) {
        let inputs = |id| {
            let node = self.nodes.get(&id)?;
            Some(node.operator.inputs().collect())
        };
        let mut order = inputs_first(self.root, inputs).unwrap_or_default();
        order.reverse();
        self.order = order;
    }
}

/// Binds and orders the nodes that `root` needs.
pub(super) fn prepare(
    nodes: &NodeTable,
    root: NodeId,
    bound: Bound<'_>,
) -> Result<Prepared, SqlError> {
    let mut order = inputs_first(root, |id| {
        nodes.get(&id).map(|node| node.operator.inputs().collect())
    })?;
    order.reverse();
    let mut prepared = BTreeMap::new();
    for id in &order {
        let node = nodes
            .get(id)
            .ok_or_else(|| SqlError::MissingNode(id.to_string()))?;
        let mut node = Node::clone(node);
        each_expr(&mut node.operator, &mut |expr| {
            *expr = fold(&bound.bind(expr));
        });
        settle(&mut node.operator, bound.bindings);
        if let Operator::Filter { predicates, .. } = &mut node.operator {
            predicates.retain(|predicate| !Bound::is_true(predicate));
        }
        prepared.insert(*id, node);
    }
    Ok(Prepared {
        root,
        nodes: prepared,
        order,
    })
}

/// A root and what it needs, inputs first. Depth-first without recursion: how deep a plan is, is its author's choice.
fn inputs_first(
    root: NodeId,
    inputs: impl Fn(NodeId) -> Option<Vec<NodeId>>,
) -> Result<Vec<NodeId>, SqlError> {
    enum Step {
        Enter(NodeId),
        Leave(NodeId),
    }
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    let mut steps = vec![Step::Enter(root)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(id) if seen.insert(id) => {
                let inputs = inputs(id).ok_or_else(|| SqlError::MissingNode(id.to_string()))?;
                steps.push(Step::Leave(id));
                steps.extend(inputs.into_iter().rev().map(Step::Enter));
            }
            Step::Enter(_) => {}
            Step::Leave(id) => order.push(id),
        }
    }
    Ok(order)
}

/// Every expression of an operator, not those within expressions.
fn each_expr(operator: &mut Operator, change: &mut dyn FnMut(&mut Expr)) {
    match operator {
        Operator::Scan { .. }
        | Operator::InputTable { .. }
        | Operator::Values { .. }
        | Operator::Union { .. }
        | Operator::Limit { .. } => {}
        Operator::Sql { parts, .. } => {
            for part in parts {
                if let SqlPart::Value(expr) = part {
                    change(expr);
                }
            }
        }
        Operator::Project { expressions, .. } => expressions.iter_mut().for_each(change),
        Operator::Filter { predicates, .. } => predicates.iter_mut().for_each(change),
        Operator::Aggregate {
            keys, aggregates, ..
        } => {
            keys.iter_mut().for_each(&mut *change);
            for aggregate in aggregates {
                aggregate
                    .args
                    .iter_mut()
                    .chain(&mut aggregate.filter)
                    .for_each(&mut *change);
            }
        }
        Operator::Join { on, .. } => {
            for condition in on {
                change(&mut condition.left);
                change(&mut condition.right);
            }
        }
        Operator::Window { functions, .. } => {
            for function in functions {
                let order = function.order.iter_mut().map(|key| &mut key.by);
                function
                    .args
                    .iter_mut()
                    .chain(&mut function.partition)
                    .chain(order)
                    .for_each(&mut *change);
            }
        }
        Operator::Sort { keys, .. } => keys.iter_mut().for_each(|key| change(&mut key.by)),
    }
}

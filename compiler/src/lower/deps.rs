//! What a relation depends on: controls and input tables, remembered per node.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::plan::builder::Nodes;
use crate::plan::relation::{
    Aggregate, Expr, ExprKind, JoinCondition, NodeId, Operator, Parameter, SortKey, SqlPart,
    WindowFunction,
};

/// Controls and input tables.
type Set = (BTreeSet<String>, BTreeSet<String>);

/// Controls and input tables per node.
#[derive(Debug, Default)]
pub(crate) struct Dependencies {
    known: FxHashMap<NodeId, Arc<Set>>,
}

impl Dependencies {
    /// Ids of controls and of input tables that any of the roots reads, each sorted.
    pub(crate) fn of(&mut self, nodes: &Nodes, roots: &[NodeId]) -> (Vec<String>, Vec<String>) {
        let mut all = Set::default();
        for root in roots {
            merge(&mut all, &self.node(nodes, *root));
        }
        (all.0.into_iter().collect(), all.1.into_iter().collect())
    }

    /// Forgets nodes that are not in the table.
    pub(crate) fn retain(&mut self, nodes: &Nodes) {
        self.known.retain(|id, _| nodes.get(*id).is_some());
    }

    fn node(&mut self, nodes: &Nodes, id: NodeId) -> Arc<Set> {
        if let Some(known) = self.known.get(&id) {
            return Arc::clone(known);
        }
        let mut set = Set::default();
        let mut shared = None;
        if let Some(node) = nodes.get(id) {
            own(&node.operator, &mut set);
            let mut inputs = node.operator.inputs();
            // Most nodes read what their only input reads.
            match (inputs.next(), inputs.next(), is_empty(&set)) {
                (Some(input), None, true) => shared = Some(self.node(nodes, input)),
                (first, second, _) => {
                    for input in first.into_iter().chain(second).chain(inputs) {
                        merge(&mut set, &self.node(nodes, input));
                    }
                }
            }
        }
        let set = shared.unwrap_or_else(|| Arc::new(set));
        self.known.insert(id, Arc::clone(&set));
        set
    }
}

fn is_empty(set: &Set) -> bool {
    set.0.is_empty() && set.1.is_empty()
}

fn merge(into: &mut Set, from: &Set) {
    into.0.extend(from.0.iter().cloned());
    into.1.extend(from.1.iter().cloned());
}

/// What an operator itself reads.
fn own(operator: &Operator, set: &mut Set) {
    let controls = &mut set.0;
    match operator {
        Operator::InputTable { table, .. } => {
            set.1.insert(table.clone());
        }
        Operator::Sql { parts, .. } => parts.iter().for_each(|part| match part {
            SqlPart::Value(value) => expr(value, controls),
            SqlPart::Text(_) | SqlPart::Table(_) => {}
        }),
        Operator::Project { expressions, .. } => expressions.iter().for_each(|e| expr(e, controls)),
        Operator::Filter { predicates, .. } => predicates.iter().for_each(|e| expr(e, controls)),
        Operator::Aggregate {
            keys, aggregates, ..
        } => {
            keys.iter().for_each(|e| expr(e, controls));
            for Aggregate { args, filter, .. } in aggregates {
                args.iter().chain(filter).for_each(|e| expr(e, controls));
            }
        }
        Operator::Join { on, .. } => {
            for JoinCondition { left, right, .. } in on {
                expr(left, controls);
                expr(right, controls);
            }
        }
        Operator::Window { functions, .. } => {
            for WindowFunction {
                args,
                partition,
                order,
                ..
            } in functions
            {
                args.iter().chain(partition).for_each(|e| expr(e, controls));
                order.iter().for_each(|key| expr(&key.by, controls));
            }
        }
        Operator::Sort { keys, .. } => keys
            .iter()
            .for_each(|SortKey { by, .. }| expr(by, controls)),
        Operator::Scan { .. }
        | Operator::Values { .. }
        | Operator::Union { .. }
        | Operator::Limit { .. } => {}
    }
}

/// Controls that an expression reads.
pub(crate) fn expr(of: &Expr, controls: &mut BTreeSet<String>) {
    match &of.kind {
        ExprKind::Parameter {
            parameter: Parameter::Control { id, .. },
        } => {
            controls.insert(id.clone());
        }
        ExprKind::Call { args, .. } => args.iter().for_each(|arg| expr(arg, controls)),
        ExprKind::ControlFilter { control, value } => {
            controls.insert(control.clone());
            expr(value, controls);
        }
        ExprKind::ColumnFilter { value, .. } => expr(value, controls),
        ExprKind::Column { .. } | ExprKind::Literal { .. } | ExprKind::Parameter { .. } => {}
    }
}

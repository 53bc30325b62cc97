//! What a relation depends on: controls and input tables, remembered per node.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::builder::Nodes;
use crate::plan::relation::{
    Aggregate, Expr, ExprKind, JoinCondition, NodeId, Operator, Parameter, SortKey, SqlPart,
    WindowFunction,
};

type Set = (BTreeSet<String>, BTreeSet<String>);

/// Controls and input tables per node.
#[derive(Debug, Default)]
pub(crate) struct Dependencies {
    known: BTreeMap<NodeId, Set>,
}

impl Dependencies {
    /// Ids of controls and of input tables that any of the roots reads, each sorted.
    pub(crate) fn of(&mut self, nodes: &Nodes, roots: &[NodeId]) -> (Vec<String>, Vec<String>) {
        let mut all = Set::default();
        for root in roots {
            let (controls, tables) = self.node(nodes, root);
            all.0.extend(controls);
            all.1.extend(tables);
        }
        (all.0.into_iter().collect(), all.1.into_iter().collect())
    }

    fn node(&mut self, nodes: &Nodes, id: &NodeId) -> Set {
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        let mut set = Set::default();
        if let Some(node) = nodes.get(id) {
            for input in node.operator.inputs() {
                let (controls, tables) = self.node(nodes, input);
                set.0.extend(controls);
                set.1.extend(tables);
            }
            own(&node.operator, &mut set);
        }
        self.known.insert(id.clone(), set.clone());
        set
    }
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

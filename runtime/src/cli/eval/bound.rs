//! The nodes of a plan with every parameter replaced by its value.

use std::sync::Arc;

use bookwright_compiler::bind::{Bindings, bind};
use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::relation::{
    Aggregate, Expr, NodeTable, Operator, SortKey, WindowFunction,
};

/// The nodes of `plan` as a request sees them.
pub(super) fn nodes(plan: &Plan, bindings: &Bindings) -> NodeTable {
    let bound = |expr: &mut Expr| *expr = bind(expr, &plan.controls, bindings);
    let mut nodes = plan.nodes.clone();
    for node in nodes.values_mut() {
        each(&mut Arc::make_mut(node).operator, &bound);
    }
    nodes
}

/// Calls `change` with every expression of an operator.
fn each(operator: &mut Operator, change: &dyn Fn(&mut Expr)) {
    match operator {
        Operator::Project { expressions, .. } => expressions.iter_mut().for_each(change),
        Operator::Filter { predicates, .. } => predicates.iter_mut().for_each(change),
        Operator::Aggregate {
            keys, aggregates, ..
        } => {
            keys.iter_mut().for_each(change);
            for Aggregate { args, filter, .. } in aggregates {
                args.iter_mut().chain(filter).for_each(change);
            }
        }
        Operator::Join { on, .. } => {
            for condition in on {
                change(&mut condition.left);
                change(&mut condition.right);
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
                args.iter_mut().chain(partition).for_each(change);
                sort_keys(order, change);
            }
        }
        Operator::Sort { keys, .. } => sort_keys(keys, change),
        Operator::Scan { .. }
        | Operator::InputTable { .. }
        | Operator::Sql { .. }
        | Operator::Values { .. }
        | Operator::Union { .. }
        | Operator::Limit { .. } => {}
    }
}

fn sort_keys(keys: &mut [SortKey], change: &dyn Fn(&mut Expr)) {
    for key in keys {
        change(&mut key.by);
    }
}

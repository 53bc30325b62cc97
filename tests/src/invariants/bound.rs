//! Nodes of a plan as a request has them.

use bookwright_compiler::bind::Bound;
use bookwright_compiler::plan::relation::{Expr, Node, Operator, SortKey, SqlPart};

/// The node with everything that waits for the request replaced.
pub fn bind(node: &Node, bound: Bound<'_>) -> Node {
    let mut node = node.clone();
    let one = |expr: &mut Expr| *expr = bound.bind(expr);
    let sort = |keys: &mut Vec<SortKey>| {
        for key in keys {
            key.by = bound.bind(&key.by);
        }
    };
    match &mut node.operator {
        Operator::Project { expressions, .. } => expressions.iter_mut().for_each(one),
        Operator::Filter { predicates, .. } => predicates.iter_mut().for_each(one),
        Operator::Aggregate {
            keys, aggregates, ..
        } => {
            keys.iter_mut().for_each(one);
            for aggregate in aggregates {
                aggregate
                    .args
                    .iter_mut()
                    .chain(&mut aggregate.filter)
                    .for_each(one);
            }
        }
        Operator::Join { on, .. } => {
            for condition in on {
                one(&mut condition.left);
                one(&mut condition.right);
            }
        }
        Operator::Window { functions, .. } => {
            for function in functions {
                function
                    .args
                    .iter_mut()
                    .chain(&mut function.partition)
                    .for_each(one);
                sort(&mut function.order);
            }
        }
        Operator::Sort { keys, .. } => sort(keys),
        Operator::Sql { parts, .. } => {
            for part in parts {
                if let SqlPart::Value(value) = part {
                    one(value);
                }
            }
        }
        Operator::Scan { .. }
        | Operator::InputTable { .. }
        | Operator::Values { .. }
        | Operator::Union { .. }
        | Operator::Limit { .. } => {}
    }
    node
}

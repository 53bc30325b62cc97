//! Abilities a plan asks of its target.

use std::collections::BTreeSet;

use super::relation::{Expr, ExprKind, Node, Operator, SqlPart};
use super::{Feature, Plan};

/// Sorted, each once.
pub(crate) fn needs(plan: &Plan) -> Vec<Feature> {
    let mut needs = BTreeSet::new();
    if !plan.input_tables.is_empty() {
        needs.insert(Feature::InputTables);
    }
    for node in plan.nodes.values() {
        if matches!(node.operator, Operator::Sql { .. }) {
            needs.insert(Feature::CustomSql);
        }
        expressions(node, &mut |e| function(e, &mut needs));
        if let Operator::Aggregate { aggregates, .. } = &node.operator
            && aggregates.iter().any(|a| {
                matches!(
                    a.function.as_str(),
                    "Median" | "PercentileCont" | "PercentileDisc"
                )
            })
        {
            needs.insert(Feature::Percentiles);
        }
    }
    needs.into_iter().collect()
}

fn function(expr: &Expr, needs: &mut BTreeSet<Feature>) {
    if let ExprKind::Call { function, args } = &expr.kind {
        if function.starts_with("Regexp") {
            needs.insert(Feature::RegularExpressions);
        }
        if function.starts_with("Call") || function.starts_with("Agg") && function != "Aggregate" {
            needs.insert(Feature::Passthrough);
        }
        args.iter().for_each(|arg| self::function(arg, needs));
    }
}

/// Calls `visit` on every expression at the top of an operator.
fn expressions(node: &Node, visit: &mut dyn FnMut(&Expr)) {
    match &node.operator {
        Operator::Project { expressions, .. } => expressions.iter().for_each(visit),
        Operator::Filter { predicates, .. } => predicates.iter().for_each(visit),
        Operator::Aggregate {
            keys, aggregates, ..
        } => {
            keys.iter().for_each(&mut *visit);
            aggregates
                .iter()
                .flat_map(|a| a.args.iter().chain(&a.filter))
                .for_each(visit);
        }
        Operator::Join { on, .. } => on.iter().for_each(|c| {
            visit(&c.left);
            visit(&c.right);
        }),
        Operator::Window { functions, .. } => {
            functions.iter().flat_map(|f| &f.args).for_each(visit);
        }
        Operator::Sort { keys, .. } => keys.iter().for_each(|k| visit(&k.by)),
        Operator::Sql { parts, .. } => parts.iter().for_each(|part| match part {
            SqlPart::Value(value) => visit(value),
            SqlPart::Text(_) | SqlPart::Table(_) => {}
        }),
        Operator::Scan { .. }
        | Operator::InputTable { .. }
        | Operator::Values { .. }
        | Operator::Union { .. }
        | Operator::Limit { .. } => {}
    }
}

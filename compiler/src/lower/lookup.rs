//! `Lookup` and `Rollup`: a left join to a copy of the other element that has one row per key.

use std::sync::Arc;

use super::Lowerer;
use super::expr::value_key;
use super::stack::Stack;
use crate::plan::relation::{Aggregate, Expr, ExprKind, JoinCondition, JoinKind, NodeId};
use crate::typing::grain::aggregates;
use crate::typing::{Depth, Element, Lookup, Typed, TypedKind};
use crate::value::Type;

impl Stack {
    pub(super) fn lookup(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        lookup: &Lookup,
        ty: Type,
        depth: Depth,
    ) -> Expr {
        let without = self.without.clone();
        let right = per_key(lower, lookup, without.as_deref());
        let count = lookup.keys.len();
        let local: Vec<Expr> = lookup
            .keys
            .iter()
            .map(|(local, _)| self.expr(lower, element, local, depth))
            .collect();
        let kind = if lookup.null_safe {
            "lookup nulls"
        } else {
            "lookup"
        };
        let key = value_key(kind, &local.iter().collect::<Vec<_>>(), &right.to_string());
        let position = match self.position(depth, &key) {
            Some(position) => position,
            None => {
                let left = self.node(lower, element, depth);
                let on = local
                    .into_iter()
                    .enumerate()
                    .map(|(i, local)| JoinCondition {
                        left: local,
                        op: "=".to_owned(),
                        right: lower.nodes.column(right, i),
                        null_safe: lookup.null_safe,
                    })
                    .collect();
                let position = lower.nodes.columns(left).len() + count;
                let node = lower.nodes.join(left, right, JoinKind::Left, on);
                self.widen(lower, depth, node, [(key, position)]);
                position
            }
        };
        Expr::column(position, ty)
    }
}

/// The other element with one row per key: keys, then the value.
pub(super) fn per_key(lower: &mut Lowerer<'_>, lookup: &Lookup, without: Option<&str>) -> NodeId {
    let node = lower.source(&lookup.external, without);
    let keys: Vec<(Arc<str>, Expr)> = lookup
        .keys
        .iter()
        .enumerate()
        .map(|(i, (_, external))| (format!("key {}", i + 1).into(), over_source(external)))
        .collect();
    grouped(lower, node, keys, &lookup.formula)
}

/// Groups rows of a source by keys and computes a formula of aggregates over each group: keys, then the value.
/// A formula without aggregates takes the least of its values.
pub(super) fn grouped(
    lower: &mut Lowerer<'_>,
    node: NodeId,
    keys: Vec<(Arc<str>, Expr)>,
    formula: &Typed,
) -> NodeId {
    let count = keys.len();
    if let TypedKind::Aggregate {
        function: function @ "SparklineAgg",
        args,
        ..
    } = &formula.kind
        && let [category, value] = args.as_slice()
    {
        let mut keys = keys;
        keys.push(("category".into(), over_source(category)));
        let node = grouped(lower, node, keys, value);
        return super::series::points(lower, node, count, (*function, args, None, formula.ty));
    }
    let mut list: Vec<Aggregate> = Vec::new();
    let value = if aggregates(formula) {
        over_groups(formula, count, &mut list)
    } else {
        let least = Aggregate {
            function: "Min".into(),
            args: vec![over_source(formula)],
            filter: None,
            ty: formula.ty,
        };
        list.push(least);
        Expr::column(count, formula.ty)
    };
    let named = list
        .into_iter()
        .map(|a| (a.function.as_ref().into(), a))
        .collect();
    let node = lower.nodes.aggregate(node, keys, named);
    let mut columns = super::stage::pass_through(lower, node);
    columns.truncate(count);
    columns.push(("value".into(), value));
    lower.nodes.project(node, columns)
}

/// A formula over the grouped relation: each aggregate is one of its columns.
fn over_groups(typed: &Typed, keys: usize, list: &mut Vec<Aggregate>) -> Expr {
    match &typed.kind {
        TypedKind::Aggregate {
            function,
            args,
            filter,
        } => {
            let aggregate = Aggregate {
                function: (*function).into(),
                args: args.iter().map(over_source).collect(),
                filter: filter.as_deref().map(over_source),
                ty: typed.ty,
            };
            let index = list
                .iter()
                .position(|a| *a == aggregate)
                .unwrap_or_else(|| {
                    list.push(aggregate);
                    list.len() - 1
                });
            Expr::column(keys + index, typed.ty)
        }
        TypedKind::Call { function, args } => {
            let args = args
                .iter()
                .map(|arg| over_groups(arg, keys, list))
                .collect();
            Expr {
                kind: ExprKind::Call {
                    function: function.name.into(),
                    args,
                },
                ty: typed.ty,
            }
        }
        TypedKind::Total { aggregate, .. } => over_groups(aggregate, keys, list),
        _ => over_source(typed),
    }
}

/// A formula over the rows of a source, without levels.
pub(crate) fn over_source(typed: &Typed) -> Expr {
    let kind = match &typed.kind {
        TypedKind::Literal(value) => ExprKind::Literal {
            value: value.clone(),
        },
        TypedKind::Parameter(parameter) => ExprKind::Parameter {
            parameter: parameter.clone(),
        },
        TypedKind::Source(index) => ExprKind::Column { index: *index },
        TypedKind::Call { function, args } => ExprKind::Call {
            function: function.name.into(),
            args: args.iter().map(over_source).collect(),
        },
        TypedKind::Own(_)
        | TypedKind::Aggregate { .. }
        | TypedKind::Window { .. }
        | TypedKind::Total { .. }
        | TypedKind::Lookup(_)
        | TypedKind::Error => return super::stage::null(typed.ty),
    };
    Expr { kind, ty: typed.ty }
}

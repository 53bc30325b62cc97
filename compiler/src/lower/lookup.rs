//! `Lookup` and `Rollup`: a left join to a copy of the other element that has one row per key.

use std::sync::Arc;

use super::Lowerer;
use super::expr::value_key;
use super::stack::Stack;
use crate::plan::relation::{Aggregate, Expr, ExprKind, JoinCondition, JoinKind, NodeId};
use crate::typing::grain::aggregates;
use crate::typing::{Column, Depth, Element, Lookup, Typed, TypedKind};
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
        let formulas = companions(element, lookup, depth);
        let right = per_key(lower, lookup, &formulas, without.as_deref());
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
        let first = match self.position(depth, &key) {
            Some(first) => first,
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
                let first = lower.nodes.columns(left).len() + count;
                let node = lower.nodes.join(left, right, JoinKind::Left, on);
                self.widen(lower, depth, node, [(key, first)]);
                first
            }
        };
        let own = formulas.iter().position(|known| known.is(&lookup.formula));
        Expr::column(first + own.unwrap_or_default(), ty)
    }
}

/// The different formulas of all lookups of a depth into the same rows by the same keys, in the order of columns: one
/// join brings them all. A lookup that is no part of a column, as in a filter, is alone.
fn companions<'e>(element: &'e Element, lookup: &'e Lookup, depth: Depth) -> Vec<&'e Typed> {
    let mut found: Vec<&Typed> = Vec::new();
    let at = |column: &&Column| {
        if column.key {
            depth == element.base_depth()
        } else {
            column.depth == depth
        }
    };
    for column in element.columns.iter().filter(at) {
        column.expr.walk(&mut |typed| {
            if let TypedKind::Lookup(other) = &typed.kind
                && other.shares_rows(lookup)
                && !is_nested(&other.formula)
                && !found.iter().any(|known| known.is(&other.formula))
            {
                found.push(&other.formula);
            }
        });
    }
    if found.iter().any(|known| known.is(&lookup.formula)) {
        found
    } else {
        vec![&lookup.formula]
    }
}

/// Whether an aggregate of a formula has an aggregate in its arguments, which is grouped for itself.
fn is_nested(formula: &Typed) -> bool {
    let mut found = false;
    formula.walk(&mut |typed| {
        if let TypedKind::Aggregate { .. } = typed.kind {
            found |= typed.children().any(aggregates);
        }
    });
    found
}

/// The other element with one row per key: keys, then the values of formulas.
pub(super) fn per_key(
    lower: &mut Lowerer<'_>,
    lookup: &Lookup,
    formulas: &[&Typed],
    without: Option<&str>,
) -> NodeId {
    let node = lower.source(&lookup.external, without);
    let keys: Vec<(Arc<str>, Expr)> = lookup
        .keys
        .iter()
        .enumerate()
        .map(|(i, (_, external))| (format!("key {}", i + 1).into(), over_source(external)))
        .collect();
    grouped(lower, node, keys, formulas)
}

/// Groups rows of a source by keys and computes formulas of aggregates over each group: keys, then the values.
/// A formula without aggregates takes the least of its values.
pub(super) fn grouped(
    lower: &mut Lowerer<'_>,
    node: NodeId,
    keys: Vec<(Arc<str>, Expr)>,
    formulas: &[&Typed],
) -> NodeId {
    let count = keys.len();
    // What has an aggregate in its arguments comes alone.
    if let [formula] = formulas
        && let TypedKind::Aggregate {
            function: function @ "SparklineAgg",
            args,
            ..
        } = &formula.kind
        && let [category, value] = args.as_slice()
    {
        let mut keys = keys;
        keys.push(("category".into(), over_source(category)));
        let node = grouped(lower, node, keys, &[value]);
        return super::series::points(lower, node, count, (*function, args, None, formula.ty));
    }
    let mut list: Vec<Aggregate> = Vec::new();
    let mut values = Vec::with_capacity(formulas.len());
    for formula in formulas {
        values.push(if aggregates(formula) {
            over_groups(formula, count, &mut list)
        } else {
            let least = Aggregate {
                function: "Min".into(),
                args: vec![over_source(formula)],
                filter: None,
                ty: formula.ty,
            };
            Expr::column(count + place(least, &mut list), formula.ty)
        });
    }
    let named = list
        .into_iter()
        .map(|a| (a.function.as_ref().into(), a))
        .collect();
    let node = lower.nodes.aggregate(node, keys, named);
    let mut columns = super::stage::pass_through(lower, node);
    columns.truncate(count);
    columns.extend(values.into_iter().map(|value| ("value".into(), value)));
    lower.nodes.project(node, columns)
}

/// The place of an aggregate in a list, which gets it when it is not there yet.
fn place(aggregate: Aggregate, list: &mut Vec<Aggregate>) -> usize {
    let known = list.iter().position(|known| *known == aggregate);
    known.unwrap_or_else(|| {
        list.push(aggregate);
        list.len() - 1
    })
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
            Expr::column(keys + place(aggregate, list), typed.ty)
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

//! `SparklineAgg`: an aggregate per category of each group, and the points of a group as one value.

use std::sync::Arc;

use super::Lowerer;
use super::aggregate::{Call, collect};
use super::expr::value_key;
use super::stack::{Stack, outer};
use super::stage::{null, pass_through};
use crate::plan::relation::{Aggregate, Expr, ExprKind, NodeId};
use crate::typing::{Depth, Element, Typed, TypedKind};

impl Stack {
    /// The series of `depth` as a column of that stage.
    pub(super) fn series(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        call: Call<'_>,
        depth: Depth,
    ) -> Expr {
        let [category, formula] = call.1 else {
            return null(call.3);
        };
        self.stage(lower, element, depth);
        let mut inner = Vec::new();
        collect(formula, &mut inner);
        let alone: Call<'_> = (call.0, std::slice::from_ref(category), None, call.3);
        let from = inner
            .iter()
            .chain([&alone])
            .map(|each| self.finer(element, *each, depth))
            .max()
            .unwrap_or(depth);
        let keys = Self::keys(element, depth);
        self.ensure(lower, element, from, &keys);
        let mut list: Vec<(Arc<str>, Expr)> = Vec::new();
        for column in &keys {
            let name = Arc::clone(&element.columns[*column].name);
            list.push((name, self.own(element, from, *column)));
        }
        let category = self.expr(lower, element, category, from);
        list.push(("category".into(), category));
        let aggregates: Vec<Aggregate> = inner
            .iter()
            .map(|each| self.plan_aggregate(lower, element, *each, from))
            .collect();
        let value = over_categories(formula, keys.len() + 1, &mut 0);
        let named = aggregates
            .into_iter()
            .map(|aggregate| (aggregate.function.as_ref().into(), aggregate))
            .collect();
        let finer = self.node(lower, element, from);
        let node = lower.nodes.aggregate(finer, list, named);
        let mut columns = pass_through(lower, node);
        columns.truncate(keys.len() + 1);
        columns.push(("value".into(), value));
        let node = lower.nodes.project(node, columns);
        let right = points(lower, node, keys.len(), call);
        let key = value_key("series", &[], &right.to_string());
        let position = match self.position(depth, &key) {
            Some(position) => position,
            None => {
                let (node, position) =
                    self.by_keys(lower, element, depth, (right, &keys), outer(&keys));
                self.widen(lower, depth, node, [(key, position)]);
                position
            }
        };
        Expr::column(position, call.3)
    }
}

/// Gathers rows of keys, a category and its value: keys, then the series.
pub(super) fn points(
    lower: &mut Lowerer<'_>,
    node: NodeId,
    keys: usize,
    (function, _, _, ty): Call<'_>,
) -> NodeId {
    let mut columns = pass_through(lower, node);
    let args = columns
        .split_off(keys)
        .into_iter()
        .map(|(_, expr)| expr)
        .collect();
    let series = Aggregate {
        function: function.into(),
        args,
        filter: None,
        ty,
    };
    lower
        .nodes
        .aggregate(node, columns, vec![(function.into(), series)])
}

/// A formula over what its aggregates gave, each a column from `first` on in the order of [`collect`].
fn over_categories(typed: &Typed, first: usize, seen: &mut usize) -> Expr {
    let kind = match &typed.kind {
        TypedKind::Aggregate { .. } => {
            *seen += 1;
            return Expr::column(first + *seen - 1, typed.ty);
        }
        TypedKind::Call { function, args } => ExprKind::Call {
            function: function.name.into(),
            args: args
                .iter()
                .map(|arg| over_categories(arg, first, seen))
                .collect(),
        },
        _ => return super::lookup::over_source(typed),
    };
    Expr { kind, ty: typed.ty }
}

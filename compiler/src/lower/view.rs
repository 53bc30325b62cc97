//! Views: sorted projections of a stage, for the page and for `query`.

use std::sync::Arc;

use super::Lowerer;
use super::order::{order_at, sort_keys};
use super::stack::Stack;
use super::stage::pass_through;
use crate::plan::element::View;
use crate::plan::relation::{Expr, NodeId, SortKey};
use crate::typing::{Depth, Element, Sort, Typed, TypedKind};

impl Stack {
    /// The rows of a depth with these columns, in the element's order.
    pub(super) fn view(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
        columns: &[usize],
        limit: Option<u64>,
    ) -> View {
        let order = order_at(element, depth);
        let mut all = columns.to_vec();
        all.extend(
            order
                .iter()
                .map(|s| s.column)
                .filter(|c| !columns.contains(c)),
        );
        self.ensure(lower, element, depth, &all);
        let node = self.project(lower, element, depth, &all);
        sorted(lower, node, all, &order, limit)
    }

    /// The first rows of the element's own order.
    pub(super) fn limited(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
        columns: &[usize],
        limit: u64,
    ) -> NodeId {
        let view = self.view(lower, element, depth, columns, Some(limit));
        let node = view.node;
        // Behind the columns asked for stand those of the order.
        if view.columns.len() == columns.len() {
            return node;
        }
        let list = pass_through(lower, node)
            .into_iter()
            .take(columns.len())
            .collect();
        lower.nodes.project(node, list)
    }

    /// One row: every calculation evaluated over the whole element, and the summaries.
    pub(super) fn totals(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        columns: &[usize],
    ) -> View {
        self.stage(lower, element, 0);
        let mut list = Vec::new();
        for column in columns {
            let spec = &element.columns[*column];
            let expr = self.total_of(lower, element, &spec.expr);
            list.push((Arc::clone(&spec.name), expr));
        }
        let node = self.node(lower, element, 0);
        let node = lower.nodes.project(node, list);
        View {
            node,
            columns: columns.to_vec(),
            order: Vec::new(),
        }
    }

    /// A formula of an inner level evaluated over the whole element: columns of its level are evaluated again rather
    /// than added up; keys have no total.
    fn total_of(&mut self, lower: &mut Lowerer<'_>, element: &Element, typed: &Typed) -> Expr {
        match &typed.kind {
            TypedKind::Own(column) => {
                let spec = &element.columns[*column];
                if spec.key {
                    return super::stage::null(typed.ty);
                }
                if spec.depth == 0 {
                    return self.expr(lower, element, typed, 0);
                }
                self.total_of(lower, element, &spec.expr)
            }
            TypedKind::Call { function, args } => {
                let args = args
                    .iter()
                    .map(|arg| self.total_of(lower, element, arg))
                    .collect();
                Expr::call(function.name, args, typed.ty)
            }
            TypedKind::Window { function, args } => match args.first() {
                // Running and moving values end at the whole.
                Some(value) if function.name.starts_with("Cumulative") => {
                    self.total_of(lower, element, value)
                }
                _ => super::stage::null(typed.ty),
            },
            TypedKind::Total { aggregate, .. } => self.expr(lower, element, aggregate, 0),
            TypedKind::Lookup(_) | TypedKind::Source(_) => super::stage::null(typed.ty),
            TypedKind::Aggregate { .. }
            | TypedKind::Literal(_)
            | TypedKind::Parameter(_)
            | TypedKind::Error => self.expr(lower, element, typed, 0),
        }
    }
}

/// Sorts and limits a projection of columns.
pub(super) fn sorted(
    lower: &mut Lowerer<'_>,
    node: NodeId,
    columns: Vec<usize>,
    order: &[Sort],
    limit: Option<u64>,
) -> View {
    let keys: Vec<SortKey> = sort_keys(lower, node, &columns, order);
    let mut node = lower.nodes.sort(node, keys.clone());
    if let Some(limit) = limit {
        node = lower.nodes.limit(node, limit, 0);
    }
    View {
        node,
        columns,
        order: keys,
    }
}

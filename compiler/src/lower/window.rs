//! Window functions: partition and order come from the level.

use super::Lowerer;
use super::expr::value_key;
use super::lookback::LOOKBACK;
use super::order::order_at;
use super::stack::Stack;
use super::stage::Key;
use crate::plan::relation::{Expr, Nulls, SortKey, WindowFunction};
use crate::typing::{Depth, Element, Typed, TypedKind};
use crate::value::Type;

impl Stack {
    /// A window function of `depth` as a column of that stage.
    pub(super) fn window(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        (function, args, ty): (&'static str, &[Typed], Type),
        depth: Depth,
    ) -> Expr {
        let args: Vec<Expr> = args
            .iter()
            .map(|arg| self.expr(lower, element, arg, depth))
            .collect();
        if function == LOOKBACK {
            return self.look_back(lower, element, (args, ty), depth);
        }
        self.windowed(lower, element, (function, args, ty), depth)
    }

    /// As [`Self::window`], with lowered arguments.
    pub(super) fn windowed(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        (function, args, ty): (&'static str, Vec<Expr>, Type),
        depth: Depth,
    ) -> Expr {
        let partition = self.partition(lower, element, depth);
        let order = self.window_order(lower, element, depth);
        let key = window_key(function, &args, &partition, &order);
        let position = match self.position(depth, &key) {
            Some(position) => position,
            None => {
                let node = self.node(lower, element, depth);
                let position = lower.nodes.columns(node).len();
                let call = WindowFunction {
                    function: function.into(),
                    args,
                    partition,
                    order,
                    ty,
                };
                let node = lower.nodes.window(node, vec![(function.to_owned(), call)]);
                self.widen(lower, depth, node, [(key, position)]);
                position
            }
        };
        Expr::column(position, ty)
    }

    /// Keys of the groupings outside the level; in charts, of the colour.
    pub(super) fn partition(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
    ) -> Vec<Expr> {
        let keys = match &element.window {
            Some((partition, _)) => partition.clone(),
            None => Self::keys(element, depth.saturating_sub(1)),
        };
        self.ensure(lower, element, depth, &keys);
        keys.into_iter()
            .map(|key| self.own(element, depth, key))
            .collect()
    }

    /// The sort of the level; in charts, the x axis. Columns under way are left out: they would depend on themselves.
    pub(super) fn window_order(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
    ) -> Vec<SortKey> {
        let sorts = match &element.window {
            Some((_, order)) => order.clone(),
            None => {
                let outer = Self::keys(element, depth.saturating_sub(1));
                let outer_sorts: Vec<usize> = order_at(element, depth.saturating_sub(1))
                    .into_iter()
                    .map(|s| s.column)
                    .collect();
                let mut order = order_at(element, depth);
                order.retain(|s| !outer.contains(&s.column) && !outer_sorts.contains(&s.column));
                order
            }
        };
        let mut keys = Vec::new();
        for sort in sorts {
            if element.columns[sort.column].depth > depth
                || reads_any(element, sort.column, &self.open)
            {
                continue;
            }
            self.ensure(lower, element, depth, &[sort.column]);
            let by = self.own(element, depth, sort.column);
            keys.push(SortKey {
                by,
                descending: sort.descending,
                nulls: sort.nulls,
            });
        }
        keys
    }
}

/// Whether a column is one of these, or reads one through whatever columns.
fn reads_any(element: &Element, column: usize, of: &[usize]) -> bool {
    if of.is_empty() {
        return false;
    }
    let mut seen = vec![false; element.columns.len()];
    let mut waiting = vec![column];
    while let Some(column) = waiting.pop() {
        if of.contains(&column) {
            return true;
        }
        if !std::mem::replace(&mut seen[column], true) {
            element.columns[column].expr.walk(&mut |typed| {
                if let TypedKind::Own(read) = typed.kind {
                    waiting.push(read);
                }
            });
        }
    }
    false
}

/// A key for a window function. Its order is part of it: a column that is computed while it is sorted by has another.
fn window_key(function: &str, args: &[Expr], partition: &[Expr], order: &[SortKey]) -> Key {
    let mut more = format!("window {} {}", args.len(), partition.len());
    for key in order {
        more.push_str(if key.descending { " desc" } else { " asc" });
        more.push_str(match key.nulls {
            Nulls::First => " first",
            Nulls::Last => " last",
        });
    }
    let by = order.iter().map(|key| &key.by);
    let all: Vec<&Expr> = args.iter().chain(partition).chain(by).collect();
    value_key(function, &all, &more)
}

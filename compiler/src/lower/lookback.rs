//! `DateLookback`: the value of another group of the same level, found by its date.

use std::sync::Arc;

use super::Lowerer;
use super::expr::value_key;
use super::stack::Stack;
use super::stage::null;
use crate::plan::relation::{Aggregate, Expr, JoinCondition, JoinKind};
use crate::typing::{Depth, Element};
use crate::value::Type;

/// Name of the function.
pub(super) const LOOKBACK: &str = "DateLookback";

impl Stack {
    /// The stage of `depth` joined to a copy of itself that has one row per outer group and date. Where a date comes
    /// more than once in an outer group, the least of its values is taken: rows never multiply.
    pub(super) fn look_back(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        (args, ty): (Vec<Expr>, Type),
        depth: Depth,
    ) -> Expr {
        let partition = self.partition(lower, element, depth);
        let Ok([value, date, amount, period]) = <[Expr; 4]>::try_from(args) else {
            return null(ty);
        };
        let parts = [&value, &date, &amount, &period];
        let all: Vec<&Expr> = parts.into_iter().chain(&partition).collect();
        let key = value_key(LOOKBACK, &all, "");
        if let Some(position) = self.position(depth, &key) {
            return Expr::column(position, ty);
        }
        let left = self.node(lower, element, depth);
        let mut keys: Vec<(Arc<str>, Expr)> = Vec::new();
        for outer in &partition {
            keys.push((format!("key {}", keys.len() + 1).into(), outer.clone()));
        }
        keys.push(("date".into(), date.clone()));
        let least = Aggregate {
            function: "Min".into(),
            args: vec![value],
            filter: None,
            ty,
        };
        let width = keys.len();
        let right = lower
            .nodes
            .aggregate(left, keys, vec![("value".into(), least)]);
        let back = Expr::call("Negate", vec![amount], Type::Number);
        let sought = Expr::call("DateAdd", vec![period, back, date], Type::Date);
        let mut on = Vec::with_capacity(width);
        for outer in partition {
            on.push(condition(lower, right, (on.len(), outer), true));
        }
        on.push(condition(lower, right, (width - 1, sought), false));
        let position = lower.nodes.columns(left).len() + width;
        let node = lower.nodes.join(left, right, JoinKind::Left, on);
        self.widen(lower, depth, node, [(key, position)]);
        Expr::column(position, ty)
    }
}

/// `left` equals a column of the right side.
fn condition(
    lower: &Lowerer<'_>,
    right: crate::plan::relation::NodeId,
    (position, left): (usize, Expr),
    null_safe: bool,
) -> JoinCondition {
    JoinCondition {
        left,
        op: "=".to_owned(),
        right: lower.nodes.column(right, position),
        null_safe,
    }
}

//! Typed formulas to plan expressions over the stage of their depth.

use super::Lowerer;
use super::stack::Stack;
use super::stage::{Key, null};
use crate::plan::content::expression;
use crate::plan::relation::{Expr, ExprKind};
use crate::typing::{Depth, Element, Typed, TypedKind};

impl Stack {
    /// A formula of `depth` as an expression over that stage's node. The stage may grow on the way.
    pub(super) fn expr(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        typed: &Typed,
        depth: Depth,
    ) -> Expr {
        let kind = match &typed.kind {
            TypedKind::Literal(value) => ExprKind::Literal {
                value: value.clone(),
            },
            TypedKind::Parameter(parameter) => ExprKind::Parameter {
                parameter: parameter.clone(),
            },
            TypedKind::Own(column) => {
                self.ensure(lower, element, depth, &[*column]);
                return self.own(element, depth, *column);
            }
            TypedKind::Source(column) => match self.position(depth, &Key::Source(*column)) {
                Some(index) => ExprKind::Column { index },
                None => return null(typed.ty),
            },
            TypedKind::Call { function, args } => ExprKind::Call {
                function: function.name.into(),
                args: args
                    .iter()
                    .map(|arg| self.expr(lower, element, arg, depth))
                    .collect(),
            },
            TypedKind::Aggregate {
                function,
                args,
                filter,
            } => {
                return self.aggregate(
                    lower,
                    element,
                    (function, args, filter.as_deref(), typed.ty),
                    depth,
                );
            }
            TypedKind::Window { function, args } => {
                return self.window(lower, element, (function.name, args, typed.ty), depth);
            }
            TypedKind::Total {
                aggregate,
                outwards,
            } => {
                let target = outwards.map_or(0, |n| depth.saturating_sub(n));
                return self.value_of(lower, element, aggregate, target, depth);
            }
            TypedKind::Lookup(lookup) => {
                return self.lookup(lower, element, lookup, typed.ty, depth);
            }
            TypedKind::Error => return null(typed.ty),
        };
        Expr { kind, ty: typed.ty }
    }

    /// A formula computed at a coarser depth, as a column of a finer stage.
    fn value_of(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        typed: &Typed,
        from: Depth,
        depth: Depth,
    ) -> Expr {
        let expr = self.expr(lower, element, typed, from);
        if from == depth {
            return expr;
        }
        let key = value_key("total", &[&expr], &from.to_string());
        if self.position(depth, &key).is_none() {
            let at = self.keep(lower, from, "Total", expr);
            self.join_from(lower, element, (from, depth), vec![(key.clone(), at)]);
        }
        match self.position(depth, &key) {
            Some(position) => Expr::column(position, typed.ty),
            None => null(typed.ty),
        }
    }

    /// Adds an expression as a column of its stage, once.
    pub(super) fn keep(
        &mut self,
        lower: &mut Lowerer<'_>,
        depth: Depth,
        name: &str,
        expr: Expr,
    ) -> usize {
        if let ExprKind::Column { index } = expr.kind {
            return index;
        }
        let key = value_key("kept", &[&expr], "");
        if let Some(position) = self.position(depth, &key) {
            return position;
        }
        self.add(lower, depth, key, &name.into(), expr)
    }
}

/// A key for something computed on the way.
pub(super) fn value_key(kind: &str, exprs: &[&Expr], more: &str) -> Key {
    let mut bytes = Vec::with_capacity(64);
    for text in [kind, more] {
        bytes.extend_from_slice(text.as_bytes());
        bytes.push(0);
    }
    for expr in exprs {
        expression(expr, &mut bytes);
    }
    Key::Value(bytes.into())
}

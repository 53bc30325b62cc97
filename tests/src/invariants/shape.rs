//! Trees without their places.

use bookwright_compiler::formula::ast::{Expr, ExprKind};
use bookwright_compiler::formula::functions;
use bookwright_compiler::span::Span;

/// Whether two trees are the same but for places and the letters of names of functions.
pub fn same(a: &Expr, b: &Expr) -> bool {
    use ExprKind as K;
    match (&a.kind, &b.kind) {
        (K::Reference(a), K::Reference(b)) => {
            a.segments.len() == b.segments.len()
                && a.segments
                    .iter()
                    .zip(&b.segments)
                    .all(|((a, _), (b, _))| a == b)
        }
        (
            K::Call {
                name: a, args: x, ..
            },
            K::Call {
                name: b, args: y, ..
            },
        ) => {
            canonical(a) == canonical(b)
                && x.len() == y.len()
                && x.iter().zip(y).all(|(x, y)| same(x, y))
        }
        (K::Unary { op: a, operand: x }, K::Unary { op: b, operand: y }) => a == b && same(x, y),
        (
            K::Binary {
                op: a,
                left: l,
                right: r,
                ..
            },
            K::Binary {
                op: b,
                left: x,
                right: y,
                ..
            },
        ) => a == b && same(l, x) && same(r, y),
        (K::Path { base: a, key: x }, K::Path { base: b, key: y }) => x == y && same(a, b),
        (K::Index { base: a, index: x }, K::Index { base: b, index: y }) => {
            same(x, y) && same(a, b)
        }
        (a, b) => a == b,
    }
}

fn canonical(name: &str) -> &str {
    functions::function(name).map_or(name, |function| function.name)
}

/// Every place of a tree.
pub(super) fn spans(tree: &Expr, see: &mut dyn FnMut(Span)) {
    see(tree.span);
    match &tree.kind {
        ExprKind::Reference(reference) => {
            reference.segments.iter().for_each(|(_, span)| see(*span))
        }
        ExprKind::Call {
            name_span, args, ..
        } => {
            see(*name_span);
            args.iter().for_each(|arg| spans(arg, see));
        }
        ExprKind::Unary { operand, .. } => spans(operand, see),
        ExprKind::Binary {
            op_span,
            left,
            right,
            ..
        } => {
            see(*op_span);
            spans(left, see);
            spans(right, see);
        }
        ExprKind::Path { base, .. } => spans(base, see),
        ExprKind::Index { base, index } => {
            spans(base, see);
            spans(index, see);
        }
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Logical(_)
        | ExprKind::Null
        | ExprKind::Error => {}
    }
}

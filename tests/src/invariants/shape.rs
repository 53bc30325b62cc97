//! Trees without their places.

use bookwright_compiler::formula::ast::{Expr, ExprKind};
use bookwright_compiler::formula::functions;
use bookwright_compiler::span::Span;

/// Whether two trees are the same but for places and the letters of names of functions.
pub fn same(a: &Expr, b: &Expr) -> bool {
    let (inside, other) = (children(a), children(b));
    let mut pairs = inside.iter().zip(&other);
    same_head(a, b) && inside.len() == other.len() && pairs.all(|(a, b)| same(a, b))
}

fn same_head(a: &Expr, b: &Expr) -> bool {
    use ExprKind as K;
    match (&a.kind, &b.kind) {
        (K::Reference(a), K::Reference(b)) => {
            let (names, others) = (a.segments.iter(), b.segments.iter());
            names.map(|(name, _)| name).eq(others.map(|(name, _)| name))
        }
        (K::Call { name: a, .. }, K::Call { name: b, .. }) => canonical(a) == canonical(b),
        (K::Unary { op: a, .. }, K::Unary { op: b, .. }) => a == b,
        (K::Binary { op: a, .. }, K::Binary { op: b, .. }) => a == b,
        (K::Path { key: a, .. }, K::Path { key: b, .. }) => a == b,
        (K::Index { .. }, K::Index { .. }) => true,
        (a, b) => a == b,
    }
}

fn canonical(name: &str) -> &str {
    functions::function(name).map_or(name, |function| function.name)
}

/// What an expression is made of.
pub fn children(tree: &Expr) -> Vec<&Expr> {
    match &tree.kind {
        ExprKind::Call { args, .. } => args.iter().collect(),
        ExprKind::Unary { operand, .. } => vec![operand],
        ExprKind::Binary { left, right, .. } => vec![left, right],
        ExprKind::Path { base, .. } => vec![base],
        ExprKind::Index { base, index } => vec![base, index],
        ExprKind::Reference(_)
        | ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Logical(_)
        | ExprKind::Null
        | ExprKind::Error => Vec::new(),
    }
}

/// Every place of a tree.
pub(super) fn spans(tree: &Expr, see: &mut dyn FnMut(Span)) {
    see(tree.span);
    match &tree.kind {
        ExprKind::Reference(reference) => {
            reference.segments.iter().for_each(|(_, span)| see(*span));
        }
        ExprKind::Call { name_span, .. } => see(*name_span),
        ExprKind::Binary { op_span, .. } => see(*op_span),
        _ => {}
    }
    children(tree)
        .into_iter()
        .for_each(|child| spans(child, see));
}

//! Constructors of predicates that fold what is already known.

use crate::plan::relation::{Expr, ExprKind};
use crate::value::{Type, Value};

/// A constant predicate.
pub(super) fn constant(truth: bool) -> Expr {
    Expr::literal(Value::Logical(truth))
}

/// The constant that a predicate is, if it is one.
pub(super) fn as_constant(predicate: &Expr) -> Option<bool> {
    match &predicate.kind {
        ExprKind::Literal {
            value: Value::Logical(truth),
        } => Some(*truth),
        _ => None,
    }
}

/// All of them. True drops out, one False decides.
pub(super) fn all(parts: Vec<Expr>) -> Expr {
    fold("And", true, parts)
}

/// One of them at least. False drops out, one True decides.
pub(super) fn any(parts: Vec<Expr>) -> Expr {
    fold("Or", false, parts)
}

fn fold(function: &'static str, neutral: bool, parts: Vec<Expr>) -> Expr {
    let mut open = Vec::with_capacity(parts.len());
    for part in parts {
        match as_constant(&part) {
            Some(truth) if truth == neutral => {}
            Some(truth) => return constant(truth),
            None => open.push(part),
        }
    }
    match (open.pop(), open.is_empty()) {
        (None, _) => constant(neutral),
        (Some(only), true) => only,
        (Some(last), false) => {
            open.push(last);
            Expr::call(function, open, Type::Logical)
        }
    }
}

/// Not so.
pub(super) fn not(predicate: Expr) -> Expr {
    match as_constant(&predicate) {
        Some(truth) => constant(!truth),
        None => Expr::call("Not", vec![predicate], Type::Logical),
    }
}

/// `left op right`.
pub(super) fn compare(op: &'static str, left: &Expr, right: Value) -> Expr {
    call(op, vec![left.clone(), Expr::literal(right)])
}

/// The value is Null.
pub(super) fn is_null(value: &Expr) -> Expr {
    call("IsNull", vec![value.clone()])
}

/// The value is not Null.
pub(super) fn is_not_null(value: &Expr) -> Expr {
    call("IsNotNull", vec![value.clone()])
}

/// A logical call.
pub(super) fn call(function: &'static str, args: Vec<Expr>) -> Expr {
    Expr::call(function, args, Type::Logical)
}

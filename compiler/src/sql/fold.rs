//! Folds what a control decided: a `Switch` on a control becomes its branch, so that the engine sees a plain column.

use crate::plan::relation::{Expr, ExprKind};
use crate::value::{Type, Value};

/// The expression with decided conditionals and comparisons of constants replaced. Only what has one meaning on every
/// engine is computed here.
pub(super) fn fold(expr: &Expr) -> Expr {
    let ExprKind::Call { function, args } = &expr.kind else {
        return expr.clone();
    };
    let args: Vec<Expr> = args.iter().map(fold).collect();
    let decided = match &**function {
        "If" => fold_if(&args),
        "Switch" => fold_switch(&args),
        "Choose" => fold_choose(&args),
        "=" => equal(&args).map(logical),
        "!=" => equal(&args).map(|equal| logical(!equal)),
        "IsNull" => args
            .first()
            .and_then(literal)
            .map(|value| logical(value.is_null())),
        "IsNotNull" => args
            .first()
            .and_then(literal)
            .map(|value| logical(!value.is_null())),
        "Negate" => args.first().and_then(negated),
        _ => None,
    };
    // A branch keeps the type of the whole: a Null branch of a text is a text.
    decided.map_or_else(
        || Expr::call(function.clone(), args, expr.ty),
        |decided| Expr {
            ty: expr.ty,
            ..decided
        },
    )
}

fn literal(expr: &Expr) -> Option<&Value> {
    match &expr.kind {
        ExprKind::Literal { value } => Some(value),
        _ => None,
    }
}

/// A literal with a minus sign, which places that take no expression must see as a literal.
fn negated(expr: &Expr) -> Option<Expr> {
    match literal(expr)? {
        Value::Integer(number) => number.checked_neg().map(Value::Integer),
        Value::Float(number) if *number != 0.0 => Some(Value::Float(-number)),
        _ => None,
    }
    .map(Expr::literal)
}

fn logical(truth: bool) -> Expr {
    Expr::literal(Value::Logical(truth))
}

fn null() -> Expr {
    Expr {
        kind: ExprKind::Literal { value: Value::Null },
        ty: Type::Null,
    }
}

/// Whether two literals of one type are equal; `None` when that is not decided or is Null.
fn equal(args: &[Expr]) -> Option<bool> {
    let [left, right] = args else { return None };
    let (left, right) = (literal(left)?, literal(right)?);
    (left.ty() == right.ty() && !left.is_null() && left.ty() != Type::Variant)
        .then(|| left == right)
}

/// Drops branches that cannot be reached.
fn fold_if(args: &[Expr]) -> Option<Expr> {
    let mut rest = args;
    loop {
        match rest {
            [] => return Some(null()),
            [otherwise] => return Some(otherwise.clone()),
            [condition, result, behind @ ..] => match literal(condition)? {
                Value::Logical(true) => return Some(result.clone()),
                Value::Logical(false) | Value::Null => rest = behind,
                _ => return None,
            },
        }
    }
}

fn fold_switch(args: &[Expr]) -> Option<Expr> {
    let (subject, mut rest) = args.split_first()?;
    let value = literal(subject)?;
    loop {
        match rest {
            [] => return Some(null()),
            [otherwise] => return Some(otherwise.clone()),
            [case, result, behind @ ..] => {
                let case_value = literal(case)?;
                if !value.is_null() && !case_value.is_null() {
                    if equal(&[subject.clone(), case.clone()])? {
                        return Some(result.clone());
                    }
                } else if value.is_null() && case_value.is_null() {
                    // Whether Null meets Null is for the engine's form to say.
                    return None;
                }
                rest = behind;
            }
        }
    }
}

fn fold_choose(args: &[Expr]) -> Option<Expr> {
    let (index, values) = args.split_first()?;
    match literal(index)? {
        Value::Integer(index) => {
            let position = index
                .checked_sub(1)
                .and_then(|position| usize::try_from(position).ok());
            Some(
                position
                    .and_then(|position| values.get(position))
                    .cloned()
                    .unwrap_or_else(null),
            )
        }
        Value::Null => Some(null()),
        _ => None,
    }
}

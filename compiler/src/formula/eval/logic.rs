//! Comparison, connectives, conditions, nulls.

use std::cmp::Ordering;

use crate::formula::eval::Context;
use crate::formula::eval::number::integer;
use crate::value::Value;

/// Whether a condition holds; Null does not.
pub(in crate::formula) fn is_true(value: &Value) -> bool {
    matches!(value, Value::Logical(true))
}

fn compare(args: &[Value], wanted: fn(Ordering) -> bool) -> Value {
    match args {
        [a, b] if !a.is_null() && !b.is_null() => Value::Logical(wanted(a.sort_cmp(b))),
        _ => Value::Null,
    }
}

/// `=`
pub(in crate::formula) fn equal(args: &[Value], _: &Context) -> Value {
    compare(args, Ordering::is_eq)
}

/// `!=`
pub(in crate::formula) fn not_equal(args: &[Value], _: &Context) -> Value {
    compare(args, Ordering::is_ne)
}

/// `<`
pub(in crate::formula) fn less(args: &[Value], _: &Context) -> Value {
    compare(args, Ordering::is_lt)
}

/// `<=`
pub(in crate::formula) fn less_equal(args: &[Value], _: &Context) -> Value {
    compare(args, Ordering::is_le)
}

/// `>`
pub(in crate::formula) fn greater(args: &[Value], _: &Context) -> Value {
    compare(args, Ordering::is_gt)
}

/// `>=`
pub(in crate::formula) fn greater_equal(args: &[Value], _: &Context) -> Value {
    compare(args, Ordering::is_ge)
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Logical(b) => Some(*b),
        _ => None,
    }
}

fn logical(value: Option<bool>) -> Value {
    value.map_or(Value::Null, Value::Logical)
}

/// `And`, three-valued.
pub(in crate::formula) fn and(args: &[Value], _: &Context) -> Value {
    let all = args
        .iter()
        .map(truth)
        .try_fold(Some(true), |so_far, next| match next {
            Some(false) => Err(()),
            Some(true) => Ok(so_far),
            None => Ok(None),
        });
    logical(all.unwrap_or(Some(false)))
}

/// `Or`, three-valued.
pub(in crate::formula) fn or(args: &[Value], _: &Context) -> Value {
    let any = args
        .iter()
        .map(truth)
        .try_fold(Some(false), |so_far, next| match next {
            Some(true) => Err(()),
            Some(false) => Ok(so_far),
            None => Ok(None),
        });
    logical(any.unwrap_or(Some(true)))
}

/// `Not`
pub(in crate::formula) fn not(args: &[Value], _: &Context) -> Value {
    logical(args.first().and_then(truth).map(|b| !b))
}

/// `If`: pairs of condition and value, then an optional else.
pub(in crate::formula) fn choose_if(args: &[Value], _: &Context) -> Value {
    let (pairs, rest) = args.as_chunks::<2>();
    let hit = pairs
        .iter()
        .find(|[condition, _]| is_true(condition))
        .map(|[_, value]| value);
    hit.or(rest.first()).cloned().unwrap_or(Value::Null)
}

/// `Switch`: a value, pairs of case and result, then an optional else.
pub(in crate::formula) fn switch(args: &[Value], _: &Context) -> Value {
    let Some((value, rest)) = args.split_first() else {
        return Value::Null;
    };
    let (pairs, otherwise) = rest.as_chunks::<2>();
    let hit = pairs
        .iter()
        .find(|[case, _]| !value.is_null() && case == value)
        .map(|[_, result]| result);
    hit.or(otherwise.first()).cloned().unwrap_or(Value::Null)
}

/// `Choose`, counted from 1; a fractional index is cut.
pub(in crate::formula) fn choose(args: &[Value], _: &Context) -> Value {
    let index = args
        .first()
        .and_then(integer)
        .and_then(|i| usize::try_from(i).ok())
        .filter(|i| *i > 0);
    index
        .and_then(|i| args.get(i))
        .cloned()
        .unwrap_or(Value::Null)
}

/// `Coalesce`
pub(in crate::formula) fn coalesce(args: &[Value], _: &Context) -> Value {
    args.iter()
        .find(|v| !v.is_null())
        .cloned()
        .unwrap_or(Value::Null)
}

/// `Zn`
pub(in crate::formula) fn zn(args: &[Value], _: &Context) -> Value {
    args.iter()
        .find(|v| !v.is_null())
        .cloned()
        .unwrap_or(Value::Integer(0))
}

/// `IsNull`
pub(in crate::formula) fn is_null(args: &[Value], _: &Context) -> Value {
    Value::Logical(args.first().is_none_or(Value::is_null))
}

/// `IsNotNull`
pub(in crate::formula) fn is_not_null(args: &[Value], _: &Context) -> Value {
    Value::Logical(!args.first().is_none_or(Value::is_null))
}

/// `NullIf`
pub(in crate::formula) fn null_if(args: &[Value], _: &Context) -> Value {
    match args {
        [a, b] if !a.is_null() && a == b => Value::Null,
        [a, ..] => a.clone(),
        [] => Value::Null,
    }
}

/// `In`: Null is a candidate like any other, so a Null value is found when it is listed; when it is not, the answer is
/// Null. A Null candidate matches nothing else.
pub(in crate::formula) fn is_in(args: &[Value], _: &Context) -> Value {
    match args.split_first() {
        Some((value, candidates)) if candidates.contains(value) => Value::Logical(true),
        Some((value, _)) if !value.is_null() => Value::Logical(false),
        _ => Value::Null,
    }
}

/// `Between`, both ends included. As two comparisons joined by `And`: one failing end decides even beside a Null.
pub(in crate::formula) fn between(args: &[Value], cx: &Context) -> Value {
    let [value, low, high] = args else {
        return Value::Null;
    };
    and(
        &[
            greater_equal(&[value.clone(), low.clone()], cx),
            less_equal(&[value.clone(), high.clone()], cx),
        ],
        cx,
    )
}

//! Arithmetic and mathematics.

use crate::formula::eval::Context;
use crate::value::Value;

/// A float as a value: Null when not finite, and never a negative zero.
pub(in crate::formula) fn float(value: f64) -> Value {
    if value.is_finite() {
        Value::Float(value + 0.0)
    } else {
        Value::Null
    }
}

/// A float as a whole number when it is one that 64 bits hold, else as a float.
pub(in crate::formula) fn whole(value: f64) -> Value {
    to_integer(value).map_or_else(|| float(value), Value::Integer)
}

/// The integer a float stands for exactly.
#[expect(
    clippy::cast_possible_truncation,
    reason = "checked to be whole and in range"
)]
pub(in crate::formula) fn to_integer(value: f64) -> Option<i64> {
    let fits = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&value);
    (fits && value.fract() == 0.0).then_some(value as i64)
}

/// An argument cut to a whole number (toward zero), saturating; `None` when it is no number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast saturates, which is what is wanted"
)]
pub(in crate::formula) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(i) => Some(*i),
        Value::Float(f) => Some(*f as i64),
        _ => None,
    }
}

/// An argument as a float; not a number is NaN, which [`float`] turns into Null.
pub(in crate::formula) fn real(args: &[Value], index: usize) -> f64 {
    args.get(index).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the nearest float is what overflow gives"
)]
fn wide(value: i128) -> Value {
    i64::try_from(value).map_or_else(|_| float(value as f64), Value::Integer)
}

fn arithmetic(
    args: &[Value],
    exact: fn(i128, i128) -> i128,
    rounded: fn(f64, f64) -> f64,
) -> Value {
    match args {
        [Value::Integer(a), Value::Integer(b)] => wide(exact(i128::from(*a), i128::from(*b))),
        _ => float(rounded(real(args, 0), real(args, 1))),
    }
}

/// `+`
pub(in crate::formula) fn add(args: &[Value], _: &Context) -> Value {
    arithmetic(args, |a, b| a + b, |a, b| a + b)
}

/// `-`
pub(in crate::formula) fn subtract(args: &[Value], _: &Context) -> Value {
    arithmetic(args, |a, b| a - b, |a, b| a - b)
}

/// `*`
pub(in crate::formula) fn multiply(args: &[Value], _: &Context) -> Value {
    arithmetic(args, |a, b| a * b, |a, b| a * b)
}

/// `/`
pub(in crate::formula) fn divide(args: &[Value], _: &Context) -> Value {
    float(real(args, 0) / real(args, 1))
}

/// `%`
pub(in crate::formula) fn modulo(args: &[Value], _: &Context) -> Value {
    match args {
        [Value::Integer(a), Value::Integer(b)] => {
            if *b == 0 {
                Value::Null
            } else {
                Value::Integer(a.wrapping_rem(*b))
            }
        }
        _ => float(real(args, 0) % real(args, 1)),
    }
}

/// `^`; whole numbers stay exact while they fit.
pub(in crate::formula) fn power(args: &[Value], _: &Context) -> Value {
    if let [Value::Integer(base), Value::Integer(exponent)] = args
        && let Ok(exponent) = u32::try_from(*exponent)
        && let Some(exact) = base.checked_pow(exponent)
    {
        return Value::Integer(exact);
    }
    float(real(args, 0).powf(real(args, 1)))
}

/// Prefix `-`
pub(in crate::formula) fn negate(args: &[Value], _: &Context) -> Value {
    match args {
        [Value::Integer(a)] => wide(-i128::from(*a)),
        _ => float(-real(args, 0)),
    }
}

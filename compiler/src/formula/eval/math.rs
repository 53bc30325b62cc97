//! Mathematics beyond the four operations.

use super::decimal::{Mode, decimals, round};
use super::number::{float, integer, real, to_integer, whole};
use crate::formula::eval::Context;
use crate::value::Value;

/// Radius of the earth in kilometres.
const EARTH_RADIUS: f64 = super::geography::RADIUS / 1000.0;

/// `Abs`
pub(in crate::formula) fn abs(args: &[Value], cx: &Context) -> Value {
    if real(args, 0) < 0.0 {
        super::number::negate(args, cx)
    } else {
        args.first().cloned().unwrap_or(Value::Null)
    }
}

/// `Sign`
pub(in crate::formula) fn sign(args: &[Value], _: &Context) -> Value {
    let x = real(args, 0);
    Value::Integer(i64::from(x > 0.0) - i64::from(x < 0.0))
}

fn unary(args: &[Value], f: fn(f64) -> f64) -> Value {
    float(f(real(args, 0)))
}

macro_rules! functions_of_one_number {
    ($($(#[$doc:meta])* $name:ident = $f:expr;)*) => {
        $(
            $(#[$doc])*
            pub(in crate::formula) fn $name(args: &[Value], _: &Context) -> Value {
                unary(args, $f)
            }
        )*
    };
}

functions_of_one_number! {
    /// `Sqrt`
    sqrt = f64::sqrt;
    /// `Exp`
    exp = f64::exp;
    /// `Ln`; Null for zero and less.
    ln = f64::ln;
    /// `Sin`
    sin = f64::sin;
    /// `Cos`
    cos = f64::cos;
    /// `Tan`
    tan = f64::tan;
    /// `Cot`; Null at 0.
    cot = |x| 1.0 / x.tan();
    /// `Asin`
    asin = f64::asin;
    /// `Acos`
    acos = f64::acos;
    /// `Atan`
    atan = f64::atan;
    /// `Degrees`
    degrees = f64::to_degrees;
    /// `Radians`
    radians = f64::to_radians;
}

/// `Atan2`: y first.
pub(in crate::formula) fn atan2(args: &[Value], _: &Context) -> Value {
    float(real(args, 0).atan2(real(args, 1)))
}

/// `Pi`
pub(in crate::formula) fn pi(_: &[Value], _: &Context) -> Value {
    Value::Float(std::f64::consts::PI)
}

/// `Log`: value first, base (10) second; Null for a base of zero, as outside of the domain.
pub(in crate::formula) fn log(args: &[Value], _: &Context) -> Value {
    match args.len() {
        1 => float(real(args, 0).log10()),
        // To the base 0 every logarithm would be 0.
        _ if real(args, 1) <= 0.0 => Value::Null,
        _ => float(real(args, 0).ln() / real(args, 1).ln()),
    }
}

fn digits(args: &[Value]) -> i64 {
    args.get(1).and_then(integer).unwrap_or(0).clamp(-400, 400)
}

fn rounded(args: &[Value], mode: Mode) -> Value {
    args.first()
        .map_or(Value::Null, |value| round(value, digits(args), mode))
}

/// `Round`: halves away from zero.
pub(in crate::formula) fn round_half_away(args: &[Value], _: &Context) -> Value {
    rounded(args, Mode::HalfAway)
}

/// `RoundDown`: toward minus infinity.
pub(in crate::formula) fn round_down(args: &[Value], _: &Context) -> Value {
    rounded(args, Mode::Down)
}

/// `RoundUp`: toward plus infinity.
pub(in crate::formula) fn round_up(args: &[Value], _: &Context) -> Value {
    rounded(args, Mode::Up)
}

/// `Trunc`: toward zero.
pub(in crate::formula) fn trunc(args: &[Value], _: &Context) -> Value {
    rounded(args, Mode::Zero)
}

/// Rounds to a multiple of the second argument. A quotient that is whole but for float noise counts as whole.
fn multiple(args: &[Value], factor: f64, f: fn(f64) -> f64) -> Value {
    let quotient = real(args, 0) / factor;
    let near = quotient.round();
    let steps = if (quotient - near).abs() <= 1e-9 * near.abs().max(1.0) {
        near
    } else {
        f(quotient)
    };
    let places = decimals(factor);
    if places == 0 {
        whole(steps * factor)
    } else {
        round(&float(steps * factor), places, Mode::HalfAway)
    }
}

/// `Floor`, `Int`
pub(in crate::formula) fn floor(args: &[Value], _: &Context) -> Value {
    match args {
        [number] => round(number, 0, Mode::Down),
        _ => multiple(args, real(args, 1), f64::floor),
    }
}

/// `Ceiling`
pub(in crate::formula) fn ceiling(args: &[Value], _: &Context) -> Value {
    match args {
        [number] => round(number, 0, Mode::Up),
        _ => multiple(args, real(args, 1), f64::ceil),
    }
}

/// `MRound`: the nearest multiple; the sign of the factor does not matter.
pub(in crate::formula) fn round_multiple(args: &[Value], _: &Context) -> Value {
    match args {
        [number] => round(number, 0, Mode::HalfAway),
        _ => multiple(args, real(args, 1).abs(), f64::round),
    }
}

/// `Div`: the whole part of a quotient.
pub(in crate::formula) fn div(args: &[Value], _: &Context) -> Value {
    match args {
        [Value::Integer(a), Value::Integer(b)] => a.checked_div(*b).map_or_else(
            || {
                if *b == 0 {
                    Value::Null
                } else {
                    float(-real(args, 0))
                }
            },
            Value::Integer,
        ),
        _ => whole((real(args, 0) / real(args, 1)).trunc()),
    }
}

/// `IsEven`, of the whole part.
pub(in crate::formula) fn is_even(args: &[Value], _: &Context) -> Value {
    args.first()
        .and_then(integer)
        .map_or(Value::Null, |i| Value::Logical(i % 2 == 0))
}

/// `IsOdd`, of the whole part.
pub(in crate::formula) fn is_odd(args: &[Value], _: &Context) -> Value {
    args.first()
        .and_then(integer)
        .map_or(Value::Null, |i| Value::Logical(i % 2 != 0))
}

fn bits(args: &[Value], f: fn(i64, i64) -> i64) -> Value {
    match (
        args.first().and_then(integer),
        args.get(1).and_then(integer),
    ) {
        (Some(a), Some(b)) => Value::Integer(f(a, b)),
        _ => Value::Null,
    }
}

/// `BitAnd`
pub(in crate::formula) fn bit_and(args: &[Value], _: &Context) -> Value {
    bits(args, |a, b| a & b)
}

/// `BitOr`
pub(in crate::formula) fn bit_or(args: &[Value], _: &Context) -> Value {
    bits(args, |a, b| a | b)
}

/// `Greatest`; the null rule of the function decides whether nulls come this far.
pub(in crate::formula) fn greatest(args: &[Value], _: &Context) -> Value {
    let values = args.iter().filter(|v| !v.is_null());
    values
        .max_by(|a, b| a.sort_cmp(b))
        .cloned()
        .unwrap_or(Value::Null)
}

/// `Least`
pub(in crate::formula) fn least(args: &[Value], _: &Context) -> Value {
    let values = args.iter().filter(|v| !v.is_null());
    values
        .min_by(|a, b| a.sort_cmp(b))
        .cloned()
        .unwrap_or(Value::Null)
}

/// `RowAvg`: nulls do not count.
pub(in crate::formula) fn row_average(args: &[Value], _: &Context) -> Value {
    let (sum, count) = args
        .iter()
        .filter_map(Value::as_f64)
        .fold((0.0, 0.0), |(sum, count), x| (sum + x, count + 1.0));
    float(sum / count)
}

/// `BinFixed`: equal bins over `[min, max)`, 0 below and `bins + 1` above.
pub(in crate::formula) fn bin_fixed(args: &[Value], _: &Context) -> Value {
    let (value, low, high) = (real(args, 0), real(args, 1), real(args, 2));
    let bins = args.get(3).and_then(integer).unwrap_or(1);
    if bins < 1 {
        return Value::Integer(1);
    }
    if value < low {
        return Value::Integer(0);
    }
    if value >= high {
        return Value::Integer(bins.saturating_add(1));
    }
    #[expect(clippy::cast_precision_loss, reason = "a number of bins is small")]
    let bin = ((value - low) / (high - low) * bins as f64).floor();
    to_integer(bin).map_or(Value::Null, |i| Value::Integer(i + 1))
}

/// `BinRange`: bins between ascending bounds, from 1; a bound belongs to the bin it begins.
pub(in crate::formula) fn bin_range(args: &[Value], _: &Context) -> Value {
    let Some((value, bounds)) = args.split_first() else {
        return Value::Null;
    };
    let passed = bounds
        .iter()
        .take_while(|bound| value.sort_cmp(bound).is_ge())
        .count();
    Value::Integer(i64::try_from(passed).unwrap_or(i64::MAX).saturating_add(1))
}

/// `DistancePlane`
pub(in crate::formula) fn distance_plane(args: &[Value], _: &Context) -> Value {
    float((real(args, 2) - real(args, 0)).hypot(real(args, 3) - real(args, 1)))
}

/// `DistanceGlobe`: great-circle kilometres; latitudes first.
pub(in crate::formula) fn distance_globe(args: &[Value], _: &Context) -> Value {
    let [lat1, lon1, lat2, lon2] = [0, 1, 2, 3].map(|i| real(args, i).to_radians());
    let h = ((lat2 - lat1) / 2.0).sin().powi(2)
        + lat1.cos() * lat2.cos() * ((lon2 - lon1) / 2.0).sin().powi(2);
    float(2.0 * EARTH_RADIUS * h.sqrt().min(1.0).asin())
}

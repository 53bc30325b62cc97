//! Instants as numbers, and wall clocks of other zones.

use jiff::tz::TimeZone;

use super::{SECOND, day_of, to_instant, to_wall_clock};
use crate::formula::eval::Context;
use crate::formula::eval::number::{float, real, to_integer};
use crate::formula::eval::text::arg;
use crate::value::Value;

/// Seconds since 1970 of a wall-clock time in the project's zone.
pub(in crate::formula::eval) fn unix_seconds(date: i64, cx: &Context) -> Value {
    let Some(instant) = to_instant(date, &cx.zone) else {
        return Value::Null;
    };
    if instant % SECOND == 0 {
        return Value::Integer(instant / SECOND);
    }
    Value::Integer(instant)
        .as_f64()
        .map_or(Value::Null, |us| float(us / 1e6))
}

/// A date from a number of units of `scale` microseconds since 1970.
pub(in crate::formula::eval) fn from_unix(args: &[Value], cx: &Context, scale: f64) -> Value {
    let instant = match (args.first(), to_integer(scale)) {
        (Some(Value::Integer(n)), Some(scale)) => n.checked_mul(scale),
        _ => to_integer((real(args, 0) * scale).round()),
    };
    instant.map_or(Value::Null, |instant| to_wall_clock(instant, &cx.zone))
}

/// `DateFromUnix`
pub(in crate::formula) fn date_from_unix(args: &[Value], cx: &Context) -> Value {
    from_unix(args, cx, 1e6)
}

/// `DateFromUnixMs`
pub(in crate::formula) fn date_from_unix_ms(args: &[Value], cx: &Context) -> Value {
    from_unix(args, cx, 1e3)
}

/// `DateFromUnixUs`
pub(in crate::formula) fn date_from_unix_us(args: &[Value], cx: &Context) -> Value {
    from_unix(args, cx, 1.0)
}

/// `ConvertTimezone`: target second, source (the project's zone) third.
pub(in crate::formula) fn convert_timezone(args: &[Value], cx: &Context) -> Value {
    let source = if args.len() > 2 {
        TimeZone::get(arg(args, 2)).ok()
    } else {
        Some(cx.zone.clone())
    };
    let (Some(date), Ok(target), Some(source)) =
        (day_of(args, 0), TimeZone::get(arg(args, 1)), source)
    else {
        return Value::Null;
    };
    to_instant(date, &source).map_or(Value::Null, |instant| to_wall_clock(instant, &target))
}

//! Working days, and periods before and after today.

use super::{DAY, Unit, add, day_of, trunc};
use crate::formula::datetime::civil;
use crate::formula::eval::Context;
use crate::formula::eval::number::integer;
use crate::formula::eval::text::arg;
use crate::value::Value;

/// `BusinessDays`: Mondays to Fridays from the first to the second date, both included; negative when reversed.
pub(in crate::formula) fn business_days(args: &[Value], _: &Context) -> Value {
    let (Some(start), Some(end)) = (day_of(args, 0), day_of(args, 1)) else {
        return Value::Null;
    };
    let (low, high, sign) = if start <= end {
        (start, end, 1)
    } else {
        (end, start, -1)
    };
    let first = low.div_euclid(DAY);
    let days = high.div_euclid(DAY) - first + 1;
    let Some(weekday) = civil(low).map(|d| i64::from(d.weekday().to_monday_zero_offset())) else {
        return Value::Null;
    };
    let rest = (0..days % 7).filter(|i| (weekday + i) % 7 < 5).count();
    Value::Integer(sign * (days / 7 * 5 + i64::try_from(rest).unwrap_or(0)))
}

fn today_argument(args: &[Value], index: usize, cx: &Context) -> Option<i64> {
    if args.len() > index {
        day_of(args, index)
    } else {
        Some(cx.now)
    }
}

/// `InDateRange`
pub(in crate::formula) fn in_date_range(args: &[Value], cx: &Context) -> Value {
    let count = |i: usize, default: i64| args.get(i).map_or(Some(default), integer);
    let inside = (|| {
        let date = day_of(args, 0)?;
        let unit = Unit::find(arg(args, 2), cx)?;
        let (length, offset) = (count(3, 1)?, count(4, 0)?);
        let today = today_argument(args, 5, cx)?;
        let start = trunc(today, unit)?;
        let (from, to) = match arg(args, 1).to_ascii_lowercase().as_str() {
            "last" => {
                let back = if offset == 0 { length } else { offset };
                (
                    add(start, unit, back.checked_neg()?)?,
                    add(start, unit, length.checked_sub(back)?)?,
                )
            }
            "next" => {
                let ahead = if offset == 0 { 1 } else { offset };
                (
                    add(start, unit, ahead)?,
                    add(start, unit, ahead.checked_add(length)?)?,
                )
            }
            "current" => (
                add(start, unit, offset)?,
                add(start, unit, offset.checked_add(length)?)?,
            ),
            "to_date" => {
                let tomorrow = trunc(today, Unit::Day)? + DAY;
                let first = offset.checked_sub(length)?.checked_add(1)?;
                (add(start, unit, first)?, add(tomorrow, unit, offset)?)
            }
            _ => return None,
        };
        Some(from <= date && date < to)
    })();
    inside.map_or(Value::Null, Value::Logical)
}

/// `InPriorDateRange`: the same period, some larger periods ago.
pub(in crate::formula) fn in_prior_date_range(args: &[Value], cx: &Context) -> Value {
    let inside = (|| {
        let date = day_of(args, 0)?;
        let (unit, prior) = (Unit::find(arg(args, 1), cx)?, Unit::find(arg(args, 2), cx)?);
        let offset = args.get(3).map_or(Some(1), integer)?;
        let shifted = add(today_argument(args, 4, cx)?, prior, offset.checked_neg()?)?;
        let start = trunc(shifted, unit)?;
        Some(start <= date && date < add(start, unit, 1)?)
    })();
    inside.map_or(Value::Null, Value::Logical)
}

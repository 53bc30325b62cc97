//! Calendar functions.

use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

use super::number::integer;
use super::text::arg;
use crate::formula::datetime::{CALENDAR, civil, date_value, micros, micros_value};
use crate::formula::eval::Context;
use crate::plan::WeekStart;
use crate::value::Value;

mod format;
mod ranges;
mod unix;

pub(super) use format::parse;
pub(in crate::formula) use format::{date_format, date_parse, month_name, weekday_name};
pub(in crate::formula) use ranges::{business_days, in_date_range, in_prior_date_range};
pub(in crate::formula) use unix::{
    convert_timezone, date_from_unix, date_from_unix_ms, date_from_unix_us,
};
pub(super) use unix::{from_unix, unix_seconds};

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Calendar year.
    Year,
    /// Calendar quarter.
    Quarter,
    /// Calendar month.
    Month,
    /// Seven days from this weekday on.
    Week(Weekday),
    /// Day.
    Day,
    /// Hour.
    Hour,
    /// Minute.
    Minute,
    /// Second.
    Second,
    /// Thousandth of a second.
    Millisecond,
}

impl Unit {
    /// The unit of a word, ignoring case. A plain `week` follows the settings.
    pub fn find(word: &str, cx: &Context) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "year" => Self::Year,
            "quarter" => Self::Quarter,
            "month" => Self::Month,
            "week" => Self::Week(week_start(cx)),
            "week_starting_sunday" => Self::Week(Weekday::Sunday),
            "week_starting_monday" => Self::Week(Weekday::Monday),
            "day" => Self::Day,
            "hour" => Self::Hour,
            "minute" => Self::Minute,
            "second" => Self::Second,
            "millisecond" => Self::Millisecond,
            _ => return None,
        })
    }

    fn span(self, count: i64) -> Option<Span> {
        match self {
            Self::Year => Span::new().try_years(count),
            Self::Quarter => Span::new().try_months(count.checked_mul(3)?),
            Self::Month => Span::new().try_months(count),
            Self::Week(_) => Span::new().try_weeks(count),
            Self::Day => Span::new().try_days(count),
            Self::Hour => Span::new().try_hours(count),
            Self::Minute => Span::new().try_minutes(count),
            Self::Second => Span::new().try_seconds(count),
            Self::Millisecond => Span::new().try_milliseconds(count),
        }
        .ok()
    }

    /// Length of units that all have the same, in microseconds.
    fn fixed(self) -> Option<i64> {
        match self {
            Self::Day => Some(DAY),
            Self::Hour => Some(HOUR),
            Self::Minute => Some(MINUTE),
            Self::Second => Some(SECOND),
            Self::Millisecond => Some(1000),
            Self::Year | Self::Quarter | Self::Month | Self::Week(_) => None,
        }
    }
}

fn week_start(cx: &Context) -> Weekday {
    match cx.settings.week_start {
        WeekStart::Sunday => Weekday::Sunday,
        WeekStart::Monday => Weekday::Monday,
    }
}

/// A date moved by units; steps of months and more stay within the month. Null outside the calendar.
pub fn add(date: i64, unit: Unit, count: i64) -> Option<i64> {
    let moved = civil(date)?.checked_add(unit.span(count)?).ok()?;
    (moved.year() >= 0).then(|| micros(moved))
}

/// The start of the unit a date lies in.
pub fn trunc(date: i64, unit: Unit) -> Option<i64> {
    if let Some(length) = unit.fixed() {
        return Some(date - date.rem_euclid(length));
    }
    let d = civil(date)?.date();
    let start = match unit {
        Unit::Year => d.first_of_year(),
        Unit::Quarter => jiff::civil::date(d.year(), (d.month() - 1) / 3 * 3 + 1, 1),
        Unit::Week(first) => d
            .checked_sub(i64::from(d.weekday().since(first)).days())
            .ok()?,
        _ => d.first_of_month(),
    };
    (start.year() >= 0).then(|| micros(start.to_datetime(jiff::civil::Time::midnight())))
}

/// Boundaries of a unit between two dates.
pub fn diff(unit: Unit, start: i64, end: i64) -> Option<i64> {
    if let Some(length) = unit.fixed() {
        return Some(end.div_euclid(length) - start.div_euclid(length));
    }
    let (a, b) = (civil(start)?, civil(end)?);
    let months = |d: DateTime| i64::from(d.year()) * 12 + i64::from(d.month()) - 1;
    Some(match unit {
        Unit::Year => i64::from(b.year()) - i64::from(a.year()),
        Unit::Quarter => months(b).div_euclid(3) - months(a).div_euclid(3),
        Unit::Week(_) => (trunc(end, unit)? - trunc(start, unit)?) / (7 * DAY),
        _ => months(b) - months(a),
    })
}

/// An instant in UTC as wall-clock time of a zone.
pub(super) fn to_wall_clock(instant: i64, zone: &TimeZone) -> Value {
    let local = Timestamp::from_microsecond(instant).map(|t| zone.to_datetime(t));
    local.map_or(Value::Null, date_value)
}

/// Wall-clock time of a zone as an instant. Times that a clock change skips or repeats count as before the change.
fn to_instant(date: i64, zone: &TimeZone) -> Option<i64> {
    zone.to_timestamp(civil(date)?)
        .ok()
        .map(Timestamp::as_microsecond)
}

fn day_of(args: &[Value], index: usize) -> Option<i64> {
    match args.get(index) {
        Some(Value::Date(date)) => Some(*date).filter(|d| CALENDAR.contains(d)),
        _ => None,
    }
}

fn maybe(value: Option<i64>) -> Value {
    value.map_or(Value::Null, Value::Date)
}

/// The date argument, moved from UTC to the zone named behind it when there is one.
fn zoned(args: &[Value], index: usize) -> Option<i64> {
    let date = day_of(args, index)?;
    if args.len() <= index + 1 {
        return Some(date);
    }
    let zone = TimeZone::get(arg(args, index + 1)).ok()?;
    match to_wall_clock(date, &zone) {
        Value::Date(local) => Some(local),
        _ => None,
    }
}

/// `DateAdd`
pub(in crate::formula) fn date_add(args: &[Value], cx: &Context) -> Value {
    let parts = (
        Unit::find(arg(args, 0), cx),
        args.get(1).and_then(integer),
        day_of(args, 2),
    );
    let (Some(unit), Some(count), Some(date)) = parts else {
        return Value::Null;
    };
    maybe(add(date, unit, count))
}

/// `DateDiff`
pub(in crate::formula) fn date_diff(args: &[Value], cx: &Context) -> Value {
    let parts = (
        Unit::find(arg(args, 0), cx),
        day_of(args, 1),
        day_of(args, 2),
    );
    let (Some(unit), Some(start), Some(end)) = parts else {
        return Value::Null;
    };
    diff(unit, start, end).map_or(Value::Null, Value::Integer)
}

/// `DateTrunc`
pub(in crate::formula) fn date_trunc(args: &[Value], cx: &Context) -> Value {
    let (Some(unit), Some(date)) = (Unit::find(arg(args, 0), cx), zoned(args, 1)) else {
        return Value::Null;
    };
    maybe(trunc(date, unit))
}

/// The number of a part of a date.
fn part(name: &str, date: i64, cx: &Context) -> Option<i64> {
    let d = civil(date)?;
    Some(match name {
        "year" => d.year().into(),
        "quarter" => i64::from((d.month() + 2) / 3),
        "month" => d.month().into(),
        "week" => week_number(d, cx),
        "day" => d.day().into(),
        "weekday" => i64::from(d.weekday().to_sunday_one_offset()),
        "day_of_year" => d.day_of_year().into(),
        "hour" => d.hour().into(),
        "minute" => d.minute().into(),
        "second" => d.second().into(),
        "millisecond" => i64::from(d.subsec_nanosecond() / 1_000_000),
        _ => return None,
    })
}

/// ISO 8601 when weeks start on Monday; else week 1 is the one that holds January 1.
fn week_number(d: DateTime, cx: &Context) -> i64 {
    match cx.settings.week_start {
        WeekStart::Monday => i64::from(d.date().iso_week_date().week()),
        WeekStart::Sunday => {
            let first = i64::from(d.date().first_of_year().weekday().since(Weekday::Sunday));
            (i64::from(d.day_of_year()) - 1 + first) / 7 + 1
        }
    }
}

/// `DatePart`
pub(in crate::formula) fn date_part(args: &[Value], cx: &Context) -> Value {
    let name = arg(args, 0).to_ascii_lowercase();
    if name == "epoch" {
        return day_of(args, 1).map_or(Value::Null, |date| {
            unix_seconds(date.div_euclid(SECOND) * SECOND, cx)
        });
    }
    zoned(args, 1)
        .and_then(|date| part(&name, date, cx))
        .map_or(Value::Null, Value::Integer)
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident = $part:literal;)*) => {
        $(
            $(#[$doc])*
            pub(in crate::formula) fn $name(args: &[Value], cx: &Context) -> Value {
                zoned(args, 0).and_then(|date| part($part, date, cx)).map_or(Value::Null, Value::Integer)
            }
        )*
    };
}

parts! {
    /// `Year`
    year = "year";
    /// `Quarter`
    quarter = "quarter";
    /// `Month`
    month = "month";
    /// `Day`
    day = "day";
    /// `DayOfYear`
    day_of_year = "day_of_year";
    /// `Weekday`: 1 is Sunday.
    weekday = "weekday";
    /// `Hour`
    hour = "hour";
    /// `Minute`
    minute = "minute";
    /// `Second`
    second = "second";
}

/// The last second of the unit a date lies in.
fn last_second(date: i64, unit: Unit) -> Option<i64> {
    let start = civil(trunc(date, unit)?)?;
    let days = match unit {
        Unit::Year => i64::from(start.date().days_in_year()),
        Unit::Quarter => {
            let last = start.checked_add(2.months()).ok()?.date().last_of_month();
            i64::from(last.day_of_year() - start.day_of_year()) + 1
        }
        Unit::Month => i64::from(start.days_in_month()),
        Unit::Week(_) => 7,
        _ => 1,
    };
    let end = micros(start) + days * DAY - SECOND;
    civil(end).map(|_| end)
}

/// `LastDay`
pub(in crate::formula) fn last_day(args: &[Value], cx: &Context) -> Value {
    let (Some(date), Some(unit)) = (day_of(args, 0), Unit::find(arg(args, 1), cx)) else {
        return Value::Null;
    };
    maybe(last_second(date, unit))
}

/// `EndOfMonth`
pub(in crate::formula) fn end_of_month(args: &[Value], _: &Context) -> Value {
    maybe(day_of(args, 0).and_then(|date| last_second(date, Unit::Month)))
}

/// `MakeDate`; parts that make no date are Null.
pub(in crate::formula) fn make_date(args: &[Value], _: &Context) -> Value {
    let part = |i: usize| args.get(i).map_or(Some(0), integer);
    let small = |i: usize| part(i).and_then(|n| i8::try_from(n).ok());
    let made = (|| {
        let year = part(0).and_then(|n| i16::try_from(n).ok())?;
        DateTime::new(
            year,
            small(1)?,
            small(2)?,
            small(3)?,
            small(4)?,
            small(5)?,
            0,
        )
        .ok()
    })();
    made.map_or(Value::Null, date_value)
}

/// `Today`
pub(in crate::formula) fn today(_: &[Value], cx: &Context) -> Value {
    maybe(trunc(cx.now, Unit::Day))
}

/// `Now`
pub(in crate::formula) fn now(_: &[Value], cx: &Context) -> Value {
    Value::Date(cx.now)
}

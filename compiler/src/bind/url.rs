//! Control values in addresses and on the command line.
//!
//! `a,b` for several values, `min:1,max:9` (`start:`, `end:`) for ranges, `prior-month-3` and `next-year-0` for dates
//! relative to now, `:null` for nothing, `:empty` for the empty text; everything percent-encoded, the commas between
//! values not. A plain `week` starts on the project's first day; `prior-week-starting-monday-1` says it aloud.

use std::fmt;

use super::date;
use super::scalar::{self, ScalarError};
use crate::plan::Settings;
use crate::plan::control::{ControlKind, ControlValue, DateBound, DateUnit, DateWindow};
use crate::value::{Type, Value};

/// Why a text is no value of a control.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UrlError {
    /// A number was expected.
    NotANumber(String),
    /// A date was expected.
    NotADate(String),
    /// `true` or `false` was expected.
    NotALogical(String),
    /// A range was expected.
    NotARange(String),
    /// Several values for a control that takes one.
    TooManyValues(usize),
    /// Percent-encoding that is broken or does not give UTF-8.
    BadEncoding(String),
    /// The project's time zone has no known rules, and the value needs them.
    UnknownZone(String),
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber(text) => write!(f, "`{text}` is not a number"),
            Self::NotADate(text) => write!(
                f,
                "`{text}` is not a date: expected `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM:SS`, or for a date or a date range \
                 `prior-month-3` and the like"
            ),
            Self::NotALogical(text) => write!(f, "`{text}` is neither `true` nor `false`"),
            Self::NotARange(text) => write!(
                f,
                "`{text}` is not a range: expected `min:` and `max:`, as in `min:1,max:9`"
            ),
            Self::TooManyValues(count) => {
                write!(f, "{count} values are given, and the control takes one")
            }
            Self::BadEncoding(text) => write!(f, "`{text}` is not percent-encoded UTF-8 text"),
            Self::UnknownZone(zone) => {
                write!(f, "the rules of the time zone `{zone}` are not known")
            }
        }
    }
}

impl std::error::Error for UrlError {}

/// Control ids and undecoded values of a query string (without its `?`), in order. Parameters of the page itself,
/// which begin with a colon, and pairs without `=` are left out; the last pair of a control counts.
pub fn pairs(query: &str) -> Vec<(String, &str)> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .filter_map(|(id, value)| Some((decode(id).ok()?, value)))
        .filter(|(id, _)| !id.starts_with(':'))
        .collect()
}

/// Reads the value of a control, percent-encoded as in an address.
///
/// # Errors
/// When the text is no value of that kind of control.
pub fn parse(
    kind: &ControlKind,
    text: &str,
    settings: &Settings,
) -> Result<ControlValue, UrlError> {
    let zone = settings.time_zone.as_str();
    match text {
        ":null" => return Ok(ControlValue::Empty),
        ":empty" => return Ok(ControlValue::One(Value::text(""))),
        _ => {}
    }
    match kind {
        ControlKind::NumberRange | ControlKind::RangeSlider { .. } => number_range(text, zone),
        ControlKind::DateRange => date_range(text, zone),
        ControlKind::List {
            multiple: true,
            value_type,
            ..
        } => {
            if text.is_empty() {
                return Ok(ControlValue::Empty);
            }
            let values = text.split(',').map(|part| entry(part, *value_type, zone));
            Ok(ControlValue::Many(values.collect::<Result<_, _>>()?))
        }
        ControlKind::Text { .. } => Ok(single(Value::text(decode(text)?))),
        ControlKind::Date { .. } => match parse_relative(&decode(text)?) {
            Some((offset, unit)) => {
                let bound = DateBound::Relative { offset, unit };
                Ok(ControlValue::Window(DateWindow::Between {
                    start: bound.clone(),
                    end: bound,
                }))
            }
            None => one(text, Type::Date, zone),
        },
        ControlKind::List {
            multiple: false, ..
        }
        | ControlKind::Segmented { .. } => {
            let ty = scalar::value_type(kind);
            // A bare comma separates values, except in a number, where it may also separate thousands.
            match text.split(',').count() {
                1 => one(text, ty, zone),
                _ if ty == Type::Number => one(text, ty, zone),
                count => Err(UrlError::TooManyValues(count)),
            }
        }
        ControlKind::Number { .. }
        | ControlKind::Slider { .. }
        | ControlKind::TopN { .. }
        | ControlKind::Checkbox { .. }
        | ControlKind::Switch { .. } => one(text, scalar::value_type(kind), zone),
    }
}

/// Writes the value of a control as [`parse`] reads it, percent-encoded.
pub fn print(kind: &ControlKind, value: &ControlValue) -> String {
    match value {
        ControlValue::Empty => ":null".to_owned(),
        ControlValue::One(value) => print_scalar(value),
        ControlValue::Many(values) if values.is_empty() => ":null".to_owned(),
        ControlValue::Many(values) => values
            .iter()
            .map(print_scalar)
            .collect::<Vec<_>>()
            .join(","),
        ControlValue::Range(low, high) => format!("min:{},max:{}", print_end(low), print_end(high)),
        ControlValue::Window(window) => print_window(kind, window),
    }
}

fn one(text: &str, ty: Type, zone: &str) -> Result<ControlValue, UrlError> {
    let text = decode(text)?;
    if text.trim().is_empty() {
        return Ok(ControlValue::Empty);
    }
    scalar::parse(&text, ty, zone)
        .map(single)
        .map_err(|error| explain(&error, &text, zone))
}

fn single(value: Value) -> ControlValue {
    match &value {
        Value::Text(text) if text.is_empty() => ControlValue::Empty,
        _ => ControlValue::One(value),
    }
}

fn entry(text: &str, ty: Type, zone: &str) -> Result<Value, UrlError> {
    match text {
        ":null" => return Ok(Value::Null),
        ":empty" => return Ok(Value::text("")),
        _ => {}
    }
    let text = decode(text)?;
    scalar::parse(&text, ty, zone).map_err(|error| explain(&error, &text, zone))
}

fn number_range(text: &str, zone: &str) -> Result<ControlValue, UrlError> {
    let (low, high) = ends(text)?;
    let end = |text: &str| {
        if text.is_empty() {
            Ok(Value::Null)
        } else {
            entry(text, Type::Number, zone)
        }
    };
    match (end(low)?, end(high)?) {
        (Value::Null, Value::Null) => Ok(ControlValue::Empty),
        (low, high) => Ok(ControlValue::Range(low, high)),
    }
}

fn date_range(text: &str, zone: &str) -> Result<ControlValue, UrlError> {
    let (start, end) = ends(text)?;
    let bound = |text: &str| {
        let text = decode(text)?;
        if text.is_empty() || text == ":null" {
            return Ok(DateBound::Open);
        }
        match parse_relative(&text) {
            Some((offset, unit)) => Ok(DateBound::Relative { offset, unit }),
            None => scalar::parse_bound(&text, zone).map_err(|error| explain(&error, &text, zone)),
        }
    };
    match (bound(start)?, bound(end)?) {
        (DateBound::Open, DateBound::Open) => Ok(ControlValue::Empty),
        (start, end) => Ok(ControlValue::Window(DateWindow::Between { start, end })),
    }
}

/// The two undecoded ends of a range. A part without a label continues the one before, so that thousands may be
/// separated by bare commas too.
fn ends(text: &str) -> Result<(&str, &str), UrlError> {
    let not_a_range = || UrlError::NotARange(text.to_owned());
    let low = text
        .strip_prefix("min:")
        .or_else(|| text.strip_prefix("start:"));
    let split = text.find(",max:").or_else(|| text.find(",end:"));
    match (low, split) {
        (Some(low), Some(at)) => {
            let low = low
                .get(..low.len() - (text.len() - at))
                .ok_or_else(not_a_range)?;
            let high = text
                .get(at + 1..)
                .and_then(|rest| rest.split_once(':'))
                .ok_or_else(not_a_range)?
                .1;
            Ok((low, high))
        }
        (Some(low), None) => Ok((low, "")),
        (None, _) => {
            let high = text
                .strip_prefix("max:")
                .or_else(|| text.strip_prefix("end:"))
                .ok_or_else(not_a_range)?;
            Ok(("", high))
        }
    }
}

/// `prior-month-3` or `next-year-0`, as an offset in units from now.
fn parse_relative(text: &str) -> Option<(i64, DateUnit)> {
    let (past, rest) = match text.strip_prefix("prior-") {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix("next-")?),
    };
    let (unit, count) = rest.rsplit_once('-')?;
    let count = i64::from(count.parse::<u32>().ok()?);
    Some((if past { -count } else { count }, scalar::parse_unit(unit)?))
}

fn print_relative(offset: i64, unit: DateUnit) -> String {
    let direction = if offset > 0 { "next" } else { "prior" };
    format!(
        "{direction}-{}-{}",
        scalar::unit_word(unit),
        offset.unsigned_abs()
    )
}

/// Every window is a pair of ends, which is all the grammar has.
fn print_window(kind: &ControlKind, window: &DateWindow) -> String {
    let relative =
        |unit: DateUnit, from, to| (print_relative(from, unit), print_relative(to, unit));
    let bound = |bound: &DateBound| match bound {
        DateBound::Open => String::new(),
        DateBound::Day(day) => date::iso_text(*day),
        DateBound::Instant(instant) => date::iso_instant(*instant),
        DateBound::Relative { offset, unit } => print_relative(*offset, *unit),
    };
    let fixed = |value: &Value, shift: fn(i64) -> i64| {
        super::window::instant_of(value)
            .map_or_else(String::new, |instant| date::iso_text(shift(instant)))
    };
    let (low, high) = match window {
        DateWindow::Last {
            count,
            unit,
            to_date: true,
        } => relative(*unit, 1 - i64::from(*count), 0),
        DateWindow::Last {
            count,
            unit,
            to_date: false,
        } => relative(*unit, -i64::from(*count), -1),
        DateWindow::Next {
            count,
            unit,
            to_date: true,
        } => relative(*unit, 0, i64::from(*count) - 1),
        DateWindow::Next {
            count,
            unit,
            to_date: false,
        } => relative(*unit, 1, i64::from(*count)),
        DateWindow::Current { unit } => relative(*unit, 0, 0),
        DateWindow::On { date } => (
            fixed(date, date::start_of_day),
            fixed(date, date::start_of_day),
        ),
        DateWindow::Before { date } => (String::new(), fixed(date, last_before)),
        DateWindow::After { date } => (fixed(date, first_after), String::new()),
        DateWindow::Between { start, end } => (bound(start), bound(end)),
    };
    match kind {
        ControlKind::Date { .. } => low,
        _ => format!("min:{low},max:{high}"),
    }
}

fn last_before(instant: i64) -> i64 {
    if super::window::is_midnight(instant) {
        date::start_of_day(instant - 1)
    } else {
        instant - 1
    }
}

fn first_after(instant: i64) -> i64 {
    if super::window::is_midnight(instant) {
        date::next_day(instant)
    } else {
        instant + 1
    }
}

fn print_end(value: &Value) -> String {
    if value.is_null() {
        String::new()
    } else {
        print_scalar(value)
    }
}

fn print_scalar(value: &Value) -> String {
    match value {
        Value::Null => ":null".to_owned(),
        Value::Text(text) if text.is_empty() => ":empty".to_owned(),
        // Dates are not encoded.
        Value::Date(_) => scalar::print(value),
        _ => encode(&scalar::print(value)),
    }
}

/// As `encodeURIComponent`: letters, digits and `-_.!~*'()` stay.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].map(|digit| {
                char::from_digit(u32::from(digit), 16)
                    .unwrap_or('0')
                    .to_ascii_uppercase()
            }));
        }
    }
    out
}

fn decode(text: &str) -> Result<String, UrlError> {
    let broken = || UrlError::BadEncoding(text.to_owned());
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let (high, low) = (digit().ok_or_else(broken)?, digit().ok_or_else(broken)?);
        out.push(u8::try_from(high * 16 + low).map_err(|_| broken())?);
    }
    String::from_utf8(out).map_err(|_| broken())
}

fn explain(error: &ScalarError, text: &str, zone: &str) -> UrlError {
    match error {
        ScalarError::Number => UrlError::NotANumber(text.to_owned()),
        ScalarError::Date => UrlError::NotADate(text.to_owned()),
        ScalarError::Logical => UrlError::NotALogical(text.to_owned()),
        ScalarError::Zone => UrlError::UnknownZone(zone.to_owned()),
    }
}

#[cfg(test)]
mod tests;

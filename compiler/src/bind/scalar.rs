//! Single values as text, shared by addresses and JSON.

use super::date::{self, DateError, Moment};
use super::value::number;
use crate::plan::control::{ControlKind, DateBound, DateUnit};
use crate::value::{Type, Value};

/// Why a text is no value of the wanted type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum ScalarError {
    /// Not a number.
    Number,
    /// Not a date.
    Date,
    /// Neither `true` nor `false`.
    Logical,
    /// The project's zone has no known rules.
    Zone,
}

impl From<DateError> for ScalarError {
    fn from(error: DateError) -> Self {
        match error {
            DateError::Syntax => Self::Date,
            DateError::UnknownZone => Self::Zone,
        }
    }
}

/// Type of one value of a control.
pub(super) fn value_type(kind: &ControlKind) -> Type {
    match kind {
        ControlKind::Text { .. } => Type::Text,
        ControlKind::Number { .. }
        | ControlKind::NumberRange
        | ControlKind::Slider { .. }
        | ControlKind::RangeSlider { .. }
        | ControlKind::TopN { .. } => Type::Number,
        ControlKind::List { value_type, .. } | ControlKind::Segmented { value_type } => *value_type,
        ControlKind::Checkbox { .. } | ControlKind::Switch { .. } => Type::Logical,
        ControlKind::Date { .. } | ControlKind::DateRange => Type::Date,
    }
}

/// Reads a value of a type. Types without a text form of their own are read as text.
pub(super) fn parse(text: &str, ty: Type, zone: &str) -> Result<Value, ScalarError> {
    match ty {
        Type::Number => parse_number(text).ok_or(ScalarError::Number),
        Type::Logical => match text.trim() {
            "true" => Ok(Value::Logical(true)),
            "false" => Ok(Value::Logical(false)),
            _ => Err(ScalarError::Logical),
        },
        Type::Date => Ok(Value::Date(parse_moment(text, zone)?.micros)),
        Type::Text | Type::Variant | Type::Geography | Type::Null | Type::Unknown => {
            Ok(Value::text(text))
        }
    }
}

/// A decimal number; commas may separate thousands.
fn parse_number(text: &str) -> Option<Value> {
    let plain: String = text.trim().chars().filter(|c| *c != ',').collect();
    if let Ok(integer) = plain.parse() {
        return Some(Value::Integer(integer));
    }
    // Words such as `inf` and `nan` are floats to the parser, not to people.
    let decimal = plain.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && !plain.contains(['n', 'N', 'i', 'I']);
    let float: f64 = decimal.then(|| plain.parse().ok())??;
    float.is_finite().then(|| {
        if plain.contains(['.', 'e', 'E']) {
            number(float)
        } else {
            Value::Float(float)
        }
    })
}

/// An ISO date, or milliseconds since 1970 in UTC.
pub(super) fn parse_moment(text: &str, zone: &str) -> Result<Moment, ScalarError> {
    match text.trim().parse::<i64>() {
        Ok(millis) => Ok(Moment {
            micros: date::from_unix_millis(millis, zone)?,
            has_time: true,
        }),
        Err(_) => Ok(date::parse(text, zone)?),
    }
}

/// A fixed end of a window.
pub(super) fn parse_bound(text: &str, zone: &str) -> Result<DateBound, ScalarError> {
    let moment = parse_moment(text, zone)?;
    Ok(if moment.has_time {
        DateBound::Instant(moment.micros)
    } else {
        DateBound::Day(moment.micros)
    })
}

/// The text of a value, as [`parse`] reads it; empty for Null.
pub(super) fn print(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Logical(truth) => truth.to_string(),
        Value::Integer(integer) => integer.to_string(),
        Value::Float(float) => float.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Date(instant) => date::iso_text(*instant),
        Value::Variant(json) => json.to_string(),
    }
}

/// Units by the word used in addresses and JSON.
const UNITS: [(&str, DateUnit); 10] = [
    ("year", DateUnit::Year),
    ("quarter", DateUnit::Quarter),
    ("month", DateUnit::Month),
    ("week", DateUnit::Week),
    ("week-starting-sunday", DateUnit::WeekStartingSunday),
    ("week-starting-monday", DateUnit::WeekStartingMonday),
    ("day", DateUnit::Day),
    ("hour", DateUnit::Hour),
    ("minute", DateUnit::Minute),
    ("second", DateUnit::Second),
];

/// The unit of a word; `_` may stand for `-`.
pub(super) fn parse_unit(word: &str) -> Option<DateUnit> {
    let word = word.replace('_', "-");
    UNITS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, unit)| *unit)
}

/// The word of a unit.
pub(super) fn unit_word(unit: DateUnit) -> &'static str {
    UNITS
        .iter()
        .find(|(_, other)| *other == unit)
        .map_or("day", |(name, _)| name)
}

//! Control values as the browser sends and shows them.
//!
//! `null` is empty, a scalar is one value, an array several (an array of one also says a chosen null), `{"min", "max"}`
//! a range with ISO dates or `{"offset": -3, "unit": "month"}` as ends of dates, and `{"window": "last", "count": 90,
//! "unit": "day", "to_date": true}` a window: `last`, `next`, `current` (`unit`), `on`, `before`, `after` (`date`).

use std::fmt;

use serde_json::{Map, Value as Json, json};

use super::date;
use super::scalar::{self, ScalarError};
use crate::plan::Settings;
use crate::plan::control::{ControlKind, ControlValue, DateBound, DateUnit, DateWindow};
use crate::value::{Type, Value};

/// Why a JSON value is no value of a control.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JsonError {
    /// Something else was expected.
    Expected {
        /// What, as a noun with its article.
        expected: &'static str,
        /// The JSON that was found.
        found: String,
    },
    /// A member that this form does not have.
    UnknownMember(String),
    /// The project's time zone has no known rules, and the value needs them.
    UnknownZone(String),
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected { expected, found } => write!(f, "expected {expected}, found `{found}`"),
            Self::UnknownMember(name) => write!(f, "the value has an unknown member `{name}`"),
            Self::UnknownZone(zone) => {
                write!(f, "the rules of the time zone `{zone}` are not known")
            }
        }
    }
}

impl std::error::Error for JsonError {}

/// Reads the value of a control.
///
/// # Errors
/// When the JSON is no value of that kind of control.
pub fn from_json(
    kind: &ControlKind,
    json: &Json,
    settings: &Settings,
) -> Result<ControlValue, JsonError> {
    if json.is_null() {
        return Ok(ControlValue::Empty);
    }
    let zone = settings.time_zone.as_str();
    let ty = scalar::value_type(kind);
    match kind {
        ControlKind::List { multiple: true, .. } => {
            let values = match json {
                Json::Array(entries) => entries
                    .iter()
                    .map(|entry| scalar_of(entry, ty, zone))
                    .collect::<Result<_, _>>()?,
                single => vec![scalar_of(single, ty, zone)?],
            };
            Ok(if values.is_empty() {
                ControlValue::Empty
            } else {
                ControlValue::Many(values)
            })
        }
        ControlKind::List {
            multiple: false, ..
        }
        | ControlKind::Segmented { .. } => match json {
            Json::Array(entries) => match entries.as_slice() {
                [] => Ok(ControlValue::Empty),
                [only] => Ok(ControlValue::One(scalar_of(only, ty, zone)?)),
                _ => Err(expected("one value", json)),
            },
            single => Ok(ControlValue::One(scalar_of(single, ty, zone)?)),
        },
        ControlKind::NumberRange | ControlKind::RangeSlider { .. } => number_range(json, zone),
        ControlKind::Date { .. } if json.is_object() => date_range(json, zone),
        ControlKind::DateRange => date_range(json, zone),
        ControlKind::Text { .. }
        | ControlKind::Number { .. }
        | ControlKind::Slider { .. }
        | ControlKind::Checkbox { .. }
        | ControlKind::Switch { .. }
        | ControlKind::Date { .. }
        | ControlKind::TopN { .. } => Ok(match scalar_of(json, ty, zone)? {
            Value::Null => ControlValue::Empty,
            value => ControlValue::One(value),
        }),
    }
}

/// Writes a value as [`from_json`] reads it.
pub fn to_json(value: &ControlValue) -> Json {
    match value {
        ControlValue::Empty => Json::Null,
        ControlValue::One(Value::Null) => json!([null]),
        ControlValue::One(value) => scalar_json(value),
        ControlValue::Many(values) => Json::Array(values.iter().map(scalar_json).collect()),
        ControlValue::Range(low, high) => {
            json!({ "min": scalar_json(low), "max": scalar_json(high) })
        }
        ControlValue::Window(window) => window_json(window),
    }
}

fn scalar_of(json: &Json, ty: Type, zone: &str) -> Result<Value, JsonError> {
    let error = |error: &ScalarError| match error {
        ScalarError::Number => expected("a number", json),
        ScalarError::Date => expected("an ISO 8601 date", json),
        ScalarError::Logical => expected("`true` or `false`", json),
        ScalarError::Zone => JsonError::UnknownZone(zone.to_owned()),
    };
    match (json, ty) {
        (Json::Null, _) => Ok(Value::Null),
        (Json::Bool(truth), Type::Logical | Type::Unknown) => Ok(Value::Logical(*truth)),
        (Json::Number(number), Type::Number | Type::Unknown) => {
            number_value(number).ok_or_else(|| expected("a number", json))
        }
        (Json::Number(number), Type::Date) => scalar::parse_moment(&number.to_string(), zone)
            .map(|moment| Value::Date(moment.micros))
            .map_err(|e| error(&e)),
        (Json::String(text), _) => scalar::parse(text, ty, zone).map_err(|e| error(&e)),
        (_, Type::Number) => Err(error(&ScalarError::Number)),
        (_, Type::Date) => Err(error(&ScalarError::Date)),
        (_, Type::Logical) => Err(error(&ScalarError::Logical)),
        (_, Type::Variant) => Ok(Value::Variant(std::sync::Arc::new(json.clone()))),
        (_, Type::Text | Type::Geography | Type::Null | Type::Unknown) => {
            Err(expected("a text", json))
        }
    }
}

fn number_value(number: &serde_json::Number) -> Option<Value> {
    match number.as_i64() {
        Some(integer) => Some(Value::Integer(integer)),
        None => number
            .as_f64()
            .filter(|float| float.is_finite())
            .map(Value::Float),
    }
}

fn number_range(json: &Json, zone: &str) -> Result<ControlValue, JsonError> {
    let object = json
        .as_object()
        .ok_or_else(|| expected("an object with `min` and `max`", json))?;
    members(object, &["min", "max"])?;
    let end = |name| {
        object
            .get(name)
            .map_or(Ok(Value::Null), |end| scalar_of(end, Type::Number, zone))
    };
    match (end("min")?, end("max")?) {
        (Value::Null, Value::Null) => Ok(ControlValue::Empty),
        (low, high) => Ok(ControlValue::Range(low, high)),
    }
}

fn date_range(json: &Json, zone: &str) -> Result<ControlValue, JsonError> {
    let object = json
        .as_object()
        .ok_or_else(|| expected("an object with `min` and `max`, or a `window`", json))?;
    if object.contains_key("window") {
        return window(object, zone).map(ControlValue::Window);
    }
    members(object, &["min", "max", "start", "end"])?;
    let end = |name, synonym| {
        object
            .get(name)
            .or_else(|| object.get(synonym))
            .map_or(Ok(DateBound::Open), |end| bound(end, zone))
    };
    match (end("min", "start")?, end("max", "end")?) {
        (DateBound::Open, DateBound::Open) => Ok(ControlValue::Empty),
        (start, end) => Ok(ControlValue::Window(DateWindow::Between { start, end })),
    }
}

fn bound(json: &Json, zone: &str) -> Result<DateBound, JsonError> {
    let text = match json {
        Json::Null => return Ok(DateBound::Open),
        Json::Object(object) => {
            members(object, &["offset", "unit"])?;
            let offset = object
                .get("offset")
                .and_then(Json::as_i64)
                .ok_or_else(|| expected("a whole `offset`", json))?;
            return Ok(DateBound::Relative {
                offset,
                unit: unit(object)?,
            });
        }
        Json::String(text) if text.trim().is_empty() => return Ok(DateBound::Open),
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Bool(_) | Json::Array(_) => return Err(expected("an ISO 8601 date", json)),
    };
    scalar::parse_bound(&text, zone).map_err(|error| match error {
        ScalarError::Zone => JsonError::UnknownZone(zone.to_owned()),
        ScalarError::Number | ScalarError::Date | ScalarError::Logical => {
            expected("an ISO 8601 date", json)
        }
    })
}

fn window(object: &Map<String, Json>, zone: &str) -> Result<DateWindow, JsonError> {
    members(object, &["window", "count", "unit", "to_date", "date"])?;
    let found = || Json::Object(object.clone());
    let count = || {
        let count = object
            .get("count")
            .and_then(Json::as_u64)
            .and_then(|count| u32::try_from(count).ok());
        count.ok_or_else(|| expected("a whole `count`", &found()))
    };
    let to_date = match object.get("to_date") {
        None => false,
        Some(to_date) => to_date
            .as_bool()
            .ok_or_else(|| expected("`true` or `false`", to_date))?,
    };
    let date = || match object.get("date") {
        Some(date) if !date.is_null() => scalar_of(date, Type::Date, zone),
        _ => Err(expected("a `date`", &found())),
    };
    match object.get("window").and_then(Json::as_str) {
        Some("last") => Ok(DateWindow::Last {
            count: count()?,
            unit: unit(object)?,
            to_date,
        }),
        Some("next") => Ok(DateWindow::Next {
            count: count()?,
            unit: unit(object)?,
            to_date,
        }),
        Some("current") => Ok(DateWindow::Current {
            unit: unit(object)?,
        }),
        Some("on") => Ok(DateWindow::On { date: date()? }),
        Some("before") => Ok(DateWindow::Before { date: date()? }),
        Some("after") => Ok(DateWindow::After { date: date()? }),
        _ => Err(expected(
            "one of the windows `last`, `next`, `current`, `on`, `before`, `after`",
            &found(),
        )),
    }
}

fn unit(object: &Map<String, Json>) -> Result<DateUnit, JsonError> {
    let unit = object
        .get("unit")
        .and_then(Json::as_str)
        .and_then(scalar::parse_unit);
    unit.ok_or_else(|| {
        expected(
            "a `unit` such as `day` or `month`",
            &Json::Object(object.clone()),
        )
    })
}

fn window_json(window: &DateWindow) -> Json {
    let counted = |name: &str, count: u32, unit: DateUnit, to_date: bool| json!({ "window": name, "count": count, "unit": scalar::unit_word(unit), "to_date": to_date });
    let fixed = |name: &str, date: &Value| json!({ "window": name, "date": scalar_json(date) });
    match window {
        DateWindow::Last {
            count,
            unit,
            to_date,
        } => counted("last", *count, *unit, *to_date),
        DateWindow::Next {
            count,
            unit,
            to_date,
        } => counted("next", *count, *unit, *to_date),
        DateWindow::Current { unit } => {
            json!({ "window": "current", "unit": scalar::unit_word(*unit) })
        }
        DateWindow::On { date } => fixed("on", date),
        DateWindow::Before { date } => fixed("before", date),
        DateWindow::After { date } => fixed("after", date),
        DateWindow::Between { start, end } => {
            json!({ "min": bound_json(start), "max": bound_json(end) })
        }
    }
}

fn bound_json(bound: &DateBound) -> Json {
    match bound {
        DateBound::Open => Json::Null,
        DateBound::Day(day) => Json::from(date::iso_text(*day)),
        DateBound::Instant(instant) => Json::from(date::iso_instant(*instant)),
        DateBound::Relative { offset, unit } => {
            json!({ "offset": offset, "unit": scalar::unit_word(*unit) })
        }
    }
}

fn scalar_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Logical(truth) => Json::Bool(*truth),
        Value::Integer(integer) => Json::from(*integer),
        Value::Float(float) => Json::from(*float),
        Value::Text(text) => Json::from(text.as_ref()),
        Value::Date(instant) => Json::from(date::iso_text(*instant)),
        Value::Variant(json) => json.as_ref().clone(),
    }
}

fn members(object: &Map<String, Json>, known: &[&str]) -> Result<(), JsonError> {
    match object.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(JsonError::UnknownMember(unknown.clone())),
        None => Ok(()),
    }
}

fn expected(expected: &'static str, found: &Json) -> JsonError {
    JsonError::Expected {
        expected,
        found: found.to_string(),
    }
}

#[cfg(test)]
mod tests;

//! Cells as they travel: null, boolean, number, text; dates as `YYYY-MM-DDTHH:MM:SS[.ffffff]`, integers beyond 2^53 as
//! text, variants as JSON.

use std::sync::Arc;

use bookwright_compiler::bind::date::iso_text;
use bookwright_compiler::formula::datetime::parse_date;
use bookwright_compiler::value::{Type, Value};
use serde_json::Value as Json;

use crate::adapter::sqlite::date_text;

/// Integers a float holds exactly.
const EXACT: std::ops::RangeInclusive<i64> = -9_007_199_254_740_992..=9_007_199_254_740_992;

/// The wire form of a value.
pub fn cell(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Logical(b) => Json::Bool(*b),
        Value::Integer(i) if EXACT.contains(i) => Json::from(*i),
        Value::Integer(i) => Json::String(i.to_string()),
        Value::Float(f) => number(*f),
        Value::Text(text) => Json::String(text.as_ref().to_owned()),
        Value::Date(micros) => Json::String(date(*micros)),
        Value::Variant(json) => json.as_ref().clone(),
    }
}

/// A float that is whole is written without `.0`, as integers are.
fn number(value: f64) -> Json {
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
    if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 {
        return Json::from(value as i64);
    }
    Json::from(value)
}

/// A value as text, for files: exact, a day without its midnight, nothing for Null.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.as_ref().to_owned(),
        Value::Date(micros) => iso_text(*micros),
        other => match cell(other) {
            Json::String(text) => text,
            json => json.to_string(),
        },
    }
}

/// ISO 8601 with `T`.
pub fn date(micros: i64) -> String {
    date_text::format(micros).replacen(' ', "T", 1)
}

/// The value of a cell for a column of type `ty`; `None` when it does not fit. An empty text is a text.
pub fn value(json: &Json, ty: Type) -> Option<Value> {
    match (ty, json) {
        (_, Json::Null) => Some(Value::Null),
        (Type::Text | Type::Geography, Json::String(text)) => Some(Value::text(text.as_str())),
        (Type::Text, Json::Number(number)) => Some(Value::text(number.to_string())),
        (Type::Number, Json::Number(number)) => of_number(number),
        (Type::Number, Json::String(text)) => {
            let text = text.trim();
            text.parse()
                .ok()
                .map(Value::Integer)
                .or_else(|| text.parse().ok().and_then(finite))
        }
        (Type::Logical, Json::Bool(b)) => Some(Value::Logical(*b)),
        (Type::Date, Json::String(text)) => date_text::parse(text.as_bytes())
            .or_else(|| parse_date(text))
            .map(Value::Date),
        (Type::Variant, json) => Some(Value::Variant(Arc::new(json.clone()))),
        (Type::Unknown, json) => natural(json),
        _ => None,
    }
}

fn natural(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => Value::Null,
        Json::Bool(b) => Value::Logical(*b),
        Json::Number(number) => of_number(number)?,
        Json::String(text) => Value::text(text.as_str()),
        Json::Array(_) | Json::Object(_) => Value::Variant(Arc::new(json.clone())),
    })
}

fn of_number(number: &serde_json::Number) -> Option<Value> {
    number
        .as_i64()
        .map(Value::Integer)
        .or_else(|| number.as_f64().and_then(finite))
}

fn finite(value: f64) -> Option<Value> {
    value.is_finite().then_some(Value::Float(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_travel_in_their_wire_form() {
        let cases = [
            (Value::Null, json!(null)),
            (
                Value::Integer(9_007_199_254_740_993),
                json!("9007199254740993"),
            ),
            (Value::Float(3.0), json!(3)),
            (Value::Float(0.1), json!(0.1)),
            (Value::Date(1_500_000), json!("1970-01-01T00:00:01.5")),
            (Value::Logical(true), json!(true)),
        ];
        for (value, expected) in cases {
            assert_eq!(cell(&value), expected);
        }
    }

    #[test]
    fn cells_are_read_by_type() {
        let cases = [
            (
                json!("9007199254740993"),
                Type::Number,
                Some(Value::Integer(9_007_199_254_740_993)),
            ),
            (json!("1970-01-01"), Type::Date, Some(Value::Date(0))),
            (json!("1970-01-01T00:00"), Type::Date, Some(Value::Date(0))),
            (json!("soon"), Type::Date, None),
            (json!("x"), Type::Number, None),
            (json!(1), Type::Logical, None),
            (json!(12), Type::Text, Some(Value::text("12"))),
            (json!(null), Type::Text, Some(Value::Null)),
            (json!(["a"]), Type::Text, None),
        ];
        for (json, ty, expected) in cases {
            assert_eq!(value(&json, ty), expected, "{json} as {ty:?}");
        }
    }
}

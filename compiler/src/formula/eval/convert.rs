//! Conversions between types.

use serde_json::Value as Json;

use super::dates::to_wall_clock;
use super::number::{float, integer, to_integer};
use super::variant::{from_json, to_json};
use crate::formula::datetime::{format_date, micros_value, read_date};
use crate::formula::eval::Context;
use crate::value::Value;

/// The text of a value: numbers in their shortest decimal form, dates in their canonical form, `true` and `false`,
/// JSON for variants other than scalars. Null has none.
pub fn value_text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Logical(b) => b.to_string(),
        Value::Integer(i) => i.to_string(),
        Value::Float(f) => float_text(*f),
        Value::Text(text) => text.to_string(),
        Value::Date(date) => format_date(*date),
        Value::Variant(json) => match &**json {
            Json::Null => return None,
            Json::String(text) => text.clone(),
            Json::Number(number) => number
                .as_f64()
                .filter(|_| !number.is_i64())
                .map_or_else(|| number.to_string(), float_text),
            other => other.to_string(),
        },
    })
}

/// The shortest decimal form of a float, with an exponent only when it is very large or very small.
fn float_text(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-7..1e21).contains(&size) {
        format!("{value:e}")
    } else {
        (value + 0.0).to_string()
    }
}

/// `Text`
pub(in crate::formula) fn text(args: &[Value], _: &Context) -> Value {
    args.first()
        .and_then(value_text)
        .map_or(Value::Null, Value::text)
}

/// Reads a decimal number with an optional exponent; spaces around are ignored, anything else is `None`.
pub fn parse_number(text: &str) -> Option<Value> {
    let text = text.trim();
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    if !plain {
        return None;
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Value::Integer(whole));
    }
    text.parse::<f64>()
        .ok()
        .filter(|f| f.is_finite())
        .map(float)
}

/// `Number`
pub(in crate::formula) fn number(args: &[Value], cx: &Context) -> Value {
    match args.first() {
        Some(value @ (Value::Integer(_) | Value::Float(_))) => value.clone(),
        Some(Value::Text(text)) => parse_number(text).unwrap_or(Value::Null),
        Some(Value::Date(date)) => super::dates::unix_seconds(*date, cx),
        Some(Value::Variant(json)) => match &**json {
            Json::Number(n) => n
                .as_i64()
                .map_or_else(|| n.as_f64().map_or(Value::Null, float), Value::Integer),
            Json::String(text) => parse_number(text).unwrap_or(Value::Null),
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}

fn date_of_text(text: &str, cx: &Context) -> Value {
    match read_date(text) {
        Some((instant, true)) => to_wall_clock(instant, &cx.zone),
        Some((wall_clock, false)) => Value::Date(wall_clock),
        None => Value::Null,
    }
}

/// `Date`: ISO text, or Unix seconds.
pub(in crate::formula) fn date(args: &[Value], cx: &Context) -> Value {
    match args.first() {
        Some(Value::Date(date)) => Value::Date(*date),
        Some(Value::Text(text)) => date_of_text(text, cx),
        Some(Value::Integer(_) | Value::Float(_)) => super::dates::from_unix(args, cx, 1e6),
        Some(Value::Variant(json)) => match &**json {
            Json::String(text) => date_of_text(text, cx),
            Json::Number(_) => date(&[number(args, cx)], cx),
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}

/// `DateTime`: as `Date`, and `mm/dd/yyyy`.
pub(in crate::formula) fn date_time(args: &[Value], cx: &Context) -> Value {
    let plain = date(args, cx);
    match args.first() {
        Some(Value::Text(text)) if plain.is_null() => {
            let american = super::dates::parse(text, "%m/%d/%Y");
            american
                .or_else(|| super::dates::parse(text, "%m/%d/%Y %H:%M:%S"))
                .map_or(Value::Null, micros_value)
        }
        _ => plain,
    }
}

/// `Logical`
pub(in crate::formula) fn logical(args: &[Value], _: &Context) -> Value {
    let of_text = |text: &str| match text.trim().to_ascii_lowercase().as_str() {
        "true" => Value::Logical(true),
        "false" => Value::Logical(false),
        _ => Value::Null,
    };
    match args.first() {
        Some(Value::Logical(b)) => Value::Logical(*b),
        Some(value @ (Value::Integer(_) | Value::Float(_))) => {
            Value::Logical(value.as_f64() != Some(0.0))
        }
        Some(Value::Text(text)) => of_text(text),
        Some(Value::Variant(json)) => match &**json {
            Json::Bool(b) => Value::Logical(*b),
            Json::String(text) => of_text(text),
            Json::Number(n) => Value::Logical(n.as_f64() != Some(0.0)),
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}

/// `Json`: parses text; invalid JSON is Null.
pub(in crate::formula) fn json(args: &[Value], _: &Context) -> Value {
    match args.first() {
        Some(Value::Text(text)) => serde_json::from_str(text).map_or(Value::Null, from_json),
        Some(Value::Variant(json)) => Value::Variant(std::sync::Arc::clone(json)),
        _ => Value::Null,
    }
}

/// `Variant`: the value as JSON, text unparsed.
pub(in crate::formula) fn variant(args: &[Value], _: &Context) -> Value {
    args.first()
        .map_or(Value::Null, |value| from_json(to_json(value)))
}

/// A value as it was meant by a type: what a database or a file returns, in the form of [`Value`]. Numbers that hold
/// whole floats stay floats; a value that does not fit the type is Null.
pub fn coerce(value: Value, ty: crate::value::Type) -> Value {
    use crate::value::Type;
    match (ty, value) {
        (Type::Logical, Value::Integer(i)) => Value::Logical(i != 0),
        (Type::Logical, Value::Float(f)) => Value::Logical(f != 0.0),
        (Type::Logical, value @ (Value::Logical(_) | Value::Null)) => value,
        (Type::Date, Value::Text(text)) => {
            read_date(&text).map_or(Value::Null, |(date, _)| Value::Date(date))
        }
        (Type::Date, value @ (Value::Date(_) | Value::Null)) => value,
        (Type::Variant, Value::Text(text)) => {
            serde_json::from_str(&text).map_or(Value::Null, from_json)
        }
        (Type::Variant, value @ (Value::Variant(_) | Value::Null)) => value,
        (Type::Variant, value) => from_json(to_json(&value)),
        (Type::Number, Value::Text(text)) => parse_number(&text).unwrap_or(Value::Null),
        (Type::Number, Value::Float(f)) => float(f),
        (Type::Number, Value::Logical(b)) => Value::Integer(i64::from(b)),
        (Type::Number, value @ (Value::Integer(_) | Value::Null)) => value,
        (Type::Text, value) => value_text(&value).map_or(Value::Null, Value::text),
        (Type::Null, _) => Value::Null,
        (Type::Geography | Type::Unknown, value) => value,
        (Type::Logical | Type::Date | Type::Number, _) => Value::Null,
    }
}

/// A number as an integer when it is whole, for formats that tell them apart.
pub fn canonical_number(value: &Value) -> Value {
    match value {
        Value::Float(f) => to_integer(*f).map_or_else(|| value.clone(), Value::Integer),
        other => integer(other).map_or_else(|| other.clone(), Value::Integer),
    }
}

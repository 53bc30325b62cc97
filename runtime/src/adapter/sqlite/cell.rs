//! Values as `SQLite` stores them: dates and variants as text, logicals as 0 and 1.

use std::sync::Arc;

use bookwright_compiler::value::{Type, Value};
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value as Stored, ValueRef};

use super::date_text;

/// A value to be bound or returned.
pub(super) struct Cell<'a>(pub &'a Value);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Logical(b) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*b))),
            Value::Integer(i) => ToSqlOutput::Borrowed(ValueRef::Integer(*i)),
            Value::Float(f) => ToSqlOutput::Borrowed(ValueRef::Real(*f)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Date(micros) => ToSqlOutput::Owned(Stored::Text(date_text::format(*micros))),
            Value::Variant(json) => ToSqlOutput::Owned(Stored::Text(json.to_string())),
        })
    }
}

/// The value of a cell that should be of type `ty`. What does not fit the type is Null; with an unknown type the cell
/// comes as it is stored.
pub(super) fn read(cell: ValueRef<'_>, ty: Type) -> Value {
    match ty {
        Type::Text | Type::Geography => text(cell),
        Type::Number => number(cell),
        Type::Date => date(cell),
        Type::Logical => logical(cell),
        Type::Variant => variant(cell),
        Type::Null => Value::Null,
        Type::Unknown => natural(cell),
    }
}

fn natural(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Integer(i) => Value::Integer(i),
        ValueRef::Real(f) if f.is_finite() => Value::Float(f),
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => from_bytes(bytes),
    }
}

fn from_bytes(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => Value::text(text),
        Err(_) => Value::text(String::from_utf8_lossy(bytes).as_ref()),
    }
}

fn text(cell: ValueRef<'_>) -> Value {
    match natural(cell) {
        Value::Integer(i) => Value::text(i.to_string()),
        Value::Float(f) => Value::text(f.to_string()),
        other => other,
    }
}

fn number(cell: ValueRef<'_>) -> Value {
    match natural(cell) {
        Value::Text(text) => match (text.trim().parse::<i64>(), text.trim().parse::<f64>()) {
            (Ok(i), _) => Value::Integer(i),
            (_, Ok(f)) if f.is_finite() => Value::Float(f),
            _ => Value::Null,
        },
        other => other,
    }
}

fn date(cell: ValueRef<'_>) -> Value {
    let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = cell else {
        return Value::Null;
    };
    let micros = date_text::parse(bytes).or_else(|| {
        std::str::from_utf8(bytes)
            .ok()
            .and_then(bookwright_compiler::formula::datetime::parse_date)
    });
    micros.map_or(Value::Null, Value::Date)
}

fn logical(cell: ValueRef<'_>) -> Value {
    match natural(cell) {
        Value::Integer(i) => Value::Logical(i != 0),
        Value::Float(f) => Value::Logical(f != 0.0),
        Value::Text(text) if text.eq_ignore_ascii_case("true") => Value::Logical(true),
        Value::Text(text) if text.eq_ignore_ascii_case("false") => Value::Logical(false),
        _ => Value::Null,
    }
}

fn variant(cell: ValueRef<'_>) -> Value {
    let json = match natural(cell) {
        Value::Text(text) => serde_json::from_str(&text)
            .unwrap_or_else(|_| serde_json::Value::String(text.as_ref().to_owned())),
        Value::Integer(i) => i.into(),
        Value::Float(f) => f.into(),
        _ => return Value::Null,
    };
    if json.is_null() {
        Value::Null
    } else {
        Value::Variant(Arc::new(json))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_take_the_expected_type() {
        let text = |t: &'static str| ValueRef::Text(t.as_bytes());
        let cases = [
            (ValueRef::Integer(7), Type::Text, Value::text("7")),
            (text("12.5"), Type::Number, Value::Float(12.5)),
            (
                text("9007199254740993"),
                Type::Number,
                Value::Integer(9_007_199_254_740_993),
            ),
            (text("many"), Type::Number, Value::Null),
            (ValueRef::Integer(1), Type::Logical, Value::Logical(true)),
            (text("False"), Type::Logical, Value::Logical(false)),
            (
                text("1970-01-01 00:00:01"),
                Type::Date,
                Value::Date(1_000_000),
            ),
            (text("1970-01-02"), Type::Date, Value::Date(86_400_000_000)),
            (ValueRef::Integer(1), Type::Date, Value::Null),
            (
                text("[1]"),
                Type::Variant,
                Value::Variant(Arc::new(serde_json::json!([1]))),
            ),
            (ValueRef::Real(f64::INFINITY), Type::Number, Value::Null),
            (ValueRef::Integer(3), Type::Unknown, Value::Integer(3)),
        ];
        for (cell, ty, expected) in cases {
            let found = read(cell, ty);
            assert_eq!(
                (found.ty(), &found),
                (expected.ty(), &expected),
                "{cell:?} as {ty:?}"
            );
        }
    }
}

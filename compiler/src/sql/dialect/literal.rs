//! Values written into a statement.

use super::Dialect;
use crate::formula::datetime::format_date;
use crate::formula::functions::lowering::SqlType;
use crate::value::{Type, Value};

/// A typed literal in standard SQL.
pub(super) fn standard<D: Dialect + ?Sized>(dialect: &D, value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Logical(truth) => dialect.truth(*truth).to_owned(),
        // Engines read a minus sign and the digits behind it apart, and the smallest number has no positive.
        Value::Integer(i64::MIN) => format!(
            "CAST('{}' AS {})",
            i64::MIN,
            dialect.type_name(SqlType::Integer)
        ),
        Value::Integer(number) if *number < 0 => format!("({number})"),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => {
            format!(
                "CAST('{number:e}' AS {})",
                dialect.type_name(SqlType::Float)
            )
        }
        Value::Text(text) => dialect.text_literal(text),
        Value::Date(micros) => format!(
            "CAST('{}' AS {})",
            format_date(*micros),
            dialect.type_name(SqlType::Date)
        ),
        Value::Variant(json) => dialect.variant_literal(&json.to_string()),
    }
}

/// The type of an engine that holds values of a type; `None` when any does.
pub(super) fn sql_type(ty: Type) -> Option<SqlType> {
    Some(match ty {
        Type::Text => SqlType::Text,
        Type::Number => SqlType::Float,
        Type::Date => SqlType::Date,
        Type::Logical => SqlType::Logical,
        Type::Variant => SqlType::Variant,
        Type::Geography | Type::Null | Type::Unknown => return None,
    })
}

/// A bound value with its type around it.
pub(super) fn cast<D: Dialect>(dialect: &D, number: usize, value: &Value) -> String {
    let placeholder = dialect.placeholder(number);
    match value_type(value) {
        Some(ty) => format!("CAST({placeholder} AS {})", dialect.type_name(ty)),
        None => placeholder,
    }
}

/// The same for a value, which knows whether it is whole.
fn value_type(value: &Value) -> Option<SqlType> {
    match value {
        Value::Integer(_) => Some(SqlType::Integer),
        value => sql_type(value.ty()),
    }
}

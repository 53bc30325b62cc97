//! Cells of two engines, compared.

use bookwright_compiler::value::{Type, Value};

/// Largest difference of two floats that are the same, relative to the larger; near zero, absolute.
const TOLERANCE: f64 = 1e-9;

/// Cells as the types of their columns say: JSON comes as text from some engines, a logical as a number from others.
pub(super) fn read(row: Vec<Value>, types: &[Type]) -> Vec<Value> {
    let cells = row.into_iter().enumerate();
    cells
        .map(|(index, value)| match (value, types.get(index)) {
            (Value::Text(text), Some(Type::Variant)) => match serde_json::from_str(&text) {
                Ok(serde_json::Value::Null) => Value::Null,
                Ok(json) => Value::Variant(std::sync::Arc::new(json)),
                Err(_) => Value::Text(text),
            },
            (Value::Float(number), _) if !number.is_finite() => Value::Null,
            (value, _) => value,
        })
        .collect()
}

/// Whether it is a float that no 64-bit integer comes near to.
pub(super) fn is_large(value: &Value) -> bool {
    matches!(value, Value::Float(float) if float.abs() >= 9.2e18)
}

/// Whether two cells are the same value.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Integer(a), Value::Integer(b)) => a == b,
        (Value::Variant(a), Value::Variant(b)) => same_json(a, b),
        _ => match (left.as_f64(), right.as_f64()) {
            (Some(a), Some(b)) => near(a, b),
            _ => left.ty() == right.ty() && left == right,
        },
    }
}

fn same_json(left: &serde_json::Value, right: &serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match (left, right) {
        (Json::Number(a), Json::Number(b)) => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => near(a, b),
            _ => a == b,
        },
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_json(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same_json(a, b)))
        }
        _ => left == right,
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE * a.abs().max(b.abs()).max(1e-3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_near_and_everything_else_is_exact() {
        let cases = [
            (Value::Integer(1), Value::Float(1.0), true),
            (
                Value::Integer(1 << 62),
                Value::Integer((1 << 62) + 1),
                false,
            ),
            (Value::Float(0.1 + 0.2), Value::Float(0.3), true),
            (Value::Float(1.0), Value::Float(1.000_001), false),
            (Value::text("a"), Value::text("A"), false),
            (Value::Date(1), Value::Date(2), false),
            (Value::Null, Value::text(""), false),
            (Value::Logical(true), Value::Integer(1), false),
        ];
        for (left, right, expected) in cases {
            assert_eq!(same(&left, &right), expected, "{left:?} {right:?}");
        }
    }
}

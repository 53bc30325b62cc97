//! The rows that examples of aggregates and window functions read, in this order.

use crate::formula::datetime::parse_date;
use crate::value::Value;

/// Names of the columns: a number, a text, a date, a logical.
pub const COLUMNS: [&str; 4] = ["N", "T", "D", "L"];

/// The rows. Column by column: 2, 4, Null, 4, 10; b, a, Null, empty, a; 2026-01-01, -01-15, -02-01, Null, -03-01;
/// True, False, True, Null, True.
pub fn rows() -> Vec<Vec<Value>> {
    let date = |text| parse_date(text).map_or(Value::Null, Value::Date);
    let yes = Value::Logical(true);
    vec![
        vec![
            Value::Integer(2),
            Value::text("b"),
            date("2026-01-01"),
            yes.clone(),
        ],
        vec![
            Value::Integer(4),
            Value::text("a"),
            date("2026-01-15"),
            Value::Logical(false),
        ],
        vec![Value::Null, Value::Null, date("2026-02-01"), yes.clone()],
        vec![Value::Integer(4), Value::text(""), Value::Null, Value::Null],
        vec![
            Value::Integer(10),
            Value::text("a"),
            date("2026-03-01"),
            yes,
        ],
    ]
}

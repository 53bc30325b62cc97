//! `sum` of whole numbers beyond 64 bits.
//!
//! `SQLite`'s own `sum` stops with an error there, where the language says the result becomes a float. It is the fastest
//! one, so it is kept until a statement overflows: then its connection takes this one, for good (a function that was
//! replaced does not come back), and the statement runs again.

use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, WindowAggregate};
use rusqlite::types::{Value, ValueRef};

use super::functions::flags;

/// Whether a statement failed because whole numbers overflowed.
pub(super) fn overflowed(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(_, Some(words)) if words == "integer overflow")
}

/// Replaces `sum` on a connection.
///
/// # Errors
/// When `SQLite` does not take the function.
pub(super) fn replace(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_window_function("sum", 1, flags(), Wide)
}

struct Wide;

/// What was added so far. Whole numbers are kept exactly, floats with what rounding lost.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    whole: i128,
    float: f64,
    lost: f64,
    floats: u64,
    count: u64,
}

impl Sum {
    /// Adds a float as Neumaier does.
    fn float(&mut self, value: f64) {
        let sum = self.float + value;
        self.lost += if self.float.abs() >= value.abs() {
            (self.float - sum) + value
        } else {
            (value - sum) + self.float
        };
        self.float = sum;
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "what 64 bits cannot hold becomes the nearest float"
    )]
    fn result(&self) -> Value {
        let float = || {
            let lost = if self.lost.is_finite() {
                self.lost
            } else {
                0.0
            };
            Value::Real(self.whole as f64 + self.float + lost)
        };
        match i64::try_from(self.whole) {
            _ if self.count == 0 => Value::Null,
            Ok(whole) if self.floats == 0 => Value::Integer(whole),
            _ => float(),
        }
    }
}

/// A number as `SQLite` sees it; text counts as the number it spells.
fn number(call: &Context<'_>) -> Option<Value> {
    match call.get_raw(0) {
        ValueRef::Null => None,
        ValueRef::Integer(value) => Some(Value::Integer(value)),
        ValueRef::Real(value) => Some(Value::Real(value)),
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            let text = std::str::from_utf8(text).unwrap_or_default().trim();
            let whole = text.parse().map(Value::Integer);
            Some(whole.unwrap_or_else(|_| Value::Real(text.parse().unwrap_or(0.0))))
        }
    }
}

impl Aggregate<Sum, Value> for Wide {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Sum> {
        Ok(Sum::default())
    }

    fn step(&self, call: &mut Context<'_>, sum: &mut Sum) -> rusqlite::Result<()> {
        match number(call) {
            Some(Value::Integer(value)) => sum.whole += i128::from(value),
            Some(Value::Real(value)) => {
                sum.float(value);
                sum.floats += 1;
            }
            _ => return Ok(()),
        }
        sum.count += 1;
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, sum: Option<Sum>) -> rusqlite::Result<Value> {
        Ok(sum.unwrap_or_default().result())
    }
}

impl WindowAggregate<Sum, Value> for Wide {
    fn value(&self, sum: Option<&mut Sum>) -> rusqlite::Result<Value> {
        Ok(sum.map_or(Value::Null, |sum| sum.result()))
    }

    fn inverse(&self, call: &mut Context<'_>, sum: &mut Sum) -> rusqlite::Result<()> {
        match number(call) {
            Some(Value::Integer(value)) => sum.whole -= i128::from(value),
            Some(Value::Real(value)) => {
                sum.float(-value);
                sum.floats -= 1;
                if sum.floats == 0 {
                    (sum.float, sum.lost) = (0.0, 0.0);
                }
            }
            _ => return Ok(()),
        }
        sum.count -= 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_beyond_64_bits_become_floats_and_others_stay() {
        let connection = Connection::open_in_memory().unwrap();
        let ask = |sql: &str| -> rusqlite::Result<Vec<Value>> {
            let mut statement = connection.prepare(sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect()
        };
        let big = "SELECT sum(column1) FROM (VALUES (9223372036854775807), (9223372036854775807))";
        assert!(overflowed(&ask(big).unwrap_err()));
        replace(&connection).unwrap();
        let cases = [
            (big, vec![Value::Real(18_446_744_073_709_551_614.0)]),
            (
                "SELECT sum(column1) FROM (VALUES (9223372036854775807), (1), (-1))",
                vec![Value::Integer(i64::MAX)],
            ),
            (
                "SELECT sum(column1) FROM (VALUES (NULL))",
                vec![Value::Null],
            ),
            ("SELECT sum(1) WHERE 0", vec![Value::Null]),
            (
                "SELECT sum(column1) FROM (VALUES (0.1), (0.2), (1), ('2'))",
                vec![Value::Real(3.3)],
            ),
            (
                "SELECT sum(DISTINCT column1) FILTER (WHERE column1 > 1) FROM (VALUES (1), (2), (2))",
                vec![Value::Integer(2)],
            ),
            (
                "SELECT sum(column1) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1), (2.5), (3), (4))",
                vec![
                    Value::Integer(1),
                    Value::Real(3.5),
                    Value::Real(5.5),
                    Value::Integer(7),
                ],
            ),
        ];
        for (sql, expected) in cases {
            assert_eq!(ask(sql).unwrap(), expected, "{sql}");
        }
    }
}

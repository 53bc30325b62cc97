//! The tables that formulas read.

use bookwright_compiler::formula::datetime::parse_date;
use bookwright_compiler::formula::functions::sample;
use bookwright_compiler::host::{CatalogColumn, CatalogTable};
use bookwright_compiler::value::{Type, Value};
use serde_json::{Value as Json, json};

/// A table with its rows. The first column is `id`, the second a group key `K`.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name, one segment.
    pub name: &'static str,
    /// Columns; numbers say what they hold.
    pub columns: Vec<(&'static str, Type, Stored)>,
    /// Rows, as wide as the columns.
    pub rows: Vec<Vec<Value>>,
}

/// How a column is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stored {
    /// 64-bit integers.
    Integer,
    /// 64-bit floats.
    Float,
    /// What the type says.
    Plain,
}

/// All tables.
pub fn all() -> [Table; 2] {
    [cases(), samples()]
}

impl Table {
    /// As the compiler's catalog has it.
    pub fn catalog(&self) -> CatalogTable {
        let columns = self.columns.iter().map(|(name, ty, _)| CatalogColumn {
            name: (*name).to_owned(),
            ty: *ty,
            zoned: false,
        });
        CatalogTable {
            path: vec![self.name.to_owned()],
            columns: columns.collect(),
        }
    }

    /// As a script reads it: columns are `integer`, `float`, `text`, `date`, `logical` or `variant`.
    pub fn to_json(&self) -> Json {
        let columns: Vec<Json> = self
            .columns
            .iter()
            .map(|(name, ty, stored)| {
                let ty = match stored {
                    Stored::Integer => "integer",
                    Stored::Float => "float",
                    Stored::Plain => ty.as_str(),
                };
                json!({ "name": name, "type": ty })
            })
            .collect();
        json!({ "name": self.name, "columns": columns, "rows": self.rows })
    }
}

/// The rows of examples.
fn samples() -> Table {
    let [n, t, d, l] = sample::COLUMNS;
    let rows = sample::rows().into_iter().zip(1..).map(|(row, id)| {
        let mut cells = vec![Value::Integer(id), Value::Integer(1)];
        cells.extend(row);
        cells
    });
    Table {
        name: "sample",
        columns: vec![
            ("id", Type::Number, Stored::Integer),
            ("K", Type::Number, Stored::Integer),
            (n, Type::Number, Stored::Integer),
            (t, Type::Text, Stored::Plain),
            (d, Type::Date, Stored::Plain),
            (l, Type::Logical, Stored::Plain),
        ],
        rows: rows.collect(),
    }
}

const INTEGERS: [Option<i64>; 10] = [
    None,
    Some(0),
    Some(1),
    Some(-1),
    Some(7),
    Some(-40),
    Some(12),
    Some(365),
    Some(9_007_199_254_740_992),
    Some(-2_147_483_649),
];
const SMALL: [Option<i64>; 7] = [Some(2), None, Some(0), Some(3), Some(-5), Some(10), Some(1)];
const HUGE: [Option<i64>; 5] = [
    Some(4_611_686_018_427_387_904),
    Some(-4_611_686_018_427_387_905),
    None,
    Some(9_223_372_036_854_775_807),
    Some(3),
];
const FLOATS: [Option<f64>; 9] = [
    None,
    Some(0.0),
    Some(0.5),
    Some(-2.5),
    Some(2.675),
    Some(1e15),
    Some(-0.001),
    Some(100.0),
    Some(33.333_333_333_333),
];
const OTHERS: [Option<f64>; 7] = [
    Some(1.5),
    Some(-1.0),
    None,
    Some(0.0),
    Some(12.25),
    Some(1e-7),
    Some(99.995),
];
/// Without letters whose capital is more than one letter: engines differ in these.
const TEXTS: [Option<&str>; 14] = [
    None,
    Some(""),
    Some("apple"),
    Some("Apple pie"),
    Some("  padded  "),
    Some("caf\u{e9} cr\u{e8}me"),
    Some("\u{1f600}\u{1f468}\u{200d}\u{1f469}"),
    Some("12345"),
    Some("-12.5"),
    Some("{\"a\": [1, 2], \"b\": null}"),
    Some("2026-02-28"),
    Some("a,b,,c"),
    Some("100%_x\\y'z\""),
    Some("\u{396}\u{3b5}\u{3cd}\u{3c2}"),
];
const WORDS: [Option<&str>; 9] = [
    Some("a"),
    None,
    Some("p"),
    Some(""),
    Some("e"),
    Some(","),
    Some("APP"),
    Some("%"),
    Some("true"),
];
const DATES: [Option<&str>; 14] = [
    None,
    Some("2024-02-29"),
    Some("2023-02-28 23:59:59"),
    Some("2026-01-31"),
    Some("2026-12-31 23:59:59.999999"),
    Some("2026-03-29 02:30:00"),
    Some("2026-10-25 02:30:00"),
    Some("1969-12-31 23:59:59.5"),
    Some("1970-01-01"),
    Some("2099-07-04 12:00:00"),
    Some("2025-01-01"),
    Some("2020-12-28 08:15:30.25"),
    Some("2026-02-15 10:30:00"),
    Some("1900-03-01"),
];
const STARTS: [Option<&str>; 9] = [
    Some("2026-02-15"),
    None,
    Some("2024-01-31"),
    Some("2023-12-31 12:00:00"),
    Some("1969-07-20 20:17:40"),
    Some("2026-03-01"),
    Some("2000-02-29"),
    Some("2026-08-09 00:00:00.001"),
    Some("2030-06-30"),
];
const VARIANTS: [Option<&str>; 8] = [
    None,
    Some("{\"a\": 1, \"b\": {\"c\": \"x\"}, \"d\": [1, 2.5, null]}"),
    Some("[1, 2, 3, 2]"),
    Some("[\"a\", \"b\", null]"),
    Some("[]"),
    Some("{\"a\": \"text\", \"t\": true}"),
    Some("{}"),
    Some("[3, 1]"),
];

/// The table of hand-written and generated formulas: 42 rows in which values meet in changing pairs.
fn cases() -> Table {
    let date = |text: &str| parse_date(text).map_or(Value::Null, Value::Date);
    let json = |text: &str| {
        serde_json::from_str::<Json>(text).map_or(Value::Null, |json| {
            Value::Variant(std::sync::Arc::new(json))
        })
    };
    let rows = (0..42_usize).map(|row| {
        let logical = match row % 5 {
            0 | 3 => Value::Logical(true),
            1 | 4 => Value::Logical(false),
            _ => Value::Null,
        };
        vec![
            Value::Integer(i64::try_from(row + 1).unwrap_or_default()),
            cell(&[Some(1), Some(2), Some(3), None], row / 2, Value::Integer),
            cell(&INTEGERS, row, Value::Integer),
            cell(&SMALL, row, Value::Integer),
            cell(&HUGE, row, Value::Integer),
            cell(&FLOATS, row, Value::Float),
            cell(&OTHERS, row / 2 + row, Value::Float),
            cell(&TEXTS, row, Value::text),
            cell(&WORDS, row, Value::text),
            cell(&DATES, row, date),
            cell(&STARTS, row, date),
            logical,
            cell(&VARIANTS, row, json),
        ]
    });
    Table {
        name: "cases",
        columns: vec![
            ("id", Type::Number, Stored::Integer),
            ("K", Type::Number, Stored::Integer),
            ("I", Type::Number, Stored::Integer),
            ("J", Type::Number, Stored::Integer),
            ("H", Type::Number, Stored::Integer),
            ("F", Type::Number, Stored::Float),
            ("G", Type::Number, Stored::Float),
            ("S", Type::Text, Stored::Plain),
            ("U", Type::Text, Stored::Plain),
            ("D", Type::Date, Stored::Plain),
            ("E", Type::Date, Stored::Plain),
            ("L", Type::Logical, Stored::Plain),
            ("V", Type::Variant, Stored::Plain),
        ],
        rows: rows.collect(),
    }
}

fn cell<T: Copy>(values: &[Option<T>], row: usize, value: impl Fn(T) -> Value) -> Value {
    let found = values.get(row % values.len()).copied().flatten();
    found.map_or(Value::Null, value)
}

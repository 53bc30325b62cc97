//! The tables that formulas read.

use std::borrow::Cow;

use bookwright_compiler::formula::datetime::parse_date;
use bookwright_compiler::formula::eval::{self, Context};
use bookwright_compiler::formula::functions::{self, sample};
use bookwright_compiler::host::{CatalogColumn, CatalogTable};
use bookwright_compiler::plan::{Settings, WeekStart};
use bookwright_compiler::value::{Type, Value};
use serde_json::{Value as Json, json};

use crate::bench::Source;

/// A table with its rows. The first column is `id`, the second a group key `K`.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name, one segment.
    pub name: Cow<'static, str>,
    /// Columns; numbers say what they hold.
    pub columns: Vec<(Cow<'static, str>, Type, Stored)>,
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
    /// A timestamp with time zone: the rows hold instants in UTC.
    Instant,
}

impl From<&Source> for Table {
    fn from(source: &Source) -> Self {
        let columns = source.columns.iter().enumerate().map(|(at, (name, ty))| {
            let cells = || source.rows.iter().filter_map(move |row| row.get(at));
            // Columns of custom SQL may have no type.
            let known = || cells().map(Value::ty).find(|ty| *ty != Type::Unknown);
            let ty = match ty {
                Type::Unknown => known().unwrap_or(Type::Text),
                ty => *ty,
            };
            let stored = match ty {
                Type::Number if cells().any(|cell| matches!(cell, Value::Float(_))) => {
                    Stored::Float
                }
                Type::Number => Stored::Integer,
                _ => Stored::Plain,
            };
            (Cow::Owned(name.clone()), ty, stored)
        });
        Self {
            name: Cow::Owned(source.name.clone()),
            columns: columns.collect(),
            rows: source.rows.clone(),
        }
    }
}

/// All tables.
pub fn all() -> [Table; 3] {
    [cases(), samples(), zoned()]
}

/// What dates mean over a table.
pub fn settings(table: &str) -> Settings {
    let mut settings = Settings::default();
    if table == "zoned" {
        "Europe/Madrid".clone_into(&mut settings.time_zone);
        settings.week_start = WeekStart::Monday;
    }
    settings
}

impl Table {
    /// As the compiler's catalog has it.
    pub fn catalog(&self) -> CatalogTable {
        let columns = self.columns.iter().map(|(name, ty, stored)| CatalogColumn {
            name: name.to_string(),
            ty: *ty,
            zoned: *stored == Stored::Instant,
        });
        CatalogTable {
            path: vec![self.name.to_string()],
            columns: columns.collect(),
        }
    }

    /// As a script reads it: columns are `integer`, `float`, `text`, `date`, `logical`, `variant` or `instant`.
    pub fn to_json(&self) -> Json {
        let columns: Vec<Json> = self
            .columns
            .iter()
            .map(|(name, ty, stored)| {
                let ty = match stored {
                    Stored::Integer => "integer",
                    Stored::Float => "float",
                    Stored::Instant => "instant",
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
        name: "sample".into(),
        columns: vec![
            ("id".into(), Type::Number, Stored::Integer),
            ("K".into(), Type::Number, Stored::Integer),
            (n.into(), Type::Number, Stored::Integer),
            (t.into(), Type::Text, Stored::Plain),
            (d.into(), Type::Date, Stored::Plain),
            (l.into(), Type::Logical, Stored::Plain),
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
        name: "cases".into(),
        columns: vec![
            ("id".into(), Type::Number, Stored::Integer),
            ("K".into(), Type::Number, Stored::Integer),
            ("I".into(), Type::Number, Stored::Integer),
            ("J".into(), Type::Number, Stored::Integer),
            ("H".into(), Type::Number, Stored::Integer),
            ("F".into(), Type::Number, Stored::Float),
            ("G".into(), Type::Number, Stored::Float),
            ("S".into(), Type::Text, Stored::Plain),
            ("U".into(), Type::Text, Stored::Plain),
            ("D".into(), Type::Date, Stored::Plain),
            ("E".into(), Type::Date, Stored::Plain),
            ("L".into(), Type::Logical, Stored::Plain),
            ("V".into(), Type::Variant, Stored::Plain),
        ],
        rows: rows.collect(),
    }
}

/// Instants around changes of the clock, and dates, in a project that is not in UTC.
fn zoned() -> Table {
    const INSTANTS: [Option<&str>; 8] = [
        Some("2026-03-29 00:59:59"),
        Some("2026-03-29 01:00:00"),
        Some("2026-10-25 00:30:00"),
        Some("2026-10-25 01:30:00"),
        None,
        Some("2025-12-31 23:30:00"),
        Some("1969-12-31 23:59:59.5"),
        Some("2026-07-01 21:59:59.999"),
    ];
    const WRITTEN: [Option<&str>; 4] = [
        Some("2026-03-29T01:30:00Z"),
        Some("2026-01-31 13:00:00"),
        Some("2026-07-01T12:00:00+05:30"),
        None,
    ];
    let date = |text: &str| parse_date(text).map_or(Value::Null, Value::Date);
    let rows = (0..24_usize).map(|row| {
        vec![
            Value::Integer(i64::try_from(row + 1).unwrap_or_default()),
            cell(&[Some(1), Some(2)], row, Value::Integer),
            cell(&SMALL, row, Value::Integer),
            cell(&INSTANTS, row, date),
            cell(&DATES, row, date),
            cell(&WRITTEN, row, Value::text),
        ]
    });
    Table {
        name: "zoned".into(),
        columns: vec![
            ("id".into(), Type::Number, Stored::Integer),
            ("K".into(), Type::Number, Stored::Integer),
            ("I".into(), Type::Number, Stored::Integer),
            ("Z".into(), Type::Date, Stored::Instant),
            ("D".into(), Type::Date, Stored::Plain),
            ("T".into(), Type::Text, Stored::Plain),
        ],
        rows: rows.collect(),
    }
}

/// Rows as they are read: an instant is wall-clock time of the project's zone.
pub fn as_read(table: &Table) -> Vec<Vec<Value>> {
    let settings = settings(&table.name);
    let context = Context::new(settings, 0);
    let mut rows = table.rows.clone();
    for (at, (_, _, stored)) in table.columns.iter().enumerate() {
        if *stored == Stored::Instant {
            for cell in rows.iter_mut().filter_map(|row| row.get_mut(at)) {
                *cell = local(cell, &context);
            }
        }
    }
    rows
}

/// An instant as wall-clock time, by the function of the language.
fn local(instant: &Value, context: &Context) -> Value {
    let zone = Value::text(context.settings.time_zone.as_str());
    let args = [instant.clone(), zone, Value::text("UTC")];
    functions::function("ConvertTimezone").map_or(Value::Null, |f| eval::call(f, &args, context))
}

fn cell<T: Copy>(values: &[Option<T>], row: usize, value: impl Fn(T) -> Value) -> Value {
    let found = values.get(row % values.len()).copied().flatten();
    found.map_or(Value::Null, value)
}

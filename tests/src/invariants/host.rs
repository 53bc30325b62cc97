//! One workbook over one table with a column of every type.

use std::sync::Arc;

use bookwright_compiler::formula::datetime::parse_date;
use bookwright_compiler::host::{CatalogColumn, CatalogTable, Host, SqlRefusal};
use bookwright_compiler::value::{Type, Value};
use serde_json::json;

/// The workbook's file.
pub(super) const FILE: &str = "book.yaml";

/// Names and types of the table's columns.
const COLUMNS: [(&str, Type); 8] = [
    ("Id", Type::Number),
    ("Name", Type::Text),
    ("City", Type::Text),
    ("Amount", Type::Number),
    ("Day", Type::Date),
    ("Paid", Type::Logical),
    ("Data", Type::Variant),
    ("Place", Type::Geography),
];

/// Rows of some columns of the table: ordinary ones, one of nulls, and one of what is hard.
pub(super) fn rows(names: &[&str]) -> Vec<Vec<Value>> {
    let row = |number| names.iter().map(move |name| cell(name, number)).collect();
    (0..5).map(row).collect()
}

fn cell(column: &str, row: usize) -> Value {
    let pick = |values: [Value; 5]| values.into_iter().nth(row).unwrap_or(Value::Null);
    let text = |texts: [&str; 4]| {
        let [a, b, c, d] = texts.map(Value::text);
        pick([a, b, Value::Null, c, d])
    };
    let date = |text| parse_date(text).map_or(Value::Null, Value::Date);
    let variant = |json| Value::Variant(Arc::new(json));
    match column {
        "Id" => pick([1, 2, 3, 4, 5].map(Value::Integer)),
        "Name" => text(["Ann", "Bob", "", "\u{1f600} \u{e9}\u{301}%_"]),
        "City" => text(["Bonn", "Bonn", "Ulm", "2026-01-01"]),
        "Amount" => pick([
            Value::Integer(3),
            Value::Float(-0.5),
            Value::Null,
            Value::Integer(i64::MIN),
            Value::Float(f64::MAX),
        ]),
        "Day" => pick([
            date("2026-03-15 12:30:00"),
            date("2024-02-29"),
            Value::Null,
            date("0001-01-01"),
            date("9999-12-31 23:59:59"),
        ]),
        "Paid" => pick([
            Value::Logical(true),
            Value::Logical(false),
            Value::Null,
            Value::Logical(true),
            Value::Logical(true),
        ]),
        "Data" => pick([
            variant(json!({"a": [1, "b", null], "c": {"d": 2}})),
            variant(json!([3, 1, 2])),
            Value::Null,
            variant(json!("text")),
            variant(json!(1e300)),
        ]),
        "Place" => text(["POINT(7 50)", "POINT(8 48)", "", "POLYGON((0 0))"]),
        _ => Value::Null,
    }
}

/// A host that knows one workbook.
pub(super) struct OneFile(pub(super) Arc<str>);

impl Host for OneFile {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        match path {
            FILE => Ok(Arc::clone(&self.0)),
            "bookwright.yaml" => Ok("project: any\nworkbooks: [\"*.yaml\"]\n".into()),
            _ => Err(format!("there is no file `{path}`")),
        }
    }

    fn list(&self, _: &str) -> Vec<String> {
        vec![FILE.to_owned()]
    }

    fn env(&self, _: &str) -> Option<String> {
        None
    }

    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>> {
        let known = path
            .last()
            .is_some_and(|name| name.eq_ignore_ascii_case("sales"));
        let columns = COLUMNS.iter().map(|(name, ty)| CatalogColumn {
            name: (*name).to_owned(),
            ty: *ty,
            zoned: false,
        });
        let table = || CatalogTable {
            path: vec!["sales".to_owned()],
            columns: columns.collect(),
        };
        Some(known.then(table).into_iter().collect())
    }

    fn table_names(&self) -> Vec<String> {
        vec!["sales".to_owned()]
    }

    fn describe_sql(&self, _: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        None
    }

    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String> {
        Err(format!("there is no file `{path}`"))
    }
}

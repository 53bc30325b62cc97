//! Rows given as JSON.

use anyhow::{Context, bail};
use bookwright_compiler::bind::date;
use bookwright_compiler::host::{CatalogColumn, CatalogTable};
use bookwright_compiler::plan::relation::ScanColumn;
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// The table that formulas read.
pub(super) const TABLE: &str = "rows";

/// Typed rows; a key that a row does not have is Null.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    columns: IndexMap<String, Type>,
    rows: Vec<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Rows(Vec<Map<String, Json>>),
    Typed {
        #[serde(default)]
        columns: IndexMap<String, Type>,
        rows: Vec<Map<String, Json>>,
    },
}

impl Rows {
    /// One row without columns.
    pub(super) fn none() -> Self {
        Self {
            columns: IndexMap::new(),
            rows: vec![Vec::new()],
        }
    }

    /// Reads JSON; types that are not declared are inferred from all rows.
    pub(super) fn read(text: &str) -> anyhow::Result<Self> {
        let given = serde_json::from_str(text).context(
            "expected an array of objects, or {\"columns\": {NAME: TYPE}, \"rows\": […]}",
        )?;
        let (mut columns, rows) = match given {
            Given::Rows(rows) => (IndexMap::new(), rows),
            Given::Typed { columns, rows } => (columns, rows),
        };
        for (name, value) in rows.iter().flatten() {
            if let Some(ty) = natural_type(value) {
                let declared = columns.len();
                let known = columns.entry(name.clone()).or_insert(ty);
                // Declared types stand; values that do not agree make a column of variants.
                if declared != 0 && *known != ty && !fits(value, *known) {
                    *known = Type::Variant;
                }
            } else {
                columns.entry(name.clone()).or_insert(Type::Null);
            }
        }
        for ty in columns.values_mut().filter(|ty| **ty == Type::Null) {
            *ty = Type::Text;
        }
        let typed: anyhow::Result<Vec<Vec<Value>>> =
            rows.iter().map(|row| typed_row(&columns, row)).collect();
        Ok(Self {
            rows: typed?,
            columns,
        })
    }

    /// The table as the compiler sees it.
    pub(super) fn table(&self) -> CatalogTable {
        let columns = self.columns.iter().map(|(name, ty)| CatalogColumn {
            name: name.clone(),
            ty: *ty,
            zoned: false,
        });
        CatalogTable {
            path: vec![TABLE.to_owned()],
            columns: columns.collect(),
        }
    }

    /// The rows of a scan.
    pub(super) fn scan(&self, columns: &[ScanColumn]) -> Vec<Vec<Value>> {
        let places: Vec<Option<usize>> = columns
            .iter()
            .map(|column| self.columns.get_index_of(&column.name))
            .collect();
        self.rows
            .iter()
            .map(|row| {
                let cell = |place: &Option<usize>| {
                    place
                        .and_then(|at| row.get(at).cloned())
                        .unwrap_or(Value::Null)
                };
                places.iter().map(cell).collect()
            })
            .collect()
    }
}

fn natural_type(value: &Json) -> Option<Type> {
    match value {
        Json::Null => None,
        Json::Bool(_) => Some(Type::Logical),
        Json::Number(_) => Some(Type::Number),
        Json::String(_) => Some(Type::Text),
        Json::Array(_) | Json::Object(_) => Some(Type::Variant),
    }
}

fn fits(value: &Json, ty: Type) -> bool {
    typed(value, ty).is_some()
}

fn typed_row(
    columns: &IndexMap<String, Type>,
    row: &Map<String, Json>,
) -> anyhow::Result<Vec<Value>> {
    columns
        .iter()
        .map(|(name, ty)| match row.get(name) {
            None => Ok(Value::Null),
            Some(value) => match typed(value, *ty) {
                Some(value) => Ok(value),
                None => bail!("`{value}` in the column `{name}` is no {}", ty.as_str()),
            },
        })
        .collect()
}

fn typed(value: &Json, ty: Type) -> Option<Value> {
    match (value, ty) {
        (Json::Null, _) => Some(Value::Null),
        (value, Type::Variant) => Some(Value::Variant(value.clone().into())),
        (Json::Bool(value), Type::Logical) => Some(Value::Logical(*value)),
        (Json::Number(number), Type::Number) => number
            .as_i64()
            .map(Value::Integer)
            .or_else(|| number.as_f64().map(Value::Float)),
        (Json::String(text), Type::Number) => text.parse().map(Value::Integer).ok().or_else(|| {
            text.parse()
                .ok()
                .filter(|f: &f64| f.is_finite())
                .map(Value::Float)
        }),
        (Json::String(text), Type::Date) => date::parse(text, "UTC")
            .ok()
            .map(|moment| Value::Date(moment.micros)),
        (Json::String(text), Type::Text) => Some(Value::text(text.as_str())),
        _ => None,
    }
}

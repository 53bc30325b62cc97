//! What differs between engines.
//!
//! The defaults are standard SQL. A folder per engine holds its syntax in `mod.rs` and how its functions are written
//! in one table per family; `standard` holds what all of them write alike. `SQLite` reads the registry instead.

mod bigquery;
mod databricks;
mod duckdb;
mod literal;
mod postgres;
mod snowflake;
mod sqlite;
mod standard;
mod support;
mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use bigquery::BigQuery;
pub use databricks::Databricks;
pub use duckdb::DuckDb;
pub use postgres::Postgres;
pub use snowflake::Snowflake;
pub use sqlite::Sqlite;
pub use support::{NEEDS_PATTERN, Support, support};

use super::tree::{Comparison, Expr};
use crate::formula::functions::lowering::{Case, SqlType};
use crate::formula::functions::{Function, Lowering};
use crate::value::{Type, Value};

/// Why a function has no entry in the tables of an engine.
pub const NO_LOWERING: &str = "no lowering";

/// Every dialect, the embedded engine's first.
pub fn all() -> [&'static dyn Dialect; 6] {
    [
        &Sqlite,
        &DuckDb,
        &Postgres,
        &Snowflake,
        &BigQuery,
        &Databricks,
    ]
}

/// The dialect of a name, as in [`Dialect::name`].
pub fn named(name: &str) -> Option<&'static dyn Dialect> {
    all().into_iter().find(|dialect| dialect.name() == name)
}

/// An engine's way of writing SQL.
pub trait Dialect: Send + Sync {
    /// Name on the command line and in messages.
    fn name(&self) -> &'static str;

    /// An identifier in the engine's quotes.
    fn quote(&self, identifier: &str) -> String {
        // A NUL would end the statement for engines written in C.
        format!("\"{}\"", identifier.replace('\0', "").replace('"', "\"\""))
    }

    /// A table by the segments of its path, from outer to inner.
    fn table(&self, path: &[String]) -> String {
        path.iter()
            .map(|segment| self.quote(segment))
            .collect::<Vec<_>>()
            .join(".")
    }

    /// The place of a bound value, counted from 1.
    fn placeholder(&self, _number: usize) -> String {
        "?".to_owned()
    }

    /// The place of a bound value with the cast that gives it its type, where the engine asks for one.
    fn bound(&self, number: usize, _value: &Value) -> String {
        self.placeholder(number)
    }

    /// Whether a value is bound; others are written by [`literal`](Self::literal).
    fn binds(&self, value: &Value) -> bool {
        !matches!(value, Value::Logical(_))
    }

    /// A value written into the text.
    fn literal(&self, value: &Value) -> String {
        literal::standard(self, value)
    }

    /// A text as a literal of the engine.
    fn text_literal(&self, text: &str) -> String {
        format!("'{}'", text.replace('\'', "''"))
    }

    /// A JSON text as a value of the engine.
    fn variant_literal(&self, json: &str) -> String {
        format!(
            "CAST({} AS {})",
            self.text_literal(json),
            self.type_name(SqlType::Variant)
        )
    }

    /// A Null of a type.
    fn null(&self, ty: Type) -> String {
        literal::sql_type(ty).map_or_else(
            || "NULL".to_owned(),
            |ty| format!("CAST(NULL AS {})", self.type_name(ty)),
        )
    }

    /// A type as `CAST` names it.
    fn type_name(&self, ty: SqlType) -> &'static str {
        match ty {
            SqlType::Float => "DOUBLE PRECISION",
            SqlType::Integer => "BIGINT",
            SqlType::Text => "VARCHAR",
            SqlType::Date => "TIMESTAMP",
            SqlType::Logical => "BOOLEAN",
            SqlType::Variant => "JSON",
        }
    }

    /// Whether the runtime registers functions of the language in the engine ([`Lowering::Native`]).
    fn has_natives(&self) -> bool {
        false
    }

    /// Whether placeholders carry their number, so that equal values are bound once.
    fn numbers_placeholders(&self) -> bool {
        false
    }

    /// A constant condition.
    fn truth(&self, truth: bool) -> &'static str {
        if truth { "TRUE" } else { "FALSE" }
    }

    /// A comparison operator.
    fn comparison(&self, comparison: Comparison) -> &'static str {
        match comparison {
            Comparison::Equal => "=",
            Comparison::NotEqual => "<>",
            Comparison::Less => "<",
            Comparison::LessEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterEqual => ">=",
            Comparison::NullSafeEqual => "IS NOT DISTINCT FROM",
            Comparison::NullSafeNotEqual => "IS DISTINCT FROM",
        }
    }

    /// Whether nulls come before every value where an order does not say: ascending, and descending.
    fn default_nulls_first(&self, descending: bool) -> bool {
        descending
    }

    /// A key to sort by, in the order of the language: text by code point.
    fn sort_key(&self, key: Expr, _ty: Type) -> Expr {
        key
    }

    /// Whether a function is written as a subquery over its arguments, in which no window function and no group key
    /// can stand.
    fn isolates(&self, _function: &str) -> bool {
        false
    }

    /// `[Item]` within a function that looks at each item of an array, where the tables write these as subqueries.
    fn item(&self) -> Option<Expr> {
        None
    }

    /// An aggregate that sorts its values, as a window function over rows in the order of these; `None` where the
    /// aggregate itself may have a window.
    fn sorted_over(&self, _function: &str) -> Option<&'static [Case]> {
        None
    }

    /// The one value that is not Null among rows of a window.
    fn only_value(&self, value: Expr, _ty: Type) -> Expr {
        Expr::Aggregate {
            name: "max".into(),
            distinct: false,
            args: vec![value],
            order: Vec::new(),
        }
    }

    /// Whether aggregates take `FILTER (WHERE …)`.
    fn filters_aggregates(&self) -> bool {
        true
    }

    /// How literal rows stand in FROM.
    fn values_form(&self) -> ValuesForm {
        ValuesForm::Aliased
    }

    /// An instant, as the engine stores it (a timestamp with time zone), as wall-clock time of a zone (an IANA name).
    fn wall_clock(&self, instant: Expr, zone: Expr) -> Expr {
        use super::tree::Piece::{Expr as Hole, Text};
        let text = |text| Text(Cow::Borrowed(text));
        Expr::Template(vec![
            text("("),
            Hole(instant),
            text(" AT TIME ZONE "),
            Hole(zone),
            text(")"),
        ])
    }

    /// Whether a stored instant is wall-clock time of UTC already.
    fn stores_utc(&self) -> bool {
        false
    }

    /// How a function of the registry is written.
    fn lowering(&self, function: &Function) -> Lowering;

    /// How an aggregate is written over a whole partition, when otherwise than over a group.
    fn windowed(&self, _function: &str) -> Option<Lowering> {
        None
    }

    /// Whether aggregates and window functions may stand within the subqueries of templates.
    fn takes_aggregates_anywhere(&self) -> bool {
        true
    }

    /// What a function of the engine gave, in the form that values of a type have here.
    fn foreign(&self, call: Expr, _ty: Type) -> Expr {
        call
    }

    /// `Median`, or `PercentileCont` at a constant `share` from 0 to 1.
    fn percentile(&self, _kind: Percentile, value: Expr, share: Expr) -> Expr {
        use super::tree::Piece::{Behind, Expr as Hole, Text};
        let text = |text| Text(Cow::Borrowed(text));
        let share = match share {
            Expr::Value(value) => Expr::Inline(value),
            share => share,
        };
        Expr::Template(vec![
            text("percentile_cont("),
            Hole(share),
            text(") WITHIN GROUP (ORDER BY "),
            Hole(value),
            text(")"),
            Behind,
        ])
    }

    /// Texts of a group as one text, in order, with a separator as second argument.
    fn list_aggregate(&self) -> &'static str {
        "STRING_AGG"
    }
}

/// How literal rows stand in FROM.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValuesForm {
    /// `(VALUES …) AS t`: the engine names the columns as
    /// [`values_column`](super::tree::values_column) does.
    Named,
    /// `(VALUES …) AS t(column1, …)`
    Aliased,
    /// `(SELECT … AS column1 UNION ALL SELECT …) AS t`
    Selects,
}

/// Exact percentiles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Percentile {
    /// The middle, interpolated.
    Median,
    /// Interpolated.
    Continuous,
}

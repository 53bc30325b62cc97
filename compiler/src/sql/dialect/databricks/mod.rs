//! Databricks.

mod aggregate;
mod array;
mod date;
mod date_ranges;
mod date_text;
mod date_units;
mod financial;
mod fragments;
mod geography;
mod logical;
mod math;
mod operators;
mod sparkline;
mod system;
mod text;
mod types;
mod window;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::literal::{cast, sql_type};
use super::table::{Lowerings, Table};
use super::{Dialect, standard};
use crate::formula::functions::lowering::SqlType;
use crate::formula::functions::{Function, Lowering};
use crate::sql::tree::{Comparison, Expr, Piece};
use crate::value::{Type, Value};

/// What it writes in its own way.
pub(super) const FAMILIES: &[Table] = &[
    operators::TABLE,
    logical::TABLE,
    text::TABLE,
    math::TABLE,
    date::TABLE,
    types::TABLE,
    aggregate::TABLE,
    window::TABLE,
    array::TABLE,
    system::TABLE,
    financial::TABLE,
    geography::TABLE,
];

static LOWERINGS: LazyLock<Lowerings> =
    LazyLock::new(|| Lowerings::new(standard::FAMILIES, FAMILIES));

/// Databricks.
#[derive(Clone, Copy, Debug)]
pub struct Databricks;

impl Dialect for Databricks {
    fn name(&self) -> &'static str {
        "databricks"
    }

    fn quote(&self, identifier: &str) -> String {
        format!("`{}`", identifier.replace('\0', "").replace('`', "``"))
    }

    fn placeholder(&self, number: usize) -> String {
        format!(":p{number}")
    }

    fn numbers_placeholders(&self) -> bool {
        true
    }

    fn bound(&self, number: usize, value: &Value) -> String {
        match value {
            Value::Variant(_) => format!("parse_json({})", self.placeholder(number)),
            value => cast(self, number, value),
        }
    }

    fn default_nulls_first(&self, descending: bool) -> bool {
        !descending
    }

    fn comparison(&self, comparison: Comparison) -> &'static str {
        match comparison {
            Comparison::Equal => "=",
            Comparison::NotEqual => "<>",
            Comparison::Less => "<",
            Comparison::LessEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterEqual => ">=",
            Comparison::NullSafeEqual => "<=>",
            Comparison::NullSafeNotEqual => "IS DISTINCT FROM",
        }
    }

    fn text_literal(&self, text: &str) -> String {
        let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
        format!("'{escaped}'")
    }

    fn variant_literal(&self, json: &str) -> String {
        format!("parse_json({})", self.text_literal(json))
    }

    fn type_name(&self, ty: SqlType) -> &'static str {
        match ty {
            SqlType::Float => "DOUBLE",
            SqlType::Integer => "BIGINT",
            SqlType::Text => "STRING",
            SqlType::Date => "TIMESTAMP_NTZ",
            SqlType::Logical => "BOOLEAN",
            SqlType::Variant => "VARIANT",
        }
    }

    fn wall_clock(&self, instant: Expr, zone: Expr) -> Expr {
        let text = |text| Piece::Text(Cow::Borrowed(text));
        // A cast would go by way of the session's zone.
        Expr::Template(vec![
            text("convert_timezone('UTC', "),
            Piece::Expr(zone),
            text(
                ", TIMESTAMP_NTZ'1970-01-01 00:00:00' + make_dt_interval(0, 0, 0, CAST(unix_micros(",
            ),
            Piece::Expr(instant),
            text(") * 0.000001 AS DECIMAL(18, 6))))"),
        ])
    }

    fn foreign(&self, call: Expr, ty: Type) -> Expr {
        let Some(ty) = sql_type(ty) else {
            return call;
        };
        // Functions of the engine give dates and decimals too.
        Expr::Template(vec![
            Piece::Text(Cow::Borrowed("CAST(")),
            Piece::Expr(call),
            Piece::Text(Cow::Owned(format!(" AS {})", self.type_name(ty)))),
        ])
    }

    fn lowering(&self, function: &Function) -> Lowering {
        LOWERINGS.get(function)
    }
}

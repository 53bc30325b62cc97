//! Snowflake.

#[macro_use]
mod words;

mod aggregate;
mod array;
mod date;
mod financial;
mod geography;
mod logical;
mod math;
mod operators;
mod parse;
mod period;
mod reading;
mod system;
mod text;
mod types;
mod url;
mod window;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::literal::{cast, standard as standard_literal};
use super::table::{Lowerings, Table};
use super::{Dialect, ValuesForm, standard};
use crate::formula::functions::lowering::SqlType;
use crate::formula::functions::{Function, Lowering};
use crate::sql::tree::Expr;
use crate::value::Value;

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

/// Snowflake.
#[derive(Clone, Copy, Debug)]
pub struct Snowflake;

impl Dialect for Snowflake {
    fn name(&self) -> &'static str {
        "snowflake"
    }

    fn bound(&self, number: usize, value: &Value) -> String {
        match value {
            Value::Variant(_) => format!("PARSE_JSON({})", self.placeholder(number)),
            value => cast(self, number, value),
        }
    }

    fn text_literal(&self, text: &str) -> String {
        format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
    }

    fn variant_literal(&self, json: &str) -> String {
        format!("PARSE_JSON({})", self.text_literal(json))
    }

    fn filters_aggregates(&self) -> bool {
        false
    }

    fn type_name(&self, ty: SqlType) -> &'static str {
        match ty {
            SqlType::Float => "DOUBLE",
            SqlType::Integer => "BIGINT",
            SqlType::Text => "VARCHAR",
            SqlType::Date => "TIMESTAMP_NTZ",
            SqlType::Logical => "BOOLEAN",
            SqlType::Variant => "VARIANT",
        }
    }

    /// Only constants may stand in `VALUES`, and JSON is read by a function.
    fn values_form(&self) -> ValuesForm {
        ValuesForm::Selects
    }

    /// Shares of percentiles must be plain constants.
    fn literal(&self, value: &Value) -> String {
        match value {
            Value::Float(number)
                if number.abs() < 1e15 && (*number == 0.0 || number.abs() > 1e-9) =>
            {
                number.to_string()
            }
            value => standard_literal(self, value),
        }
    }

    fn wall_clock(&self, instant: Expr, zone: Expr) -> Expr {
        use crate::sql::tree::Piece::{Expr as Hole, Text};
        let text = |text| Text(Cow::Borrowed(text));
        Expr::Template(vec![
            text("CAST(CONVERT_TIMEZONE("),
            Hole(zone),
            text(", "),
            Hole(instant),
            text(") AS TIMESTAMP_NTZ)"),
        ])
    }

    fn list_aggregate(&self) -> &'static str {
        "LISTAGG"
    }

    fn lowering(&self, function: &Function) -> Lowering {
        LOWERINGS.get(function)
    }
}

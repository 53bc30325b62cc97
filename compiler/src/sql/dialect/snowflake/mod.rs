//! Snowflake.

mod aggregate;
mod array;
mod date;
mod financial;
mod logical;
mod math;
mod operators;
mod system;
mod text;
mod types;
mod window;

use std::sync::LazyLock;

use super::literal::cast;
use super::table::{Lowerings, Table};
use super::{Dialect, standard};
use crate::formula::functions::lowering::SqlType;
use crate::formula::functions::{Function, Lowering};
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

    fn list_aggregate(&self) -> &'static str {
        "LISTAGG"
    }

    fn lowering(&self, function: &Function) -> Lowering {
        LOWERINGS.get(function)
    }
}

//! `BigQuery`.

mod aggregate;
mod array;
mod date;
mod financial;
mod geography;
mod logical;
mod math;
mod operators;
mod system;
mod text;
mod types;
mod window;

use std::sync::LazyLock;

use super::literal::{self, cast};
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

/// `BigQuery`.
#[derive(Clone, Copy, Debug)]
pub struct BigQuery;

impl Dialect for BigQuery {
    fn name(&self) -> &'static str {
        "bigquery"
    }

    fn quote(&self, identifier: &str) -> String {
        let escaped = identifier.replace('\0', "").replace('\\', "\\\\");
        format!("`{}`", escaped.replace('`', "\\`"))
    }

    fn placeholder(&self, number: usize) -> String {
        format!("@p{number}")
    }

    fn numbers_placeholders(&self) -> bool {
        true
    }

    fn bound(&self, number: usize, value: &Value) -> String {
        match value {
            Value::Variant(_) => format!("PARSE_JSON({})", self.placeholder(number)),
            value => cast(self, number, value),
        }
    }

    fn default_nulls_first(&self, descending: bool) -> bool {
        !descending
    }

    fn filters_aggregates(&self) -> bool {
        false
    }

    fn values_form(&self) -> ValuesForm {
        ValuesForm::Selects
    }

    fn text_literal(&self, text: &str) -> String {
        let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
        format!("'{}'", escaped.replace('\n', "\\n").replace('\r', "\\r"))
    }

    fn literal(&self, value: &Value) -> String {
        match value {
            // A cast is no literal where BigQuery asks for one.
            Value::Float(number) if *number >= 0.0 => format!("{number:?}"),
            Value::Float(number) => format!("({number:?})"),
            value => literal::standard(self, value),
        }
    }

    fn variant_literal(&self, json: &str) -> String {
        format!("PARSE_JSON({})", self.text_literal(json))
    }

    fn type_name(&self, ty: SqlType) -> &'static str {
        match ty {
            SqlType::Float => "FLOAT64",
            SqlType::Integer => "INT64",
            SqlType::Text => "STRING",
            SqlType::Date => "DATETIME",
            SqlType::Logical => "BOOL",
            SqlType::Variant => "JSON",
        }
    }

    fn wall_clock(&self, instant: Expr, zone: Expr) -> Expr {
        Expr::call("DATETIME", vec![instant, zone])
    }

    fn lowering(&self, function: &Function) -> Lowering {
        LOWERINGS.get(function)
    }

    fn windowed(&self, function: &str) -> Option<Lowering> {
        let found = aggregate::WINDOWED
            .iter()
            .find(|(name, _)| *name == function);
        found.map(|(_, lowering)| *lowering)
    }

    fn takes_aggregates_anywhere(&self) -> bool {
        false
    }
}

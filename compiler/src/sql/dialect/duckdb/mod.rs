//! `DuckDB`.

#[macro_use]
mod forms;

mod aggregate;
mod array;
mod date;
mod financial;
mod geography;
mod logical;
mod math;
mod operators;
mod part;
mod pattern;
mod range;
mod system;
mod text;
mod types;
mod window;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::literal::cast;
use super::table::{Lowerings, Table};
use super::{Dialect, standard};
use crate::formula::functions::lowering::SqlType;
use crate::formula::functions::{Function, Lowering};
use crate::sql::tree::{Expr, Piece};
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

/// `DuckDB`.
#[derive(Clone, Copy, Debug)]
pub struct DuckDb;

impl Dialect for DuckDb {
    fn name(&self) -> &'static str {
        "duckdb"
    }

    fn placeholder(&self, number: usize) -> String {
        format!("${number}")
    }

    fn numbers_placeholders(&self) -> bool {
        true
    }

    fn bound(&self, number: usize, value: &Value) -> String {
        cast(self, number, value)
    }

    fn default_nulls_first(&self, _: bool) -> bool {
        false
    }

    fn type_name(&self, ty: SqlType) -> &'static str {
        match ty {
            SqlType::Float => "DOUBLE",
            SqlType::Integer => "BIGINT",
            SqlType::Text => "VARCHAR",
            SqlType::Date => "TIMESTAMP",
            SqlType::Logical => "BOOLEAN",
            SqlType::Variant => "JSON",
        }
    }

    fn foreign(&self, call: Expr, ty: Type) -> Expr {
        let text = |text| Piece::Text(Cow::Borrowed(text));
        match ty {
            Type::Date => Expr::Template(vec![
                text("CAST("),
                Piece::Expr(call),
                text(" AS TIMESTAMP)"),
            ]),
            _ => call,
        }
    }

    fn lowering(&self, function: &Function) -> Lowering {
        LOWERINGS.get(function)
    }
}

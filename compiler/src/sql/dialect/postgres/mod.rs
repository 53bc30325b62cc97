//! `PostgreSQL`.

mod aggregate;
mod array;
mod date;
mod financial;
mod format;
mod forms;
mod geography;
mod iso;
mod json;
mod logical;
mod math;
mod operators;
mod parse;
mod pattern;
mod range;
mod regex;
mod system;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod window;
mod zone;

use std::sync::LazyLock;

use super::literal::cast;
use super::table::{Lowerings, Table};
use super::{Dialect, standard};
use crate::formula::functions::lowering::{Case, SqlType};
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

/// `PostgreSQL`.
#[derive(Clone, Copy, Debug)]
pub struct Postgres;

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
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

    fn type_name(&self, ty: SqlType) -> &'static str {
        match ty {
            SqlType::Float => "DOUBLE PRECISION",
            SqlType::Integer => "BIGINT",
            SqlType::Text => "TEXT",
            SqlType::Date => "TIMESTAMP",
            SqlType::Logical => "BOOLEAN",
            SqlType::Variant => "JSONB",
        }
    }

    // A function may give any type that fits, and each counts here as one of few.
    fn foreign(&self, call: Expr, ty: Type) -> Expr {
        match ty {
            Type::Text => around("CAST(", call, " AS TEXT)"),
            Type::Date => around("CAST(", call, " AS TIMESTAMP)"),
            Type::Variant => around("to_jsonb(", call, ")"),
            _ => call,
        }
    }

    // A database sorts text by the rules of its language unless it is told.
    fn sort_key(&self, key: Expr, ty: Type) -> Expr {
        if ty == Type::Text {
            around("(", key, " COLLATE \"C\")")
        } else {
            key
        }
    }

    // Logicals and JSON have no largest value here.
    fn only_value(&self, value: Expr, ty: Type) -> Expr {
        let (before, behind) = match ty {
            Type::Logical => ("bool_or(", ")"),
            Type::Variant => ("CAST(max(CAST(", " AS TEXT))"),
            _ => ("max(", ")"),
        };
        let Expr::Template(mut pieces) = around(before, value, behind) else {
            return Expr::Value(Value::Null);
        };
        pieces.push(Piece::Behind);
        if ty == Type::Variant {
            pieces.push(Piece::Text(" AS JSONB)".into()));
        }
        Expr::Template(pieces)
    }

    // With a backslash in it a plain literal depends on a setting of the server.
    fn text_literal(&self, text: &str) -> String {
        let quoted = text.replace('\0', "").replace('\'', "''");
        if quoted.contains('\\') {
            format!("E'{}'", quoted.replace('\\', "\\\\"))
        } else {
            format!("'{quoted}'")
        }
    }

    fn isolates(&self, function: &str) -> bool {
        matches!(
            function,
            "Proper"
                | "ArrayDistinct"
                | "ArrayExcept"
                | "ArrayFilter"
                | "ArrayIntersection"
                | "ArrayJoin"
                | "ArrayTransform"
                | "Sequence"
                | "Sparkline"
        )
    }

    fn item(&self) -> Option<Expr> {
        Some(Expr::word("NULLIF(e.item, 'null')"))
    }

    fn sorted_over(&self, function: &str) -> Option<&'static [Case]> {
        (function == "ArrayAgg").then_some(window::ARRAY)
    }

    fn lowering(&self, function: &Function) -> Lowering {
        LOWERINGS.get(function)
    }
}

/// An expression between two texts.
fn around(before: &'static str, expr: Expr, behind: &'static str) -> Expr {
    Expr::Template(vec![
        Piece::Text(before.into()),
        Piece::Expr(expr),
        Piece::Text(behind.into()),
    ])
}

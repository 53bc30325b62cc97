//! A terse way to write relational trees, and their statements.

use std::sync::Arc;

use indexmap::IndexMap;
use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;

use crate::bind::{Bindings, Bound};
use crate::plan::builder::Nodes;
use crate::plan::relation::{
    Aggregate, Expr, JoinCondition, NodeId, Nulls, ScanColumn, SortKey, WindowFunction,
};
use crate::sql::{Dialect, Options, SqlError, Sqlite, Statement, render};
use crate::value::{Type, Value};

/// `orders(plan text, mrr number, at date, active logical, tags variant)`.
pub(super) fn orders(nodes: &mut Nodes) -> NodeId {
    scan(
        nodes,
        "orders",
        &[
            ("plan", Type::Text),
            ("mrr", Type::Number),
            ("at", Type::Date),
            ("active", Type::Logical),
            ("tags", Type::Variant),
        ],
    )
}

/// `plans(plan text, price number)`.
pub(super) fn plans(nodes: &mut Nodes) -> NodeId {
    scan(
        nodes,
        "plans",
        &[("plan", Type::Text), ("price", Type::Number)],
    )
}

fn scan(nodes: &mut Nodes, table: &str, columns: &[(&str, Type)]) -> NodeId {
    let columns = columns.iter().map(|(name, ty)| {
        (
            ScanColumn {
                name: (*name).into(),
                zoned: false,
            },
            *ty,
        )
    });
    nodes.scan(vec!["growth".into(), table.into()], columns.collect())
}

pub(super) fn col(index: usize) -> Expr {
    let ty = [
        Type::Text,
        Type::Number,
        Type::Date,
        Type::Logical,
        Type::Variant,
    ];
    Expr::column(index, ty.get(index).copied().unwrap_or(Type::Number))
}

pub(super) fn text(text: &str) -> Expr {
    Expr::literal(Value::text(text))
}

pub(super) fn int(number: i64) -> Expr {
    Expr::literal(Value::Integer(number))
}

pub(super) fn call(function: &'static str, args: Vec<Expr>) -> Expr {
    let ty = match function {
        "Upper" | "Lower" | "&" => Type::Text,
        "+" | "-" | "*" | "/" => Type::Number,
        "=" | "!=" | ">" | "And" | "Or" | "Not" | "In" | "IsNull" | "Contains" => Type::Logical,
        _ => Type::Unknown,
    };
    Expr::call(function, args, ty)
}

pub(super) fn named(columns: Vec<(&str, Expr)>) -> Vec<(Arc<str>, Expr)> {
    columns
        .into_iter()
        .map(|(name, expr)| (name.into(), expr))
        .collect()
}

pub(super) fn agg(name: &str, function: &str, args: Vec<Expr>) -> (Arc<str>, Aggregate) {
    let ty = args.first().map_or(Type::Number, |arg| arg.ty);
    (
        name.into(),
        Aggregate {
            function: function.to_owned().into(),
            args,
            filter: None,
            ty,
        },
    )
}

pub(super) fn only(mut aggregate: (Arc<str>, Aggregate), filter: Expr) -> (Arc<str>, Aggregate) {
    aggregate.1.filter = Some(filter);
    aggregate
}

pub(super) fn asc(by: Expr) -> SortKey {
    SortKey {
        by,
        descending: false,
        nulls: Nulls::First,
    }
}

pub(super) fn desc(by: Expr) -> SortKey {
    SortKey {
        by,
        descending: true,
        nulls: Nulls::Last,
    }
}

pub(super) fn on(left: Expr, right: Expr) -> JoinCondition {
    JoinCondition {
        left,
        op: "=".into(),
        right,
        null_safe: false,
    }
}

pub(super) fn win(
    name: &str,
    function: &str,
    args: Vec<Expr>,
    partition: Vec<Expr>,
    order: Vec<SortKey>,
) -> (String, WindowFunction) {
    let ty = args.first().map_or(Type::Number, |arg| arg.ty);
    (
        name.into(),
        WindowFunction {
            function: function.to_owned().into(),
            args,
            partition,
            order,
            ty,
        },
    )
}

/// Renders, checks that the text parses as one query of the dialect, and shows it with its values.
pub(super) fn statement(
    nodes: &Nodes,
    root: NodeId,
    bindings: &Bindings,
) -> Result<Statement, SqlError> {
    render_for(&Sqlite, nodes, root, bindings)
}

pub(super) fn render_for(
    dialect: &dyn Dialect,
    nodes: &Nodes,
    root: NodeId,
    bindings: &Bindings,
) -> Result<Statement, SqlError> {
    let input_table = |id: &str| vec![format!("SIGDS_{id}")];
    let options = Options {
        input_table: &input_table,
    };
    let bound = Bound {
        controls: &IndexMap::new(),
        bindings,
    };
    render(&nodes.all(), root, bound, dialect, options)
}

pub(super) fn sql(nodes: &Nodes, root: NodeId) -> String {
    sql_bound(nodes, root, &Bindings::default())
}

pub(super) fn sql_bound(nodes: &Nodes, root: NodeId, bindings: &Bindings) -> String {
    let statement = statement(nodes, root, bindings).unwrap();
    assert_eq!(
        statement,
        self::statement(nodes, root, bindings).unwrap(),
        "equal input gives equal text"
    );
    assert!(parses(&statement.text), "{}", statement.text);
    let mut shown = statement.text;
    for value in statement.params {
        shown.push_str("\n-- ");
        shown.push_str(&serde_json::to_string(&value).unwrap());
    }
    shown
}

/// Whether a text is one statement of the dialect.
pub(super) fn parses(text: &str) -> bool {
    Parser::parse_sql(&SQLiteDialect {}, text).is_ok_and(|statements| statements.len() == 1)
}

//! Scalars and aggregates.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::json;

use super::tree::*;
use crate::bind::Bindings;
use crate::formula::functions::signature::{Accepts, Fixed, Kind, Valid};
use crate::formula::functions::{self, Lowering};
use crate::plan::builder::Nodes;
use crate::plan::relation::{Aggregate, ControlPart, Expr, Parameter};
use crate::sql::SqlError;
use crate::value::{Type, Value};

fn one(expr: Expr) -> String {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let root = nodes.project(rows, named(vec![("x", expr)]));
    let sql = sql(&nodes, root);
    let sql = sql.strip_prefix("SELECT ").unwrap_or(&sql);
    sql.replace(" AS \"x\" FROM \"growth.orders\" AS t1", "")
}

fn kept(predicate: Expr) -> String {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let rows = nodes.filter(rows, vec![predicate]);
    let root = nodes.project(rows, named(vec![("plan", col(0))]));
    let sql = sql(&nodes, root);
    sql.split_once(" WHERE ")
        .map_or_else(String::new, |(_, condition)| condition.to_owned())
}

fn totals(aggregates: Vec<(Arc<str>, Aggregate)>) -> String {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let root = nodes.aggregate(rows, Vec::new(), aggregates);
    sql(&nodes, root)
}

fn null() -> Expr {
    Expr::literal(Value::Null)
}

fn array(json: serde_json::Value) -> Expr {
    Expr::literal(Value::Variant(Arc::new(json)))
}

#[test]
fn conditions_nest_with_the_parentheses_they_need() {
    let big = call(">", vec![col(1), int(9)]);
    let pro = call("=", vec![col(0), text("Pro")]);
    let either = call("Or", vec![pro.clone(), big.clone()]);
    let condition = call(
        "And",
        vec![
            call("Not", vec![either]),
            call("Or", vec![call("IsNull", vec![col(0)]), pro]),
        ],
    );
    assert_snapshot!(kept(condition), @r#"
    NOT (t1."plan" = ?1 OR t1."price" > ?2) AND (t1."plan" IS NULL OR t1."plan" = ?1)
    -- {"t":"text","v":"Pro"}
    -- {"t":"integer","v":9}
    "#);
    assert_snapshot!(one(call("=", vec![big.clone(), col(3)])), @r#"
    (t1."mrr" > ?1) = t1."active"
    -- {"t":"integer","v":9}
    "#);
    assert_snapshot!(one(call("Not", vec![big])), @r#"
    NOT t1."mrr" > ?1
    -- {"t":"integer","v":9}
    "#);
}

#[test]
fn conditionals_are_cases() {
    let when = call(
        "If",
        vec![
            col(3),
            text("on"),
            call("IsNull", vec![col(3)]),
            text("?"),
            text("off"),
        ],
    );
    assert_snapshot!(one(when), @r#"
    CASE WHEN t1."active" THEN ?1 WHEN t1."active" IS NULL THEN ?2 ELSE ?3 END
    -- {"t":"text","v":"on"}
    -- {"t":"text","v":"?"}
    -- {"t":"text","v":"off"}
    "#);
    let switch = call(
        "Switch",
        vec![col(0), text("Pro"), int(1), text("Free"), int(2)],
    );
    assert_snapshot!(one(switch), @r#"
    CASE t1."plan" WHEN ?1 THEN ?2 WHEN ?3 THEN ?4 END
    -- {"t":"text","v":"Pro"}
    -- {"t":"integer","v":1}
    -- {"t":"text","v":"Free"}
    -- {"t":"integer","v":2}
    "#);
    assert_snapshot!(one(call("Choose", vec![col(1), text("a"), text("b")])), @r#"
    CASE floor(t1."mrr") WHEN ?1 THEN ?2 WHEN ?3 THEN ?4 END
    -- {"t":"integer","v":1}
    -- {"t":"text","v":"a"}
    -- {"t":"integer","v":2}
    -- {"t":"text","v":"b"}
    "#);
}

#[test]
fn membership_finds_a_listed_null() {
    assert_snapshot!(kept(call("In", vec![col(0), text("a"), text("b")])), @r#"
    t1."plan" IN (?1, ?2)
    -- {"t":"text","v":"a"}
    -- {"t":"text","v":"b"}
    "#);
    assert_snapshot!(kept(call("In", vec![col(0), text("a"), null()])), @r#"
    (t1."plan" IN (?1) OR t1."plan" IS NULL)
    -- {"t":"text","v":"a"}
    "#);
    assert_snapshot!(kept(call("In", vec![col(0), null()])), @r#"t1."plan" IS NULL"#);
    assert_snapshot!(kept(call("In", vec![col(0), col(0), text("a")])), @r#"
    CASE WHEN t1."plan" IS NOT DISTINCT FROM t1."plan" THEN ?1 WHEN t1."plan" IS NOT DISTINCT FROM ?2 THEN ?1 WHEN t1."plan" IS NOT NULL THEN ?3 END
    -- {"t":"logical","v":true}
    -- {"t":"text","v":"a"}
    -- {"t":"logical","v":false}
    "#);
    let contains = |json| kept(call("ArrayContains", vec![array(json), col(0)]));
    assert_snapshot!(contains(json!(["a", null, 3])), @r#"
    (t1."plan" IN (?1) OR t1."plan" IS NULL)
    -- {"t":"text","v":"a"}
    "#);
    assert_snapshot!(contains(json!([])), @r#"
    CASE WHEN t1."plan" IS NOT NULL THEN ?1 END
    -- {"t":"logical","v":false}
    "#);
}

#[test]
fn registered_functions_are_templates_or_natives() {
    assert_snapshot!(one(call("Contains", vec![col(0), text("x")])), @r#"
    (instr(t1."plan", ?1) > 0)
    -- {"t":"text","v":"x"}
    "#);
    assert_snapshot!(one(call("/", vec![call("+", vec![col(1), int(1)]), col(1)])), @r#"
    (CAST((t1."mrr" + ?1) AS REAL) / t1."mrr")
    -- {"t":"integer","v":1}
    "#);
    assert_snapshot!(one(call("%", vec![col(1), int(2)])), @r#"
    bw_mod(t1."mrr", ?1)
    -- {"t":"integer","v":2}
    "#);
    assert_snapshot!(one(call("Index", vec![col(4), int(2)])), @r#"
    bw_index('vn', t1."tags", ?1)
    -- {"t":"integer","v":2}
    "#);
}

#[test]
fn what_a_control_decides_is_decided_before_the_engine_sees_it() {
    let parameter = Parameter::Control {
        id: "none".into(),
        part: ControlPart::Value,
    };
    let choice = Expr::parameter(parameter, Type::Text);
    assert_snapshot!(one(call("Switch", vec![text("b"), text("a"), col(0), text("b"), col(1)])), @r#"t1."mrr""#);
    assert_snapshot!(one(call("If", vec![call("=", vec![text("a"), text("b")]), col(0), call("IsNull", vec![choice]), col(2)])), @r#"t1."at""#);
    assert_snapshot!(one(call("Choose", vec![int(2), col(0), col(1)])), @r#"t1."mrr""#);
}

#[test]
fn counts_leave_empty_text_out() {
    let aggregates = vec![
        agg("a", "Count", vec![]),
        agg("b", "Count", vec![col(0)]),
        agg("c", "Count", vec![col(1)]),
        agg("d", "CountDistinct", vec![col(0)]),
        only(agg("e", "Sum", vec![col(1)]), col(3)),
    ];
    assert_snapshot!(totals(aggregates), @r#"SELECT count(*) AS "a", count(nullif(t1."plan", '')) AS "b", count(t1."mrr") AS "c", count(DISTINCT nullif(t1."plan", '')) AS "d", sum(t1."mrr") FILTER (WHERE t1."active") AS "e" FROM "growth.orders" AS t1"#);
}

#[test]
fn percentiles_are_interpolated_by_the_engine() {
    let half = Expr::literal(Value::Float(0.9));
    let aggregates = vec![
        agg("a", "Median", vec![col(1)]),
        agg("b", "PercentileCont", vec![col(1), half]),
    ];
    assert_snapshot!(totals(aggregates), @r#"
    SELECT median(t1."mrr") AS "a", percentile_cont(t1."mrr", ?1) AS "b" FROM "growth.orders" AS t1
    -- {"t":"float","v":0.9}
    "#);
}

#[test]
fn lists_are_in_ascending_order() {
    let aggregates = vec![
        agg("a", "ListAgg", vec![col(0), text("; ")]),
        agg("b", "ListAgg", vec![col(0)]),
    ];
    assert_snapshot!(totals(aggregates), @r#"
    SELECT group_concat(t1."plan", ?1 ORDER BY t1."plan") AS "a", group_concat(t1."plan", ?2 ORDER BY t1."plan") AS "b" FROM "growth.orders" AS t1
    -- {"t":"text","v":"; "}
    -- {"t":"text","v":","}
    "#);
}

#[test]
fn an_aggregate_by_position_takes_the_order_of_its_input() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let sorted = nodes.sort(rows, vec![asc(col(2))]);
    let late = only(agg("Late", "LastNonNull", vec![col(1)]), col(3));
    let aggregates = vec![agg("Rows", "Count", vec![]), late];
    let root = nodes.aggregate(sorted, named(vec![("Plan", col(0))]), aggregates);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t2."plan" AS "Plan", count(*) AS "Rows", max(t2."column") AS "Late" FROM (SELECT t1."plan" AS "plan", t1."mrr" AS "mrr", t1."active" AS "active", last_value(CASE WHEN t1."active" THEN t1."mrr" END) OVER (PARTITION BY t1."plan" ORDER BY CASE WHEN t1."active" THEN t1."mrr" END IS NOT NULL, t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "column" FROM "growth.orders" AS t1) AS t2 GROUP BY t2."plan""#);
}

#[test]
fn unknown_functions_are_refused() {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let root = nodes.project(rows, named(vec![("x", call("Frobnicate", vec![col(0)]))]));
    let error = statement(&nodes, root, &Bindings::default()).unwrap_err();
    assert_eq!(error, SqlError::UnknownFunction("Frobnicate".into()));
    assert_eq!(error.to_string(), "`Frobnicate` has no SQL form");
}

#[test]
fn every_available_function_has_sql() {
    let mut failures = Vec::new();
    for function in functions::all().filter(|function| function.lowering != Lowering::Replaced) {
        let (least, _) = function.arity();
        let arg = |index| match function.param(index, least) {
            Some(param) if param.fixed != Fixed::No => match param.accepts {
                Accepts::Choice(words) => text(words.first().copied().unwrap_or_default()),
                _ if param.valid == Valid::EngineFunction => text("max"),
                _ => int(1),
            },
            _ => col(index % 5),
        };
        let args: Vec<Expr> = (0..least).map(arg).collect();
        let mut nodes = Nodes::new();
        let rows = orders(&mut nodes);
        let root = match function.kind {
            Kind::Aggregate => {
                nodes.aggregate(rows, Vec::new(), vec![agg("x", function.name, args)])
            }
            Kind::Window => nodes.window(
                rows,
                vec![win(
                    "x",
                    function.name,
                    args,
                    vec![col(0)],
                    vec![asc(col(2))],
                )],
            ),
            Kind::Scalar | Kind::Lookup | Kind::System | Kind::Total => {
                nodes.project(rows, named(vec![("x", call(function.name, args))]))
            }
        };
        match statement(&nodes, root, &Bindings::default()) {
            Ok(statement) if parses(&statement.text) => {}
            other => failures.push(format!("{}: {other:?}", function.name)),
        }
    }
    assert_eq!(failures, Vec::<String>::new());
}

#[test]
fn templates_know_the_request() {
    let bindings = Bindings {
        now: 90_000_000_000,
        ..Bindings::default()
    };
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let within = call("InDateRange", vec![col(2), text("last"), text("month")]);
    let week = call("DateTrunc", vec![text("week"), col(2)]);
    let root = nodes.project(rows, named(vec![("a", within), ("b", week)]));
    assert_snapshot!(sql_bound(&nodes, root, &bindings), @r#"
    SELECT bw_in_date_range(t1."at", ?1, ?2, 1, 0, ?3) AS "a", datetime(substr(t1."at", 1, 10), '-6 days', 'weekday 0') AS "b" FROM "growth.orders" AS t1
    -- {"t":"text","v":"last"}
    -- {"t":"text","v":"month"}
    -- {"t":"date","v":86400000000}
    "#);
}

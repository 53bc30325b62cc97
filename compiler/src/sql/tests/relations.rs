//! Joins, unions, literal rows, and what tables are called.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::json;

use super::tree::*;
use crate::bind::Bindings;
use crate::plan::Settings;
use crate::plan::builder::Nodes;
use crate::plan::relation::{Column, Expr, JoinKind, NodeId, ScanColumn, SqlPart};
use crate::sql::SqlError;
use crate::value::{Type, Value};

fn joined(kind: JoinKind, null_safe: bool) -> String {
    let mut nodes = Nodes::new();
    let left = orders(&mut nodes);
    let left = nodes.filter(left, vec![col(3)]);
    let right = plans(&mut nodes);
    let right = nodes.filter(right, vec![call(">", vec![col(1), int(0)])]);
    let mut condition = on(col(0), col(0));
    condition.null_safe = null_safe;
    let joined = nodes.join(left, right, kind, vec![condition]);
    let columns = named(vec![
        ("MRR", col(1)),
        ("Price", Expr::column(6, Type::Number)),
    ]);
    let root = nodes.project(joined, columns);
    sql(&nodes, root)
}

#[test]
fn an_inner_join_filters_in_one_place() {
    assert_snapshot!(joined(JoinKind::Inner, false), @r#"
    SELECT t1."mrr" AS "MRR", t2."price" AS "Price" FROM "growth.orders" AS t1 JOIN "growth.plans" AS t2 ON t1."plan" = t2."plan" WHERE t1."active" AND t2."price" > ?1
    -- {"t":"integer","v":0}
    "#);
}

#[test]
fn a_left_join_filters_its_right_side_while_matching() {
    assert_snapshot!(joined(JoinKind::Left, false), @r#"
    SELECT t1."mrr" AS "MRR", t2."price" AS "Price" FROM "growth.orders" AS t1 LEFT JOIN "growth.plans" AS t2 ON t1."plan" = t2."plan" AND t2."price" > ?1 WHERE t1."active"
    -- {"t":"integer","v":0}
    "#);
}

#[test]
fn a_full_join_filters_its_sides_first() {
    assert_snapshot!(joined(JoinKind::Full, true), @r#"
    SELECT t3."mrr" AS "MRR", t4."price" AS "Price" FROM (SELECT t1."plan" AS "plan", t1."mrr" AS "mrr" FROM "growth.orders" AS t1 WHERE t1."active") AS t3 FULL JOIN (SELECT t2."plan" AS "plan", t2."price" AS "price" FROM "growth.plans" AS t2 WHERE t2."price" > ?1) AS t4 ON t3."plan" IS NOT DISTINCT FROM t4."plan"
    -- {"t":"integer","v":0}
    "#);
}

#[test]
fn a_computed_column_of_a_padded_side_is_computed_before_padding() {
    let mut nodes = Nodes::new();
    let left = orders(&mut nodes);
    let right = plans(&mut nodes);
    let zero = call("Coalesce", vec![col(1), int(0)]);
    let right = nodes.project(right, named(vec![("Plan", col(0)), ("Price", zero)]));
    let joined = nodes.join(left, right, JoinKind::Left, vec![on(col(0), col(0))]);
    let columns = named(vec![
        ("Plan", col(0)),
        ("Price", Expr::column(6, Type::Number)),
    ]);
    let root = nodes.project(joined, columns);
    assert_snapshot!(sql(&nodes, root), @r#"
    SELECT t1."plan" AS "Plan", t3."Price" AS "Price" FROM "growth.orders" AS t1 LEFT JOIN (SELECT t2."plan" AS "Plan", coalesce(t2."price", ?1) AS "Price" FROM "growth.plans" AS t2) AS t3 ON t1."plan" = t3."Plan"
    -- {"t":"integer","v":0}
    "#);
}

#[test]
fn a_lookup_joins_what_was_grouped_before() {
    let mut nodes = Nodes::new();
    let left = plans(&mut nodes);
    let rows = orders(&mut nodes);
    let groups = nodes.aggregate(
        rows,
        named(vec![("Plan", col(0))]),
        vec![agg("MRR", "Sum", vec![col(1)])],
    );
    let first = nodes.join(left, groups, JoinKind::Left, vec![on(col(0), col(0))]);
    let second = nodes.join(first, left, JoinKind::Inner, vec![on(col(0), col(0))]);
    let columns = named(vec![
        ("Plan", col(0)),
        ("MRR", Expr::column(3, Type::Number)),
        ("Again", Expr::column(5, Type::Number)),
    ]);
    let root = nodes.project(second, columns);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t2."plan" AS "Plan", t3."MRR" AS "MRR", t4."price" AS "Again" FROM "growth.plans" AS t2 LEFT JOIN (SELECT t1."plan" AS "Plan", sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1 GROUP BY t1."plan") AS t3 ON t2."plan" = t3."Plan" JOIN "growth.plans" AS t4 ON t2."plan" = t4."plan""#);
}

#[test]
fn unions_take_the_columns_somebody_needs() {
    let mut nodes = Nodes::new();
    let first = plans(&mut nodes);
    let other = orders(&mut nodes);
    let other = nodes.project(other, named(vec![("A", col(0)), ("B", col(1))]));
    let other = nodes.limit(other, 3, 0);
    let both = nodes.union(vec![first, other]);
    let root = nodes.aggregate(both, Vec::new(), vec![agg("Sum", "Sum", vec![col(1)])]);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT sum(t4."price") AS "Sum" FROM (SELECT t1."price" AS "price" FROM "growth.plans" AS t1 UNION ALL SELECT t3."B" AS "price" FROM (SELECT t2."mrr" AS "B" FROM "growth.orders" AS t2 LIMIT 3) AS t3) AS t4"#);
}

fn literal_rows(nodes: &mut Nodes, count: i64) -> NodeId {
    let columns = vec![
        Column {
            name: "Plan".into(),
            ty: Type::Text,
        },
        Column {
            name: "N".into(),
            ty: Type::Number,
        },
    ];
    nodes.values(
        columns,
        (0..count)
            .map(|n| vec![Value::text("Pro"), Value::Integer(n)])
            .collect(),
    )
}

#[test]
fn literal_rows_are_bound() {
    let mut nodes = Nodes::new();
    let rows = literal_rows(&mut nodes, 2);
    let root = nodes.filter(rows, vec![call(">", vec![col(1), int(0)])]);
    assert_snapshot!(sql(&nodes, root), @r#"
    SELECT t1."column1" AS "Plan", t1."column2" AS "N" FROM (VALUES (?1, ?2), (?1, ?3)) AS t1 WHERE t1."column2" > ?2
    -- {"t":"text","v":"Pro"}
    -- {"t":"integer","v":0}
    -- {"t":"integer","v":1}
    "#);
}

#[test]
fn one_literal_row_needs_no_source_and_none_gives_none() {
    let mut nodes = Nodes::new();
    let one = literal_rows(&mut nodes, 1);
    assert_snapshot!(sql(&nodes, one), @r#"
    SELECT ?1 AS "Plan", ?2 AS "N"
    -- {"t":"text","v":"Pro"}
    -- {"t":"integer","v":0}
    "#);
    let none = literal_rows(&mut nodes, 0);
    let root = nodes.aggregate(none, Vec::new(), vec![agg("Rows", "Count", vec![])]);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT count(*) AS "Rows" WHERE 0"#);
}

#[test]
fn input_tables_are_named_by_the_engine() {
    let mut nodes = Nodes::new();
    let columns = [("_row_id", "Row"), ("due", "Due \"soon\"")];
    let columns = columns.map(|(id, name)| {
        (
            id.to_owned(),
            Column {
                name: name.into(),
                ty: Type::Text,
            },
        )
    });
    let root = nodes.input_table("tasks", columns.to_vec());
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t1."_row_id" AS "Row", t1."due" AS "Due ""soon""" FROM "SIGDS_tasks" AS t1"#);
}

#[test]
fn instants_become_wall_clock_time_of_the_project() {
    let mut nodes = Nodes::new();
    let at = ScanColumn {
        name: "at".into(),
        zoned: true,
    };
    let root = nodes.scan(vec!["events".into()], vec![(at, Type::Date)]);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t1."at" AS "at" FROM "events" AS t1"#);
    let settings = Settings {
        time_zone: "America/Sao_Paulo".into(),
        ..Settings::default()
    };
    let bindings = Bindings {
        settings,
        ..Bindings::default()
    };
    assert_snapshot!(sql_bound(&nodes, root, &bindings), @r#"
    SELECT bw_from_utc(t1."at", ?1) AS "at" FROM "events" AS t1
    -- {"t":"text","v":"America/Sao_Paulo"}
    "#);
}

#[test]
fn custom_statements_bind_their_values() {
    let mut nodes = Nodes::new();
    let list =
        |json: serde_json::Value| SqlPart::Value(Expr::literal(Value::Variant(Arc::new(json))));
    let parts = vec![
        SqlPart::Text("select id, at from events where kind in ".into()),
        list(json!(["a", "b"])),
        SqlPart::Text(" and region in ".into()),
        list(json!([])),
        SqlPart::Text(" and n > ".into()),
        SqlPart::Value(int(3)),
        SqlPart::Text(" -- all;\n;".into()),
    ];
    let id = ScanColumn {
        name: "id".into(),
        zoned: false,
    };
    let root = nodes.sql(parts, vec![(id, Type::Number)]);
    assert_snapshot!(sql(&nodes, root), @r#"
    SELECT t1."id" AS "id" FROM (select id, at from events where kind in (?1, ?2) and region in (NULL) and n > ?3 -- all;
    
    ) AS t1
    -- {"t":"text","v":"a"}
    -- {"t":"text","v":"b"}
    -- {"t":"integer","v":3}
    "#);
}

#[test]
fn nulls_are_placed_only_where_the_engine_differs() {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let mut last = asc(col(0));
    last.nulls = crate::plan::relation::Nulls::Last;
    let root = nodes.sort(rows, vec![last, desc(col(1))]);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t1."plan" AS "plan", t1."price" AS "price" FROM "growth.plans" AS t1 ORDER BY t1."plan" NULLS LAST, t1."price" DESC"#);
}

#[test]
fn broken_plans_are_refused() {
    let mut nodes = Nodes::new();
    let root = nodes.limit(NodeId(0), 1, 0);
    assert_eq!(
        statement(&nodes, root, &Bindings::default()),
        Err(SqlError::MissingNode("0000000000000000".into()))
    );
    let rows = plans(&mut nodes);
    let root = nodes.project(rows, named(vec![("x", col(7))]));
    assert_eq!(
        statement(&nodes, root, &Bindings::default()),
        Err(SqlError::MissingColumn(7))
    );
}

#[test]
fn no_select_has_more_sources_than_the_engine_takes() {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let root = (0..150).fold(rows, |left, _| {
        let joined = nodes.join(left, rows, JoinKind::Left, vec![on(col(0), col(0))]);
        nodes.project(
            joined,
            named(vec![
                ("plan", col(0)),
                ("price", Expr::column(3, Type::Number)),
            ]),
        )
    });
    let text = sql(&nodes, root);
    assert_eq!(text.matches(" LEFT JOIN ").count(), 150);
    assert!(
        text.split(['(', ')'])
            .all(|part| part.matches(" LEFT JOIN ").count() < 60)
    );
}

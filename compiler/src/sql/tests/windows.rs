//! Window functions.

use insta::assert_snapshot;

use super::tree::*;
use crate::bind::Bindings;
use crate::plan::builder::Nodes;
use crate::plan::relation::{Expr, WindowFunction};
use crate::sql::SqlError;
use crate::value::Type;

fn windows(functions: Vec<(String, WindowFunction)>) -> String {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let count = functions.len();
    let with = nodes.window(&rows, functions);
    let columns = (0..count)
        .map(|index| (format!("w{index}"), nodes.column(&with, 5 + index)))
        .collect();
    let root = nodes.project(&with, columns);
    sql(&nodes, &root)
}

fn by_plan() -> Vec<Expr> {
    vec![col(0)]
}

#[test]
fn an_aggregate_covers_its_whole_partition() {
    let share = vec![
        win("a", "Sum", vec![col(1)], by_plan(), vec![]),
        win("b", "Count", vec![], vec![], vec![]),
    ];
    assert_snapshot!(windows(share), @r#"SELECT sum(t1."mrr") OVER (PARTITION BY t1."plan") AS "w0", count(*) OVER () AS "w1" FROM "growth.orders" AS t1"#);
}

#[test]
fn a_window_reads_groups_from_outside_and_filters_read_windows_from_outside() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let groups = nodes.aggregate(
        &rows,
        named(vec![("Plan", col(0))]),
        vec![agg("MRR", "Sum", vec![col(1)])],
    );
    let with = nodes.window(
        &groups,
        vec![win("All", "Sum", vec![col(1)], vec![], vec![])],
    );
    let kept = nodes.filter(
        &with,
        vec![call(">", vec![Expr::column(2, Type::Number), int(5)])],
    );
    let root = nodes.sort(&kept, vec![asc(col(0))]);
    assert_snapshot!(sql(&nodes, &root), @r#"
    SELECT t3."Plan" AS "Plan", t3."MRR" AS "MRR", t3."All" AS "All" FROM (SELECT t2."Plan" AS "Plan", t2."MRR" AS "MRR", sum(t2."MRR") OVER () AS "All" FROM (SELECT t1."plan" AS "Plan", sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1 GROUP BY t1."plan") AS t2) AS t3 WHERE t3."All" > ?1 ORDER BY t3."Plan"
    -- {"t":"integer","v":5}
    "#);
}

#[test]
fn filling_down_takes_two_steps() {
    let fill = vec![win(
        "f",
        "FillDown",
        vec![col(0)],
        vec![col(3)],
        vec![asc(col(2))],
    )];
    assert_snapshot!(windows(fill), @r#"SELECT max(t2."plan") OVER (PARTITION BY t2."active", t2."column") AS "w0" FROM (SELECT t1."plan" AS "plan", t1."at" AS "at", t1."active" AS "active", count(t1."plan") OVER (PARTITION BY t1."active" ORDER BY t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS "column" FROM "growth.orders" AS t1) AS t2"#);
}

#[test]
fn first_and_last_values_leave_nulls_out() {
    let order = || vec![asc(col(2))];
    let functions = vec![
        win("a", "FirstNonNull", vec![col(1)], by_plan(), order()),
        win("b", "LastNonNull", vec![col(1)], by_plan(), order()),
        win("c", "ListAgg", vec![col(0)], vec![], order()),
    ];
    assert_snapshot!(windows(functions), @r#"
    SELECT first_value(t1."mrr") OVER (PARTITION BY t1."plan" ORDER BY t1."mrr" IS NULL, t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "w0", last_value(t1."mrr") OVER (PARTITION BY t1."plan" ORDER BY t1."mrr" IS NOT NULL, t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "w1", group_concat(t1."plan", ?1) OVER (ORDER BY t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "w2" FROM "growth.orders" AS t1
    -- {"t":"text","v":","}
    "#);
}

#[test]
fn functions_nobody_reads_are_left_out() {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let with = nodes.window(&rows, vec![win("a", "Sum", vec![col(1)], vec![], vec![])]);
    let root = nodes.project(&with, named(vec![("Plan", col(0))]));
    assert_snapshot!(sql(&nodes, &root), @r#"SELECT t1."plan" AS "Plan" FROM "growth.plans" AS t1"#);
}

#[test]
fn distinct_counts_are_no_window_functions() {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let root = nodes.window(
        &rows,
        vec![win("a", "CountDistinct", vec![col(0)], vec![], vec![])],
    );
    let error = statement(&nodes, &root, &Bindings::default()).unwrap_err();
    assert_eq!(
        error,
        SqlError::Unsupported {
            function: "CountDistinct".into(),
            dialect: "sqlite"
        }
    );
}

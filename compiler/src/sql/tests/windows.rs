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
    let with = nodes.window(rows, functions);
    let columns = (0..count)
        .map(|index| (format!("w{index}"), nodes.column(with, 5 + index)))
        .collect();
    let root = nodes.project(with, columns);
    sql(&nodes, root)
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
        rows,
        named(vec![("Plan", col(0))]),
        vec![agg("MRR", "Sum", vec![col(1)])],
    );
    let with = nodes.window(
        groups,
        vec![win("All", "Sum", vec![col(1)], vec![], vec![])],
    );
    let kept = nodes.filter(
        with,
        vec![call(">", vec![Expr::column(2, Type::Number), int(5)])],
    );
    let root = nodes.sort(kept, vec![asc(col(0))]);
    assert_snapshot!(sql(&nodes, root), @r#"
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
    SELECT first_value(t1."mrr") OVER (PARTITION BY t1."plan" ORDER BY t1."mrr" IS NULL, t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "w0", last_value(t1."mrr") OVER (PARTITION BY t1."plan" ORDER BY t1."mrr" IS NOT NULL, t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "w1", group_concat(t1."plan", ?1) OVER (ORDER BY t1."plan" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "w2" FROM "growth.orders" AS t1
    -- {"t":"text","v":","}
    "#);
}

#[test]
fn functions_nobody_reads_are_left_out() {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let with = nodes.window(rows, vec![win("a", "Sum", vec![col(1)], vec![], vec![])]);
    let root = nodes.project(with, named(vec![("Plan", col(0))]));
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t1."plan" AS "Plan" FROM "growth.plans" AS t1"#);
}

#[test]
fn distinct_counts_number_their_values_first() {
    let count = vec![win(
        "a",
        "CountDistinct",
        vec![col(0)],
        vec![col(3)],
        vec![],
    )];
    assert_snapshot!(windows(count), @r#"
    SELECT coalesce(max(CASE WHEN nullif(t2."plan", '') IS NOT NULL THEN t2."column" END) OVER (PARTITION BY t2."active"), ?1) AS "w0" FROM (SELECT t1."plan" AS "plan", t1."active" AS "active", dense_rank() OVER (PARTITION BY t1."active" ORDER BY nullif(t1."plan", '') NULLS LAST) AS "column" FROM "growth.orders" AS t1) AS t2
    -- {"t":"integer","v":0}
    "#);
}

/// Sums over sums, each of which reads the one before.
fn chain(length: usize) -> Result<String, SqlError> {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let root = (0..length).fold(rows, |rows, _| {
        let sum = win("sum", "Sum", vec![col(1)], vec![], vec![]);
        let with = nodes.window(rows, vec![sum]);
        nodes.project(
            with,
            named(vec![
                ("plan", col(0)),
                ("sum", Expr::column(2, Type::Number)),
            ]),
        )
    });
    statement(&nodes, root, &Bindings::default()).map(|statement| statement.text)
}

#[test]
fn long_chains_are_rendered_and_endless_ones_refused() {
    assert_eq!(chain(250).unwrap().matches(" OVER ").count(), 250);
    assert_eq!(chain(2_000), Err(SqlError::TooDeep));
}

#[test]
fn frames_count_rows() {
    let order = || vec![asc(col(2))];
    let functions = vec![
        win("a", "CumulativeSum", vec![col(1)], by_plan(), order()),
        win("b", "MovingAvg", vec![col(1), int(6)], vec![], order()),
        win(
            "c",
            "MovingMax",
            vec![col(1), int(8), int(-4)],
            vec![],
            order(),
        ),
        win(
            "d",
            "MovingMin",
            vec![col(1), int(-2), int(6)],
            vec![],
            order(),
        ),
        win("e", "First", vec![col(1)], by_plan(), order()),
        win("f", "Nth", vec![col(1), int(2)], by_plan(), order()),
        win("g", "Lag", vec![col(1), int(1), int(0)], by_plan(), order()),
        win("h", "Lead", vec![col(1)], by_plan(), order()),
    ];
    assert_snapshot!(windows(functions), @r#"
    SELECT sum(t1."mrr") OVER (PARTITION BY t1."plan" ORDER BY t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS "w0", avg(t1."mrr") OVER (ORDER BY t1."at" ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS "w1", max(t1."mrr") OVER (ORDER BY t1."at" ROWS BETWEEN 8 PRECEDING AND 4 PRECEDING) AS "w2", min(t1."mrr") OVER (ORDER BY t1."at" ROWS BETWEEN 2 FOLLOWING AND 6 FOLLOWING) AS "w3", first_value(t1."mrr") OVER (PARTITION BY t1."plan" ORDER BY t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "w4", nth_value(t1."mrr", ?1) OVER (PARTITION BY t1."plan" ORDER BY t1."at" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "w5", lag(t1."mrr", ?2, ?3) OVER (PARTITION BY t1."plan" ORDER BY t1."at") AS "w6", lead(t1."mrr", 1, NULL) OVER (PARTITION BY t1."plan" ORDER BY t1."at") AS "w7" FROM "growth.orders" AS t1
    -- {"t":"integer","v":2}
    -- {"t":"integer","v":1}
    -- {"t":"integer","v":0}
    "#);
}

#[test]
fn rankings_order_by_their_own_value() {
    let order = || vec![asc(col(2)), asc(col(0))];
    let functions = vec![
        win("a", "Rank", vec![col(1), text("desc")], by_plan(), order()),
        win("b", "RankDense", vec![], vec![], order()),
        win("c", "RowNumber", vec![col(1)], vec![], order()),
        win("d", "RowNumber", vec![], vec![], order()),
        win(
            "e",
            "Ntile",
            vec![int(4), col(1), text("desc")],
            vec![],
            order(),
        ),
        win("f", "CumeDist", vec![col(1)], vec![], order()),
        win("g", "CumulativeStdDev", vec![col(1)], vec![], order()),
    ];
    assert_snapshot!(windows(functions), @r#"
    SELECT rank() OVER (PARTITION BY t1."plan" ORDER BY t1."mrr" DESC) AS "w0", dense_rank() OVER (ORDER BY t1."at", t1."plan") AS "w1", row_number() OVER (ORDER BY t1."mrr", t1."at", t1."plan") AS "w2", row_number() OVER (ORDER BY t1."at", t1."plan") AS "w3", ntile(?1) OVER (ORDER BY t1."mrr" DESC, t1."at", t1."plan") AS "w4", cume_dist() OVER (ORDER BY t1."mrr") AS "w5", bw_std_dev(t1."mrr") OVER (ORDER BY t1."at", t1."plan" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS "w6" FROM "growth.orders" AS t1
    -- {"t":"integer","v":4}
    "#);
}

#[test]
fn a_frame_that_depends_on_the_row_is_refused() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let moving = win(
        "a",
        "MovingSum",
        vec![col(1), col(1)],
        vec![],
        vec![asc(col(2))],
    );
    let root = nodes.window(rows, vec![moving]);
    let error = statement(&nodes, root, &Bindings::default()).unwrap_err();
    assert_eq!(error, SqlError::WrongArguments("MovingSum".into()));
}

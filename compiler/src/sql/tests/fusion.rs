//! How many SELECTs a tree becomes.

use insta::assert_snapshot;

use super::tree::*;
use crate::plan::builder::Nodes;
use crate::plan::relation::{Expr, JoinKind};
use crate::value::Type;

#[test]
fn a_grouped_query_is_one_select() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let rows = nodes.filter(rows, vec![call(">", vec![col(1), int(0)])]);
    let groups = nodes.aggregate(
        rows,
        named(vec![("Plan", col(0))]),
        vec![agg("MRR", "Sum", vec![col(1)])],
    );
    let root = nodes.sort(groups, vec![asc(col(0))]);
    assert_snapshot!(sql(&nodes, root), @r#"
    SELECT t1."plan" AS "Plan", sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1 WHERE t1."mrr" > ?1 GROUP BY t1."plan" ORDER BY t1."plan"
    -- {"t":"integer","v":0}
    "#);
}

#[test]
fn computed_keys_are_grouped_and_ordered_by_position() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let keys = named(vec![("Plan", call("Upper", vec![col(0)]))]);
    let groups = nodes.aggregate(rows, keys, vec![agg("Rows", "Count", vec![])]);
    let sorted = nodes.sort(groups, vec![desc(col(1)), asc(col(0))]);
    let root = nodes.limit(sorted, 10, 5);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT bw_upper(t1."plan") AS "Plan", count(*) AS "Rows" FROM "growth.orders" AS t1 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10 OFFSET 5"#);
}

#[test]
fn projections_and_filters_join_the_select_below() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let renamed = nodes.project(
        rows,
        named(vec![
            ("Plan", col(0)),
            ("ARR", call("*", vec![col(1), int(12)])),
        ]),
    );
    let kept = nodes.filter(renamed, vec![call("=", vec![col(0), text("Pro")])]);
    let root = nodes.project(kept, named(vec![("ARR", Expr::column(1, Type::Number))]));
    assert_snapshot!(sql(&nodes, root), @r#"
    SELECT (t1."mrr" * ?1) AS "ARR" FROM "growth.orders" AS t1 WHERE t1."plan" = ?2
    -- {"t":"integer","v":12}
    -- {"t":"text","v":"Pro"}
    "#);
}

#[test]
fn a_filter_on_groups_is_having() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let groups = nodes.aggregate(
        rows,
        named(vec![("Plan", col(0))]),
        vec![agg("MRR", "Sum", vec![col(1)])],
    );
    let root = nodes.filter(groups, vec![call(">", vec![col(1), int(100)])]);
    assert_snapshot!(sql(&nodes, root), @r#"
    SELECT t1."plan" AS "Plan", sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1 GROUP BY t1."plan" HAVING sum(t1."mrr") > ?1
    -- {"t":"integer","v":100}
    "#);
}

#[test]
fn a_filter_on_a_total_reads_it_from_outside() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let total = nodes.aggregate(rows, Vec::new(), vec![agg("MRR", "Sum", vec![col(1)])]);
    let root = nodes.filter(
        total,
        vec![call(">", vec![Expr::column(0, Type::Number), int(100)])],
    );
    assert_snapshot!(sql(&nodes, root), @r#"
    SELECT t2."MRR" AS "MRR" FROM (SELECT sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1) AS t2 WHERE t2."MRR" > ?1
    -- {"t":"integer","v":100}
    "#);
}

#[test]
fn calculations_on_aggregates_stay_in_the_select() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let aggregates = vec![
        agg("MRR", "Sum", vec![col(1)]),
        agg("Rows", "Count", vec![]),
    ];
    let groups = nodes.aggregate(rows, named(vec![("Plan", col(0))]), aggregates);
    let each = call(
        "/",
        vec![Expr::column(1, Type::Number), Expr::column(2, Type::Number)],
    );
    let root = nodes.project(groups, named(vec![("Plan", col(0)), ("Each", each)]));
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t1."plan" AS "Plan", (CAST(sum(t1."mrr") AS REAL) / count(*)) AS "Each" FROM "growth.orders" AS t1 GROUP BY t1."plan""#);
}

#[test]
fn an_aggregate_of_aggregates_nests() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let keys = named(vec![("Plan", col(0)), ("At", col(2))]);
    let inner = nodes.aggregate(
        rows,
        keys,
        vec![
            agg("MRR", "Sum", vec![col(1)]),
            agg("Rows", "Count", vec![]),
        ],
    );
    let best = agg("Best", "Max", vec![Expr::column(2, Type::Number)]);
    let root = nodes.aggregate(inner, named(vec![("Plan", col(0))]), vec![best]);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t2."Plan" AS "Plan", max(t2."MRR") AS "Best" FROM (SELECT t1."plan" AS "Plan", sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1 GROUP BY t1."plan", t1."at") AS t2 GROUP BY t2."Plan""#);
}

#[test]
fn a_filter_behind_a_limit_does_not_change_what_is_limited() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let sorted = nodes.sort(rows, vec![desc(col(1))]);
    let limited = nodes.limit(sorted, 3, 0);
    let kept = nodes.filter(limited, vec![col(3)]);
    let root = nodes.project(kept, named(vec![("Plan", col(0))]));
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t2."plan" AS "Plan" FROM (SELECT t1."plan" AS "plan", t1."active" AS "active", t1."mrr" AS "order" FROM "growth.orders" AS t1 ORDER BY t1."mrr" DESC LIMIT 3) AS t2 WHERE t2."active" ORDER BY t2."order" DESC"#);
}

#[test]
fn limits_of_limits_are_one_limit() {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let first = nodes.limit(rows, 10, 2);
    let root = nodes.limit(first, 20, 3);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t1."plan" AS "plan", t1."price" AS "price" FROM "growth.plans" AS t1 LIMIT 7 OFFSET 5"#);
}

#[test]
fn what_is_computed_and_used_twice_is_computed_below() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let upper = nodes.project(rows, named(vec![("Plan", call("Upper", vec![col(0)]))]));
    let twice = call("&", vec![col(0), col(0)]);
    let root = nodes.project(upper, named(vec![("Twice", twice)]));
    assert_snapshot!(sql(&nodes, root), @r#"SELECT (t2."Plan" || t2."Plan") AS "Twice" FROM (SELECT bw_upper(t1."plan") AS "Plan" FROM "growth.orders" AS t1) AS t2"#);
}

#[test]
fn a_costly_node_that_is_used_twice_is_a_common_table_expression() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let groups = nodes.aggregate(
        rows,
        named(vec![("Plan", col(0))]),
        vec![agg("MRR", "Sum", vec![col(1)])],
    );
    let total = nodes.aggregate(groups, Vec::new(), vec![agg("All", "Sum", vec![col(1)])]);
    let joined = nodes.join(groups, total, JoinKind::Cross, vec![]);
    let share = call("/", vec![col(1), Expr::column(2, Type::Number)]);
    let root = nodes.project(joined, named(vec![("Plan", col(0)), ("Share", share)]));
    assert_snapshot!(sql(&nodes, root), @r#"
    WITH c1 AS (SELECT t1."plan" AS "Plan", sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1 GROUP BY t1."plan")
    SELECT t3."Plan" AS "Plan", (CAST(t3."MRR" AS REAL) / t4."All") AS "Share" FROM c1 AS t3 CROSS JOIN (SELECT sum(t2."MRR") AS "All" FROM c1 AS t2) AS t4
    "#);
}

#[test]
fn rows_of_a_table_are_read_twice_rather_than_kept() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let rows = nodes.filter(rows, vec![col(3)]);
    let total = nodes.aggregate(rows, Vec::new(), vec![agg("All", "Sum", vec![col(1)])]);
    let joined = nodes.join(rows, total, JoinKind::Cross, vec![]);
    let root = nodes.project(
        joined,
        named(vec![
            ("Plan", col(0)),
            ("All", Expr::column(5, Type::Number)),
        ]),
    );
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t2."plan" AS "Plan", t3."All" AS "All" FROM "growth.orders" AS t2 CROSS JOIN (SELECT sum(t1."mrr") AS "All" FROM "growth.orders" AS t1 WHERE t1."active") AS t3 WHERE t2."active""#);
}

#[test]
fn counting_rows_reads_no_column() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let sorted = nodes.sort(rows, vec![asc(col(0))]);
    let limited = nodes.limit(sorted, 7, 0);
    let root = nodes.aggregate(limited, Vec::new(), vec![agg("Rows", "Count", vec![])]);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT count(*) AS "Rows" FROM (SELECT t1."plan" AS "order" FROM "growth.orders" AS t1 ORDER BY t1."plan" LIMIT 7) AS t2"#);
}

#[test]
fn a_cross_join_of_one_row_that_nobody_reads_is_dropped() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let groups = nodes.aggregate(
        rows,
        named(vec![("Plan", col(0))]),
        vec![agg("MRR", "Sum", vec![col(1)])],
    );
    let sorted = nodes.sort(groups, vec![desc(col(1))]);
    let total = nodes.aggregate(sorted, Vec::new(), vec![agg("All", "Sum", vec![col(1)])]);
    let joined = nodes.join(sorted, total, JoinKind::Cross, vec![]);
    let shared_only = nodes.project(sorted, named(vec![("Plan", col(0))]));
    let all = nodes.project(joined, named(vec![("Plan", col(0))]));
    let root = nodes.union(vec![shared_only, all]);
    assert_snapshot!(sql(&nodes, root), @r#"
    WITH c1 AS (SELECT t1."plan" AS "Plan", sum(t1."mrr") AS "order" FROM "growth.orders" AS t1 GROUP BY t1."plan")
    SELECT t2."Plan" AS "Plan" FROM c1 AS t2 UNION ALL SELECT t3."Plan" AS "Plan" FROM c1 AS t3
    "#);
}

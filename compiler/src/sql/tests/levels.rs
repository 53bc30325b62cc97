//! Coarser groups from finer ones.

use insta::assert_snapshot;

use super::tree::*;
use crate::plan::builder::Nodes;
use crate::plan::relation::{Aggregate, Expr, JoinKind, NodeId};
use crate::value::Type;

type Aggregates = Vec<(std::sync::Arc<str>, Aggregate)>;

/// Groups of `fine` by plan and activity with the groups of `coarse` by plan beside them.
fn levels(nodes: &mut Nodes, fine: NodeId, coarse: NodeId, aggregates: Aggregates) -> NodeId {
    let keys = named(vec![("Plan", col(0)), ("Active", col(3))]);
    let finer = nodes.aggregate(fine, keys, vec![agg("MRR", "Sum", vec![col(1)])]);
    let coarser = nodes.aggregate(coarse, named(vec![("Plan", col(0))]), aggregates);
    nodes.join(finer, coarser, JoinKind::Left, vec![on(col(0), col(0))])
}

fn of_orders(aggregates: Aggregates) -> String {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let root = levels(&mut nodes, rows, rows, aggregates);
    sql(&nodes, root)
}

#[test]
fn sums_counts_extremes_and_means_come_from_finer_groups() {
    assert_snapshot!(of_orders(vec![
        agg("Sum", "Sum", vec![col(1)]),
        agg("Rows", "Count", vec![]),
        agg("Most", "Max", vec![col(1)]),
        agg("Mean", "Avg", vec![col(1)]),
    ]), @r#"
    WITH c1 AS (SELECT t1."plan" AS "Plan", t1."active" AS "Active", sum(t1."mrr") AS "MRR", count(*) AS "Count", max(t1."mrr") AS "Max", count(t1."mrr") AS "Count (2)" FROM "growth.orders" AS t1 GROUP BY t1."plan", t1."active")
    SELECT t2."Plan" AS "Plan", t2."Active" AS "Active", t2."MRR" AS "MRR", t4."Plan" AS "Plan (2)", t4."Sum" AS "Sum", t4."Rows" AS "Rows", t4."Most" AS "Most", t4."Mean" AS "Mean" FROM c1 AS t2 LEFT JOIN (SELECT t3."Plan" AS "Plan", sum(t3."MRR") AS "Sum", sum(t3."Count") AS "Rows", max(t3."Max") AS "Most", (CAST(sum(t3."MRR") AS REAL) / sum(t3."Count (2)")) AS "Mean" FROM c1 AS t3 GROUP BY t3."Plan") AS t4 ON t2."Plan" = t4."Plan"
    "#);
}

#[test]
fn a_distinct_count_reads_the_rows_again() {
    assert_snapshot!(of_orders(vec![agg("Days", "CountDistinct", vec![col(2)])]), @r#"SELECT t3."Plan" AS "Plan", t3."Active" AS "Active", t3."MRR" AS "MRR", t4."Plan" AS "Plan (2)", t4."Days" AS "Days" FROM (SELECT t1."plan" AS "Plan", t1."active" AS "Active", sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1 GROUP BY t1."plan", t1."active") AS t3 LEFT JOIN (SELECT t2."plan" AS "Plan", count(DISTINCT t2."at") AS "Days" FROM "growth.orders" AS t2 GROUP BY t2."plan") AS t4 ON t3."Plan" = t4."Plan""#);
}

#[test]
fn a_filter_of_an_aggregate_goes_with_its_parts() {
    let some = only(
        agg("Mean", "Avg", vec![col(1)]),
        call(">", vec![col(1), int(10)]),
    );
    assert_snapshot!(of_orders(vec![some]), @r#"
    WITH c1 AS (SELECT t1."plan" AS "Plan", t1."active" AS "Active", sum(t1."mrr") AS "MRR", sum(t1."mrr") FILTER (WHERE t1."mrr" > ?1) AS "Sum", count(t1."mrr") FILTER (WHERE t1."mrr" > ?1) AS "Count" FROM "growth.orders" AS t1 GROUP BY t1."plan", t1."active")
    SELECT t2."Plan" AS "Plan", t2."Active" AS "Active", t2."MRR" AS "MRR", t4."Plan" AS "Plan (2)", t4."Mean" AS "Mean" FROM c1 AS t2 LEFT JOIN (SELECT t3."Plan" AS "Plan", (CAST(sum(t3."Sum") AS REAL) / sum(t3."Count")) AS "Mean" FROM c1 AS t3 GROUP BY t3."Plan") AS t4 ON t2."Plan" = t4."Plan"
    -- {"t":"integer","v":10}
    "#);
}

#[test]
fn other_rows_are_grouped_for_themselves() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let kept = nodes.filter(rows, vec![call(">", vec![col(1), int(10)])]);
    let root = levels(
        &mut nodes,
        rows,
        kept,
        vec![agg("Sum", "Sum", vec![col(1)])],
    );
    assert_snapshot!(sql(&nodes, root), @r#"
    SELECT t3."Plan" AS "Plan", t3."Active" AS "Active", t3."MRR" AS "MRR", t4."Plan" AS "Plan (2)", t4."Sum" AS "Sum" FROM (SELECT t1."plan" AS "Plan", t1."active" AS "Active", sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1 GROUP BY t1."plan", t1."active") AS t3 LEFT JOIN (SELECT t2."plan" AS "Plan", sum(t2."mrr") AS "Sum" FROM "growth.orders" AS t2 WHERE t2."mrr" > ?1 GROUP BY t2."plan") AS t4 ON t3."Plan" = t4."Plan"
    -- {"t":"integer","v":10}
    "#);
}

#[test]
fn a_total_of_no_groups_counts_nothing() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let keys = named(vec![("Plan", col(0))]);
    let groups = nodes.aggregate(rows, keys, vec![agg("Rows", "Count", vec![])]);
    let totals = vec![
        agg("Rows", "Count", vec![]),
        agg("MRR", "Sum", vec![col(1)]),
    ];
    let whole = nodes.aggregate(rows, Vec::new(), totals);
    let root = nodes.join(groups, whole, JoinKind::Cross, Vec::new());
    assert_snapshot!(sql(&nodes, root), @r#"
    WITH c1 AS (SELECT t1."plan" AS "Plan", count(*) AS "Rows", sum(t1."mrr") AS "Sum" FROM "growth.orders" AS t1 GROUP BY t1."plan")
    SELECT t2."Plan" AS "Plan", t2."Rows" AS "Rows", t4."Rows" AS "Rows (2)", t4."MRR" AS "MRR" FROM c1 AS t2 CROSS JOIN (SELECT coalesce(sum(t3."Rows"), ?1) AS "Rows", sum(t3."Sum") AS "MRR" FROM c1 AS t3) AS t4
    -- {"t":"integer","v":0}
    "#);
}

#[test]
fn equal_groups_are_made_once_whatever_they_compute() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let keys = || named(vec![("Plan", col(0))]);
    let days = nodes.aggregate(
        rows,
        keys(),
        vec![agg("Days", "CountDistinct", vec![col(2)])],
    );
    let sums = nodes.aggregate(rows, keys(), vec![agg("MRR", "Sum", vec![col(1)])]);
    let root = nodes.join(days, sums, JoinKind::Left, vec![on(col(0), col(0))]);
    assert_snapshot!(sql(&nodes, root), @r#"
    WITH c1 AS (SELECT t1."plan" AS "Plan", sum(t1."mrr") AS "MRR", count(DISTINCT t1."at") AS "CountDistinct" FROM "growth.orders" AS t1 GROUP BY t1."plan")
    SELECT t2."Plan" AS "Plan", t2."CountDistinct" AS "Days", t3."Plan" AS "Plan (2)", t3."MRR" AS "MRR" FROM c1 AS t2 LEFT JOIN c1 AS t3 ON t2."Plan" = t3."Plan"
    "#);
}

#[test]
fn columns_that_were_computed_in_between_do_not_matter() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let upper = call("Upper", vec![col(0)]);
    let columns = vec![
        ("plan", col(0)),
        ("mrr", col(1)),
        ("at", col(2)),
        ("upper", upper),
    ];
    let wider = nodes.project(rows, named(columns));
    let keys = vec![("Plan", col(0)), ("Upper", Expr::column(3, Type::Text))];
    let finer = nodes.aggregate(wider, named(keys), vec![agg("Rows", "Count", vec![])]);
    let keys = named(vec![("Plan", col(0))]);
    let coarser = nodes.aggregate(rows, keys, vec![agg("MRR", "Sum", vec![col(1)])]);
    let root = nodes.join(finer, coarser, JoinKind::Left, vec![on(col(0), col(0))]);
    assert_snapshot!(sql(&nodes, root), @r#"
    WITH c1 AS (SELECT t1."plan" AS "Plan", bw_upper(t1."plan") AS "Upper", count(*) AS "Rows", sum(t1."mrr") AS "Sum" FROM "growth.orders" AS t1 GROUP BY t1."plan", 2)
    SELECT t2."Plan" AS "Plan", t2."Upper" AS "Upper", t2."Rows" AS "Rows", t4."Plan" AS "Plan (2)", t4."MRR" AS "MRR" FROM c1 AS t2 LEFT JOIN (SELECT t3."Plan" AS "Plan", sum(t3."Sum") AS "MRR" FROM c1 AS t3 GROUP BY t3."Plan") AS t4 ON t2."Plan" = t4."Plan"
    "#);
}

#[test]
fn a_group_that_its_finer_one_reads_is_left_alone() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let keys = || named(vec![("Plan", col(0))]);
    let sums = nodes.aggregate(rows, keys(), vec![agg("MRR", "Sum", vec![col(1)])]);
    let beside = nodes.join(rows, sums, JoinKind::Left, vec![on(col(0), col(0))]);
    let part = call("/", vec![col(1), Expr::column(6, Type::Number)]);
    let keys = named(vec![("Plan", col(0)), ("Active", col(3))]);
    let root = nodes.aggregate(beside, keys, vec![agg("Largest", "Max", vec![part])]);
    assert_snapshot!(sql(&nodes, root), @r#"SELECT t2."plan" AS "Plan", t2."active" AS "Active", max((CAST(t2."mrr" AS REAL) / t3."MRR")) AS "Largest" FROM "growth.orders" AS t2 LEFT JOIN (SELECT t1."plan" AS "Plan", sum(t1."mrr") AS "MRR" FROM "growth.orders" AS t1 GROUP BY t1."plan") AS t3 ON t2."plan" = t3."Plan" GROUP BY t2."plan", t2."active""#);
}

/// Rows of the groups by plan that have more than 100, grouped by plan and activity.
fn kept(nodes: &mut Nodes, null_safe: bool) -> NodeId {
    let rows = orders(nodes);
    let keys = named(vec![("Plan", col(0))]);
    let groups = nodes.aggregate(rows, keys, vec![agg("MRR", "Sum", vec![col(1)])]);
    let groups = nodes.filter(groups, vec![call(">", vec![col(1), int(100)])]);
    let groups = nodes.project(groups, named(vec![("Plan", col(0))]));
    let mut condition = on(col(0), col(0));
    condition.null_safe = null_safe;
    let rows = nodes.join(rows, groups, JoinKind::Inner, vec![condition]);
    let keys = named(vec![("Plan", col(0)), ("Active", col(3))]);
    nodes.aggregate(rows, keys, vec![agg("Rows", "Count", vec![])])
}

#[test]
fn groups_that_a_filter_keeps_are_made_from_one_scan() {
    let mut nodes = Nodes::new();
    let root = kept(&mut nodes, true);
    assert_snapshot!(sql(&nodes, root), @r#"
    WITH c1 AS (SELECT t1."plan" AS "Plan", t1."active" AS "Active", count(*) AS "Rows", sum(t1."mrr") AS "Sum" FROM "growth.orders" AS t1 GROUP BY t1."plan", t1."active")
    SELECT t2."Plan" AS "Plan", t2."Active" AS "Active", t2."Rows" AS "Rows" FROM c1 AS t2 JOIN (SELECT t3."Plan" AS "Plan" FROM c1 AS t3 GROUP BY t3."Plan" HAVING sum(t3."Sum") > ?1) AS t4 ON t2."Plan" IS NOT DISTINCT FROM t4."Plan"
    -- {"t":"integer","v":100}
    "#);
}

#[test]
fn coarser_groups_than_the_filtered_ones_read_the_rows_that_stay() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let keys = named(vec![("Plan", col(0)), ("Active", col(3))]);
    let groups = nodes.aggregate(rows, keys, vec![agg("MRR", "Sum", vec![col(1)])]);
    let groups = nodes.filter(groups, vec![call(">", vec![col(2), int(100)])]);
    let both = vec![on(col(0), col(0)), on(col(3), col(1))];
    let rows = nodes.join(rows, groups, JoinKind::Inner, both);
    let keys = named(vec![("Plan", col(0))]);
    let root = nodes.aggregate(rows, keys, vec![agg("Rows", "Count", vec![])]);
    assert_snapshot!(sql(&nodes, root), @r#"
    SELECT t2."plan" AS "Plan", count(*) AS "Rows" FROM "growth.orders" AS t2 JOIN (SELECT t1."plan" AS "Plan", t1."active" AS "Active" FROM "growth.orders" AS t1 GROUP BY t1."plan", t1."active" HAVING sum(t1."mrr") > ?1) AS t3 ON t2."plan" = t3."Plan" AND t2."active" = t3."Active" GROUP BY t2."plan"
    -- {"t":"integer","v":100}
    "#);
}

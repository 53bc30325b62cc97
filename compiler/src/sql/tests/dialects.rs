//! The defaults of a dialect are standard SQL.

use insta::assert_snapshot;

use super::tree::*;
use crate::bind::Bindings;
use crate::formula::functions::{Function, Lowering};
use crate::plan::Settings;
use crate::plan::builder::Nodes;
use crate::plan::relation::{Column, Expr, JoinKind, ScanColumn};
use crate::sql::Dialect;
use crate::sql::dialect::Percentile;
use crate::sql::tree::Expr as Sql;
use crate::value::{Type, Value};

/// The defaults, without the clause that filters aggregates.
struct Standard;

impl Dialect for Standard {
    fn name(&self) -> &'static str {
        "standard"
    }

    fn filters_aggregates(&self) -> bool {
        false
    }

    fn has_natives(&self) -> bool {
        true
    }

    fn binds(&self, _: &Value) -> bool {
        true
    }

    fn lowering(&self, function: &Function) -> Lowering {
        if function.name == "Contains" {
            Lowering::Refused("nobody asked")
        } else {
            function.lowering
        }
    }

    fn percentile(&self, _: Percentile, value: Sql, share: Sql) -> Sql {
        Sql::call("percentile_cont", vec![value, share])
    }
}

fn standard(nodes: &Nodes, root: crate::plan::relation::NodeId) -> String {
    let settings = Settings {
        time_zone: "Europe/Madrid".into(),
        ..Settings::default()
    };
    render_for(
        &Standard,
        nodes,
        root,
        &Bindings {
            settings,
            ..Bindings::default()
        },
    )
    .unwrap()
    .text
}

#[test]
fn tables_have_paths_and_orders_say_where_nulls_go() {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let root = nodes.sort(rows, vec![asc(col(0)), desc(col(1))]);
    assert_snapshot!(standard(&nodes, root), @r#"SELECT t1."plan" AS "plan", t1."price" AS "price" FROM "growth"."plans" AS t1 ORDER BY t1."plan" NULLS FIRST, t1."price" DESC NULLS LAST"#);
}

#[test]
fn every_value_has_a_placeholder_of_its_own() {
    let mut nodes = Nodes::new();
    let columns = vec![
        Column {
            name: "a".into(),
            ty: Type::Text,
        },
        Column {
            name: "b".into(),
            ty: Type::Text,
        },
    ];
    let rows = vec![
        vec![Value::text("x"), Value::Null],
        vec![Value::text("x"), Value::Logical(true)],
    ];
    let root = nodes.values(columns, rows);
    assert_snapshot!(standard(&nodes, root), @r#"SELECT t1."column1" AS "a", t1."column2" AS "b" FROM (VALUES (?, CAST(NULL AS VARCHAR)), (?, ?)) AS t1("column1", "column2")"#);
}

#[test]
fn filtered_aggregates_count_what_a_case_gives() {
    let mut nodes = Nodes::new();
    let rows = orders(&mut nodes);
    let aggregates = vec![
        only(agg("a", "Count", vec![]), col(3)),
        only(agg("b", "Sum", vec![col(1)]), col(3)),
    ];
    let root = nodes.aggregate(rows, Vec::new(), aggregates);
    assert_snapshot!(standard(&nodes, root), @r#"SELECT count(CASE WHEN t1."active" THEN ? END) AS "a", sum(CASE WHEN t1."active" THEN t1."mrr" END) AS "b" FROM "growth"."orders" AS t1"#);
}

#[test]
fn levels_join_null_safe_and_instants_are_converted() {
    let mut nodes = Nodes::new();
    let at = ScanColumn {
        name: "at".into(),
        zoned: true,
    };
    let rows = nodes.scan(vec!["e".into()], vec![(at, Type::Date)]);
    let mut condition = on(Expr::column(0, Type::Date), Expr::column(0, Type::Date));
    condition.null_safe = true;
    let root = nodes.join(rows, rows, JoinKind::Inner, vec![condition]);
    assert_snapshot!(standard(&nodes, root), @r#"SELECT (t1."at" AT TIME ZONE ?) AS "at", (t2."at" AT TIME ZONE ?) AS "at (2)" FROM "e" AS t1 JOIN "e" AS t2 ON (t1."at" AT TIME ZONE ?) IS NOT DISTINCT FROM (t2."at" AT TIME ZONE ?)"#);
}

#[test]
fn what_an_engine_lacks_is_said_by_name() {
    let mut nodes = Nodes::new();
    let rows = plans(&mut nodes);
    let root = nodes.filter(rows, vec![call("Contains", vec![col(0), text("x")])]);
    let error = render_for(&Standard, &nodes, root, &Bindings::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Contains` is not available on standard: nobody asked"
    );
}

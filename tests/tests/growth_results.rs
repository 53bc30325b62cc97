//! The growth sample: figures that were computed from the files by other means, and one query three ways.

#![expect(
    clippy::unwrap_used,
    reason = "a harness stops at the first thing that is not there"
)]

use std::path::Path;

use bookwright::engine::Grain;
use bookwright_compiler::value::Value;
use bookwright_tests::bench::{Ask, Bench, Rows, Workbook};

const WORKBOOK: &str = "workbooks/churn-watch.yaml";
/// The sample ends on 31 October 2026; its page looks back from there, whatever day it is.
const NOW: &str = "2026-11-20 10:30:00";

async fn open() -> Bench {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../workbooks/growth");
    Bench::open(&root.canonicalize().unwrap(), NOW)
        .await
        .unwrap()
}

fn ask(element: &str, grain: Grain) -> Ask {
    Ask {
        element: element.to_owned(),
        grain,
        set: Vec::new(),
    }
}

/// The rows of an element, which both engines must agree on.
async fn rows(workbook: &Workbook<'_>, element: &str, grain: Grain) -> Rows {
    let ask = ask(element, grain);
    let engine = workbook.engine(&ask).await.unwrap();
    let reference = workbook.reference(&ask).await.unwrap();
    assert_eq!(engine.to_string(), reference.to_string(), "{element}");
    engine
}

async fn figure(workbook: &Workbook<'_>, element: &str) -> f64 {
    let rows = rows(workbook, element, Grain::Shown).await;
    rows.rows[0][0].as_f64().unwrap()
}

#[tokio::test]
async fn figures_agree_with_those_computed_from_the_files() {
    let bench = open().await;
    let workbook = bench.workbook(WORKBOOK).await.unwrap();
    for (element, expected) in [
        ("Recurring revenue", 139_761.0),
        ("Revenue at risk", 23_852.0),
    ] {
        let found = figure(&workbook, element).await;
        assert!(
            (found - expected).abs() < 1e-6,
            "{element}: {found}, expected {expected}"
        );
    }
    let customers = rows(&workbook, "Customers", Grain::Shown).await;
    assert_eq!(customers.rows.len(), 217);
    let risk = customers.columns.iter().position(|c| c == "Risk").unwrap();
    for (word, expected) in [("High", 34), ("Medium", 70)] {
        let found = customers.rows.iter();
        let found = found.filter(|row| row[risk] == Value::text(word)).count();
        assert_eq!(found, expected, "{word}");
    }
}

#[tokio::test]
async fn activity_in_the_window_agrees_with_the_files() {
    let bench = open().await;
    let workbook = bench.workbook(WORKBOOK).await.unwrap();
    let ask = ask("Daily Events", Grain::Shown);
    let days = workbook.engine(&ask).await.unwrap();
    let events = days.columns.iter().position(|c| c == "Events").unwrap();
    let total: f64 = days
        .rows
        .iter()
        .filter_map(|row| row[events].as_f64())
        .sum();
    assert!((total - 3197.0).abs() < 1e-6, "{total}");
    let series = rows(&workbook, "Active customers", Grain::Level("series".into())).await;
    let active: Vec<f64> = series
        .rows
        .iter()
        .filter_map(|row| row[1].as_f64())
        .collect();
    assert_eq!(active, [158.0, 200.0, 286.0]);
}

/// `Risk by Plan` as somebody would write it by hand.
const RISK_BY_PLAN: &str = "
    with paying as (
        select region, plan, customer_id, mrr,
               julianday('2026-10-31') - julianday(date(last_seen_at)) as quiet
        from \"growth.customers\"
        where mrr > 0 and plan <> 'Free'
    ),
    regions as (select region, sum(mrr) as mrr from paying group by region)
    select p.region, r.mrr, p.plan, count(distinct p.customer_id),
           sum(p.quiet > 30) as at_risk, sum(p.mrr), sum(p.mrr) * 1.0 / r.mrr
    from paying p join regions r on r.region = p.region
    group by p.region, p.plan
    order by p.region, at_risk desc, p.plan";

#[tokio::test]
async fn risk_by_plan_agrees_with_a_query_written_by_hand() {
    let bench = open().await;
    let workbook = bench.workbook(WORKBOOK).await.unwrap();
    let found = rows(&workbook, "Risk by Plan", Grain::Shown).await;
    let connection = rusqlite::Connection::open(bench.database()).unwrap();
    let mut statement = connection.prepare(RISK_BY_PLAN).unwrap();
    let width = statement.column_count();
    let by_hand: Vec<Vec<Value>> = statement
        .query_map([], |row| (0..width).map(|i| cell(row, i)).collect())
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let by_hand = Rows {
        columns: found.columns.clone(),
        rows: by_hand,
    };
    assert_eq!(found.to_string(), by_hand.to_string());
    assert!(found.rows.len() > 5);
}

fn cell(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<Value> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(index)? {
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Float(number),
        ValueRef::Text(text) => Value::text(String::from_utf8_lossy(text)),
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
    })
}

//! Five levels over a million rows: our statement against one written by hand for the same rows.

use std::path::Path;
use std::sync::Arc;

use anyhow::ensure;
use bookwright::adapter::Adapter;
use bookwright::adapter::sqlite::{Config, Sqlite};
use bookwright::engine::{Engine, Grain, Shared};
use bookwright::store::Store;
use bookwright_compiler::bind::Bindings;
use bookwright_compiler::sql::Statement;

use super::Program;
use super::engine::{direct, plan_of};
use super::measure::{Samples, say};

const FILE: &str = "workbooks/levels.yaml";

const WORKBOOK: &str = r#"workbook: Levels
queries:
  Sales:
    table: FACTS
    group_by:
      - keys: [region]
        columns: { Region Amount: "Sum([amount])", Region Mean: "Avg([amount])", Best: "Max([Store Amount])" }
      - keys: [store]
        columns: { Store Amount: "Sum([amount])", Store Share: "PercentOfTotal(Sum([amount]))" }
      - keys: [category]
        columns: { Rows: Count(), Products: "Count([Product Amount])", Of All: 'PercentOfTotal(Sum([amount]), "grand_total")' }
      - keys: [product]
        columns: { Product Amount: "Sum([amount])", Dearest: "Max([amount])", Product Share: "[Product Amount] / [Store Amount]" }
      - keys: [month]
        columns: { Month Amount: "Sum([amount])", Running: "CumulativeSum([Month Amount])", Month Share: "[Month Amount] / [Product Amount]" }
pages:
  Page:
    body:
      - table: Sales
"#;

/// 100,000 groups of ten rows each: 5 regions, 40 stores, 10 categories, 5 products, 10 months.
const ROWS: &str = "
DELETE FROM facts;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999),
m(i) AS (SELECT i * 7919 % 1000003 FROM n)
INSERT INTO facts (region, store, category, product, month, amount)
SELECT 'r' || (i % 5), 's' || (i / 5 % 40), 'c' || (i / 200 % 10), 'p' || (i / 2000 % 5),
  '2026-' || printf('%02d', 1 + i / 10000 % 10) || '-01 00:00:00', (i * 31 % 1000) / 4.0 FROM m";

/// One scan, then each level from the one below: the fastest of several forms on `SQLite` (windows take longer).
const BY_HAND: &str = "
WITH m AS MATERIALIZED (SELECT region, store, category, product, month, sum(amount) AS s, count(*) AS n,
  count(amount) AS c, max(amount) AS x FROM facts GROUP BY 1, 2, 3, 4, 5),
p AS MATERIALIZED (SELECT region, store, category, product, sum(s) AS s, sum(n) AS n, sum(c) AS c, max(x) AS x
  FROM m GROUP BY 1, 2, 3, 4),
k AS MATERIALIZED (SELECT region, store, category, sum(s) AS s, sum(n) AS n, sum(c) AS c, count(s) AS p
  FROM p GROUP BY 1, 2, 3),
t AS MATERIALIZED (SELECT region, store, sum(s) AS s, sum(c) AS c FROM k GROUP BY 1, 2),
r AS MATERIALIZED (SELECT region, sum(s) AS s, sum(s) / sum(c) AS mean, max(s) AS best FROM t GROUP BY 1)
SELECT m.region, r.s, r.mean, r.best, m.store, t.s, t.s / r.s, m.category, k.n, k.p, k.s / (SELECT sum(s) FROM r),
  m.product, p.s, p.x, p.s / t.s, m.month, m.s,
  sum(m.s) OVER (PARTITION BY m.region, m.store, m.category, m.product ORDER BY m.month ROWS UNBOUNDED PRECEDING),
  m.s / p.s
FROM m JOIN p USING (region, store, category, product) JOIN k USING (region, store, category)
  JOIN t USING (region, store) JOIN r USING (region)
ORDER BY 1, 5, 8, 12, 16";

/// The statement by hand, ours alone, and ours through the engine.
pub(crate) fn levels(_: &Program) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let folder = tempfile::tempdir()?;
    write(folder.path())?;
    let plan = plan_of(&runtime, folder.path())?;
    let database = folder.path().join(".bookwright/local.db");
    let connection = rusqlite::Connection::open(&database)?;
    connection.execute_batch(ROWS)?;
    let adapter: Arc<dyn Adapter> =
        Arc::new(Sqlite::open(&Config::new(&database), &plan.settings)?);
    let shared = Arc::<Shared>::default();
    let store = Arc::new(Store::new(Arc::clone(&adapter)));
    let engine = Engine::new(
        Arc::clone(&plan),
        adapter,
        store,
        Arc::clone(&shared),
        false,
    );
    let bindings = Bindings {
        settings: plan.settings.clone(),
        ..Bindings::default()
    };
    let ours = engine.explain("Sales", &Grain::Shown, &bindings)?;
    let by_hand = Statement {
        text: BY_HAND.to_owned(),
        params: Vec::new(),
        columns: ours.columns.clone(),
    };
    let size = "1000000 rows";
    let groups = direct(&connection, &by_hand)?;
    ensure!(
        direct(&connection, &ours)? == groups,
        "the two statements do not give the same number of rows"
    );
    let hand = Samples::of(7, || direct(&connection, &by_hand).map(drop))?;
    hand.row("Five levels: by hand, SQLite alone", size);
    let alone = Samples::of(7, || direct(&connection, &ours).map(drop))?;
    alone.row("Five levels: ours, SQLite alone", size);
    let listed = Samples::of(5, || {
        // Results of before do not count.
        shared.data_changed();
        runtime.block_on(engine.rows("Sales", &Grain::Shown, &bindings))?;
        Ok(())
    })?;
    listed.row("Five levels: ours, engine's rows", size);
    let ratio = alone.median() / hand.median();
    let through = listed.median() / hand.median();
    say(&format!(
        "| — of the time by hand | {size}, {groups} groups | | {ratio:.2} times, through the engine {through:.2} | | | | |"
    ));
    Ok(())
}

/// A project whose table has one row yet.
#[expect(clippy::disallowed_methods, reason = "makes a project")]
fn write(folder: &Path) -> anyhow::Result<()> {
    for (path, text) in [
        ("bookwright.yaml", "project: levels\nseeds: [data/*.csv]\n"),
        (
            "data/facts.csv",
            "region,store,category,product,month,amount\nr0,s0,c0,p0,2026-01-01,0.25\n",
        ),
        (FILE, WORKBOOK),
    ] {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

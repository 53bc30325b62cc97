//! What the engine adds to the same statement run directly on `SQLite`.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, ensure};
use bookwright::adapter::Adapter;
use bookwright::adapter::sqlite::{Config, Sqlite};
use bookwright::engine::{Engine, Grain, Shared};
use bookwright::host::locate::locate;
use bookwright::protocol::query::{Part, Want};
use bookwright::session::local;
use bookwright::session::workspace::{Parts, Workspace};
use bookwright::store::Store;
use bookwright_compiler::bind::Bindings;
use bookwright_compiler::compile::compile_observed;
use bookwright_compiler::plan::Plan;
use bookwright_compiler::sql::Statement;
use bookwright_compiler::value::Value;
use bookwright_tests::synthetic;
use rusqlite::types::Value as Stored;
use tokio::runtime::Runtime;

use super::Program;
use super::measure::{Samples, say};

const WORKBOOK: &str = r#"workbook: Overhead
queries:
  Orders:
    table: ORDERS
    columns:
      Order: "[ORDERS/ORDER_ID]"
      Store: "[ORDERS/STORE]"
      Product: "[ORDERS/PRODUCT]"
      Amount: "[ORDERS/AMOUNT]"
      Cost: "[ORDERS/COST]"
      Margin: "[Amount] - [Cost]"
pages:
  Page:
    body:
      - table: Hundred
        from: Orders
        limit: 100
      - chart: Grouped
        type: bar
        from: Orders
        x: "[Product]"
        y: { Value: "Sum([Margin])" }
"#;

/// A hundred rows, and a million rows grouped: the statement alone, the engine's rows, and the answer for a page.
pub(crate) fn overhead(_: &Program) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    for (element, id, rows, runs) in [
        ("Hundred", "hundred", 1_000, 300),
        ("Grouped", "grouped", 1_000_000, 9),
    ] {
        let folder = tempfile::tempdir()?;
        let plan = prepare(&runtime, folder.path(), rows)?;
        let database = folder.path().join(".bookwright/local.db");
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
        let statement = engine.explain(element, &Grain::Shown, &bindings)?;
        let connection = rusqlite::Connection::open(&database)?;
        direct(&connection, &statement)?;
        let id = plan
            .data
            .keys()
            .find(|key| key.ends_with(id))
            .context("no such element")?;
        let want = Want {
            el: id.clone(),
            part: Part::Rows,
            rows: None,
            sort: Vec::new(),
            open: None,
            toggled: Vec::new(),
            search: None,
        };
        let size = format!("{rows} rows");
        let alone = Samples::of(runs, || direct(&connection, &statement).map(drop))?;
        alone.row(&format!("{element}: SQLite alone"), &size);
        let listed = Samples::of(runs, || {
            // Results of before do not count.
            shared.data_changed();
            runtime.block_on(engine.rows(element, &Grain::Shown, &bindings))?;
            Ok(())
        })?;
        listed.row(&format!("{element}: engine, rows"), &size);
        let answered = Samples::of(runs, || {
            shared.data_changed();
            let line = runtime.block_on(engine.line(0, &want, &bindings));
            ensure!(line.ok.is_some(), "the engine gave no rows");
            serde_json::to_vec(&line)?;
            Ok(())
        })?;
        answered.row(&format!("{element}: engine, answer of a page"), &size);
        let ratio = answered.median() / alone.median();
        let more = (answered.median() - alone.median()) * 1e3;
        say(&format!(
            "| — more than alone | {size} | | {more:.2} ms, {ratio:.2} times | | | | |"
        ));
    }
    Ok(())
}

/// Makes a project and loads its seed; its plan.
fn prepare(runtime: &Runtime, folder: &Path, rows: usize) -> anyhow::Result<Arc<Plan>> {
    synthetic::write(folder, 1, rows)?;
    #[expect(clippy::disallowed_methods, reason = "makes a project")]
    std::fs::write(folder.join(synthetic::FILE), WORKBOOK)?;
    plan_of(runtime, folder)
}

/// Loads the seeds of a project; the plan of its only workbook.
pub(crate) fn plan_of(runtime: &Runtime, folder: &Path) -> anyhow::Result<Arc<Plan>> {
    let location = locate(folder).map_err(anyhow::Error::msg)?;
    let parts = Parts {
        open: local::open,
        compile: compile_observed,
        csv: Arc::default(),
        progress: Arc::new(|_, _, _| {}),
    };
    let (workspace, _) = runtime.block_on(Workspace::open(location, None, parts))?;
    let slot = workspace
        .slots()
        .into_iter()
        .next()
        .context("no workbook")?;
    let revision = slot
        .current()
        .revision
        .clone()
        .context("the workbook has errors")?;
    Ok(Arc::clone(&revision.plan))
}

/// Runs the statement and reads every cell; the number of rows.
pub(crate) fn direct(
    connection: &rusqlite::Connection,
    statement: &Statement,
) -> anyhow::Result<usize> {
    let mut prepared = connection.prepare_cached(&statement.text)?;
    let width = prepared.column_count();
    let params: Vec<Stored> = statement
        .params
        .iter()
        .map(stored)
        .collect::<anyhow::Result<_>>()?;
    let mut rows = prepared.query(rusqlite::params_from_iter(params))?;
    let mut kept: Vec<Vec<Stored>> = vec![Vec::new(); width];
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        for (index, column) in kept.iter_mut().enumerate() {
            column.push(row.get(index)?);
        }
    }
    std::hint::black_box(kept);
    Ok(count)
}

fn stored(value: &Value) -> anyhow::Result<Stored> {
    Ok(match value {
        Value::Null => Stored::Null,
        Value::Logical(flag) => Stored::Integer(i64::from(*flag)),
        Value::Integer(number) => Stored::Integer(*number),
        Value::Float(number) => Stored::Real(*number),
        Value::Text(text) => Stored::Text(text.to_string()),
        Value::Date(_) | Value::Variant(_) => anyhow::bail!("these statements bind no such value"),
    })
}

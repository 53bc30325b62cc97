//! What holds for a workbook: findings have places, and what is sound has SQL and rows.

use std::fmt::Write as _;
use std::sync::Arc;

use bookwright_compiler::bind::{Bindings, Bound};
use bookwright_compiler::compile::{Compilation, compile};
use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::formula::datetime::parse_date;
use bookwright_compiler::formula::eval::Context;
use bookwright_compiler::formula::reference;
use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::element::View;
use bookwright_compiler::plan::relation::{NodeTable, Operator};
use bookwright_compiler::project;
use bookwright_compiler::source::SourceMap;
use bookwright_compiler::sql::{self, SqlError};

use super::bound::bind;
use super::host::{self, FILE, OneFile};
use super::text::places;

/// Any text as a workbook: compiling it ends, every finding has places in its file, and a plan has SQL and rows. Gives
/// whether it has a plan.
///
/// # Panics
/// When this does not hold.
pub fn workbook(text: &str) -> bool {
    let compilation = compiled(text);
    findings(&compilation);
    if let Some(plan) = &compilation.plan {
        sound(plan);
    }
    compilation.plan.is_some()
}

/// A formula as a column of rows, as one of groups, and as the value of a key figure, over a table with a column of every
/// type and beside controls. Gives in how many of these places it is sound.
///
/// # Panics
/// As [`workbook`].
pub fn column(formula: &str) -> usize {
    let formula = quoted(formula);
    let sound = PLACES.iter().filter(|place| {
        let text = format!("{HEAD}{}", place.replace("{}", &formula));
        workbook(&text)
    });
    sound.count()
}

/// What formulas may speak of besides the table.
const HEAD: &str = "workbook: Any
controls:
  Cities: { type: list, options_from: Others/City }
  One City: { type: list, options_from: Others/City, selection: single }
  Range: { type: number-range, filters: [Others/Amount] }
  Days: { type: date-range, default: last 30 days, filters: [Others/Day] }
  Word: { type: text, default: a }
  Level: { type: number, default: 3 }
  On: { type: switch, default: true }
";

/// Where a formula may stand; `{}` is its place.
const PLACES: [&str; 3] = [
    "queries:
  Others: { table: SALES }
  Sales:
    table: SALES
    columns: [\"*\", Made: {}]
    sort: [Id]
",
    "queries:
  Others: { table: SALES }
  Sales:
    query: { table: SALES }
    group_by:
      - keys: [City]
        columns: { Total: \"Sum([Amount])\" }
      - keys: [Name]
        columns: { Made: {} }
    sort: [-Total, Name]
",
    "queries:
  Others: { table: SALES }
pages:
  Page:
    body:
      - kpi: Figure
        from: { table: SALES }
        value: {}
",
];

/// A text as a scalar of YAML.
fn quoted(formula: &str) -> String {
    let mut text = String::from("\"");
    for c in formula.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            ' '..='~' => text.push(c),
            // Writing to a text does not fail.
            _ => write!(text, "\\U{:08X}", u32::from(c)).unwrap_or_default(),
        }
    }
    text.push('"');
    text
}

fn compiled(text: &str) -> Compilation {
    let host = OneFile(text.into());
    let mut sources = SourceMap::default();
    let project = project::load(&host, &mut sources, &mut Diagnostics::default());
    compile(&host, &project, FILE)
}

fn findings(compilation: &Compilation) {
    for finding in &compilation.diagnostics {
        places(finding, &|span| &compilation.sources.file(span.file).text);
    }
    let told = compilation.diagnostics.has_errors();
    assert!(
        told || compilation.plan.is_some(),
        "neither a plan nor an error"
    );
}

/// Every view has SQL, and rows as wide as it says.
fn sound(plan: &Plan) {
    let bindings = Bindings {
        settings: plan.settings.clone(),
        now: parse_date("2026-03-15 12:00:00").unwrap_or_default(),
        ..Bindings::default()
    };
    let bound = Bound {
        controls: &plan.controls,
        bindings: &bindings,
    };
    for data in plan.data.values() {
        let levels = data.levels.iter().map(|level| &level.view);
        let others = [&data.base, &data.totals, &data.series]
            .into_iter()
            .flatten();
        for view in [&data.rows].into_iter().chain(levels).chain(others) {
            statement(plan, view, bound);
            rows(plan, view, bound);
        }
    }
}

fn statement(plan: &Plan, view: &View, bound: Bound<'_>) {
    let input_table = |id: &str| vec![id.to_owned()];
    let options = sql::Options {
        input_table: &input_table,
    };
    match sql::render(&plan.nodes, view.node, bound, &sql::Sqlite, options) {
        Ok(statement) => assert_eq!(statement.columns.len(), view.columns.len()),
        // Depth is the author's; what an engine lacks is judged by its abilities.
        Err(SqlError::TooDeep | SqlError::Unsupported { .. }) => {}
        Err(error) => panic!("a sound plan has no SQL: {error}"),
    }
}

fn rows(plan: &Plan, view: &View, bound: Bound<'_>) {
    let nodes = plan.nodes.iter();
    let nodes: NodeTable = nodes
        .map(|(id, node)| (*id, Arc::new(bind(node, bound))))
        .collect();
    let context = Context::new(bound.bindings.settings.clone(), bound.bindings.now);
    let tables = |operator: &Operator| match operator {
        Operator::Scan { columns, .. } => {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            Some(host::rows(&names))
        }
        _ => None,
    };
    for row in reference::run(&nodes, view.node, &tables, &context) {
        assert_eq!(row.len(), view.columns.len());
    }
}

//! `cargo bench -p bookwright-tests --bench parts`: single stages of the compiler.

use std::hint::black_box;

use bookwright_compiler::bind::{Bindings, Bound};
use bookwright_compiler::compile::compile;
use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::formula;
use bookwright_compiler::plan::Plan;
use bookwright_compiler::project;
use bookwright_compiler::source::SourceMap;
use bookwright_compiler::span::{FileId, Span};
use bookwright_compiler::sql;
use bookwright_compiler::yaml::{self, TextMap};
use bookwright_tests::formulas::{Mix, check};
use bookwright_tests::synthetic::{self, MemoryHost};
use criterion::{Criterion, criterion_group, criterion_main};

fn plan(workbook: &str) -> Option<std::sync::Arc<Plan>> {
    let host = MemoryHost::new(workbook);
    let project = project::load(
        &host,
        &mut SourceMap::default(),
        &mut Diagnostics::default(),
    );
    compile(&host, &project, synthetic::FILE).plan
}

/// One query whose columns each compute something from the column before.
fn wide(columns: usize) -> String {
    let mut text = String::from(
        "workbook: Wide\nqueries:\n  Orders:\n    table: ORDERS\n    columns:\n      C0: \"[ORDERS/AMOUNT]\"\n",
    );
    for column in 1..columns {
        let before = if column % 10 == 0 { 0 } else { column - 1 };
        let line = format!("      C{column}: Round([C{before}] * {column} + 1, 2)\n");
        text.push_str(&line);
    }
    text.push_str("pages:\n  Page:\n    body:\n      - table: Orders\n");
    text
}

fn stages(criterion: &mut Criterion) {
    let text = synthetic::workbook(1_000);
    criterion.bench_function("YAML of 1,000 elements", |bench| {
        bench.iter(|| yaml::parse(FileId(0), black_box(&text), &mut Diagnostics::default()));
    });
    criterion.bench_function("compile 1,000 elements", |bench| {
        bench.iter(|| plan(black_box(&text)));
    });
    let text = wide(1_000);
    criterion.bench_function("compile one element of 1,000 formulas", |bench| {
        bench.iter(|| plan(black_box(&text)));
    });
}

fn formulas(criterion: &mut Criterion) {
    let formulas: Vec<String> = (0..10_000)
        .map(|n| {
            format!(r"If([Amount] > {n}, Round([Cost] * 1.{n}, 2), Sum([Orders/Amount]) / {n})")
        })
        .collect();
    criterion.bench_function("parse 10,000 formulas", |bench| {
        bench.iter(|| {
            let mut sink = Diagnostics::default();
            for formula in &formulas {
                let map = TextMap::linear(Span::default(), 0);
                black_box(formula::parse(formula, &map, &mut sink));
            }
        });
    });
}

/// Formulas of all kinds, from the text of a workbook to what is wrong with it.
fn checked_formulas(criterion: &mut Criterion) {
    let Ok(mix) = Mix::new() else {
        return;
    };
    let text = mix.workbook(10_000);
    criterion.bench_function("parse and check 10,000 formulas", |bench| {
        bench.iter(|| check(black_box(&text)));
    });
}

fn statements(criterion: &mut Criterion) {
    let Some(plan) = plan(&synthetic::workbook(40)) else {
        return;
    };
    let bindings = Bindings {
        settings: plan.settings.clone(),
        ..Bindings::default()
    };
    let Some(grouped) = plan.data.values().find(|data| data.name == "Stores 2") else {
        return;
    };
    criterion.bench_function("SQL of a grouped query", |bench| {
        bench.iter(|| {
            let bound = Bound {
                controls: &plan.controls,
                bindings: &bindings,
            };
            let input_table = |id: &str| vec![id.to_owned()];
            let options = sql::Options {
                input_table: &input_table,
            };
            sql::render(&plan.nodes, grouped.rows.node, bound, &sql::Sqlite, options)
        });
    });
}

criterion_group!(benches, stages, formulas, checked_formulas, statements);
criterion_main!(benches);

//! Runs a case on both engines.

use std::path::Path;

use anyhow::Context as _;

use bookwright_compiler::plan::Feature;

use super::parse::{Block, Case, Query};
use crate::bench::{Bench, Workbook, told};

/// What a case gave.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What is wrong, a paragraph each.
    pub problems: Vec<String>,
    /// Result blocks with what both engines say, when they agree.
    pub updates: Vec<(Block, String)>,
}

/// Compiles the workbook of a case and answers its queries twice.
///
/// # Errors
/// When the case cannot be set up: files, database.
pub async fn run(case: &Case) -> anyhow::Result<Outcome> {
    let folder = tempfile::tempdir()?;
    let root = folder.path().canonicalize()?;
    write(&root, case)?;
    let bench = Bench::open(&root, &case.now).await?;
    let compilation = bench.compile("workbooks/case.yaml").await?;
    let mut outcome = Outcome::default();
    let found = compilation.diagnostics.iter();
    let found: Vec<&str> = found.map(|found| found.code.name).collect();
    if found != case.finds {
        outcome.problems.push(format!(
            "the compiler says:\n{}",
            told(&compilation.diagnostics)
        ));
    }
    let Some(plan) = compilation.plan else {
        return Ok(outcome);
    };
    let workbook = bench.run(plan).await?;
    for query in &case.queries {
        if let Err(problem) = answer(&workbook, query, &mut outcome).await {
            let problem = format!("line {}: {}: {problem:#}", query.line, query.text);
            outcome.problems.push(problem);
        }
    }
    Ok(outcome)
}

/// Compiles the workbook of a case and hands it over; nothing is done when it has errors.
///
/// # Errors
/// When the case cannot be set up, and what `then` gives.
pub async fn with_workbook<T: Default>(
    case: &Case,
    then: impl AsyncFnOnce(&Workbook<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let folder = tempfile::tempdir()?;
    let root = folder.path().canonicalize()?;
    write(&root, case)?;
    let bench = Bench::open(&root, &case.now).await?;
    match bench.compile("workbooks/case.yaml").await?.plan {
        Some(plan) => then(&bench.run(plan).await?).await,
        None => Ok(T::default()),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a case is a project in a folder of its own"
)]
fn write(root: &Path, case: &Case) -> anyhow::Result<()> {
    std::fs::create_dir_all(root.join("data"))?;
    std::fs::create_dir_all(root.join("workbooks"))?;
    let project = format!("project: case\n{}", case.project);
    std::fs::write(root.join("bookwright.yaml"), project)?;
    let named = case.workbook.lines().any(|l| l.starts_with("workbook:"));
    let head = if named { "" } else { "workbook: Case\n" };
    let text = format!("{head}{}", case.workbook);
    std::fs::write(root.join("workbooks/case.yaml"), text)?;
    for (name, text) in &case.tables {
        std::fs::write(root.join(format!("data/{name}.csv")), text)?;
    }
    Ok(())
}

async fn answer(
    workbook: &Workbook<'_>,
    query: &Query,
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    let ask = super::ask(&query.text).map_err(anyhow::Error::msg)?;
    let expected = query.result.as_ref().context("the result is missing")?;
    let engine = workbook.engine(&ask).await?.to_string();
    // What the engine's own functions give, only the engine knows.
    let reference = if workbook.plan().needs.contains(&Feature::Passthrough) {
        engine.clone()
    } else {
        workbook.reference(&ask).await?.to_string()
    };
    if reference == engine && engine != expected.text {
        outcome.updates.push((expected.clone(), engine.clone()));
    }
    for (whose, found) in [("the engine", &engine), ("the reference", &reference)] {
        if *found != expected.text {
            let sql = workbook.sql(&ask)?;
            outcome.problems.push(format!(
                "line {}: {}: {whose} gives\n{found}expected\n{}with\n{sql}",
                query.line, query.text, expected.text
            ));
        }
    }
    Ok(())
}

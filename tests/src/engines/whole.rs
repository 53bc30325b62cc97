//! The elements of the literate suite on an engine: levels, lookups, totals and windows as people combine them.

use std::sync::PoisonError;

use bookwright_compiler::plan::Feature;
use bookwright_compiler::sql::SqlError;
use bookwright_compiler::value::{Type, Value};

use super::table::Table;
use super::{Engine, Failure, Outcome, values};
use crate::bench::Portable;
use crate::literate::{Case, Query, ask, with_workbook};

/// The outcome of every query of a case.
///
/// # Errors
/// When the engine is not there, or the case cannot be set up.
pub fn whole(engine: &Engine, case: &Case) -> Result<Vec<(String, Outcome)>, String> {
    engine.session()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let run = with_workbook(case, async |workbook| {
        let mut views = Vec::new();
        // What an engine's own functions give, the reference does not know.
        if workbook.plan().needs.contains(&Feature::Passthrough) {
            return Ok(views);
        }
        for query in &case.queries {
            let ask = ask(&query.text).map_err(anyhow::Error::msg)?;
            views.push((title(query), workbook.portable(&ask).await?));
        }
        Ok(views)
    });
    let views = runtime
        .block_on(run)
        .map_err(|error| format!("{error:#}"))?;
    let outcome = |view| excused(engine, case, answer(engine, view));
    Ok(views
        .iter()
        .map(|(title, view)| (title.clone(), outcome(view)))
        .collect())
}

fn title(query: &Query) -> String {
    format!("line {}: {}", query.line, query.text)
}

fn excused(engine: &Engine, case: &Case, outcome: Outcome) -> Outcome {
    if matches!(outcome, Outcome::Failed(_))
        && let Some(why) = engine.exceptions.excuse_name(&case.name)
    {
        return Outcome::Excused(why.to_owned());
    }
    outcome
}

fn answer(engine: &Engine, view: &Portable) -> Outcome {
    let statement = match view.statement(engine.dialect) {
        Ok(statement) => statement,
        Err(SqlError::Unsupported {
            function, reason, ..
        }) => return Outcome::Refused(format!("{function}: {reason}")),
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let run = || -> Result<Vec<Vec<Value>>, Failure> {
        load(engine, view).map_err(Failure::Error)?;
        let types: Vec<Type> = statement.columns.iter().map(|column| column.ty).collect();
        let session = engine.session().map_err(|e| Failure::Error(e.to_owned()))?;
        let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
        session.query(&statement.text, &statement.params, &types)
    };
    match run() {
        Ok(rows) => match difference(view, rows) {
            None => Outcome::Equal,
            Some(difference) => Outcome::Failed(format!("{difference}\n  {}", statement.text)),
        },
        Err(Failure::Overflow(_)) if view.expected.iter().flatten().any(values::is_large) => {
            Outcome::Overflow
        }
        Err(Failure::Overflow(message) | Failure::Error(message)) => {
            Outcome::Failed(format!("{message}\n  {}", statement.text))
        }
    }
}

/// Loads what the engine does not have yet: equal tables have equal names.
fn load(engine: &Engine, view: &Portable) -> Result<(), String> {
    let mut loaded = engine.loaded.lock().unwrap_or_else(PoisonError::into_inner);
    for source in &view.sources {
        if !loaded.contains(&source.name) {
            let session = engine.session()?;
            let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
            session.load(&Table::from(source))?;
            loaded.insert(source.name.clone());
        }
    }
    Ok(())
}

/// What differs. Rows that the element's order does not tell apart may come in any order.
fn difference(view: &Portable, mut found: Vec<Vec<Value>>) -> Option<String> {
    let mut expected = view.expected.clone();
    if expected.len() != found.len() {
        return Some(format!(
            "{} rows instead of {}",
            found.len(),
            expected.len()
        ));
    }
    let same = |left: &[Value], right: &[Value]| {
        left.len() == right.len() && left.iter().zip(right).all(|(l, r)| values::same(l, r))
    };
    let keys = |row: &[Value]| -> Vec<Value> {
        let key = |at: &usize| row.get(*at).cloned();
        view.order.iter().filter_map(key).collect()
    };
    let out_of_order = expected
        .iter()
        .zip(&found)
        .position(|(expected, found)| !same(&keys(expected), &keys(found)));
    if let Some(row) = out_of_order {
        return Some(format!(
            "row {} is out of order: {:?} instead of {:?}",
            row + 1,
            found.get(row),
            expected.get(row)
        ));
    }
    for rows in [&mut expected, &mut found] {
        rows.sort_by(|a, b| {
            let cells = a.iter().zip(b).map(|(a, b)| a.sort_cmp(b));
            cells.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
        });
    }
    let pairs = expected.iter().zip(&found);
    let (expected, found) = pairs
        .filter(|(expected, found)| !same(expected, found))
        .min_by_key(|(expected, _)| expected.len())?;
    Some(format!("{found:?} instead of {expected:?}"))
}

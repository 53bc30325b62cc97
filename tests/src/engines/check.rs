//! One batch of cases on one engine.

use std::sync::PoisonError;

use bookwright_compiler::formula::functions;
use bookwright_compiler::sql::SqlError;
use bookwright_compiler::sql::dialect::{Support, support};
use bookwright_compiler::value::Value;

use super::cases::{Case, Shape};
use super::compiled::Compiled;
use super::{Engine, Failure, values};
use crate::invariants::parts;

/// What a case gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The engine gives what the reference gives.
    Equal,
    /// The tables of the dialect refuse it, for this reason.
    Refused(String),
    /// The engine refuses it while running, as the result does not fit its types.
    Overflow,
    /// It differs, as the stand-in of the engine is known to do.
    Excused(String),
    /// Anything else, with the statement.
    Failed(String),
}

/// Runs cases, of any tables and shapes, together where possible. One outcome per case.
///
/// # Errors
/// Why the engine is not there.
pub fn check(engine: &Engine, cases: &[Case]) -> Result<Vec<Outcome>, String> {
    engine.session()?;
    let mut outcomes = vec![Outcome::Equal; cases.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, (case, outcome)) in cases.iter().zip(&mut outcomes).enumerate() {
        match printable(engine, case) {
            None => open.push(index),
            Some(found) => *outcome = found,
        }
    }
    for table in ["cases", "sample", "zoned"] {
        for shape in Shape::ALL {
            let batch: Vec<usize> = open
                .iter()
                .copied()
                .filter(|at| {
                    cases
                        .get(*at)
                        .is_some_and(|case| case.table == table && case.shape == shape)
                })
                .collect();
            run(engine, cases, &batch, &mut outcomes);
        }
    }
    for (case, outcome) in cases.iter().zip(&mut outcomes) {
        if matches!(outcome, Outcome::Failed(_))
            && let Some(why) = engine.exceptions.excuse(case)
        {
            *outcome = Outcome::Excused(why.to_owned());
        }
    }
    Ok(outcomes)
}

/// The shortest part of a failing case's formula that fails by itself, and how.
pub fn smallest(engine: &Engine, case: &Case) -> Option<(String, String)> {
    let mut parts = parts(&case.formula).into_iter();
    parts.find_map(|part| {
        let mut part = Case::new(&case.family, Some(&case.function), part, case.table);
        if part.shape == Shape::Rows && case.shape == Shape::Beneath {
            part.shape = Shape::Beneath;
        }
        match check(engine, std::slice::from_ref(&part)).ok()?.pop()? {
            // A part that the compiler refuses, such as a name in a call, is none.
            Outcome::Failed(why) if Compiled::new(&[&part]).is_ok() => Some((part.formula, why)),
            _ => None,
        }
    })
}

/// The outcome of a case that has no statement; `None` when it has one.
fn printable(engine: &Engine, case: &Case) -> Option<Outcome> {
    let compiled = match Compiled::new(&[case]) {
        Ok(compiled) => compiled,
        Err(error) => return Some(Outcome::Failed(error)),
    };
    match compiled.statement(engine.dialect) {
        Ok(_) => None,
        Err(SqlError::Unsupported {
            function, reason, ..
        }) => {
            let known = functions::function(&function);
            let told = known.map(|known| support(engine.dialect, known));
            Some(match told {
                Some(Support::Yes) => Outcome::Failed(format!(
                    "`{function}` is refused ({reason}), but the tables say yes"
                )),
                _ => Outcome::Refused(format!("{function}: {reason}")),
            })
        }
        Err(error) => Some(Outcome::Failed(error.to_string())),
    }
}

/// Runs a batch as one statement; its halves when that fails, down to single cases.
fn run(engine: &Engine, cases: &[Case], batch: &[usize], outcomes: &mut [Outcome]) {
    if batch.is_empty() {
        return;
    }
    let members: Vec<&Case> = batch.iter().filter_map(|at| cases.get(*at)).collect();
    match compare(engine, &members) {
        Ok(found) => {
            for (at, outcome) in batch.iter().zip(found) {
                if let Some(place) = outcomes.get_mut(*at) {
                    *place = outcome;
                }
            }
        }
        Err(failed) if batch.len() == 1 => {
            if let Some(place) = batch.first().and_then(|at| outcomes.get_mut(*at)) {
                *place = failed;
            }
        }
        Err(_) => {
            let (left, right) = batch.split_at(batch.len() / 2);
            run(engine, cases, left, outcomes);
            run(engine, cases, right, outcomes);
        }
    }
}

fn compare(engine: &Engine, cases: &[&Case]) -> Result<Vec<Outcome>, Outcome> {
    let compiled = Compiled::new(cases).map_err(Outcome::Failed)?;
    let statement = compiled
        .statement(engine.dialect)
        .map_err(|error| Outcome::Failed(error.to_string()))?;
    let session = engine
        .session()
        .map_err(|reason| Outcome::Failed(reason.to_owned()))?;
    let expected = compiled.cells(compiled.reference());
    let rows = session
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .query(
            &statement.text,
            &statement.params,
            &Compiled::types(&statement),
        )
        .map_err(|failure| match failure {
            Failure::Overflow(_) if may_overflow(cases, &expected) => Outcome::Overflow,
            Failure::Overflow(message) | Failure::Error(message) => {
                Outcome::Failed(format!("{message}\n  {}", statement.text))
            }
        })?;
    let found = compiled.cells(rows);
    let each = expected.iter().zip(&found).zip(cases);
    Ok(each
        .map(|((expected, found), _)| {
            difference(expected, found).map_or(Outcome::Equal, |difference| {
                Outcome::Failed(if cases.len() == 1 {
                    format!("{difference}\n  {}", statement.text)
                } else {
                    difference
                })
            })
        })
        .collect())
}

/// Whether an engine may refuse whole numbers that its types cannot hold: the reference gives floats beyond 64 bits, or
/// the formula works with numbers that are large to begin with.
fn may_overflow(cases: &[&Case], expected: &[Vec<Value>]) -> bool {
    let begins_large = |case: &&Case| ["[H]", "[I]"].iter().any(|c| case.formula.contains(c));
    cases.iter().any(begins_large) || expected.iter().flatten().any(values::is_large)
}

/// The first rows in which two columns differ; `None` when they are the same.
fn difference(expected: &[Value], found: &[Value]) -> Option<String> {
    if expected.len() != found.len() {
        return Some(format!(
            "{} rows instead of {}",
            found.len(),
            expected.len()
        ));
    }
    let rows = expected.iter().zip(found).zip(1..);
    let differing: Vec<String> = rows
        .filter(|((expected, found), _)| !values::same(expected, found))
        .map(|((expected, found), row)| format!("row {row}: {found:?} instead of {expected:?}"))
        .take(4)
        .collect();
    (!differing.is_empty()).then(|| differing.join("\n  "))
}

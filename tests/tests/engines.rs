//! Every function on every engine: examples, written cases and generated formulas against the reference evaluator.
//!
//! `cargo test -p bookwright-tests --test engines -- duckdb::text` runs one family on one engine. Engines that cannot be
//! installed are skipped, unless `BOOKWRIGHT_REQUIRE=duckdb,postgres` names them. `BOOKWRIGHT_CASES` is the number of
//! generated formulas.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bookwright_compiler::sql::dialect;
use bookwright_tests::engines::cases::{self, Case};
use bookwright_tests::engines::support::Tally;
use bookwright_tests::engines::{Engine, Outcome, check, generated};
use libtest_mimic::{Arguments, Failed, Trial};

/// Generated formulas per engine unless said.
const GENERATED: usize = 300;
/// Generated formulas in one trial.
const BATCH: usize = 50;

#[expect(clippy::print_stdout, reason = "the table is the result")]
fn main() -> anyhow::Result<()> {
    let arguments = Arguments::from_args();
    let cases = all()?;
    let mut trials = Vec::new();
    let mut tallies = Vec::new();
    for dialect in dialect::all() {
        let engine = Arc::new(Engine::new(dialect));
        let tally = Arc::new(Mutex::new(Tally::default()));
        tallies.push((dialect.name(), Arc::clone(&tally)));
        for ((family, function), cases) in &cases {
            let name = format!("{}::{family}::{function}", dialect.name());
            let (engine, tally) = (Arc::clone(&engine), Arc::clone(&tally));
            let (function, cases) = (function.clone(), cases.clone());
            trials.push(Trial::test(name, move || {
                run(&engine, &function, &cases, &tally)
            }));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    println!("engine      equal refused overflow failed");
    for (engine, tally) in tallies {
        let tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
        if !tally.is_empty() {
            let [equal, refused, overflow, failed] = tally.counts();
            println!("{engine:<11} {equal:>5} {refused:>7} {overflow:>8} {failed:>6}");
            tally.write(engine)?;
        }
    }
    conclusion.exit();
}

/// All cases by family and function.
#[expect(clippy::disallowed_methods, reason = "the tests are told so")]
fn all() -> anyhow::Result<BTreeMap<(String, String), Vec<Case>>> {
    let mut all = cases::examples();
    all.extend(cases::written()?);
    let mut grouped: BTreeMap<(String, String), Vec<Case>> = BTreeMap::new();
    for case in all {
        let place = (case.family.clone(), case.function.clone());
        grouped.entry(place).or_default().push(case);
    }
    let count = std::env::var("BOOKWRIGHT_CASES").ok();
    let count = count.map_or(Ok(GENERATED), |count| count.parse())?;
    for (number, batch) in generated(count).chunks(BATCH).enumerate() {
        let place = ("generated".to_owned(), format!("{number:03}"));
        grouped.insert(place, batch.to_vec());
    }
    Ok(grouped)
}

fn run(
    engine: &Engine,
    function: &str,
    cases: &[Case],
    tally: &Mutex<Tally>,
) -> Result<(), Failed> {
    let outcomes = match check(engine, cases) {
        Ok(outcomes) => outcomes,
        Err(reason) if engine.is_required() => return Err(reason.into()),
        Err(_) => return Ok(()),
    };
    tally
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .add(function, &outcomes);
    let failed: Vec<String> = cases
        .iter()
        .zip(&outcomes)
        .filter_map(|(case, outcome)| match outcome {
            Outcome::Failed(why) => Some(format!("{}\n  {why}", case.formula)),
            _ => None,
        })
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(failed.join("\n").into())
    }
}

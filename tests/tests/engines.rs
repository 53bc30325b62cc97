//! Every function on every engine: examples, written cases and generated formulas against the reference evaluator.
//!
//! `cargo test -p bookwright-tests --test engines -- duckdb::text` runs one family on one engine. Engines that cannot be
//! installed are skipped, unless `BOOKWRIGHT_REQUIRE=duckdb,postgres` names them. `BOOKWRIGHT_CASES` is the number of
//! generated formulas.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use bookwright_compiler::sql::dialect;
use bookwright_tests::engines::cases::{self, Case};
use bookwright_tests::engines::support::Tally;
use bookwright_tests::engines::{Engine, Outcome, check, generated, smallest, whole};
use bookwright_tests::literate;
use libtest_mimic::{Arguments, Failed, Trial};

/// Generated formulas per engine unless said.
const GENERATED: usize = 2_000;
/// Generated formulas in one trial.
const BATCH: usize = 50;

#[expect(clippy::print_stdout, reason = "the table is the result")]
fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::from_args();
    let cases = all()?;
    let mut trials = Vec::new();
    let mut tallies = Vec::new();
    for dialect in dialect::all() {
        let engine = Arc::new(Engine::new(dialect).map_err(anyhow::Error::msg)?);
        let tally = Arc::new(Mutex::new(Tally::default()));
        tallies.push((Arc::clone(&engine), Arc::clone(&tally)));
        let batches = cases.iter().filter(|((family, function), _)| {
            family != "generated"
                || function
                    .parse()
                    .is_ok_and(|batch: usize| batch < most(dialect.name()))
        });
        for ((family, function), cases) in batches {
            let name = format!("{}::{family}::{function}", dialect.name());
            let (engine, tally) = (Arc::clone(&engine), Arc::clone(&tally));
            let (function, cases) = (function.clone(), cases.clone());
            trials.push(Trial::test(name, move || {
                run(&engine, &function, &cases, &tally)
            }));
        }
    }
    let suite = suite()?;
    for (engine, tally) in &tallies {
        for (name, case) in &suite {
            let name = format!("{}::whole::{name}", engine.dialect.name());
            let (engine, tally, case) = (Arc::clone(engine), Arc::clone(tally), case.clone());
            trials.push(Trial::test(name, move || element(&engine, &case, &tally)));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    let filter = arguments.filter.as_deref();
    let mut failed = conclusion.has_failed();
    println!("engine      equal refused overflow excused failed");
    for (engine, tally) in tallies {
        let name = engine.dialect.name();
        if let Some(reason) = engine.absence() {
            println!("{name:<11} skipped: {reason}");
            continue;
        }
        let tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
        if tally.is_empty() {
            continue;
        }
        let everything = filter.is_none_or(|f| f == name) && arguments.skip.is_empty();
        let [equal, refused, overflow, excused, wrong] = tally.counts();
        println!("{name:<11} {equal:>5} {refused:>7} {overflow:>8} {excused:>7} {wrong:>6}");
        tally.write(name)?;
        for what in engine.exceptions.unused().iter().filter(|_| everything) {
            println!("{name}: the exception `{what}` is not needed");
            failed = true;
        }
        let unproven = tally.unproven(engine.dialect);
        let unexcused = |what: &&&str| everything && !engine.exceptions.lists(what);
        for what in unproven.iter().filter(unexcused) {
            println!("{name}: no case of `{what}` gave the right answer");
            failed = true;
        }
    }
    if failed {
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Most batches of generated formulas on an engine: Spark takes a second for what others do in a hundredth.
fn most(engine: &str) -> usize {
    match engine {
        "databricks" => 4,
        "snowflake" | "bigquery" => 12,
        _ => usize::MAX,
    }
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

/// The cases of the literate suite, by file and name.
fn suite() -> anyhow::Result<Vec<(String, literate::Case)>> {
    let mut cases = Vec::new();
    for file in literate::files()? {
        let stem = file.stem;
        cases.extend(file.cases.into_iter().map(|case| {
            let name = format!("{stem}: {}", case.name);
            (name, case)
        }));
    }
    Ok(cases)
}

fn element(engine: &Engine, case: &literate::Case, tally: &Mutex<Tally>) -> Result<(), Failed> {
    let outcomes = match whole(engine, case) {
        Ok(outcomes) => outcomes,
        Err(reason) if engine.absence().is_none() || engine.is_required() => {
            return Err(reason.into());
        }
        Err(_) => return Ok(()),
    };
    let (titles, outcomes): (Vec<_>, Vec<_>) = outcomes.into_iter().unzip();
    tally
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .add("elements", &outcomes);
    told(titles.iter().map(String::as_str), &outcomes)
}

fn told<'t>(titles: impl Iterator<Item = &'t str>, outcomes: &[Outcome]) -> Result<(), Failed> {
    let failed: Vec<String> = titles
        .zip(outcomes)
        .filter_map(|(title, outcome)| match outcome {
            Outcome::Failed(why) => Some(format!("{title}\n  {why}")),
            _ => None,
        })
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(failed.join("\n").into())
    }
}

fn run(
    engine: &Engine,
    function: &str,
    cases: &[Case],
    tally: &Mutex<Tally>,
) -> Result<(), Failed> {
    let mut outcomes = match check(engine, cases) {
        Ok(outcomes) => outcomes,
        Err(reason) if engine.is_required() => return Err(reason.into()),
        Err(_) => return Ok(()),
    };
    for (case, outcome) in cases.iter().zip(&mut outcomes) {
        if let Outcome::Failed(_) = outcome
            && let Some((formula, why)) = smallest(engine, case)
        {
            *outcome = Outcome::Failed(format!("because of {formula}\n  {why}"));
        }
    }
    let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
    tally.add(function, &outcomes);
    tally.prove(cases, &outcomes);
    told(cases.iter().map(|case| &*case.formula), &outcomes)
}

//! What runs where, as data and as a page.

use std::collections::{BTreeMap, BTreeSet};

use bookwright_compiler::formula::functions::{self, Category, Function, Kind, Lowering};
use bookwright_compiler::sql::dialect::{self, Dialect, Support};
use serde_json::json;

use super::cases::{Case, family};
use super::{Outcome, target};

/// Outcomes of one engine, by function.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    outcomes: BTreeMap<String, Vec<Outcome>>,
    /// Functions that a case with the right answer calls.
    proven: BTreeSet<&'static str>,
}

impl Tally {
    /// Adds what the cases of a function gave.
    pub fn add(&mut self, function: &str, outcomes: &[Outcome]) {
        let all = self.outcomes.entry(function.to_owned()).or_default();
        all.extend(outcomes.iter().cloned());
    }

    /// Notes what cases prove of the functions they call.
    pub fn prove(&mut self, cases: &[Case], outcomes: &[Outcome]) {
        for (case, outcome) in cases.iter().zip(outcomes) {
            if *outcome == Outcome::Equal {
                let calls = case.calls().into_iter().filter_map(functions::function);
                self.proven.extend(calls.map(|function| function.name));
            }
        }
    }

    /// Functions that the tables of a dialect have and that no case proves.
    pub fn unproven(&self, dialect: &dyn Dialect) -> Vec<&'static str> {
        let runs = |function: &&Function| {
            function.category != Category::Operator
                && function.lowering != Lowering::Replaced
                // What these give, only the engine knows.
                && function.lowering != Lowering::Passthrough
                && !matches!(dialect::support(dialect, function), Support::No(_))
        };
        let names = functions::all().filter(runs).map(|function| function.name);
        names.filter(|name| !self.proven.contains(name)).collect()
    }

    /// Whether nothing ran.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }

    /// Numbers of equal, refused, overflowing, excused and failed cases.
    pub fn counts(&self) -> [usize; 5] {
        counts(self.outcomes.values().flatten())
    }

    /// Writes `target/engine-support/ENGINE.json`: per function the counts, and the reasons of refusals.
    ///
    /// # Errors
    /// When the file cannot be written.
    #[expect(clippy::disallowed_methods, reason = "everything has run")]
    pub fn write(&self, engine: &str) -> std::io::Result<()> {
        let functions: BTreeMap<&str, _> = self
            .outcomes
            .iter()
            .map(|(function, outcomes)| {
                let [equal, refused, overflow, excused, failed] = counts(outcomes);
                let reasons: Vec<&String> = outcomes
                    .iter()
                    .filter_map(|outcome| match outcome {
                        Outcome::Refused(reason) => Some(reason),
                        _ => None,
                    })
                    .collect();
                let counts = json!({
                    "equal": equal, "refused": refused, "overflow": overflow, "excused": excused,
                    "failed": failed,
                    "reasons": reasons,
                });
                (function.as_str(), counts)
            })
            .collect();
        let folder = target().join("engine-support");
        std::fs::create_dir_all(&folder)?;
        let text = serde_json::to_string_pretty(&functions)?;
        std::fs::write(folder.join(format!("{engine}.json")), text)
    }
}

fn counts<'o>(outcomes: impl IntoIterator<Item = &'o Outcome>) -> [usize; 5] {
    let mut counts = [0; 5];
    for outcome in outcomes {
        let [equal, refused, overflow, excused, failed] = &mut counts;
        *match outcome {
            Outcome::Equal => equal,
            Outcome::Refused(_) => refused,
            Outcome::Overflow => overflow,
            Outcome::Excused(_) => excused,
            Outcome::Failed(_) => failed,
        } += 1;
    }
    counts
}

/// The page of what engines compute, from their tables.
pub fn page() -> String {
    let engines = dialect::all();
    let mut text = String::from(
        "# Engines\n\nGenerated from the tables of the dialects (`compiler/src/sql/dialect`). The test `engines` runs what says \
         yes and compares it with the reference evaluator.\n",
    );
    let mut last: Option<Category> = None;
    let known = functions::all().filter(|f| f.kind != Kind::Lookup);
    for function in known {
        if last != Some(function.category) {
            last = Some(function.category);
            let names: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
            let rule = "---|".repeat(engines.len() + 1);
            let family = family(function.category);
            let names = names.join(" | ");
            let heading = format!("\n## {family}\n\n| function | {names} |\n|{rule}\n");
            text.push_str(&heading);
        }
        let cells: Vec<String> = engines
            .iter()
            .map(|engine| match dialect::support(*engine, function) {
                Support::Yes => "yes".to_owned(),
                Support::Partly(reasons) => format!("partly: {}", reasons.join("; ")),
                Support::No(reason) => format!("no: {reason}"),
            })
            .collect();
        let name = function.name.replace('|', "\\|");
        let row = format!("| `{name}` | {} |\n", cells.join(" | "));
        text.push_str(&row);
    }
    text
}

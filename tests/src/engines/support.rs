//! What runs where, as data and as a page.

use std::collections::BTreeMap;

use bookwright_compiler::formula::functions::{self, Category, Kind};
use bookwright_compiler::sql::dialect::{self, Support};
use serde_json::json;

use super::cases::family;
use super::{Outcome, target};

/// Outcomes of one engine, by function.
#[derive(Clone, Debug, Default)]
pub struct Tally(BTreeMap<String, Vec<Outcome>>);

impl Tally {
    /// Adds what the cases of a function gave.
    pub fn add(&mut self, function: &str, outcomes: &[Outcome]) {
        let all = self.0.entry(function.to_owned()).or_default();
        all.extend(outcomes.iter().cloned());
    }

    /// Whether nothing ran.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Numbers of equal, refused, overflowing, excused and failed cases.
    pub fn counts(&self) -> [usize; 5] {
        let mut counts = [0; 5];
        for outcome in self.0.values().flatten() {
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

    /// Writes `target/engine-support/ENGINE.json`: per function the counts, and the reasons of refusals.
    ///
    /// # Errors
    /// When the file cannot be written.
    #[expect(clippy::disallowed_methods, reason = "everything has run")]
    pub fn write(&self, engine: &str) -> std::io::Result<()> {
        let functions: BTreeMap<&str, _> = self
            .0
            .iter()
            .map(|(function, outcomes)| {
                let [equal, refused, overflow, excused, failed] =
                    Self(BTreeMap::from([(String::new(), outcomes.clone())])).counts();
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

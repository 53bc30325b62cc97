//! `bookwright check [PATH…]`

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::PathBuf;

use bookwright_compiler::compile::Goal;
use bookwright_compiler::diag::render::{Counts, concise, human, json};
use bookwright_compiler::diag::{Diagnostics, Severity};
use bookwright_compiler::source::SourceMap;
use clap::{Args, ValueEnum};

use super::{Outcome, parts, place, terminal};
use crate::host::locate::Location;
use crate::session::choice::{Chosen, Findings, OpenError, choose};

/// Check workbooks: exit status 0 without errors, 1 with errors, 2 when it could not run
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Workbook files, projects or folders [default: the working directory]
    path: Vec<PathBuf>,
    /// The target they must run on; `sigma` judges whether they can move to the platform
    #[arg(long)]
    target: Option<String>,
    /// Form of the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Treat these as errors for the exit status
    #[arg(long, value_enum)]
    deny: Vec<Deny>,
    /// Tell on stderr where the time went
    #[arg(long)]
    timings: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One line each
    Concise,
    /// For programs
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

impl Check {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        if self.target.as_deref() == Some("sigma") {
            anyhow::bail!("judging portability to the platform is not part of this version");
        }
        let paths = if self.path.is_empty() {
            vec![PathBuf::from(".")]
        } else {
            self.path.clone()
        };
        let mut locations: Vec<Location> = Vec::new();
        for path in paths {
            for location in place::find_all(path)? {
                if !locations.contains(&location) {
                    locations.push(location);
                }
            }
        }
        let mut done = Checked::default();
        let mut failed = 0;
        for location in &locations {
            match self.check(location, locations.len() > 1) {
                Ok(checked) => done.add(checked),
                Err(error) if locations.len() > 1 => {
                    terminal::problem(&error.context(place::shown(&location.root)));
                    failed += 1;
                }
                Err(error) => return Err(error),
            }
        }
        done.findings.sort_by(|a, b| file(a).cmp(file(b)));
        done.findings
            .dedup_by(|a, b| file(a) == file(b) && rendered(a) == rendered(b));
        self.show(&done)?;
        if failed > 0 {
            anyhow::bail!("{failed} of {} could not be checked", locations.len());
        }
        if done.workbooks == 0 && done.findings.is_empty() {
            anyhow::bail!(OpenError::NoWorkbooks);
        }
        let found = |severity| {
            let mut all = done.findings.iter().flat_map(|one| one.diagnostics.iter());
            all.any(|d| d.severity == severity)
        };
        let found = found(Severity::Error)
            || (self.deny.contains(&Deny::Warnings) && found(Severity::Warning));
        Ok(if found { Outcome::Found } else { Outcome::Done })
    }

    /// Checks the workbooks of a location. Among `several`, one without workbooks is nothing to speak of, and paths
    /// begin at the working directory rather than in their project.
    fn check(&self, location: &Location, several: bool) -> anyhow::Result<Checked> {
        let mut checked = Checked::default();
        match choose(location, self.target.as_deref()) {
            Ok(chosen) => self.check_chosen(location, chosen, several, &mut checked)?,
            Err(OpenError::Project(findings)) => checked.findings.push(*findings),
            Err(error) => return Err(error.into()),
        }
        if several {
            let folder = place::shown(&location.root);
            for one in checked.findings.iter_mut().filter(|_| folder != ".") {
                one.sources.beneath(&folder);
            }
        }
        Ok(checked)
    }

    fn check_chosen(
        &self,
        location: &Location,
        chosen: Chosen,
        several: bool,
        checked: &mut Checked,
    ) -> anyhow::Result<()> {
        let paths = match place::workbooks(location, &chosen.project) {
            Err(_) if several => return Ok(()),
            paths => paths?,
        };
        let (built, seeds) = parts::build_all(location, &chosen, &paths, Goal::Check)?;
        checked.projects.insert(location.root.clone());
        checked.workbooks = paths.len();
        checked.findings.extend([chosen.findings, seeds]);
        checked.findings.extend(built.into_iter().map(|build| {
            if self.timings {
                terminal::notice(&format!("{}: {}", build.path, build.timing));
            }
            let mut diagnostics = build.compilation.diagnostics;
            diagnostics.sort();
            Findings {
                diagnostics,
                sources: build.compilation.sources,
            }
        }));
        Ok(())
    }

    fn show(&self, done: &Checked) -> anyhow::Result<()> {
        let all = &done.findings;
        match self.format {
            Format::Json => terminal::result_line(&to_json(all).to_string()),
            Format::Concise => terminal::result(&all.iter().map(rendered).collect::<String>()),
            Format::Human => {
                let colors = terminal::colors(std::io::stdout().is_terminal());
                for one in all {
                    // Each list counts its own findings; one count for all follows.
                    let text = human::render(&one.diagnostics, &one.sources, colors);
                    let counted = Counts::of(&one.diagnostics);
                    let body = text.strip_suffix(&format!("{counted}\n")).unwrap_or(&text);
                    terminal::result(body)?;
                }
                let counts = total(all);
                if counts == Counts::default() && all.iter().all(|one| one.diagnostics.is_empty()) {
                    let workbooks = amount(done.workbooks, "workbook");
                    let found = format!("{workbooks} checked, nothing found");
                    terminal::notice(&match done.projects.len() {
                        0 | 1 => found,
                        several => format!("{found} in {several} projects"),
                    });
                    return Ok(());
                }
                terminal::result_line(&match done.projects.len() {
                    0 | 1 => counts.to_string(),
                    several => {
                        let workbooks = amount(done.workbooks, "workbook");
                        format!("{counts} in {workbooks} of {several} projects")
                    }
                })
            }
        }
    }
}

/// What was checked.
#[derive(Default)]
struct Checked {
    projects: BTreeSet<PathBuf>,
    workbooks: usize,
    findings: Vec<Findings>,
}

impl Checked {
    fn add(&mut self, other: Self) {
        self.projects.extend(other.projects);
        self.workbooks += other.workbooks;
        self.findings.extend(other.findings);
    }
}

/// `1 workbook`, `2 workbooks`.
fn amount(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

fn file(findings: &Findings) -> &str {
    findings
        .sources
        .files()
        .next()
        .map_or("", |(_, file)| file.path.as_str())
}

fn rendered(findings: &Findings) -> String {
    concise::render(&findings.diagnostics, &findings.sources)
}

fn total(all: &[Findings]) -> Counts {
    all.iter()
        .map(|one| Counts::of(&one.diagnostics))
        .fold(Counts::default(), |sum, one| Counts {
            errors: sum.errors + one.errors,
            warnings: sum.warnings + one.warnings,
        })
}

fn to_json(all: &[Findings]) -> serde_json::Value {
    let mut list: Vec<serde_json::Value> = all
        .iter()
        .flat_map(|one| {
            one.diagnostics
                .iter()
                .map(|finding| json::finding(finding, &one.sources))
        })
        .collect();
    list.sort_by_key(|finding| {
        let number = |key: &str| finding[key].as_u64().unwrap_or_default();
        (
            finding["file"].as_str().unwrap_or_default().to_owned(),
            number("line"),
            number("column"),
        )
    });
    // A file that several workbooks include is checked with each of them.
    list.dedup();
    let count = |severity: &str| {
        list.iter()
            .filter(|finding| finding["severity"] == severity)
            .count()
    };
    let summary = serde_json::json!({ "errors": count("error"), "warnings": count("warning") });
    let mut value = json::value(&Diagnostics::default(), &SourceMap::default());
    value["diagnostics"] = list.into();
    value["summary"] = summary;
    value
}

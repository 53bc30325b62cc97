//! `bookwright check [PATH…]`

use std::io::IsTerminal;
use std::path::PathBuf;

use bookwright_compiler::compile::Goal;
use bookwright_compiler::diag::render::{Counts, concise, human, json};
use bookwright_compiler::diag::{Diagnostics, Severity};
use bookwright_compiler::source::SourceMap;
use clap::{Args, ValueEnum};

use super::{Outcome, parts, place, terminal};
use crate::host::locate::Location;
use crate::session::choice::{Findings, OpenError, choose};

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
        let (mut all, mut workbooks) = (Vec::new(), 0);
        for path in paths {
            workbooks += self.check(&place::find(Some(path))?, &mut all)?;
        }
        all.sort_by(|a, b| file(a).cmp(file(b)));
        all.dedup_by(|a, b| file(a) == file(b) && rendered(a) == rendered(b));
        self.show(&all, workbooks)?;
        let found = |severity| {
            all.iter()
                .flat_map(|one| one.diagnostics.iter())
                .any(|d| d.severity == severity)
        };
        let failed = found(Severity::Error)
            || (self.deny.contains(&Deny::Warnings) && found(Severity::Warning));
        Ok(if failed {
            Outcome::Found
        } else {
            Outcome::Done
        })
    }

    /// Checks the workbooks of a location; their number.
    fn check(&self, location: &Location, all: &mut Vec<Findings>) -> anyhow::Result<usize> {
        let chosen = match choose(location, self.target.as_deref()) {
            Ok(chosen) => chosen,
            Err(OpenError::Project(findings)) => {
                all.push(*findings);
                return Ok(0);
            }
            Err(error) => return Err(error.into()),
        };
        let paths = place::workbooks(location, &chosen.project)?;
        let built = parts::build_all(location, &chosen, &paths, Goal::Check)?;
        all.push(chosen.findings);
        let built = match built {
            Ok(built) => built,
            Err(findings) => {
                all.push(*findings);
                return Ok(0);
            }
        };
        all.extend(built.into_iter().map(|build| {
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
        Ok(paths.len())
    }

    fn show(&self, all: &[Findings], workbooks: usize) -> anyhow::Result<()> {
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
                    let noun = if workbooks == 1 {
                        "workbook"
                    } else {
                        "workbooks"
                    };
                    terminal::notice(&format!("{workbooks} {noun} checked, nothing found"));
                    return Ok(());
                }
                terminal::result_line(&counts.to_string())
            }
        }
    }
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

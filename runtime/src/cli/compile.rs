//! `bookwright compile PATH`

use std::path::PathBuf;

use anyhow::Context;
use bookwright_compiler::compile::Goal;
use bookwright_compiler::sql::dialect::{self, Dialect};
use clap::Args;
use clap::builder::PossibleValuesParser;

use super::{Outcome, parts, place, terminal};
use crate::session::choice::Findings;

/// Compile a workbook to its plan, or to the SQL of its elements
#[derive(Debug, Args)]
pub(crate) struct Compile {
    /// Workbook file, project or folder
    path: PathBuf,
    /// Write the plan to a file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print each element's statement in a dialect instead of the plan
    #[arg(long, value_parser = dialects(), value_name = "DIALECT", conflicts_with = "output")]
    sql: Option<String>,
    /// The target
    #[arg(long)]
    target: Option<String>,
}

/// Names of the dialects that statements can be printed in.
fn dialects() -> PossibleValuesParser {
    dialect::all().map(Dialect::name).into()
}

impl Compile {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let location = place::find(Some(self.path.clone()))?;
        let Some(chosen) = place::chosen(&location, self.target.as_deref()) else {
            return Ok(Outcome::Found);
        };
        let path = place::only(
            place::workbooks(&location, &chosen.project)?,
            "workbook",
            Clone::clone,
        )?;
        let (mut builds, seeds) =
            parts::build_all(&location, &chosen, std::slice::from_ref(&path), Goal::Plan)?;
        terminal::findings(&seeds);
        let build = builds.pop().context("the compiler gave no result")?;
        let mut diagnostics = build.compilation.diagnostics;
        diagnostics.sort();
        terminal::findings(&Findings {
            diagnostics,
            sources: build.compilation.sources,
        });
        let plan = build.compilation.plan;
        let Some(plan) = plan.filter(|_| seeds.diagnostics.is_empty()) else {
            return Ok(Outcome::Found);
        };
        let text = match self.sql.as_deref().and_then(dialect::named) {
            Some(dialect) => parts::statements(&plan, dialect)?,
            None => serde_json::to_string_pretty(&plan)? + "\n",
        };
        match &self.output {
            Some(file) => {
                #[expect(
                    clippy::disallowed_methods,
                    reason = "the command writes the file it is asked for"
                )]
                std::fs::write(file, text)
                    .with_context(|| format!("cannot write `{}`", file.display()))?;
            }
            None => terminal::result(&text)?,
        }
        Ok(Outcome::Done)
    }
}

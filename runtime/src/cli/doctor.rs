//! `bookwright doctor`

use std::path::PathBuf;

use bookwright_compiler::document::project::Mode;
use clap::Args;

use super::{Outcome, parts, place, terminal};
use crate::server::asset;
use crate::session::backend::{OpenRequest, Opened};

/// Tell what this program, this project and its target can do
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Workbook file, project or folder [default: the working directory]
    path: Option<PathBuf>,
    /// The target
    #[arg(long)]
    target: Option<String>,
}

impl Doctor {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        line("bookwright", env!("CARGO_PKG_VERSION"))?;
        line(
            "page",
            if asset::bundle().is_some() {
                "interactive"
            } else {
                "plain (built without Node)"
            },
        )?;
        let location = place::find(self.path)?;
        let Some(chosen) = place::chosen(&location, self.target.as_deref()) else {
            return Ok(Outcome::Found);
        };
        let name = if chosen.project.name.is_empty() {
            "(no project file)"
        } else {
            &chosen.project.name
        };
        line("project", name)?;
        let settings = &chosen.project.settings;
        line(
            "settings",
            &format!(
                "{}, {}, {}",
                settings.time_zone, settings.locale, settings.currency
            ),
        )?;
        let target = &chosen.target;
        let dialect = match target.dialect {
            Some(dialect) if target.mode == Mode::MockWarehouse => {
                format!(" as {}", dialect.as_str())
            }
            _ => String::new(),
        };
        line(
            "target",
            &format!(
                "{} ({}, {}{dialect})",
                target.name,
                target.mode.as_str(),
                target.adapter.as_str()
            ),
        )?;
        let workbooks = place::workbooks(&location, &chosen.project).unwrap_or_default();
        line("workbooks", &workbooks.join(", "))?;
        let opened = parts::block_on(async {
            Ok(crate::session::local::open(OpenRequest {
                root: &location.root,
                project: &chosen.project,
                target,
                progress: terminal::progress(),
            })
            .await
            .and_then(Opened::complete))
        })?;
        match opened {
            Ok(backend) => {
                line("tables", &backend.tables().names().join(", "))?;
                Ok(Outcome::Done)
            }
            Err(failure) => {
                line("tables", &format!("the target cannot be opened: {failure}"))?;
                Ok(Outcome::Found)
            }
        }
    }
}

fn line(what: &str, says: &str) -> anyhow::Result<()> {
    terminal::result_line(&format!("{what:<12}{says}"))
}

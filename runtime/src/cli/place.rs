//! PATH arguments.

use std::path::PathBuf;

use anyhow::{Context, bail};
use bookwright_compiler::project::Project;

use crate::host::locate::{Location, locate};
use crate::host::{FsHost, NoTables};
use crate::session::choice::{Chosen, OpenError, choose};

use super::terminal;

/// A PATH, the working directory unless said.
pub(crate) fn find(path: Option<PathBuf>) -> anyhow::Result<Location> {
    locate(&path.unwrap_or_else(|| PathBuf::from("."))).map_err(anyhow::Error::msg)
}

/// The project of a location and its target. Findings are shown; `None` when they are errors.
pub(crate) fn chosen(location: &Location, target: Option<&str>) -> Option<Chosen> {
    match choose(location, target) {
        Ok(chosen) => {
            terminal::findings(&chosen.findings);
            Some(chosen)
        }
        Err(OpenError::Project(findings)) => {
            terminal::findings(&findings);
            None
        }
        // `choose` reads the project file and nothing else.
        Err(OpenError::Target { .. } | OpenError::NoWorkbooks) => None,
    }
}

/// Workbook files of a location.
pub(crate) fn workbooks(location: &Location, project: &Project) -> anyhow::Result<Vec<String>> {
    let host = FsHost::new(
        location.root.clone(),
        std::sync::Arc::new(NoTables),
        std::sync::Arc::default(),
    );
    let paths = location.part.workbooks(project, &host);
    if paths.is_empty() {
        bail!("there is no workbook here: no file with a `workbook:` key at its top level");
    }
    Ok(paths)
}

/// The only one of several things, or an error that lists them.
pub(crate) fn only<T>(
    mut found: Vec<T>,
    what: &str,
    name: impl Fn(&T) -> String,
) -> anyhow::Result<T> {
    if found.len() > 1 {
        let names: Vec<String> = found
            .iter()
            .map(|thing| format!("`{}`", name(thing)))
            .collect();
        bail!(
            "there are several {what}s here, name one of them: {}",
            names.join(", ")
        );
    }
    found
        .pop()
        .with_context(|| format!("there is no {what} here"))
}

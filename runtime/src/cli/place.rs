//! PATH arguments.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bookwright_compiler::project::Project;

use crate::host::locate::{Location, Part, locate};
use crate::host::{FsHost, NoTables};
use crate::session::choice::{Chosen, OpenError, choose};

use super::terminal;

/// A PATH, the working directory unless said.
pub(crate) fn find(path: Option<PathBuf>) -> anyhow::Result<Location> {
    locate(&path.unwrap_or_else(|| PathBuf::from("."))).map_err(anyhow::Error::msg)
}

/// The projects of a PATH: its own, and those in the folder that it means. A folder that only holds projects is none.
pub(crate) fn find_all(path: PathBuf) -> anyhow::Result<Vec<Location>> {
    let mut found = find(Some(path))?.with_inner();
    if let [
        outer @ Location {
            part: Part::Folder(_),
            ..
        },
        _,
        ..,
    ] = found.as_slice()
        && workbooks(outer, &Project::default()).is_err()
    {
        found.remove(0);
    }
    Ok(found)
}

/// A folder as people write it: below the working directory where it lies there.
pub(crate) fn shown(folder: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "this is the command line")]
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let below = here.ok().and_then(|here| folder.strip_prefix(here).ok());
    match below {
        Some(here) if here.as_os_str().is_empty() => ".".to_owned(),
        below => below.unwrap_or(folder).display().to_string(),
    }
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
    if !paths.is_empty() {
        return Ok(paths);
    }
    let inner = location.clone().with_inner();
    let inner: Vec<String> = inner[1..]
        .iter()
        .map(|inner| format!("`{}`", shown(&inner.root)))
        .collect();
    if inner.is_empty() {
        return Err(OpenError::NoWorkbooks.into());
    }
    bail!(
        "there are several projects here, name one of them: {}",
        inner.join(", ")
    );
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

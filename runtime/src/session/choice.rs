//! The project file, read, and the target chosen for it; and why either cannot be had.

use std::path::Path;
use std::sync::Arc;

use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::project::{self, Project, ResolvedTarget, resolve_target};
use bookwright_compiler::source::SourceMap;

use super::backend::Failure;
use super::finding::{self, at_start};
use super::seeding;
use crate::host::locate::Location;
use crate::host::{Asked, FsHost, NoTables};
use crate::protocol::live::DiagnosticView;

/// Why a project cannot run.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The project file, the choice of a target or a seed file is wrong.
    #[error("the project has errors")]
    Project(Box<Findings>),
    /// The target's data cannot be opened.
    #[error("the target `{target}` cannot be opened: {failure}")]
    Target {
        /// Name of the target.
        target: String,
        /// Why.
        failure: Failure,
    },
    /// There is nothing to show.
    #[error("there is no workbook here: no file with a `workbook:` key at its top level")]
    NoWorkbooks,
}

/// Diagnostics with the texts they stand in.
#[derive(Debug, Default)]
pub struct Findings {
    /// The findings, sorted.
    pub diagnostics: Diagnostics,
    /// The texts.
    pub sources: SourceMap,
}

/// A project and the target chosen for it.
#[derive(Debug)]
pub struct Chosen {
    /// The project.
    pub project: Project,
    /// Its target.
    pub target: ResolvedTarget,
    /// Files and globs that the choice depends on.
    pub asked: Asked,
    /// Warnings.
    pub findings: Findings,
}

/// Reads the project file and chooses the target.
///
/// # Errors
/// [`OpenError::Project`] when either has errors.
pub fn choose(location: &Location, target: Option<&str>) -> Result<Chosen, OpenError> {
    let host = FsHost::new(location.root.clone(), Arc::new(NoTables), Arc::default());
    let mut findings = Findings::default();
    let project = project::load(&host, &mut findings.sources, &mut findings.diagnostics);
    let target = resolve_target(&project, target, &host, &mut findings.diagnostics);
    findings.diagnostics.sort();
    match target {
        Some(target) if !findings.diagnostics.has_errors() => {
            // Listed here so that a new workbook or seed is noticed.
            location.part.workbooks(&project, &host);
            for seed in &project.seeds {
                bookwright_compiler::host::Host::list(&host, &seed.pattern);
            }
            Ok(Chosen {
                project,
                target,
                asked: host.asked(),
                findings,
            })
        }
        _ => Err(OpenError::Project(Box::new(findings))),
    }
}

impl OpenError {
    /// A target of a project folder that cannot be opened; what is wrong with seeds is shown in their files.
    pub fn opening(root: &Path, target: &str, failure: Failure) -> Self {
        if failure.seeds.is_empty() {
            return Self::Target {
                target: target.to_owned(),
                failure,
            };
        }
        Self::Project(Box::new(seeding::findings(root, &failure.seeds)))
    }

    /// The error as findings for pages.
    pub fn views(&self) -> Vec<DiagnosticView> {
        match self {
            OpenError::Project(findings) => {
                finding::views(&findings.diagnostics, &findings.sources)
            }
            OpenError::Target { failure, .. } => {
                vec![at_start(
                    project::load::FILE,
                    failure.code.name,
                    &self.to_string(),
                )]
            }
            OpenError::NoWorkbooks => Vec::new(),
        }
    }
}

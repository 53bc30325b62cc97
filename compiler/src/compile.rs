//! From files to plan: the stages in order.

mod consequences;
mod edits;

use crate::diag::Diagnostics;
use crate::host::Host;
use crate::plan::{Feature, Plan};
use crate::project::Project;
use crate::source::SourceMap;

/// What came out of compiling one workbook.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// The plan; `None` when there are errors.
    pub plan: Option<Plan>,
    /// Everything found, sorted.
    pub diagnostics: Diagnostics,
    /// Texts that were read, for rendering.
    pub sources: SourceMap,
    /// Paths that were asked for, found or not, relative to the project, sorted: what a watcher watches.
    pub dependencies: Vec<String>,
}

/// Compiles the workbook at `path` (relative to the project).
pub fn compile(host: &dyn Host, project: &Project, path: &str) -> Compilation {
    let mut sources = SourceMap::default();
    let mut sink = Diagnostics::default();
    let loaded = crate::document::load::load(host, path, &mut sources, &mut sink);
    let mut dependencies = loaded.dependencies;
    let mut plan = None;
    if let Some(workbook) = &loaded.workbook {
        let model = crate::resolve::resolve(workbook, loaded.failed, &mut sink);
        plan = crate::emit::emit(
            host,
            workbook,
            &model,
            &project.settings,
            &sources,
            &mut sink,
        );
    }
    if let Some(plan) = &plan {
        dependencies.extend(plan.files.iter().cloned());
    }
    consequences::drop(&mut sink, &sources);
    sink.sort();
    edits::fit(&mut sink, &sources);
    Compilation {
        plan,
        diagnostics: sink,
        sources,
        dependencies: dependencies.into_iter().collect(),
    }
}

impl Feature {
    /// The ability in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::InputTables => "input tables",
            Self::Passthrough => "calls of warehouse functions",
            Self::Geography => "geography",
            Self::Percentiles => "exact percentiles",
            Self::RegularExpressions => "regular expressions",
            Self::CustomSql => "custom SQL",
            Self::Seeds => "loading of seed files",
        }
    }
}

#[cfg(test)]
mod tests;

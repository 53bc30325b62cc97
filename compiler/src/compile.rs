//! From files to plan: the stages in order.

mod consequences;
mod edits;

use crate::diag::codes::names::DUPLICATE_ID;
use crate::diag::codes::target::UNSUPPORTED_FEATURE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::workbook::Workbook;
use crate::host::Host;
use crate::plan::{Feature, Plan};
use crate::project::Project;
use crate::source::SourceMap;
use crate::span::Span;

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
    /// Where the workbook says its id: `id:`, else its name.
    pub named: Span,
}

/// A part of compiling, for those who measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// From files to a document.
    Parse,
    /// From the document to a plan: names, types, relations.
    Check,
}

/// Compiles the workbook at `path` (relative to the project).
pub fn compile(host: &dyn Host, project: &Project, path: &str) -> Compilation {
    compile_observed(host, project, path, &mut |_| ())
}

/// As [`compile`]; `begin` is told of each stage as it begins.
pub fn compile_observed(
    host: &dyn Host,
    project: &Project,
    path: &str,
    begin: &mut dyn FnMut(Stage),
) -> Compilation {
    begin(Stage::Parse);
    let mut sources = SourceMap::default();
    let mut sink = Diagnostics::default();
    let loaded = crate::document::load::load(host, path, &mut sources, &mut sink);
    let mut dependencies = loaded.dependencies;
    begin(Stage::Check);
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
        named: loaded.workbook.as_ref().map(named).unwrap_or_default(),
    }
}

fn named(workbook: &Workbook) -> Span {
    let name = workbook.id.as_ref().or(workbook.workbook.as_ref());
    name.map(|name| name.span).unwrap_or_default()
}

impl Compilation {
    /// Takes the plan away because the target lacks an ability; `why` is a sentence for the author.
    pub fn refuse(&mut self, feature: Feature, why: &str) {
        let span = match (feature, &self.plan) {
            (Feature::InputTables, Some(plan)) => self.input_table(plan).unwrap_or(self.named),
            _ => self.named,
        };
        self.stop(Diagnostic::new(&UNSUPPORTED_FEATURE, span, why));
    }

    /// Takes the plan away because the workbook in the file `other` has the same id.
    pub fn refuse_id(&mut self, other: &str) {
        if let Some(plan) = &self.plan {
            let sentence = format!(
                "the workbook has the id `{}`, as that of `{other}`",
                plan.id
            );
            self.stop(
                Diagnostic::new(&DUPLICATE_ID, self.named, sentence)
                    .help("ids are derived from names: add `id:` with another id to one of them"),
            );
        }
    }

    fn stop(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
        self.diagnostics.sort();
        self.plan = None;
    }

    /// Where the first input table was written.
    fn input_table(&self, plan: &Plan) -> Option<Span> {
        let origin = plan.origins.get(&plan.input_tables.first()?.1.id)?;
        let (id, file) = self
            .sources
            .files()
            .find(|(_, file)| file.path == origin.file)?;
        let at = file.offset(origin.line, origin.column);
        Some(Span::new(id, at, at))
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

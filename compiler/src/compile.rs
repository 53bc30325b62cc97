//! From files to plan: the stages in order.

mod consequences;
mod edits;
mod memory;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use memory::Lowered;
pub use memory::Memory;

use crate::diag::codes::names::DUPLICATE_ID;
use crate::diag::codes::target::UNSUPPORTED_FEATURE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::workbook::Workbook;
use crate::formula::functions::{self, Category};
use crate::host::Host;
use crate::plan::{Feature, Plan};
use crate::project::Project;
use crate::source::SourceMap;
use crate::span::Span;

/// What came out of compiling one workbook.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// The plan; `None` when there are errors, or when only a check was asked for.
    pub plan: Option<Arc<Plan>>,
    /// Id of the workbook; `None` when its file could not be read.
    pub id: Option<String>,
    /// Abilities the target must have, each with the first place that asks for it.
    pub needs: BTreeMap<Feature, Span>,
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

/// How far to go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Goal {
    /// Everything that can be wrong is found; no plan is made.
    Check,
    /// The plan too. Making it finds nothing more.
    Plan,
}

/// Compiles the workbook at `path` (relative to the project).
pub fn compile(host: &dyn Host, project: &Project, path: &str) -> Compilation {
    let mut memory = Memory::forgetful();
    compile_observed(host, project, path, Goal::Plan, &mut memory, &mut |_| ())
}

/// As [`compile`], to a goal and with what is remembered of the same workbook; `begin` is told of each stage as it
/// begins.
pub fn compile_observed(
    host: &dyn Host,
    project: &Project,
    path: &str,
    goal: Goal,
    memory: &mut Memory,
    begin: &mut dyn FnMut(Stage),
) -> Compilation {
    begin(Stage::Parse);
    let mut sources = SourceMap::default();
    let mut sink = Diagnostics::default();
    let loaded =
        crate::document::load::load(host, path, &mut sources, &mut memory.files, &mut sink);
    let mut dependencies = loaded.dependencies;
    begin(Stage::Check);
    let mut plan = None;
    let mut needs = BTreeMap::new();
    if let Some(document) = &loaded.document {
        let model = crate::resolve::resolve(document, loaded.failed, &mut sink);
        memory.enter(&model, &project.settings);
        let outcome = crate::emit::emit(
            (host, goal),
            document,
            &model,
            (&project.settings, memory),
            &sources,
            &mut sink,
        );
        dependencies.extend(outcome.files);
        plan = outcome.plan.map(Arc::new);
        needs = outcome.needs;
    }
    consequences::drop(&mut sink, &sources);
    sink.sort();
    edits::fit(&mut sink, &sources);
    let main = loaded.document.as_ref().map(|document| &*document.main);
    let compilation = Compilation {
        plan,
        id: main.map(crate::resolve::ids::workbook),
        needs,
        diagnostics: sink,
        sources,
        dependencies: dependencies.into_iter().collect(),
        named: main.map(named).unwrap_or_default(),
    };
    if let Some(document) = loaded.document {
        memory.keep(document);
    }
    compilation
}

fn named(workbook: &Workbook) -> Span {
    let name = workbook.id.as_ref().or(workbook.workbook.as_ref());
    name.map(|name| name.span).unwrap_or_default()
}

impl Compilation {
    /// Takes the plan away because the target lacks an ability; `why` is a sentence for the author.
    pub fn refuse(&mut self, feature: Feature, why: &str) {
        let span = self.needs.get(&feature).copied().unwrap_or(self.named);
        self.stop(Diagnostic::new(&UNSUPPORTED_FEATURE, span, why));
    }

    /// Takes the plan away because the workbook in the file `other` has the same id.
    pub fn refuse_id(&mut self, other: &str) {
        if let Some(id) = &self.id {
            let sentence = format!("the workbook has the id `{id}`, as that of `{other}`");
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
}

impl Feature {
    /// The ability that a function needs, by its canonical name.
    pub(crate) fn behind(function: &str) -> Option<Self> {
        match function {
            "Median" | "PercentileCont" | "PercentileDisc" => Some(Self::Percentiles),
            _ if function.starts_with("Regexp") => Some(Self::RegularExpressions),
            _ => match functions::function(function)?.category {
                Category::Passthrough => Some(Self::Passthrough),
                Category::Geography => Some(Self::Geography),
                _ => None,
            },
        }
    }

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

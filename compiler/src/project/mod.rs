//! The project: targets, settings, and which files are workbooks and seeds.

pub mod environment;
pub mod load;
pub mod settings;
pub mod target;
mod variables;
pub mod workbooks;

pub use load::load;
pub use target::{ResolvedTarget, resolve_target};

use indexmap::IndexMap;

use crate::document::project::{AdapterName, DialectName, Mode};
use crate::plan::Settings;
use crate::span::Span;
use crate::value::Type;

/// A project file, read and checked; without a file, a project with the default standalone target.
#[derive(Clone, Debug)]
pub struct Project {
    /// Name.
    pub name: String,
    /// Target when none is asked for.
    pub default_target: Option<String>,
    /// Targets by name, environment references not resolved yet.
    pub targets: IndexMap<String, Target>,
    /// Globs of workbook files.
    pub workbooks: Vec<String>,
    /// Seed files.
    pub seeds: Vec<Seed>,
    /// Meaning of dates and numbers.
    pub settings: Settings,
}

impl Default for Project {
    /// A project without a file: no targets, workbooks and seeds in their usual folders.
    fn default() -> Self {
        Self {
            name: String::new(),
            default_target: None,
            targets: IndexMap::new(),
            workbooks: vec!["workbooks/*.yaml".to_owned()],
            seeds: Vec::new(),
            settings: Settings::default(),
        }
    }
}

/// A target as written. `resolve` gives its options with the environment filled in.
#[derive(Clone, Debug)]
pub struct Target {
    /// Name.
    pub name: String,
    /// Kind.
    pub mode: Mode,
    /// Engine.
    pub adapter: AdapterName,
    /// Warehouse a mock target behaves like.
    pub dialect: Option<DialectName>,
    /// Text options (`database`, `url`, `write_schema` …) with their places, `${NAME}` not resolved.
    pub options: IndexMap<String, crate::document::primitive::Text>,
    /// How a mock target answers.
    pub mock: MockSettings,
    /// Whether input tables may be written; yes unless said.
    pub write_access: bool,
    /// Where it was written; `None` for the default target.
    pub span: Option<Span>,
}

/// How a mock target answers: slowly, few at once, not for long, not always. Zero is none of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MockSettings {
    /// Milliseconds every statement waits.
    pub latency_ms: u32,
    /// Statements that run at once.
    pub max_statements: u32,
    /// Milliseconds after which a statement is stopped.
    pub statement_limit_ms: u32,
    /// Each statement whose number this divides fails for the moment.
    pub fail_every: u32,
}

/// A seed file or a glob of them.
#[derive(Clone, Debug)]
pub struct Seed {
    /// Path or glob relative to the project, environment references resolved.
    pub pattern: String,
    /// Table name that replaces the derived one.
    pub table: Option<String>,
    /// Types that replace inferred ones, by column.
    pub types: IndexMap<String, Type>,
}

#[cfg(test)]
mod tests;

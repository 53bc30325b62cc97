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
    /// Milliseconds every statement of a mock target waits.
    pub latency_ms: u32,
    /// Whether input tables may be written; yes unless said.
    pub write_access: bool,
    /// Where it was written; `None` for the default target.
    pub span: Option<Span>,
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

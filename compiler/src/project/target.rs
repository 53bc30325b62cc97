//! Choosing a target and filling in its environment references.

use indexmap::IndexMap;

use super::environment::substitute;
use super::variables::{self, Asked};
use super::{MockSettings, Project, Target};
use crate::diag::codes::project::{AMBIGUOUS_TARGET, INCOMPLETE_TARGET, UNKNOWN_TARGET};
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::document::primitive::Text;
use crate::document::project::{AdapterName, DialectName, Mode};
use crate::host::Host;
use crate::span::Span;

/// A target with everything filled in. Its `Debug` form names options without their values: they may be secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct ResolvedTarget {
    /// Name.
    pub name: String,
    /// Kind.
    pub mode: Mode,
    /// Engine.
    pub adapter: AdapterName,
    /// Warehouse a mock target behaves like.
    pub dialect: Option<DialectName>,
    /// Options (`database`, `url`, `write_schema` …).
    pub options: IndexMap<String, String>,
    /// How a mock target answers.
    pub mock: MockSettings,
    /// Whether input tables may be written.
    pub write_access: bool,
}

impl std::fmt::Debug for ResolvedTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResolvedTarget")
            .field("name", &self.name)
            .field("mode", &self.mode)
            .field("adapter", &self.adapter)
            .field("dialect", &self.dialect)
            .field("options", &self.options.keys())
            .field("mock", &self.mock)
            .field("write_access", &self.write_access)
            .finish()
    }
}

/// The target to use: the one `name`d (`--target`), else the one the environment asks for, else `default_target`, else
/// the only one. `None` after a finding. Findings without a place in a file stand at the start of the project file,
/// the first file of the source map that [`load`](super::load::load) filled.
pub fn resolve_target(
    project: &Project,
    name: Option<&str>,
    host: &dyn Host,
    sink: &mut Diagnostics,
) -> Option<ResolvedTarget> {
    let target = match name {
        Some(name) => named(project, name, "--target", sink)?,
        None => match variables::read(host, sink)? {
            Some(asked) => of_mode(project, asked, sink)?,
            None => default_target(project, sink)?,
        },
    };
    fill_in(&target, host, sink)
}

/// The standalone target of a project that defines none.
pub fn standalone() -> Target {
    built_in("local", Mode::Standalone, None, ".bookwright/local.db")
}

fn built_in(name: &str, mode: Mode, dialect: Option<DialectName>, database: &str) -> Target {
    Target {
        name: name.to_owned(),
        mode,
        adapter: AdapterName::Sqlite,
        dialect,
        options: [(
            "database".to_owned(),
            Text::new(database.to_owned(), Span::default()),
        )]
        .into(),
        mock: MockSettings::default(),
        write_access: true,
        span: None,
    }
}

fn named(project: &Project, name: &str, by: &str, sink: &mut Diagnostics) -> Option<Target> {
    if let Some(target) = project.targets.get(name) {
        return Some(target.clone());
    }
    let mut finding = Diagnostic::new(
        &UNKNOWN_TARGET,
        Span::default(),
        format!(
            "{by}: the project has no target `{name}`; it has {}",
            list(project.targets.keys())
        ),
    );
    if let Some(near) = nearest(name, project.targets.keys().map(String::as_str)) {
        finding = finding.help(format!("there is a target `{near}`"));
    }
    sink.push(finding);
    None
}

fn default_target(project: &Project, sink: &mut Diagnostics) -> Option<Target> {
    match (&project.default_target, project.targets.len()) {
        (Some(name), _) => named(project, name, "default_target", sink),
        (None, 1) => project.targets.values().next().cloned(),
        (None, _) => {
            sink.push(
                Diagnostic::new(
                    &AMBIGUOUS_TARGET,
                    Span::default(),
                    format!(
                        "several targets and none chosen: {}",
                        list(project.targets.keys())
                    ),
                )
                .help("pass `--target NAME`, or set `default_target`"),
            );
            None
        }
    }
}

/// The target that the environment asks for, with what else it says about it.
fn of_mode(project: &Project, asked: Asked, sink: &mut Diagnostics) -> Option<Target> {
    let mut target = fitting(project, &asked, sink)?;
    if target.mode == Mode::MockWarehouse {
        target.dialect = asked.dialect.or(target.dialect);
        target.mock.latency_ms = asked.latency_ms.unwrap_or(target.mock.latency_ms);
        if let Some(file) = asked.database {
            // A variable holds a path as it is: `$` in it refers to nothing.
            let path = Text::new(file.replace('$', "$$"), target.span.unwrap_or_default());
            target.options.insert("database".to_owned(), path);
        }
    }
    Some(target)
}

/// The target of a mode: the default one when it fits, the only one that fits, else a built-in one.
fn fitting(project: &Project, asked: &Asked, sink: &mut Diagnostics) -> Option<Target> {
    let (mode, dialect) = (asked.mode, asked.dialect);
    let fits = |target: &&Target| {
        target.mode == mode
            && dialect.is_none_or(|wanted| warehouse(target).is_none_or(|has| has == wanted))
    };
    let default = project
        .default_target
        .as_ref()
        .and_then(|name| project.targets.get(name));
    if let Some(target) = default.filter(fits) {
        return Some(target.clone());
    }
    let fitting: Vec<&Target> = project.targets.values().filter(fits).collect();
    match (fitting.as_slice(), mode) {
        ([target], _) => Some((*target).clone()),
        ([], Mode::Standalone) => Some(standalone()),
        ([], Mode::MockWarehouse) => Some(built_in(
            "mock",
            mode,
            Some(dialect.unwrap_or(DialectName::Snowflake)),
            ".bookwright/mock.db",
        )),
        ([], Mode::Sigma) => {
            sink.push(Diagnostic::new(
                &UNKNOWN_TARGET,
                Span::default(),
                format!(
                    "`{}` asks for a warehouse, and the project has no such target of mode `sigma`",
                    asked.variable
                ),
            ));
            None
        }
        (several, _) => {
            sink.push(
                Diagnostic::new(
                    &AMBIGUOUS_TARGET,
                    Span::default(),
                    format!(
                        "`{}` asks for mode `{}`, which several targets have: {}",
                        asked.variable,
                        mode.as_str(),
                        list(several.iter().map(|target| &target.name))
                    ),
                )
                .help("pass `--target NAME`"),
            );
            None
        }
    }
}

/// The warehouse a target is or behaves like.
fn warehouse(target: &Target) -> Option<DialectName> {
    match target.adapter {
        AdapterName::Snowflake => Some(DialectName::Snowflake),
        AdapterName::Bigquery => Some(DialectName::Bigquery),
        AdapterName::Databricks => Some(DialectName::Databricks),
        AdapterName::Postgres => Some(DialectName::Postgres),
        AdapterName::Sqlite | AdapterName::Duckdb => target.dialect,
    }
}

fn fill_in(target: &Target, host: &dyn Host, sink: &mut Diagnostics) -> Option<ResolvedTarget> {
    if target.mode == Mode::Sigma && target.adapter == AdapterName::Sqlite {
        sink.push(
            Diagnostic::new(
                &INCOMPLETE_TARGET,
                target.span.unwrap_or_default(),
                format!("target `{}` has mode `sigma` and no warehouse", target.name),
            )
            .help("add `adapter: postgres`, `snowflake`, `bigquery` or `databricks`"),
        );
        return None;
    }
    // Every option is filled in before giving up, so that all missing variables are told at once.
    let options: Vec<Option<(String, String)>> = target
        .options
        .iter()
        .map(|(key, text)| Some((key.clone(), substitute(text, host, sink)?)))
        .collect();
    Some(ResolvedTarget {
        name: target.name.clone(),
        mode: target.mode,
        adapter: target.adapter,
        dialect: target.dialect,
        options: options.into_iter().collect::<Option<_>>()?,
        mock: target.mock,
        write_access: target.write_access,
    })
}

/// Names for a message.
pub(super) fn list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let names: Vec<String> = names
        .into_iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    names.join(", ")
}

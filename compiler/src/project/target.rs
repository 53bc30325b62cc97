//! Choosing a target and filling in its environment references.

use indexmap::IndexMap;

use super::environment::substitute;
use super::{Project, Target};
use crate::diag::codes::project::{
    AMBIGUOUS_TARGET, CONTRADICTORY_ENVIRONMENT, INCOMPLETE_TARGET, UNKNOWN_TARGET,
};
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
    /// Milliseconds every statement of a mock target waits.
    pub latency_ms: u32,
}

impl std::fmt::Debug for ResolvedTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResolvedTarget")
            .field("name", &self.name)
            .field("mode", &self.mode)
            .field("adapter", &self.adapter)
            .field("dialect", &self.dialect)
            .field("options", &self.options.keys())
            .field("latency_ms", &self.latency_ms)
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
        None => match asked_by_environment(project, host, sink)? {
            Some(target) => target,
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
        latency_ms: 0,
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

/// A variable of the original application and what its value asks for.
struct Wish<T> {
    variable: &'static str,
    value: String,
    meaning: T,
}

/// The target that the environment alone selects; `None` after a finding, `Some(None)` when it selects none.
fn asked_by_environment(
    project: &Project,
    host: &dyn Host,
    sink: &mut Diagnostics,
) -> Option<Option<Target>> {
    let modes = [
        wish(host, "SIGMA_MODE", &SIGMA_MODES, sink)?,
        wish(host, "DATABASE_MODE", &DATABASE_MODES, sink)?,
    ];
    let mock_dialects = [
        wish(host, "MOCK_WAREHOUSE_DIALECT", &DIALECTS, sink)?,
        wish(host, "MOCK_WAREHOUSE_TYPE", &DIALECTS, sink)?,
    ];
    let mock_dialect = agree(mock_dialects, sink)?;
    let mode = match agree(modes, sink)? {
        Some(wish) => wish.meaning,
        None if mock_dialect.is_some() => Mode::MockWarehouse,
        None => return Some(None),
    };
    let warehouse = wish(host, "SIGMA_WAREHOUSE_TYPE", &DIALECTS, sink)?;
    let dialect = match mode {
        Mode::Standalone => None,
        Mode::MockWarehouse => agree([mock_dialect, warehouse], sink)?,
        Mode::Sigma => warehouse,
    };
    of_mode(project, mode, dialect.map(|wish| wish.meaning), sink).map(Some)
}

const SIGMA_MODES: [(&str, Mode); 3] = [
    ("standalone", Mode::Standalone),
    ("mock_warehouse", Mode::MockWarehouse),
    ("sigma", Mode::Sigma),
];
const DATABASE_MODES: [(&str, Mode); 3] = [
    ("sqlite", Mode::Standalone),
    ("mock_warehouse", Mode::MockWarehouse),
    ("real_warehouse", Mode::Sigma),
];
const DIALECTS: [(&str, DialectName); 4] = [
    ("snowflake", DialectName::Snowflake),
    ("bigquery", DialectName::Bigquery),
    ("databricks", DialectName::Databricks),
    ("postgres", DialectName::Postgres),
];

/// Reads one variable; an empty one counts as not set. `None` after a finding.
fn wish<T: Copy>(
    host: &dyn Host,
    variable: &'static str,
    words: &[(&str, T)],
    sink: &mut Diagnostics,
) -> Option<Option<Wish<T>>> {
    let Some(value) = host.env(variable).filter(|value| !value.is_empty()) else {
        return Some(None);
    };
    if let Some((_, meaning)) = words
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(&value))
    {
        return Some(Some(Wish {
            variable,
            value,
            meaning: *meaning,
        }));
    }
    sink.push(Diagnostic::new(
        &UNKNOWN_TARGET,
        Span::default(),
        format!(
            "the environment variable `{variable}` is `{value}`; expected {}",
            list(words.iter().map(|(word, _)| word))
        ),
    ));
    None
}

/// The common meaning of two variables. `None` after a finding.
fn agree<T: PartialEq>(
    wishes: [Option<Wish<T>>; 2],
    sink: &mut Diagnostics,
) -> Option<Option<Wish<T>>> {
    match wishes {
        [Some(a), Some(b)] if a.meaning != b.meaning => {
            sink.push(
                Diagnostic::new(
                    &CONTRADICTORY_ENVIRONMENT,
                    Span::default(),
                    format!(
                        "`{}={}` and `{}={}` ask for different targets",
                        a.variable, a.value, b.variable, b.value
                    ),
                )
                .help("unset one of them, or pass `--target NAME`"),
            );
            None
        }
        [a, b] => Some(a.or(b)),
    }
}

/// The target of a mode: the default one when it fits, the only one that fits, else a built-in one.
fn of_mode(
    project: &Project,
    mode: Mode,
    dialect: Option<DialectName>,
    sink: &mut Diagnostics,
) -> Option<Target> {
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
                "the environment asks for a warehouse, and the project has no such target of mode `sigma`",
            ));
            None
        }
        (several, _) => {
            sink.push(
                Diagnostic::new(
                    &AMBIGUOUS_TARGET,
                    Span::default(),
                    format!(
                        "the environment asks for mode `{}`, which several targets have: {}",
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
        latency_ms: target.latency_ms,
    })
}

fn list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let names: Vec<String> = names
        .into_iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    names.join(", ")
}

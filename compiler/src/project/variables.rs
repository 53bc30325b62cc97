//! Environment variables of the original application: which mode they ask for, and with what.

use super::target::list;
use crate::diag::codes::project::{CONTRADICTORY_ENVIRONMENT, INVALID_SETTING, UNKNOWN_TARGET};
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::project::{DialectName, Mode};
use crate::host::Host;
use crate::span::Span;

/// What the environment asks for.
pub(super) struct Asked {
    /// The variable that decided the mode.
    pub(super) variable: &'static str,
    /// The mode.
    pub(super) mode: Mode,
    /// The warehouse, or the one the mock behaves like.
    pub(super) dialect: Option<DialectName>,
    /// Database file of the mock.
    pub(super) database: Option<String>,
    /// Milliseconds every statement of the mock waits.
    pub(super) latency_ms: Option<u32>,
}

/// A variable and what its value means.
struct Wish<T> {
    variable: &'static str,
    value: String,
    meaning: T,
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
const DIALECTS: [(&str, DialectName); 5] = [
    ("snowflake", DialectName::Snowflake),
    ("bigquery", DialectName::Bigquery),
    ("databricks", DialectName::Databricks),
    ("postgres", DialectName::Postgres),
    ("postgresql", DialectName::Postgres),
];

/// Reads the variables. `None` after a finding, `Some(None)` when they ask for nothing. Those of the mock warehouse
/// count where it is what is asked for; its kind or its file alone ask for it.
pub(super) fn read(host: &dyn Host, sink: &mut Diagnostics) -> Option<Option<Asked>> {
    let modes = [
        word(host, "SIGMA_MODE", &SIGMA_MODES, sink)?,
        word(host, "DATABASE_MODE", &DATABASE_MODES, sink)?,
    ];
    let mock_dialects = [
        word(host, "MOCK_WAREHOUSE_DIALECT", &DIALECTS, sink)?,
        word(host, "MOCK_WAREHOUSE_TYPE", &DIALECTS, sink)?,
    ];
    let mock_files = [
        plain(host, "MOCK_WAREHOUSE_DATABASE"),
        plain(host, "MOCK_WAREHOUSE_PATH"),
    ];
    let dialect = agree(mock_dialects, sink)?;
    let file = agree(mock_files, sink)?;
    let (variable, mode) = match agree(modes, sink)? {
        Some(wish) => (wish.variable, wish.meaning),
        None => match dialect
            .as_ref()
            .map(|wish| wish.variable)
            .or(file.as_ref().map(|wish| wish.variable))
        {
            Some(variable) => (variable, Mode::MockWarehouse),
            None => return Some(None),
        },
    };
    let warehouse = word(host, "SIGMA_WAREHOUSE_TYPE", &DIALECTS, sink)?;
    let mock = mode == Mode::MockWarehouse;
    let dialect = match mode {
        Mode::Standalone => None,
        Mode::MockWarehouse => agree([dialect, warehouse], sink)?,
        Mode::Sigma => warehouse,
    };
    let latency_ms = if mock {
        milliseconds(host, "MOCK_WAREHOUSE_LATENCY_MS", sink)?
    } else {
        None
    };
    Some(Some(Asked {
        variable,
        mode,
        dialect: dialect.map(|wish| wish.meaning),
        database: file.filter(|_| mock).map(|wish| wish.meaning),
        latency_ms,
    }))
}

/// A variable that is set; an empty one counts as not set.
fn set(host: &dyn Host, variable: &str) -> Option<String> {
    host.env(variable).filter(|value| !value.is_empty())
}

fn plain(host: &dyn Host, variable: &'static str) -> Option<Wish<String>> {
    set(host, variable).map(|value| Wish {
        variable,
        meaning: value.clone(),
        value,
    })
}

/// One of some words. `None` after a finding.
fn word<T: Copy>(
    host: &dyn Host,
    variable: &'static str,
    words: &[(&str, T)],
    sink: &mut Diagnostics,
) -> Option<Option<Wish<T>>> {
    let Some(value) = set(host, variable) else {
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

/// A number of milliseconds. `None` after a finding.
fn milliseconds(
    host: &dyn Host,
    variable: &'static str,
    sink: &mut Diagnostics,
) -> Option<Option<u32>> {
    let Some(value) = set(host, variable) else {
        return Some(None);
    };
    if let Ok(number) = value.parse() {
        return Some(Some(number));
    }
    sink.push(Diagnostic::new(
        &INVALID_SETTING,
        Span::default(),
        format!(
            "the environment variable `{variable}` is `{value}`; expected a number of milliseconds"
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

//! Failures as the page shows them: one sentence for everybody, the engine's words for authors only.

use bookwright_compiler::plan::Plan;
use bookwright_compiler::sql::SqlError;

use crate::adapter::{AdapterError, ErrorKind};
use crate::protocol::query::QueryFailure;

/// Why there is no result.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum EngineError {
    /// The plan has nothing of that name.
    #[error("there is no {what} `{id}`")]
    Unknown {
        /// `data element`, `control`, `level` …
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// The element has no rows of the grain that was asked for; a sentence with a way out.
    #[error("{0}")]
    NoGrain(String),
    /// The plan has no SQL on this engine.
    #[error("{0}")]
    Sql(SqlError),
    /// The engine failed.
    #[error("{0}")]
    Adapter(#[from] AdapterError),
}

impl From<SqlError> for EngineError {
    fn from(error: SqlError) -> Self {
        Self::Sql(error)
    }
}

impl EngineError {
    /// The failure of element `el` for a reply; `dev` adds the engine's words and the author's place.
    pub fn describe(&self, plan: &Plan, el: &str, dev: bool) -> QueryFailure {
        let name = plan
            .data
            .get(el)
            .map(|data| data.name.as_str())
            .filter(|name| !name.is_empty());
        let name = name
            .or_else(|| plan.controls.get(el).map(|control| control.name.as_str()))
            .unwrap_or(el);
        let (code, message) = match self {
            Self::Unknown { .. } | Self::NoGrain(_) => ("query-failed", self.to_string()),
            Self::Sql(_) => (
                "query-failed",
                format!("`{name}` cannot be computed on this target"),
            ),
            Self::Adapter(error) => match error.kind {
                ErrorKind::Timeout => (
                    "query-timeout",
                    format!("`{name}` took too long and was stopped"),
                ),
                ErrorKind::Cancelled => ("query-cancelled", format!("`{name}` was cancelled")),
                ErrorKind::Transient => (
                    "query-failed",
                    format!("`{name}` could not be read: the database fails for the moment"),
                ),
                ErrorKind::Busy => (
                    "query-failed",
                    format!("`{name}` could not be read: the database is busy"),
                ),
                ErrorKind::Refused | ErrorKind::Unmet(_) | ErrorKind::Data => {
                    ("query-failed", format!("`{name}` could not be computed"))
                }
                ErrorKind::Unavailable => (
                    "query-failed",
                    format!("`{name}` could not be read: the database does not answer"),
                ),
            },
        };
        let detail = dev.then(|| {
            let place = plan.origins.get(el);
            let place = place
                .map(|o| format!("{}:{}:{}: ", o.file, o.line, o.column))
                .unwrap_or_default();
            format!("{place}{self}")
        });
        QueryFailure {
            code: code.to_owned(),
            message,
            detail,
        }
    }
}

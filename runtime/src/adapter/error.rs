//! Why an engine did not do what it was asked.

/// Kind of a failure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// The engine refused the statement.
    Refused,
    /// Out of time.
    Timeout,
    /// The caller went away.
    Cancelled,
    /// The engine failed for the moment, before it did anything: the same may succeed a little later.
    Transient,
    /// Another process holds the database for too long.
    Busy,
    /// The statement at this position of a write changed nothing although it must.
    Unmet(usize),
    /// The data given does not fit (a seed's row, a value beyond a limit).
    Data,
    /// The engine cannot be reached, or the disk fails.
    Unavailable,
}

/// A failure of an engine.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct AdapterError {
    /// Kind.
    pub kind: ErrorKind,
    /// The engine's words, or ours.
    pub message: String,
    /// Byte offset into the statement text, when the engine tells.
    pub offset: Option<u32>,
}

impl AdapterError {
    /// A failure without offset.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            offset: None,
        }
    }

    /// The engine's threads are gone.
    pub(crate) fn closed() -> Self {
        Self::new(ErrorKind::Unavailable, "the database connection is closed")
    }
}

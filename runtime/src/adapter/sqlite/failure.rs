//! `SQLite`'s errors in our kinds.

use rusqlite::ErrorCode;

use crate::adapter::{AdapterError, ErrorKind};

/// The failure of a statement; an interruption counts as `interrupted` says.
pub(super) fn from_sqlite(error: &rusqlite::Error, interrupted: ErrorKind) -> AdapterError {
    if let rusqlite::Error::SqlInputError { msg, offset, .. } = error {
        return AdapterError {
            kind: ErrorKind::Refused,
            message: msg.clone(),
            offset: u32::try_from(*offset).ok(),
        };
    }
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => interrupted,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ErrorKind::Busy,
        Some(
            ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase,
        ) => ErrorKind::Unavailable,
        Some(ErrorCode::TooBig | ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) => {
            ErrorKind::Data
        }
        _ => ErrorKind::Refused,
    };
    let message = match (kind, error) {
        (ErrorKind::Timeout, _) => "the query took too long and was stopped".to_owned(),
        (ErrorKind::Cancelled, _) => "the query was cancelled".to_owned(),
        (ErrorKind::Busy, _) => "another process is writing to the database".to_owned(),
        (_, rusqlite::Error::SqliteFailure(_, Some(words))) => words.clone(),
        _ => error.to_string(),
    };
    AdapterError::new(kind, message)
}

/// The failure of a statement that nobody can interrupt.
pub(super) fn plain(error: &rusqlite::Error) -> AdapterError {
    from_sqlite(error, ErrorKind::Cancelled)
}

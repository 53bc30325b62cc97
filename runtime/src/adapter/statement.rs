//! What goes into an engine and what comes out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bookwright_compiler::host::CatalogTable;
use bookwright_compiler::value::{Type, Value};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::AdapterError;

/// One statement with bound values.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// Text; parameters are written `?1`, `?2` … on `SQLite`.
    pub text: String,
    /// Values by position.
    pub params: Vec<Value>,
    /// Types of the output columns; a column beyond the list comes in its natural type.
    pub types: Vec<Type>,
    /// What a write must do.
    pub expect: Expect,
}

/// What a statement of a write must do for the transaction to go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Expect {
    /// Anything but an error.
    #[default]
    Anything,
    /// Change, add or return at least one row.
    Change,
}

impl Statement {
    /// A statement with values and no known output types.
    pub fn new(text: impl Into<String>, params: Vec<Value>) -> Self {
        Self {
            text: text.into(),
            params,
            types: Vec::new(),
            expect: Expect::Anything,
        }
    }

    /// Sets the types of the output columns.
    #[must_use]
    pub fn returning(mut self, types: Vec<Type>) -> Self {
        self.types = types;
        self
    }

    /// Aborts the transaction when nothing changes.
    #[must_use]
    pub fn must_change(mut self) -> Self {
        self.expect = Expect::Change;
        self
    }
}

/// Result of one statement of a write.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Written {
    /// Rows changed, added or removed.
    pub changed: u64,
    /// Rows given back by `RETURNING`.
    pub returned: Vec<Vec<Value>>,
}

/// How far a query may go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Time from now, waiting for a free connection included.
    pub time: Duration,
    /// Rows; the stream ends there and says so.
    pub rows: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(30),
            rows: u64::MAX,
        }
    }
}

/// Rows column by column.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Batch {
    /// Cells of each column; all of equal length.
    pub columns: Vec<Vec<Value>>,
    /// Number of rows.
    pub rows: usize,
    /// There are more rows than the limit allows; only in the last batch.
    pub truncated: bool,
}

impl Batch {
    /// No rows of `width` columns.
    pub fn empty(width: usize) -> Self {
        Self {
            columns: vec![Vec::new(); width],
            rows: 0,
            truncated: false,
        }
    }

    /// Appends the rows of `other`, which has as many columns.
    pub fn append(&mut self, other: Self) {
        if self.rows == 0 {
            *self = Self {
                truncated: self.truncated || other.truncated,
                ..other
            };
            return;
        }
        for (column, more) in self.columns.iter_mut().zip(other.columns) {
            column.extend(more);
        }
        self.rows += other.rows;
        self.truncated |= other.truncated;
    }

    /// The cells of one row; Null where there is none.
    pub fn row(&self, index: usize) -> Vec<Value> {
        self.columns
            .iter()
            .map(|column| column.get(index).cloned().unwrap_or(Value::Null))
            .collect()
    }
}

/// A running query. Dropping it stops the engine.
#[derive(Debug)]
pub struct Rows {
    /// Names of the output columns as the engine gives them.
    pub names: Vec<String>,
    batches: mpsc::Receiver<Result<Batch, AdapterError>>,
    cancel: CancelOnDrop,
    /// The place among running statements, on engines that have few.
    place: Option<OwnedSemaphorePermit>,
}

impl Rows {
    pub(crate) fn new(
        names: Vec<String>,
        batches: mpsc::Receiver<Result<Batch, AdapterError>>,
        cancel: CancelOnDrop,
    ) -> Self {
        Self {
            names,
            batches,
            cancel,
            place: None,
        }
    }

    /// Keeps a place among running statements until the rows are read or dropped.
    pub(crate) fn holding(mut self, place: Option<OwnedSemaphorePermit>) -> Self {
        self.place = place;
        self
    }

    /// The next rows; `None` at the end.
    ///
    /// # Errors
    /// When the engine fails or the time is over.
    pub async fn next(&mut self) -> Result<Option<Batch>, AdapterError> {
        self.batches.recv().await.transpose()
    }

    /// All remaining rows.
    ///
    /// # Errors
    /// When the engine fails or the time is over.
    pub async fn collect(mut self) -> Result<Batch, AdapterError> {
        let mut all = Batch::empty(self.names.len());
        while let Some(batch) = self.next().await? {
            all.append(batch);
        }
        self.cancel.disarm();
        Ok(all)
    }
}

/// Raises a flag when dropped.
#[derive(Debug)]
pub(crate) struct CancelOnDrop(pub(crate) Arc<AtomicBool>);

impl CancelOnDrop {
    fn disarm(&mut self) {
        self.0 = Arc::new(AtomicBool::new(false));
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The end of a query's time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    pub(crate) fn after(time: Duration) -> Self {
        Self(now().checked_add(time))
    }

    pub(crate) fn is_over(self) -> bool {
        self.0.is_some_and(|end| now() >= end)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a deadline is a property of the wall, not of the request's frozen instant"
)]
fn now() -> Instant {
    Instant::now()
}

/// Gives rows to [`Adapter::insert`](super::Adapter::insert), one at a time.
pub trait RowSource: Send {
    /// Fills `row` (cleared by the caller) with the next cells; `false` at the end.
    ///
    /// # Errors
    /// A sentence with file and line.
    fn next_row(&mut self, row: &mut Vec<Value>) -> Result<bool, String>;
}

impl RowSource for std::vec::IntoIter<Vec<Value>> {
    fn next_row(&mut self, row: &mut Vec<Value>) -> Result<bool, String> {
        Ok(self.next().map(|cells| row.extend(cells)).is_some())
    }
}

/// Whether rows are added to a table or take its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoadMode {
    /// Behind the rows that are there.
    Append,
    /// The table is made anew.
    Replace,
}

/// Many rows for one table.
pub struct Load {
    /// The table; made when it does not exist.
    pub table: CatalogTable,
    /// What happens to rows that are there.
    pub mode: LoadMode,
    /// The rows.
    pub rows: Box<dyn RowSource>,
    /// Statements run in the same transaction, before the rows.
    pub before: Vec<Statement>,
    /// Statements run in the same transaction, after the rows.
    pub after: Vec<Statement>,
}

impl std::fmt::Debug for Load {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Load")
            .field("table", &self.table.path)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

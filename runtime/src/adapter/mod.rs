//! Engines behind one face.
//!
//! In: a [`Statement`] (text and bound values) that the compiler printed. Out: typed column batches. An adapter knows
//! nothing of workbooks; what it can do is data ([`Capabilities`]). [`sqlite::Sqlite`] is the embedded engine,
//! [`mock::MockWarehouse`] the same engine behind a warehouse's face, [`retry::Retrying`] any of them with patience.

pub mod capability;
pub mod error;
pub mod host;
pub mod mock;
pub mod retry;
pub mod sqlite;
pub mod statement;

use std::future::Future;
use std::pin::Pin;

use bookwright_compiler::host::{CatalogColumn, CatalogTable, SqlRefusal};

pub use capability::{Capabilities, Dialect};
pub use error::{AdapterError, ErrorKind};
pub use statement::{Batch, Expect, Limits, Load, LoadMode, RowSource, Rows, Statement, Written};

/// A boxed future, so that adapters are objects.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, AdapterError>> + Send + 'a>>;

/// One engine.
pub trait Adapter: Send + Sync {
    /// The dialect statements must be printed in.
    fn dialect(&self) -> Dialect;

    /// What it can do.
    fn capabilities(&self) -> &Capabilities;

    /// Schema (attached database) of write-back tables; `None` when they live beside all others.
    fn write_schema(&self) -> Option<&str> {
        None
    }

    /// Runs one read-only statement. Dropping the [`Rows`] stops it.
    ///
    /// # Errors
    /// When the engine refuses the statement; failures after the first batch arrive in the stream.
    fn query(&self, statement: Statement, limits: Limits) -> Reply<'_, Rows>;

    /// Runs statements as one transaction that is durable when this returns: all or nothing.
    ///
    /// # Errors
    /// When a statement fails, or changes nothing although it must ([`Expect::Change`]).
    fn write(&self, statements: Vec<Statement>) -> Reply<'_, Vec<Written>>;

    /// All tables people may read, sorted by path.
    ///
    /// # Errors
    /// When the engine does not answer.
    fn catalog(&self) -> Reply<'_, Vec<CatalogTable>>;

    /// Columns of a read-only statement whose parameters are written `?1`, `?2`; nothing is changed.
    ///
    /// # Errors
    /// When the engine does not answer. A refusal of the statement is the inner error.
    fn describe(&self, sql: String) -> Reply<'_, Result<Vec<CatalogColumn>, SqlRefusal>>;

    /// Makes a table unless it exists.
    ///
    /// # Errors
    /// When the engine refuses.
    fn create_table(&self, table: CatalogTable) -> Reply<'_, ()>;

    /// Adds many rows in one transaction; returns their number.
    ///
    /// # Errors
    /// When the source or the engine fails; nothing is changed then.
    fn insert(&self, load: Load) -> Reply<'_, u64>;
}

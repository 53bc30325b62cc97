//! `SQLite`, embedded: one writing connection, several reading ones, WAL between them.
//!
//! Storage: dates as text `YYYY-MM-DD HH:MM:SS[.ffffff]`, logicals 0 and 1, numbers INTEGER or REAL, variants as JSON
//! text; [`declared`] holds the type names. A table with path `[a, b]` is the one table `"a.b"`.

mod bulk;
mod catalog;
mod cell;
pub mod connection;
pub mod date_text;
pub mod declared;
mod failure;
mod functions;
mod math;
mod read;
mod sum;
#[cfg(test)]
mod tests;
mod write;

use std::sync::Arc;
use std::time::Duration;

use bookwright_compiler::formula::eval::Context;
use bookwright_compiler::host::{CatalogColumn, CatalogTable, SqlRefusal};
use bookwright_compiler::plan::{Feature, Settings};

pub use connection::Config;
pub use functions::to_wall_clock;

use super::capability::NO_WRITE_ACCESS;
use super::{
    Adapter, AdapterError, Capabilities, Dialect, Limits, Load, Reply, Rows, Statement, Written,
};
use connection::{Access, open};

/// How long a custom statement may run while its columns are looked at.
const DESCRIBE: Duration = Duration::from_secs(5);

/// A `SQLite` database.
#[derive(Debug)]
pub struct Sqlite {
    capabilities: Capabilities,
    write_schema: Option<String>,
    readers: read::Readers,
    writer: write::Writer,
}

impl Sqlite {
    /// Opens or makes the database. `settings` are what week starts and time zones mean to functions.
    ///
    /// # Errors
    /// When a file cannot be opened, or is no `SQLite` database.
    pub fn open(config: &Config, settings: &Settings) -> Result<Self, AdapterError> {
        let settings = Arc::new(Context::new(settings.clone(), 0));
        let writer = open(config, Access::Write, &settings)?;
        let readers: Result<Vec<_>, _> = (0..config.readers.max(1))
            .map(|_| open(config, Access::Read, &settings))
            .collect();
        Ok(Self {
            capabilities: Capabilities::sqlite(),
            write_schema: config
                .write_schema
                .as_ref()
                .map(|(schema, _)| schema.clone()),
            readers: read::Readers::start(readers?)?,
            writer: write::Writer::start(writer)?,
        })
    }

    /// The same without input tables.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.capabilities = self
            .capabilities
            .lacking(Feature::InputTables, NO_WRITE_ACCESS);
        self
    }
}

impl Adapter for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn write_schema(&self) -> Option<&str> {
        self.write_schema.as_deref()
    }

    fn query(&self, statement: Statement, limits: Limits) -> Reply<'_, Rows> {
        Box::pin(self.readers.query(statement, limits))
    }

    fn write(&self, statements: Vec<Statement>) -> Reply<'_, Vec<Written>> {
        Box::pin(self.writer.write(statements))
    }

    fn catalog(&self) -> Reply<'_, Vec<CatalogTable>> {
        Box::pin(async {
            let tables = self
                .readers
                .run(|connection| catalog::tables(connection))
                .await?;
            tables.map_err(|error| failure::plain(&error))
        })
    }

    fn describe(&self, sql: String) -> Reply<'_, Result<Vec<CatalogColumn>, SqlRefusal>> {
        Box::pin(self.readers.timed(DESCRIBE, move |connection| {
            catalog::describe(connection, &sql)
        }))
    }

    fn create_table(&self, table: CatalogTable) -> Reply<'_, ()> {
        Box::pin(async move {
            self.writer
                .write(vec![Statement::new(bulk::create(&table), Vec::new())])
                .await
                .map(drop)
        })
    }

    fn insert(&self, load: Load) -> Reply<'_, u64> {
        Box::pin(async {
            self.writer
                .run(|connection| bulk::insert(connection, load))
                .await?
        })
    }
}

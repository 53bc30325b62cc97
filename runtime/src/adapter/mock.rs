//! A warehouse that runs on a laptop: `SQLite` behind a warehouse's face.
//!
//! Write-back tables live in a schema of their own (an attached database), abilities are those of the chosen
//! warehouse as far as `SQLite` has them, and answers may be slowed down to what a cloud takes.

use std::path::Path;
use std::time::Duration;

use bookwright_compiler::host::{CatalogColumn, CatalogTable, SqlRefusal};
use bookwright_compiler::plan::{Feature, Settings};

use super::capability::NO_WRITE_ACCESS;
use super::sqlite::{Config, Sqlite};
use super::{
    Adapter, AdapterError, Capabilities, Dialect, Limits, Load, Reply, Rows, Statement, Written,
};

/// Name of the write-back schema unless said.
pub const WRITE_SCHEMA: &str = "sigds";

/// How the mock behaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Behaviour {
    /// Whose face it wears.
    pub face: Dialect,
    /// Added to every answer.
    pub latency: Duration,
    /// Whether write-back is granted.
    pub write_access: bool,
    /// Name of the write-back schema.
    pub write_schema: String,
}

/// The mock warehouse.
#[derive(Debug)]
pub struct MockWarehouse {
    engine: Sqlite,
    capabilities: Capabilities,
    latency: Duration,
}

impl MockWarehouse {
    /// Opens or makes the warehouse's file, and beside it the one of its write-back schema (`x.db`, `x.sigds.db`).
    ///
    /// # Errors
    /// When a file cannot be opened, or is no `SQLite` database.
    pub fn open(
        database: &Path,
        behaviour: Behaviour,
        settings: &Settings,
    ) -> Result<Self, AdapterError> {
        let mut config = Config::new(database);
        config.write_schema = Some((behaviour.write_schema, database.with_extension("sigds.db")));
        let mut capabilities = Capabilities::mock(behaviour.face);
        if !behaviour.write_access {
            capabilities = capabilities.lacking(Feature::InputTables, NO_WRITE_ACCESS);
        }
        Ok(Self {
            engine: Sqlite::open(&config, settings)?,
            capabilities,
            latency: behaviour.latency,
        })
    }

    async fn wait(&self) {
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
    }
}

impl Adapter for MockWarehouse {
    fn dialect(&self) -> Dialect {
        self.engine.dialect()
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn write_schema(&self) -> Option<&str> {
        self.engine.write_schema()
    }

    fn query(&self, statement: Statement, limits: Limits) -> Reply<'_, Rows> {
        Box::pin(async move {
            self.wait().await;
            self.engine.query(statement, limits).await
        })
    }

    fn write(&self, statements: Vec<Statement>) -> Reply<'_, Vec<Written>> {
        Box::pin(async move {
            self.wait().await;
            self.engine.write(statements).await
        })
    }

    fn catalog(&self) -> Reply<'_, Vec<CatalogTable>> {
        self.engine.catalog()
    }

    fn describe(&self, sql: String) -> Reply<'_, Result<Vec<CatalogColumn>, SqlRefusal>> {
        self.engine.describe(sql)
    }

    fn create_table(&self, table: CatalogTable) -> Reply<'_, ()> {
        self.engine.create_table(table)
    }

    fn insert(&self, load: Load) -> Reply<'_, u64> {
        self.engine.insert(load)
    }
}

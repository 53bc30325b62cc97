//! The embedded engine, through the runtime's adapter.

use bookwright::adapter::sqlite::{Config, Sqlite};
use bookwright::adapter::{Adapter as _, Limits, Load, LoadMode, Statement};
use bookwright_compiler::plan::Settings;
use bookwright_compiler::value::{Type, Value};

use super::table::Table;
use super::{Failure, Session};

/// A database of its own.
pub(super) struct Embedded {
    runtime: tokio::runtime::Runtime,
    engine: Sqlite,
    /// The database lives as long as the session.
    _folder: tempfile::TempDir,
}

impl Embedded {
    pub(super) fn open() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let config = Config::new(folder.path().join("cases.db"));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        let engine =
            Sqlite::open(&config, &Settings::default()).map_err(|error| error.to_string())?;
        Ok(Self {
            runtime,
            engine,
            _folder: folder,
        })
    }
}

impl Session for Embedded {
    fn load(&mut self, table: &Table) -> Result<(), String> {
        let load = Load {
            table: table.catalog(),
            mode: LoadMode::Replace,
            rows: Box::new(table.rows.clone().into_iter()),
            before: Vec::new(),
            after: Vec::new(),
        };
        let loaded = self.runtime.block_on(self.engine.insert(load));
        loaded.map(drop).map_err(|error| error.to_string())
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[Value],
        types: &[Type],
    ) -> Result<Vec<Vec<Value>>, Failure> {
        let statement = Statement::new(sql, params.to_vec()).returning(types.to_vec());
        let asked = async {
            let rows = self.engine.query(statement, Limits::default()).await?;
            rows.collect().await
        };
        let batch = self
            .runtime
            .block_on(asked)
            .map_err(|error| Failure::Error(error.to_string()))?;
        Ok((0..batch.rows).map(|row| batch.row(row)).collect())
    }
}

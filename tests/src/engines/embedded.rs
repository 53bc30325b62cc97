//! The embedded engine, through the runtime's adapter.

use bookwright::adapter::sqlite::{Config, Sqlite};
use bookwright::adapter::{Adapter as _, Limits, Load, LoadMode, Statement};
use bookwright_compiler::value::{Type, Value};

use super::table::{self, Table};
use super::{Failure, Session};

/// Table of the project in another zone.
const ZONED: &str = "zoned";

/// Databases of its own: one for tables of a project in UTC, one for those of another zone, as functions of the
/// language are registered with a project's settings.
pub(super) struct Embedded {
    runtime: tokio::runtime::Runtime,
    plain: Sqlite,
    zoned: Sqlite,
    /// The databases live as long as the session.
    _folder: tempfile::TempDir,
}

impl Embedded {
    pub(super) fn open() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        let open = |name: &str| {
            let config = Config::new(folder.path().join(format!("{name}.db")));
            Sqlite::open(&config, &table::settings(name)).map_err(|error| error.to_string())
        };
        let (plain, zoned) = (open("cases")?, open(ZONED)?);
        Ok(Self {
            runtime,
            plain,
            zoned,
            _folder: folder,
        })
    }

    fn engine(&self, zoned: bool) -> &Sqlite {
        if zoned { &self.zoned } else { &self.plain }
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
        let engine = self.engine(table.name == ZONED);
        let loaded = self.runtime.block_on(engine.insert(load));
        loaded.map(drop).map_err(|error| error.to_string())
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[Value],
        types: &[Type],
    ) -> Result<Vec<Vec<Value>>, Failure> {
        let statement = Statement::new(sql, params.to_vec()).returning(types.to_vec());
        let engine = self.engine(sql.contains("FROM \"zoned\""));
        let asked = async {
            let rows = engine.query(statement, Limits::default()).await?;
            rows.collect().await
        };
        let batch = self
            .runtime
            .block_on(asked)
            .map_err(|error| Failure::Error(error.to_string()))?;
        Ok((0..batch.rows).map(|row| batch.row(row)).collect())
    }
}

//! Opens connections: pragmas, limits, attached write schema, functions.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::functions::{self, Settings};
use crate::adapter::{AdapterError, ErrorKind};

/// Where the data is and how it is opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// Database file; made with its folder when missing.
    pub database: PathBuf,
    /// A second database for write-back tables, attached under this schema name.
    pub write_schema: Option<(String, PathBuf)>,
    /// Read-only connections.
    pub readers: usize,
    /// How long to wait for another process's lock.
    pub busy: Duration,
}

impl Config {
    /// One file, four readers.
    pub fn new(database: impl Into<PathBuf>) -> Self {
        Self {
            database: database.into(),
            write_schema: None,
            readers: 4,
            busy: Duration::from_secs(5),
        }
    }
}

/// What a connection may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Access {
    /// Everything.
    Write,
    /// Reading only.
    Read,
}

/// Opens one connection with everything set.
///
/// # Errors
/// When the file cannot be opened or is no `SQLite` database.
pub(super) fn open(
    config: &Config,
    access: Access,
    settings: &Arc<Settings>,
) -> Result<Connection, AdapterError> {
    for file in
        std::iter::once(&config.database).chain(config.write_schema.as_ref().map(|(_, file)| file))
    {
        make_folder(file)?;
    }
    let connect = || -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&config.database, flags)?;
        connection.busy_timeout(config.busy)?;
        if let Some((schema, file)) = &config.write_schema {
            let sql = format!("ATTACH DATABASE ?1 AS {}", super::declared::quote(schema));
            connection.execute(&sql, [file.to_string_lossy().as_ref()])?;
        }
        prepare(&connection, config, access)?;
        functions::register(&connection, settings)?;
        if access == Access::Read {
            connection.pragma_update(None, "query_only", true)?;
        }
        limit(&connection)?;
        Ok(connection)
    };
    connect().map_err(|error| {
        let file = config.database.display();
        AdapterError::new(
            ErrorKind::Unavailable,
            format!("the database `{file}` cannot be opened: {error}"),
        )
    })
}

fn make_folder(file: &Path) -> Result<(), AdapterError> {
    let Some(folder) = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    std::fs::create_dir_all(folder).map_err(|error| {
        let message = format!(
            "the folder `{}` of the database cannot be made: {error}",
            folder.display()
        );
        AdapterError::new(ErrorKind::Unavailable, message)
    })
}

fn prepare(connection: &Connection, config: &Config, access: Access) -> rusqlite::Result<()> {
    let schemas = std::iter::once("main").chain(
        config
            .write_schema
            .as_ref()
            .map(|(schema, _)| schema.as_str()),
    );
    for schema in schemas {
        connection.pragma_update(Some(schema), "journal_mode", "WAL")?;
        // An acknowledged edit must survive a power cut, so every commit of the log is flushed.
        connection.pragma_update(Some(schema), "synchronous", "FULL")?;
        // The sorter behind `GROUP BY` takes as much memory as the cache may, and sorting a million rows in runs of 2 MB
        // takes less than half the time of runs of 32 MB. Readers map the file and need no cache.
        let kibibytes = if access == Access::Read {
            2_000
        } else {
            32_768
        };
        connection.pragma_update(Some(schema), "cache_size", -kibibytes)?;
        connection.pragma_update(Some(schema), "mmap_size", 1_i64 << 30)?;
    }
    // Temporary data stays in files: sorting a million rows in memory takes a third longer than in runs.
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // A misspelt column in double quotes must be an error, not a text.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(())
}

/// Bounds for text that authors write.
fn limit(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 256 << 20)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 4 << 20)?;
    connection.set_limit(Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    Ok(())
}

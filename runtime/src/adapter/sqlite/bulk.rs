//! Many rows at once: one transaction, one prepared statement.

use bookwright_compiler::host::CatalogTable;
use bookwright_compiler::value::Value;
use rusqlite::{Connection, Statement};

use super::cell::Cell;
use super::declared::{column, quote};
use super::{failure, write};
use crate::adapter::{AdapterError, ErrorKind, Load, LoadMode};

/// Rows of one `INSERT`, when the table is narrow enough.
const ROWS_PER_INSERT: usize = 16;
/// Parameters of one `INSERT`.
const PARAMETERS: usize = 512;

/// The physical name of a path.
pub(super) fn physical(path: &[String]) -> String {
    quote(&path.join("."))
}

/// `CREATE TABLE IF NOT EXISTS` of a table.
pub(super) fn create(table: &CatalogTable) -> String {
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    format!(
        "CREATE TABLE IF NOT EXISTS {} ({})",
        physical(&table.path),
        columns.join(", ")
    )
}

/// Loads rows; nothing is changed when this fails.
pub(super) fn insert(connection: &mut Connection, mut load: Load) -> Result<u64, AdapterError> {
    let sqlite = |error: rusqlite::Error| failure::plain(&error);
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(sqlite)?;
    write::run(&transaction, &load.before)?;
    if load.mode == LoadMode::Replace {
        let drop = format!("DROP TABLE IF EXISTS {}", physical(&load.table.path));
        transaction.execute(&drop, []).map_err(sqlite)?;
    }
    transaction
        .execute(&create(&load.table), [])
        .map_err(sqlite)?;
    let count = rows(&transaction, &mut load)?;
    write::run(&transaction, &load.after)?;
    transaction.commit().map_err(sqlite)?;
    // The log of a big load would stay big; fold it into the database now, while nobody waits for it.
    // Row counts are all the planner needs of a table without indexes.
    let table = physical(&load.table.path);
    let tidy =
        format!("PRAGMA analysis_limit = 1000; ANALYZE {table}; PRAGMA wal_checkpoint(PASSIVE)");
    drop(connection.execute_batch(&tidy));
    Ok(count)
}

fn rows(connection: &Connection, load: &mut Load) -> Result<u64, AdapterError> {
    let sqlite = |error: rusqlite::Error| failure::plain(&error);
    let width = load.table.columns.len();
    if width == 0 {
        return Ok(0);
    }
    let per_insert = (PARAMETERS / width).clamp(1, ROWS_PER_INSERT);
    let mut many = connection
        .prepare(&insert_text(&load.table, per_insert))
        .map_err(sqlite)?;
    let mut pending: Vec<Value> = Vec::with_capacity(per_insert * width);
    let mut row = Vec::with_capacity(width);
    let mut count = 0;
    loop {
        row.clear();
        if !load
            .rows
            .next_row(&mut row)
            .map_err(|words| AdapterError::new(ErrorKind::Data, words))?
        {
            break;
        }
        row.resize(width, Value::Null);
        pending.append(&mut row);
        count += 1;
        if pending.len() == per_insert * width {
            execute(&mut many, &mut pending).map_err(sqlite)?;
        }
    }
    if !pending.is_empty() {
        let mut rest = connection
            .prepare(&insert_text(&load.table, pending.len() / width))
            .map_err(sqlite)?;
        execute(&mut rest, &mut pending).map_err(sqlite)?;
    }
    Ok(count)
}

fn insert_text(table: &CatalogTable, rows: usize) -> String {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| quote(&column.name))
        .collect();
    let row = format!("({})", vec!["?"; names.len()].join(", "));
    format!(
        "INSERT INTO {} ({}) VALUES {}",
        physical(&table.path),
        names.join(", "),
        vec![row; rows].join(", ")
    )
}

fn execute(statement: &mut Statement<'_>, values: &mut Vec<Value>) -> rusqlite::Result<()> {
    for (index, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, Cell(value))?;
    }
    values.clear();
    statement.raw_execute().map(drop)
}

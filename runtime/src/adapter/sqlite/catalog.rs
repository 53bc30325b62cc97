//! What tables there are, and what a statement gives.

use bookwright_compiler::host::{CatalogColumn, CatalogTable, SqlRefusal};
use bookwright_compiler::value::Type;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::{date_text, declared, failure};

/// Rows looked at when a declaration does not tell a column's type.
const SAMPLE: usize = 1000;

/// All tables and views people may read, sorted by path. Our bookkeeping and write-back tables are left out.
///
/// # Errors
/// When the schema cannot be read.
pub(super) fn tables(connection: &Connection) -> Result<Vec<CatalogTable>> {
    let mut list = connection.prepare(
        "select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' \
         and name not like '\\_bookwright\\_%' escape '\\' and name not like 'SIGDS\\_%' escape '\\' order by name",
    )?;
    let names = list
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>>>()?;
    names
        .into_iter()
        .map(|name| table(connection, &name))
        .collect()
}

fn table(connection: &Connection, name: &str) -> Result<CatalogTable> {
    let mut info = connection.prepare_cached(
        "select name, type from pragma_table_xinfo(?1) where hidden in (0, 2, 3)",
    )?;
    let columns = info.query_map([name], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut unknown = Vec::new();
    let mut out = Vec::new();
    for column in columns {
        let (name, declaration) = column?;
        let (ty, zoned) = declared::read(&declaration).unwrap_or_else(|| {
            unknown.push(out.len());
            (Type::Unknown, false)
        });
        out.push(CatalogColumn { name, ty, zoned });
    }
    if !unknown.is_empty() {
        let sql = format!("select * from {}", declared::quote(name));
        // A view over a table that is gone cannot be sampled; its columns stay unknown.
        if let Ok(types) = sample(connection, &sql) {
            for index in unknown {
                if let (Some(column), Some(ty)) = (out.get_mut(index), types.get(index)) {
                    column.ty = *ty;
                }
            }
        }
    }
    Ok(CatalogTable {
        path: name.split('.').map(str::to_owned).collect(),
        columns: out,
    })
}

/// Columns of a statement: by declaration where a column is one of a table, else by looking at rows.
pub(super) fn describe(
    connection: &Connection,
    sql: &str,
) -> std::result::Result<Vec<CatalogColumn>, SqlRefusal> {
    let refused = |error: &rusqlite::Error| match error {
        rusqlite::Error::MultipleStatement => refusal("only one statement is allowed"),
        other => {
            let failure = failure::plain(other);
            SqlRefusal {
                message: failure.message,
                offset: failure.offset,
            }
        }
    };
    first_word(sql)?;
    let statement = connection.prepare(sql).map_err(|error| refused(&error))?;
    if !statement.readonly() || statement.column_count() == 0 {
        return Err(refusal(
            "only a statement that reads is allowed: `select`, `with` or `values`",
        ));
    }
    let mut columns: Vec<CatalogColumn> = Vec::new();
    for column in statement.columns() {
        let (ty, zoned) = column
            .decl_type()
            .and_then(declared::read)
            .unwrap_or((Type::Unknown, false));
        columns.push(CatalogColumn {
            name: column.name().to_owned(),
            ty,
            zoned,
        });
    }
    drop(statement);
    if columns.iter().any(|column| column.ty == Type::Unknown) {
        let types = sample(connection, sql).map_err(|error| refused(&error))?;
        for (column, ty) in columns.iter_mut().zip(types) {
            if column.ty == Type::Unknown {
                column.ty = ty;
            }
        }
    }
    Ok(columns)
}

fn refusal(message: &str) -> SqlRefusal {
    SqlRefusal {
        message: message.to_owned(),
        offset: None,
    }
}

/// Refuses what is no query by its first word, before `SQLite` sees it: `pragma` and `explain` read too.
fn first_word(sql: &str) -> std::result::Result<(), SqlRefusal> {
    let mut rest = sql.trim_start();
    loop {
        let after = if let Some(comment) = rest.strip_prefix("--") {
            comment.split_once('\n').map(|(_, after)| after)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map(|(_, after)| after)
        } else {
            break;
        };
        rest = after.unwrap_or_default().trim_start();
    }
    let word: String = rest
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_ascii_lowercase();
    match word.as_str() {
        "select" | "with" | "values" => Ok(()),
        "" if rest.is_empty() => Err(refusal("the statement is empty")),
        _ => Err(refusal(
            "only a statement that reads is allowed: `select`, `with` or `values`",
        )),
    }
}

/// The type each column has in the first rows, unbound parameters being Null. Without a value the type is unknown.
fn sample(connection: &Connection, sql: &str) -> Result<Vec<Type>> {
    let mut statement = connection.prepare(sql)?;
    let mut types = vec![Type::Null; statement.column_count()];
    let mut rows = statement.raw_query();
    for _ in 0..SAMPLE {
        let Some(row) = rows.next()? else { break };
        for (index, ty) in types.iter_mut().enumerate() {
            *ty = ty.unify(of_cell(row.get_ref(index)?)).unwrap_or(Type::Text);
        }
    }
    Ok(types
        .into_iter()
        .map(|ty| if ty == Type::Null { Type::Unknown } else { ty })
        .collect())
}

fn of_cell(cell: ValueRef<'_>) -> Type {
    match cell {
        ValueRef::Null => Type::Null,
        ValueRef::Integer(_) | ValueRef::Real(_) => Type::Number,
        ValueRef::Text(text) if date_text::parse(text).is_some() => Type::Date,
        ValueRef::Text(_) | ValueRef::Blob(_) => Type::Text,
    }
}

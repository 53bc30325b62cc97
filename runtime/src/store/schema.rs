//! Brings the store's tables in line with a plan. Nothing is ever dropped.

use std::collections::BTreeMap;

use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::input::{InputColumn, InputTable};
use bookwright_compiler::value::{Type, Value};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::convert;
use super::edit::metadata;
use super::names::{BATCHES, Names, REGISTRY, SYSTEM};
use super::validate::is_history;
use crate::adapter::sqlite::declared::{name as declare, quote};
use crate::adapter::{Adapter, AdapterError, Limits, Statement};

/// A stored column as the registry remembers it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) ty: Type,
}

/// An input table as the registry remembers it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Registered {
    pub(crate) name: String,
    pub(crate) columns: Vec<Stored>,
}

/// What bringing one table in line did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Aligned {
    /// The table was made.
    Made,
    /// The table was there.
    Kept,
}

/// Makes the store's own tables.
pub(crate) async fn prepare(adapter: &dyn Adapter, schema: &str) -> Result<(), AdapterError> {
    let registry = format!(
        "CREATE TABLE IF NOT EXISTS {schema}{REGISTRY} \
         (ds_id TEXT PRIMARY KEY, workbook TEXT, table_id TEXT, name TEXT, columns JSON_TEXT)"
    );
    let batches = format!(
        "CREATE TABLE IF NOT EXISTS {schema}{BATCHES} (id TEXT NOT NULL UNIQUE, ds_id TEXT, first NUMBER, last NUMBER)"
    );
    adapter
        .write(vec![
            Statement::new(registry, Vec::new()),
            Statement::new(batches, Vec::new()),
        ])
        .await
        .map(drop)
}

/// Registered input tables of a workbook, by table id.
pub(crate) async fn registered(
    adapter: &dyn Adapter,
    schema: &str,
    workbook: &str,
) -> Result<BTreeMap<String, Registered>, AdapterError> {
    let sql = format!("SELECT table_id, name, columns FROM {schema}{REGISTRY} WHERE workbook = ?1");
    let statement = Statement::new(sql, vec![Value::text(workbook)]);
    let types = vec![Type::Text, Type::Text, Type::Variant];
    let batch = adapter
        .query(statement.returning(types), Limits::default())
        .await?
        .collect()
        .await?;
    let entry = |index| match <[Value; 3]>::try_from(batch.row(index)) {
        Ok([Value::Text(id), Value::Text(name), Value::Variant(columns)]) => {
            let columns = serde_json::from_value(columns.as_ref().clone()).unwrap_or_default();
            Some((
                id.as_ref().to_owned(),
                Registered {
                    name: name.as_ref().to_owned(),
                    columns,
                },
            ))
        }
        _ => None,
    };
    Ok((0..batch.rows).filter_map(entry).collect())
}

/// Columns that hold people's entries; the row's history has columns of its own.
pub(crate) fn stored(table: &InputTable) -> impl Iterator<Item = &InputColumn> {
    table
        .columns
        .iter()
        .filter(|column| !is_history(column.kind))
}

/// Brings one table in line with the plan, in one transaction.
///
/// # Errors
/// A sentence when a column's entries do not fit its new type; an engine's failure as its message.
pub(crate) async fn align(
    adapter: &dyn Adapter,
    plan: &Plan,
    table: &InputTable,
    names: &Names,
    known: Option<&Registered>,
    now: i64,
) -> Result<Aligned, String> {
    let shape = Shape {
        plan,
        table,
        names,
        now,
    };
    let old = known.map_or(&[][..], |known| known.columns.as_slice());
    let mut statements = Vec::new();
    if known.is_none() {
        statements.extend(shape.create());
    }
    statements.extend(shape.drop_views());
    for column in stored(table) {
        match old.iter().find(|stored| stored.id == column.id) {
            None => statements.extend(shape.add(column)),
            Some(stored) if stored.ty == column.ty => {}
            Some(stored) => {
                statements.extend(convert::retype(adapter, names, column, stored.ty).await?);
            }
        }
    }
    let mut columns: Vec<Stored> = stored(table)
        .map(|column| Stored {
            id: column.id.clone(),
            ty: column.ty,
        })
        .collect();
    columns.extend(
        old.iter()
            .filter(|stored| !table.columns.iter().any(|c| c.id == stored.id))
            .cloned(),
    );
    if let Some(known) = known
        && known.columns == columns
        && known.name == table.name
        && shape
            .view_is_current(adapter)
            .await
            .map_err(|error| error.message)?
    {
        return Ok(Aligned::Kept);
    }
    statements.extend(shape.create_views(&columns));
    statements.push(shape.register(&columns));
    adapter
        .write(statements)
        .await
        .map_err(|error| format!("input table `{}`: {}", table.name, error.message))?;
    Ok(if known.is_none() {
        Aligned::Made
    } else {
        Aligned::Kept
    })
}

struct Shape<'a> {
    plan: &'a Plan,
    table: &'a InputTable,
    names: &'a Names,
    now: i64,
}

impl Shape<'_> {
    fn create(&self) -> Vec<Statement> {
        let Names {
            rows,
            log,
            schema,
            id,
            ..
        } = self.names;
        let system: Vec<String> = SYSTEM
            .iter()
            .map(|(name, ty)| format!("{name} {ty}"))
            .collect();
        let index = format!(
            "CREATE INDEX {schema}{} ON {} (_position, _row_id)",
            quote(&format!("SIGDS_POSITION_{id}")),
            quote(&format!("SIGDS_{id}"))
        );
        let texts = [
            format!("CREATE TABLE {rows} ({})", system.join(", ")),
            format!(
                "CREATE TABLE {log} (DS_ID TEXT NOT NULL, EDIT_NUM INTEGER PRIMARY KEY, TIMESTAMP DATE_TEXT, \
                 EDIT JSON_TEXT NOT NULL, METADATA JSON_TEXT)"
            ),
            index,
        ];
        let mut statements: Vec<Statement> = texts
            .into_iter()
            .map(|text| Statement::new(text, Vec::new()))
            .collect();
        statements.push(self.log(&json!({ "createDatasheet": { "title": self.table.name } })));
        statements
    }

    fn add(&self, column: &InputColumn) -> Vec<Statement> {
        let sql = format!(
            "ALTER TABLE {} ADD COLUMN {} {}",
            self.names.rows,
            quote(&column.id),
            declare(column.ty, false)
        );
        let edit = json!({ "addColumn": { "columnId": column.id, "name": column.name, "type": column.ty.as_str() } });
        vec![Statement::new(sql, Vec::new()), self.log(&edit)]
    }

    fn log(&self, edit: &serde_json::Value) -> Statement {
        let Names { log, id, .. } = self.names;
        let sql = format!(
            "INSERT INTO {log} (DS_ID, EDIT_NUM, TIMESTAMP, EDIT, METADATA) \
             SELECT ?1, coalesce(max(EDIT_NUM), 0) + 1, ?2, ?3, ?4 FROM {log}"
        );
        let metadata =
            serde_json::Value::Object(metadata(self.names, &self.plan.id, self.table, ""));
        Statement::new(
            sql,
            vec![
                Value::text(id.as_str()),
                Value::Date(self.now),
                Value::text(edit.to_string()),
                Value::text(metadata.to_string()),
            ],
        )
    }

    fn drop_views(&self) -> Vec<Statement> {
        let Names { ordered, view, .. } = self.names;
        [ordered, view]
            .into_iter()
            .map(|view| Statement::new(format!("DROP VIEW IF EXISTS {view}"), Vec::new()))
            .collect()
    }

    fn create_views(&self, columns: &[Stored]) -> Vec<Statement> {
        let Names { ordered, id, .. } = self.names;
        let from = format!(
            "FROM {} ORDER BY _position, _row_id",
            quote(&format!("SIGDS_{id}"))
        );
        let system = SYSTEM.iter().map(|(name, _)| (*name).to_owned());
        let by_id: Vec<String> = system
            .chain(columns.iter().map(|column| quote(&column.id)))
            .collect();
        let ordered = format!(
            "CREATE VIEW {ordered} AS SELECT {} {from}",
            by_id.join(", ")
        );
        vec![
            Statement::new(ordered, Vec::new()),
            Statement::new(self.readable_view(&from), Vec::new()),
        ]
    }

    fn readable_view(&self, from: &str) -> String {
        let named = stored(self.table)
            .map(|column| format!("{} AS {}", quote(&column.id), quote(&column.name)));
        let history = [
            "_row_id",
            "_created_at",
            "_created_by",
            "_updated_at",
            "_updated_by",
        ];
        let all: Vec<String> = named
            .chain(history.into_iter().map(str::to_owned))
            .collect();
        format!(
            "CREATE VIEW {} AS SELECT {} {from}",
            self.names.view,
            all.join(", ")
        )
    }

    /// Whether the readable view has the plan's columns under their present names, in order.
    async fn view_is_current(&self, adapter: &dyn Adapter) -> Result<bool, AdapterError> {
        let sql = format!("SELECT * FROM {} LIMIT 0", self.names.view);
        let Ok(rows) = adapter
            .query(Statement::new(sql, Vec::new()), Limits::default())
            .await
        else {
            return Ok(false);
        };
        let expected = stored(self.table).map(|column| column.name.as_str());
        let found = rows
            .names
            .iter()
            .map(String::as_str)
            .take_while(|name| *name != "_row_id");
        Ok(expected.eq(found))
    }

    fn register(&self, columns: &[Stored]) -> Statement {
        let Names { schema, id, .. } = self.names;
        let sql = format!(
            "INSERT INTO {schema}{REGISTRY} (ds_id, workbook, table_id, name, columns) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (ds_id) DO UPDATE SET name = excluded.name, columns = excluded.columns"
        );
        Statement::new(
            sql,
            vec![
                Value::text(id.as_str()),
                Value::text(self.plan.id.as_str()),
                Value::text(self.table.id.as_str()),
                Value::text(self.table.name.as_str()),
                Value::text(json!(columns).to_string()),
            ],
        )
    }
}

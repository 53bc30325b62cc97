//! Reads the edit log back: for tabs that missed something, and for batches that were sent twice.

use std::collections::BTreeSet;

use bookwright_compiler::value::{Type, Value};
use serde_json::Value as Json;

use super::edit::batch_key;
use super::names::{BATCHES, Names};
use crate::adapter::{Adapter, AdapterError, Limits, Statement};
use crate::protocol::edit::EditOp;

/// Entries read at once; a tab that missed more asks for the rows again.
pub const CATCH_UP: u64 = 10_000;

/// Edits of one batch, or part of one.
#[derive(Clone, Debug)]
pub struct LiveEdits {
    /// Workbook id.
    pub workbook: String,
    /// Input table id.
    pub table: String,
    /// Number of the last edit.
    pub edit_num: u64,
    /// Tab that made them.
    pub by: String,
    /// Operations in order.
    pub ops: Vec<EditOp>,
}

/// Edits behind number `after`, in order, at most [`CATCH_UP`] entries.
pub(crate) async fn since(
    adapter: &dyn Adapter,
    names: &Names,
    workbook: &str,
    table: &str,
    after: u64,
) -> Result<Vec<LiveEdits>, AdapterError> {
    let mut out: Vec<(String, LiveEdits)> = Vec::new();
    for (number, edit, metadata) in read(adapter, names, after, u64::MAX).await? {
        let text = |key: &str| {
            metadata
                .get(key)
                .and_then(Json::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let (batch, by) = (text("batch"), text("tab"));
        match out.last_mut() {
            Some((last, edits)) if *last == batch && edits.by == by => {
                edits.edit_num = number;
                edits.ops.extend(operations(&edit));
            }
            _ => {
                let ops = operations(&edit);
                let (workbook, table) = (workbook.to_owned(), table.to_owned());
                out.push((
                    batch,
                    LiveEdits {
                        workbook,
                        table,
                        edit_num: number,
                        by,
                        ops,
                    },
                ));
            }
        }
    }
    Ok(out.into_iter().map(|(_, edits)| edits).collect())
}

/// Positions of the operations that a batch did when it was sent first, and the number of its last edit.
pub(crate) async fn replay(
    adapter: &dyn Adapter,
    names: &Names,
    batch: &str,
) -> Result<(BTreeSet<usize>, u64), AdapterError> {
    let sql = format!(
        "SELECT first, last FROM {}{BATCHES} WHERE id = ?1",
        names.schema
    );
    let statement =
        Statement::new(sql, vec![batch_key(names, batch)]).returning(vec![Type::Number; 2]);
    let found = adapter
        .query(statement, Limits::default())
        .await?
        .collect()
        .await?;
    let number = |column: usize| {
        found
            .columns
            .get(column)
            .and_then(|cells| cells.first())
            .map_or(0, unsigned)
    };
    let (first, last) = (number(0), number(1));
    let mut done = BTreeSet::new();
    for (_, _, metadata) in read(adapter, names, first, last).await? {
        if metadata.get("batch").and_then(Json::as_str) == Some(batch) {
            let ops = metadata
                .get("ops")
                .and_then(Json::as_array)
                .into_iter()
                .flatten();
            done.extend(
                ops.filter_map(Json::as_u64)
                    .filter_map(|op| usize::try_from(op).ok()),
            );
        }
    }
    Ok((done, last))
}

pub(crate) fn unsigned(value: &Value) -> u64 {
    match value {
        Value::Integer(number) => u64::try_from(*number).unwrap_or_default(),
        _ => 0,
    }
}

async fn read(
    adapter: &dyn Adapter,
    names: &Names,
    after: u64,
    upto: u64,
) -> Result<Vec<(u64, Json, Json)>, AdapterError> {
    let sql = format!(
        "SELECT EDIT_NUM, EDIT, METADATA FROM {} WHERE EDIT_NUM > ?1 AND EDIT_NUM <= ?2 ORDER BY EDIT_NUM LIMIT {CATCH_UP}",
        names.log
    );
    let bound = |number: u64| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let types = vec![Type::Number, Type::Variant, Type::Variant];
    let statement = Statement::new(sql, vec![bound(after), bound(upto)]).returning(types);
    let batch = adapter
        .query(statement, Limits::default())
        .await?
        .collect()
        .await?;
    let entry = |index| match <[Value; 3]>::try_from(batch.row(index)) {
        Ok([number, Value::Variant(edit), Value::Variant(metadata)]) => Some((
            unsigned(&number),
            edit.as_ref().clone(),
            metadata.as_ref().clone(),
        )),
        _ => None,
    };
    Ok((0..batch.rows).filter_map(entry).collect())
}

/// The operations an entry stands for; none for entries about the table's shape.
fn operations(edit: &Json) -> Vec<EditOp> {
    let Some((kind, body)) = edit.as_object().and_then(|map| map.iter().next()) else {
        return Vec::new();
    };
    let text = |key: &str| body.get(key).and_then(Json::as_str).map(str::to_owned);
    let Some(key) = text("rowId") else {
        return Vec::new();
    };
    let values = || {
        body.get("values")
            .and_then(Json::as_object)
            .cloned()
            .unwrap_or_default()
    };
    match kind.as_str() {
        "addRow" => vec![EditOp::Insert {
            key,
            after: text("after"),
            values: values().into_iter().collect(),
        }],
        "updateRow" => values()
            .into_iter()
            .map(|(col, value)| EditOp::Set {
                key: key.clone(),
                col,
                value,
            })
            .collect(),
        "deleteRow" => vec![EditOp::Delete { key }],
        _ => Vec::new(),
    }
}

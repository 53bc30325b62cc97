//! Data effects: which rows, which cells, and the edits that follow.

use std::collections::BTreeSet;

use bookwright_compiler::plan::action::{Rows, Scalar};
use bookwright_compiler::plan::relation::{Column, Operator};
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Run, Stop, text};
use crate::engine::derive::{Derived, all, is};
use crate::engine::edit::touched;
use crate::engine::wire;
use crate::protocol::action::Effect;
use crate::protocol::edit::{EditOp, EditReply, EditRequest, EditResult};

/// Rows one step changes at most.
const ROWS: u64 = 100_000;
/// Name of the column that addresses rows.
const ROW_ID: &str = "_row_id";

impl Run<'_> {
    pub(super) async fn insert(
        &mut self,
        table: &str,
        values: &[(String, Scalar)],
    ) -> Result<(), Stop> {
        let values = self.cells(values).await?.into_iter().collect();
        let key = Uuid::now_v7().to_string();
        self.edit(
            table,
            "inserted",
            "into",
            vec![EditOp::Insert {
                key,
                after: None,
                values,
            }],
        )
        .await
    }

    pub(super) async fn update(
        &mut self,
        table: &str,
        rows: &Rows,
        values: &[(String, Scalar)],
    ) -> Result<(), Stop> {
        let cells = self.cells(values).await?;
        let mut ops = Vec::new();
        for key in self.row_ids(table, rows).await? {
            ops.extend(cells.iter().map(|(col, value)| EditOp::Set {
                key: key.clone(),
                col: col.clone(),
                value: value.clone(),
            }));
        }
        self.edit(table, "updated", "of", ops).await
    }

    pub(super) async fn delete(&mut self, table: &str, rows: &Rows) -> Result<(), Stop> {
        let keys = self.row_ids(table, rows).await?;
        let ops = keys.into_iter().map(|key| EditOp::Delete { key }).collect();
        self.edit(table, "deleted", "of", ops).await
    }

    async fn cells(&self, values: &[(String, Scalar)]) -> Result<Vec<(String, Json)>, Stop> {
        let mut cells = Vec::with_capacity(values.len());
        for (column, scalar) in values {
            cells.push((column.clone(), wire::cell(&self.value(scalar).await?)));
        }
        Ok(cells)
    }

    async fn row_ids(&self, table: &str, rows: &Rows) -> Result<Vec<String>, Stop> {
        let ids = match rows {
            Rows::Where(node) => self.engine.column(*node, &self.bindings, ROWS).await?,
            Rows::Key(values) => {
                let mut wanted = IndexMap::new();
                for (column, scalar) in values {
                    wanted.insert(column.clone(), self.value(scalar).await?);
                }
                self.matching(table, &wanted).await?
            }
            Rows::All => self.matching(table, &IndexMap::new()).await?,
            Rows::Selected => {
                let ids = self
                    .selection
                    .iter()
                    .filter_map(|row| row.get(ROW_ID).and_then(Json::as_str));
                return Ok(ids.map(str::to_owned).collect());
            }
        };
        let text = |id: Value| match id {
            Value::Text(id) => Some(id.as_ref().to_owned()),
            _ => None,
        };
        Ok(ids.into_iter().filter_map(text).collect())
    }

    /// Ids of the rows whose columns have these values, Null equal to Null.
    async fn matching(
        &self,
        table: &str,
        wanted: &IndexMap<String, Value>,
    ) -> Result<Vec<Value>, Stop> {
        let ty = |id: &str| {
            let columns = self
                .engine
                .plan()
                .input_tables
                .get(table)
                .map(|table| table.columns.as_slice());
            columns
                .into_iter()
                .flatten()
                .find(|column| column.id == id)
                .map_or(Type::Text, |column| column.ty)
        };
        let stored: Vec<String> = std::iter::once(ROW_ID.to_owned())
            .chain(wanted.keys().cloned())
            .collect();
        let columns = stored
            .iter()
            .map(|name| Column {
                name: name.as_str().into(),
                ty: ty(name),
            })
            .collect();
        let mut derived = Derived::leaf(
            Operator::InputTable {
                table: table.to_owned(),
                columns: stored,
            },
            columns,
        );
        if !wanted.is_empty() {
            let equal = wanted
                .values()
                .enumerate()
                .map(|(index, value)| is(derived.column(index + 1), value.clone()));
            let predicate = all(equal.collect());
            derived = derived.filtered(predicate);
        }
        Ok(self
            .engine
            .first_column(&derived, &self.bindings, ROWS)
            .await?)
    }

    /// Does the edits, or keeps them for the end of an atomic sequence.
    async fn edit(
        &mut self,
        table: &str,
        verb: &str,
        joint: &str,
        ops: Vec<EditOp>,
    ) -> Result<(), Stop> {
        let plan = self.engine.plan();
        let name = plan
            .input_tables
            .get(table)
            .map_or(table, |table| table.name.as_str());
        let words = format!("{verb} {{rows}} {joint} `{name}`");
        let request = EditRequest {
            workbook: plan.id.clone(),
            table: table.to_owned(),
            by: self.author.tab.clone(),
            id: Uuid::now_v7().to_string(),
            ops,
        };
        if let Some(pending) = &mut self.pending {
            pending.push((request, words));
            return Ok(());
        }
        self.commit(vec![(request, words)]).await
    }

    /// Writes requests as one transaction.
    pub(super) async fn commit(
        &mut self,
        requests: Vec<(EditRequest, String)>,
    ) -> Result<(), Stop> {
        let (requests, words): (Vec<_>, Vec<_>) = requests
            .into_iter()
            .filter(|(r, _)| !r.ops.is_empty())
            .unzip();
        if requests.is_empty() {
            return Ok(());
        }
        let mut allowed = crate::store::Allowed::new();
        for request in &requests {
            let columns = touched(request);
            allowed.extend(
                self.engine
                    .allowed(&request.table, &columns, &self.bindings)
                    .await?,
            );
        }
        let store = self.engine.store();
        let replies = store
            .apply_together(self.engine.plan(), &requests, self.author, &allowed)
            .await;
        let replies = replies.map_err(|error| Stop(error.message))?;
        for ((request, reply), words) in requests.iter().zip(&replies).zip(words) {
            let count = changed(request, reply);
            self.done.push(words.replace("{rows}", &text::rows(count)));
            self.effects.push(Effect::Edited {
                table: request.table.clone(),
                rows: count,
            });
        }
        Ok(())
    }
}

/// Rows that the request changed: somebody else may have removed some in between.
fn changed(request: &EditRequest, reply: &EditReply) -> u64 {
    let done = request
        .ops
        .iter()
        .zip(&reply.results)
        .filter(|(_, result)| matches!(result, EditResult::Ok));
    let keys: BTreeSet<&str> = done
        .map(|(op, _)| match op {
            EditOp::Set { key, .. } | EditOp::Insert { key, .. } | EditOp::Delete { key } => {
                key.as_str()
            }
        })
        .collect();
    keys.len() as u64
}

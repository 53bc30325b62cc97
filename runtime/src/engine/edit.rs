//! Edits of input tables, checked against the options that data gives.

use std::collections::BTreeSet;

use bookwright_compiler::bind::Bindings;

use super::{Engine, EngineError};
use crate::protocol::edit::{EditOp, EditReply, EditRequest};
use crate::store::Author;

impl Engine {
    /// Checks and does a batch of edits; what is `Ok` in the reply is durable.
    ///
    /// # Errors
    /// When the table is unknown, or the engine fails.
    pub async fn edit(
        &self,
        request: &EditRequest,
        author: &Author,
        bindings: &Bindings,
    ) -> Result<EditReply, EngineError> {
        if !self.plan.input_tables.contains_key(&request.table) {
            return Err(EngineError::Unknown {
                what: "input table",
                id: request.table.clone(),
            });
        }
        let allowed = self
            .allowed(&request.table, &touched(request), bindings)
            .await?;
        Ok(self
            .store
            .apply(&self.plan, request, author, &allowed)
            .await?)
    }
}

/// Columns that a request writes.
pub(crate) fn touched(request: &EditRequest) -> BTreeSet<&str> {
    let mut columns = BTreeSet::new();
    for op in &request.ops {
        match op {
            EditOp::Set { col, .. } => {
                columns.insert(col.as_str());
            }
            EditOp::Insert { values, .. } => columns.extend(values.keys().map(String::as_str)),
            EditOp::Delete { .. } => {}
        }
    }
    columns
}

//! `POST /api/v1/edit` and `POST /api/v1/action`: what changes data, and who is told of it.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use bookwright_compiler::plan::Plan;

use super::app::Shared;
use super::error::ApiError;
use super::query::body;
use crate::protocol::action::{ActionReply, ActionRequest, Effect};
use crate::protocol::edit::{EditOp, EditReply, EditRequest, EditResult};
use crate::protocol::live::ServerMessage;
use crate::session::slot::Slot;

/// Operations of one batch.
const MOST: usize = 5_000;

/// Stores edits, then tells every page of the workbook.
///
/// # Errors
/// When the request is malformed, names what there is not, or cannot be stored. A refused operation is in the reply.
pub async fn edit(
    State(app): State<Shared>,
    request: Result<Json<EditRequest>, JsonRejection>,
) -> Result<Json<EditReply>, ApiError> {
    let request = body(request)?;
    if request.ops.len() > MOST {
        return Err(ApiError::TooLarge(format!(
            "an edit has at most {MOST} operations"
        )));
    }
    let (slot, revision) = app.revision(&request.workbook)?;
    if !revision.plan.input_tables.contains_key(&request.table) {
        return Err(ApiError::Invalid(format!(
            "the workbook has no input table `{}`",
            request.table
        )));
    }
    let ask = app
        .workspace
        .ask(&revision.plan, &indexmap::IndexMap::new())?;
    let (table, by, ops) = (
        request.table.clone(),
        request.by.clone(),
        request.ops.clone(),
    );
    let reply = app.workspace.backend().edit(ask, request).await?;
    let done = accepted(ops, &reply.results);
    if !done.is_empty() {
        slot.tell(&ServerMessage::Edits {
            table: table.clone(),
            edit_num: reply.edit_num,
            by,
            ops: done,
        });
        tell_readers(&slot, &revision.plan, [table.as_str()]);
    }
    Ok(Json(reply))
}

/// Runs an action, then tells every page which data changed.
///
/// # Errors
/// When the request is malformed, names what there is not, or the action cannot start. A failed step is in the reply.
pub async fn action(
    State(app): State<Shared>,
    request: Result<Json<ActionRequest>, JsonRejection>,
) -> Result<Json<ActionReply>, ApiError> {
    let request = body(request)?;
    let (slot, revision) = app.revision(&request.workbook)?;
    if !revision.plan.actions.contains_key(&request.action) {
        return Err(ApiError::Invalid(format!(
            "the workbook has no action `{}`",
            request.action
        )));
    }
    let ask = app.workspace.ask(&revision.plan, &request.controls)?;
    let reply = app.workspace.backend().action(ask, request).await?;
    let tables = reply.effects.iter().filter_map(|effect| match effect {
        Effect::Edited { table, rows } if *rows > 0 => Some(table.as_str()),
        _ => None,
    });
    tell_readers(&slot, &revision.plan, tables);
    Ok(Json(reply))
}

fn accepted(ops: Vec<EditOp>, results: &[EditResult]) -> Vec<EditOp> {
    ops.into_iter()
        .zip(results)
        .filter(|(_, result)| matches!(result, EditResult::Ok))
        .map(|(op, _)| op)
        .collect()
}

/// Tells which data elements read one of these input tables.
fn tell_readers<'a>(slot: &Slot, plan: &Plan, tables: impl IntoIterator<Item = &'a str>) {
    let tables: Vec<&str> = tables.into_iter().collect();
    let els: Vec<String> = plan
        .data
        .values()
        .filter(|data| {
            data.input_tables
                .iter()
                .any(|table| tables.contains(&table.as_str()))
        })
        .map(|data| data.id.clone())
        .collect();
    // An empty list would mean everything.
    if !els.is_empty() {
        slot.tell(&ServerMessage::Stale { els });
    }
}

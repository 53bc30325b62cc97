//! `POST /api/v1/edit` and `POST /api/v1/action`: what changes data. The workspace tells the pages of committed edits.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;

use super::app::Shared;
use super::error::ApiError;
use super::query::body;
use crate::protocol::action::{ActionReply, ActionRequest};
use crate::protocol::edit::{EditReply, EditRequest};

/// Operations of one batch.
const MOST: usize = 5_000;

/// Stores edits.
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
    let (_, revision) = app.revision(&request.workbook)?;
    if !revision.plan.input_tables.contains_key(&request.table) {
        return Err(ApiError::Invalid(format!(
            "the workbook has no input table `{}`",
            request.table
        )));
    }
    let ask = app
        .workspace
        .ask(&revision.plan, &indexmap::IndexMap::new())?;
    Ok(Json(app.workspace.backend().edit(ask, request).await?))
}

/// Runs an action.
///
/// # Errors
/// When the request is malformed, names what there is not, or the action cannot start. A failed step is in the reply.
pub async fn action(
    State(app): State<Shared>,
    request: Result<Json<ActionRequest>, JsonRejection>,
) -> Result<Json<ActionReply>, ApiError> {
    let request = body(request)?;
    let (_, revision) = app.revision(&request.workbook)?;
    if !revision.plan.actions.contains_key(&request.action) {
        return Err(ApiError::Invalid(format!(
            "the workbook has no action `{}`",
            request.action
        )));
    }
    let ask = app.workspace.ask(&revision.plan, &request.controls)?;
    Ok(Json(app.workspace.backend().action(ask, request).await?))
}

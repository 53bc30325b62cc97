//! `POST /api/v1/find`: where a text stands in a table.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;

use super::app::Shared;
use super::error::ApiError;
use super::query::body;
use crate::protocol::find::{FindReply, FindRequest};

/// Texts of one request.
const MOST: usize = 8;

/// Looks through all rows of the list that the page shows.
///
/// # Errors
/// When the request is malformed, names what there is not, or the engine fails.
pub async fn find(
    State(app): State<Shared>,
    request: Result<Json<FindRequest>, JsonRejection>,
) -> Result<Json<FindReply>, ApiError> {
    let request = body(request)?;
    if request.texts.len() > MOST {
        return Err(ApiError::TooLarge(format!(
            "a search has at most {MOST} texts"
        )));
    }
    let (_, revision) = app.revision(&request.workbook)?;
    let ask = app.workspace.ask(&revision.plan, &request.controls)?;
    let found = app
        .workspace
        .backend()
        .find(ask, request.want, request.texts)
        .await?;
    Ok(Json(found))
}

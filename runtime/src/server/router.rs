//! Every route and what lies around them.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use serde::Deserialize;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use super::app::Shared;
use super::error::{ApiError, boundary};
use super::{asset, edit, export, find, guard, headers, live, query, shell};

/// Bytes of the largest request.
const LARGEST: usize = 8 << 20;

/// Time to the head of an answer.
const SLOWEST: Duration = Duration::from_mins(1);

/// The server's routes over its state.
pub fn router(app: Shared) -> Router {
    let compressed = Router::new()
        .route("/", get(shell::home))
        .route("/w/{workbook}", get(shell::first_page))
        .route("/w/{workbook}/{page}", get(shell::page))
        .route("/api/v1/plan", get(plan))
        .route("/api/v1/edit", post(edit::edit))
        .route("/api/v1/action", post(edit::action))
        .route("/api/v1/find", post(find::find))
        .route("/assets/{*path}", get(asset::asset))
        .layer(CompressionLayer::new());
    Router::new()
        .merge(compressed)
        // Not compressed: a line must leave as soon as it is there.
        .route("/api/v1/query", post(query::query))
        .route("/api/v1/export", post(export::export))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            SLOWEST,
        ))
        .route("/ws", get(live::live))
        .route("/healthz", get(|| async { "ok\n" }))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            guard::guard,
        ))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), boundary))
        .layer(middleware::from_fn(headers::secure))
        .with_state(app)
}

/// Query of `/api/v1/plan`.
#[derive(Debug, Deserialize)]
struct Which {
    workbook: String,
}

async fn plan(State(app): State<Shared>, Query(which): Query<Which>) -> Result<Response, ApiError> {
    let (_, revision) = app.revision(&which.workbook)?;
    Ok(Json(revision.view.as_ref()).into_response())
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of the layer")]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let words = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    ApiError::Server(words).into_response()
}

//! `POST /api/v1/query`: one JSON line per request, each as it finishes.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{StreamExt, once};

use super::app::{Mode, Shared};
use super::error::{ApiError, shown};
use crate::protocol::query::{QueryLine, QueryRequest, Want};
use crate::session::backend::{Ask, Backend};
use crate::session::build::Stopwatch;

/// Requests of one batch.
const MOST: usize = 500;

/// Answers a batch.
///
/// # Errors
/// When the request is malformed, its workbook unknown, or a control value is none. What fails for one element is told
/// in its line.
pub async fn query(
    State(app): State<Shared>,
    request: Result<Json<QueryRequest>, JsonRejection>,
) -> Result<Response, ApiError> {
    let request = body(request)?;
    if request.want.len() > MOST {
        return Err(ApiError::TooLarge(format!(
            "a query asks for at most {MOST} elements at once"
        )));
    }
    let (_, revision) = app.revision(&request.workbook)?;
    let ask = app.workspace.ask(&revision.plan, &request.controls)?;
    let mut lines = start(
        &app.workspace.backend(),
        &ask,
        request.want,
        request.seq,
        app.mode,
    );
    // The head goes out together with the first line: a head of its own would wait for an acknowledgement first.
    let Some(first) = lines.recv().await else {
        return Ok(ndjson(Body::empty()));
    };
    let stream = once(first)
        .chain(ReceiverStream::new(lines))
        .map(Ok::<_, Infallible>);
    Ok(ndjson(Body::from_stream(stream)))
}

/// The body of a request, or why it is none.
///
/// # Errors
/// [`ApiError::TooLarge`] beyond the limit, [`ApiError::Invalid`] otherwise.
pub fn body<T>(request: Result<Json<T>, JsonRejection>) -> Result<T, ApiError> {
    match request {
        Ok(Json(value)) => Ok(value),
        Err(error) if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => Err(
            ApiError::TooLarge("the request is larger than 8 MiB".to_owned()),
        ),
        Err(error) => Err(ApiError::Invalid(error.body_text())),
    }
}

/// Starts all requests of a batch. Lines arrive as they finish; dropping the receiver stops what still runs.
fn start(
    backend: &Arc<dyn Backend>,
    ask: &Ask,
    want: Vec<Want>,
    seq: u64,
    mode: Mode,
) -> mpsc::Receiver<Bytes> {
    let (sender, receiver) = mpsc::channel(want.len().max(1));
    for want in want {
        let (backend, ask, sender) = (Arc::clone(backend), ask.clone(), sender.clone());
        tokio::spawn(async move {
            let line = tokio::select! {
                () = sender.closed() => return,
                line = answer(backend.as_ref(), ask, want, seq, mode) => line,
            };
            // The one who asked may be gone by now.
            drop(sender.send(line).await);
        });
    }
    receiver
}

async fn answer(backend: &dyn Backend, ask: Ask, want: Want, seq: u64, mode: Mode) -> Bytes {
    let begun = Stopwatch::start();
    let (el, part) = (want.el.clone(), want.part);
    let (ok, err) = match backend.query(ask, want).await {
        Ok(table) => (Some(table), None),
        Err(failure) => (None, Some(shown(&failure, mode))),
    };
    let ms = begun.elapsed().as_secs_f64() * 1e3;
    let mut line = serde_json::to_vec(&QueryLine {
        el,
        part,
        seq,
        ok,
        err,
        ms,
    })
    .unwrap_or_default();
    line.push(b'\n');
    line.into()
}

fn ndjson(body: Body) -> Response {
    (
        [
            (header::CONTENT_TYPE, "application/x-ndjson"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        body,
    )
        .into_response()
}

//! `POST /api/v1/export`: all rows of an element as a file, sent while they are read.

use std::io;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::app::Shared;
use super::error::ApiError;
use super::query::body;
use crate::adapter::Batch;
use crate::engine::{Whole, wire};
use crate::protocol::export::{ExportForm, ExportRequest};
use crate::protocol::query::{Part, Want};
use crate::session::backend::Grain;

/// What tells spreadsheets that a file is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Sends the file.
///
/// # Errors
/// When the request is malformed, names what there is not, or the engine refuses. A failure later on breaks the
/// connection, so that nobody takes half a file for the whole.
pub async fn export(
    State(app): State<Shared>,
    request: Result<Json<ExportRequest>, JsonRejection>,
) -> Result<Response, ApiError> {
    let request = body(request)?;
    let (_, revision) = app.revision(&request.workbook)?;
    let ask = app.workspace.ask(&revision.plan, &request.controls)?;
    let want = Want {
        el: request.el,
        part: Part::Rows,
        rows: None,
        sort: request.sort,
        open: None,
        toggled: Vec::new(),
        search: None,
    };
    let grain = request.level.map_or(Grain::Shown, Grain::Level);
    let whole = app.workspace.backend().whole(ask, want, grain).await?;
    if !whole.waiting_for.is_empty() {
        return Err(ApiError::Invalid(format!(
            "these controls must be filled first: {}",
            whole.waiting_for.join(", ")
        )));
    }
    let kind = match request.form {
        ExportForm::Csv => "text/csv; charset=utf-8",
        ExportForm::Tsv => "text/tab-separated-values; charset=utf-8",
    };
    let stream = ReceiverStream::new(start(whole, request.form));
    Ok(([(header::CONTENT_TYPE, kind)], Body::from_stream(stream)).into_response())
}

/// Reads and writes batch after batch. Dropping the receiver stops the query.
fn start(mut whole: Whole, form: ExportForm) -> mpsc::Receiver<io::Result<Bytes>> {
    let (sender, receiver) = mpsc::channel(2);
    tokio::spawn(async move {
        let mut next = head(&whole, form).map(Some);
        loop {
            let part = match next {
                Ok(Some(part)) => Ok(part),
                Ok(None) => return,
                Err(error) => Err(error),
            };
            let failed = part.is_err();
            // The one who asked may be gone by now.
            if sender.send(part).await.is_err() || failed {
                return;
            }
            next = tokio::select! {
                () = sender.closed() => return,
                batch = whole.next() => match batch {
                    Ok(Some(batch)) => lines(&batch, form).map(Some),
                    Ok(None) => Ok(None),
                    Err(error) => Err(io::Error::other(error)),
                },
            };
        }
    });
    receiver
}

fn head(whole: &Whole, form: ExportForm) -> io::Result<Bytes> {
    let start = match form {
        ExportForm::Csv => MARK.to_vec(),
        ExportForm::Tsv => Vec::new(),
    };
    let mut writer = writer(start, form);
    writer.write_record(whole.columns.iter().map(|(name, _)| name))?;
    finished(writer)
}

fn lines(batch: &Batch, form: ExportForm) -> io::Result<Bytes> {
    let mut writer = writer(Vec::new(), form);
    for row in 0..batch.rows {
        let cells = batch.columns.iter();
        writer
            .write_record(cells.map(|cells| cells.get(row).map(wire::text).unwrap_or_default()))?;
    }
    finished(writer)
}

fn writer(start: Vec<u8>, form: ExportForm) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .delimiter(match form {
            ExportForm::Csv => b',',
            ExportForm::Tsv => b'\t',
        })
        .terminator(csv::Terminator::CRLF)
        .from_writer(start)
}

fn finished(writer: csv::Writer<Vec<u8>>) -> io::Result<Bytes> {
    let bytes = writer
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.into())
}

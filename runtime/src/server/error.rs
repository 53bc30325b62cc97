//! Why a request was not answered, and the one boundary that decides what of it leaves the process.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bookwright_compiler::diag::Code;
use bookwright_compiler::diag::codes::runtime as codes;

use super::app::{App, Mode, Shared};
use super::shell;
use crate::protocol::query::QueryFailure;
use crate::session::backend::Failure;

/// Why a request was not answered.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ApiError {
    /// No workbook of this id.
    #[error("there is no workbook `{0}`")]
    UnknownWorkbook(String),
    /// No page of this id in a workbook.
    #[error("the workbook has no page `{0}`")]
    UnknownPage(String),
    /// The workbook has never compiled.
    #[error("the workbook `{0}` has errors and has not been shown yet")]
    InError(String),
    /// Not what the protocol says.
    #[error("{0}")]
    Invalid(String),
    /// Too much at once.
    #[error("{0}")]
    TooLarge(String),
    /// From another site.
    #[error("{0}")]
    Refused(String),
    /// No such address.
    #[error("there is nothing at this address")]
    NotFound,
    /// It took too long.
    #[error("the server was too slow to answer")]
    Timeout,
    /// An engine failed.
    #[error("{0}")]
    Failed(#[from] Failure),
    /// A mistake of ours, in words for the terminal.
    #[error("the server made a mistake; its terminal says more")]
    Server(String),
}

impl ApiError {
    fn code(&self) -> &'static Code {
        match self {
            Self::UnknownWorkbook(_) => &codes::UNKNOWN_WORKBOOK,
            Self::UnknownPage(_) | Self::NotFound => &codes::UNKNOWN_ELEMENT,
            Self::InError(_) => &codes::WORKBOOK_IN_ERROR,
            Self::Invalid(_) => &codes::INVALID_REQUEST,
            Self::TooLarge(_) => &codes::REQUEST_TOO_LARGE,
            Self::Refused(_) => &codes::ORIGIN_REFUSED,
            Self::Timeout => &codes::QUERY_TIMEOUT,
            Self::Failed(failure) => failure.code,
            Self::Server(_) => &codes::SERVER_FAILED,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::UnknownWorkbook(_) | Self::UnknownPage(_) | Self::NotFound => {
                StatusCode::NOT_FOUND
            }
            Self::InError(_) => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused(_) => StatusCode::FORBIDDEN,
            Self::Timeout => StatusCode::GATEWAY_TIMEOUT,
            Self::Failed(failure) if failure.code == &codes::CONTROL_VALUE => {
                StatusCode::BAD_REQUEST
            }
            Self::Failed(failure) if failure.code == &codes::UNKNOWN_ELEMENT => {
                StatusCode::NOT_FOUND
            }
            Self::Failed(_) | Self::Server(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn detail(&self) -> Option<String> {
        match self {
            Self::Failed(failure) => failure.detail.clone(),
            Self::Server(words) => Some(words.clone()),
            _ => None,
        }
    }
}

/// What leaves the process of a failure: detail only for the author.
pub fn shown(failure: &Failure, mode: Mode) -> QueryFailure {
    QueryFailure {
        code: failure.code.name.to_owned(),
        message: failure.message.clone(),
        detail: failure.detail.clone().filter(|_| mode == Mode::Dev),
    }
}

impl IntoResponse for ApiError {
    /// Only the status; [`boundary`] writes the body.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Writes the body of failed requests: JSON for programs, a page for people.
pub async fn boundary(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let for_people = wants_page(&request);
    let mut response = next.run(request).await;
    let error = match response.extensions_mut().remove::<Arc<ApiError>>() {
        Some(error) => error,
        None => match response.status() {
            // Bare answers of the router and of layers.
            StatusCode::NOT_FOUND if !has_body(&response) => Arc::new(ApiError::NotFound),
            StatusCode::METHOD_NOT_ALLOWED if !has_body(&response) => Arc::new(ApiError::Invalid(
                "this address knows another method".to_owned(),
            )),
            StatusCode::GATEWAY_TIMEOUT => Arc::new(ApiError::Timeout),
            _ => return response,
        },
    };
    written(&app, &error, for_people)
}

fn has_body(response: &Response) -> bool {
    response
        .headers()
        .contains_key(axum::http::header::CONTENT_TYPE)
}

fn written(app: &App, error: &ApiError, for_people: bool) -> Response {
    if for_people {
        return (error.status(), shell::problem_page(app, &error.to_string())).into_response();
    }
    let body = QueryFailure {
        code: error.code().name.to_owned(),
        message: error.to_string(),
        detail: error.detail().filter(|_| app.mode == Mode::Dev),
    };
    (error.status(), Json(body)).into_response()
}

fn wants_page(request: &Request) -> bool {
    let path = request.uri().path();
    !path.starts_with("/api/")
        && !path.starts_with("/assets/")
        && path != "/ws"
        && request
            .headers()
            .get(axum::http::header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"))
}

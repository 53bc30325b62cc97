//! The front end built into the program.

use axum::extract::Path;
use axum::response::Response;

use super::error::ApiError;

/// What the shell has to load. Paths are those of the build, without leading slash.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The module that starts the page.
    pub script: String,
    /// Style sheets.
    pub styles: Vec<String>,
    /// Modules that the first one needs.
    pub preload: Vec<String>,
    /// Changes with any file of the bundle.
    pub hash: String,
}

/// `GET /assets/…`
///
/// # Errors
/// When there is no such file.
pub async fn asset(Path(_path): Path<String>) -> Result<Response, ApiError> {
    Err(ApiError::NotFound)
}

//! The front end built into the program.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::error::ApiError;
use crate::assets;

/// What the shell has to load. Addresses of this server.
#[derive(Clone, Debug, Serialize)]
pub struct Bundle {
    /// The module that starts the page.
    pub script: String,
    /// Style sheets.
    pub styles: Vec<String>,
    /// Modules that the first one needs.
    pub modules: Vec<String>,
    /// Fonts of the first text.
    pub fonts: Vec<String>,
    /// Changes with any file of the bundle.
    pub hash: String,
}

/// The front end; `None` when it was not built into the program.
pub fn bundle() -> Option<Bundle> {
    let entry = assets::entry()?;
    let address = |path: &&str| format!("/assets/{path}");
    let (fonts, modules): (Vec<&str>, Vec<&str>) = entry.preload.iter().partition(|path| {
        std::path::Path::new(path)
            .extension()
            .is_some_and(|kind| kind == "woff2")
    });
    Some(Bundle {
        script: address(&entry.script),
        styles: entry.styles.iter().map(address).collect(),
        modules: modules.iter().map(address).collect(),
        fonts: fonts.iter().map(address).collect(),
        hash: assets::hash().to_owned(),
    })
}

/// `GET /assets/…`
///
/// # Errors
/// When there is no such file.
pub async fn asset(Path(path): Path<String>) -> Result<Response, ApiError> {
    let asset = assets::get(&path).ok_or(ApiError::NotFound)?;
    let caching = if asset.immutable {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, caching),
    ];
    Ok((headers, asset.bytes).into_response())
}

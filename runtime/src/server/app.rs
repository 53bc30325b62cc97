//! What every handler knows.

use std::sync::Arc;

use super::asset::Bundle;
use super::error::ApiError;
use crate::session::revision::Revision;
use crate::session::slot::Slot;
use crate::session::workspace::Workspace;

/// How the server runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// For the author: hot reload, and errors with detail.
    Dev,
    /// For visitors.
    Serve,
}

impl Mode {
    /// The word pages get.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Serve => "serve",
        }
    }
}

/// The state of the server.
pub struct App {
    /// The project.
    pub workspace: Arc<Workspace>,
    /// How it runs.
    pub mode: Mode,
    /// The front end; `None` when it was not built into the program.
    pub bundle: Option<Bundle>,
    /// Origin of a front end under development (`http://localhost:5173`), in place of the bundle.
    pub ui_dev: Option<String>,
}

/// The state as handlers get it.
pub type Shared = Arc<App>;

impl App {
    /// A workbook and its last good build.
    ///
    /// # Errors
    /// When there is no such workbook, or it has never compiled.
    pub fn revision(&self, workbook: &str) -> Result<(Arc<Slot>, Arc<Revision>), ApiError> {
        let slot = self.slot(workbook)?;
        match &slot.current().revision {
            Some(revision) => Ok((Arc::clone(&slot), Arc::clone(revision))),
            None => Err(ApiError::InError(workbook.to_owned())),
        }
    }

    /// A workbook.
    ///
    /// # Errors
    /// When there is none of this id.
    pub fn slot(&self, workbook: &str) -> Result<Arc<Slot>, ApiError> {
        self.workspace
            .slot(workbook)
            .ok_or_else(|| ApiError::UnknownWorkbook(workbook.to_owned()))
    }

    /// Hash of the bundle; empty without one.
    pub fn assets_hash(&self) -> String {
        self.bundle
            .as_ref()
            .map(|bundle| bundle.hash.clone())
            .unwrap_or_default()
    }
}

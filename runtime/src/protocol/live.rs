//! `GET /ws?workbook=ID`: one WebSocket per tab for everything live.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::edit::EditOp;
use super::view::ViewPlan;

/// Server to browser.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ServerMessage {
    /// First message.
    Hello {
        /// Revision of the server's plan.
        rev: u64,
        /// Its hash: reload the plan when it differs.
        hash: String,
        /// Hash of the bundle: offer a reload when it differs.
        assets: String,
    },
    /// A new plan.
    Plan {
        /// The plan.
        plan: Arc<ViewPlan>,
        /// Warnings of the build.
        diagnostics: Vec<DiagnosticView>,
    },
    /// The last save does not compile; the page keeps the last good plan.
    Diag {
        /// What is wrong.
        diagnostics: Vec<DiagnosticView>,
    },
    /// Data changed: ask again.
    Stale {
        /// Data element ids; everything when empty.
        els: Vec<String>,
    },
    /// Edits of an input table, by anyone.
    Edits {
        /// Input table id.
        table: String,
        /// Number of the last edit.
        edit_num: u64,
        /// Tab that made them.
        by: String,
        /// Operations.
        ops: Vec<EditOp>,
    },
}

/// Browser to server.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ClientMessage {
    /// Asks for what was missed after a disconnect; answered by `plan` and `stale` as needed.
    Catchup {
        /// Revision the tab has.
        rev: u64,
    },
    /// Tells that a pushed plan is on the screen, for timing.
    Painted {
        /// Revision.
        rev: u64,
        /// Milliseconds from message to painted frame.
        ms: f64,
    },
}

/// A finding as the page shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DiagnosticView {
    /// `error`, `warning`, `note`.
    pub severity: String,
    /// Code name.
    pub code: String,
    /// One line.
    pub message: String,
    /// File relative to the project.
    pub file: String,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in characters.
    pub column: u32,
    /// End line.
    pub end_line: u32,
    /// End column.
    pub end_column: u32,
    /// Lines around the place: number and text.
    pub excerpt: Vec<(u32, String)>,
    /// Ways out.
    pub help: Vec<String>,
    /// What the fix would do.
    pub fix: Option<String>,
}

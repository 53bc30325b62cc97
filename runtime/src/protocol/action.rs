//! `POST /api/v1/action`: runs an action program on the server.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A run.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ActionRequest {
    /// Workbook id.
    pub workbook: String,
    /// Action id.
    pub action: String,
    /// Id of the browser tab.
    pub by: String,
    /// Id of the element or overlay that was clicked, or of the control that was changed: that one's `on_change` does
    /// not run again when the program sets it.
    #[serde(default)]
    pub host: Option<String>,
    /// Control values by id.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, ControlValue>"))]
    pub controls: IndexMap<String, Json>,
    /// Clicked or selected rows: cells by column id, and `_row_id` for input tables.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, Cell>[]"))]
    pub selection: Vec<IndexMap<String, Json>>,
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ActionReply {
    /// Interface effects, in order.
    pub effects: Vec<Effect>,
    /// Why the sequence stopped, when it did.
    pub failure: Option<ActionFailure>,
}

/// An effect for the browser to apply.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Effect {
    /// A control has this value now.
    Set {
        /// Control id.
        control: String,
        /// Value in its natural JSON form.
        #[cfg_attr(test, ts(type = "ControlValue"))]
        value: Json,
    },
    /// Opens an overlay.
    Open {
        /// Overlay id.
        overlay: String,
    },
    /// Closes an overlay, the topmost when not said.
    Close {
        /// Overlay id.
        overlay: Option<String>,
    },
    /// Goes to a page.
    Navigate {
        /// Page id.
        page: String,
    },
    /// Shows a tab.
    SelectTab {
        /// Element id of the tabs.
        tabs: String,
        /// Tab id.
        tab: String,
    },
    /// Reads data again; everything when empty.
    Refresh {
        /// Data element ids.
        elements: Vec<String>,
    },
    /// Opens an address (already checked to be http, https or mailto).
    OpenUrl {
        /// Address.
        url: String,
        /// In a new tab.
        new_tab: bool,
    },
    /// Shows a message.
    Notify {
        /// Text.
        text: String,
    },
    /// Rows of an input table changed.
    Edited {
        /// Input table id.
        table: String,
        /// Rows inserted, updated or deleted.
        rows: u64,
    },
}

/// Why a sequence stopped.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ActionFailure {
    /// Step, counted from 1.
    pub step: u32,
    /// One sentence: what failed and why.
    pub message: String,
    /// What had already happened, in words.
    pub done: Vec<String>,
}

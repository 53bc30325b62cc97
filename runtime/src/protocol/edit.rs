//! `POST /api/v1/edit`: edits of an input table. Acknowledged only when durable.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A batch of edits; one undo step, one transaction per 5,000 operations.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EditRequest {
    /// Workbook id.
    pub workbook: String,
    /// Input table id.
    pub table: String,
    /// Id of the browser tab, so that it can ignore its own echo.
    pub by: String,
    /// Unique id of the batch; sending it again is harmless.
    pub id: String,
    /// Operations in order.
    pub ops: Vec<EditOp>,
}

/// One operation. Rows are addressed by row id; new rows bring an id made by the browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum EditOp {
    /// Sets one cell.
    Set {
        /// Row id.
        key: String,
        /// Column id.
        col: String,
        /// New value; null empties.
        #[cfg_attr(test, ts(type = "Cell"))]
        value: Json,
    },
    /// Adds a row.
    Insert {
        /// Row id of the new row, unique (1 to 64 of `A-Za-z0-9_-`).
        key: String,
        /// Row after which it stands; before all others when it is an empty text, at the end when absent.
        after: Option<String>,
        /// Values by column id.
        #[cfg_attr(test, ts(type = "Record<string, Cell>"))]
        values: IndexMap<String, Json>,
    },
    /// Removes a row.
    Delete {
        /// Row id.
        key: String,
    },
}

/// The reply.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EditReply {
    /// Number of the last edit of the table.
    pub edit_num: u64,
    /// One per operation, in order.
    pub results: Vec<EditResult>,
}

/// Fate of an operation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum EditResult {
    /// Done and durable.
    Ok,
    /// Refused, with a sentence.
    Rejected(String),
}

//! `POST /api/v1/find`: where a text stands in a table.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::query::Want;

/// Rows told at most; more are only counted.
pub const MOST_FOUND: usize = 10_000;

/// What is looked for, and in which list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FindRequest {
    /// Workbook id.
    pub workbook: String,
    /// Control values by id; a missing one has its default.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, ControlValue>"))]
    pub controls: IndexMap<String, Json>,
    /// The element, with the visitor's sort and open groups.
    pub want: Want,
    /// What was typed, and what it may stand for (`1,234` for 1234): any of them, in the exact value, ignoring case.
    pub texts: Vec<String>,
}

/// Where it stands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FindReply {
    /// Indexes of the rows in the shown list, ascending; the first 10,000.
    pub rows: Vec<u64>,
    /// Rows that hold it.
    pub count: u64,
    /// Rows looked at.
    pub searched: u64,
}

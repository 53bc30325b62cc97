//! `POST /api/v1/query`: a batch of element requests; the reply is one JSON line per request as it finishes.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A batch.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct QueryRequest {
    /// Workbook id.
    pub workbook: String,
    /// Counts the browser's requests; echoed.
    pub seq: u64,
    /// Control values by id; a missing one has its default.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, ControlValue>"))]
    pub controls: IndexMap<String, Json>,
    /// What is asked.
    pub want: Vec<Want>,
}

/// One request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Want {
    /// Id of a data element; for `options` the id of a control or `INPUT_TABLE/COLUMN`.
    pub el: String,
    /// Which part.
    #[serde(default)]
    pub part: Part,
    /// First row (from 0) and number of rows; all (up to the server's limit) when absent.
    pub rows: Option<(u64, u64)>,
    /// The visitor's own sort: column id and direction; replaces the element's.
    #[serde(default)]
    pub sort: Vec<(String, Direction)>,
    /// Which groups are open in a grouped table: `None` opens every level but base rows.
    pub open: Option<Vec<String>>,
    /// Groups that the visitor opened or closed since: the other way round than `open` says.
    #[serde(default)]
    pub toggled: Vec<String>,
    /// Text that options must contain, ignoring case.
    pub search: Option<String>,
}

/// Part of a data element.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Part {
    /// Rows; of a grouped table the flattened tree of groups (`depth`, `kind`, `keys`).
    #[default]
    Rows,
    /// One row over everything.
    Totals,
    /// A KPI's periods.
    Series,
    /// Choices of a control or select column: columns value, label, count.
    Options,
}

/// Direction of a sort.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Direction {
    /// Smallest first.
    Asc,
    /// Largest first.
    Desc,
}

/// One line of the reply.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct QueryLine {
    /// Echo of `Want::el`.
    pub el: String,
    /// Echo of `Want::part`.
    pub part: Part,
    /// Echo of `QueryRequest::seq`.
    pub seq: u64,
    /// The result …
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub ok: Option<Table>,
    /// … or why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub err: Option<QueryFailure>,
    /// Milliseconds spent.
    pub ms: f64,
}

/// Columnar rows.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Table {
    /// Rows there are in all.
    pub count: u64,
    /// Index of the first row sent.
    pub offset: u64,
    /// For each column sent, its index in `DataView::columns` (for options: 0 value, 1 label, 2 count).
    pub columns: Vec<usize>,
    /// For each column sent, its cells.
    #[cfg_attr(test, ts(type = "Cell[][]"))]
    pub values: Vec<Vec<Json>>,
    /// Grouped tables: depth of each row, 0 for the outermost group.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub depth: Option<Vec<u32>>,
    /// Grouped tables: whether each row is a group or a base row.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub kind: Option<Vec<RowKind>>,
    /// Grouped tables: key path of each group, to open and close it. Input tables: row ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub keys: Option<Vec<String>>,
    /// Number of the last edit that the rows include (input tables).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub edit_num: Option<u64>,
    /// A required control of the page is empty: nothing is shown, and these controls must be filled.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(as = "Option<Vec<String>>", optional))]
    pub waiting_for: Vec<String>,
    /// Rows beyond the server's limit were left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub truncated: bool,
}

/// Kind of a row in a grouped table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum RowKind {
    /// A base row, or an innermost group that cannot be opened.
    Leaf,
    /// A group that is open.
    Open,
    /// A group that is closed.
    Closed,
}

/// Why a query failed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct QueryFailure {
    /// Registered code name (`query-failed`, `query-timeout`, …).
    pub code: String,
    /// One sentence.
    pub message: String,
    /// More, for the author (dev only): engine message, place in the author's file.
    pub detail: Option<String>,
}

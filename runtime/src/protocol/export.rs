//! `POST /api/v1/export`: all rows of an element as a file.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::query::Direction;

/// What goes into the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ExportRequest {
    /// Workbook id.
    pub workbook: String,
    /// Id of a data element.
    pub el: String,
    /// Control values by id; a missing one has its default.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, ControlValue>"))]
    pub controls: IndexMap<String, Json>,
    /// The visitor's own sort.
    #[serde(default)]
    pub sort: Vec<(String, Direction)>,
    /// Level of a grouped table, `base` for the rows beneath the groups; the innermost groups when absent.
    pub level: Option<String>,
    /// Form of the file.
    #[serde(default)]
    pub form: ExportForm,
}

/// Form of a file. Exact values; days without their midnight; UTF-8.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ExportForm {
    /// Comma-separated, with a byte order mark: spreadsheets take it for UTF-8 then.
    #[default]
    Csv,
    /// Tab-separated, for the clipboard.
    Tsv,
}

//! The view plan: what the browser needs to draw a workbook. No SQL, no file paths, no formulas.

use std::sync::Arc;

use bookwright_compiler::plan::{self, layout};
use bookwright_compiler::value::Type;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value as Json;

/// The view plan of one workbook.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ViewPlan {
    /// Protocol version, 1.
    pub v: u32,
    /// Grows with every successful build of a running server.
    pub rev: u64,
    /// Content hash of the plan.
    pub hash: String,
    /// Workbook id (first path segment after `/w/`).
    pub workbook: String,
    /// Workbook name.
    pub title: String,
    /// Description, plain text.
    pub description: Option<String>,
    /// Project-wide meaning of dates and numbers.
    pub settings: plan::Settings,
    /// Pages in order.
    pub pages: Vec<layout::Page>,
    /// Modals and drawers.
    pub overlays: Vec<layout::Overlay>,
    /// Elements by id; `hash` tells whether one changed.
    pub elements: IndexMap<String, Arc<layout::Element>>,
    /// Data elements by id.
    pub data: IndexMap<String, Arc<DataView>>,
    /// Controls by id.
    pub controls: IndexMap<String, ControlView>,
    /// Input tables by id.
    pub input_tables: IndexMap<String, InputTableView>,
}

/// A data element as the browser sees it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DataView {
    /// Display name.
    pub name: String,
    /// All columns; layouts and replies refer to them by index.
    pub columns: Vec<plan::element::DataColumn>,
    /// Groupings, outermost first.
    pub levels: Vec<LevelView>,
    /// Whether groups can be opened to base rows.
    pub base: bool,
    /// Whether there is a totals row.
    pub totals: bool,
    /// Ids of the controls whose change makes results stale.
    pub controls: Vec<String>,
    /// Ids of the input tables whose edits make results stale.
    pub input_tables: Vec<String>,
    /// Changes when its relations or columns change: equal hash, results still good.
    pub hash: String,
}

/// A grouping.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LevelView {
    /// Name.
    pub name: String,
    /// Indexes of its own key columns.
    pub keys: Vec<usize>,
    /// Indexes of all columns its rows carry.
    pub columns: Vec<usize>,
}

/// A control as the browser sees it. Values travel in a natural JSON form: null when empty; a scalar; an array for
/// multiple selection; `{"min":…,"max":…}` for ranges, dates as ISO text; `{"window":"last","count":90,"unit":"day",
/// "to_date":true}` and its likes for relative windows.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ControlView {
    /// Handle in formulas.
    pub name: String,
    /// Shown label.
    pub label: String,
    /// Type and settings.
    pub kind: plan::control::ControlKind,
    /// Value before anyone touches it.
    #[cfg_attr(test, ts(type = "ControlValue"))]
    pub default: Json,
    /// Whether its page shows nothing while it is empty.
    pub required: bool,
    /// Whether the visitor can empty it.
    pub clearable: bool,
    /// Fixed choices; `None` when they are asked for with a query of part `options` (or there are none).
    pub options: Option<Vec<OptionView>>,
    /// Choices come from data.
    pub options_query: bool,
    /// Id of the program run after a visitor's change.
    pub on_change: Option<String>,
    /// Content hash: equal hash, the value is kept on reload.
    pub hash: String,
}

/// One choice.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OptionView {
    /// Value.
    #[cfg_attr(test, ts(type = "Cell"))]
    pub value: Json,
    /// Shown.
    pub label: String,
}

/// An input table as the browser sees it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct InputTableView {
    /// Display name.
    pub name: String,
    /// Stored columns in order.
    pub columns: Vec<InputColumnView>,
    /// Whether this server lets this visitor edit.
    pub editable: bool,
}

/// A stored column.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct InputColumnView {
    /// Slug id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Kind.
    pub kind: plan::input::InputKind,
    /// Type of values.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Refuses empty cells.
    pub required: bool,
    /// Least value.
    #[cfg_attr(test, ts(type = "Cell"))]
    pub min: Json,
    /// Greatest value.
    #[cfg_attr(test, ts(type = "Cell"))]
    pub max: Json,
    /// Longest text in characters.
    pub max_length: Option<u32>,
    /// Allowed values.
    pub options: Vec<OptionView>,
    /// Allowed values come from data: ask with part `options` and `el` = `TABLE/COLUMN`.
    pub options_query: bool,
}

/// What the page shell carries in `<script id="boot">`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Boot {
    /// The view plan.
    pub plan: ViewPlan,
    /// Page the address names.
    pub page: String,
    /// Control values the address sets.
    #[cfg_attr(test, ts(type = "Record<string, ControlValue>"))]
    pub values: IndexMap<String, Json>,
    /// Hash of the bundle, to notice a newer one.
    pub assets: String,
    /// `dev` or `serve`.
    pub mode: String,
    /// Diagnostics of the last build, when it failed or warned.
    pub diagnostics: Vec<super::live::DiagnosticView>,
}

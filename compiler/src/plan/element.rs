//! Data elements: named relations with levels.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::relation::{NodeId, SortKey};
use crate::value::Type;

/// A query, an input table, or an element of a page that shows data; the ELEMENT of `query`.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct DataElement {
    /// Slug id.
    pub id: String,
    /// Display name; empty for dynamic text.
    pub name: String,
    /// What it is.
    pub kind: DataKind,
    /// All columns of all levels: keys of outer levels first, each level its keys, then its calculations, then base
    /// columns; hidden ones too.
    pub columns: Vec<DataColumn>,
    /// What `query` and the page show by default: base rows without grouping, else one row per innermost group.
    pub rows: View,
    /// Groupings, outermost first; empty without grouping.
    pub levels: Vec<Level>,
    /// Rows beneath the groups, when there are groups.
    pub base: Option<View>,
    /// One row: every level's calculations evaluated over the whole element, and the summaries.
    pub totals: Option<View>,
    /// KPI: one row per period. Its first column is the period.
    pub series: Option<View>,
    /// Ids of controls its results read, sorted.
    pub controls: Vec<String>,
    /// Ids of input tables its results read, sorted.
    pub input_tables: Vec<String>,
}

/// Kind of a data element.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DataKind {
    /// A query of the workbook, shown or not.
    Query,
    /// An input table.
    InputTable,
    /// A table element.
    Table,
    /// A chart.
    Chart,
    /// A KPI.
    Kpi,
    /// The formulas of a text, a title or another prose: one row, one column per formula.
    Text,
}

/// A column of a data element.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DataColumn {
    /// Slug, unique in the element.
    pub id: Arc<str>,
    /// Display name, unique in the element.
    pub name: Arc<str>,
    /// Type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Number or date format; `None` shows the value plainly.
    pub format: Option<Arc<super::layout::Format>>,
    /// Not shown.
    pub hidden: bool,
    /// Description, shown as a tooltip of the header.
    pub description: Option<String>,
    /// Width in pixels, when the author says so.
    pub width: Option<u32>,
    /// `left`, `center` or `right`, when the author says so.
    pub align: Option<String>,
    /// Index into `levels` of the level it lives at; `None` for base columns and summaries.
    pub level: Option<usize>,
    /// Part of a level's keys.
    pub key: bool,
    /// A summary (one value for the whole element).
    pub summary: bool,
}

/// A relation and what its columns are.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct View {
    /// The relation, sorted and limited as the workbook says.
    pub node: NodeId,
    /// For each column of the relation, its index in [`DataElement::columns`].
    pub columns: Vec<usize>,
    /// The order of the relation, over its columns, for merging levels and for tie-breaking a visitor's own sort.
    pub order: Vec<SortKey>,
}

/// One grouping.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Level {
    /// Name in `--level` and `level:`.
    pub name: String,
    /// Indexes into [`DataElement::columns`] of its own keys.
    pub keys: Vec<usize>,
    /// One row per group of this level: keys of outer levels, own keys, calculations of outer levels and own ones.
    pub view: View,
}

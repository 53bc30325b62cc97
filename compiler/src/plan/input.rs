//! Input tables.

use serde::{Deserialize, Serialize};

use crate::value::{Type, Value};

/// An input table that people edit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct InputTable {
    /// Slug id; data hangs on it.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Stored columns in order.
    pub columns: Vec<InputColumn>,
    /// A CSV file that fills the table when it is made.
    pub csv: Option<String>,
    /// `draft`, `published` or `everyone`.
    pub entry: String,
}

/// A stored column.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct InputColumn {
    /// Slug id; data hangs on it.
    pub id: String,
    /// Display name.
    pub name: String,
    /// What may be entered.
    pub kind: InputKind,
    /// Type of its values.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Refuses empty cells.
    pub required: bool,
    /// Least number or date.
    pub min: Value,
    /// Greatest number or date.
    pub max: Value,
    /// Longest text in characters.
    pub max_length: Option<u32>,
    /// Allowed values of a select; empty otherwise or when they come from a column.
    pub options: Vec<super::control::ControlOption>,
    /// Relation of allowed values (first column) for a select with `options_from`.
    pub options_from: Option<super::relation::NodeId>,
}

/// Kind of a stored column.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum InputKind {
    Text,
    Number,
    Date,
    Checkbox,
    Select,
    MultiSelect,
    CreatedAt,
    CreatedBy,
    UpdatedAt,
    UpdatedBy,
}

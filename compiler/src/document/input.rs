//! Input tables.

use super::control::Options;
use super::data::{Align, Format};
use super::primitive::{ColumnPath, Constant, Entries, Formula, Later, Prose, Raw, Text};
use super::read::macros::{keyword, record};
use crate::span::Spanned;

record! {
    /// An input table.
    pub struct InputTable {
        /// Pins the id; rows hang on it.
        id: Option<Text>,
        /// What it is for.
        description: Option<Prose>,
        /// Who may enter data.
        entry: Option<Spanned<Entry>>,
        /// A CSV file that fills it when it is made.
        csv: Option<Text>,
        /// The query whose rows it extends.
        linked: Option<Later<Text>>,
        /// Key column of the linked query.
        key: Option<Later<Text>>,
        /// Columns of the linked query shown beside.
        show: Option<Later<Vec<Text>>>,
        /// Columns.
        columns: Entries<InputColumn>,
        /// Merged last into the exported element.
        sigma: Option<Raw>,
    }
}

keyword! {
    /// Who may enter data.
    pub enum Entry { Draft = "draft", Published = "published", Everyone = "everyone" }
}

record! {
    /// A column of an input table: stored, or computed when it has a formula.
    pub struct InputColumn short r#type {
        /// What is stored.
        r#type: Option<Spanned<InputType>>,
        /// A computed column.
        formula: Option<Formula>,
        /// Pins the id; data hangs on it.
        id: Option<Text>,
        /// Refuses empty cells.
        required: Option<Spanned<bool>>,
        /// Least.
        min: Option<Constant>,
        /// Greatest.
        max: Option<Constant>,
        /// Longest text in characters.
        max_length: Option<Spanned<u32>>,
        /// Allowed values.
        options: Option<Options>,
        /// Allowed values from a column.
        options_from: Option<ColumnPath>,
        /// `color-by-option` or a colour.
        pills: Option<Text>,
        /// How it looks.
        format: Option<Format>,
        /// Not shown.
        hidden: Option<Spanned<bool>>,
        /// Tooltip.
        description: Option<Prose>,
        /// Pixels.
        width: Option<Spanned<u32>>,
        /// Side.
        align: Option<Spanned<Align>>,
    }
}

keyword! {
    /// What is stored.
    pub enum InputType {
        Text = "text", Number = "number", Date = "date", Checkbox = "checkbox", Select = "select",
        MultiSelect = "multi_select", File = "file", CreatedAt = "created_at", CreatedBy = "created_by",
        UpdatedAt = "updated_at", UpdatedBy = "updated_by", RowId = "row_id",
    }
}

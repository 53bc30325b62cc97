//! Controls.

use super::action::Trigger;
use super::data::{Case, NullWord, Rank, Window};
use super::primitive::{ColumnPath, Constant, Later, OneOrMany, Prose, Raw, Text};
use super::read::macros::{keyword, record};
use crate::span::Spanned;
use crate::value::Value;

record! {
    /// A control.
    pub struct Control {
        /// What it is.
        r#type: Spanned<ControlType>,
        /// Pins the id.
        id: Option<Text>,
        /// Shown above it; the name unless said. `false` shows none.
        label: Option<Text>,
        /// Shown as a tooltip.
        description: Option<Prose>,
        /// Value before anyone touches it.
        default: Option<Default>,
        /// Choices.
        options: Option<Options>,
        /// Choices from a column.
        options_from: Option<ColumnPath>,
        /// Labels from another column of the same element.
        labels_from: Option<ColumnPath>,
        /// Order of choices: `count`, `-count`, `value`, `-value`.
        sort: Option<Spanned<OptionSort>>,
        /// One or several; `multiple` for `list` unless said.
        selection: Option<Spanned<Selection>>,
        /// Columns it filters.
        filters: Option<OneOrMany<ColumnPath>>,
        /// `include` or `exclude` for lists; a comparison for numbers, dates, sliders; a text comparison for text;
        /// `true_all` or `true_false` for checkbox and switch; `top` or `bottom` for top-n.
        mode: Option<Text>,
        /// Text comparison, the same as `mode` for text.
        r#match: Option<Text>,
        /// Letter case of text comparisons.
        case: Option<Spanned<Case>>,
        /// The visitor may change the comparison.
        operators: Option<Spanned<bool>>,
        /// Shows a clear button.
        clear: Option<Spanned<bool>>,
        /// Least.
        min: Option<Spanned<f64>>,
        /// Greatest.
        max: Option<Spanned<f64>>,
        /// Distance of two positions.
        step: Option<Spanned<f64>>,
        /// How ties count (top-n).
        rank: Option<Spanned<Rank>>,
        /// What becomes of nulls in filtered columns.
        nulls: Option<Spanned<NullWord>>,
        /// While empty, its page shows nothing.
        required: Option<Spanned<bool>>,
        /// Shown in the empty control.
        placeholder: Option<Text>,
        /// Runs after a visitor's change.
        on_change: Option<Trigger>,
        /// Drill-down: column names.
        categories: Option<Later<Vec<Text>>>,
        /// Merged last into the exported control.
        sigma: Option<Raw>,
    }
}

keyword! {
    /// Every control type of the platform.
    pub enum ControlType {
        Text = "text", TextArea = "text-area", Number = "number", NumberRange = "number-range", List = "list",
        Segmented = "segmented", Checkbox = "checkbox", Switch = "switch", Date = "date", DateRange = "date-range",
        Slider = "slider", RangeSlider = "range-slider", TopN = "top-n", DrillDown = "drill-down", Legend = "legend",
        Hierarchy = "hierarchy", FileUpload = "file-upload", Button = "button",
    }
}

keyword! {
    /// One or several.
    pub enum Selection { Single = "single", Multiple = "multiple" }
}

keyword! {
    /// Order of choices.
    pub enum OptionSort { Count = "count", CountDescending = "-count", Value = "value", ValueDescending = "-value" }
}

/// `default`: a constant, a list of them, `{ min, max }`, or a window of time as text. Which of them fits is the
/// control type's affair and is judged later; a text that is a window is kept as both.
#[derive(Clone, Debug)]
pub enum Default {
    /// One value or a formula.
    Constant(Constant),
    /// Several values.
    List(Vec<Spanned<Value>>, crate::span::Span),
    /// Two ends.
    Range {
        /// Low end.
        min: Option<Constant>,
        /// High end.
        max: Option<Constant>,
        /// Place.
        span: crate::span::Span,
    },
    /// A text that reads as a window of time.
    Window(Window, Text),
}

/// `options`: a list of values, or a map value to label.
#[derive(Clone, Debug)]
pub struct Options {
    /// Values with their labels, when given.
    pub entries: Vec<(Spanned<Value>, Option<Text>)>,
    /// Place.
    pub span: crate::span::Span,
}

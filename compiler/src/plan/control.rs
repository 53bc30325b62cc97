//! Controls, and the filters they and elements apply.

use serde::{Deserialize, Serialize};

use crate::value::{Type, Value};

/// A control.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Control {
    /// Slug id, the key in URLs as well.
    pub id: String,
    /// Handle in formulas.
    pub name: String,
    /// Shown above the control; the name unless said.
    pub label: String,
    /// Type and the settings of that type.
    pub kind: ControlKind,
    /// Value before anyone touches it.
    pub default: ControlValue,
    /// While empty, data elements of the page or overlay it stands on show nothing.
    pub required: bool,
    /// Whether the visitor can empty it.
    pub clearable: bool,
    /// What it does with nulls of filtered columns.
    pub nulls: NullRule,
    /// Choices, for list and segmented.
    pub options: Option<Options>,
    /// Program run after a visitor's change.
    pub on_change: Option<String>,
    /// Ids of data elements whose result depends on it (as filter or in a formula), sorted.
    pub affects: Vec<String>,
}

/// Type of a control.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ControlKind {
    /// One line of text.
    Text {
        /// Comparison used as a filter.
        mode: TextMode,
        /// Whether letter case matters.
        case_sensitive: bool,
        /// Several lines.
        multiline: bool,
    },
    /// A number.
    Number {
        /// Comparison used as a filter.
        mode: Comparison,
    },
    /// Two numbers.
    NumberRange,
    /// A number on a track.
    Slider {
        /// Least.
        min: f64,
        /// Greatest.
        max: f64,
        /// Distance of two positions.
        step: f64,
        /// Comparison used as a filter.
        mode: Comparison,
    },
    /// Two numbers on a track.
    RangeSlider {
        /// Least.
        min: f64,
        /// Greatest.
        max: f64,
        /// Distance of two positions.
        step: f64,
    },
    /// Values of a list.
    List {
        /// Several at once.
        multiple: bool,
        /// Keep everything but the chosen.
        exclude: bool,
        /// Type of the options.
        value_type: Type,
    },
    /// One of a few, side by side.
    Segmented {
        /// Type of the options.
        value_type: Type,
    },
    /// True or not.
    Checkbox {
        /// Off means no filter rather than False.
        all_when_off: bool,
    },
    /// True or False.
    Switch {
        /// Off means no filter rather than False.
        all_when_off: bool,
    },
    /// A day.
    Date {
        /// Comparison used as a filter.
        mode: Comparison,
    },
    /// A window of time.
    DateRange,
    /// The first of an order.
    TopN {
        /// Largest or smallest first.
        bottom: bool,
        /// How ties count.
        rank: RankKind,
    },
}

/// Choices of a control.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Options {
    /// Written in the workbook.
    Fixed(Vec<ControlOption>),
    /// Distinct values of a column: the relation gives `value`, optionally `label`, then `count`, in display order.
    From(super::relation::NodeId),
}

/// One choice.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ControlOption {
    /// Value.
    pub value: Value,
    /// Shown.
    pub label: String,
}

/// A control's value.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ControlValue {
    /// Nothing chosen.
    Empty,
    /// One value.
    One(Value),
    /// Chosen entries of a list; Null is an entry like any other.
    Many(Vec<Value>),
    /// Two ends, each may be Null for open.
    Range(Value, Value),
    /// A window of time relative to now or fixed.
    Window(DateWindow),
}

/// What a filter does with nulls.
#[derive(
    Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum NullRule {
    /// Keep them.
    Always,
    /// Drop them, even when the control is empty.
    Never,
    /// Drop them when the control has a value.
    #[default]
    WhenUnset,
}

/// A filter fixed in the workbook, on one column.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FilterKind {
    /// Listed values.
    List {
        /// Values; Null is an entry.
        values: Vec<Value>,
        /// Keep everything but these.
        exclude: bool,
    },
    /// A text comparison.
    Text {
        /// Comparison.
        mode: TextMode,
        /// Compared with.
        value: String,
        /// Whether letter case matters.
        case_sensitive: bool,
        /// Nulls.
        nulls: NullRule,
    },
    /// Numbers or dates between two ends, both included; Null is open.
    Range {
        /// Low end.
        min: Value,
        /// High end.
        max: Value,
        /// Nulls.
        nulls: NullRule,
    },
    /// A window of time.
    Window {
        /// Window.
        window: DateWindow,
        /// Nulls.
        nulls: NullRule,
    },
}

/// Text comparisons.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum TextMode {
    Equals,
    DoesNotEqual,
    Contains,
    DoesNotContain,
    StartsWith,
    DoesNotStartWith,
    EndsWith,
    DoesNotEndWith,
    Like,
    NotLike,
    MatchesRegexp,
    DoesNotMatchRegexp,
}

/// Comparisons of a number or date control.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Comparison {
    /// `=`
    #[serde(rename = "=")]
    Equal,
    /// `!=`
    #[serde(rename = "!=")]
    NotEqual,
    /// `<`
    #[serde(rename = "<")]
    Less,
    /// `<=`
    #[serde(rename = "<=")]
    LessEqual,
    /// `>`
    #[serde(rename = ">")]
    Greater,
    /// `>=`
    #[serde(rename = ">=")]
    GreaterEqual,
}

/// How ties count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RankKind {
    /// Ties share a rank, gaps follow.
    Rank,
    /// Ties share a rank, no gaps.
    Dense,
    /// No ties.
    RowNumber,
}

/// A window of time, resolved against the request's `Now` in the project's zone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "window", rename_all = "snake_case")]
pub enum DateWindow {
    /// `last n unit`, complete ones; `to_date` makes the running one the last of the n.
    Last {
        /// How many.
        count: u32,
        /// Unit.
        unit: DateUnit,
        /// Includes the running unit.
        to_date: bool,
    },
    /// `next n unit`; `to_date` makes the running one the first of the n.
    Next {
        /// How many.
        count: u32,
        /// Unit.
        unit: DateUnit,
        /// Includes the running unit.
        to_date: bool,
    },
    /// The running unit.
    Current {
        /// Unit.
        unit: DateUnit,
    },
    /// One day.
    On {
        /// Any instant of it, as [`Value::Date`].
        date: Value,
    },
    /// Before a day or instant.
    Before {
        /// Exclusive end.
        date: Value,
    },
    /// After a whole day, or after an instant.
    After {
        /// Exclusive start.
        date: Value,
    },
    /// From one end to the other, each may be open.
    Between {
        /// Start.
        start: DateBound,
        /// End; a date without time includes the whole day, a unit its end.
        end: DateBound,
    },
}

/// An end of a window.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateBound {
    /// No end.
    Open,
    /// A date without a time of day (microseconds at midnight).
    Day(i64),
    /// A date with a time of day.
    Instant(i64),
    /// Units from now, negative for the past.
    Relative {
        /// Offset in units.
        offset: i64,
        /// Unit.
        unit: DateUnit,
    },
}

/// Units of time. `Week` starts on the project's first day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum DateUnit {
    Year,
    Quarter,
    Month,
    Week,
    WeekStartingSunday,
    WeekStartingMonday,
    Day,
    Hour,
    Minute,
    Second,
}

//! Map forms of values that are mostly written short.

use super::element::Channel;
use super::primitive::{ColumnPath, Constant, Text};
use super::read::macros::{keyword, record};
use crate::span::Spanned;
use crate::value::Value;

record! {
    /// A sort entry in full.
    pub struct SortForm {
        /// Sorted by.
        column: ColumnPath,
        /// Largest first.
        descending: Option<Spanned<bool>>,
        /// Where nulls go.
        nulls: Option<Spanned<NullPlace>>,
    }
}

keyword! {
    /// Where nulls go.
    pub enum NullPlace { First = "first", Last = "last" }
}

record! {
    /// A constant that would read as a formula: `{ value: "=x" }`.
    pub struct ValueForm {
        /// The constant, taken as it is.
        value: Spanned<Value>,
    }
}

record! {
    /// Two ends.
    pub struct RangeForm {
        /// Low end.
        min: Option<Constant>,
        /// High end.
        max: Option<Constant>,
    }
}

record! {
    /// A format: a name or a pattern, and what goes around the value.
    pub struct FormatForm short pattern {
        /// Name (`currency`) or pattern (`"$,.2f"`, `"%b %Y"`).
        pattern: Option<Text>,
        /// Before the value.
        prefix: Option<Text>,
        /// Behind the value.
        suffix: Option<Text>,
        /// Shown for Null.
        null_as: Option<Text>,
        /// Currency symbol.
        symbol: Option<Text>,
    }
}

record! {
    /// A colour channel with its scheme.
    pub struct SplitForm {
        /// The column.
        @flatten channel: Channel,
        /// Named scheme.
        scheme: Option<Text>,
    }
}

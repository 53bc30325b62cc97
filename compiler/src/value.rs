//! Types and values that formulas, plans and engines share.

use std::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The platform's six types, and two that only the checker knows.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Debug,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Type {
    /// Unicode text.
    Text,
    /// 64-bit integer or 64-bit float.
    Number,
    /// Date with time of day, as wall-clock time in the project's time zone.
    Date,
    /// True, False or Null.
    Logical,
    /// JSON; arrays are variants.
    Variant,
    /// Point, line or polygon.
    Geography,
    /// The type of `Null`: fits every other.
    Null,
    /// Not known (an undeclared column, or a column in error): fits every other, and silences follow-up findings.
    Unknown,
}

impl Type {
    /// The word used in messages and in every output format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Logical => "logical",
            Self::Variant => "variant",
            Self::Geography => "geography",
            Self::Null => "null",
            Self::Unknown => "unknown",
        }
    }

    /// The common type of two branches; `None` when they do not agree.
    pub fn unify(self, other: Self) -> Option<Self> {
        match (self, other) {
            (a, b) if a == b => Some(a),
            (Self::Unknown | Self::Null, b) => Some(b),
            (a, Self::Unknown | Self::Null) => Some(a),
            _ => None,
        }
    }
}

/// One cell.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "t", content = "v", rename_all = "lowercase")]
pub enum Value {
    /// No value.
    Null,
    /// True or False.
    Logical(bool),
    /// A whole number of 64 bits.
    Integer(i64),
    /// Any other number; finite.
    Float(f64),
    /// Text.
    Text(Arc<str>),
    /// Microseconds of wall-clock time since 1970-01-01 00:00:00 in the project's time zone.
    Date(i64),
    /// JSON.
    Variant(Arc<serde_json::Value>),
}

impl Value {
    /// The type of the value.
    pub fn ty(&self) -> Type {
        match self {
            Self::Null => Type::Null,
            Self::Logical(_) => Type::Logical,
            Self::Integer(_) | Self::Float(_) => Type::Number,
            Self::Text(_) => Type::Text,
            Self::Date(_) => Type::Date,
            Self::Variant(_) => Type::Variant,
        }
    }

    /// Text from anything that is text.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// Whether this is Null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The number as a float, when it is one.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "numbers beyond 2^53 lose digits as floats by definition"
            )]
            Self::Integer(i) => Some(*i as f64),
            Self::Float(f) => Some(*f),
            _ => None,
        }
    }

    /// The order of `Sort`, `Min`, `Max` and group keys: Null first, then by value (text by code point, integers and
    /// floats together), and by type between types.
    pub fn sort_cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(b),
            (Self::Logical(a), Self::Logical(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Date(a), Self::Date(b)) => a.cmp(b),
            (Self::Variant(a), Self::Variant(b)) => a.to_string().cmp(&b.to_string()),
            (a, b) => match (a.as_f64(), b.as_f64()) {
                (Some(x), Some(y)) => x.total_cmp(&y),
                _ => a.rank().cmp(&b.rank()),
            },
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Logical(_) => 1,
            Self::Integer(_) | Self::Float(_) => 2,
            Self::Date(_) => 3,
            Self::Text(_) => 4,
            Self::Variant(_) => 5,
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.sort_cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

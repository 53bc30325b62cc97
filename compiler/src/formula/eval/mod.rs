//! The reference evaluator: what formulas mean, over values in memory.
//!
//! Every engine is tested against it. Enters: a typed plan expression whose parameters were replaced by literals, and
//! a row. Leaves: a value. Nothing here fails: what has no result is Null. Relations are in
//! [`reference`](super::reference).

pub(in crate::formula) mod aggregates;
mod context;
pub(in crate::formula) mod convert;
pub(in crate::formula) mod dates;
mod decimal;
mod expression;
pub(in crate::formula) mod finance;
pub(in crate::formula) mod geography;
pub(in crate::formula) mod hash;
pub(in crate::formula) mod logic;
pub(in crate::formula) mod math;
pub(in crate::formula) mod number;
pub(in crate::formula) mod pattern;
pub(in crate::formula) mod sparkline;
pub(in crate::formula) mod text;
pub(in crate::formula) mod variant;
pub(in crate::formula) mod windows;

pub use context::{Context, Partition};
pub use convert::{canonical_number, coerce, parse_number, value_text};
pub use dates::{Unit, add as add_units, diff as diff_units, trunc as trunc_unit};
pub use expression::{aggregate, call, eval, per_item, window};
pub use pattern::check_pattern;
pub use variant::{from_json, to_json};
pub(crate) use windows::OTHERS;

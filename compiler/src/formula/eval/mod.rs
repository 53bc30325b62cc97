//! The reference evaluator: what formulas mean, over values in memory.
//!
//! Every engine is tested against it. Enters: a typed plan expression whose parameters were replaced by literals, and
//! a row. Leaves: a value. Nothing here fails: what has no result is Null.

mod context;
pub(in crate::formula) mod logic;
pub(in crate::formula) mod number;
pub(in crate::formula) mod pattern;
pub(in crate::formula) mod text;
pub(in crate::formula) mod variant;

pub use context::{Context, Partition};
pub use pattern::check_pattern;
pub use variant::{from_json, to_json};

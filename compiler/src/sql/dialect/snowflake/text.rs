//! Text on Snowflake.

use super::super::table::Table;

/// The family.
pub(super) const TABLE: Table = &[];

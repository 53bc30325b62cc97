//! Arrays and variants on Databricks.

use super::super::table::Table;

/// The family.
pub(super) const TABLE: Table = &[];

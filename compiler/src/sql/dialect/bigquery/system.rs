//! Who asks, and where on `BigQuery`.

use super::super::table::Table;

/// The family.
pub(super) const TABLE: Table = &[];

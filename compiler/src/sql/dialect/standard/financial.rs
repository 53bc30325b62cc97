//! Loans and returns as all engines but `SQLite` write them.

use super::super::table::Table;

/// The family.
pub(super) const TABLE: Table = &[];

//! Loans and returns on `PostgreSQL`.

use super::super::table::Table;

/// The family.
pub(super) const TABLE: Table = &[];

//! Who asks, and where as all engines but `SQLite` write them.

use super::super::table::{Table, sql};

/// The family.
pub(super) const TABLE: Table = &[("CurrentTimezone", sql("{zone}"))];

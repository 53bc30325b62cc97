//! Text as all engines but `SQLite` write them.

use super::super::table::{Table, sql};

/// The family.
pub(super) const TABLE: Table = &[
    ("Concat", sql("({0..: || })")),
    ("Len", sql("length({0})")),
    ("Lower", sql("lower({0})")),
    ("Upper", sql("upper({0})")),
    ("Trim", sql("trim({0})")),
    ("LTrim", sql("ltrim({0})")),
    ("RTrim", sql("rtrim({0})")),
];

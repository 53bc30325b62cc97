//! Conditions and nulls as all engines but `SQLite` write them.

use super::super::table::{PRINTED, Table, sql};

/// The family.
pub(super) const TABLE: Table = &[
    ("If", PRINTED),
    ("Switch", PRINTED),
    ("Choose", PRINTED),
    ("In", PRINTED),
    ("IsNull", PRINTED),
    ("IsNotNull", PRINTED),
    ("Coalesce", sql("coalesce({0..})")),
    ("Zn", sql("coalesce({0}, 0)")),
    ("NullIf", sql("nullif({0}, {1})")),
    ("Between", sql("({0} BETWEEN {1} AND {2})")),
];

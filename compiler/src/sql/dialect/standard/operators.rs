//! Operators as all engines but `SQLite` write them.

use super::super::table::{PRINTED, Table, sql};

/// The family.
pub(super) const TABLE: Table = &[
    ("+", sql("({0} + {1})")),
    ("-", sql("({0} - {1})")),
    ("*", sql("({0} * {1})")),
    ("/", sql("(CAST({0} AS {float}) / NULLIF({1}, 0))")),
    ("Negate", sql("(- {0})")),
    ("&", sql("({0} || {1})")),
    ("=", PRINTED),
    ("!=", PRINTED),
    ("<", PRINTED),
    ("<=", PRINTED),
    (">", PRINTED),
    (">=", PRINTED),
    ("And", PRINTED),
    ("Or", PRINTED),
    ("Not", PRINTED),
];

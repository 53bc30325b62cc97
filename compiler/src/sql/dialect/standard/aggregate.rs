//! Aggregates as all engines but `SQLite` write them.

use super::super::table::{PRINTED, Table, sql};

/// The family.
pub(super) const TABLE: Table = &[
    ("Count", PRINTED),
    ("CountDistinct", PRINTED),
    ("Ndv", PRINTED),
    ("Sum", sql("sum({0})")),
    ("Avg", sql("avg({0})")),
    ("Min", sql("min({0})")),
    ("Max", sql("max({0})")),
    ("SumProduct", sql("sum({0..: * })")),
    ("StdDev", sql("stddev_samp({0})")),
    ("Variance", sql("var_samp({0})")),
    ("VariancePop", sql("var_pop({0})")),
];

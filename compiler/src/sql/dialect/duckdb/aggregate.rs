//! Aggregates on `DuckDB`.

use super::super::table::{Table, sql};

/// The family.
pub(super) const TABLE: Table = &[
    ("Sum", sql("sum({0})")),
    ("Median", sql("quantile_cont(CAST({0} AS DOUBLE), 0.5)")),
    ("StdDev", sql("stddev_samp(CAST({0} AS DOUBLE))")),
    ("Variance", sql("var_samp(CAST({0} AS DOUBLE))")),
    ("VariancePop", sql("var_pop(CAST({0} AS DOUBLE))")),
    ("ListAgg", sql("string_agg({0}, {1!?','} ORDER BY {0})")),
];

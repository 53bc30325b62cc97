//! Conditions and nulls on Databricks.

use super::super::table::{Table, sql};

/// The family.
pub(super) const TABLE: Table = &[
    // A Null index becomes 0, which no value has.
    (
        "Choose",
        sql("get(array({1..}), CAST(least(greatest({0}, 0), 1000000) AS INT) - 1)"),
    ),
];

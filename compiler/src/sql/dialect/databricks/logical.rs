//! Conditions and nulls on Databricks.

use super::super::table::{Table, cases, sql, when};
use super::fragments::{bind, canonical, key};

/// The family.
pub(super) const TABLE: Table = &[
    (
        "NullIf",
        cases(&[
            when().types("vv").sql(concat!(
                "(CASE WHEN {0} IS NULL OR {1} IS NULL OR ",
                bind!("{0}", "v", key!("v")),
                " <> ",
                bind!("{1}", "v", key!("v")),
                " THEN {0} END)"
            )),
            when().sql("nullif({0}, {1})"),
        ]),
    ),
    // A Null index becomes 0, which no value has.
    (
        "Choose",
        sql("get(array({1..}), CAST(least(greatest({0}, 0), 1000000) AS INT) - 1)"),
    ),
];

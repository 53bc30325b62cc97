//! Conditions and nulls on `PostgreSQL`.

use super::super::table::{Table, always, cases, sql, when};

/// The family.
pub(super) const TABLE: Table = &[
    (
        "Choose",
        sql("(ARRAY[{1..}])[CASE WHEN {0} >= 1 AND {0} < 2147483647 THEN CAST(trunc({0}) AS INTEGER) END]"),
    ),
    (
        "Between",
        cases(&[
            when().types("ttt").sql("({0} COLLATE \"C\" >= {1} COLLATE \"C\" AND {0} COLLATE \"C\" <= {2} COLLATE \"C\")"),
            when().types("v").refused("the engine sorts JSON in its own order"),
            always("({0} >= {1} AND {0} <= {2})"),
        ]),
    ),
];

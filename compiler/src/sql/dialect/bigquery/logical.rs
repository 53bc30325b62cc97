//! Conditions and nulls on `BigQuery`.

use super::super::table::{Table, always, cases, sql, when};

/// The family.
pub(super) const TABLE: Table = &[
    (
        "Choose",
        sql("[{1..}][SAFE_ORDINAL(CAST(TRUNC({0}) AS INT64))]"),
    ),
    (
        "NullIf",
        cases(&[
            when()
                .types("v")
                .sql("IF(TO_JSON_STRING({0}) = TO_JSON_STRING({1}), NULL, {0})"),
            always("NULLIF({0}, {1})"),
        ]),
    ),
];

//! Operators on `BigQuery`.

use super::super::table::{Table, always, cases, sql, when};

/// The family.
pub(super) const TABLE: Table = &[
    ("/", sql("SAFE_DIVIDE({0}, {1})")),
    // MOD takes no FLOAT64.
    (
        "%",
        sql("CAST(MOD(CAST({0} AS BIGNUMERIC), NULLIF(CAST({1} AS BIGNUMERIC), 0)) AS FLOAT64)"),
    ),
    ("^", sql("SAFE.POW({0}, {1})")),
    // A literal NULL is no operand.
    (
        "=",
        cases(&[
            when().types("-").sql("CAST(NULL AS BOOL)"),
            when().types("*-").sql("CAST(NULL AS BOOL)"),
            when()
                .types("v")
                .sql("(TO_JSON_STRING({0}) = TO_JSON_STRING({1}))"),
            always("({0} = {1})"),
        ]),
    ),
    (
        "!=",
        cases(&[
            when().types("-").sql("CAST(NULL AS BOOL)"),
            when().types("*-").sql("CAST(NULL AS BOOL)"),
            when()
                .types("v")
                .sql("(TO_JSON_STRING({0}) <> TO_JSON_STRING({1}))"),
            always("({0} <> {1})"),
        ]),
    ),
    // A null of JSON is Null.
    (
        "Path",
        sql("PARSE_JSON(NULLIF(TO_JSON_STRING({0}[{1}]), 'null'))"),
    ),
    (
        "Index",
        cases(&[
            when()
                .types("vn")
                .whole(1, 0)
                .sql("PARSE_JSON(NULLIF(TO_JSON_STRING({0}[{1!}]), 'null'))"),
            when()
                .types("vn")
                .sql("PARSE_JSON(NULLIF(TO_JSON_STRING({0}[CAST(TRUNC({1}) AS INT64)]), 'null'))"),
            when()
                .types("vt")
                .sql("PARSE_JSON(NULLIF(TO_JSON_STRING({0}[{1}]), 'null'))"),
        ]),
    ),
];

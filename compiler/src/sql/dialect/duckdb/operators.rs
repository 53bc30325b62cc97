//! Operators on `DuckDB`.

use super::super::table::{Table, cases, sql, when};

/// The family.
pub(super) const TABLE: Table = &[
    ("/", sql("(CAST({0} AS DOUBLE) / nullif(CAST({1} AS DOUBLE), 0))")),
    ("%", sql("(CASE WHEN {1} <> 0 THEN {0} % {1} END)")),
    ("^", sql("pow(CAST({0} AS DOUBLE), {1})")),
    ("Path", sql("nullif(json_extract({0}, '$.\"' || {1} || '\"'), CAST('null' AS JSON))")),
    ("Index", cases(&[
        when().types("vn").sql("(CASE WHEN {1} >= 0 THEN nullif(json_extract({0}, '$[' || CAST({1} AS BIGINT) || ']'), CAST('null' AS JSON)) END)"),
        when().types("vt").sql("nullif(json_extract({0}, '$.\"' || {1} || '\"'), CAST('null' AS JSON))"),
    ])),
];

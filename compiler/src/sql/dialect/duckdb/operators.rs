//! Operators on `DuckDB`.

use super::super::table::{Table, cases, sql, when};

/// The value of a key, of an object; keys are written as JSON pointers.
const KEY: &str = concat!(
    "list_filter([CASE WHEN json_type({0}) = 'OBJECT' THEN ",
    "json_extract({0}, '/' || replace(replace({1}, '~', '~0'), '/', '~1')) END], lambda j: json_type(j) <> 'NULL')[1]"
);
/// The item at a position, of an array.
const ITEM: &str = concat!(
    "list_filter([CASE WHEN {1} > -1 AND json_type({0}) = 'ARRAY' THEN ",
    "json_extract({0}, '$[' || CAST(trunc({1}) AS BIGINT) || ']') END], lambda j: json_type(j) <> 'NULL')[1]"
);

/// The family.
pub(super) const TABLE: Table = &[
    // JSON compares as text, spaces included.
    (
        "=",
        cases(&[
            when().types("vv").sql("(json({0}) = json({1}))"),
            when().sql("({0} = {1})"),
        ]),
    ),
    (
        "!=",
        cases(&[
            when().types("vv").sql("(json({0}) <> json({1}))"),
            when().sql("({0} <> {1})"),
        ]),
    ),
    (
        "/",
        sql("(CAST({0} AS DOUBLE) / nullif(CAST({1} AS DOUBLE), 0))"),
    ),
    ("%", sql("({0} % nullif({1}, 0))")),
    (
        "^",
        sql(finite!("pow(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE))")),
    ),
    ("Path", sql(KEY)),
    (
        "Index",
        cases(&[when().types("vn").sql(ITEM), when().types("vt").sql(KEY)]),
    ),
];

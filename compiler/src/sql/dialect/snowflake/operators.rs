//! Operators on Snowflake.

use super::super::table::{Table, cases, sql, when};

/// The family. A missing key or place is Null, and so is what JSON calls null.
pub(super) const TABLE: Table = &[
    ("%", sql(super::math::REMAINDER)),
    ("^", sql(super::math::POWER)),
    ("Path", sql(KEY)),
    (
        "Index",
        cases(&[
            when().types("vt").sql(KEY),
            when().types("vn").sql(
                "(CASE WHEN TRUNC({1}) >= 0 THEN STRIP_NULL_VALUE(GET({0}, CAST(TRUNC({1}) AS BIGINT))) END)",
            ),
        ]),
    ),
];

const KEY: &str = "STRIP_NULL_VALUE(GET({0}, {1}))";

//! Text on `DuckDB`.

use super::super::table::{Table, cases, refused, sql, when};

/// The family.
pub(super) const TABLE: Table = &[
    (
        "Contains",
        cases(&[
            when().count(2).sql("contains({0}, {1})"),
            when()
                .count(3)
                .sql("(contains({0}, {1}) OR contains({0}, {2}))"),
            when().refused("more than two substrings are not written yet"),
        ]),
    ),
    ("StartsWith", sql("starts_with({0}, {1})")),
    ("EndsWith", sql("ends_with({0}, {1})")),
    ("Find", sql("strpos({0}, {1})")),
    ("Like", sql("({0} LIKE {1})")),
    (
        "Left",
        sql(
            "(CASE WHEN {1} >= 0 THEN left({0}, CAST(trunc({1}) AS BIGINT)) ELSE left({0}, greatest(length({0}) + CAST(trunc({1}) AS BIGINT), 0)) END)",
        ),
    ),
    (
        "Right",
        sql(
            "(CASE WHEN {1} >= 0 THEN right({0}, CAST(trunc({1}) AS BIGINT)) ELSE right({0}, greatest(length({0}) + CAST(trunc({1}) AS BIGINT), 0)) END)",
        ),
    ),
    ("MD5", sql("md5({0})")),
    (
        "Reverse",
        refused("it reverses grapheme clusters, not characters"),
    ),
];

//! Operators on Databricks.

use super::super::table::{Table, cases, sql, when};
use super::fragments::{bind, canonical, finite, int, key};

/// An item of a variant, or Null for JSON's null.
macro_rules! present {
    ($x:expr) => {
        concat!(
            "get(filter(array(",
            $x,
            "), v -> NOT is_variant_null(v)), 0)"
        )
    };
}

const MEMBER: &str = present!("try_element_at(try_cast({0} AS MAP<STRING, VARIANT>), {1})");

/// Variants have no equality of their own.
macro_rules! compared {
    ($operator:expr) => {
        cases(&[
            when().types("vv").sql(concat!(
                "(",
                bind!(
                    "{0}",
                    "v",
                    concat!("CASE WHEN v IS NOT NULL THEN ", key!("v"), " END")
                ),
                " ",
                $operator,
                " ",
                bind!(
                    "{1}",
                    "v",
                    concat!("CASE WHEN v IS NOT NULL THEN ", key!("v"), " END")
                ),
                ")"
            )),
            when().sql(concat!("({0} ", $operator, " {1})")),
        ])
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("=", compared!("=")),
    ("!=", compared!("<>")),
    ("%", sql("({0} % NULLIF({1}, 0))")),
    ("^", sql(finite!("power({0}, {1})"))),
    ("Path", sql(MEMBER)),
    (
        "Index",
        cases(&[
            when().types("vt").sql(MEMBER),
            when().sql(present!(concat!(
                "get(try_cast({0} AS ARRAY<VARIANT>), ",
                int!("{1}"),
                ")"
            ))),
        ]),
    ),
];

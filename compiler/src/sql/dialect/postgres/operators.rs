//! Operators on `PostgreSQL`.

use super::super::table::{Table, always, cases, made, sql, when};
use super::forms::power;
use super::math::remainder;

const NO_ORDER: &str = "the engine sorts JSON in its own order";

/// A comparison of texts is by code point, whatever the database sorts by.
macro_rules! compared {
    ($operator:literal) => {
        cases(&[
            when().types("tt").sql(concat!(
                "({0} COLLATE \"C\" ",
                $operator,
                " {1} COLLATE \"C\")"
            )),
            when().types("v").refused(NO_ORDER),
            always(concat!("({0} ", $operator, " {1})")),
        ])
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("%", made(|args| Ok(remainder(args)), &[])),
    ("^", sql(power!("{0}", "{1}"))),
    ("<", compared!("<")),
    ("<=", compared!("<=")),
    (">", compared!(">")),
    (">=", compared!(">=")),
    ("Path", sql("NULLIF(CAST({0} AS JSONB) -> {1}, 'null')")),
    (
        "Index",
        cases(&[
            when()
                .types("vt")
                .sql("NULLIF(CAST({0} AS JSONB) -> {1}, 'null')"),
            always(
                "(CASE WHEN jsonb_typeof({0}) = 'array' AND {1} > -1 AND {1} < 2147483647 THEN NULLIF({0} -> CAST(trunc({1}) AS INTEGER), 'null') END)",
            ),
        ]),
    ),
];

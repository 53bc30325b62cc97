//! Mathematics on Snowflake. Doubles are rounded by the decimal they are written as.

use super::super::table::{Table, always, cases, sql, when};
use crate::formula::functions::Lowering;

/// The engine refuses powers that are no number.
pub(super) const POWER: &str = "(CASE WHEN NOT ({0} = 0 AND {1} < 0 OR {0} < 0 AND {1} <> FLOOR({1})) THEN POWER(CAST({0} AS DOUBLE), {1}) END)";
/// The remainder has the sign of the dividend.
pub(super) const REMAINDER: &str = "({0} % NULLIF({1}, 0))";

/// A number as the decimal that its text says, where 15 digits behind the point are enough.
macro_rules! decimal {
    () => {
        "CAST(CAST(CAST({0} AS DOUBLE) AS VARCHAR) AS DECIMAL(38, 15))"
    };
}

macro_rules! rounded {
    () => {
        concat!("ROUND(", decimal!(), ", {1!})")
    };
}

/// Rounds to the nearest first, and moves by one digit where that went the wrong way.
macro_rules! directed {
    ($wrong:expr, $step:expr) => {
        concat!(
            "(CASE WHEN ABS({0}) < 1000000000000000 THEN ROUND(CAST(",
            rounded!(),
            " AS DOUBLE) + CASE WHEN ",
            $wrong,
            " THEN ",
            $step,
            " * POWER(CAST(10 AS DOUBLE), - {1!}) ELSE 0 END, {1!}) ELSE CAST({0} AS DOUBLE) END)"
        )
    };
}

macro_rules! quotient {
    ($factor:literal) => {
        concat!("(CAST({0} AS DOUBLE) / NULLIF(", $factor, ", 0))")
    };
}

/// A multiple of the second argument, a quotient that is whole but for noise counting as whole.
macro_rules! multiple {
    ($round:literal, $factor:literal) => {
        concat!(
            "ROUND(CASE WHEN ABS(",
            quotient!($factor),
            " - ROUND(",
            quotient!($factor),
            ")) <= 0.000000001 * GREATEST(ABS(ROUND(",
            quotient!($factor),
            ")), 1) THEN ROUND(",
            quotient!($factor),
            ") ELSE ",
            $round,
            "(",
            quotient!($factor),
            ") END * ",
            $factor,
            ", 12)"
        )
    };
}

const NEEDS_DIGITS: &str = "needs a literal number of digits";
const ROUND: Lowering = cases(&[
    when().count(1).sql("ROUND({0})"),
    when().constant(1).sql(concat!(
        "(CASE WHEN ABS({0}) < 1000000000000000 THEN CAST(",
        rounded!(),
        " AS DOUBLE) ELSE ROUND(CAST({0} AS DOUBLE), {1!}) END)"
    )),
    always(concat!("ROUND(CAST({0} AS DOUBLE), ", whole!("{1}"), ")")),
]);

/// The family.
pub(super) const TABLE: Table = &[
    ("Round", ROUND),
    (
        "RoundDown",
        cases(&[
            when().count(1).sql("FLOOR({0})"),
            when()
                .constant(1)
                .sql(directed!(concat!(rounded!(), " > ", decimal!()), "-1")),
            when().refused(NEEDS_DIGITS),
        ]),
    ),
    (
        "RoundUp",
        cases(&[
            when().count(1).sql("CEIL({0})"),
            when()
                .constant(1)
                .sql(directed!(concat!(rounded!(), " < ", decimal!()), "1")),
            when().refused(NEEDS_DIGITS),
        ]),
    ),
    (
        "Trunc",
        cases(&[
            when().count(1).sql("TRUNC({0})"),
            when().constant(1).sql(directed!(
                concat!("ABS(", rounded!(), ") > ABS(", decimal!(), ")"),
                "- SIGN({0})"
            )),
            when().refused(NEEDS_DIGITS),
        ]),
    ),
    (
        "Floor",
        cases(&[
            when().count(1).sql("FLOOR({0})"),
            always(multiple!("FLOOR", "{1}")),
        ]),
    ),
    (
        "Ceiling",
        cases(&[
            when().count(1).sql("CEIL({0})"),
            always(multiple!("CEIL", "{1}")),
        ]),
    ),
    (
        "MRound",
        cases(&[
            when().count(1).sql("ROUND({0})"),
            always(multiple!("ROUND", "ABS({1})")),
        ]),
    ),
    ("Mod", sql(REMAINDER)),
    ("Div", sql("TRUNC(CAST({0} AS DOUBLE) / NULLIF({1}, 0))")),
    ("Power", sql(POWER)),
    ("Exp", sql("(CASE WHEN {0} < 709.78 THEN EXP({0}) END)")),
    (
        "Log",
        cases(&[
            when()
                .count(1)
                .sql("(CASE WHEN {0} > 0 THEN LOG(10, {0}) END)"),
            always("(CASE WHEN {0} > 0 AND {1} > 0 AND {1} <> 1 THEN LN({0}) / LN({1}) END)"),
        ]),
    ),
    ("IsEven", sql("(TRUNC({0}) % 2 = 0)")),
    ("IsOdd", sql("(TRUNC({0}) % 2 <> 0)")),
    (
        "BitAnd",
        sql(concat!("BITAND(", whole!("{0}"), ", ", whole!("{1}"), ")")),
    ),
    (
        "BitOr",
        sql(concat!("BITOR(", whole!("{0}"), ", ", whole!("{1}"), ")")),
    ),
    ("Greatest", sql("GREATEST({0..})")),
    ("Least", sql("LEAST({0..})")),
    ("GreatestNonNull", sql("GREATEST_IGNORE_NULLS({0..})")),
    ("LeastNonNull", sql("LEAST_IGNORE_NULLS({0..})")),
    (
        "RowAvg",
        sql(
            "(({0..: + :COALESCE(CAST({} AS DOUBLE), 0)}) / NULLIF({0..: + :CASE WHEN {} IS NULL THEN 0 ELSE 1 END}, 0))",
        ),
    ),
    (
        "BinFixed",
        sql(concat!(
            "(CASE WHEN {0} IS NULL OR {1} IS NULL OR {2} IS NULL OR {3} IS NULL THEN NULL WHEN {3} < 1 THEN 1",
            " WHEN {0} < {1} THEN 0 WHEN {0} >= {2} THEN TRUNC({3}) + 1",
            " ELSE FLOOR((CAST({0} AS DOUBLE) - {1}) / ({2} - {1}) * TRUNC({3})) + 1 END)"
        )),
    ),
    (
        "BinRange",
        sql("(1 + {1..: + :CASE WHEN {0} >= {} THEN 1 WHEN {0} < {} THEN 0 END})"),
    ),
    (
        "DistanceGlobe",
        sql(concat!(
            "(12742 * ASIN(LEAST(1, SQRT(POWER(SIN(RADIANS({2} - {0}) / 2), 2)",
            " + COS(RADIANS({0})) * COS(RADIANS({2})) * POWER(SIN(RADIANS({3} - {1}) / 2), 2)))))"
        )),
    ),
];

//! Mathematics on Databricks. `round` works on the shortest decimal form of a double, as the language does.

use super::super::table::{Case, Table, cases, sql, when};
use super::fragments::{bind, finite, int, whole};

macro_rules! down {
    ($x:expr) => {
        concat!(
            "(",
            $x,
            " - ",
            $x,
            " % 1 - CASE WHEN ",
            $x,
            " % 1 < 0 THEN 1 ELSE 0 END)"
        )
    };
}

macro_rules! up {
    ($x:expr) => {
        concat!(
            "(",
            $x,
            " - ",
            $x,
            " % 1 + CASE WHEN ",
            $x,
            " % 1 > 0 THEN 1 ELSE 0 END)"
        )
    };
}

/// `round` to literal digits, and a step of the last digit back where it went too far.
macro_rules! corrected {
    ($wrong:expr, $step:expr) => {
        concat!(
            "(CASE WHEN round({0}, CAST({1!} AS INT)) ", $wrong, " THEN round(round({0}, CAST({1!} AS INT)) ", $step,
            " power(10, - CAST({1!} AS INT)), CAST({1!} AS INT)) ELSE round({0}, CAST({1!} AS INT)) END)"
        )
    };
}

/// The decimal point of a text of a number moved by some places: `m`, `e` and `d` are mantissa, exponent and places.
macro_rules! moved {
    ($text:expr, $places:expr) => {
        concat!(
            "CAST(concat(split_part(",
            $text,
            ", 'E', 1), 'E', coalesce(try_cast(split_part(",
            $text,
            ", 'E', 2) AS INT), 0) + ",
            $places,
            ") AS DOUBLE)"
        )
    };
}

/// Digits that no literal gives: the point is moved, the number cut to whole, and the point moved back.
macro_rules! by_digits {
    ($cut:expr) => {
        concat!(
            "coalesce(",
            bind!(
                bind!(
                    concat!(
                        "struct(CAST({0} AS STRING) AS s, greatest(least(",
                        int!("{1}"),
                        ", 30), -30) + 0 * {1} AS d)"
                    ),
                    "v",
                    concat!(
                        "struct(",
                        moved!("v.s", "CAST(v.d AS INT)"),
                        " AS x, CAST(v.d AS INT) AS d)"
                    )
                ),
                "v",
                moved!(concat!("CAST(", $cut, " AS STRING)"), "- v.d")
            ),
            ", NULL)"
        )
    };
}

macro_rules! rounding {
    ($one:expr, $literal:expr, $cut:expr) => {
        cases(&[
            when().count(1).sql($one),
            when().between(1, -300, 300).sql($literal),
            when().sql(by_digits!($cut)),
        ])
    };
}

/// A multiple of a factor: `f` is the factor, `q` the quotient. A quotient that is whole but for noise counts as whole,
/// and the product is made of the factor's digits, so that it has no noise.
macro_rules! multiple {
    ($factor:expr, $cut:expr) => {
        bind!(
            bind!(
                concat!("struct(CAST({0} AS DOUBLE) / NULLIF(", $factor, ", 0) AS q, ", $factor, " AS f)"),
                "v",
                concat!(
                    "struct(v.f AS f, CASE WHEN abs(v.q - round(v.q)) <= 1e-9D * greatest(abs(round(v.q)), 1) ",
                    "THEN round(v.q) ELSE ", $cut, " END AS n, split_part(CAST(v.f AS STRING), 'E', 1) AS m, ",
                    "coalesce(try_cast(split_part(CAST(v.f AS STRING), 'E', 2) AS INT), 0) AS e)"
                )
            ),
            "v",
            concat!(
                "coalesce(CAST(concat(try_cast(v.n * CAST(replace(v.m, '.', '') AS DOUBLE) AS DECIMAL(38, 0)), 'E', ",
                "v.e - length(split_part(v.m, '.', 2))) AS DOUBLE), v.n * v.f)"
            )
        )
    };
}

const FLOOR: &[Case] = &[
    when().count(1).sql(down!("{0}")),
    when().sql(multiple!("CAST({1} AS DOUBLE)", down!("v.q"))),
];

/// No argument is Null.
macro_rules! all_known {
    ($x:expr) => {
        concat!(
            "(CASE WHEN {0..: IS NOT NULL AND } IS NOT NULL THEN ",
            $x,
            " END)"
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    (
        "Round",
        rounding!("round({0})", "round({0}, CAST({1!} AS INT))", "round(v.x)"),
    ),
    (
        "RoundDown",
        rounding!(down!("{0}"), corrected!("> {0}", "-"), down!("v.x")),
    ),
    (
        "RoundUp",
        rounding!(up!("{0}"), corrected!("< {0}", "+"), up!("v.x")),
    ),
    (
        "Trunc",
        rounding!(
            whole!("{0}"),
            concat!(
                "(CASE WHEN {0} < 0 THEN ",
                corrected!("< {0}", "+"),
                " ELSE ",
                corrected!("> {0}", "-"),
                " END)"
            ),
            whole!("v.x")
        ),
    ),
    ("Int", cases(FLOOR)),
    ("Floor", cases(FLOOR)),
    (
        "Ceiling",
        cases(&[
            when().count(1).sql(up!("{0}")),
            when().sql(multiple!("CAST({1} AS DOUBLE)", up!("v.q"))),
        ]),
    ),
    (
        "MRound",
        cases(&[
            when().count(1).sql("round({0})"),
            when().sql(multiple!("abs(CAST({1} AS DOUBLE))", "round(v.q)")),
        ]),
    ),
    ("Mod", sql("({0} % NULLIF({1}, 0))")),
    (
        "Div",
        sql(bind!(
            "CAST({0} AS DOUBLE) / NULLIF({1}, 0)",
            "q",
            whole!("q")
        )),
    ),
    ("Power", sql(finite!("power({0}, {1})"))),
    ("Exp", sql(finite!("exp({0})"))),
    (
        "Log",
        cases(&[
            when()
                .count(1)
                .sql("(CASE WHEN {0} > 0 THEN log10({0}) END)"),
            when().sql("(CASE WHEN {0} > 0 AND {1} > 0 THEN ln({0}) / NULLIF(ln({1}), 0) END)"),
        ]),
    ),
    ("Pi", sql("pi()")),
    (
        "Cot",
        sql("(CASE WHEN {0} <> 0 THEN 1 / NULLIF(tan({0}), 0) END)"),
    ),
    ("IsEven", sql(concat!("(", whole!("{0}"), " % 2 = 0)"))),
    ("IsOdd", sql(concat!("(", whole!("{0}"), " % 2 <> 0)"))),
    ("BitAnd", sql("(CAST({0} AS BIGINT) & CAST({1} AS BIGINT))")),
    ("BitOr", sql("(CAST({0} AS BIGINT) | CAST({1} AS BIGINT))")),
    (
        "Greatest",
        cases(&[
            when().count(1).sql("{0}"),
            when().sql(all_known!("greatest({0..})")),
        ]),
    ),
    (
        "Least",
        cases(&[
            when().count(1).sql("{0}"),
            when().sql(all_known!("least({0..})")),
        ]),
    ),
    (
        "GreatestNonNull",
        cases(&[when().count(1).sql("{0}"), when().sql("greatest({0..})")]),
    ),
    (
        "LeastNonNull",
        cases(&[when().count(1).sql("{0}"), when().sql("least({0..})")]),
    ),
    (
        "RowAvg",
        sql(concat!(
            "aggregate(filter(array({0..}), x -> x IS NOT NULL), struct(CAST(0 AS DOUBLE) AS s, CAST(0 AS DOUBLE) AS n), ",
            "(a, x) -> struct(a.s + x AS s, a.n + 1 AS n), a -> a.s / NULLIF(a.n, 0))"
        )),
    ),
    (
        "BinFixed",
        sql(all_known!(concat!(
            "CASE WHEN {3} < 1 THEN 1 WHEN {0} < {1} THEN 0 WHEN {0} >= {2} THEN ",
            whole!("{3}"),
            " + 1 ELSE ",
            "CAST(floor((CAST({0} AS DOUBLE) - {1}) / NULLIF(CAST({2} AS DOUBLE) - {1}, 0) * ",
            whole!("{3}"),
            ") AS BIGINT) + 1 END"
        ))),
    ),
    (
        "BinRange",
        sql(all_known!(bind!(
            "struct({0} AS x, array({1..}) AS ends)",
            "v",
            "coalesce(NULLIF(array_position(transform(v.ends, e -> v.x >= e), FALSE), 0), size(v.ends) + 1)"
        ))),
    ),
    (
        "DistancePlane",
        sql(finite!(
            "sqrt(power(CAST({2} AS DOUBLE) - {0}, 2) + power(CAST({3} AS DOUBLE) - {1}, 2))"
        )),
    ),
    (
        "DistanceGlobe",
        sql(concat!(
            "(12742 * asin(least(sqrt(power(sin(radians(CAST({2} AS DOUBLE) - {0}) / 2), 2) + cos(radians({0})) * cos(radians({2})) ",
            "* power(sin(radians(CAST({3} AS DOUBLE) - {1}) / 2), 2)), 1 + 0 * ({0} + {1} + {2} + {3}))))"
        )),
    ),
];

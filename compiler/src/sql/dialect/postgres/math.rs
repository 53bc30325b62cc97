//! Mathematics on `PostgreSQL`.
//!
//! Rounding goes through NUMERIC: a double is rounded half to even, and has no digits to round to.

use super::super::table::{Table, always, cases, made, sql, when};
use super::forms::{exact, power};
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::{Expr, ExprKind};
use crate::value::Value;

/// Digits to round to, of a literal or of any number.
macro_rules! digits {
    (literal) => {
        "CAST(trunc({1!}) AS INTEGER)"
    };
    (any) => {
        "CAST(trunc(least(greatest({1}, -400), 400)) AS INTEGER)"
    };
}

/// A rounding function of NUMERIC that takes digits.
macro_rules! rounded {
    ($function:literal) => {
        cases(&[
            when()
                .count(1)
                .sql(concat!($function, "(", exact!("{0}"), ")")),
            when().constant(1).sql(concat!(
                "CAST(",
                $function,
                "(",
                exact!("{0}"),
                ", ",
                digits!(literal),
                ") AS DOUBLE PRECISION)"
            )),
            always(concat!(
                "(CASE WHEN {1} IS NOT NULL THEN CAST(",
                $function,
                "(",
                exact!("{0}"),
                ", ",
                digits!(any),
                ") AS DOUBLE PRECISION) END)"
            )),
        ])
    };
}

/// A rounding function of NUMERIC that takes none, between two shifts of the decimal point.
macro_rules! shifted {
    ($function:literal, $digits:expr) => {
        concat!(
            "CAST(",
            $function,
            "(",
            exact!("{0}"),
            " * CAST('1e' || ",
            $digits,
            " AS NUMERIC)) * CAST('1e' || - ",
            $digits,
            " AS NUMERIC) AS DOUBLE PRECISION)"
        )
    };
}

/// `floor` or `ceil`, with digits.
macro_rules! directed {
    ($function:literal) => {
        cases(&[
            when()
                .count(1)
                .sql(concat!($function, "(", exact!("{0}"), ")")),
            when()
                .constant(1)
                .sql(shifted!($function, digits!(literal))),
            always(concat!(
                "(CASE WHEN {1} IS NOT NULL THEN ",
                shifted!($function, digits!(any)),
                " END)"
            )),
        ])
    };
}

/// A number in steps of another.
macro_rules! steps {
    () => {
        "(CAST({0} AS DOUBLE PRECISION) / NULLIF({1}, 0))"
    };
}

/// A multiple of the second argument, without the noise of doubles.
macro_rules! multiple {
    ($steps:expr, $factor:literal) => {
        concat!(
            "CAST(round(",
            exact!(concat!("(", $steps, " * ", $factor, ")")),
            ", scale(trim_scale(",
            exact!($factor),
            "))) AS DOUBLE PRECISION)"
        )
    };
}

/// Steps that are whole but for noise are whole.
macro_rules! whole_steps {
    ($function:literal) => {
        concat!(
            "CASE WHEN abs(",
            steps!(),
            " - round",
            steps!(),
            ") <= 1e-9 * greatest(abs(",
            steps!(),
            "), 1) THEN round",
            steps!(),
            " ELSE ",
            $function,
            steps!(),
            " END"
        )
    };
}

/// The largest or smallest of values that are texts, numbers, dates or logicals.
macro_rules! extreme {
    ($function:literal, $before:literal, $after:literal) => {
        cases(&[
            when().types("tt").sql(concat!(
                $before,
                "(",
                $function,
                "({0..: COLLATE \"C\", } COLLATE \"C\") COLLATE \"default\")",
                $after
            )),
            when()
                .types("v")
                .refused("the engine sorts JSON in its own order"),
            always(concat!($before, $function, "({0..})", $after)),
        ])
    };
}

/// What a double has behind the point.
macro_rules! fraction {
    ($number:literal) => {
        concat!(
            "(CAST(",
            $number,
            " AS DOUBLE PRECISION) - trunc(CAST(",
            $number,
            " AS DOUBLE PRECISION)))"
        )
    };
}

/// A number as NUMERIC with all its binary digits, down to the 102nd behind the point: 50 of them, then 52.
macro_rules! binary {
    ($number:literal) => {
        concat!(
            "(trunc(",
            exact!($number),
            ") + CAST(trunc(",
            fraction!($number),
            " * 1125899906842624) AS BIGINT) \
             * 8.8817841970012523233890533447265625e-16 + CAST((",
            fraction!($number),
            " * 1125899906842624 - trunc(",
            fraction!($number),
            " * 1125899906842624)) * 4503599627370496 AS BIGINT) \
             * 1.97215226305252951352932141320696557418301608777255751192569732666015625e-31)"
        )
    };
}

/// The remainder of a division. What a double is besides its shortest form is multiplied by the quotient, so it counts
/// unless the divisor is a small whole number.
pub(super) fn remainder(args: &[Expr]) -> Writing {
    let whole = matches!(
        args.get(1).map(|arg| &arg.kind),
        Some(ExprKind::Literal {
            value: Value::Integer(_)
        })
    );
    let template = if whole {
        concat!("mod(", exact!("{0}"), ", NULLIF(CAST({1} AS NUMERIC), 0))")
    } else {
        concat!(
            "CAST(mod(",
            binary!("{0}"),
            ", NULLIF(",
            binary!("{1}"),
            ", 0)) AS DOUBLE PRECISION)"
        )
    };
    Writing::plain(template.to_owned())
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Round", rounded!("round")),
    ("Trunc", rounded!("trunc")),
    ("RoundDown", directed!("floor")),
    ("RoundUp", directed!("ceil")),
    ("Int", sql(concat!("floor(", exact!("{0}"), ")"))),
    ("Floor", cases(&[
        when().count(1).sql(concat!("floor(", exact!("{0}"), ")")),
        always(multiple!(concat!("(", whole_steps!("floor"), ")"), "{1}")),
    ])),
    ("Ceiling", cases(&[
        when().count(1).sql(concat!("ceil(", exact!("{0}"), ")")),
        always(multiple!(concat!("(", whole_steps!("ceil"), ")"), "{1}")),
    ])),
    ("MRound", cases(&[
        when().count(1).sql(concat!("round(", exact!("{0}"), ")")),
        always(multiple!(concat!("CAST(round(", exact!(steps!()), ") AS DOUBLE PRECISION)"), "{1}")),
    ])),
    ("Mod", made(|args| Ok(remainder(args)), &[])),
    ("Div", sql("trunc(CAST({0} AS DOUBLE PRECISION) / NULLIF({1}, 0))")),
    ("Power", sql(power!("{0}", "{1}"))),
    ("Exp", sql("(CASE WHEN {0} < -708 THEN 0 WHEN {0} < 709.782712893384 THEN exp(CAST({0} AS DOUBLE PRECISION)) END)")),
    ("Log", cases(&[
        when().count(1).sql("(CASE WHEN {0} > 0 THEN log(CAST({0} AS DOUBLE PRECISION)) END)"),
        always("(CASE WHEN {0} > 0 AND {1} > 0 THEN ln(CAST({0} AS DOUBLE PRECISION)) / NULLIF(ln(CAST({1} AS DOUBLE PRECISION)), 0) END)"),
    ])),
    ("IsEven", sql(concat!("(mod(trunc(", exact!("{0}"), "), 2) = 0)"))),
    ("IsOdd", sql(concat!("(mod(trunc(", exact!("{0}"), "), 2) <> 0)"))),
    ("BitAnd", sql(concat!("(CAST(trunc(", exact!("{0}"), ") AS BIGINT) & CAST(trunc(", exact!("{1}"), ") AS BIGINT))"))),
    ("BitOr", sql(concat!("(CAST(trunc(", exact!("{0}"), ") AS BIGINT) | CAST(trunc(", exact!("{1}"), ") AS BIGINT))"))),
    ("Greatest", extreme!("greatest", "(CASE WHEN num_nulls({0..}) = 0 THEN ", " END)")),
    ("Least", extreme!("least", "(CASE WHEN num_nulls({0..}) = 0 THEN ", " END)")),
    ("GreatestNonNull", extreme!("greatest", "", "")),
    ("LeastNonNull", extreme!("least", "", "")),
    ("RowAvg", sql("((CAST(coalesce({0..:, 0) AS DOUBLE PRECISION) + CAST(coalesce(}, 0) AS DOUBLE PRECISION)) / NULLIF(num_nonnulls({0..}), 0))")),
    ("BinFixed", sql("(CASE WHEN num_nulls({0..}) > 0 THEN NULL WHEN {3} < 1 THEN 1 WHEN {0} < {1} THEN 0 WHEN {0} >= {2} THEN trunc({3}) + 1 ELSE floor((CAST({0} AS DOUBLE PRECISION) - {1}) / NULLIF(CAST({2} AS DOUBLE PRECISION) - {1}, 0) * trunc({3})) + 1 END)")),
    ("BinRange", cases(&[
        when().types("tt").sql("(CASE WHEN num_nulls({0..}) = 0 THEN CAST(width_bucket({0} COLLATE \"C\", ARRAY[{1..: COLLATE \"C\", } COLLATE \"C\"]) + 1 AS BIGINT) END)"),
        when().types("v").refused("the engine sorts JSON in its own order"),
        when().count(2).sql("(CASE WHEN {0} < {1} THEN 1 WHEN {0} >= {1} THEN 2 END)"),
        when().count(3).sql("(CASE WHEN num_nulls({0..}) > 0 THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 ELSE 3 END)"),
        when().count(4).sql("(CASE WHEN num_nulls({0..}) > 0 THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 WHEN {0} < {3} THEN 3 ELSE 4 END)"),
        when().count(5).sql("(CASE WHEN num_nulls({0..}) > 0 THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 WHEN {0} < {3} THEN 3 WHEN {0} < {4} THEN 4 ELSE 5 END)"),
        when().types("n").sql("(CASE WHEN num_nulls({0..}) = 0 THEN CAST(width_bucket(CAST({0} AS DOUBLE PRECISION), CAST(ARRAY[{1..}] AS DOUBLE PRECISION[])) + 1 AS BIGINT) END)"),
        always("(CASE WHEN num_nulls({0..}) = 0 THEN CAST(width_bucket({0}, ARRAY[{1..}]) + 1 AS BIGINT) END)"),
    ])),
    ("DistanceGlobe", sql("(CASE WHEN num_nulls({0..}) = 0 THEN 12742 * asin(least(1, sqrt(power(sin((radians({2}) - radians({0})) / 2), 2) + cos(radians({0})) * cos(radians({2})) * power(sin((radians({3}) - radians({1})) / 2), 2)))) END)")),
];

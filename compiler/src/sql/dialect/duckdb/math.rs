//! Mathematics on `DuckDB`.

use super::super::table::{Table, cases, sql, when};

/// The number that `$k` units of the last kept digit make.
macro_rules! units {
    ($k:literal) => {
        concat!(
            "(CASE WHEN (s).d < 0 THEN (",
            $k,
            ") * (s).p ELSE (",
            $k,
            ") / (s).p END)"
        )
    };
}

/// Rounding to digits by the decimal form of a number: its units `k` cut toward zero, then `$step` more. A quotient by
/// a power of ten is the float of that decimal, so comparing floats compares decimals.
macro_rules! rounded {
    ($step:expr) => {
        concat!(
            "list_transform([struct_pack(x := CAST({0} AS DOUBLE), d := greatest(least(", count!("{1}"), ", 300), -300), n := {1})], ",
            "lambda s: list_transform([struct_pack(x := (s).x, d := (s).d, a := abs((s).x), p := pow(CAST(10 AS DOUBLE), abs((s).d)), n := (s).n)], ",
            "lambda s: CASE WHEN (s).n IS NULL THEN NULL WHEN (s).d >= 0 AND (s).a * (s).p >= 9007199254740992 THEN (s).x ELSE ",
            "list_transform([floor(CASE WHEN (s).d < 0 THEN (s).a / (s).p ELSE (s).a * (s).p END)], ",
            "lambda k: list_transform([CASE WHEN ", units!("k + 1"), " <= (s).a THEN k + 1 WHEN ", units!("k"), " > (s).a THEN k - 1 ELSE k END], ",
            "lambda k: list_transform([k + CASE WHEN ", $step, " THEN 1 ELSE 0 END], ",
            "lambda k: sign((s).x) * ", units!("k"), " + 0)[1])[1])[1] END)[1])[1]"
        )
    };
}

/// Rounding to a multiple of `$factor`: a quotient that is whole but for the noise of floats counts as whole.
macro_rules! multiple {
    ($factor:literal, $function:literal) => {
        concat!(
            "list_transform([struct_pack(q := CAST({0} AS DOUBLE) / nullif(", $factor, ", 0), f := ", $factor, ")], ",
            "lambda s: CAST(printf('%.15g', (s).f * CASE WHEN abs((s).q - round((s).q)) <= 1e-9 * greatest(abs(round((s).q)), 1) ",
            "THEN round((s).q) ELSE ", $function, "((s).q) END) AS DOUBLE) + 0)[1]"
        )
    };
}

const ROUND: &str = rounded!(concat!(units!("k + CAST('0.5' AS DOUBLE)"), " <= (s).a"));
const ROUND_DOWN: &str = rounded!(concat!("(s).x < 0 AND ", units!("k"), " < (s).a"));
const ROUND_UP: &str = rounded!(concat!("(s).x > 0 AND ", units!("k"), " < (s).a"));
const TRUNC: &str = rounded!("FALSE");

/// The family.
pub(super) const TABLE: Table = &[
    ("Sign", sql("CAST(sign({0}) AS BIGINT)")),
    (
        "Round",
        cases(&[when().count(1).sql("round({0})"), when().sql(ROUND)]),
    ),
    (
        "RoundDown",
        cases(&[when().count(1).sql("floor({0})"), when().sql(ROUND_DOWN)]),
    ),
    (
        "RoundUp",
        cases(&[when().count(1).sql("ceil({0})"), when().sql(ROUND_UP)]),
    ),
    (
        "Trunc",
        cases(&[when().count(1).sql("trunc({0})"), when().sql(TRUNC)]),
    ),
    (
        "Floor",
        cases(&[
            when().count(1).sql("floor({0})"),
            when().sql(multiple!("CAST({1} AS DOUBLE)", "floor")),
        ]),
    ),
    (
        "Ceiling",
        cases(&[
            when().count(1).sql("ceil({0})"),
            when().sql(multiple!("CAST({1} AS DOUBLE)", "ceil")),
        ]),
    ),
    (
        "MRound",
        cases(&[
            when().count(1).sql("round({0})"),
            when().sql(multiple!("abs(CAST({1} AS DOUBLE))", "round")),
        ]),
    ),
    ("Mod", sql("({0} % nullif({1}, 0))")),
    (
        "Div",
        sql("trunc(CAST({0} AS DOUBLE) / nullif(CAST({1} AS DOUBLE), 0))"),
    ),
    (
        "Power",
        sql(finite!("pow(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE))")),
    ),
    ("Exp", sql(finite!("exp({0})"))),
    (
        "Log",
        cases(&[
            when()
                .count(1)
                .sql("(CASE WHEN {0} > 0 THEN log10({0}) END)"),
            when().sql("(CASE WHEN {0} > 0 AND {1} > 0 AND {1} <> 1 THEN ln({0}) / ln({1}) END)"),
        ]),
    ),
    ("Cot", sql("(CASE WHEN {0} <> 0 THEN cot({0}) END)")),
    ("IsEven", sql(concat!("(", whole!("{0}"), " % 2 = 0)"))),
    ("IsOdd", sql(concat!("(", whole!("{0}"), " % 2 <> 0)"))),
    (
        "BitAnd",
        sql(concat!("(", whole!("{0}"), " & ", whole!("{1}"), ")")),
    ),
    (
        "BitOr",
        sql(concat!("(", whole!("{0}"), " | ", whole!("{1}"), ")")),
    ),
    (
        "Greatest",
        sql("(CASE WHEN {0..: IS NOT NULL AND } IS NOT NULL THEN greatest({0..}) END)"),
    ),
    (
        "Least",
        sql("(CASE WHEN {0..: IS NOT NULL AND } IS NOT NULL THEN least({0..}) END)"),
    ),
    ("GreatestNonNull", sql("greatest({0..})")),
    ("LeastNonNull", sql("least({0..})")),
    (
        "RowAvg",
        sql("list_avg([CAST({0..: AS DOUBLE), CAST(} AS DOUBLE)])"),
    ),
    (
        "BinFixed",
        sql(concat!(
            "list_transform([struct_pack(v := CAST({0} AS DOUBLE), a := CAST({1} AS DOUBLE), z := CAST({2} AS DOUBLE), n := ",
            count!("{3}"),
            ")], ",
            "lambda s: CASE WHEN (s).v + (s).a + (s).z + (s).n IS NULL THEN NULL WHEN (s).n < 1 THEN 1 WHEN (s).v < (s).a THEN 0 WHEN (s).v >= (s).z THEN (s).n + 1 ",
            "ELSE CAST(floor(((s).v - (s).a) / ((s).z - (s).a) * (s).n) AS BIGINT) + 1 END)[1]"
        )),
    ),
    (
        "BinRange",
        sql(concat!(
            "(CASE WHEN {0..: IS NOT NULL AND } IS NOT NULL THEN CAST(coalesce(",
            "list_position(list_transform([{1..}], lambda b: {0} >= b), FALSE), len([{1..}]) + 1) AS BIGINT) END)"
        )),
    ),
    (
        "DistanceGlobe",
        sql(concat!(
            "list_transform([struct_pack(a := radians({0}), b := radians({2}), d := radians({3}) - radians({1}))], ",
            "lambda s: list_transform([sqrt(pow(sin(((s).b - (s).a) / 2), 2) + cos((s).a) * cos((s).b) * pow(sin((s).d / 2), 2))], ",
            "lambda h: 12742 * asin(CASE WHEN h > 1 THEN 1 ELSE h END))[1])[1]"
        )),
    ),
];

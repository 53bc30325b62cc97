//! Arrays on Snowflake. What is no array is Null, and results are variants again.

use super::super::table::{Table, always, cases, sql, when};

/// Whether an array holds an item; what JSON calls null is one.
macro_rules! holds {
    ($array:literal, $item:literal) => {
        concat!("ARRAY_CONTAINS(", $item, ", ", $array, ")")
    };
}

/// The items that pass, once each, in order of appearance: the engine's set functions promise none.
macro_rules! distinct {
    ($unless:expr) => {
        concat!(
            "TO_VARIANT(REDUCE(AS_ARRAY({0}), ARRAY_CONSTRUCT(), (found, x) -> CASE WHEN ",
            holds!("found", "x"),
            $unless,
            " THEN found ELSE ARRAY_APPEND(found, x) END))"
        )
    };
}

macro_rules! first {
    () => {
        concat!(
            "CASE WHEN ROUND({1}) < 0 THEN GREATEST(ARRAY_SIZE({0}) + ",
            nearest!("{1}"),
            ", 0) ELSE ",
            nearest!("{1}"),
            " END"
        )
    };
}

macro_rules! step {
    () => {
        nearest!("{2?1}")
    };
}

macro_rules! item_text {
    ($null:expr) => {
        concat!(
            "CASE WHEN x IS NULL OR IS_NULL_VALUE(x) THEN ",
            $null,
            " ELSE COALESCE(AS_VARCHAR(x), TO_JSON(x)) END"
        )
    };
}

/// Levels up to the first that is Null: `$places` counts them.
macro_rules! hierarchy {
    ($places:literal) => {
        concat!(
            "TO_VARIANT(ARRAY_SLICE(ARRAY_CONSTRUCT({0..:, :COALESCE({@Variant}, PARSE_JSON('null'))}), 0, CASE WHEN {0} IS NULL THEN 0 ",
            $places,
            " END))"
        )
    };
}

/// A point of a small line as JSON.
macro_rules! point {
    ($x:expr, $y:expr) => {
        concat!(
            "CHR(123) || '\"x\":' || COALESCE(",
            $x,
            ", 'null') || ',\"y\":' || COALESCE(",
            $y,
            ", 'null') || CHR(125)"
        )
    };
}

/// Longest array that a function makes, as in the evaluator.
macro_rules! longest {
    () => {
        "100000"
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    (
        "Array",
        sql("TO_VARIANT(ARRAY_CONSTRUCT({0..:, :COALESCE({@Variant}, PARSE_JSON('null'))}))"),
    ),
    // `[Item]` is the parameter of a lambda.
    ("Item", sql("STRIP_NULL_VALUE(item)")),
    (
        "ArrayFilter",
        sql("TO_VARIANT(FILTER(AS_ARRAY({0}), item -> {1}))"),
    ),
    (
        "ArrayTransform",
        sql("TO_VARIANT(TRANSFORM(AS_ARRAY({0}), item -> COALESCE({1@Variant}, PARSE_JSON('null'))))"),
    ),
    (
        "RaggedHierarchy",
        cases(&[
            when().count(1).sql(hierarchy!("ELSE 1")),
            when().count(2).sql(hierarchy!("WHEN {1} IS NULL THEN 1 ELSE 2")),
            when()
                .count(3)
                .sql(hierarchy!("WHEN {1} IS NULL THEN 1 WHEN {2} IS NULL THEN 2 ELSE 3")),
            when().count(4).sql(hierarchy!(
                "WHEN {1} IS NULL THEN 1 WHEN {2} IS NULL THEN 2 WHEN {3} IS NULL THEN 3 ELSE 4"
            )),
            when().count(5).sql(hierarchy!(
                "WHEN {1} IS NULL THEN 1 WHEN {2} IS NULL THEN 2 WHEN {3} IS NULL THEN 3 WHEN {4} IS NULL THEN 4 ELSE 5"
            )),
            when().refused("more than five levels are not written"),
        ]),
    ),
    // Objects are written as text: braces are holes here, and the engine's constructor leaves nulls out.
    (
        "Sparkline",
        sql(concat!(
            "(CASE WHEN AS_ARRAY({0}) IS NOT NULL THEN PARSE_JSON(CHR(123) || '\"sparkline\":[' || ARRAY_TO_STRING(TRANSFORM(FILTER(AS_ARRAY({0}),",
            " j -> GET(j, 'x') IS NOT NULL AND REGEXP_LIKE(COALESCE(TO_JSON(GET(j, 'y')), 'null'), '-?[0-9].*|null')), j -> ",
            point!("TO_JSON(GET(j, 'x'))", "TO_JSON(GET(j, 'y'))"),
            "), ',') || ']' || CHR(125)) END)"
        )),
    ),
    (
        "SparklineAgg",
        sql(concat!(
            "PARSE_JSON(CHR(123) || '\"sparkline\":[' || LISTAGG(",
            point!("TO_JSON({0@Variant})", "TO_JSON({1@Variant})"),
            ", ',') WITHIN GROUP (ORDER BY {0} NULLS FIRST){over} || ']' || CHR(125))"
        )),
    ),
    ("ArrayLength", sql("ARRAY_SIZE({0})")),
    (
        "ArrayCompact",
        sql("TO_VARIANT(FILTER(AS_ARRAY({0}), x -> x IS NOT NULL AND NOT IS_NULL_VALUE(x)))"),
    ),
    (
        "ArrayConcat",
        sql(
            "(CASE WHEN {0..: AND :AS_ARRAY({}) IS NOT NULL} THEN TO_VARIANT(ARRAY_FLATTEN(ARRAY_CONSTRUCT({0..:, :AS_ARRAY({})}))) END)",
        ),
    ),
    (
        "ArrayContains",
        sql(concat!(
            "(CASE WHEN {1} IS NULL THEN CASE WHEN ARRAY_SIZE(TO_VARIANT(FILTER(AS_ARRAY({0}), x -> x IS NULL OR IS_NULL_VALUE(x)))) > 0 THEN TRUE END",
            " ELSE ARRAY_CONTAINS({1@Variant}, AS_ARRAY({0})) END)"
        )),
    ),
    ("ArrayDistinct", sql(distinct!(""))),
    (
        "ArrayExcept",
        sql(concat!(
            "(CASE WHEN AS_ARRAY({1}) IS NOT NULL THEN ",
            distinct!(" OR ARRAY_CONTAINS(x, AS_ARRAY({1}))"),
            " END)"
        )),
    ),
    (
        "ArrayIntersection",
        sql(concat!(
            "(CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN AS_ARRAY({0}) IS NULL OR AS_ARRAY({1}) IS NULL",
            " THEN TO_VARIANT(ARRAY_CONSTRUCT()) ELSE ",
            distinct!(" OR NOT ARRAY_CONTAINS(x, AS_ARRAY({1}))"),
            " END)"
        )),
    ),
    (
        "ArrayJoin",
        cases(&[
            when().count(3).sql(concat!(
                "ARRAY_TO_STRING(TRANSFORM(AS_ARRAY({0}), x -> ",
                item_text!("{2}"),
                "), {1})"
            )),
            always(concat!(
                "ARRAY_TO_STRING(TRANSFORM(FILTER(AS_ARRAY({0}), x -> x IS NOT NULL AND NOT IS_NULL_VALUE(x)), x -> ",
                item_text!("''"),
                "), {1?','})"
            )),
        ]),
    ),
    (
        "ArraySlice",
        cases(&[
            when().count(2).sql(concat!(
                "TO_VARIANT(ARRAY_SLICE(AS_ARRAY({0}), ",
                first!(),
                ", ARRAY_SIZE({0})))"
            )),
            always(concat!(
                "TO_VARIANT(ARRAY_SLICE(AS_ARRAY({0}), ",
                first!(),
                ", ",
                first!(),
                " + GREATEST(",
                nearest!("{2}"),
                ", 0)))"
            )),
        ]),
    ),
    (
        "Sequence",
        sql(concat!(
            "(CASE WHEN ",
            step!(),
            " = 0 THEN TO_VARIANT(ARRAY_CONSTRUCT()) WHEN (ROUND({1}) - ROUND({0})) / NULLIF(",
            step!(),
            ", 0) < ",
            longest!(),
            " THEN TO_VARIANT(ARRAY_GENERATE_RANGE(",
            nearest!("{0}"),
            ", ",
            nearest!("{1}"),
            " + SIGN(",
            step!(),
            "), ",
            step!(),
            ")) END)"
        )),
    ),
    (
        "SplitToArray",
        sql(concat!(
            "(CASE WHEN {1} = '' AND {0} <> '' THEN TO_VARIANT(REGEXP_SUBSTR_ALL({0}, '.', 1, 1, 's'))",
            " WHEN {0} IS NOT NULL THEN TO_VARIANT(SPLIT({0}, {1})) END)"
        )),
    ),
];

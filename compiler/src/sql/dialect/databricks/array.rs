//! Arrays and variants on Databricks: a variant is VARIANT, and functions work on its items as ARRAY<VARIANT>.

use super::super::table::{Table, cases, sql, when};
use super::fragments::{bind, canonical, int, items, key};
use super::sparkline::{SPARKLINE, SPARKLINE_AGG};

macro_rules! variant {
    ($x:expr) => {
        concat!("CAST(", $x, " AS VARIANT)")
    };
}

/// Items of `a` without those that came before.
macro_rules! distinct {
    ($a:expr) => {
        bind!(
            concat!(
                "struct(",
                $a,
                " AS a, transform(",
                $a,
                ", x -> ",
                key!("x"),
                ") AS k)"
            ),
            "v",
            "filter(v.a, (x, i) -> array_position(v.k, v.k[i]) = i + 1)"
        )
    };
}

/// Items of the first array whose key the second has, or not.
macro_rules! by_second {
    ($first:expr, $second:expr, $condition:expr) => {
        variant!(bind!(
            concat!(
                "struct(",
                $first,
                " AS a, transform(",
                $second,
                ", x -> ",
                key!("x"),
                ") AS k)"
            ),
            "w",
            concat!(
                "CASE WHEN w.k IS NOT NULL THEN ",
                distinct!(concat!(
                    "filter(w.a, x -> ",
                    $condition,
                    "array_contains(w.k, ",
                    key!("x"),
                    "))"
                )),
                " END"
            )
        ))
    };
}

macro_rules! joined {
    ($x:expr) => {
        concat!(
            "array_join(transform(",
            items!("{0}"),
            ", x -> transform(array(",
            canonical!("x"),
            "), y -> CAST(y AS STRING))[0]), ",
            $x,
            ")"
        )
    };
}

/// Items from `b` on (from 0), at most `n`.
macro_rules! sliced {
    ($length:expr) => {
        variant!(bind!(
            bind!(
                concat!(
                    "struct(", items!("{0}"), " AS a, ", int!("round({1})"), " AS b, ", $length, " AS n)"
                ),
                "v",
                concat!(
                    "struct(v.a, CASE WHEN v.b < 0 THEN greatest(size(v.a) + v.b, 0) ELSE v.b END AS b, ",
                    "CASE WHEN v.n < 0 THEN 0 ELSE v.n END AS n)"
                )
            ),
            "v",
            "slice(v.a, CASE WHEN v.b > size(v.a) THEN size(v.a) ELSE v.b END + 1, v.n)"
        ))
    };
}

macro_rules! sequence {
    ($step:expr) => {
        variant!(bind!(
            concat!(
                "struct(CAST(round({0}) AS BIGINT) AS a, CAST(round({1}) AS BIGINT) AS b, CAST(", $step, " AS BIGINT) AS s)"
            ),
            "v",
            concat!(
                "CASE WHEN v.s = 0 OR (v.s > 0 AND v.a > v.b) OR (v.s < 0 AND v.a < v.b) THEN CAST(array() AS ARRAY<BIGINT>) ",
                "WHEN (CAST(v.b AS DOUBLE) - v.a) / v.s < 100000 THEN sequence(v.a, v.b, v.s) END"
            )
        ))
    };
}

/// What an expression gives for each item, by its type.
macro_rules! transformed {
    ($value:expr) => {
        variant!(concat!(
            "transform(",
            items!("{0}"),
            ", item -> ",
            $value,
            ")"
        ))
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    // The item of the array that a lambda looks at.
    (
        "Item",
        sql("CASE WHEN NOT is_variant_null(item) THEN item END"),
    ),
    (
        "ArrayFilter",
        sql(variant!(concat!(
            "filter(",
            items!("{0}"),
            ", item -> {1})"
        ))),
    ),
    (
        "ArrayTransform",
        cases(&[
            when()
                .types("*d")
                .sql(transformed!("CAST(CAST({1} AS STRING) AS VARIANT)")),
            when().types("*n").sql(transformed!(bind!(
                "CAST({1} AS VARIANT)",
                "v",
                canonical!("v")
            ))),
            when().types("*g").refused("geographies are not written"),
            when().sql(transformed!("CAST({1} AS VARIANT)")),
        ]),
    ),
    (
        "RaggedHierarchy",
        sql(variant!(bind!(
            "array(CAST({0..: AS VARIANT), CAST(} AS VARIANT))",
            "a",
            concat!(
                "transform(slice(a, 1, coalesce(CAST(NULLIF(array_position(transform(a, x -> x IS NULL), TRUE), 0) AS INT) - 1, size(a))), x -> ",
                canonical!("x"),
                ")"
            )
        ))),
    ),
    ("Sparkline", SPARKLINE),
    ("SparklineAgg", SPARKLINE_AGG),
    (
        "Array",
        cases(&[
            when().count(0).sql("parse_json('[]')"),
            when().sql(variant!(concat!(
                "transform(array(CAST({0..: AS VARIANT), CAST(} AS VARIANT)), v -> ",
                canonical!("v"),
                ")"
            ))),
        ]),
    ),
    (
        "ArrayCompact",
        sql(variant!(concat!(
            "filter(",
            items!("{0}"),
            ", x -> x IS NOT NULL AND NOT is_variant_null(x))"
        ))),
    ),
    (
        "ArrayConcat",
        sql(variant!(
            "flatten(array(try_cast({0..: AS ARRAY<VARIANT>), try_cast(} AS ARRAY<VARIANT>)))"
        )),
    ),
    (
        "ArrayContains",
        sql(bind!(
            concat!(
                "struct(transform(",
                items!("{0}"),
                ", x -> ",
                key!("x"),
                ") AS k, CAST({1} AS VARIANT) AS x)"
            ),
            "v",
            concat!(
                "CASE WHEN array_contains(v.k, ",
                key!("v.x"),
                ") THEN TRUE WHEN ",
                key!("v.x"),
                " <> 'null' AND v.k IS NOT NULL THEN FALSE END"
            )
        )),
    ),
    (
        "ArrayDistinct",
        sql(variant!(bind!(items!("{0}"), "a", distinct!("a")))),
    ),
    (
        "ArrayExcept",
        sql(by_second!(items!("{0}"), items!("{1}"), "NOT ")),
    ),
    (
        "ArrayIntersection",
        sql(concat!(
            "(CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN ",
            by_second!(
                concat!(
                    "coalesce(",
                    items!("{0}"),
                    ", CAST(array() AS ARRAY<VARIANT>))"
                ),
                concat!(
                    "coalesce(",
                    items!("{1}"),
                    ", CAST(array() AS ARRAY<VARIANT>))"
                ),
                ""
            ),
            " END)"
        )),
    ),
    (
        "ArrayJoin",
        cases(&[
            when().count(3).sql(joined!("{1}, {2}")),
            when().sql(joined!("{1?','}")),
        ]),
    ),
    (
        "ArrayLength",
        sql(concat!("array_size(", items!("{0}"), ")")),
    ),
    (
        "ArraySlice",
        cases(&[
            when().count(2).sql(sliced!("1000000000")),
            when().sql(sliced!(int!("round({2})"))),
        ]),
    ),
    (
        "Sequence",
        cases(&[
            when().count(2).sql(sequence!("1")),
            when().sql(sequence!("round({2})")),
        ]),
    ),
    (
        "SplitToArray",
        sql(variant!(concat!(
            "CASE WHEN {1} = '' THEN CASE WHEN {0} = '' THEN array('') ELSE split({0}, '') END ",
            r"ELSE split({0}, concat('\\Q', {1}, '\\E'), -1) END"
        ))),
    ),
];

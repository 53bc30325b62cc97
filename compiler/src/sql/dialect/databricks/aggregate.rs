//! Aggregates on Databricks.

use super::super::table::{Table, cases, sql, when};
use super::fragments::{canonical, finite};

/// Values of a group in order, of each type as an array of variants holds them.
macro_rules! array {
    ($collect:expr, $order:expr) => {
        cases(&[
            when().types("d").sql(concat!(
                "CAST(transform(",
                $order,
                "(array_sort(",
                $collect,
                "({0}){over})), x -> CAST(x AS STRING)) AS VARIANT)"
            )),
            when().types("n").sql(concat!(
                "CAST(transform(",
                $order,
                "(array_sort(",
                $collect,
                "({0}){over})), x -> ",
                "transform(array(CAST(x AS VARIANT)), v -> ",
                canonical!("v"),
                ")[0]) AS VARIANT)"
            )),
            when().types("v").sql(concat!(
                "CAST(transform(",
                $order,
                "(array_sort(",
                $collect,
                "(to_json({0})){over})), x -> parse_json(x)) AS VARIANT)"
            )),
            when().sql(concat!(
                "CAST(",
                $order,
                "(array_sort(",
                $collect,
                "({0}){over})) AS VARIANT)"
            )),
        ])
    };
}

/// Years of 365 days since 2000.
macro_rules! years {
    ($x:expr) => {
        concat!(
            "CAST(CAST(CAST(", $x, " - TIMESTAMP_NTZ'2000-01-01 00:00:00' AS INTERVAL SECOND) AS DECIMAL(20, 6)) AS DOUBLE) / 31536000"
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Median", sql("median({0})")),
    ("PercentileCont", PERCENTILE),
    ("Percentile", PERCENTILE),
    ("PercentileDisc", cases(&[
        when().between(1, 0, 1).sql("percentile_disc({1!}) WITHIN GROUP (ORDER BY {0}){over}"),
        when().constant(1).sql("max(CAST(NULL AS DOUBLE)){over}"),
    ])),
    ("Corr", sql(CORRELATION)),
    ("RegressionSlope", sql(finite!("regr_slope({0}, {1}){over}"))),
    ("RegressionIntercept", sql(finite!("regr_intercept({0}, {1}){over}"))),
    // A constant y has no share that could be explained, where the engine says all of it is.
    ("RegressionR2", sql(concat!("power(", finite!("corr({0}, {1}){over}"), ", 2)"))),
    ("ListAgg", sql("array_join(nullif(array_sort(collect_list({0}){over}), array()), {1!?','})")),
    ("ListAggDistinct", cases(&[
        when().literal(2, "desc").sql("array_join(nullif(reverse(array_sort(collect_set({0}){over})), array()), {1!?','})"),
        when().sql("array_join(nullif(array_sort(collect_set({0}){over}), array()), {1!?','})"),
    ])),
    ("ArrayAgg", array!("collect_list", "")),
    ("ArrayAggDistinct", cases(&[
        when().types("dt").literal(1, "desc").sql(
            "CAST(transform(reverse(array_sort(collect_set({0}){over})), x -> CAST(x AS STRING)) AS VARIANT)"
        ),
        when().types("nt").literal(1, "desc").sql(concat!(
            "CAST(transform(reverse(array_sort(collect_set({0}){over})), x -> transform(array(CAST(x AS VARIANT)), v -> ",
            canonical!("v"), ")[0]) AS VARIANT)"
        )),
        when().types("vt").literal(1, "desc").sql(
            "CAST(transform(reverse(array_sort(collect_set(to_json({0})){over})), x -> parse_json(x)) AS VARIANT)"
        ),
        when().literal(1, "desc").sql("CAST(reverse(array_sort(collect_set({0}){over})) AS VARIANT)"),
        when().types("d").sql("CAST(transform(array_sort(collect_set({0}){over}), x -> CAST(x AS STRING)) AS VARIANT)"),
        when().types("n").sql(concat!(
            "CAST(transform(array_sort(collect_set({0}){over}), x -> transform(array(CAST(x AS VARIANT)), v -> ",
            canonical!("v"), ")[0]) AS VARIANT)"
        )),
        when().types("v").sql(
            "CAST(transform(array_sort(collect_set(to_json({0})){over}), x -> parse_json(x)) AS VARIANT)"
        ),
        when().sql("CAST(array_sort(collect_set({0}){over}) AS VARIANT)"),
    ])),
    // Discounted to 2000 first, as the earliest date is only known in the end.
    ("XNPV", sql(finite!(concat!(
        "(sum({1} * power(1 + {0}, - (", years!("{2}"), "))){over} * power(1 + {0!}, ",
        years!("min(CASE WHEN {1} IS NOT NULL THEN {2} END){over}"), "))"
    )))),
];

const PERCENTILE: super::super::table::Lowering = cases(&[
    when()
        .between(1, 0, 1)
        .sql("percentile_cont({1!}) WITHIN GROUP (ORDER BY {0}){over}"),
    when().constant(1).sql("max(CAST(NULL AS DOUBLE)){over}"),
]);

pub(super) const CORRELATION: &str = finite!("corr({0}, {1}){over}");

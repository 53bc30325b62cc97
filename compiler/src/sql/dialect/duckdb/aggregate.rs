//! Aggregates on `DuckDB`.

use super::super::table::{Table, cases, sql, when};
use crate::formula::functions::Lowering;

/// An aggregate that is Null, not NaN, where nothing varies.
macro_rules! known {
    ($call:literal) => {
        concat!("nullif(", $call, "{over}, CAST('NaN' AS DOUBLE))")
    };
}

/// An array of the values in an order, without nulls.
macro_rules! array {
    ($argument:literal, $item:expr) => {
        concat!(
            "coalesce(to_json(list_transform(list_filter(list(",
            $argument,
            "){over}, lambda x: x IS NOT NULL), lambda x: ",
            $item,
            ")), CAST('[]' AS JSON))"
        )
    };
}

/// Years of 365 days since 2000.
macro_rules! years {
    ($date:literal) => {
        concat!(
            "((epoch_us(",
            $date,
            ") - 946684800000000) / 31536000000000)"
        )
    };
}

const PERCENTILE: Lowering = sql("quantile_cont(CAST({0} AS DOUBLE), {1!})");

/// The family.
pub(super) const TABLE: Table = &[
    ("Sum", sql("sum({0})")),
    ("Median", sql("quantile_cont(CAST({0} AS DOUBLE), 0.5)")),
    ("PercentileCont", PERCENTILE),
    ("Percentile", PERCENTILE),
    ("PercentileDisc", sql("quantile_disc({0}, {1!})")),
    ("StdDev", sql("stddev_samp(CAST({0} AS DOUBLE))")),
    ("Variance", sql("var_samp(CAST({0} AS DOUBLE))")),
    ("VariancePop", sql("var_pop(CAST({0} AS DOUBLE))")),
    (
        "Corr",
        sql(known!("corr(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE))")),
    ),
    (
        "RegressionSlope",
        sql(known!(
            "regr_slope(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE))"
        )),
    ),
    (
        "RegressionIntercept",
        sql(known!(
            "regr_intercept(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE))"
        )),
    ),
    (
        "RegressionR2",
        sql(
            "pow(nullif(corr(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE)){over}, CAST('NaN' AS DOUBLE)), 2)",
        ),
    ),
    ("ListAgg", sql("string_agg({0}, {1!?','} ORDER BY {0})")),
    (
        "ListAggDistinct",
        cases(&[
            when()
                .literal(2, "desc")
                .sql("string_agg(DISTINCT {0}, {1!} ORDER BY {0} DESC)"),
            when().sql("string_agg(DISTINCT {0}, {1!?','} ORDER BY {0})"),
        ]),
    ),
    (
        "ArrayAgg",
        cases(&[
            when()
                .types("n")
                .sql(array!("{0} ORDER BY {0}", number_json!("x"))),
            when().sql(array!("{0} ORDER BY {0}", "to_json(x)")),
        ]),
    ),
    (
        "ArrayAggDistinct",
        cases(&[
            when()
                .types("n")
                .literal(1, "desc")
                .sql(array!("DISTINCT {0} ORDER BY {0} DESC", number_json!("x"))),
            when()
                .literal(1, "desc")
                .sql(array!("DISTINCT {0} ORDER BY {0} DESC", "to_json(x)")),
            when()
                .types("n")
                .sql(array!("DISTINCT {0} ORDER BY {0}", number_json!("x"))),
            when().sql(array!("DISTINCT {0} ORDER BY {0}", "to_json(x)")),
        ]),
    ),
    // Discounted from the year 2000, then moved to the earliest date.
    (
        "XNPV",
        sql(concat!(
            "(sum({1} * pow(1 + CAST({0} AS DOUBLE), -",
            years!("{2}"),
            ")){over} * ",
            "pow(1 + CAST({0} AS DOUBLE), ",
            years!("min(CASE WHEN {1} IS NOT NULL THEN {2} END){over}"),
            "))"
        )),
    ),
];

//! Aggregates on Snowflake. Statistics of whole numbers would be decimals of few digits, so these are doubles before.

use super::super::table::{Table, always, cases, sql, when};
use crate::formula::functions::Lowering;

/// A logical has no order on the engine.
macro_rules! extreme {
    ($function:literal) => {
        cases(&[
            when()
                .types("l")
                .sql(concat!("(", $function, "(CAST({0} AS BIGINT)){over} = 1)")),
            always(concat!($function, "({0})")),
        ])
    };
}

/// Years of 365 days since 1970, where all arguments are there.
macro_rules! years {
    () => {
        concat!(
            "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN CAST(DATEDIFF(MICROSECOND, ",
            epoch!(),
            ", {2}) AS DOUBLE) / CAST(31536000000000 AS DOUBLE) END"
        )
    };
}

/// The list of nothing is Null, where the engine says empty text.
macro_rules! list {
    ($distinct:literal, $direction:literal) => {
        concat!(
            "(CASE WHEN COUNT({0}){over} > 0 THEN LISTAGG(",
            $distinct,
            "{0}, {1!?','}) WITHIN GROUP (ORDER BY {0}",
            $direction,
            "){over} END)"
        )
    };
}

macro_rules! array {
    ($distinct:literal, $value:expr, $direction:literal) => {
        concat!(
            "TO_VARIANT(ARRAY_AGG(",
            $distinct,
            $value,
            ") WITHIN GROUP (ORDER BY ",
            $value,
            $direction,
            "){over})"
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Avg", sql("AVG(CAST({0} AS DOUBLE))")),
    ("Min", extreme!("MIN")),
    ("Max", extreme!("MAX")),
    ("Median", sql("MEDIAN(CAST({0} AS DOUBLE))")),
    ("PercentileCont", CONTINUOUS),
    ("Percentile", CONTINUOUS),
    (
        "PercentileDisc",
        sql("PERCENTILE_DISC({1!}) WITHIN GROUP (ORDER BY {0})"),
    ),
    ("StdDev", sql("STDDEV_SAMP(CAST({0} AS DOUBLE))")),
    ("Variance", sql("VAR_SAMP(CAST({0} AS DOUBLE))")),
    ("VariancePop", sql("VAR_POP(CAST({0} AS DOUBLE))")),
    (
        "Corr",
        sql("CORR(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE))"),
    ),
    (
        "RegressionSlope",
        sql("REGR_SLOPE(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE))"),
    ),
    (
        "RegressionIntercept",
        sql("REGR_INTERCEPT(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE))"),
    ),
    // Of a constant y it is Null; the engine's own function says 1.
    (
        "RegressionR2",
        sql("POWER(CORR(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE)){over}, 2)"),
    ),
    ("ListAgg", sql(list!("", ""))),
    (
        "ListAggDistinct",
        cases(&[
            when().literal(2, "desc").sql(list!("DISTINCT ", " DESC")),
            always(list!("DISTINCT ", "")),
        ]),
    ),
    (
        "ArrayAgg",
        cases(&[
            when().types("d").sql(array!("", date_text!("{0}"), "")),
            always(array!("", "{0}", "")),
        ]),
    ),
    (
        "ArrayAggDistinct",
        cases(&[
            when().types("d").literal(1, "desc").sql(array!(
                "DISTINCT ",
                date_text!("{0}"),
                " DESC"
            )),
            when()
                .types("d")
                .sql(array!("DISTINCT ", date_text!("{0}"), "")),
            when()
                .literal(1, "desc")
                .sql(array!("DISTINCT ", "{0}", " DESC")),
            always(array!("DISTINCT ", "{0}", "")),
        ]),
    ),
    // Discounted to 1970, then to the first date of the group: an aggregate has no other within.
    (
        "XNPV",
        sql(concat!(
            "(POWER(1 + CAST(MAX({0}){over} AS DOUBLE), MIN(",
            years!(),
            "){over}) * SUM({1} * POWER(1 + CAST({0} AS DOUBLE), - (",
            years!(),
            "))){over})"
        )),
    ),
];

const CONTINUOUS: Lowering =
    sql("PERCENTILE_CONT({1!}) WITHIN GROUP (ORDER BY CAST({0} AS DOUBLE))");

//! Aggregates on `BigQuery`.

use super::super::table::{PRINTED, Table, always, cases, refused, sql, when};
use crate::formula::functions::Lowering;

const DISTINCT: Lowering = cases(&[
    when()
        .types("t")
        .sql("COUNT(DISTINCT NULLIF({0}, '')){over}"),
    when()
        .types("v")
        .sql("COUNT(DISTINCT NULLIF(TO_JSON_STRING({0}), 'null')){over}"),
    always("COUNT(DISTINCT {0}){over}"),
]);

/// Aggregates that are written otherwise over a whole partition: a clause within a call does not stand beside OVER.
pub(super) const WINDOWED: Table = &[
    ("Median", sql("PERCENTILE_CONT({0}, 0.5)")),
    ("PercentileCont", sql("PERCENTILE_CONT({0}, {1!})")),
    ("Percentile", sql("PERCENTILE_CONT({0}, {1!})")),
    ("PercentileDisc", sql("PERCENTILE_DISC({0}, {1!})")),
    ("ListAggDistinct", refused(BESIDE_OVER)),
    ("ArrayAgg", refused(BESIDE_OVER)),
    ("ArrayAggDistinct", refused(BESIDE_OVER)),
    ("SparklineAgg", refused(BESIDE_OVER)),
];

const BESIDE_OVER: &str = "DISTINCT and ORDER BY within a call do not stand beside OVER";

/// The family.
pub(super) const TABLE: Table = &[
    // JSON is neither compared nor grouped.
    ("CountDistinct", DISTINCT),
    ("Ndv", DISTINCT),
    ("Median", sql("(ARRAY_AGG(CAST({0} AS FLOAT64) IGNORE NULLS ORDER BY CAST({0} AS FLOAT64))[SAFE_OFFSET(CAST(FLOOR((0.5 * (COUNT({0}) - 1))) AS INT64))] + (ARRAY_AGG(CAST({0} AS FLOAT64) IGNORE NULLS ORDER BY CAST({0} AS FLOAT64))[SAFE_OFFSET(CAST(CEIL((0.5 * (COUNT({0}) - 1))) AS INT64))] - ARRAY_AGG(CAST({0} AS FLOAT64) IGNORE NULLS ORDER BY CAST({0} AS FLOAT64))[SAFE_OFFSET(CAST(FLOOR((0.5 * (COUNT({0}) - 1))) AS INT64))]) * ((0.5 * (COUNT({0}) - 1)) - FLOOR((0.5 * (COUNT({0}) - 1)))))")),
    ("PercentileCont", sql("(ARRAY_AGG(CAST({0} AS FLOAT64) IGNORE NULLS ORDER BY CAST({0} AS FLOAT64))[SAFE_OFFSET(CAST(FLOOR(({1!} * (COUNT({0}) - 1))) AS INT64))] + (ARRAY_AGG(CAST({0} AS FLOAT64) IGNORE NULLS ORDER BY CAST({0} AS FLOAT64))[SAFE_OFFSET(CAST(CEIL(({1!} * (COUNT({0}) - 1))) AS INT64))] - ARRAY_AGG(CAST({0} AS FLOAT64) IGNORE NULLS ORDER BY CAST({0} AS FLOAT64))[SAFE_OFFSET(CAST(FLOOR(({1!} * (COUNT({0}) - 1))) AS INT64))]) * (({1!} * (COUNT({0}) - 1)) - FLOOR(({1!} * (COUNT({0}) - 1)))))")),
    ("Percentile", sql("(ARRAY_AGG(CAST({0} AS FLOAT64) IGNORE NULLS ORDER BY CAST({0} AS FLOAT64))[SAFE_OFFSET(CAST(FLOOR(({1!} * (COUNT({0}) - 1))) AS INT64))] + (ARRAY_AGG(CAST({0} AS FLOAT64) IGNORE NULLS ORDER BY CAST({0} AS FLOAT64))[SAFE_OFFSET(CAST(CEIL(({1!} * (COUNT({0}) - 1))) AS INT64))] - ARRAY_AGG(CAST({0} AS FLOAT64) IGNORE NULLS ORDER BY CAST({0} AS FLOAT64))[SAFE_OFFSET(CAST(FLOOR(({1!} * (COUNT({0}) - 1))) AS INT64))]) * (({1!} * (COUNT({0}) - 1)) - FLOOR(({1!} * (COUNT({0}) - 1)))))")),
    ("PercentileDisc", sql("ARRAY_AGG({0} IGNORE NULLS ORDER BY {0})[SAFE_ORDINAL(CAST(GREATEST(CEIL({1!} * COUNT({0}) - 1e-9), 1) AS INT64))]")),
    ("Corr", sql("IF(IS_NAN(CORR({0}, {1}){over}), NULL, CORR({0}, {1}){over})")),
    ("RegressionSlope", sql("SAFE_DIVIDE(COVAR_POP({0}, {1}){over}, VAR_POP(IF({0} IS NULL, NULL, {1})){over})")),
    ("RegressionIntercept", sql("(AVG(IF({1} IS NULL, NULL, {0})){over} - SAFE_DIVIDE(COVAR_POP({0}, {1}){over}, VAR_POP(IF({0} IS NULL, NULL, {1})){over}) * AVG(IF({0} IS NULL, NULL, {1})){over})")),
    ("RegressionR2", sql("SAFE_DIVIDE(POW(COVAR_POP({0}, {1}){over}, 2), VAR_POP(IF({0} IS NULL, NULL, {1})){over} * VAR_POP(IF({1} IS NULL, NULL, {0})){over})")),
    ("ListAgg", PRINTED),
    ("ListAggDistinct", cases(&[
        when().literal(2, "desc").sql("STRING_AGG(DISTINCT {0}, {1!} ORDER BY {0} DESC)"),
        always("STRING_AGG(DISTINCT {0}, {1!?','} ORDER BY {0})"),
    ])),
    ("ArrayAgg", cases(&[
        when().types("v").sql("IF(COUNT({0}) = 0, JSON '[]', TO_JSON(ARRAY_AGG({0} IGNORE NULLS ORDER BY TO_JSON_STRING({0}))))"),
        when().types("d").sql("IF(COUNT({0}) = 0, JSON '[]', TO_JSON(ARRAY_AGG(FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0}) IGNORE NULLS ORDER BY {0})))"),
        when().types("n").sql("IF(COUNT({0}) = 0, JSON '[]', TO_JSON(ARRAY_AGG(IF({0} IS NULL, NULL, IF(SAFE_CAST({0} AS INT64) = {0}, TO_JSON(SAFE_CAST({0} AS INT64)), TO_JSON({0}))) IGNORE NULLS ORDER BY {0})))"),
            always("IF(COUNT({0}) = 0, JSON '[]', TO_JSON(ARRAY_AGG({0} IGNORE NULLS ORDER BY {0})))"),
    ])),
    ("ArrayAggDistinct", cases(&[
        when().count(2).types("v").literal(1, "desc").sql("PARSE_JSON('[' || IFNULL(STRING_AGG(DISTINCT NULLIF(TO_JSON_STRING({0}), 'null'), ',' ORDER BY NULLIF(TO_JSON_STRING({0}), 'null') DESC), '') || ']')"),
        when().types("v").sql("PARSE_JSON('[' || IFNULL(STRING_AGG(DISTINCT NULLIF(TO_JSON_STRING({0}), 'null'), ',' ORDER BY NULLIF(TO_JSON_STRING({0}), 'null')), '') || ']')"),
        when().count(2).types("d").literal(1, "desc").sql("IF(COUNT({0}) = 0, JSON '[]', TO_JSON(ARRAY_AGG(DISTINCT FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0}) IGNORE NULLS ORDER BY FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0}) DESC)))"),
        when().types("d").sql("IF(COUNT({0}) = 0, JSON '[]', TO_JSON(ARRAY_AGG(DISTINCT FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0}) IGNORE NULLS ORDER BY FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0}))))"),
        when().count(2).types("*").literal(1, "desc").sql("IF(COUNT({0}) = 0, JSON '[]', TO_JSON(ARRAY_AGG(DISTINCT {0} IGNORE NULLS ORDER BY {0} DESC)))"),
        when().types("*").sql("IF(COUNT({0}) = 0, JSON '[]', TO_JSON(ARRAY_AGG(DISTINCT {0} IGNORE NULLS ORDER BY {0})))"),
    ])),
    // Every flow as of the year 2000, and the sum moved to the earliest date.
    ("XNPV", sql("(SUM(SAFE_DIVIDE({1}, SAFE.POW(1 + {0}, (DATETIME_DIFF({2}, CAST('2000-01-01 00:00:00' AS DATETIME), MICROSECOND) / 31536000000000)))){over} * IF(1 + MAX({0}){over} > 0, POW(1 + MAX({0}){over}, MIN((DATETIME_DIFF(IF({1} IS NULL OR {0} IS NULL, NULL, {2}), CAST('2000-01-01 00:00:00' AS DATETIME), MICROSECOND) / 31536000000000)){over}), NULL))")),
];

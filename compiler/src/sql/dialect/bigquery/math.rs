//! Mathematics on `BigQuery`.

use super::super::table::{Table, always, cases, sql, when};

/// The family.
pub(super) const TABLE: Table = &[
    // By the digits that are written, as BIGNUMERIC keeps them; what it cannot hold has no digits behind the point.
    ("Round", cases(&[
        when().count(1).sql("ROUND({0})"),
        always("IF({0} BETWEEN -1e38 AND 1e38, CAST(ROUND(CAST(CAST({0} AS STRING) AS BIGNUMERIC), CAST(TRUNC({1}) AS INT64)) AS FLOAT64), {0})"),
    ])),
    ("RoundDown", cases(&[
        when().count(1).sql("FLOOR({0})"),
        always("IF({0} BETWEEN -1e38 AND 1e38, CAST(TRUNC(CAST(CAST({0} AS STRING) AS BIGNUMERIC), CAST(TRUNC({1}) AS INT64)) - IF(CAST(CAST({0} AS STRING) AS BIGNUMERIC) < TRUNC(CAST(CAST({0} AS STRING) AS BIGNUMERIC), CAST(TRUNC({1}) AS INT64)), CAST('1e' || CAST(- CAST(TRUNC({1}) AS INT64) AS STRING) AS BIGNUMERIC), 0) AS FLOAT64), {0})"),
    ])),
    ("RoundUp", cases(&[
        when().count(1).sql("CEIL({0})"),
        always("IF({0} BETWEEN -1e38 AND 1e38, CAST(TRUNC(CAST(CAST({0} AS STRING) AS BIGNUMERIC), CAST(TRUNC({1}) AS INT64)) + IF(CAST(CAST({0} AS STRING) AS BIGNUMERIC) > TRUNC(CAST(CAST({0} AS STRING) AS BIGNUMERIC), CAST(TRUNC({1}) AS INT64)), CAST('1e' || CAST(- CAST(TRUNC({1}) AS INT64) AS STRING) AS BIGNUMERIC), 0) AS FLOAT64), {0})"),
    ])),
    ("Trunc", cases(&[
        when().count(1).sql("TRUNC({0})"),
        always("IF({0} BETWEEN -1e38 AND 1e38, CAST(TRUNC(CAST(CAST({0} AS STRING) AS BIGNUMERIC), CAST(TRUNC({1}) AS INT64)) AS FLOAT64), {0})"),
    ])),
    ("Int", sql("FLOOR({0})")),
    ("Floor", cases(&[
        when().count(1).sql("FLOOR({0})"),
        always("CAST(CAST(IF(ABS(SAFE_DIVIDE({0}, {1}) - ROUND(SAFE_DIVIDE({0}, {1}))) <= 1e-9 * GREATEST(ABS(ROUND(SAFE_DIVIDE({0}, {1}))), 1), ROUND(SAFE_DIVIDE({0}, {1})), FLOOR(SAFE_DIVIDE({0}, {1}))) AS BIGNUMERIC) * CAST(CAST({1} AS STRING) AS BIGNUMERIC) AS FLOAT64)"),
    ])),
    ("Ceiling", cases(&[
        when().count(1).sql("CEIL({0})"),
        always("CAST(CAST(IF(ABS(SAFE_DIVIDE({0}, {1}) - ROUND(SAFE_DIVIDE({0}, {1}))) <= 1e-9 * GREATEST(ABS(ROUND(SAFE_DIVIDE({0}, {1}))), 1), ROUND(SAFE_DIVIDE({0}, {1})), CEIL(SAFE_DIVIDE({0}, {1}))) AS BIGNUMERIC) * CAST(CAST({1} AS STRING) AS BIGNUMERIC) AS FLOAT64)"),
    ])),
    ("MRound", cases(&[
        when().count(1).sql("ROUND({0})"),
        always("CAST(CAST(ROUND(SAFE_DIVIDE({0}, ABS({1}))) AS BIGNUMERIC) * CAST(CAST(ABS({1}) AS STRING) AS BIGNUMERIC) AS FLOAT64)"),
    ])),
    // MOD takes no FLOAT64.
    ("Mod", sql("CAST(MOD(CAST({0} AS BIGNUMERIC), NULLIF(CAST({1} AS BIGNUMERIC), 0)) AS FLOAT64)")),
    ("Div", sql("TRUNC(SAFE_DIVIDE({0}, {1}))")),
    ("Power", sql("SAFE.POW({0}, {1})")),
    ("Sqrt", sql("SAFE.SQRT({0})")),
    ("Exp", sql("SAFE.EXP({0})")),
    ("Ln", sql("SAFE.LN({0})")),
    ("Log", cases(&[
        when().count(1).sql("SAFE.LOG10({0})"),
        always("SAFE.LOG({0}, {1})"),
    ])),
    ("Cot", sql("SAFE_DIVIDE(1, TAN({0}))")),
    ("Asin", sql("SAFE.ASIN({0})")),
    ("Acos", sql("SAFE.ACOS({0})")),
    ("IsEven", sql("(MOD(TRUNC(CAST({0} AS BIGNUMERIC)), 2) = 0)")),
    ("IsOdd", sql("(MOD(TRUNC(CAST({0} AS BIGNUMERIC)), 2) <> 0)")),
    ("BitAnd", sql("(CAST(TRUNC(CAST({0} AS BIGNUMERIC)) AS INT64) & CAST(TRUNC(CAST({1} AS BIGNUMERIC)) AS INT64))")),
    ("BitOr", sql("(CAST(TRUNC(CAST({0} AS BIGNUMERIC)) AS INT64) | CAST(TRUNC(CAST({1} AS BIGNUMERIC)) AS INT64))")),
    ("Greatest", sql("GREATEST({0..})")),
    ("Least", sql("LEAST({0..})")),
    ("GreatestNonNull", cases(&[
        when().count(1).sql("{0}"),
        when().count(2).sql("COALESCE(GREATEST({0}, {1}), {0}, {1})"),
        always("(SELECT MAX(item) FROM UNNEST([{0..}]) AS item)"),
    ])),
    ("LeastNonNull", cases(&[
        when().count(1).sql("{0}"),
        when().count(2).sql("COALESCE(LEAST({0}, {1}), {0}, {1})"),
        always("(SELECT MIN(item) FROM UNNEST([{0..}]) AS item)"),
    ])),
    ("RowAvg", sql("(SELECT AVG(item) FROM UNNEST([{0..}]) AS item)")),
    ("BinFixed", sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN CAST(TRUNC({3}) AS INT64) < 1 THEN 1 WHEN {0} < {1} THEN 0 \
        WHEN {0} >= {2} THEN CAST(TRUNC({3}) AS INT64) + 1 \
        ELSE CAST(FLOOR(SAFE_DIVIDE({0} - {1}, {2} - {1}) * TRUNC({3})) AS INT64) + 1 END")),
    ("BinRange", cases(&[
        when().count(2).sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN {0} < {1} THEN 1 ELSE 2 END"),
        when().count(3).sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 ELSE 3 END"),
        when().count(4).sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 WHEN {0} < {3} THEN 3 ELSE 4 END"),
        when().count(5).sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 WHEN {0} < {3} THEN 3 WHEN {0} < {4} THEN 4 ELSE 5 END"),
        when().count(6).sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 WHEN {0} < {3} THEN 3 WHEN {0} < {4} THEN 4 WHEN {0} < {5} THEN 5 ELSE 6 END"),
        when().count(7).sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 WHEN {0} < {3} THEN 3 WHEN {0} < {4} THEN 4 WHEN {0} < {5} THEN 5 WHEN {0} < {6} THEN 6 ELSE 7 END"),
        when().count(8).sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 WHEN {0} < {3} THEN 3 WHEN {0} < {4} THEN 4 WHEN {0} < {5} THEN 5 WHEN {0} < {6} THEN 6 WHEN {0} < {7} THEN 7 ELSE 8 END"),
        when().count(9).sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN {0} < {1} THEN 1 WHEN {0} < {2} THEN 2 WHEN {0} < {3} THEN 3 WHEN {0} < {4} THEN 4 WHEN {0} < {5} THEN 5 WHEN {0} < {6} THEN 6 WHEN {0} < {7} THEN 7 WHEN {0} < {8} THEN 8 ELSE 9 END"),
        // Bounds are in ascending order.
        always("IF(GREATEST({0..}) IS NULL, NULL, RANGE_BUCKET({0}, [{1..}]) + 1)"),
    ])),
    ("DistanceGlobe", sql("(12742 * ASIN(LEAST(1, SQRT(POW(SIN(({2} - {0}) * (ACOS(-1) / 180) / 2), 2) + COS({0} * (ACOS(-1) / 180)) * COS({2} * (ACOS(-1) / 180)) * POW(SIN(({3} - {1}) * (ACOS(-1) / 180) / 2), 2)))))")),
];

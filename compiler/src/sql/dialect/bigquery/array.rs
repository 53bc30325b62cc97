//! Arrays and variants on `BigQuery`.

use super::super::table::{Table, always, cases, sql, when};

/// The family.
pub(super) const TABLE: Table = &[
    ("Array", sql("JSON_ARRAY({0..:, :{@Variant}})")),
    ("ArrayCompact", sql("IF(JSON_TYPE({0}) = 'array', TO_JSON(ARRAY(SELECT item FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WITH OFFSET AS place WHERE JSON_TYPE(item) <> 'null' ORDER BY place)), NULL)")),
    ("ArrayConcat", sql("PARSE_JSON(NULLIF(TO_JSON_STRING(ARRAY_CONCAT({0..:, :JSON_QUERY_ARRAY({})})), 'null'))")),
    ("ArrayContains", cases(&[
        when().types("vn").sql("CASE WHEN JSON_TYPE({0}) <> 'array' THEN NULL WHEN {1} IS NOT NULL THEN IF({0} IS NULL, NULL, EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE JSON_TYPE(item) = 'number' AND SAFE_CAST(JSON_VALUE(item) AS BIGNUMERIC) = SAFE_CAST(CAST({1} AS STRING) AS BIGNUMERIC))) WHEN EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE JSON_TYPE(item) = 'null') THEN TRUE END"),
        when().types("vt").sql("CASE WHEN JSON_TYPE({0}) <> 'array' THEN NULL WHEN {1} IS NOT NULL THEN IF({0} IS NULL, NULL, EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE JSON_TYPE(item) = 'string' AND JSON_VALUE(item) = {1})) WHEN EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE JSON_TYPE(item) = 'null') THEN TRUE END"),
        when().types("vl").sql("CASE WHEN JSON_TYPE({0}) <> 'array' THEN NULL WHEN {1} IS NOT NULL THEN IF({0} IS NULL, NULL, EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE JSON_TYPE(item) = 'boolean' AND JSON_VALUE(item) = CAST({1} AS STRING))) WHEN EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE JSON_TYPE(item) = 'null') THEN TRUE END"),
        when().types("vd").sql("CASE WHEN JSON_TYPE({0}) <> 'array' THEN NULL WHEN {1} IS NOT NULL THEN IF({0} IS NULL, NULL, EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE JSON_TYPE(item) = 'string' AND JSON_VALUE(item) = FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {1}))) WHEN EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE JSON_TYPE(item) = 'null') THEN TRUE END"),
        always("CASE WHEN JSON_TYPE({0}) <> 'array' THEN NULL WHEN {1} IS NOT NULL THEN IF({0} IS NULL, NULL, EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE IF(JSON_TYPE(item) = 'number', CAST(SAFE_CAST(JSON_VALUE(item) AS BIGNUMERIC) AS STRING), TO_JSON_STRING(item)) = IF(JSON_TYPE({1}) = 'number', CAST(SAFE_CAST(JSON_VALUE({1}) AS BIGNUMERIC) AS STRING), TO_JSON_STRING({1})))) WHEN EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WHERE JSON_TYPE(item) = 'null') THEN TRUE END"),
    ])),
    ("ArrayDistinct", sql("IF(JSON_TYPE({0}) = 'array', TO_JSON(ARRAY(SELECT item FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WITH OFFSET AS place WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY IF(JSON_TYPE(item) = 'number', CAST(SAFE_CAST(JSON_VALUE(item) AS BIGNUMERIC) AS STRING), TO_JSON_STRING(item)) ORDER BY place) = 1 ORDER BY place)), NULL)")),
    ("ArrayExcept", sql("IF(JSON_TYPE({0}) = 'array' AND JSON_TYPE({1}) = 'array', TO_JSON(ARRAY(SELECT item FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WITH OFFSET AS place WHERE NOT EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({1})) AS other WHERE IF(JSON_TYPE(other) = 'number', CAST(SAFE_CAST(JSON_VALUE(other) AS BIGNUMERIC) AS STRING), TO_JSON_STRING(other)) = IF(JSON_TYPE(item) = 'number', CAST(SAFE_CAST(JSON_VALUE(item) AS BIGNUMERIC) AS STRING), TO_JSON_STRING(item))) QUALIFY ROW_NUMBER() OVER (PARTITION BY IF(JSON_TYPE(item) = 'number', CAST(SAFE_CAST(JSON_VALUE(item) AS BIGNUMERIC) AS STRING), TO_JSON_STRING(item)) ORDER BY place) = 1 ORDER BY place)), NULL)")),
    ("ArrayIntersection", sql("IF({0} IS NULL OR {1} IS NULL, NULL, TO_JSON(ARRAY(SELECT item FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WITH OFFSET AS place WHERE EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY({1})) AS other WHERE IF(JSON_TYPE(other) = 'number', CAST(SAFE_CAST(JSON_VALUE(other) AS BIGNUMERIC) AS STRING), TO_JSON_STRING(other)) = IF(JSON_TYPE(item) = 'number', CAST(SAFE_CAST(JSON_VALUE(item) AS BIGNUMERIC) AS STRING), TO_JSON_STRING(item))) QUALIFY ROW_NUMBER() OVER (PARTITION BY IF(JSON_TYPE(item) = 'number', CAST(SAFE_CAST(JSON_VALUE(item) AS BIGNUMERIC) AS STRING), TO_JSON_STRING(item)) ORDER BY place) = 1 ORDER BY place)))")),
    ("ArrayJoin", cases(&[
        when().count(3).sql("IF(({1} || {2}) IS NULL, NULL, IF(JSON_TYPE({0}) = 'array', ARRAY_TO_STRING(ARRAY(SELECT CASE JSON_TYPE(item) WHEN 'null' THEN NULL WHEN 'string' THEN JSON_VALUE(item) ELSE TO_JSON_STRING(item) END FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WITH OFFSET AS place ORDER BY place), {1}, {2}), NULL))"),
        always("IF(JSON_TYPE({0}) = 'array', ARRAY_TO_STRING(ARRAY(SELECT CASE JSON_TYPE(item) WHEN 'null' THEN NULL WHEN 'string' THEN JSON_VALUE(item) ELSE TO_JSON_STRING(item) END FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WITH OFFSET AS place ORDER BY place), {1?','}), NULL)"),
    ])),
    ("ArrayLength", sql("ARRAY_LENGTH(JSON_QUERY_ARRAY({0}))")),
    ("ArraySlice", cases(&[
        when().count(2).sql("IF(JSON_TYPE({0}) = 'array' AND {1} IS NOT NULL, TO_JSON(ARRAY(SELECT item FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WITH OFFSET AS place WHERE place >= IF(CAST({1} AS INT64) < 0, GREATEST(ARRAY_LENGTH(JSON_QUERY_ARRAY({0})) + CAST({1} AS INT64), 0), CAST({1} AS INT64)) ORDER BY place)), NULL)"),
        always("IF(JSON_TYPE({0}) = 'array' AND {1} IS NOT NULL AND {2} IS NOT NULL, TO_JSON(ARRAY(SELECT item FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WITH OFFSET AS place WHERE place >= IF(CAST({1} AS INT64) < 0, GREATEST(ARRAY_LENGTH(JSON_QUERY_ARRAY({0})) + CAST({1} AS INT64), 0), CAST({1} AS INT64)) AND place < IF(CAST({1} AS INT64) < 0, GREATEST(ARRAY_LENGTH(JSON_QUERY_ARRAY({0})) + CAST({1} AS INT64), 0), CAST({1} AS INT64)) + CAST({2} AS INT64) ORDER BY place)), NULL)"),
    ])),
    // A step of 0 goes nowhere, and an array has an end.
    ("Sequence", sql("CASE WHEN GREATEST({0..}) IS NULL THEN NULL WHEN CAST({2?1} AS INT64) = 0 THEN JSON '[]' \
        WHEN SAFE_DIVIDE(CAST({1} AS FLOAT64) - {0}, CAST({2?1} AS INT64)) >= 100000 THEN NULL ELSE TO_JSON(GENERATE_ARRAY(CAST({0} AS INT64), CAST({1} AS INT64), CAST({2?1} AS INT64))) END")),
    ("SplitToArray", sql("IF(({0} || {1}) IS NULL, NULL, TO_JSON(SPLIT({0}, {1})))")),
    ("RaggedHierarchy", sql("TO_JSON(ARRAY(SELECT item FROM UNNEST(JSON_QUERY_ARRAY(JSON_ARRAY({0..:, :{@Variant}}))) AS item WITH OFFSET AS place \
        WHERE NOT EXISTS(SELECT 1 FROM UNNEST(JSON_QUERY_ARRAY(JSON_ARRAY({0..:, :{@Variant}}))) AS above WITH OFFSET AS depth WHERE depth <= place AND JSON_TYPE(above) = 'null') \
        ORDER BY place))")),
    ("Sparkline", sql("IF(JSON_TYPE({0}) = 'array', JSON_OBJECT('sparkline', TO_JSON(ARRAY(SELECT JSON_OBJECT('x', item['x'], 'y', item['y']) \
        FROM UNNEST(JSON_QUERY_ARRAY({0})) AS item WITH OFFSET AS place \
        WHERE item['x'] IS NOT NULL AND IFNULL(JSON_TYPE(item['y']), 'null') IN ('number', 'null') ORDER BY place))), NULL)")),
    ("SparklineAgg", cases(&[
        when().types("v").refused("JSON has no order"),
        when().types("nn").sql("JSON_OBJECT('sparkline', TO_JSON(ARRAY_AGG(JSON_OBJECT('x', IF(SAFE_CAST({0} AS INT64) = {0}, TO_JSON(SAFE_CAST({0} AS INT64)), TO_JSON({0})), 'y', IF(SAFE_CAST({1} AS INT64) = {1}, TO_JSON(SAFE_CAST({1} AS INT64)), TO_JSON({1}))) ORDER BY {0})))"),
        when().types("dn").sql("JSON_OBJECT('sparkline', TO_JSON(ARRAY_AGG(JSON_OBJECT('x', TO_JSON(FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0})), 'y', IF(SAFE_CAST({1} AS INT64) = {1}, TO_JSON(SAFE_CAST({1} AS INT64)), TO_JSON({1}))) ORDER BY {0})))"),
        when().types("*n").sql("JSON_OBJECT('sparkline', TO_JSON(ARRAY_AGG(JSON_OBJECT('x', TO_JSON({0}), 'y', IF(SAFE_CAST({1} AS INT64) = {1}, TO_JSON(SAFE_CAST({1} AS INT64)), TO_JSON({1}))) ORDER BY {0})))"),
        when().types("dd").sql("JSON_OBJECT('sparkline', TO_JSON(ARRAY_AGG(JSON_OBJECT('x', TO_JSON(FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0})), 'y', TO_JSON(FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {1}))) ORDER BY {0})))"),
        when().types("d*").sql("JSON_OBJECT('sparkline', TO_JSON(ARRAY_AGG(JSON_OBJECT('x', TO_JSON(FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0})), 'y', TO_JSON({1})) ORDER BY {0})))"),
        when().types("*d").sql("JSON_OBJECT('sparkline', TO_JSON(ARRAY_AGG(JSON_OBJECT('x', TO_JSON({0}), 'y', TO_JSON(FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {1}))) ORDER BY {0})))"),
        always("JSON_OBJECT('sparkline', TO_JSON(ARRAY_AGG(JSON_OBJECT('x', TO_JSON({0}), 'y', TO_JSON({1})) ORDER BY {0})))"),
    ])),
    // `[Item]` is the row of the subquery; a null of JSON is Null.
    ("Item", sql("PARSE_JSON(NULLIF(TO_JSON_STRING(element), 'null'))")),
    ("ArrayFilter", sql("IF(JSON_TYPE({0}) = 'array', TO_JSON(ARRAY(SELECT element FROM UNNEST(JSON_QUERY_ARRAY({0})) AS element WITH OFFSET AS position WHERE {1} ORDER BY position)), NULL)")),
    ("ArrayTransform", cases(&[
        when().types("*v").sql("IF(JSON_TYPE({0}) = 'array', TO_JSON(ARRAY(SELECT {1} FROM UNNEST(JSON_QUERY_ARRAY({0})) AS element WITH OFFSET AS position ORDER BY position)), NULL)"),
        when().types("*n").sql("IF(JSON_TYPE({0}) = 'array', TO_JSON(ARRAY(SELECT IF(SAFE_CAST({1} AS INT64) = {1}, TO_JSON(SAFE_CAST({1} AS INT64)), TO_JSON({1})) FROM UNNEST(JSON_QUERY_ARRAY({0})) AS element WITH OFFSET AS position ORDER BY position)), NULL)"),
        when().types("*d").sql("IF(JSON_TYPE({0}) = 'array', TO_JSON(ARRAY(SELECT TO_JSON(FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {1})) FROM UNNEST(JSON_QUERY_ARRAY({0})) AS element WITH OFFSET AS position ORDER BY position)), NULL)"),
        always("IF(JSON_TYPE({0}) = 'array', TO_JSON(ARRAY(SELECT TO_JSON({1}) FROM UNNEST(JSON_QUERY_ARRAY({0})) AS element WITH OFFSET AS position ORDER BY position)), NULL)"),
    ])),
];

//! Conversions on `BigQuery`.

use super::super::table::{Table, always, cases, when};

/// The family.
pub(super) const TABLE: Table = &[
    ("Text", cases(&[
        when().types("t").sql("{0}"),
        when().types("d").sql("FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0})"),
        when().types("l").sql("CAST({0} AS STRING)"),
        // The fewest digits that read back as the same number, with an exponent where it is very large or small.
        when().types("n").sql(r"(SELECT CASE WHEN SAFE_CAST(number AS INT64) = number THEN CAST(SAFE_CAST(number AS INT64) AS STRING) WHEN ABS(number) >= 1e-7 AND ABS(number) < 1e21 THEN CAST(CAST(digits AS BIGNUMERIC) AS STRING) ELSE REGEXP_REPLACE(digits, r'e\+?(-?)0*', r'e\1') END FROM UNNEST([{0}]) AS number CROSS JOIN UNNEST([IF(CAST(FORMAT('%.15g', CAST(number AS FLOAT64)) AS FLOAT64) = number, FORMAT('%.15g', CAST(number AS FLOAT64)), IF(CAST(FORMAT('%.16g', CAST(number AS FLOAT64)) AS FLOAT64) = number, FORMAT('%.16g', CAST(number AS FLOAT64)), FORMAT('%.17g', CAST(number AS FLOAT64))))]) AS digits)"),
        always(r"CASE JSON_TYPE({0}) WHEN 'null' THEN NULL WHEN 'array' THEN TO_JSON_STRING({0}) WHEN 'object' THEN TO_JSON_STRING({0}) WHEN 'number' THEN IFNULL(CAST(SAFE_CAST(JSON_VALUE({0}) AS INT64) AS STRING), (SELECT CASE WHEN SAFE_CAST(number AS INT64) = number THEN CAST(SAFE_CAST(number AS INT64) AS STRING) WHEN ABS(number) >= 1e-7 AND ABS(number) < 1e21 THEN CAST(CAST(digits AS BIGNUMERIC) AS STRING) ELSE REGEXP_REPLACE(digits, r'e\+?(-?)0*', r'e\1') END FROM UNNEST([CAST(IF(JSON_TYPE({0}) = 'number', JSON_VALUE({0}), NULL) AS FLOAT64)]) AS number CROSS JOIN UNNEST([IF(CAST(FORMAT('%.15g', CAST(number AS FLOAT64)) AS FLOAT64) = number, FORMAT('%.15g', CAST(number AS FLOAT64)), IF(CAST(FORMAT('%.16g', CAST(number AS FLOAT64)) AS FLOAT64) = number, FORMAT('%.16g', CAST(number AS FLOAT64)), FORMAT('%.17g', CAST(number AS FLOAT64))))]) AS digits)) ELSE JSON_VALUE({0}) END"),
    ])),
    ("Number", cases(&[
        when().types("n").sql("{0}"),
        when().types("t").sql(r"SAFE_CAST(REGEXP_EXTRACT(TRIM({0}), r'^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$') AS FLOAT64)"),
        when().types("d").sql("SAFE_DIVIDE(UNIX_MICROS(TIMESTAMP({0}, {zone})), 1000000)"),
        always(r"SAFE_CAST(REGEXP_EXTRACT(TRIM(JSON_VALUE({0})), r'^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$') AS FLOAT64)"),
    ])),
    ("Date", cases(&[
        when().types("d").sql("{0}"),
        when().types("t").sql(r"(SELECT IF(REGEXP_CONTAINS(word, r'Z$|:.*[-+]'), SAFE.DATETIME(SAFE_CAST(word AS TIMESTAMP), {zone}), SAFE_CAST(word AS DATETIME)) FROM UNNEST([REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(UPPER(REGEXP_EXTRACT(TRIM({0}), r'^\d\d\d\d-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[-+](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?)?$')), r'^([-\d]+[T ]\d\d:\d\d)(Z|[-+].*)?$', r'\1:00\2'), r'(\.\d\d\d\d\d\d)\d+', r'\1'), r'([-+]\d\d)(\d\d)$', r'\1:\2')]) AS word)"),
        when().types("n").sql("SAFE.DATETIME(SAFE.TIMESTAMP_MICROS(SAFE_CAST(SAFE_MULTIPLY({0}, 1000000) AS INT64)), {zone})"),
        always(r"IF(JSON_TYPE({0}) = 'number', SAFE.DATETIME(SAFE.TIMESTAMP_MICROS(SAFE_CAST(SAFE_MULTIPLY(SAFE_CAST(IF(JSON_TYPE({0}) = 'number', JSON_VALUE({0}), NULL) AS FLOAT64), 1000000) AS INT64)), {zone}), (SELECT IF(REGEXP_CONTAINS(word, r'Z$|:.*[-+]'), SAFE.DATETIME(SAFE_CAST(word AS TIMESTAMP), {zone}), SAFE_CAST(word AS DATETIME)) FROM UNNEST([REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(UPPER(REGEXP_EXTRACT(TRIM(JSON_VALUE({0})), r'^\d\d\d\d-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[-+](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?)?$')), r'^([-\d]+[T ]\d\d:\d\d)(Z|[-+].*)?$', r'\1:00\2'), r'(\.\d\d\d\d\d\d)\d+', r'\1'), r'([-+]\d\d)(\d\d)$', r'\1:\2')]) AS word))"),
    ])),
    ("DateTime", cases(&[
        when().types("d").sql("{0}"),
        always(r"COALESCE((SELECT IF(REGEXP_CONTAINS(word, r'Z$|:.*[-+]'), SAFE.DATETIME(SAFE_CAST(word AS TIMESTAMP), {zone}), SAFE_CAST(word AS DATETIME)) FROM UNNEST([REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(UPPER(REGEXP_EXTRACT(TRIM({0}), r'^\d\d\d\d-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[-+](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?)?$')), r'^([-\d]+[T ]\d\d:\d\d)(Z|[-+].*)?$', r'\1:00\2'), r'(\.\d\d\d\d\d\d)\d+', r'\1'), r'([-+]\d\d)(\d\d)$', r'\1:\2')]) AS word), SAFE.PARSE_DATETIME('%m/%d/%Y', {0}), SAFE.PARSE_DATETIME('%m/%d/%Y %H:%M:%S', {0}))"),
    ])),
    ("Logical", cases(&[
        when().types("l").sql("{0}"),
        when().types("n").sql("({0} <> 0)"),
        when().types("t").sql("CASE LOWER(TRIM({0})) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"),
        always("IF(JSON_TYPE({0}) = 'number', CAST(IF(JSON_TYPE({0}) = 'number', JSON_VALUE({0}), NULL) AS FLOAT64) <> 0, CASE LOWER(TRIM(JSON_VALUE({0}))) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END)"),
    ])),
    // A null of JSON is Null.
    ("Json", cases(&[
        when().types("v").sql("{0}"),
        always("SAFE.PARSE_JSON(NULLIF(TRIM({0}), 'null'), wide_number_mode => 'round')"),
    ])),
    ("Variant", cases(&[
        when().types("v").sql("{0}"),
        when().types("d").sql("IF({0} IS NULL, NULL, TO_JSON(FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E*S', {0})))"),
        // A whole number is one, however it is stored.
        when().types("n").sql("CASE WHEN {0} IS NULL THEN NULL ELSE IF(SAFE_CAST({0} AS INT64) = {0}, TO_JSON(SAFE_CAST({0} AS INT64)), TO_JSON({0})) END"),
        always("IF({0} IS NULL, NULL, TO_JSON({0}))"),
    ])),
];

//! Text on `BigQuery`.

use super::super::table::{Table, always, cases, sql, when};
use crate::formula::functions::Lowering;

/// A start below 1 uses up the missing positions.
const MID: Lowering = cases(&[
    when().count(2).whole(1, 1).sql("SUBSTR({0}, {1!})"),
    when()
        .whole(1, 1)
        .whole(2, 0)
        .sql("SUBSTR({0}, {1!}, {2!})"),
    when()
        .count(2)
        .sql("SUBSTR({0}, GREATEST(CAST(TRUNC({1}) AS INT64), 1))"),
    always(
        "SUBSTR({0}, GREATEST(CAST(TRUNC({1}) AS INT64), 1), GREATEST(CAST(TRUNC({1}) AS INT64) + GREATEST(CAST(TRUNC({2}) AS INT64), 0) - GREATEST(CAST(TRUNC({1}) AS INT64), 1), 0))",
    ),
]);

/// The family.
pub(super) const TABLE: Table = &[
    ("Contains", cases(&[
        when().count(2).sql("(STRPOS({0}, {1}) > 0)"),
        when().count(3).sql("(GREATEST(STRPOS({0}, {1}), STRPOS({0}, {2})) > 0)"),
        when().count(4).sql("(GREATEST(STRPOS({0}, {1}), STRPOS({0}, {2}), STRPOS({0}, {3})) > 0)"),
        when().count(5).sql("(GREATEST(STRPOS({0}, {1}), STRPOS({0}, {2}), STRPOS({0}, {3}), STRPOS({0}, {4})) > 0)"),
        always("IF(CONCAT({0..}) IS NULL, NULL, EXISTS(SELECT 1 FROM UNNEST([{1..}]) AS word WHERE STRPOS({0}, word) > 0))"),
    ])),
    ("StartsWith", sql("STARTS_WITH({0}, {1})")),
    ("EndsWith", sql("ENDS_WITH({0}, {1})")),
    ("Find", sql("STRPOS({0}, {1})")),
    // A backslash would escape what follows it.
    ("Like", sql(r"({0} LIKE REPLACE({1}, '\\', '\\\\'))")),
    ("ILike", sql(r"(LOWER({0}) LIKE LOWER(REPLACE({1}, '\\', '\\\\')))")),
    ("Left", cases(&[
        when().whole(1, 0).sql("LEFT({0}, {1!})"),
        always("LEFT({0}, GREATEST(IF({1} < 0, CHAR_LENGTH({0}), 0) + CAST(TRUNC({1}) AS INT64), 0))"),
    ])),
    ("Right", cases(&[
        when().whole(1, 0).sql("RIGHT({0}, {1!})"),
        always("RIGHT({0}, GREATEST(IF({1} < 0, CHAR_LENGTH({0}), 0) + CAST(TRUNC({1}) AS INT64), 0))"),
    ])),
    ("Mid", MID),
    ("Substring", MID),
    ("Proper", sql(r"IFNULL((SELECT STRING_AGG(UPPER(LEFT(word, 1)) || LOWER(SUBSTR(word, 2)), '' ORDER BY place) FROM UNNEST(REGEXP_EXTRACT_ALL({0}, r'[\pL\pN]+|[^\pL\pN]+')) AS word WITH OFFSET AS place), {0})")),
    ("Trim", sql("TRIM({0}, ' ')")),
    ("LTrim", sql("LTRIM({0}, ' ')")),
    ("RTrim", sql("RTRIM({0}, ' ')")),
    ("LPad", cases(&[
        when().count(2).whole(1, 0).sql("LPAD({0}, {1!})"),
        when().count(2).sql("LPAD({0}, GREATEST(CAST(TRUNC({1}) AS INT64), 0))"),
        always("IF({2} = '', LEFT({0}, GREATEST(CAST(TRUNC({1}) AS INT64), 0)), LPAD({0}, GREATEST(CAST(TRUNC({1}) AS INT64), 0), {2}))"),
    ])),
    ("RPad", cases(&[
        when().count(2).whole(1, 0).sql("RPAD({0}, {1!})"),
        when().count(2).sql("RPAD({0}, GREATEST(CAST(TRUNC({1}) AS INT64), 0))"),
        always("IF({2} = '', LEFT({0}, GREATEST(CAST(TRUNC({1}) AS INT64), 0)), RPAD({0}, GREATEST(CAST(TRUNC({1}) AS INT64), 0), {2}))"),
    ])),
    ("Repeat", cases(&[
        when().whole(1, 1).sql("REPEAT({0}, {1!})"),
        always("REPEAT({0}, NULLIF(GREATEST(CAST(TRUNC({1}) AS INT64), 0), 0))"),
    ])),
    ("Replace", sql("REPLACE({0}, {1}, {2})")),
    ("Reverse", sql("REVERSE({0})")),
    ("SplitPart", cases(&[
        when().whole(2, 1).sql("IF(({0} || {1}) IS NULL, NULL, IFNULL(IF({1} = '', [{0}], SPLIT({0}, {1}))[SAFE_ORDINAL({2!})], ''))"),
        always("CASE WHEN ({0} || {1}) IS NULL THEN NULL \
            WHEN CAST(TRUNC({2}) AS INT64) > 0 THEN IFNULL(IF({1} = '', [{0}], SPLIT({0}, {1}))[SAFE_ORDINAL(CAST(TRUNC({2}) AS INT64))], '') \
            WHEN CAST(TRUNC({2}) AS INT64) < 0 THEN IFNULL(IF({1} = '', [{0}], SPLIT({0}, {1}))[SAFE_ORDINAL(ARRAY_LENGTH(IF({1} = '', [{0}], SPLIT({0}, {1}))) + 1 + CAST(TRUNC({2}) AS INT64))], '') END"),
    ])),
    ("TextJoin", sql("ARRAY_TO_STRING([{1..}], {0}, '')")),
    ("RegexpMatch", cases(&[
        when().constant(1).sql("REGEXP_CONTAINS({0}, {1})"),
        always("SAFE.REGEXP_CONTAINS({0}, {1})"),
    ])),
    ("RegexpExtract", cases(&[
        when().count(2).constant(1).sql("REGEXP_EXTRACT({0}, {1})"),
        when().count(2).sql("SAFE.REGEXP_EXTRACT({0}, {1})"),
        when().constant(1).whole(2, 1).sql("REGEXP_EXTRACT({0}, {1}, 1, {2!})"),
        when().constant(1).sql("REGEXP_EXTRACT({0}, {1}, 1, NULLIF(GREATEST(CAST(TRUNC({2}) AS INT64), 0), 0))"),
        always("SAFE.REGEXP_EXTRACT({0}, {1}, 1, NULLIF(GREATEST(CAST(TRUNC({2}) AS INT64), 0), 0))"),
    ])),
    // Only a digit and another backslash may stand behind a backslash of the replacement, and the digit must be that of
    // a group: empty groups stand for those that a pattern has not.
    ("RegexpReplace", cases(&[
        when().constant(1).sql(r"REGEXP_REPLACE({0}, '(?:' || {1} || ')()()()()()()()()()', REGEXP_REPLACE({2}, r'(?s)(\\[0-9\\])|\\(.)', r'\1\2'))"),
        always(r"SAFE.REGEXP_REPLACE({0}, '(?:' || {1} || ')()()()()()()()()()', REGEXP_REPLACE({2}, r'(?s)(\\[0-9\\])|\\(.)', r'\1\2'))"),
    ])),
    ("RegexpCount", cases(&[
        when().constant(1).sql("ARRAY_LENGTH(REGEXP_EXTRACT_ALL({0}, {1}))"),
        always("ARRAY_LENGTH(SAFE.REGEXP_EXTRACT_ALL({0}, {1}))"),
    ])),
    ("UrlPart", cases(&[
        when().literal(0, "scheme").sql("REGEXP_EXTRACT({1}, r'^([^#?]*?)://')"),
        when().literal(0, "authority").sql("REGEXP_EXTRACT({1}, r'^[^#?]*?://([^/?#]*)')"),
        when().literal(0, "userinfo").sql("REGEXP_EXTRACT(REGEXP_EXTRACT({1}, r'^[^#?]*?://([^/?#]*)'), r'^(.*)@')"),
        when().literal(0, "host").sql("REGEXP_EXTRACT(REGEXP_EXTRACT({1}, r'^[^#?]*?://([^/?#]*)'), r'^(?:.*@)?([^@]*?)(?::[0-9]*)?$')"),
        when().literal(0, "port").sql("REGEXP_EXTRACT(REGEXP_EXTRACT({1}, r'^[^#?]*?://([^/?#]*)'), r':([0-9]*)$')"),
        when().literal(0, "path").sql("REGEXP_REPLACE(REGEXP_EXTRACT({1}, r'^[^?#]*'), r'^.*?://[^/]*', '')"),
        when().literal(0, "query").sql(r"REGEXP_EXTRACT({1}, r'^[^?#]*\?([^#]*)')"),
        when().literal(0, "fragment").sql("REGEXP_EXTRACT({1}, r'(?s)^[^#]*#(.*)$')"),
        when().refused("needs a literal component"),
    ])),
    ("MD5", sql("TO_HEX(MD5({0}))")),
    ("SHA256", sql("TO_HEX(SHA256({0}))")),
];

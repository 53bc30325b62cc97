//! Text on `PostgreSQL`. Letter case follows the rules of Unicode, whatever the database's language.

use super::super::table::{Table, always, cases, made, sql, when};
use super::forms::small;
use super::pattern::{
    REASONS, REPLACING, regexp_count, regexp_extract, regexp_match, regexp_replace,
};
use crate::formula::functions::lowering::Lowering;

/// Scheme and `://` of a web address.
macro_rules! scheme {
    () => {
        "^(?:[^:?#]|:(?!//))*://"
    };
}

/// What a pattern finds first in the address.
macro_rules! in_url {
    ($pattern:expr) => {
        concat!("(regexp_match({1}, '", $pattern, "'))[1]")
    };
}

/// Small letters, each by itself: at the end of a word the engine would make a sigma another letter.
macro_rules! lower {
    ($text:literal) => {
        concat!(
            "lower(replace(",
            $text,
            ", '\u{3a3}', '\u{3c3}') COLLATE \"und-x-icu\")"
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Contains", cases(&[
        when().count(2).sql("(strpos({0}, {1}) > 0)"),
        when().count(3).sql("(strpos({0}, {1}) + strpos({0}, {2}) > 0)"),
        when().count(4).sql("(strpos({0}, {1}) + strpos({0}, {2}) + strpos({0}, {3}) > 0)"),
        when().count(5).sql("(strpos({0}, {1}) + strpos({0}, {2}) + strpos({0}, {3}) + strpos({0}, {4}) > 0)"),
        always("(CASE WHEN num_nulls({0..}) = 0 THEN EXISTS (SELECT FROM unnest(ARRAY[{1..}]) AS s(part) WHERE strpos({0}, s.part) > 0) END)"),
    ])),
    ("StartsWith", sql("starts_with({0}, {1})")),
    ("EndsWith", sql("(right({0}, length({1})) = {1})")),
    ("Find", sql("CAST(strpos({0}, {1}) AS BIGINT)")),
    ("Like", sql("({0} LIKE {1} ESCAPE '')")),
    ("ILike", sql(concat!("(", lower!("{0}"), " LIKE ", lower!("{1}"), " ESCAPE '')"))),
    ("Left", cases(&[
        when().constant(1).sql("left({0}, CAST(trunc({1!}) AS INTEGER))"),
        always(concat!("left({0}, ", small!("{1}"), ")")),
    ])),
    ("Right", cases(&[
        when().constant(1).sql("right({0}, CAST(trunc({1!}) AS INTEGER))"),
        always(concat!("right({0}, ", small!("{1}"), ")")),
    ])),
    ("Mid", MID),
    ("Substring", MID),
    ("Len", sql("CAST(length({0}) AS BIGINT)")),
    ("Lower", sql(concat!("(", lower!("{0}"), " COLLATE \"default\")"))),
    ("Upper", sql("(upper({0} COLLATE \"und-x-icu\") COLLATE \"default\")")),
    ("Proper", sql("(CASE WHEN {0} = '' THEN '' ELSE (SELECT string_agg(upper(left(w.parts[1], 1) COLLATE \"und-x-icu\") || lower(replace(substr(w.parts[1], 2), '\u{3a3}', '\u{3c3}') COLLATE \"und-x-icu\"), '' ORDER BY w.place) COLLATE \"default\" FROM regexp_matches({0} COLLATE \"und-x-icu\", '[[:alnum:]]+|[^[:alnum:]]+', 'g') WITH ORDINALITY AS w(parts, place)) END)")),
    ("LPad", cases(&[
        when().count(2).sql("(CASE WHEN {1} <= 4194304 + length({0}) THEN lpad({0}, CAST(trunc(greatest({1}, 0)) AS INTEGER)) END)"),
        always("(CASE WHEN {1} <= 4194304 + length({0}) THEN lpad({0}, CAST(trunc(greatest({1}, 0)) AS INTEGER), {2}) END)"),
    ])),
    ("RPad", cases(&[
        when().count(2).sql("(CASE WHEN {1} <= 4194304 + length({0}) THEN rpad({0}, CAST(trunc(greatest({1}, 0)) AS INTEGER)) END)"),
        always("(CASE WHEN {1} <= 4194304 + length({0}) THEN rpad({0}, CAST(trunc(greatest({1}, 0)) AS INTEGER), {2}) END)"),
    ])),
    ("Repeat", sql("(CASE WHEN {1} >= 1 AND CAST({1} AS DOUBLE PRECISION) * octet_length({0}) <= 16777216 THEN repeat({0}, CAST(trunc(least({1}, 16777216)) AS INTEGER)) END)")),
    ("Replace", sql("replace({0}, {1}, {2})")),
    ("Reverse", sql("reverse({0})")),
    ("SplitPart", sql("(CASE WHEN {2} >= 1 OR {2} <= -1 THEN split_part({0}, {1}, CAST(trunc(least(greatest({2}, -999999999), 999999999)) AS INTEGER)) END)")),
    ("TextJoin", sql("array_to_string(CAST(ARRAY[{1..}] AS TEXT[]), {0}, '')")),
    ("RegexpMatch", made(regexp_match, REASONS)),
    ("RegexpCount", made(regexp_count, REASONS)),
    ("RegexpExtract", made(regexp_extract, REASONS)),
    ("RegexpReplace", made(regexp_replace, REPLACING)),
    ("UrlPart", cases(&[
        when().literal(0, "scheme").sql(in_url!("^((?:[^:?#]|:(?!//))*)://")),
        when().literal(0, "authority").sql(in_url!(concat!(scheme!(), "([^/?#]*)"))),
        when().literal(0, "userinfo").sql(in_url!(concat!(scheme!(), "([^/?#]*)@"))),
        when().literal(0, "host").sql(concat!("regexp_replace(", in_url!(concat!(scheme!(), "([^/?#]*)")), ", '^.*@|:[0-9]*$', '', 'g')")),
        when().literal(0, "port").sql(in_url!(concat!(scheme!(), "[^/?#]*:([0-9]*)(?:[/?#]|$)"))),
        when().literal(0, "path").sql(concat!("regexp_replace({1}, '", scheme!(), "[^/?#]*|[?#].*$', '', 'g')")),
        when().literal(0, "query").sql(in_url!("^[^?#]*[?]([^#]*)")),
        when().literal(0, "fragment").sql(in_url!("#(.*)$")),
    ])),
    ("MD5", sql("md5(convert_to({0}, 'UTF8'))")),
    ("SHA256", sql("encode(sha256(convert_to({0}, 'UTF8')), 'hex')")),
];

const MID: Lowering = cases(&[
    when()
        .count(2)
        .sql(concat!("substr({0}, ", small!("{1}"), ")")),
    always(concat!(
        "substr({0}, ",
        small!("{1}"),
        ", CASE WHEN {2} < 0 THEN 0 ELSE ",
        small!("{2}"),
        " END)"
    )),
]);

//! Text on `DuckDB`.

use super::super::table::{Table, cases, sql, when};
use crate::formula::functions::Lowering;

/// A pattern whose classes are those of Unicode, and whose groups are named as the engine names them. All of it is
/// constant where the pattern is.
macro_rules! pattern {
    () => {
        concat!(
            "array_to_string(list_transform(regexp_extract_all({1}, '(?s)\\\\.|\\[\\^?\\]?(?:\\\\.|[^\\]\\\\])*\\]|[(][?]<|.'), lambda p: ",
            "CASE WHEN p = '(?<' THEN '(?P<' WHEN p IN ('\\w', '\\s') THEN '[' || ", unicode!("p"),
            " || ']' WHEN p IN ('\\W', '\\S') THEN '[^' || ", unicode!("lower(p)"),
            " || ']' WHEN p = '\\d' OR starts_with(p, '[') THEN ", unicode!("p"),
            " WHEN p = '\\D' THEN '\\P' || chr(123) || 'Nd' || chr(125) ELSE p END), '')"
        )
    };
}

/// A class of characters by the two letters of its name, which stand in braces.
macro_rules! class {
    ($name:literal) => {
        concat!("'\\p' || chr(123) || '", $name, "' || chr(125)")
    };
}

/// Classes of ASCII as those of Unicode, within brackets.
macro_rules! unicode {
    ($class:literal) => {
        concat!(
            "replace(replace(replace(",
            $class,
            ", '\\w', '\\pL\\pM\\d\u{200c}\u{200d}' || ",
            class!("Nl"),
            " || ",
            class!("Pc"),
            "), '\\s', '\\s\\x0b\\x85\\pZ'), '\\d', ",
            class!("Nd"),
            ")"
        )
    };
}

/// Number of groups of a pattern: escaped characters and classes hold none.
macro_rules! groups {
    () => {
        concat!(
            "list_transform([regexp_replace({1}, '(?s)\\\\.|\\[\\^?\\]?(?:\\\\.|[^\\]\\\\])*\\]', '', 'g')], lambda p: ",
            "len(string_split(p, '(')) - len(string_split(p, '(?')) + len(string_split(p, '(?<')) + len(string_split(p, '(?P<')) - 2)[1]"
        )
    };
}

/// A replacement without groups that the pattern does not have, and with single characters behind a backslash.
macro_rules! replacement {
    () => {
        concat!(
            "array_to_string(list_transform(regexp_extract_all({2}, '(?s)\\\\.|[^\\\\]+|\\\\'), lambda p: CASE ",
            "WHEN p = '\\' THEN '\\\\' WHEN regexp_matches(p, '^\\\\[^0-9\\\\]') THEN substring(p, 2) ",
            "WHEN coalesce(TRY_CAST(regexp_extract(p, '^\\\\([0-9])', 1) AS INTEGER), 0) > ", groups!(), " THEN '' ELSE p END), '')"
        )
    };
}

/// What `lpad` and `rpad` do not know: nothing to fill with, and texts that would be too long.
macro_rules! pad {
    ($function:literal) => {
        sql(concat!(
            "list_transform([struct_pack(t := {0}, n := ",
            count!("{1}"),
            ", f := {2?' '})], lambda s: CASE ",
            "WHEN (s).n <= 0 THEN repeat((s).t || (s).f, 0) ",
            "WHEN (s).f = '' THEN left((s).t, (s).n) ",
            "WHEN (s).n - length((s).t) <= 4194304 THEN ",
            $function,
            "((s).t, CAST((s).n AS INTEGER), (s).f) END)[1]"
        ))
    };
}

const MID: Lowering = cases(&[
    when().count(2).sql(concat!(
        "list_transform([struct_pack(t := {0}, a := ", count!("{1}"), ")], ",
        "lambda s: substring((s).t, CASE WHEN (s).a < 1 THEN 1 ELSE (s).a END))[1]"
    )),
    when().sql(concat!(
        "list_transform([struct_pack(t := {0}, a := ", count!("{1}"), ", n := ", count!("{2}"), ")], ",
        "lambda s: CASE WHEN (s).a + (s).n IS NULL THEN NULL WHEN (s).n < 1 OR (s).a + (s).n < 2 THEN repeat((s).t, 0) WHEN (s).a < 1 THEN left((s).t, (s).a + (s).n - 1) ",
        "ELSE substring((s).t, (s).a, (s).n) END)[1]"
    )),
]);

/// A web address before its query and fragment.
macro_rules! address {
    ($name:literal, $part:expr) => {
        concat!(
            "list_transform([regexp_extract({1}, '^[^?#]*')], lambda ",
            $name,
            ": ",
            $part,
            ")[1]"
        )
    };
}

/// Of an address with a scheme, what stands between it and the path; else Null.
macro_rules! authority {
    ($part:expr) => {
        address!(
            "u",
            concat!(
                "list_transform([CASE WHEN contains(u, '://') THEN ",
                "regexp_extract(substring(u, strpos(u, '://') + 3), '^[^/]*') END], lambda a: ",
                $part,
                ")[1]"
            )
        )
    };
}

const URL_PART: Lowering = cases(&[
    when().literal(0, "scheme").sql(address!("u", "CASE WHEN contains(u, '://') THEN split_part(u, '://', 1) END")),
    when().literal(0, "authority").sql(authority!("a")),
    when().literal(0, "userinfo").sql(authority!("CASE WHEN contains(a, '@') THEN regexp_extract(a, '(?s)^(.*)@', 1) END")),
    when().literal(0, "host").sql(authority!("regexp_replace(regexp_replace(a, '(?s)^.*@', ''), ':[0-9]*$', '')")),
    when().literal(0, "port").sql(authority!("CASE WHEN regexp_matches(a, ':[0-9]*$') THEN regexp_extract(a, ':([0-9]*)$', 1) END")),
    when().literal(0, "path").sql(address!(
        "u",
        "CASE WHEN contains(u, '://') THEN regexp_extract(substring(u, strpos(u, '://') + 3), '(?s)/.*$') ELSE u END"
    )),
    when().literal(0, "query").sql(
        "list_transform([split_part({1}, '#', 1)], lambda u: CASE WHEN contains(u, '?') THEN substring(u, strpos(u, '?') + 1) END)[1]",
    ),
    when().literal(0, "fragment").sql("(CASE WHEN contains({1}, '#') THEN substring({1}, strpos({1}, '#') + 1) END)"),
    when().refused("needs one of the components as a literal"),
]);

/// The family.
pub(super) const TABLE: Table = &[
    ("Contains", cases(&[
        when().count(2).sql("contains({0}, {1})"),
        when().sql("(CASE WHEN {0..: IS NOT NULL AND } IS NOT NULL THEN list_contains(list_transform([{1..}], lambda p: contains({0}, p)), TRUE) END)"),
    ])),
    ("StartsWith", sql("starts_with({0}, {1})")),
    ("EndsWith", sql("ends_with({0}, {1})")),
    ("Find", sql("strpos({0}, {1})")),
    ("Like", sql("({0} LIKE {1})")),
    ("ILike", sql("({0} ILIKE {1})")),
    ("Left", sql(concat!("left({0}, ", count!("{1}"), ")"))),
    ("Right", sql(concat!("right({0}, ", count!("{1}"), ")"))),
    ("Mid", MID),
    ("Substring", MID),
    ("Proper", sql("array_to_string(list_transform(regexp_extract_all({0}, '[\\pL\\pN]+|[^\\pL\\pN]+'), lambda w: upper(left(w, 1)) || lower(substring(w, 2))), '')")),
    ("LPad", pad!("lpad")),
    ("RPad", pad!("rpad")),
    ("Repeat", sql(concat!(
        "list_transform([struct_pack(t := {0}, n := ", count!("{1}"), ")], ",
        "lambda s: CASE WHEN (s).n > 0 AND strlen((s).t) * (s).n <= 16777216 THEN repeat((s).t, (s).n) END)[1]"
    ))),
    ("Replace", sql("replace({0}, {1}, {2})")),
    ("Reverse", sql("array_to_string(list_reverse(string_split({0}, '')), '')")),
    ("SplitPart", sql(concat!(
        "list_transform([struct_pack(t := {0}, d := {1}, n := ", count!("{2}"), ")], lambda s: CASE WHEN coalesce((s).n, 0) = 0 THEN NULL ",
        "WHEN (s).d = '' THEN CASE WHEN (s).n IN (1, -1) THEN (s).t ELSE repeat((s).t, 0) END ELSE split_part((s).t, (s).d, (s).n) END)[1]"
    ))),
    ("TextJoin", sql("concat_ws({0}, coalesce({1..:, ''), coalesce(}, ''))")),
    ("UrlPart", URL_PART),
    ("MD5", sql("md5({0})")),
    ("SHA256", sql("sha256({0})")),
    ("RegexpMatch", sql(concat!("TRY(regexp_matches({0}, ", pattern!(), "))"))),
    ("RegexpCount", sql(concat!("(len(string_split(TRY(regexp_replace({0}, ", pattern!(), ", chr(1), 'g')), chr(1))) - 1)"))),
    ("RegexpExtract", cases(&[
        when().count(2).sql(concat!("TRY(regexp_extract_all({0}, ", pattern!(), ", CAST(least(", groups!(), ", 1) AS INTEGER)))[1]")),
        when().sql(concat!(
            "(CASE WHEN {2} >= 1 THEN TRY(regexp_extract_all({0}, ", pattern!(), ", CAST(least(", groups!(), ", 1) AS INTEGER)))[", count!("{2}"), "] END)"
        )),
    ])),
    ("RegexpReplace", sql(concat!("TRY(regexp_replace({0}, ", pattern!(), ", ", replacement!(), ", 'g'))"))),
];

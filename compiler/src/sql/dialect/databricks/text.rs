//! Text on Databricks. Patterns are Java's; two flags bring them near to those of the language: dots fit every
//! character but `\n`, and classes know all letters and digits.

use super::super::table::{Case, Table, cases, sql, when};
use super::fragments::{bind, int};

const NEEDS_PATTERN: &str = "needs a literal pattern, as the engine fails on one that is not valid";

macro_rules! pattern {
    () => {
        "concat('(?dU)', replace({1}, '(?P<', '(?<'))"
    };
}

/// The number of groups of a pattern: what is escaped and classes do not count.
macro_rules! groups {
    () => {
        r"regexp_count(regexp_replace({1}, '\\\\.|\\[\\^?\\]?[^\\]]*\\]', ''), '\\((?!\\?)|\\(\\?P?<[A-Za-z_]')"
    };
}

/// The first group of a pattern when it has one, else 0.
macro_rules! group {
    () => {
        concat!("least(", groups!(), ", 1)")
    };
}

/// `\1` as `$1`, or as nothing without such a group, with dollars and backslashes as Java wants them. Two control
/// characters hold places meanwhile.
macro_rules! replacement {
    ($x:expr) => {
        concat!(
            r"replace(replace(replace(replace(regexp_replace(regexp_replace(regexp_replace(replace(", $x,
            r", '\\\\', '\u0001'), concat('\\\\[', least(", groups!(),
            r" + 1, 9), '-9]'), ''), '\\\\([0-9])', '\u0002$1'), '\\\\(.)', '$1'), '\\', '\u0001'), ",
            r"'$', '\\$'), '\u0001', '\\\\'), '\u0002', '$')"
        )
    };
}

/// Letter by letter: a capital sigma does not become another one at the end of a word.
macro_rules! lower {
    ($x:expr) => {
        concat!("lower(replace(", $x, r", '\u03a3', '\u03c3'))")
    };
}

/// A length, which counts from the other end when negative.
macro_rules! length {
    () => {
        concat!(
            "CASE WHEN {1} < 0 THEN length({0}) ELSE 0 END + ",
            int!("{1}")
        )
    };
}

macro_rules! middle {
    ($s:expr, $start:expr, $length:expr) => {
        concat!(
            "substring(",
            $s,
            ", CASE WHEN ",
            $start,
            " < 1 THEN 1 ELSE ",
            $start,
            " END, CASE WHEN ",
            $start,
            " < 1 THEN ",
            $start,
            " - 1 ELSE 0 END + CASE WHEN ",
            $length,
            " < 0 THEN 0 ELSE ",
            $length,
            " END)"
        )
    };
}

macro_rules! pad {
    ($function:expr) => {
        cases(&[
            when().between(1, 0, 100_000).sql(concat!($function, "({0}, CAST({1!} AS INT), {2?' '})")),
            when().sql(concat!(
                $function, "({0}, CAST(CASE WHEN {1} < 0 THEN 0 WHEN {1} - length({0}) <= 4194304 THEN {1} END AS INT), {2?' '})"
            )),
        ])
    };
}

const MIDDLE: &[Case] = &[
    when()
        .count(2)
        .between(1, 1, 100_000)
        .sql("substring({0}, CAST({1!} AS INT))"),
    when().count(2).sql(concat!(
        "substring({0}, CASE WHEN {1} < 1 THEN 1 ELSE ",
        int!("{1}"),
        " END)"
    )),
    when()
        .between(1, 1, 100_000)
        .between(2, 0, 100_000)
        .sql("substring({0}, CAST({1!} AS INT), CAST({2!} AS INT))"),
    when().sql(bind!(
        concat!(
            "struct({0} AS s, ",
            int!("{1}"),
            " AS i, ",
            int!("{2}"),
            " AS n)"
        ),
        "v",
        middle!("v.s", "v.i", "v.n")
    )),
];

/// Whether a web address has a scheme, and what follows it.
macro_rules! with_scheme {
    ($x:expr) => {
        concat!(
            "(CASE WHEN regexp_like({1}, '^[^#?]*://') THEN ",
            $x,
            " END)"
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Contains", cases(&[
        when().count(2).sql("contains({0}, {1})"),
        when().sql(bind!(
            "struct({0} AS s, array({1..}) AS parts)",
            "v",
            "CASE WHEN NOT exists(v.parts, p -> p IS NULL) THEN exists(v.parts, p -> contains(v.s, p)) END"
        )),
    ])),
    ("StartsWith", sql("startswith({0}, {1})")),
    ("EndsWith", sql("endswith({0}, {1})")),
    ("Find", sql("instr({0}, {1})")),
    ("Like", sql(r"({0} LIKE replace({1}, '\\', '\\\\'))")),
    ("ILike", sql(concat!("(", lower!("{0}"), " LIKE replace(", lower!("{1}"), r", '\\', '\\\\'))"))),
    ("Lower", sql(lower!("{0}"))),
    ("Left", cases(&[
        when().between(1, 0, 100_000).sql("left({0}, CAST({1!} AS INT))"),
        when().sql(concat!("left({0}, ", length!(), ")")),
    ])),
    ("Right", cases(&[
        when().between(1, 0, 100_000).sql("right({0}, CAST({1!} AS INT))"),
        when().sql(concat!("right({0}, ", length!(), ")")),
    ])),
    ("Mid", cases(MIDDLE)),
    ("Substring", cases(MIDDLE)),
    ("Proper", sql(bind!(
        "split({0}, '')",
        "s",
        concat!(
            "array_join(transform(s, (c, i) -> CASE WHEN regexp_like(get(s, i - 1), ",
            r"concat('[\\p', chr(123), 'IsAlphabetic', chr(125), '\\pN]')) THEN lower(c) ELSE upper(c) END), '')"
        )
    ))),
    ("LPad", pad!("lpad")),
    ("RPad", pad!("rpad")),
    ("Repeat", sql(concat!(
        "repeat({0}, CAST(CASE WHEN {1} >= 1 AND {1} * CAST(octet_length({0}) AS DOUBLE) <= 16777216 ",
        "THEN least({1}, 16777216) END AS INT))"
    ))),
    ("Replace", sql("replace({0}, {1}, {2})")),
    ("Reverse", sql("reverse({0})")),
    ("SplitPart", sql(concat!("split_part({0}, {1}, NULLIF(", int!("{2}"), ", 0))"))),
    ("TextJoin", sql("array_join(array({1..}), {0}, '')")),
    ("RegexpMatch", cases(&[
        when().constant(1).sql(concat!("regexp_like({0}, ", pattern!(), ")")),
        when().refused(NEEDS_PATTERN),
    ])),
    ("RegexpExtract", cases(&[
        when().count(2).constant(1).sql(concat!("get(regexp_extract_all({0}, ", pattern!(), ", ", group!(), "), 0)")),
        when().constant(1).sql(concat!(
            "get(regexp_extract_all({0}, ", pattern!(), ", ", group!(), "), ", int!("{2}"), " - 1)"
        )),
        when().refused(NEEDS_PATTERN),
    ])),
    ("RegexpReplace", cases(&[
        when().constant(1).sql(concat!("regexp_replace({0}, ", pattern!(), ", ", replacement!("{2}"), ")")),
        when().refused(NEEDS_PATTERN),
    ])),
    ("RegexpCount", cases(&[
        when().constant(1).sql(concat!("regexp_count({0}, ", pattern!(), ")")),
        when().refused(NEEDS_PATTERN),
    ])),
    ("UrlPart", cases(&[
        when().literal(0, "scheme").sql(with_scheme!("substring_index({1}, '://', 1)")),
        when().literal(0, "authority").sql(with_scheme!("regexp_extract({1}, '^[^#?]*?://([^/?#]*)', 1)")),
        when().literal(0, "userinfo").sql(concat!(
            "(CASE WHEN regexp_like({1}, '^(?>[^#?]*?://)[^/?#]*@') ",
            "THEN regexp_extract({1}, '^(?>[^#?]*?://)([^/?#]*)@', 1) END)"
        )),
        when().literal(0, "host").sql(with_scheme!(
            r"regexp_replace(regexp_extract({1}, '^(?>[^#?]*?://)(?:[^/?#]*@)?+([^/?#]*)', 1), ':[0-9]*\\z', '')"
        )),
        when().literal(0, "port").sql(concat!(
            r"(CASE WHEN regexp_like({1}, '^(?>[^#?]*?://)(?:[^/?#]*@)?+[^/?#]*:[0-9]*(?:[/?#]|\\z)') ",
            r"THEN regexp_extract({1}, '^(?>[^#?]*?://)(?:[^/?#]*@)?+[^/?#]*:([0-9]*)(?:[/?#]|\\z)', 1) END)"
        )),
        when().literal(0, "path").sql("regexp_extract({1}, '^(?:(?>[^#?]*?://)[^/?#]*)?+([^?#]*)', 1)"),
        when().literal(0, "query").sql(r"(CASE WHEN regexp_like({1}, '^[^#?]*\\?') THEN regexp_extract({1}, '^[^#?]*\\?([^#]*)', 1) END)"),
        when().literal(0, "fragment").sql("(CASE WHEN contains({1}, '#') THEN substring({1}, instr({1}, '#') + 1) END)"),
        when().refused("needs a literal component"),
    ])),
    ("MD5", sql("md5({0})")),
    ("SHA256", sql("sha2({0}, 256)")),
];

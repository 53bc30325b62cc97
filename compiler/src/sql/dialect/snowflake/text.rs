//! Text on Snowflake, whose lengths and positions count characters.

use super::super::table::{Table, always, cases, sql, when};
use super::url;
use crate::formula::functions::Lowering;

const NEEDS_PATTERN: &str = "needs a literal regular expression";
/// Longest text that padding or repeating makes, in characters.
macro_rules! longest {
    ("padding") => {
        "4194304"
    };
    ("text") => {
        "16777216"
    };
}

/// The length that `Left` and `Right` keep; a negative one drops as many.
macro_rules! kept {
    () => {
        concat!(
            "CASE WHEN {1} < 0 THEN GREATEST(LENGTH({0}) + ",
            whole!("{1}"),
            ", 0) ELSE ",
            whole!("{1}"),
            " END"
        )
    };
}

/// What a text lacks to a length, of the characters of `$fill` over and over.
macro_rules! padding {
    ($fill:literal) => {
        concat!(
            "LEFT(REPEAT(",
            $fill,
            ", ",
            missing!(),
            "), ",
            missing!(),
            ")"
        )
    };
}

macro_rules! missing {
    () => {
        concat!(whole!("{1}"), " - LENGTH({0})")
    };
}

/// A text filled up to a length, or cut.
macro_rules! padded {
    ($fill:literal, $filled:expr) => {
        concat!(
            "(CASE WHEN ",
            $fill,
            " IS NULL THEN NULL WHEN ",
            $fill,
            " = '' OR {1} < LENGTH({0}) + 1 THEN LEFT({0}, GREATEST(",
            whole!("{1}"),
            ", 0)) WHEN {1} - LENGTH({0}) < ",
            longest!("padding"),
            " THEN ",
            $filled,
            " END)"
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    (
        "Contains",
        cases(&[
            when().count(2).sql("CONTAINS({0}, {1})"),
            always("(CASE WHEN ({0..: || }) IS NOT NULL THEN ({1..: OR :CONTAINS({0}, {})}) END)"),
        ]),
    ),
    ("StartsWith", sql("STARTSWITH({0}, {1})")),
    ("EndsWith", sql("ENDSWITH({0}, {1})")),
    ("Find", sql("CHARINDEX({1}, {0})")),
    ("Like", sql("({0} LIKE {1})")),
    ("ILike", sql("({0} ILIKE {1})")),
    ("Left", sql(concat!("LEFT({0}, ", kept!(), ")"))),
    ("Right", sql(concat!("RIGHT({0}, ", kept!(), ")"))),
    ("Mid", MIDDLE),
    ("Substring", MIDDLE),
    ("Proper", sql(PROPER)),
    (
        "LPad",
        cases(&[
            when()
                .count(2)
                .sql(padded!("' '", concat!(padding!("' '"), " || {0}"))),
            always(padded!("{2}", concat!(padding!("{2}"), " || {0}"))),
        ]),
    ),
    (
        "RPad",
        cases(&[
            when()
                .count(2)
                .sql(padded!("' '", concat!("{0} || ", padding!("' '")))),
            always(padded!("{2}", concat!("{0} || ", padding!("{2}")))),
        ]),
    ),
    (
        "Repeat",
        sql(concat!(
            "(CASE WHEN {1} >= 1 AND LENGTH({0}) * TRUNC({1}) <= ",
            longest!("text"),
            " THEN REPEAT({0}, ",
            whole!("{1}"),
            ") END)"
        )),
    ),
    // The engine may take out nothing in its own way.
    (
        "Replace",
        sql("(CASE WHEN {1} = '' AND {2} IS NOT NULL THEN {0} ELSE REPLACE({0}, {1}, {2}) END)"),
    ),
    ("Reverse", sql("REVERSE({0})")),
    ("SplitPart", sql(SPLIT_PART)),
    (
        "TextJoin",
        sql("(CASE WHEN {0} IS NOT NULL THEN {1..: || {0} || :COALESCE({}, '')} END)"),
    ),
    (
        "RegexpMatch",
        cases(&[
            when().constant(1).sql("(REGEXP_INSTR({0}, {1!}) > 0)"),
            when().refused(NEEDS_PATTERN),
        ]),
    ),
    (
        "RegexpCount",
        cases(&[
            when().constant(1).sql("REGEXP_COUNT({0}, {1!})"),
            when().refused(NEEDS_PATTERN),
        ]),
    ),
    // With `e` it is the first group, or the whole match of a pattern without groups.
    (
        "RegexpExtract",
        cases(&[
            when()
                .count(2)
                .constant(1)
                .sql("REGEXP_SUBSTR({0}, {1!}, 1, 1, 'e')"),
            when()
                .constant(1)
                .constant(2)
                .sql("(CASE WHEN {2} >= 1 THEN REGEXP_SUBSTR({0}, {1!}, 1, {2!}, 'e') END)"),
            when().refused("needs a literal regular expression and position"),
        ]),
    ),
    (
        "RegexpReplace",
        cases(&[
            when().constant(1).sql("REGEXP_REPLACE({0}, {1!}, {2})"),
            when().refused(NEEDS_PATTERN),
        ]),
    ),
    ("UrlPart", cases(url::PARTS)),
    ("MD5", sql("MD5({0})")),
    ("SHA256", sql("SHA2({0}, 256)")),
];

const MIDDLE: Lowering = cases(&[
    when()
        .count(2)
        .sql(concat!("SUBSTRING({0}, GREATEST(", whole!("{1}"), ", 1))")),
    // A start below 1 uses up the missing positions.
    always(concat!(
        "SUBSTRING({0}, GREATEST(",
        whole!("{1}"),
        ", 1), GREATEST(LEAST(",
        whole!("{1}"),
        ", 1) - 1 + GREATEST(",
        whole!("{2}"),
        ", 0), 0))"
    )),
]);

/// Words end at whatever is no letter or digit of ASCII; the engine's own list has no apostrophe.
const PROPER: &str = "INITCAP({0}, ' \\t\\n\\r!\"#$%&''()*+,-./:;<=>?@[\\\\]^_`|}~{')";

const SPLIT_PART: &str = concat!(
    "(CASE WHEN {2} IS NULL OR TRUNC({2}) = 0 THEN NULL WHEN {1} = '' THEN CASE WHEN TRUNC({2}) IN (1, -1) THEN {0} ELSE LEFT({0}, 0) END",
    " ELSE SPLIT_PART({0}, {1}, ",
    whole!("{2}"),
    ") END)"
);

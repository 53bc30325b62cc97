//! Conversions on Snowflake.

use super::super::table::{Table, always, cases, when};
use super::parse;

/// Digits as they are written: whole numbers without a point, small ones without an exponent down to a ten-millionth.
macro_rules! number_text {
    () => {
        concat!(
    "(CASE WHEN ABS({0}) < 1000000000000000 AND {0} = FLOOR({0}) THEN CAST(CAST({0} AS BIGINT) AS VARCHAR)",
    " WHEN {0} = FLOOR({0}) AND ABS({0}) < CAST('1e21' AS DOUBLE) THEN CAST(CAST({0} AS DECIMAL(38, 0)) AS VARCHAR)",
    " WHEN ABS({0}) >= 0.0000001 AND ABS({0}) < 1 AND CONTAINS(CAST({0} AS VARCHAR), 'e-')",
    " THEN CASE WHEN {0} < 0 THEN '-0.' ELSE '0.' END",
    " || REPEAT('0', CAST(SPLIT_PART(CAST({0} AS VARCHAR), 'e-', 2) AS INT) - 1)",
    " || REGEXP_REPLACE(SPLIT_PART(CAST({0} AS VARCHAR), 'e-', 1), '[-.]', '')",
    " ELSE REGEXP_REPLACE(CAST({0} AS VARCHAR), 'e[+]?(-?)0*', 'e\\\\1') END)"
)
    };
}

const GEO_JSON: &str = "TO_VARIANT(ST_ASGEOJSON(TRY_TO_GEOGRAPHY({0})))";

/// The family.
pub(super) const TABLE: Table = &[
    (
        "Text",
        cases(&[
            when().types("t").sql("{0}"),
            when().types("n").sql(number_text!()),
            when().types("d").sql(date_text!("{0}")),
            when().types("l").sql("CAST({0} AS VARCHAR)"),
            when().types("g").sql("{0}"),
            always(variant_text!("{0}")),
        ]),
    ),
    (
        "Number",
        cases(&[
            when().types("n").sql("{0}"),
            when().types("t").sql(parse::NUMBER),
            when().types("d").sql(parse::SECONDS),
            always(parse::VARIANT_NUMBER),
        ]),
    ),
    (
        "Date",
        cases(&[
            when().types("d").sql("{0}"),
            when().types("t").sql(parse::DATE),
            when().types("n").sql(parse::FROM_SECONDS),
            always(parse::VARIANT_DATE),
        ]),
    ),
    (
        "DateTime",
        cases(&[when().types("d").sql("{0}"), always(parse::DATE_TIME)]),
    ),
    (
        "Logical",
        cases(&[
            when().types("l").sql("{0}"),
            when().types("n").sql("({0} <> 0)"),
            when().types("t").sql(parse::LOGICAL),
            always(parse::VARIANT_LOGICAL),
        ]),
    ),
    (
        "Json",
        cases(&[
            when().types("v").sql("{0}"),
            when().types("g").sql(GEO_JSON),
            always("STRIP_NULL_VALUE(TRY_PARSE_JSON({0}))"),
        ]),
    ),
    (
        "Variant",
        cases(&[
            when().types("v").sql("{0}"),
            when()
                .types("d")
                .sql(concat!("TO_VARIANT(", date_text!("{0}"), ")")),
            when().types("g").sql(GEO_JSON),
            // As JSON is written: the engine's doubles have all their digits and an exponent.
            when()
                .types("n")
                .sql(concat!("PARSE_JSON(", number_text!(), ")")),
            always("TO_VARIANT({0})"),
        ]),
    ),
];

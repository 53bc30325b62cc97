//! Conversions on `PostgreSQL`.

use super::super::table::{Table, always, cases, made, when};
use super::forms::{
    compact, date_text, day_before, exact, instant, is_number, number_of_text, number_text,
    scalar_text, trimmed,
};
use super::iso::date;
use super::json::json;

/// The text of a variant: scalars as their own, anything else as JSON.
macro_rules! variant_text {
    ($variant:literal) => {
        concat!(
            "(CASE jsonb_typeof(",
            $variant,
            ") WHEN 'number' THEN ",
            number_text!(concat!("CAST(", scalar_text!($variant), " AS NUMERIC)")),
            " WHEN 'string' THEN ",
            scalar_text!($variant),
            " WHEN 'null' THEN NULL ELSE ",
            compact!($variant),
            " END)"
        )
    };
}

/// Seconds since 1970 of a wall-clock time in the project's zone.
macro_rules! unix_seconds {
    ($date:literal) => {
        concat!("extract(epoch FROM ", instant!($date, "{zone}"), ")")
    };
}

/// `true` and `false`, in any letter case.
macro_rules! logical_of_text {
    ($text:expr) => {
        concat!(
            "(CASE lower(",
            trimmed!($text),
            " COLLATE \"C\") WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END)"
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    (
        "Text",
        cases(&[
            when().types("t").sql("{0}"),
            when().types("n").sql(number_text!("{0}")),
            when().types("d").sql(date_text!("{0}")),
            when().types("v").sql(variant_text!("{0}")),
            always("CAST({0} AS TEXT)"),
        ]),
    ),
    (
        "Number",
        cases(&[
            when().types("n").sql("{0}"),
            when().types("t").sql(number_of_text!("{0}")),
            when().types("d").sql(unix_seconds!("{0}")),
            always(concat!(
                "(CASE WHEN jsonb_typeof({0}) IN ('number', 'string') THEN ",
                number_of_text!(scalar_text!("{0}")),
                " END)"
            )),
        ]),
    ),
    ("Date", made(|args| Ok(date(args)), &[])),
    (
        "Logical",
        cases(&[
            when().types("l").sql("{0}"),
            when().types("n").sql("({0} <> 0)"),
            when().types("t").sql(logical_of_text!("{0}")),
            always(concat!(
                "(CASE jsonb_typeof({0}) WHEN 'boolean' THEN {0} = 'true' WHEN 'number' THEN {0} <> '0' WHEN 'string' THEN ",
                logical_of_text!(scalar_text!("{0}")),
                " END)"
            )),
        ]),
    ),
    ("Json", made(|args| Ok(json(args)), &[])),
    (
        "Variant",
        cases(&[
            when().types("t").sql("to_jsonb(CAST({0} AS TEXT))"),
            when().types("v").sql("{0}"),
            when()
                .types("d")
                .sql(concat!("to_jsonb(", date_text!("{0}"), ")")),
            always("to_jsonb({0})"),
        ]),
    ),
];

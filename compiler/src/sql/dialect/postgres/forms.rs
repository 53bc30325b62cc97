//! Forms that many templates share, as macros, because templates are constants.

/// A number as NUMERIC with the digits of its shortest decimal form; the engine's own cast keeps 15 of them.
macro_rules! exact {
    ($number:expr) => {
        concat!("CAST(CAST(", $number, " AS TEXT) AS NUMERIC)")
    };
}

/// A number cut to an INTEGER, as positions and lengths of the engine are; far beyond the length of any text it stays
/// there.
macro_rules! small {
    ($number:expr) => {
        concat!(
            "CAST(trunc(CASE WHEN ",
            $number,
            " > 999999999 THEN 999999999 WHEN ",
            $number,
            " < -999999999 THEN -999999999 ELSE ",
            $number,
            " END) AS INTEGER)"
        )
    };
}

/// A power, Null where the engine would raise because there is no real one.
macro_rules! power {
    ($base:expr, $exponent:expr) => {
        concat!(
            "(CASE WHEN ",
            $base,
            " > 0 OR ",
            $base,
            " = 0 AND ",
            $exponent,
            " >= 0 OR ",
            $base,
            " < 0 AND ",
            $exponent,
            " = trunc(CAST(",
            $exponent,
            " AS DOUBLE PRECISION)) THEN power(CAST(",
            $base,
            " AS DOUBLE PRECISION), CAST(",
            $exponent,
            " AS DOUBLE PRECISION)) END)"
        )
    };
}

/// The canonical text of a date.
macro_rules! date_text {
    ($date:expr) => {
        concat!(
            "(to_char(",
            $date,
            ", 'YYYY-MM-DD HH24:MI:SS') || rtrim(to_char(",
            $date,
            ", '.US'), '.0'))"
        )
    };
}

/// A number in its shortest decimal form, with an exponent only when it is very large or very small.
macro_rules! number_text {
    ($number:expr) => {
        concat!(
            "(CASE WHEN ",
            $number,
            " = 0 OR abs(CAST(",
            $number,
            " AS DOUBLE PRECISION)) >= 1e-7 AND abs(CAST(",
            $number,
            " AS DOUBLE PRECISION)) < 1e21 THEN CAST(trim_scale(",
            exact!($number),
            ") AS TEXT) ELSE regexp_replace(CAST(CAST(",
            $number,
            r" AS DOUBLE PRECISION) AS TEXT), 'e[+]?(-?)0*', 'e\1') END)"
        )
    };
}

/// A variant that is a scalar as text, without quotes; Null for JSON's null.
macro_rules! scalar_text {
    ($variant:expr) => {
        concat!("(jsonb_build_array(", $variant, ") ->> 0)")
    };
}

/// A variant as JSON text without spaces.
macro_rules! compact {
    ($variant:expr) => {
        concat!(
            "regexp_replace(CAST(",
            $variant,
            r#" AS TEXT), '("(?:[^"\\]|\\.)*")| ', '\1', 'g')"#
        )
    };
}

/// A text without white space at both ends.
macro_rules! trimmed {
    ($text:expr) => {
        concat!(
            "btrim(",
            $text,
            r", U&' \0009\000A\000B\000C\000D\0085\00A0\2003\3000')"
        )
    };
}

/// Whether a text reads as a number: sign, digits, fraction, exponent of up to three digits.
macro_rules! is_number {
    ($text:expr) => {
        concat!(
            trimmed!($text),
            " ~ '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9][0-9]?[0-9]?)?$'"
        )
    };
}

/// Text as a number; Null when it is none or is beyond what a double holds.
macro_rules! number_of_text {
    ($text:expr) => {
        concat!(
            "(CASE WHEN ",
            is_number!($text),
            " THEN CASE WHEN abs(CAST(",
            trimmed!($text),
            " AS NUMERIC)) < 1.8e308 THEN CAST(",
            trimmed!($text),
            " AS NUMERIC) END END)"
        )
    };
}

/// A wall-clock time of a zone as an instant (TIMESTAMPTZ). Of a time that a clock change repeats the first is meant:
/// it is what the offset of the day before gives. The engine would take the second.
macro_rules! instant {
    ($date:expr, $zone:expr) => {
        concat!(
            "(CASE WHEN (",
            day_before!($date, $zone),
            ") AT TIME ZONE ",
            $zone,
            " = ",
            $date,
            " THEN ",
            day_before!($date, $zone),
            " ELSE ",
            $date,
            " AT TIME ZONE ",
            $zone,
            " END)"
        )
    };
}

/// The instant that the offset of the day before gives.
macro_rules! day_before {
    ($date:expr, $zone:expr) => {
        concat!(
            "((",
            $date,
            " - INTERVAL '1 day') AT TIME ZONE ",
            $zone,
            " AT TIME ZONE 'UTC' + INTERVAL '1 day') AT TIME ZONE 'UTC'"
        )
    };
}

/// A part of a date as a number.
macro_rules! part {
    ($part:literal, $date:expr) => {
        concat!(
            "CAST(floor(extract(",
            $part,
            " FROM ",
            $date,
            ")) AS BIGINT)"
        )
    };
}

/// An array of what an aggregate collects, without nulls.
macro_rules! collected {
    ($values:expr) => {
        concat!(
            "coalesce(jsonb_path_query_array(jsonb_agg(",
            $values,
            "){over}, 'strict $[*] ? (@ != null)'), '[]')"
        )
    };
}

pub(super) use {
    collected, compact, date_text, day_before, exact, instant, is_number, number_of_text,
    number_text, part, power, scalar_text, small, trimmed,
};

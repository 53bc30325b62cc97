//! Pieces of SQL that several templates share.
//!
//! A template that needs an argument often binds it once, as the variable of a `transform` over an array of one
//! element. Arguments stand in that array and never in the body, as aggregates may not stand in a lambda.

/// `body` with `name` standing for `value`.
macro_rules! bind {
    ($value:expr, $name:expr, $body:expr) => {
        concat!(
            "element_at(transform(array(",
            $value,
            "), ",
            $name,
            " -> ",
            $body,
            "), 1)"
        )
    };
}

/// A double, or Null where it is not finite.
macro_rules! finite {
    ($x:expr) => {
        concat!(
            "nullif(nullif(nullif(",
            $x,
            ", double('NaN')), double('Infinity')), double('-Infinity'))"
        )
    };
}

/// A number cut to an INT, within a thousand millions.
macro_rules! int {
    ($x:expr) => {
        concat!(
            "CAST(CASE WHEN ",
            $x,
            " > 1000000000 THEN 1000000000 WHEN ",
            $x,
            " < -1000000000 THEN -1000000000 ELSE ",
            $x,
            " END AS INT)"
        )
    };
}

/// A number cut toward zero, of the number's own type.
macro_rules! whole {
    ($x:expr) => {
        concat!("(", $x, " - ", $x, " % 1)")
    };
}

/// A timestamp, or Null outside of the years 0 to 9999.
macro_rules! calendar {
    ($x:expr) => {
        concat!(
            "nullif(nullif(least(greatest(", $x,
            ", TIMESTAMP_NTZ'-0001-12-31 23:59:59.999999'), TIMESTAMP_NTZ'+10000-01-01 00:00:00'), ",
            "TIMESTAMP_NTZ'-0001-12-31 23:59:59.999999'), TIMESTAMP_NTZ'+10000-01-01 00:00:00')"
        )
    };
}

/// Seconds since 1970 of a timestamp, as DECIMAL.
macro_rules! seconds {
    ($x:expr) => {
        concat!(
            "CAST(CAST(",
            $x,
            " - TIMESTAMP_NTZ'1970-01-01 00:00:00' AS INTERVAL SECOND) AS DECIMAL(20, 6))"
        )
    };
}

/// The text of a number from the text Spark gives it: without an exponent from 1e-7 to 1e21, and without `.0`.
macro_rules! number_text {
    ($s:expr) => {
        concat!(
            "CASE WHEN NOT contains(",
            $s,
            ", 'E') THEN regexp_replace(",
            $s,
            r", '\\.0$', '') ",
            "WHEN abs(CAST(",
            $s,
            " AS DOUBLE)) >= 1e21 OR abs(CAST(",
            $s,
            " AS DOUBLE)) < 1e-7 ",
            "THEN lower(replace(",
            $s,
            ", '.0E', 'E')) ",
            "WHEN abs(CAST(",
            $s,
            " AS DOUBLE)) >= 1 THEN regexp_replace(CAST(CAST(",
            $s,
            r" AS DECIMAL(38, 16)) AS STRING), '\\.?0+$', '') ",
            "ELSE regexp_replace(CAST(CAST(",
            $s,
            r" AS DECIMAL(38, 25)) AS STRING), '0+$', '') END"
        )
    };
}

/// The array in a variant; Null when it holds something else.
macro_rules! items {
    ($x:expr) => {
        concat!("try_cast(", $x, " AS ARRAY<VARIANT>)")
    };
}

/// A variant in which a double that is whole is a whole number.
macro_rules! canonical {
    ($x:expr) => {
        concat!(
            "CASE WHEN schema_of_variant(",
            $x,
            ") = 'DOUBLE' AND CAST(",
            $x,
            " AS DOUBLE) % 1 = 0 AND abs(CAST(",
            $x,
            " AS DOUBLE)) < 9e18 THEN CAST(CAST(CAST(",
            $x,
            " AS DOUBLE) AS BIGINT) AS VARIANT) ELSE ",
            $x,
            " END"
        )
    };
}

/// A text that is the same for equal items: numbers by value.
macro_rules! key {
    ($x:expr) => {
        concat!("coalesce(to_json(", canonical!($x), "), 'null')")
    };
}

pub(super) use {bind, calendar, canonical, finite, int, items, key, number_text, seconds, whole};

//! Conversions on Databricks.

use super::super::table::{Table, cases, when};
use super::fragments::{bind, calendar, canonical, finite, number_text, seconds};

/// A decimal number with an optional exponent and spaces around.
macro_rules! read_number {
    ($s:expr) => {
        finite!(concat!(
            "CASE WHEN regexp_like(",
            $s,
            r", '^\\s*[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?\\s*$') THEN CAST(",
            $s,
            " AS DOUBLE) END"
        ))
    };
}

macro_rules! read_logical {
    ($s:expr) => {
        concat!(
            "CASE lower(regexp_replace(",
            $s,
            r", '^\\s+|\\s+$', '')) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
        )
    };
}

/// ISO text: `l` the local part, `z` the zone behind it, which makes the date an instant.
macro_rules! read_date {
    ($s:expr) => {
        bind!(
            bind!(
                concat!(
                    "regexp_extract_all(", $s, r", '^\\s*([0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9])",
                    r"(?:[Tt ]([0-9][0-9]:[0-9][0-9])(?::([0-9][0-9](?:\\.[0-9]+)?))?",
                    r"([Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?)?\\s*$', 0)"
                ),
                "s",
                concat!(
                    "CASE WHEN size(s) = 1 THEN struct(try_cast(concat(regexp_extract(s[0], '[0-9-]+', 0), ' ', ",
                    "coalesce(NULLIF(regexp_extract(s[0], '[Tt ]([0-9][0-9]:[0-9][0-9])', 1), ''), '00:00'), ':', ",
                    r"coalesce(NULLIF(regexp_extract(s[0], '[0-9]:[0-9][0-9]:([0-9][0-9](?:\\.[0-9]+)?)', 1), ''), '00')) ",
                    "AS TIMESTAMP_NTZ) AS l, regexp_extract(s[0], ':[0-9.:]+([Zz+-].*)', 1) AS z) END"
                )
            ),
            "v",
            concat!(
                "CASE WHEN v.z = '' THEN v.l ELSE ",
                calendar!(concat!(
                    "convert_timezone('UTC', {zone}, v.l - make_dt_interval(0, coalesce(try_cast(regexp_extract(v.z, '[+-][0-9][0-9]', 0) ",
                    "AS INT), 0), coalesce(try_cast(concat(left(v.z, 1), regexp_extract(v.z, '[0-9][0-9]:?([0-9][0-9])', 1)) AS INT), 0)))"
                )),
                " END"
            )
        )
    };
}

/// The instant some seconds after the start of 1970, as wall-clock time of the project.
macro_rules! read_seconds {
    ($x:expr) => {
        calendar!(concat!(
            "convert_timezone('UTC', {zone}, TIMESTAMP_NTZ'1970-01-01 00:00:00' + make_dt_interval(0, 0, 0, ",
            "CAST(CASE WHEN ", $x, " BETWEEN -300000000000 AND 300000000000 THEN ", $x, " END AS DECIMAL(18, 6))))"
        ))
    };
}

/// `mm/dd/yyyy`, perhaps with a time.
macro_rules! read_american {
    ($x:expr) => {
        bind!(
            concat!(
                "regexp_extract_all(", $x, r", '^\s*[0-9][0-9]?+/\s*[0-9][0-9]?+/[0-9][0-9]?+[0-9]?+[0-9]?+",
                r"(?:\s*[0-9][0-9]?+:[0-9][0-9]?+:[0-9][0-9]?+)?\s*$', 0)"
            ),
            "s",
            concat!(
                "CASE WHEN size(s) = 1 THEN try_cast(concat(lpad(regexp_extract(s[0], '/.*/([0-9][0-9]?[0-9]?[0-9]?)', 1), 4, '0'), ",
                "'-', regexp_extract(s[0], '([0-9]+)/', 1), '-', regexp_extract(s[0], '/[^0-9]*([0-9]+)/', 1), ' ', ",
                "coalesce(NULLIF(regexp_extract(s[0], '([0-9][0-9]?:[0-9]+:[0-9]+)', 1), ''), '0:0:0')) AS TIMESTAMP_NTZ) END"
            )
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Text", cases(&[
        when().types("t").sql("{0}"),
        when().types("d").sql("CAST({0} AS STRING)"),
        when().types("l").sql("CAST({0} AS STRING)"),
        when().types("n").sql(bind!("CAST({0} + 0 AS STRING)", "s", number_text!("s"))),
        when().types("v").sql(bind!(
            "struct({0} AS v, CAST({0} AS STRING) AS s)",
            "x",
            concat!("CASE WHEN schema_of_variant(x.v) = 'DOUBLE' THEN ", number_text!("x.s"), " ELSE x.s END")
        )),
    ])),
    ("Number", cases(&[
        when().types("n").sql("{0}"),
        when().types("t").sql(bind!("{0}", "s", read_number!("s"))),
        when().types("d").sql(concat!("CAST(", seconds!("convert_timezone({zone}, 'UTC', {0})"), " AS DOUBLE)")),
        when().types("v").sql(bind!("CAST({0} AS STRING)", "s", read_number!("s"))),
    ])),
    ("Date", cases(&[
        when().types("d").sql("{0}"),
        when().types("t").sql(read_date!("{0}")),
        when().types("n").sql(read_seconds!("{0}")),
        when().types("v").sql(bind!(
            "struct(CAST({0} AS STRING) AS s, schema_of_variant({0}) AS t)",
            "x",
            concat!(
                "CASE WHEN x.t IN ('STRING', 'TIMESTAMP_NTZ') THEN ", read_date!("x.s"),
                " WHEN x.t IN ('BIGINT', 'DOUBLE') OR x.t LIKE 'DECIMAL%' THEN ", read_seconds!("CAST(x.s AS DOUBLE)"), " END"
            )
        )),
    ])),
    ("DateTime", cases(&[
        when().types("d").sql("{0}"),
        when().sql(concat!("coalesce(", read_date!("{0}"), ", ", read_american!("{0}"), ")")),
    ])),
    ("Logical", cases(&[
        when().types("l").sql("{0}"),
        when().types("n").sql("({0} <> 0)"),
        when().types("t").sql(read_logical!("{0}")),
        when().types("v").sql(bind!(
            "struct(CAST({0} AS STRING) AS s, schema_of_variant({0}) AS t)",
            "x",
            concat!(
                "CASE WHEN x.t IN ('STRING', 'BOOLEAN') THEN ", read_logical!("x.s"),
                " WHEN x.t IN ('BIGINT', 'DOUBLE') OR x.t LIKE 'DECIMAL%' THEN CAST(x.s AS DOUBLE) <> 0 END"
            )
        )),
    ])),
    // What stands in an array is read to its end, which is not so at the top.
    ("Json", cases(&[
        when().types("v").sql("{0}"),
        when().sql(bind!(
            "try_cast(try_parse_json(concat('[', {0}, ']')) AS ARRAY<VARIANT>)",
            "a",
            "CASE WHEN size(a) = 1 AND NOT is_variant_null(a[0]) THEN a[0] END"
        )),
    ])),
    ("Variant", cases(&[
        when().types("v").sql("{0}"),
        when().types("d").sql("CAST(CAST({0} AS STRING) AS VARIANT)"),
        when().types("n").sql(bind!("CAST({0} AS VARIANT)", "v", canonical!("v"))),
        when().sql("CAST({0} AS VARIANT)"),
    ])),
];

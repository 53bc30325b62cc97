//! Conversions on `DuckDB`.

use super::super::table::{Table, cases, sql, when};
use super::geography::NO_GEOGRAPHIES;

/// The date of a number of seconds since 1970.
macro_rules! unix_date {
    ($x:expr, $scale:literal) => {
        calendar!(in_zone!(
            calendar!(concat!(
                "make_timestamp(CAST(round(",
                $x,
                " * ",
                $scale,
                ") AS BIGINT))"
            )),
            "{zone}"
        ))
    };
}

/// The scalar of a variant, and its kind as `DuckDB` names it.
macro_rules! scalar {
    ($body:expr) => {
        concat!(
            "list_transform([struct_pack(k := json_type({0}), t := {0} ->> '$')], lambda s: ",
            $body,
            ")[1]"
        )
    };
}

/// Whether the scalar is a number.
macro_rules! is_number {
    () => {
        "(s).k IN ('BIGINT', 'UBIGINT', 'DOUBLE')"
    };
}

/// `true` and `false` in any letter case.
macro_rules! text_logical {
    ($x:literal) => {
        concat!(
            "CASE lower(regexp_extract(",
            $x,
            ", '^\\s*(\\w*)\\s*$', 1)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Text", cases(&[
        when().types("g").refused(NO_GEOGRAPHIES),
        when().types("t").sql("{0}"),
        when().types("n").sql(number_text!("{0}")),
        when().types("v").sql(scalar!(concat!(
            "CASE WHEN (s).k IN ('DOUBLE', 'UBIGINT') THEN ", number_text!("CAST((s).t AS DOUBLE)"), " ELSE (s).t END"
        ))),
        // A cast writes the year 0 in another way.
        when().types("d").sql("rtrim(rtrim(strftime({0}, '%Y-%m-%d %H:%M:%S.%f'), '0'), '.')"),
        when().types("l").sql("CAST({0} AS VARCHAR)"),
    ])),
    ("Number", cases(&[
        when().types("n").sql("{0}"),
        when().types("t").sql(text_number!("{0}")),
        when().types("d").sql(concat!("(epoch_us(", instant!("{0}", "{zone}"), ") / 1e6)")),
        when().types("v").sql(scalar!(concat!("CASE WHEN (s).k = 'VARCHAR' OR ", is_number!(), " THEN ", text_number!("(s).t"), " END"))),
    ])),
    ("Date", cases(&[
        when().types("d").sql("{0}"),
        when().types("t").sql(text_date!("{0}")),
        when().types("n").sql(unix_date!("{0}", "1000000")),
        when().types("v").sql(scalar!(concat!(
            "CASE WHEN (s).k = 'VARCHAR' THEN ", text_date!("(s).t"),
            " WHEN ", is_number!(), " THEN ", unix_date!("CAST((s).t AS DOUBLE)", "1000000"), " END"
        ))),
    ])),
    ("DateTime", cases(&[
        when().types("d").sql("{0}"),
        when().types("t").sql(concat!(
            "coalesce(", text_date!("{0}"), ", ",
            calendar!("try_strptime(regexp_replace({0}, '^\\s+|\\s+$', '', 'g'), ['%m/%d/%Y', '%m/%d/%Y %H:%M:%S'])"), ")"
        )),
    ])),
    ("DateFromUnix", sql(unix_date!("{0}", "1000000"))),
    ("DateFromUnixMs", sql(unix_date!("{0}", "1000"))),
    ("DateFromUnixUs", sql(unix_date!("{0}", "1"))),
    ("Logical", cases(&[
        when().types("l").sql("{0}"),
        when().types("n").sql("({0} <> 0)"),
        when().types("t").sql(concat!("(", text_logical!("{0}"), ")")),
        when().types("v").sql(scalar!(concat!(
            "CASE WHEN (s).k IN ('VARCHAR', 'BOOLEAN') THEN ", text_logical!("(s).t"),
            " WHEN ", is_number!(), " THEN CAST((s).t AS DOUBLE) <> 0 END"
        ))),
    ])),
    ("Json", cases(&[
        when().types("g").refused(NO_GEOGRAPHIES),
        when().types("v").sql("{0}"),
        when().types("t").sql("list_filter([TRY_CAST({0} AS JSON)], lambda j: json_type(j) <> 'NULL')[1]"),
    ])),
    ("Variant", cases(&[
        when().types("g").refused(NO_GEOGRAPHIES),
        when().types("v").sql("{0}"),
        when().types("n").sql(number_json!("{0}")),
        when().sql("to_json({0})"),
    ])),
];

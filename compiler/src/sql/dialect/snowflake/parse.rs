//! Texts read as other types on Snowflake: by expressions first, as its own readers accept more.

macro_rules! number {
    ($t:expr) => {
        concat!(
            "(CASE WHEN REGEXP_LIKE(",
            $t,
            ", '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') THEN TRY_TO_DOUBLE(",
            $t,
            ") END)"
        )
    };
}

/// An instant of the time scale as wall-clock time of the project.
macro_rules! local {
    ($instant:expr) => {
        concat!("CONVERT_TIMEZONE('UTC', {zone}, ", $instant, ")")
    };
}

/// Seconds since 1970 to a date; those of other years than 0 to 9999 are Null.
macro_rules! from_seconds {
    ($n:expr) => {
        concat!(
            "(CASE WHEN ",
            $n,
            " >= -62167219200 AND ",
            $n,
            " < 253402300800 THEN ",
            local!(concat!(
                "DATEADD(MICROSECOND, CAST(ROUND((",
                $n,
                " - FLOOR(",
                $n,
                ")) * 1000000) AS BIGINT), DATEADD(SECOND, CAST(FLOOR(",
                $n,
                ") AS BIGINT), ",
                epoch!(),
                "))"
            )),
            " END)"
        )
    };
}

/// The zone behind the minutes of a time, if any.
macro_rules! zone {
    ($t:expr) => {
        concat!("REGEXP_SUBSTR(SUBSTRING(", $t, ", 17), '[Zz+-].*')")
    };
}

/// Microseconds of the fraction and against the zone.
macro_rules! correction {
    ($t:expr) => {
        concat!(
            "CAST(COALESCE(RPAD(LEFT(REGEXP_SUBSTR(",
            $t,
            ", '[.]([0-9]+)', 1, 1, 'e'), 6), 6, '0'), '0') AS BIGINT)",
            " - CASE LEFT(",
            zone!($t),
            ", 1) WHEN '+' THEN 60000000 WHEN '-' THEN -60000000 ELSE 0 END * (60 * CAST(COALESCE(NULLIF(SUBSTRING(",
            zone!($t),
            ", 2, 2), ''), '0') AS BIGINT) + CAST(COALESCE(NULLIF(REPLACE(SUBSTRING(",
            zone!($t),
            ", 4), ':', ''), ''), '0') AS BIGINT))"
        )
    };
}

/// Date and time of an ISO text, of its zone in UTC.
macro_rules! moment {
    ($t:expr) => {
        concat!(
            "DATEADD(MICROSECOND, ",
            correction!($t),
            ", TRY_TO_TIMESTAMP_NTZ(LEFT(",
            $t,
            ", 10) || ' ' || COALESCE(NULLIF(SUBSTRING(",
            $t,
            ", 12, 5), ''), '00:00') || CASE WHEN SUBSTRING(",
            $t,
            ", 17, 1) = ':' THEN SUBSTRING(",
            $t,
            ", 17, 3) ELSE ':00' END, 'YYYY-MM-DD HH24:MI:SS'))"
        )
    };
}

/// A date in ISO 8601, with or without time, fraction and zone.
macro_rules! iso {
    ($t:expr) => {
        concat!(
            "(CASE WHEN REGEXP_LIKE(",
            $t,
            ", '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]([Tt ][0-9][0-9]:[0-9][0-9](:[0-9][0-9]([.][0-9]+)?)?",
            "([Zz]|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?)?') THEN CASE WHEN ",
            zone!($t),
            " IS NULL THEN ",
            moment!($t),
            " ELSE ",
            local!(moment!($t)),
            " END END)"
        )
    };
}

macro_rules! logical {
    ($t:expr) => {
        concat!(
            "(CASE LOWER(",
            $t,
            ") WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END)"
        )
    };
}

/// The day of `mm/dd/yyyy`.
macro_rules! american_day {
    () => {
        concat!("SPLIT_PART(", bare!("{0}"), ", ' ', 1)")
    };
}

/// Text to a number.
pub(super) const NUMBER: &str = number!(bare!("{0}"));
/// Variant to a number.
pub(super) const VARIANT_NUMBER: &str = number!(variant_text!("{0}"));
/// Date to seconds since 1970.
pub(super) const SECONDS: &str = seconds!("{0}");
/// Seconds since 1970 to a date.
pub(super) const FROM_SECONDS: &str = from_seconds!("{0}");
/// Milliseconds since 1970 to a date.
pub(super) const FROM_MILLISECONDS: &str = from_seconds!("(CAST({0} AS DOUBLE) / 1000)");
/// Microseconds since 1970 to a date.
pub(super) const FROM_MICROSECONDS: &str = concat!(
    "(CASE WHEN {0} >= -62167219200000000 AND {0} < 253402300800000000 THEN ",
    local!(concat!(
        "DATEADD(MICROSECOND, ",
        nearest!("{0}"),
        ", ",
        epoch!(),
        ")"
    )),
    " END)"
);
/// Text to a date.
pub(super) const DATE: &str = iso!(bare!("{0}"));
/// Variant to a date.
pub(super) const VARIANT_DATE: &str = concat!(
    "(CASE WHEN AS_VARCHAR({0}) IS NULL THEN ",
    from_seconds!(number!(variant_text!("{0}"))),
    " ELSE ",
    iso!("AS_VARCHAR({0})"),
    " END)"
);
/// Text to a date, months first when it has slashes.
pub(super) const DATE_TIME: &str = concat!(
    "(CASE WHEN REGEXP_LIKE(",
    bare!("{0}"),
    ", '[0-9][0-9]?/[0-9][0-9]?/[0-9][0-9]?[0-9]?[0-9]?( +[0-9][0-9]?:[0-9][0-9]?:[0-9][0-9]?)?') THEN ",
    "TRY_TO_TIMESTAMP_NTZ(LPAD(SPLIT_PART(",
    american_day!(),
    ", '/', 3), 4, '0') || '-' || LPAD(SPLIT_PART(",
    american_day!(),
    ", '/', 1), 2, '0') || '-' || LPAD(SPLIT_PART(",
    american_day!(),
    ", '/', 2), 2, '0') || ' ' || LPAD(SPLIT_PART(SPLIT_PART(",
    bare!("{0}"),
    ", ' ', -1), ':', -3), 2, '0') || ':' || LPAD(SPLIT_PART(",
    bare!("{0}"),
    ", ':', 2), 2, '0') || ':' || LPAD(SPLIT_PART(",
    bare!("{0}"),
    ", ':', 3), 2, '0'), 'YYYY-MM-DD HH24:MI:SS') ELSE ",
    iso!(bare!("{0}")),
    " END)"
);
/// Text to a logical.
pub(super) const LOGICAL: &str = logical!(bare!("{0}"));
/// Variant to a logical.
pub(super) const VARIANT_LOGICAL: &str = concat!(
    "(CASE WHEN AS_VARCHAR({0}) IS NOT NULL THEN ",
    logical!("TRIM(AS_VARCHAR({0}))"),
    " ELSE COALESCE(",
    logical!("TO_JSON({0})"),
    ", TRY_TO_DOUBLE(TO_JSON({0})) <> 0) END)"
);

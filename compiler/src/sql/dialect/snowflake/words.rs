//! Parts that several templates share. Each expands to a literal, so that it can stand in `concat!`.

/// A number cut to a whole one.
macro_rules! whole {
    ($x:literal) => {
        concat!("CAST(TRUNC(", $x, ") AS BIGINT)")
    };
}

/// A number rounded to a whole one.
macro_rules! nearest {
    ($x:literal) => {
        concat!("CAST(ROUND(", $x, ") AS BIGINT)")
    };
}

/// A date as canonical text: to the second, and a fraction without trailing zeros. What is cut off has no characters:
/// it keeps the form right where the pattern is not followed.
macro_rules! date_text {
    ($d:literal) => {
        concat!(
            "(LEFT(TO_CHAR(",
            $d,
            ", 'YYYY-MM-DD HH24:MI:SS'), 19)",
            " || CASE WHEN DATE_PART(NANOSECOND, ",
            $d,
            ") >= 1000",
            " THEN RTRIM('.' || LPAD(CAST(CAST(FLOOR(DATE_PART(NANOSECOND, ",
            $d,
            ") / 1000) AS BIGINT) AS VARCHAR), 6, '0'), '0')",
            " ELSE '' END)"
        )
    };
}

/// A variant as text: JSON, but a text as it is.
macro_rules! variant_text {
    ($v:literal) => {
        concat!(
            "COALESCE(AS_VARCHAR(",
            $v,
            "), TO_JSON(STRIP_NULL_VALUE(",
            $v,
            ")))"
        )
    };
}

/// A text without the spaces around it.
macro_rules! bare {
    ($t:literal) => {
        concat!("TRIM(", $t, ", ' \\t\\n\\r')")
    };
}

/// Midnight of January 1, 1970.
macro_rules! epoch {
    () => {
        "CAST('1970-01-01' AS TIMESTAMP_NTZ)"
    };
}

/// Days from the first of the week to a date.
macro_rules! day_of_week {
    ($d:expr) => {
        concat!("((DAYOFWEEKISO(", $d, ") + 6 * {week}) % 7)")
    };
}

/// The start of the week of a date, `$days` of it before.
macro_rules! week_start {
    ($d:expr, $days:expr) => {
        concat!("DATEADD(DAY, - ", $days, ", DATE_TRUNC('DAY', ", $d, "))")
    };
}

/// Seconds since 1970 of a date of the project's zone.
macro_rules! seconds {
    ($d:literal) => {
        concat!(
            "(CAST(DATEDIFF(MICROSECOND, ",
            epoch!(),
            ", CONVERT_TIMEZONE({zone}, 'UTC', ",
            $d,
            ")) AS DOUBLE) / 1000000)"
        )
    };
}

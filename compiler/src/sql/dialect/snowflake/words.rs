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
            " THEN RTRIM('.' || LPAD(CAST(FLOOR(DATE_PART(NANOSECOND, ",
            $d,
            ") / 1000) AS BIGINT), 6, '0'), '0')",
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

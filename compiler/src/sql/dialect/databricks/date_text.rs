//! Dates by `%` patterns on Databricks: a pattern is cut into tokens, a token is a specifier or what stands between.

use super::fragments::{bind, calendar};

macro_rules! tokens {
    ($pattern:expr) => {
        concat!(
            "regexp_extract_all(",
            $pattern,
            ", '(?s)%-.|%.|%|[^%]+', 0)"
        )
    };
}

macro_rules! padded {
    ($number:expr, $width:expr) => {
        concat!("lpad(CAST(", $number, " AS STRING), ", $width, ", '0')")
    };
}

/// The project's offset from UTC, in minutes.
macro_rules! offset {
    () => {
        "CAST(CAST(v.d - convert_timezone({zone}, 'UTC', v.d) AS INTERVAL MINUTE) AS INT)"
    };
}

/// What the specifier of a token stands for.
macro_rules! specified {
    () => {
        concat!(
            "CASE substring(t, -1) WHEN 'Y' THEN ", padded!("year(v.d)", "4"), " WHEN 'y' THEN ", padded!("year(v.d) % 100", "2"),
            " WHEN 'q' THEN CAST(quarter(v.d) AS STRING) WHEN 'm' THEN ", padded!("month(v.d)", "2"),
            " WHEN 'B' THEN date_format(CAST(v.d AS DATE), 'MMMM') WHEN 'b' THEN date_format(CAST(v.d AS DATE), 'MMM')",
            " WHEN 'A' THEN date_format(CAST(v.d AS DATE), 'EEEE') WHEN 'a' THEN date_format(CAST(v.d AS DATE), 'EEE')",
            " WHEN 'd' THEN ", padded!("day(v.d)", "2"), " WHEN 'e' THEN lpad(CAST(day(v.d) AS STRING), 2, ' ') WHEN 'j' THEN ",
            padded!("dayofyear(v.d)", "3"), " WHEN 'H' THEN ", padded!("hour(v.d)", "2"), " WHEN 'I' THEN ",
            padded!("(hour(v.d) + 11) % 12 + 1", "2"), " WHEN 'M' THEN ", padded!("minute(v.d)", "2"), " WHEN 'S' THEN ",
            padded!("second(v.d)", "2"), " WHEN 'p' THEN CASE WHEN hour(v.d) < 12 THEN 'AM' ELSE 'PM' END WHEN 'L' THEN ",
            padded!("CAST(extract(SECOND FROM v.d) * 1000 AS INT) % 1000", "3"), " WHEN 'f' THEN ",
            padded!("CAST(extract(SECOND FROM v.d) * 1000000 AS INT) % 1000000", "6"),
            " WHEN 'Z' THEN concat(CASE WHEN ", offset!(), " < 0 THEN '-' ELSE '+' END, ",
            padded!(concat!("abs(", offset!(), ") div 60"), "2"), ", ':', ", padded!(concat!("abs(", offset!(), ") % 60"), "2"),
            ") WHEN '%' THEN '%' END"
        )
    };
}

/// `DateFormat`. A minus sign takes leading zeros away.
pub(super) const FORMAT: &str = bind!(
    "struct({0} AS d, {1} AS f)",
    "v",
    concat!(
        "CASE WHEN v.d IS NOT NULL THEN array_join(transform(transform(",
        tokens!("v.f"),
        ", t -> struct(t, ",
        specified!(),
        " AS s)), x -> CASE WHEN NOT startswith(x.t, '%') OR x.t = '%' THEN x.t WHEN startswith(x.t, '%-') ",
        "THEN coalesce(regexp_replace(x.s, '^0+(?=.)', ''), '') ELSE coalesce(x.s, x.t) END), '') END"
    )
);

macro_rules! months {
    () => {
        concat!(
            "'((?i:jan(?:uary)?+|feb(?:ruary)?+|mar(?:ch)?+|apr(?:il)?+|may|jun(?:e)?+|jul(?:y)?+|aug(?:ust)?+|",
            "sep(?:tember)?+|oct(?:ober)?+|nov(?:ember)?+|dec(?:ember)?+))'"
        )
    };
}

macro_rules! weekdays {
    () => {
        "'((?i:mon(?:day)?+|tue(?:sday)?+|wed(?:nesday)?+|thu(?:rsday)?+|fri(?:day)?+|sat(?:urday)?+|sun(?:day)?+))'"
    };
}

/// The regular expression of a token, as one group. Numbers never give digits back.
macro_rules! reader {
    () => {
        concat!(
            "CASE WHEN NOT startswith(t, '%') THEN concat('(', array_join(transform(split(t, ''), c -> ",
            r"CASE WHEN regexp_like(c, '\\s') THEN '\\s*+' ELSE concat('\\Q', c, '\\E') END), ''), ')') ",
            "ELSE CASE substring(replace(t, '%-', '%'), 2) WHEN 'Y' THEN '([0-9][0-9]?+[0-9]?+[0-9]?+)' ",
            r"WHEN 'd' THEN '(\\s*+[0-9][0-9]?+)' WHEN 'e' THEN '(\\s*+[0-9][0-9]?+)' ",
            "WHEN 'y' THEN '([0-9][0-9]?+)' WHEN 'm' THEN '([0-9][0-9]?+)' WHEN 'H' THEN '([0-9][0-9]?+)' ",
            "WHEN 'I' THEN '([0-9][0-9]?+)' WHEN 'M' THEN '([0-9][0-9]?+)' WHEN 'S' THEN '([0-9][0-9]?+)' ",
            "WHEN 'B' THEN ", months!(), " WHEN 'b' THEN ", months!(), " WHEN 'A' THEN ", weekdays!(), " WHEN 'a' THEN ", weekdays!(),
            " WHEN 'p' THEN '((?i:am|pm))' WHEN 'L' THEN '([0-9][0-9]?+[0-9]?+[0-9]?+[0-9]?+[0-9]?+)' ",
            "WHEN 'f' THEN '([0-9][0-9]?+[0-9]?+[0-9]?+[0-9]?+[0-9]?+)' ",
            r"WHEN 'Z' THEN '((?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?+[0-5][0-9])?+)?+(?!\\S))' ",
            "WHEN '%' THEN '(%)' ELSE '(?!)' END END"
        )
    };
}

/// What a specifier has read; Null when the pattern does not have it. `g` are the groups, `n` the specifiers.
macro_rules! read {
    ($specifier:expr) => {
        concat!(
            "get(v.g, CAST(array_position(v.n, '",
            $specifier,
            "') AS INT) - 1)"
        )
    };
}

macro_rules! read_number {
    ($specifier:expr, $other:expr) => {
        concat!(
            "CAST(trim(coalesce(",
            read!($specifier),
            ", ",
            read!($other),
            ")) AS INT)"
        )
    };
}

/// A number of `%p` and an hour of 1 to 12, as an hour of 24; 24, which is none, for other hours.
macro_rules! hour {
    () => {
        concat!(
            "CASE WHEN ",
            read!("p"),
            " IS NULL THEN coalesce(",
            read_number!("H", "I"),
            ", 0) WHEN ",
            read_number!("H", "I"),
            " BETWEEN 1 AND 12 THEN ",
            read_number!("H", "I"),
            " % 12 + CASE WHEN lower(",
            read!("p"),
            ") = 'pm' THEN 12 ELSE 0 END ",
            "ELSE 24 END"
        )
    };
}

/// `DateParse`
pub(super) const PARSE: &str = bind!(
    bind!(
        bind!(
            concat!("struct({0} AS s, ", tokens!("{1}"), " AS tokens)"),
            "v",
            concat!(
                "struct(v.s, transform(v.tokens, t -> replace(substring(CASE WHEN startswith(t, '%') THEN t END, 2), '-', '')) AS n, ",
                r"concat('(?s)^\\s*+', array_join(transform(v.tokens, t -> ",
                reader!(),
                r"), ''), '\\s*\\z') AS r)"
            )
        ),
        "v",
        concat!(
            "struct(v.n, CASE WHEN regexp_like(v.s, v.r) THEN transform(v.n, (n, i) -> ",
            "CASE WHEN n IS NOT NULL THEN regexp_extract(v.s, v.r, i + 1) END) END AS g)"
        )
    ),
    "v",
    concat!(
        "CASE WHEN v.g IS NOT NULL AND coalesce(",
        read_number!("S", "S"),
        ", 0) < 60 THEN ",
        calendar!(concat!(
            "try_make_timestamp_ntz(coalesce(",
            read_number!("Y", "Y"),
            ", ",
            read_number!("y", "y"),
            " + CASE WHEN ",
            read_number!("y", "y"),
            " < 70 THEN 2000 ELSE 1900 END, 1970), coalesce(",
            read_number!("m", "m"),
            ", ",
            "(instr('janfebmaraprmayjunjulaugsepoctnovdec', lower(left(coalesce(",
            read!("B"),
            ", ",
            read!("b"),
            "), 3))) + 2) div 3, 1), ",
            "coalesce(",
            read_number!("d", "e"),
            ", 1), ",
            hour!(),
            ", coalesce(",
            read_number!("M", "M"),
            ", 0), coalesce(",
            read_number!("S", "S"),
            ", 0)) + make_dt_interval(0, 0, 0, CAST(concat('0.', coalesce(",
            read!("f"),
            ", ",
            read!("L"),
            ", '0')) AS DECIMAL(18, 6))) - make_dt_interval(0, coalesce(try_cast(regexp_extract(",
            read!("Z"),
            ", '[+-][0-9][0-9]', 0) AS INT), 0), coalesce(try_cast(concat(left(",
            read!("Z"),
            ", 1), regexp_extract(",
            read!("Z"),
            ", '[0-9][0-9]:?([0-9][0-9])', 1)) AS INT), 0))"
        )),
        " END"
    )
);

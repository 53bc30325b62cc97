//! Parts of templates that several functions of `DuckDB` share.
//!
//! A list of one item and a lambda bind a name, so that a template mentions its arguments once:
//! `list_transform([x], lambda v: …)[1]` is `let v = x in …`, and `list_filter([x], lambda v: …)[1]` is Null where the
//! condition does not hold.

/// A whole number for a length, a position or a number of times: cut toward zero, within 32 bits.
macro_rules! count {
    ($x:expr) => {
        concat!(
            "CAST(trunc(CASE WHEN ",
            $x,
            " > 2147483647 THEN 2147483647 WHEN ",
            $x,
            " < -2147483647 THEN -2147483647 ELSE ",
            $x,
            " END) AS BIGINT)"
        )
    };
}

/// A number cut to 64 bits.
macro_rules! whole {
    ($x:expr) => {
        concat!("CAST(trunc(", $x, ") AS BIGINT)")
    };
}

/// A float; Null where it is not finite.
macro_rules! finite {
    ($x:expr) => {
        concat!("list_filter([", $x, "], lambda x: isfinite(x))[1]")
    };
}

/// A date; Null outside of the years 0 to 9999, and where the engine cannot compute it.
macro_rules! calendar {
    ($x:expr) => {
        concat!(
            "list_filter([TRY(",
            $x,
            ")], lambda d: year(d) BETWEEN 0 AND 9999)[1]"
        )
    };
}

/// The shortest decimal text of a number, with an exponent only where it is very large or very small.
macro_rules! number_text {
    ($x:expr) => {
        concat!(
            "list_transform([CAST(",
            $x,
            " AS VARCHAR)], lambda t: CASE",
            " WHEN contains(t, 'n') THEN NULL",
            " WHEN t = '-0.0' THEN '0'",
            " WHEN contains(t, 'e+') AND CAST(split_part(t, 'e+', 2) AS INTEGER) < 21",
            " THEN CAST(CAST(t AS DECIMAL(38, 0)) AS VARCHAR)",
            " WHEN contains(t, 'e-') AND CAST(split_part(t, 'e-', 2) AS INTEGER) < 8",
            " THEN rtrim(CAST(CAST(t AS DECIMAL(38, 28)) AS VARCHAR), '0')",
            " WHEN contains(t, 'e') THEN regexp_replace(t, 'e[+]?(-?)0*', 'e\\1')",
            " WHEN contains(t, '.') THEN rtrim(rtrim(t, '0'), '.')",
            " ELSE t END)[1]"
        )
    };
}

/// The number that a text is in decimal, spaces around it aside.
macro_rules! text_number {
    ($x:expr) => {
        finite!(concat!(
            "TRY_CAST(regexp_extract(",
            $x,
            ", '^\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*$', 1) AS DOUBLE)"
        ))
    };
}

/// An instant of wall-clock time of a zone. A time that a clock change repeats is the first of the two.
macro_rules! instant {
    ($date:expr, $zone:expr) => {
        concat!(
            "list_transform([struct_pack(d := ",
            $date,
            ", z := ",
            $zone,
            ")], lambda w: list_transform([(w).d AT TIME ZONE (w).z], lambda i: CASE",
            " WHEN ((i - INTERVAL 1 HOUR) AT TIME ZONE (w).z) = (w).d THEN i - INTERVAL 1 HOUR",
            " WHEN ((i - INTERVAL 30 MINUTE) AT TIME ZONE (w).z) = (w).d THEN i - INTERVAL 30 MINUTE",
            " ELSE i END)[1])[1]"
        )
    };
}

/// Wall-clock time of a zone, of a time in UTC.
macro_rules! in_zone {
    ($date:expr, $zone:expr) => {
        concat!(
            "((",
            $date,
            " AT TIME ZONE 'UTC') AT TIME ZONE ",
            $zone,
            ")"
        )
    };
}

/// The date that an ISO text is, in the project's zone when the text names one.
macro_rules! text_date {
    ($x:expr) => {
        concat!(
            "list_transform([list_filter([regexp_replace(", $x, ", '^\\s+|\\s+$', '', 'g')], lambda t: regexp_full_match(t, ",
            "'\\d\\d\\d\\d-\\d\\d-\\d\\d([Tt ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?([Zz]|[+-]([01]\\d|2[0-3])(:?[0-5]\\d)?)?)?'))[1]], ",
            "lambda t: list_transform([struct_pack(",
            "d := TRY_CAST(replace(upper(regexp_extract(t, '^[-0-9]+(?:[Tt ][0-9:]+(?:\\.\\d\\d?\\d?\\d?\\d?\\d?)?)?')), 'T', ' ') AS TIMESTAMP), ",
            "z := regexp_extract(t, '[Tt ].*?([Zz]|[+-][0-9:]+)$', 1))], lambda p: CASE WHEN (p).z = '' THEN (p).d ELSE ",
            calendar!(concat!("(", calendar!(concat!("(p).d - ", zone_offset!("(p).z"))), " AT TIME ZONE 'UTC') AT TIME ZONE {zone}")),
            " END)[1])[1]"
        )
    };
}

/// The interval east of UTC that a text as `+02:30` stands for.
macro_rules! zone_offset {
    ($x:expr) => {
        concat!(
            "to_minutes(coalesce(TRY_CAST(left(",
            $x,
            ", 3) AS BIGINT), 0) * 60 + ",
            "coalesce(TRY_CAST(left(",
            $x,
            ", 1) || regexp_extract(",
            $x,
            ", '^[+-]\\d\\d:?(\\d\\d)$', 1) AS BIGINT), 0))"
        )
    };
}

/// The items of an array, a Null for its nulls; Null for what is no array.
macro_rules! items {
    ($x:expr) => {
        concat!("TRY_CAST(", $x, " AS JSON[])")
    };
}

/// An item of an array as text under which equal items meet: numbers are equal by value.
macro_rules! item_key {
    ($x:expr) => {
        concat!(
            "CASE WHEN json_type(",
            $x,
            ") = 'DOUBLE' THEN ",
            number_text!(concat!("CAST(", $x, " ->> '$' AS DOUBLE)")),
            " ELSE CAST(json_extract(",
            $x,
            ", '$') AS VARCHAR) END"
        )
    };
}

/// A number as JSON.
macro_rules! number_json {
    ($x:expr) => {
        concat!("CAST(", number_text!($x), " AS JSON)")
    };
}

/// The start of a week, from Sunday (0) or Monday (1).
macro_rules! week_start {
    ($first:literal, $date:expr) => {
        calendar!(concat!(
            "list_transform([",
            $date,
            "], lambda d: date_trunc('day', d) - ",
            "to_days(CAST((dayofweek(d) + 7 - ",
            $first,
            ") % 7 AS INTEGER)))[1]"
        ))
    };
}

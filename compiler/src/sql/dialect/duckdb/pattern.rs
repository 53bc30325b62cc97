//! Dates by `%` patterns on `DuckDB`. The engine wants a constant pattern and computes what is made of one once.

use super::super::table::{cases, when};
use crate::formula::functions::Lowering;

/// The pattern cut into specifiers and what stands between them, each rewritten by `$case` (of `p`), and joined.
macro_rules! rewritten {
    ($case:expr) => {
        concat!("array_to_string(list_transform(regexp_extract_all({1}, '(?s)%-?.|[^%]+|%'), lambda p: ", $case, "), '')")
    };
}

/// For `strftime`. Control characters stand for what it does not know: 1 the quarter, 2 the day padded with a space, 3
/// the offset of the project's zone, 4 and 5 a fraction without leading zeros.
macro_rules! written {
    () => {
        rewritten!(concat!(
            "CASE WHEN p IN ('%Y', '%y', '%m', '%B', '%b', '%A', '%a', '%d', '%j', '%H', '%I', '%M', '%S', '%p', '%f', '%%', ",
            "'%-y', '%-m', '%-d', '%-j', '%-H', '%-I', '%-M', '%-S') THEN p ",
            "WHEN p IN ('%-B', '%-b', '%-A', '%-a', '%-p', '%-Y', '%-%') THEN '%' || p[3] WHEN p = '%L' THEN '%g' ",
            "WHEN p IN ('%q', '%-q') THEN chr(1) WHEN p IN ('%e', '%-e') THEN chr(2) WHEN p IN ('%Z', '%-Z') THEN chr(3) ",
            "WHEN p = '%-L' THEN chr(4) WHEN p = '%-f' THEN chr(5) WHEN starts_with(p, '%-') THEN '' ",
            "WHEN starts_with(p, '%') THEN '%' || p ELSE p END"
        ))
    };
}

/// The offset of the project's zone at a time, as `-07:00`.
macro_rules! offset {
    () => {
        concat!(
            "list_transform([date_diff('minute', ", instant!("{0}", "{zone}"), " AT TIME ZONE 'UTC', {0})], ",
            "lambda m: CASE WHEN m < 0 THEN '-' ELSE '+' END || lpad(CAST(abs(m) // 60 AS VARCHAR), 2, '0') || ':' || lpad(CAST(abs(m) % 60 AS VARCHAR), 2, '0'))[1]"
        )
    };
}

/// What replaces a control character where the pattern holds its specifier.
macro_rules! filled {
    ($text:expr, $specifier:literal, $code:literal, $value:expr) => {
        concat!(
            "CASE WHEN regexp_matches({1}, '",
            $specifier,
            "') THEN replace(",
            $text,
            ", chr(",
            $code,
            "), ",
            $value,
            ") ELSE ",
            $text,
            " END"
        )
    };
}

/// `DateFormat`
pub(super) const DATE_FORMAT: Lowering = cases(&[
    when().constant(1).sql(concat!(
        "list_transform([substring(strftime({0}, ' ' || ",
        written!(),
        "), 2)], lambda t: list_transform([",
        filled!("t", "%-?q", "1", "CAST(quarter({0}) AS VARCHAR)"),
        "], lambda t: list_transform([",
        filled!("t", "%-?e", "2", "lpad(CAST(day({0}) AS VARCHAR), 2, ' ')"),
        "], lambda t: list_transform([",
        filled!("t", "%-?Z", "3", offset!()),
        "], lambda t: list_transform([",
        filled!("t", "%-L", "4", "CAST(millisecond({0}) % 1000 AS VARCHAR)"),
        "], lambda t: ",
        filled!(
            "t",
            "%-f",
            "5",
            "CAST(microsecond({0}) % 1000000 AS VARCHAR)"
        ),
        ")[1])[1])[1])[1])[1]"
    )),
    when().refused("needs a literal format"),
]);

/// For `try_strptime`: names of months and weekdays in `$month` and `$weekday` form, without a zone at the end.
macro_rules! read {
    ($month:literal, $weekday:literal) => {
        concat!(
            "CASE WHEN regexp_matches({1}, '%-?[Yy]') THEN '' ELSE '%Y ' END || regexp_replace(",
            rewritten!(concat!(
                "CASE WHEN p = '%%' OR NOT starts_with(p, '%') THEN p WHEN p[-1] IN ('Y', 'y', 'm', 'd', 'H', 'I', 'M', 'S', 'p') THEN '%' || p[-1] ",
                "WHEN p[-1] = 'e' THEN '%d' WHEN p[-1] IN ('L', 'f') THEN '%f' WHEN p[-1] IN ('B', 'b') THEN '%", $month,
                "' WHEN p[-1] IN ('A', 'a') THEN '%", $weekday, "' WHEN p[-1] = 'Z' THEN '%Q' ELSE chr(1) END"
            )),
            ", '\\s*%Q$', '')"
        )
    };
}

/// A text read by the pattern in each form of names.
macro_rules! parsed {
    ($text:expr) => {
        concat!(
            "try_strptime(CASE WHEN regexp_matches({1}, '%-?[Yy]') THEN '' ELSE '1970 ' END || ",
            $text,
            ", [",
            read!("b", "a"),
            ", ",
            read!("B", "a"),
            ", ",
            read!("b", "A"),
            ", ",
            read!("B", "A"),
            "])"
        )
    };
}

/// The text to read.
macro_rules! trimmed {
    () => {
        "regexp_replace({0}, '^\\s+|\\s+$', '', 'g')"
    };
}

/// Years of two digits are 1970 to 2069, where the engine has 1969 to 2068.
macro_rules! pivoted {
    ($date:expr) => {
        concat!(
            "list_transform([",
            $date,
            "], lambda d: CASE WHEN year(d) = 1969 AND regexp_matches({1}, '%-?y') AND NOT regexp_matches({1}, '%-?Y') ",
            "THEN d + INTERVAL 100 YEAR ELSE d END)[1]"
        )
    };
}

/// `DateParse`. Outside of lambdas, as the engine finds constants only there.
pub(super) const DATE_PARSE: Lowering = cases(&[
    when().constant(1).sql(calendar!(pivoted!(concat!(
        "coalesce(",
        parsed!(trimmed!()),
        ", CASE WHEN regexp_matches({1}, '%-?Z$') THEN ",
        parsed!(concat!(
            "regexp_replace(",
            trimmed!(),
            ", '\\s*([Zz]|[+-]\\d\\d:?(\\d\\d)?)$', '')"
        )),
        " - ",
        zone_offset!(concat!(
            "regexp_extract(",
            trimmed!(),
            ", '([Zz]|[+-]\\d\\d:?(?:\\d\\d)?)$')"
        )),
        " END)"
    )))),
    when().refused("needs a literal format"),
]);

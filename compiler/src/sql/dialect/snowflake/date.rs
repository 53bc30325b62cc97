//! Dates on Snowflake. Weeks are counted by the days of ISO 8601, never by the session's first day of a week.

use super::super::table::{Table, always, cases, made, sql, when};
use super::parse;
use super::period;
use super::reading;
use crate::formula::functions::Lowering;

const NEEDS_UNIT: &str = "needs a literal unit";

/// Moves a date unless that leaves the years 0 to 9999: `place` is where it stands among the `places` of a unit.
macro_rules! moved {
    ($unit:literal, $place:literal, $times:literal, $places:literal) => {
        concat!(
            "(CASE WHEN ",
            $place,
            " + ",
            $times,
            " * TRUNC({1}) BETWEEN 0 AND ",
            $places,
            " THEN DATEADD(",
            $unit,
            ", ",
            whole!("{1}"),
            ", {2}) END)"
        )
    };
}

macro_rules! moved_months {
    ($unit:literal, $times:literal) => {
        moved!($unit, "12 * YEAR({2}) + MONTH({2}) - 1", $times, "119999")
    };
}

macro_rules! moved_days {
    ($unit:literal, $times:literal) => {
        moved!(
            $unit,
            "DATEDIFF(DAY, CAST('0001-01-01' AS TIMESTAMP_NTZ), {2}) + 366",
            $times,
            "3652424"
        )
    };
}

macro_rules! moved_seconds {
    ($unit:literal, $times:literal) => {
        moved!(
            $unit,
            "DATEDIFF(SECOND, CAST('0001-01-01' AS TIMESTAMP_NTZ), {2}) + 31622400",
            $times,
            "315569519999"
        )
    };
}

/// Whole weeks since one that begins on the first day.
macro_rules! weeks {
    ($d:literal) => {
        concat!(
            "FLOOR((DATEDIFF(DAY, CAST('1969-12-28' AS TIMESTAMP_NTZ), ",
            $d,
            ") - {week}) / 7)"
        )
    };
}

/// A date that is UTC, as wall-clock time of a zone.
macro_rules! zoned {
    ($date:literal, $zone:literal) => {
        concat!("CONVERT_TIMEZONE('UTC', ", $zone, ", ", $date, ")")
    };
}

/// A part of the first argument, in the zone that may follow it.
macro_rules! part {
    ($part:ident) => {
        cases(&[
            when().count(1).sql($part!("{0}")),
            always($part!(zoned!("{0}", "{1}"))),
        ])
    };
}

/// Cases by a unit of the second argument, in the zone that may follow it.
macro_rules! by_unit {
    ($($unit:literal: $part:ident;)* $(=> $first:expr;)?) => {
        cases(&[
            $($first,)?
            $(
                when().count(2).literal(0, $unit).sql($part!("{1}")),
                when().literal(0, $unit).sql($part!(zoned!("{1}", "{2}"))),
            )*
            when().refused(NEEDS_UNIT),
        ])
    };
}

/// Functions of a date.
macro_rules! parts {
    ($($name:ident = $before:literal, $behind:literal;)*) => {
        $(
            macro_rules! $name {
                ($d:expr) => {
                    concat!($before, $d, $behind)
                };
            }
        )*
    };
}

parts! {
    year = "YEAR(", ")";
    quarter = "QUARTER(", ")";
    month = "MONTH(", ")";
    day = "DAY(", ")";
    day_of_year = "DAYOFYEAR(", ")";
    weekday = "(DAYOFWEEKISO(", ") % 7 + 1)";
    hour = "HOUR(", ")";
    minute = "MINUTE(", ")";
    second = "SECOND(", ")";
    millisecond = "FLOOR(DATE_PART(NANOSECOND, ", ") / 1000000)";
    trunc_year = "DATE_TRUNC('YEAR', ", ")";
    trunc_quarter = "DATE_TRUNC('QUARTER', ", ")";
    trunc_month = "DATE_TRUNC('MONTH', ", ")";
    trunc_day = "DATE_TRUNC('DAY', ", ")";
    trunc_hour = "DATE_TRUNC('HOUR', ", ")";
    trunc_minute = "DATE_TRUNC('MINUTE', ", ")";
    trunc_second = "DATE_TRUNC('SECOND', ", ")";
}

macro_rules! trunc_week {
    ($d:expr) => {
        week_start!($d, day_of_week!($d))
    };
}

macro_rules! trunc_sunday {
    ($d:expr) => {
        week_start!($d, concat!("DAYOFWEEKISO(", $d, ") % 7"))
    };
}

macro_rules! trunc_monday {
    ($d:expr) => {
        week_start!($d, concat!("(DAYOFWEEKISO(", $d, ") - 1)"))
    };
}

/// The week of ISO 8601, or the one of those from Sunday of which the first holds January 1.
macro_rules! week {
    ($d:expr) => {
        concat!(
            "(CASE WHEN {week} = 1 THEN WEEKISO(",
            $d,
            ") ELSE FLOOR((DAYOFYEAR(",
            $d,
            ") - 1 + DAYOFWEEKISO(DATE_TRUNC('YEAR', ",
            $d,
            ")) % 7) / 7) + 1 END)"
        )
    };
}

/// The last second of a unit.
macro_rules! last_second {
    ($unit:literal) => {
        concat!(
            "DATEADD(SECOND, 86399, CAST(LAST_DAY({0}, ",
            $unit,
            ") AS TIMESTAMP_NTZ))"
        )
    };
}

/// Mondays to Fridays from Monday, January 5, 1970, to before a day.
macro_rules! weekdays {
    ($days:expr) => {
        concat!(
            "(5 * FLOOR(",
            $days,
            " / 7) + LEAST(",
            $days,
            " - 7 * FLOOR(",
            $days,
            " / 7), 5))"
        )
    };
}

macro_rules! days {
    ($d:literal, $more:literal) => {
        concat!(
            "(DATEDIFF(DAY, CAST('1970-01-05' AS TIMESTAMP_NTZ), ",
            $d,
            ") + ",
            $more,
            ")"
        )
    };
}

macro_rules! digits {
    ($n:expr, $count:literal) => {
        concat!("LPAD(CAST(", $n, " AS VARCHAR), ", $count, ", '0')")
    };
}

macro_rules! two_digits {
    ($n:literal) => {
        digits!($n, "2")
    };
}

/// An amount of the fraction of a second, as whole ones of `$size` nanoseconds.
macro_rules! fraction {
    ($size:literal, $count:literal) => {
        digits!(
            concat!(
                "CAST(FLOOR(DATE_PART(NANOSECOND, {0}) / ",
                $size,
                ") AS BIGINT)"
            ),
            $count
        )
    };
}

/// Minutes of the project's zone before UTC.
macro_rules! offset {
    () => {
        "DATEDIFF(MINUTE, CONVERT_TIMEZONE({zone}, 'UTC', {0}), {0})"
    };
}

const MONTH: &str = "SPLIT_PART('January,February,March,April,May,June,July,August,September,October,November,December', ',', MONTH({0}))";
const WEEKDAY: &str = "SPLIT_PART('Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday', ',', DAYOFWEEKISO({0}))";

/// A specifier of a pattern at a time.
const FORMAT: &[(char, &str)] = &[
    ('-', "COALESCE(NULLIF(LTRIM({0}, '0'), ''), LEFT({0}, 1))"),
    ('Y', digits!("YEAR({0})", "4")),
    ('y', two_digits!("YEAR({0}) % 100")),
    ('q', "CAST(QUARTER({0}) AS VARCHAR)"),
    ('m', two_digits!("MONTH({0})")),
    ('B', MONTH),
    ('b', "MONTHNAME({0})"),
    ('A', WEEKDAY),
    ('a', "DAYNAME({0})"),
    ('d', two_digits!("DAY({0})")),
    ('e', "LPAD(CAST(DAY({0}) AS VARCHAR), 2, ' ')"),
    ('j', digits!("DAYOFYEAR({0})", "3")),
    ('H', two_digits!("HOUR({0})")),
    ('I', two_digits!("(HOUR({0}) + 11) % 12 + 1")),
    ('M', two_digits!("MINUTE({0})")),
    ('S', two_digits!("SECOND({0})")),
    (
        'p',
        "CASE WHEN HOUR({0}) < 12 THEN 'AM' WHEN HOUR({0}) >= 12 THEN 'PM' END",
    ),
    ('L', fraction!("1000000", "3")),
    ('f', fraction!("1000", "6")),
    (
        'Z',
        concat!(
            "(CASE WHEN ",
            offset!(),
            " < 0 THEN '-' ELSE '+' END || LPAD(CAST(CAST(FLOOR(ABS(",
            offset!(),
            ") / 60) AS BIGINT) AS VARCHAR), 2, '0') || ':' || LPAD(CAST(ABS(",
            offset!(),
            ") % 60 AS VARCHAR), 2, '0'))"
        ),
    ),
];

const MAKE: &str = concat!(
    "(CASE WHEN TRUNC({0}) BETWEEN 0 AND 9999 AND TRUNC({1}) BETWEEN 1 AND 12 AND TRUNC({2}) BETWEEN 1 AND 31",
    " AND TRUNC({3?0}) BETWEEN 0 AND 23 AND TRUNC({4?0}) BETWEEN 0 AND 59 AND TRUNC({5?0}) BETWEEN 0 AND 59",
    " THEN TRY_TO_TIMESTAMP_NTZ(",
    digits!(whole!("{0}"), "4"),
    " || '-' || ",
    digits!(whole!("{1}"), "2"),
    " || '-' || ",
    digits!(whole!("{2}"), "2"),
    " || ' ' || ",
    digits!(whole!("{3?0}"), "2"),
    " || ':' || ",
    digits!(whole!("{4?0}"), "2"),
    " || ':' || ",
    digits!(whole!("{5?0}"), "2"),
    ", 'YYYY-MM-DD HH24:MI:SS') END)"
);

const BUSINESS_DAYS: &str = concat!(
    "(CASE WHEN {0} <= {1} THEN ",
    weekdays!(days!("{1}", "1")),
    " - ",
    weekdays!(days!("{0}", "0")),
    " ELSE ",
    weekdays!(days!("{1}", "0")),
    " - ",
    weekdays!(days!("{0}", "1")),
    " END)"
);

/// The family.
pub(super) const TABLE: Table = &[
    ("Now", sql("{now}")),
    ("Today", sql("{today}")),
    (
        "DateAdd",
        cases(&[
            when().literal(0, "year").sql(moved_months!("YEAR", "12")),
            when()
                .literal(0, "quarter")
                .sql(moved_months!("QUARTER", "3")),
            when().literal(0, "month").sql(moved_months!("MONTH", "1")),
            when().literal(0, "week").sql(moved_days!("WEEK", "7")),
            when().literal(0, "day").sql(moved_days!("DAY", "1")),
            when()
                .literal(0, "hour")
                .sql(moved_seconds!("HOUR", "3600")),
            when()
                .literal(0, "minute")
                .sql(moved_seconds!("MINUTE", "60")),
            when()
                .literal(0, "second")
                .sql(moved_seconds!("SECOND", "1")),
            when().refused(NEEDS_UNIT),
        ]),
    ),
    (
        "DateDiff",
        cases(&[
            when().literal(0, "year").sql("DATEDIFF(YEAR, {1}, {2})"),
            when()
                .literal(0, "quarter")
                .sql("DATEDIFF(QUARTER, {1}, {2})"),
            when().literal(0, "month").sql("DATEDIFF(MONTH, {1}, {2})"),
            when()
                .literal(0, "week")
                .sql(concat!("(", weeks!("{2}"), " - ", weeks!("{1}"), ")")),
            when().literal(0, "day").sql("DATEDIFF(DAY, {1}, {2})"),
            when().literal(0, "hour").sql("DATEDIFF(HOUR, {1}, {2})"),
            when()
                .literal(0, "minute")
                .sql("DATEDIFF(MINUTE, {1}, {2})"),
            when()
                .literal(0, "second")
                .sql("DATEDIFF(SECOND, {1}, {2})"),
            when()
                .literal(0, "millisecond")
                .sql("DATEDIFF(MILLISECOND, {1}, {2})"),
            when().refused(NEEDS_UNIT),
        ]),
    ),
    (
        "DateTrunc",
        by_unit! {
            "year": trunc_year;
            "quarter": trunc_quarter;
            "month": trunc_month;
            "week": trunc_week;
            "week_starting_sunday": trunc_sunday;
            "week_starting_monday": trunc_monday;
            "day": trunc_day;
            "hour": trunc_hour;
            "minute": trunc_minute;
            "second": trunc_second;
        },
    ),
    ("DatePart", DATE_PART),
    ("Year", part!(year)),
    ("Quarter", part!(quarter)),
    ("Month", part!(month)),
    ("Day", part!(day)),
    ("DayOfYear", part!(day_of_year)),
    ("Weekday", part!(weekday)),
    ("Hour", part!(hour)),
    ("Minute", part!(minute)),
    ("Second", part!(second)),
    ("MonthName", sql(MONTH)),
    ("WeekdayName", sql(WEEKDAY)),
    ("EndOfMonth", sql(last_second!("MONTH"))),
    (
        "LastDay",
        cases(&[
            when().literal(1, "year").sql(last_second!("YEAR")),
            when().literal(1, "quarter").sql(last_second!("QUARTER")),
            when().literal(1, "month").sql(last_second!("MONTH")),
            when().literal(1, "week").sql(concat!(
                "DATEADD(SECOND, 86399, DATEADD(DAY, 6 - ",
                day_of_week!("{0}"),
                ", DATE_TRUNC('DAY', {0})))"
            )),
            when().refused(NEEDS_UNIT),
        ]),
    ),
    ("MakeDate", sql(MAKE)),
    ("DateFormat", Lowering::Pattern(FORMAT)),
    ("DateParse", made(reading::date_parse, reading::REASONS)),
    ("DateFromUnix", sql(parse::FROM_SECONDS)),
    ("DateFromUnixMs", sql(parse::FROM_MILLISECONDS)),
    ("DateFromUnixUs", sql(parse::FROM_MICROSECONDS)),
    (
        "ConvertTimezone",
        cases(&[
            when().count(2).sql("CONVERT_TIMEZONE({zone}, {1}, {0})"),
            always("CONVERT_TIMEZONE({2}, {1}, {0})"),
        ]),
    ),
    ("BusinessDays", sql(BUSINESS_DAYS)),
    ("InDateRange", cases(period::RANGE)),
    ("InPriorDateRange", cases(period::PRIOR)),
];

/// The zone moves every part but the instant.
const DATE_PART: Lowering = by_unit! {
    "year": year;
    "quarter": quarter;
    "month": month;
    "week": week;
    "day": day;
    "weekday": weekday;
    "day_of_year": day_of_year;
    "hour": hour;
    "minute": minute;
    "second": second;
    "millisecond": millisecond;
    => when().literal(0, "epoch").sql(concat!("FLOOR(", seconds!("{1}"), ")"));
};

//! Dates on Databricks: `TIMESTAMP_NTZ` throughout, never by way of the session's zone.

use super::super::table::{Table, cases, sql, when};
use super::date_text::{FORMAT, PARSE};
use super::fragments::{calendar, int, seconds};

const NEEDS_ZONE: &str = "needs a literal zone, as the engine fails on a name that is none";
const NEEDS_UNIT: &str = "needs a literal unit";

macro_rules! day {
    ($x:expr) => {
        concat!("CAST(", $x, " AS DATE)")
    };
}

macro_rules! date {
    ($x:expr) => {
        concat!("CAST(", $x, " AS TIMESTAMP_NTZ)")
    };
}

/// The first day of the week of a date.
macro_rules! week {
    ($x:expr, $first:expr) => {
        concat!(
            "date_sub(",
            day!($x),
            ", pmod(dayofweek(",
            $x,
            ") - 1 - ",
            $first,
            ", 7))"
        )
    };
}

/// The start of the unit a date lies in.
macro_rules! start {
    ("year", $x:expr) => {
        date!(concat!("trunc(", day!($x), ", 'YEAR')"))
    };
    ("quarter", $x:expr) => {
        date!(concat!("trunc(", day!($x), ", 'QUARTER')"))
    };
    ("month", $x:expr) => {
        date!(concat!("trunc(", day!($x), ", 'MONTH')"))
    };
    ("week", $x:expr) => {
        date!(week!($x, "{week}"))
    };
    ("week_starting_sunday", $x:expr) => {
        date!(week!($x, "0"))
    };
    ("week_starting_monday", $x:expr) => {
        date!(week!($x, "1"))
    };
    ("day", $x:expr) => {
        date!(day!($x))
    };
    ("hour", $x:expr) => {
        concat!(
            "(",
            $x,
            " - make_dt_interval(0, 0, minute(",
            $x,
            "), extract(SECOND FROM ",
            $x,
            ")))"
        )
    };
    ("minute", $x:expr) => {
        concat!(
            "(",
            $x,
            " - make_dt_interval(0, 0, 0, extract(SECOND FROM ",
            $x,
            ")))"
        )
    };
    ("second", $x:expr) => {
        concat!(
            "(",
            $x,
            " - make_dt_interval(0, 0, 0, extract(SECOND FROM ",
            $x,
            ") % 1))"
        )
    };
}

/// Some units as an interval: `n` is a whole number that is not too large.
macro_rules! interval {
    ("year", $n:expr) => {
        concat!("make_ym_interval(", $n, ", 0)")
    };
    ("quarter", $n:expr) => {
        concat!("make_ym_interval(0, 3 * (", $n, "))")
    };
    ("month", $n:expr) => {
        concat!("make_ym_interval(0, ", $n, ")")
    };
    ("week", $n:expr) => {
        concat!("make_dt_interval(7 * (", $n, "), 0, 0, 0)")
    };
    ("day", $n:expr) => {
        concat!("make_dt_interval(", $n, ", 0, 0, 0)")
    };
    ("hour", $n:expr) => {
        concat!("make_dt_interval(0, ", $n, ", 0, 0)")
    };
    ("minute", $n:expr) => {
        concat!("make_dt_interval(0, 0, ", $n, ", 0)")
    };
    ("second", $n:expr) => {
        concat!("make_dt_interval(0, 0, 0, ", $n, ")")
    };
}

/// A whole number within more units than the calendar has.
macro_rules! amount {
    ("year", $n:expr) => { amount!(@ $n, "20000", "INT") };
    ("quarter", $n:expr) => { amount!(@ $n, "80000", "INT") };
    ("month", $n:expr) => { amount!(@ $n, "240000", "INT") };
    ("week", $n:expr) => { amount!(@ $n, "1000000", "INT") };
    ("day", $n:expr) => { amount!(@ $n, "7000000", "INT") };
    ("hour", $n:expr) => { amount!(@ $n, "170000000", "INT") };
    ("minute", $n:expr) => { int!($n) };
    ("second", $n:expr) => { amount!(@ $n, "600000000000", "BIGINT") };
    (@ $n:expr, $most:literal, $type:literal) => {
        concat!(
            "CAST(CASE WHEN ", $n, " > ", $most, " THEN ", $most, " WHEN ", $n, " < -", $most, " THEN -", $most, " ELSE ", $n,
            " END AS ", $type, ")"
        )
    };
}

macro_rules! added {
    ($unit:tt) => {
        calendar!(concat!("{2} + ", interval!($unit, amount!($unit, "{1}"))))
    };
}

macro_rules! add {
    ($($unit:tt)*) => {
        cases(&[$(when().literal(0, $unit).sql(added!($unit)),)* when().refused(NEEDS_UNIT)])
    };
}

/// The number of a unit since 1970, or since the year 0.
macro_rules! number {
    ("year", $x:expr) => {
        concat!("year(", $x, ")")
    };
    ("quarter", $x:expr) => {
        concat!("(year(", $x, ") * 4 + quarter(", $x, "))")
    };
    ("month", $x:expr) => {
        concat!("(year(", $x, ") * 12 + month(", $x, "))")
    };
    ("week", $x:expr) => {
        concat!("floor((unix_date(", day!($x), ") + 4 - {week}) / 7)")
    };
    ("day", $x:expr) => {
        concat!("unix_date(", day!($x), ")")
    };
    ("hour", $x:expr) => {
        concat!("(unix_date(", day!($x), ") * 24 + hour(", $x, "))")
    };
    ("minute", $x:expr) => {
        concat!("floor(", seconds!($x), " / 60)")
    };
    ("second", $x:expr) => {
        concat!("floor(", seconds!($x), ")")
    };
    ("millisecond", $x:expr) => {
        concat!("floor(", seconds!($x), " * 1000)")
    };
}

macro_rules! difference {
    ($($unit:tt)*) => {
        cases(&[
            $(when().literal(0, $unit).sql(concat!("(", number!($unit, "{2}"), " - ", number!($unit, "{1}"), ")")),)*
            when().refused(NEEDS_UNIT),
        ])
    };
}

/// A date argument moved from UTC to a zone.
macro_rules! moved {
    ($x:expr, $zone:expr) => {
        concat!("convert_timezone('UTC', ", $zone, ", ", $x, ")")
    };
}

macro_rules! truncated {
    ($($unit:tt)*) => {
        cases(&[
            $(when().count(2).literal(0, $unit).sql(start!($unit, "{1}")),)*
            $(when().constant(2).literal(0, $unit).sql(start!($unit, moved!("{1}", "{2}"))),)*
            when().count(3).refused(NEEDS_ZONE),
            when().refused("needs a literal precision"),
        ])
    };
}

macro_rules! part {
    ("year", $x:expr) => {
        concat!("year(", $x, ")")
    };
    ("quarter", $x:expr) => {
        concat!("quarter(", $x, ")")
    };
    ("month", $x:expr) => {
        concat!("month(", $x, ")")
    };
    ("week", $x:expr) => {
        concat!(
            "(CASE WHEN {week} = 1 THEN weekofyear(",
            $x,
            ") ELSE CAST(floor((dayofyear(",
            $x,
            ") + dayofweek(trunc(",
            day!($x),
            ", 'YEAR')) - 2) / 7) AS INT) + 1 END)"
        )
    };
    ("day", $x:expr) => {
        concat!("day(", $x, ")")
    };
    ("weekday", $x:expr) => {
        concat!("dayofweek(", $x, ")")
    };
    ("day_of_year", $x:expr) => {
        concat!("dayofyear(", $x, ")")
    };
    ("hour", $x:expr) => {
        concat!("hour(", $x, ")")
    };
    ("minute", $x:expr) => {
        concat!("minute(", $x, ")")
    };
    ("second", $x:expr) => {
        concat!("second(", $x, ")")
    };
    ("millisecond", $x:expr) => {
        concat!("(CAST(extract(SECOND FROM ", $x, ") * 1000 AS INT) % 1000)")
    };
}

macro_rules! parts {
    ($($part:tt)*) => {
        cases(&[
            when().literal(0, "epoch").sql(concat!(
                "CAST(floor(", seconds!("convert_timezone({zone}, 'UTC', {1})"), ") AS BIGINT)"
            )),
            $(when().count(2).literal(0, $part).sql(part!($part, "{1}")),)*
            $(when().constant(2).literal(0, $part).sql(part!($part, moved!("{1}", "{2}"))),)*
            when().count(3).refused(NEEDS_ZONE),
            when().refused("needs a literal part"),
        ])
    };
}

macro_rules! zoned {
    ($part:tt) => {
        cases(&[
            when().count(1).sql(part!($part, "{0}")),
            when().constant(1).sql(part!($part, moved!("{0}", "{1}"))),
            when().refused(NEEDS_ZONE),
        ])
    };
}

/// The last second of a day.
macro_rules! end {
    ($day:expr) => {
        concat!("(", date!($day), " + INTERVAL '23:59:59' HOUR TO SECOND)")
    };
}

/// Mondays to Fridays up to a day, from a Monday long ago.
macro_rules! workdays {
    ($day:expr) => {
        concat!(
            "(floor(",
            $day,
            " / 7) * 5 + least(pmod(",
            $day,
            ", 7) + 1, 5))"
        )
    };
}

macro_rules! between_days {
    ($from:expr, $to:expr) => {
        concat!(
            "(",
            workdays!(concat!("(unix_date(", day!($to), ") + 3)")),
            " - ",
            workdays!(concat!("(unix_date(", day!($from), ") + 2)")),
            ")"
        )
    };
}

/// Whether a date lies from some units behind a start to some others.
macro_rules! window {
    ($unit:tt, $start:expr, $from:expr, $behind:expr, $to:expr) => {
        concat!(
            "({0} >= ",
            $start,
            " + ",
            interval!($unit, $from),
            " AND {0} < ",
            $behind,
            " + ",
            interval!($unit, $to),
            ")"
        )
    };
}

macro_rules! length {
    () => {
        concat!(
            "CAST(greatest(least(",
            int!("{3?1}"),
            ", 50000), -50000) + 0 * {3?1} AS INT)"
        )
    };
}

macro_rules! offset {
    ($position:expr) => {
        concat!(
            "CAST(greatest(least(",
            int!($position),
            ", 50000), -50000) + 0 * ",
            $position,
            " AS INT)"
        )
    };
}

macro_rules! today {
    ($unit:tt) => {
        start!($unit, "{5?{now}}")
    };
}

macro_rules! ranges {
    ($($unit:tt)*) => {
        cases(&[
            $(when().literal(1, "last").literal(2, $unit).sql(window!(
                $unit,
                today!($unit),
                concat!("- CASE WHEN ", offset!("{4?0}"), " = 0 THEN ", length!(), " ELSE ", offset!("{4?0}"), " END"),
                today!($unit),
                concat!(length!(), " - CASE WHEN ", offset!("{4?0}"), " = 0 THEN ", length!(), " ELSE ", offset!("{4?0}"), " END")
            )),)*
            $(when().literal(1, "next").literal(2, $unit).sql(window!(
                $unit,
                today!($unit),
                concat!("CASE WHEN ", offset!("{4?0}"), " = 0 THEN 1 ELSE ", offset!("{4?0}"), " END"),
                today!($unit),
                concat!("CASE WHEN ", offset!("{4?0}"), " = 0 THEN 1 ELSE ", offset!("{4?0}"), " END + ", length!())
            )),)*
            $(when().literal(1, "current").literal(2, $unit).sql(window!(
                $unit, today!($unit), offset!("{4?0}"), today!($unit), concat!(offset!("{4?0}"), " + ", length!())
            )),)*
            $(when().literal(1, "to_date").literal(2, $unit).sql(window!(
                $unit,
                today!($unit),
                concat!(offset!("{4?0}"), " - ", length!(), " + 1"),
                concat!("(", today!("day"), " + INTERVAL '1' DAY)"),
                offset!("{4?0}")
            )),)*
            when().refused("needs a literal direction and period"),
        ])
    };
}

/// Today some larger periods ago.
macro_rules! prior {
    ($($unit:tt)*) => {
        concat!(
            "(CASE lower({2})",
            $(" WHEN '", $unit, "' THEN {4?{now}} - ", interval!($unit, offset!("{3?1}")),)*
            " END)"
        )
    };
}

macro_rules! priors {
    ($($unit:tt)*) => {
        cases(&[
            $(when().literal(1, $unit).sql(concat!(
                "({0} >= ", start!($unit, prior!("year" "quarter" "month" "week" "day" "hour" "minute" "second")),
                " AND {0} < ", start!($unit, prior!("year" "quarter" "month" "week" "day" "hour" "minute" "second")), " + ",
                interval!($unit, "1"), ")"
            )),)*
            when().refused("needs a literal period"),
        ])
    };
}

/// The date of a number of parts of a second since 1970, within the calendar.
macro_rules! unix {
    ($most:expr, $decimal:expr) => {
        calendar!(concat!(
            "convert_timezone('UTC', {zone}, TIMESTAMP_NTZ'1970-01-01 00:00:00' + make_dt_interval(0, 0, 0, CAST(",
            "CAST(CASE WHEN {0} BETWEEN -", $most, " AND ", $most, " THEN {0} END AS ", $decimal, " AS DECIMAL(18, 6))))"
        ))
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    (
        "DateAdd",
        add!("year" "quarter" "month" "week" "day" "hour" "minute" "second"),
    ),
    (
        "DateDiff",
        difference!("year" "quarter" "month" "week" "day" "hour" "minute" "second" "millisecond"),
    ),
    (
        "DateTrunc",
        truncated!(
            "year" "quarter" "month" "week" "week_starting_sunday" "week_starting_monday" "day" "hour" "minute" "second"
        ),
    ),
    (
        "DatePart",
        parts!(
            "year" "quarter" "month" "week" "day" "weekday" "day_of_year" "hour" "minute" "second" "millisecond"
        ),
    ),
    ("Year", zoned!("year")),
    ("Quarter", sql("quarter({0})")),
    ("Month", zoned!("month")),
    ("Day", zoned!("day")),
    ("DayOfYear", zoned!("day_of_year")),
    ("Weekday", zoned!("weekday")),
    ("Hour", zoned!("hour")),
    ("Minute", zoned!("minute")),
    ("Second", sql("second({0})")),
    ("MonthName", sql("date_format(CAST({0} AS DATE), 'MMMM')")),
    ("WeekdayName", sql("date_format(CAST({0} AS DATE), 'EEEE')")),
    ("EndOfMonth", sql(end!("last_day({0})"))),
    (
        "LastDay",
        cases(&[
            when().literal(1, "year").sql(end!(
                "last_day(add_months(trunc(CAST({0} AS DATE), 'YEAR'), 11))"
            )),
            when().literal(1, "quarter").sql(end!(
                "last_day(add_months(trunc(CAST({0} AS DATE), 'QUARTER'), 2))"
            )),
            when().literal(1, "month").sql(end!("last_day({0})")),
            when().literal(1, "week").sql(calendar!(end!(concat!(
                "date_add(",
                week!("{0}", "{week}"),
                ", 6)"
            )))),
            when().refused("needs a literal precision"),
        ]),
    ),
    (
        "MakeDate",
        sql(concat!(
            "(CASE WHEN ",
            int!("{0}"),
            " BETWEEN 0 AND 9999 AND ",
            int!("{5?0}"),
            " < 60 THEN try_make_timestamp_ntz(",
            int!("{0}"),
            ", ",
            int!("{1}"),
            ", ",
            int!("{2}"),
            ", ",
            int!("{3?0}"),
            ", ",
            int!("{4?0}"),
            ", ",
            int!("{5?0}"),
            ") END)"
        )),
    ),
    ("DateFormat", sql(FORMAT)),
    ("DateParse", sql(PARSE)),
    (
        "DateFromUnix",
        sql(unix!("300000000000", "DECIMAL(18, 6))")),
    ),
    (
        "DateFromUnixMs",
        sql(unix!("300000000000000", "DECIMAL(18, 3)) * 0.001")),
    ),
    (
        "DateFromUnixUs",
        sql(unix!("300000000000000000", "DECIMAL(18, 0)) * 0.000001")),
    ),
    (
        "ConvertTimezone",
        cases(&[
            when()
                .count(2)
                .constant(1)
                .sql(calendar!("convert_timezone({zone}, {1}, {0})")),
            when()
                .constant(1)
                .constant(2)
                .sql(calendar!("convert_timezone({2}, {1}, {0})")),
            when().refused(NEEDS_ZONE),
        ]),
    ),
    (
        "BusinessDays",
        sql(concat!(
            "(CASE WHEN {0} <= {1} THEN ",
            between_days!("{0}", "{1}"),
            " WHEN {0} > {1} THEN - ",
            between_days!("{1}", "{0}"),
            " END)"
        )),
    ),
    (
        "InDateRange",
        ranges!("year" "quarter" "month" "week" "day" "hour" "minute" "second"),
    ),
    (
        "InPriorDateRange",
        priors!("year" "quarter" "month" "week" "day" "hour" "minute" "second"),
    ),
    ("Now", sql("{now}")),
    ("Today", sql("{today}")),
];

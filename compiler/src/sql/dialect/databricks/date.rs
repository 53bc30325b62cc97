//! Dates on Databricks: `TIMESTAMP_NTZ` throughout, never by way of the session's zone.

use super::super::table::{Table, cases, sql, when};
use super::date_ranges::{BUSINESS_DAYS, IN_DATE_RANGE, IN_PRIOR_DATE_RANGE};
use super::date_text::{FORMAT, PARSE};
use super::date_units::{amount, date, day, end, interval, moved, number, part, start, week};
use super::fragments::{calendar, int, seconds};

const NEEDS_ZONE: &str = "needs a literal zone, as the engine fails on a name that is none";
const NEEDS_UNIT: &str = "needs a literal unit";

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

macro_rules! difference {
    ($($unit:tt)*) => {
        cases(&[
            $(when().literal(0, $unit).sql(concat!("(", number!($unit, "{2}"), " - ", number!($unit, "{1}"), ")")),)*
            when().refused(NEEDS_UNIT),
        ])
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
    ("BusinessDays", BUSINESS_DAYS),
    ("InDateRange", IN_DATE_RANGE),
    ("InPriorDateRange", IN_PRIOR_DATE_RANGE),
    ("Now", sql("{now}")),
    ("Today", sql("{today}")),
];

//! Dates on `DuckDB`.

use super::super::table::{Table, cases, sql, when};
use super::part::{DATE_PART, DATE_TRUNC};
use super::pattern;
use super::range::{IN_DATE_RANGE, IN_PRIOR_DATE_RANGE};
use crate::formula::functions::Lowering;

/// A date moved by units.
macro_rules! moved {
    ($interval:literal) => {
        calendar!(concat!("{2} + ", $interval, "(", whole!("{1}"), ")"))
    };
}

/// Weeks between two dates, from Sunday (0) or Monday (1). The day counted from is a Sunday before every date.
macro_rules! weeks {
    ($first:literal) => {
        concat!(
            "((date_diff('day', TIMESTAMP '1969-12-28', {2}) + 1400000 - ",
            $first,
            ") // 7 - (date_diff('day', TIMESTAMP '1969-12-28', {1}) + 1400000 - ",
            $first,
            ") // 7)"
        )
    };
}

/// A function of a date, or of a date in UTC as a zone reads it when a second argument names one.
macro_rules! part {
    ($before:literal, $after:literal) => {
        cases(&[
            when().count(1).sql(concat!($before, "{0}", $after)),
            when().sql(concat!($before, in_zone!("{0}", "{1}"), $after)),
        ])
    };
}

/// The last second of a unit.
macro_rules! last_second {
    ($start:expr, $interval:literal) => {
        concat!(
            "(",
            $start,
            " + INTERVAL ",
            $interval,
            " - INTERVAL 1 SECOND)"
        )
    };
}

/// Mondays to Fridays from a Monday before every date up to, not including, a day.
macro_rules! working_days {
    ($days:literal) => {
        concat!("(", $days, " // 7 * 5 + least(", $days, " % 7, 5))")
    };
}

const DATE_ADD: Lowering = cases(&[
    when().literal(0, "year").sql(moved!("to_years")),
    when().literal(0, "quarter").sql(moved!("to_quarters")),
    when().literal(0, "month").sql(moved!("to_months")),
    when().literal(0, "day").sql(moved!("to_days")),
    when().literal(0, "hour").sql(moved!("to_hours")),
    when().literal(0, "minute").sql(moved!("to_minutes")),
    when().literal(0, "second").sql(moved!("to_seconds")),
    when().literal(0, "week").sql(moved!("to_weeks")),
    when().refused("needs a literal unit"),
]);

const DATE_DIFF: Lowering = cases(&[
    when().literal(0, "year").sql("date_diff('year', {1}, {2})"),
    when()
        .literal(0, "quarter")
        .sql("date_diff('quarter', {1}, {2})"),
    when()
        .literal(0, "month")
        .sql("date_diff('month', {1}, {2})"),
    when().literal(0, "day").sql("date_diff('day', {1}, {2})"),
    when().literal(0, "hour").sql("date_diff('hour', {1}, {2})"),
    when()
        .literal(0, "minute")
        .sql("date_diff('minute', {1}, {2})"),
    when()
        .literal(0, "second")
        .sql("date_diff('second', {1}, {2})"),
    when()
        .literal(0, "millisecond")
        .sql("date_diff('millisecond', {1}, {2})"),
    when().literal(0, "week").sql(weeks!("{week}")),
    when().refused("needs a literal unit"),
]);

const LAST_DAY: Lowering = cases(&[
    when()
        .literal(1, "year")
        .sql(last_second!("date_trunc('year', {0})", "1 YEAR")),
    when()
        .literal(1, "quarter")
        .sql(last_second!("date_trunc('quarter', {0})", "3 MONTH")),
    when()
        .literal(1, "month")
        .sql(last_second!("date_trunc('month', {0})", "1 MONTH")),
    when()
        .literal(1, "week")
        .sql(last_second!(week_start!("{week}", "{0}"), "7 DAY")),
    when().refused("needs a literal precision"),
]);

/// The family.
pub(super) const TABLE: Table = &[
    ("DateAdd", DATE_ADD),
    ("DateDiff", DATE_DIFF),
    ("DateTrunc", DATE_TRUNC),
    ("DatePart", DATE_PART),
    ("Year", part!("year(", ")")),
    ("Quarter", sql("quarter({0})")),
    ("Month", part!("month(", ")")),
    ("Day", part!("day(", ")")),
    ("DayOfYear", part!("dayofyear(", ")")),
    ("Weekday", part!("(dayofweek(", ") + 1)")),
    ("Hour", part!("hour(", ")")),
    ("Minute", part!("minute(", ")")),
    ("Second", sql("second({0})")),
    ("MonthName", sql("monthname({0})")),
    ("WeekdayName", sql("dayname({0})")),
    (
        "EndOfMonth",
        sql(last_second!("date_trunc('month', {0})", "1 MONTH")),
    ),
    ("LastDay", LAST_DAY),
    (
        "MakeDate",
        sql(concat!(
            "list_transform([struct_pack(y := ",
            whole!("{0}"),
            ", m := ",
            whole!("{1}"),
            ", d := ",
            whole!("{2}"),
            ", h := ",
            whole!("{3?0}"),
            ", n := ",
            whole!("{4?0}"),
            ", s := ",
            whole!("{5?0}"),
            ")], ",
            "lambda p: CASE WHEN (p).y BETWEEN 0 AND 9999 AND (p).h BETWEEN 0 AND 23 AND (p).n BETWEEN 0 AND 59 AND (p).s BETWEEN 0 AND 59 ",
            "THEN TRY(make_timestamp((p).y, (p).m, (p).d, (p).h, (p).n, CAST((p).s AS DOUBLE))) END)[1]"
        )),
    ),
    ("DateFormat", pattern::DATE_FORMAT),
    ("DateParse", pattern::DATE_PARSE),
    (
        "ConvertTimezone",
        cases(&[
            when().count(2).sql(calendar!(concat!(
                instant!("{0}", "{zone}"),
                " AT TIME ZONE {1}"
            ))),
            when().sql(calendar!(concat!(
                instant!("{0}", "{2}"),
                " AT TIME ZONE {1}"
            ))),
        ]),
    ),
    (
        "BusinessDays",
        sql(concat!(
            "list_transform([struct_pack(a := least({0}, {1}), z := greatest({0}, {1}), r := {0} > {1})], ",
            "lambda s: list_transform([struct_pack(r := (s).r, a := date_diff('day', TIMESTAMP '1969-12-29', (s).a) + 1400000, ",
            "z := date_diff('day', TIMESTAMP '1969-12-29', (s).z) + 1400001)], ",
            "lambda s: CASE (s).r WHEN TRUE THEN -1 WHEN FALSE THEN 1 END * (",
            working_days!("(s).z"),
            " - ",
            working_days!("(s).a"),
            "))[1])[1]"
        )),
    ),
    ("InDateRange", IN_DATE_RANGE),
    ("InPriorDateRange", IN_PRIOR_DATE_RANGE),
    ("Now", sql("{now}")),
    ("Today", sql("{today}")),
];

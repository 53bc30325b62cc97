//! Dates.

use super::declare::{
    DATE, LOGICAL, NUMBER, TEXT, choice, date, number, param, replaced, scalar, text,
};
use super::lowering::Lowering;
use super::signature::{Accepts, Category, Function, Kind, Valid};
use crate::formula::eval::{convert, dates};
use crate::value::Type;

const D: Category = Category::Date;
const UNITS: &[&str] = &[
    "year", "quarter", "month", "week", "day", "hour", "minute", "second",
];
const DIFF_UNITS: &[&str] = &[
    "year",
    "quarter",
    "month",
    "week",
    "day",
    "hour",
    "minute",
    "second",
    "millisecond",
];
const PRECISIONS: &[&str] = &[
    "year",
    "quarter",
    "month",
    "week",
    "week_starting_sunday",
    "week_starting_monday",
    "day",
    "hour",
    "minute",
    "second",
];
const PARTS: &[&str] = &[
    "year",
    "quarter",
    "month",
    "week",
    "day",
    "weekday",
    "day_of_year",
    "hour",
    "minute",
    "second",
    "millisecond",
    "epoch",
];
const LAST_DAY: &[&str] = &["year", "quarter", "month", "week"];
const DIRECTIONS: &[&str] = &["last", "next", "current", "to_date"];

const fn system(name: &'static str, doc: &'static str) -> Function {
    let mut f = scalar(D, name, &[], DATE, doc);
    f.kind = Kind::System;
    f
}

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    scalar(D, "DateAdd", &[choice("unit", UNITS), number("amount"), date("date")], DATE, "Moves a date by some units; steps of months and longer stay within the month.")
        .example("DateAdd(\"month\", 1, Date(\"2026-01-31\"))", "Date(\"2026-02-28\")").eval(dates::date_add),
    scalar(D, "DateDiff", &[choice("unit", DIFF_UNITS), date("start"), date("end")], NUMBER, "Number of unit boundaries between two dates.")
        .example("DateDiff(\"year\", Date(\"2025-12-31\"), Date(\"2026-01-01\"))", "1").eval(dates::date_diff)
        .sql(Lowering::ByLiteral { argument: 0, count: 3, cases: &[
            ("day", "CAST(julianday(substr({2}, 1, 10)) - julianday(substr({1}, 1, 10)) AS INTEGER)"),
            ("year", "(CAST(substr({2}, 1, 4) AS INTEGER) - CAST(substr({1}, 1, 4) AS INTEGER))"),
        ] }),
    scalar(D, "DateTrunc", &[choice("precision", PRECISIONS).constant(), date("date"), text("timezone").optional()], DATE, "The start of the unit a date lies in.")
        .example("DateTrunc(\"quarter\", Date(\"2026-05-17 10:00:00\"))", "Date(\"2026-04-01\")").eval(dates::date_trunc)
        .sql(Lowering::ByLiteral { argument: 0, count: 2, cases: &[
            ("year", "(substr({1}, 1, 4) || '-01-01 00:00:00')"),
            ("month", "(substr({1}, 1, 7) || '-01 00:00:00')"),
            ("week", "datetime(substr({1}, 1, 10), '-6 days', 'weekday {week}')"),
            ("week_starting_sunday", "datetime(substr({1}, 1, 10), '-6 days', 'weekday 0')"),
            ("week_starting_monday", "datetime(substr({1}, 1, 10), '-6 days', 'weekday 1')"),
            ("day", "(substr({1}, 1, 10) || ' 00:00:00')"),
            ("hour", "(substr({1}, 1, 13) || ':00:00')"),
            ("minute", "(substr({1}, 1, 16) || ':00')"),
            ("second", "substr({1}, 1, 19)"),
        ] }),
    scalar(D, "DatePart", &[choice("part", PARTS), date("date"), text("timezone").optional()], NUMBER, "The number of a part of a date.")
        .example("DatePart(\"weekday\", Date(\"2026-01-31\"))", "7").eval(dates::date_part),
    scalar(D, "Year", &[date("date"), text("timezone").optional()], NUMBER, "The year.")
        .example("Year(Date(\"2026-01-31\"))", "2026").eval(dates::year).sql(Lowering::ByCount(&[(1, "CAST(substr({0}, 1, 4) AS INTEGER)")])),
    scalar(D, "Quarter", &[date("date")], NUMBER, "The calendar quarter, 1 to 4.")
        .example("Quarter(Date(\"2026-05-17\"))", "2").eval(dates::quarter).template("((CAST(substr({0}, 6, 2) AS INTEGER) + 2) / 3)"),
    scalar(D, "Month", &[date("date"), text("timezone").optional()], NUMBER, "The month, 1 to 12.")
        .example("Month(Date(\"2026-05-17\"))", "5").eval(dates::month).sql(Lowering::ByCount(&[(1, "CAST(substr({0}, 6, 2) AS INTEGER)")])),
    scalar(D, "Day", &[date("date"), text("timezone").optional()], NUMBER, "The day of the month.")
        .example("Day(Date(\"2026-05-17\"))", "17").eval(dates::day).sql(Lowering::ByCount(&[(1, "CAST(substr({0}, 9, 2) AS INTEGER)")])),
    scalar(D, "DayOfYear", &[date("date"), text("timezone").optional()], NUMBER, "The day of the year, from 1.")
        .example("DayOfYear(Date(\"2026-02-01\"))", "32").eval(dates::day_of_year).sql(Lowering::ByCount(&[(1, "CAST(strftime('%j', substr({0}, 1, 10)) AS INTEGER)")])),
    scalar(D, "Weekday", &[date("date"), text("timezone").optional()], NUMBER, "The day of the week; 1 is Sunday.")
        .example("Weekday(Date(\"2026-02-01\"))", "1").eval(dates::weekday).sql(Lowering::ByCount(&[(1, "(CAST(strftime('%w', substr({0}, 1, 10)) AS INTEGER) + 1)")])),
    scalar(D, "Hour", &[date("date"), text("timezone").optional()], NUMBER, "The hour, 0 to 23.")
        .example("Hour(Date(\"2026-02-01 13:05:09\"), \"America/Sao_Paulo\")", "10").eval(dates::hour).sql(Lowering::ByCount(&[(1, "CAST(substr({0}, 12, 2) AS INTEGER)")])),
    scalar(D, "Minute", &[date("date"), text("timezone").optional()], NUMBER, "The minute.")
        .example("Minute(Date(\"2026-02-01 13:05:09\"))", "5").eval(dates::minute).sql(Lowering::ByCount(&[(1, "CAST(substr({0}, 15, 2) AS INTEGER)")])),
    scalar(D, "Second", &[date("date")], NUMBER, "The whole second.")
        .example("Second(Date(\"2026-02-01 13:05:09.5\"))", "9").eval(dates::second).template("CAST(substr({0}, 18, 2) AS INTEGER)"),
    scalar(D, "MonthName", &[date("date")], TEXT, "The English name of the month.")
        .example("MonthName(Date(\"2026-05-17\"))", "\"May\"").eval(dates::month_name),
    scalar(D, "WeekdayName", &[date("date")], TEXT, "The English name of the day of the week.")
        .example("WeekdayName(Date(\"2026-02-01\"))", "\"Sunday\"").eval(dates::weekday_name),
    scalar(D, "EndOfMonth", &[date("date")], DATE, "The last second of the month.")
        .example("EndOfMonth(Date(\"2024-02-07\"))", "Date(\"2024-02-29 23:59:59\")").eval(dates::end_of_month),
    scalar(D, "LastDay", &[date("date"), choice("precision", LAST_DAY)], DATE, "The last second of the unit a date lies in; the date comes first.")
        .example("LastDay(Date(\"2026-05-17\"), \"quarter\")", "Date(\"2026-06-30 23:59:59\")").eval(dates::last_day),
    scalar(D, "MakeDate", &[number("year"), number("month"), number("day"), number("hour").optional(), number("minute").optional(), number("second").optional()], DATE, "A date of its parts; Null when they make none.")
        .example("MakeDate(2026, 2, 30)", "Null").eval(dates::make_date),
    scalar(D, "DateFormat", &[date("date"), text("format").valid(Valid::DateFormat)], TEXT, "A date as text, by a pattern such as `%Y-%m-%d`.")
        .example("DateFormat(Date(\"2026-01-05 15:07:00\"), \"%b %-d, %Y %I:%M %p\")", "\"Jan 5, 2026 03:07 PM\"").eval(dates::date_format),
    scalar(D, "DateParse", &[text("text"), text("format").valid(Valid::DateFormat)], DATE, "Reads a date by a pattern; Null when the text does not follow it.")
        .example("DateParse(\"31/01/2026\", \"%d/%m/%Y\")", "Date(\"2026-01-31\")").eval(dates::date_parse),
    scalar(D, "DateFromUnix", &[number("seconds")], DATE, "The date of a number of seconds since 1970, UTC.")
        .example("DateFromUnix(86400)", "Date(\"1970-01-02\")").eval(dates::date_from_unix),
    scalar(D, "DateFromUnixMs", &[number("milliseconds")], DATE, "The date of a number of milliseconds since 1970, UTC.")
        .example("DateFromUnixMs(1500)", "Date(\"1970-01-01 00:00:01.5\")").eval(dates::date_from_unix_ms),
    scalar(D, "DateFromUnixUs", &[number("microseconds")], DATE, "The date of a number of microseconds since 1970, UTC.")
        .example("DateFromUnixUs(1500000)", "Date(\"1970-01-01 00:00:01.5\")").eval(dates::date_from_unix_us),
    scalar(D, "ConvertTimezone", &[date("date"), text("to_timezone"), text("from_timezone").optional()], DATE, "Wall-clock time of one zone as that of another; the source is the project's zone unless said.")
        .example("ConvertTimezone(Date(\"2026-01-31 12:00:00\"), \"America/Sao_Paulo\", \"UTC\")", "Date(\"2026-01-31 09:00:00\")").eval(dates::convert_timezone),
    scalar(D, "BusinessDays", &[date("start"), date("end")], NUMBER, "Mondays to Fridays between two dates, both included.")
        .example("BusinessDays(Date(\"2026-01-30\"), Date(\"2026-02-02\"))", "2").eval(dates::business_days),
    scalar(D, "InDateRange", &[date("date"), choice("direction", DIRECTIONS), choice("period", UNITS), number("length").optional(), number("offset").optional(), date("today").optional()], LOGICAL, "Whether a date lies in a window of whole periods around today.")
        .example("InDateRange(Date(\"2026-01-31\"), \"last\", \"month\", 1, 0, Date(\"2026-02-15\"))", "True").eval(dates::in_date_range)
        .sql(Lowering::ByCount(&[(3, "bw_in_date_range({0..}, 1, 0, {today})"), (4, "bw_in_date_range({0..}, 0, {today})"), (5, "bw_in_date_range({0..}, {today})")])),
    scalar(D, "InPriorDateRange", &[date("date"), choice("range_period", UNITS), choice("prior_period", UNITS), number("offset").optional(), date("today").optional()], LOGICAL, "Whether a date lies in the running period, some larger periods ago.")
        .example("InPriorDateRange(Date(\"2025-02-28\"), \"month\", \"year\", 1, Date(\"2026-02-15\"))", "True").eval(dates::in_prior_date_range)
        .sql(Lowering::ByCount(&[(3, "bw_in_prior_date_range({0..}, 1, {today})"), (4, "bw_in_prior_date_range({0..}, {today})")])),
    system("Now", "The moment the request runs, the same for the whole page.")
        .example("Now() >= Today()", "True").eval(dates::now).template("{now}"),
    system("Today", "Midnight of the day the request runs.")
        .example("Today() = DateTrunc(\"day\", Now())", "True").eval(dates::today).template("{today}"),
    scalar(D, "DateTime", &[param("value", Accepts::OneOf(&[Type::Text, Type::Date]))], DATE, "As `Date`; text may also be `mm/dd/yyyy`.")
        .example("DateTime(\"03/07/2026\")", "Date(\"2026-03-07\")").eval(convert::date_time),
    replaced(D, Kind::Window, "DateLookback", &[param("value", Accepts::Same), date("date"), number("amount").constant(), choice("period", UNITS)], super::declare::SAME, "The value some periods earlier, found by date; Null when there is no such row.")
        .example("DateLookback(Sum([N]), [D], 1, \"year\")", "Null"),
];

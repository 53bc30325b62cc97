//! Dates on `PostgreSQL`. A column may be a DATE, whose `date_trunc` would give an instant: hence the casts.

use super::super::table::{Table, cases, made, sql, when};
use super::format::{NEEDS_FORMAT, date_format};
use super::forms::{day_before, instant, part};
use super::iso::{date_time, literal, of_unix, of_unix_us};
use super::parse::date_parse;
use super::range::{NEEDS_UNIT, in_date_range, in_prior_date_range, trunc};
use super::zone::{in_zone, known};
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;

/// The units added, cut to a whole number.
macro_rules! amount {
    () => {
        "trunc(CAST({1} AS DOUBLE PRECISION))"
    };
}

/// Some units later, while that lies in the years 0 to 9999; `seconds` is the length of a unit.
macro_rules! later {
    ($interval:literal, $seconds:literal) => {
        concat!(
            "(CASE WHEN extract(epoch FROM {2}) + ",
            amount!(),
            " * ",
            $seconds,
            " BETWEEN -62167219200 AND 253402300799.999999 THEN {2} + ",
            amount!(),
            " * INTERVAL '",
            $interval,
            "' END)"
        )
    };
    (months $months:literal) => {
        concat!(
            "(CASE WHEN extract(year FROM {2}) * 12 + extract(month FROM {2}) - 1 + ",
            amount!(),
            " * ",
            $months,
            " BETWEEN 0 AND 119999 THEN {2} + ",
            amount!(),
            " * INTERVAL '",
            $months,
            " months' END)"
        )
    };
}

/// Whole units since 1970, of an end minus of a start.
macro_rules! boundaries {
    ($units:literal) => {
        concat!(
            "CAST(floor(extract(epoch FROM {2})",
            $units,
            ") - floor(extract(epoch FROM {1})",
            $units,
            ") AS BIGINT)"
        )
    };
}

/// The week's first day of a date.
macro_rules! week {
    ($date:literal) => {
        concat!(
            "CAST(date_trunc('week', ",
            $date,
            " + (1 - {week}) * INTERVAL '1 day') AS DATE)"
        )
    };
}

/// The last second of a unit.
macro_rules! last {
    ($unit:literal, $length:literal) => {
        concat!(
            "(date_trunc('",
            $unit,
            "', CAST({0} AS TIMESTAMP)) + INTERVAL '",
            $length,
            "' - INTERVAL '1 second')"
        )
    };
}

/// Mondays to Fridays from the year 1, which began on a Monday, to before a day.
macro_rules! workdays {
    ($date:literal, $more:literal) => {
        concat!(
            "((CAST(",
            $date,
            " AS DATE) - DATE '0001-01-01' + ",
            $more,
            ") / 7 * 5 + least((CAST(",
            $date,
            " AS DATE) - DATE '0001-01-01' + ",
            $more,
            ") % 7, 5))"
        )
    };
}

const WEEK: &str = "(CASE WHEN {week} = 1 THEN CAST(extract(week FROM $d) AS BIGINT) ELSE (CAST(extract(doy FROM $d) AS BIGINT) - 1 + CAST(extract(dow FROM date_trunc('year', $d)) AS BIGINT)) / 7 + 1 END)";
const WEEKDAY: &str = "CAST(extract(dow FROM $d) + 1 AS BIGINT)";

fn date_trunc(args: &[Expr]) -> Result<Writing, &'static str> {
    let unit = literal(args, 0).and_then(trunc).ok_or(NEEDS_UNIT)?;
    Ok(in_zone(args, 1, &unit))
}

fn date_part(args: &[Expr]) -> Result<Writing, &'static str> {
    let unit = literal(args, 0).ok_or(NEEDS_UNIT)?.to_ascii_lowercase();
    let template = match &*unit {
        "epoch" => {
            let seconds = concat!(
                "CAST(floor(extract(epoch FROM ",
                instant!("{1}", "{zone}"),
                ")) AS BIGINT)"
            );
            return Ok(Writing::plain(seconds.to_owned()));
        }
        "week" => WEEK.to_owned(),
        "weekday" => WEEKDAY.to_owned(),
        "day_of_year" => part!("doy", "$d").to_owned(),
        "millisecond" => concat!(part!("milliseconds", "$d"), " % 1000").to_owned(),
        "year" | "quarter" | "month" | "day" | "hour" | "minute" | "second" => {
            part!("UNIT", "$d").replace("UNIT", &unit)
        }
        _ => return Err(NEEDS_UNIT),
    };
    Ok(in_zone(args, 1, &format!("({template})")))
}

/// The project's zone, or the one that is named third, is where the date is read.
fn convert_timezone(args: &[Expr]) -> Writing {
    let local = if args.len() > 2 {
        instant!("{0}", "{2}")
    } else {
        instant!("{0}", "{zone}")
    };
    let converted = known(args, 1, &format!("({local} AT TIME ZONE {{1}})"));
    Writing::plain(if args.len() > 2 {
        known(args, 2, &converted)
    } else {
        converted
    })
}

/// The family.
pub(super) const TABLE: Table = &[
    ("DateAdd", cases(&[
        when().literal(0, "year").sql(later!(months "12")),
        when().literal(0, "quarter").sql(later!(months "3")),
        when().literal(0, "month").sql(later!(months "1")),
        when().literal(0, "week").sql(later!("7 days", "604800")),
        when().literal(0, "day").sql(later!("1 day", "86400")),
        when().literal(0, "hour").sql(later!("1 hour", "3600")),
        when().literal(0, "minute").sql(later!("1 minute", "60")),
        when().literal(0, "second").sql(later!("1 second", "1")),
    ])),
    ("DateDiff", cases(&[
        when().literal(0, "year").sql("CAST(extract(year FROM {2}) - extract(year FROM {1}) AS BIGINT)"),
        when().literal(0, "quarter").sql("CAST((extract(year FROM {2}) - extract(year FROM {1})) * 4 + extract(quarter FROM {2}) - extract(quarter FROM {1}) AS BIGINT)"),
        when().literal(0, "month").sql("CAST((extract(year FROM {2}) - extract(year FROM {1})) * 12 + extract(month FROM {2}) - extract(month FROM {1}) AS BIGINT)"),
        when().literal(0, "week").sql(concat!("CAST((", week!("{2}"), " - ", week!("{1}"), ") / 7 AS BIGINT)")),
        when().literal(0, "day").sql("CAST(CAST({2} AS DATE) - CAST({1} AS DATE) AS BIGINT)"),
        when().literal(0, "hour").sql(boundaries!(" / 3600")),
        when().literal(0, "minute").sql(boundaries!(" / 60")),
        when().literal(0, "second").sql(boundaries!("")),
        when().literal(0, "millisecond").sql(boundaries!(" * 1000")),
    ])),
    ("DateTrunc", made(date_trunc, &[NEEDS_UNIT])),
    ("DatePart", made(date_part, &[NEEDS_UNIT])),
    ("Year", made(|args| Ok(in_zone(args, 0, part!("year", "$d"))), &[])),
    ("Quarter", sql(part!("quarter", "{0}"))),
    ("Month", made(|args| Ok(in_zone(args, 0, part!("month", "$d"))), &[])),
    ("Day", made(|args| Ok(in_zone(args, 0, part!("day", "$d"))), &[])),
    ("DayOfYear", made(|args| Ok(in_zone(args, 0, part!("doy", "$d"))), &[])),
    ("Weekday", made(|args| Ok(in_zone(args, 0, WEEKDAY)), &[])),
    ("Hour", made(|args| Ok(in_zone(args, 0, part!("hour", "$d"))), &[])),
    ("Minute", made(|args| Ok(in_zone(args, 0, part!("minute", "$d"))), &[])),
    ("Second", sql(part!("second", "{0}"))),
    ("MonthName", sql("to_char({0}, 'FMMonth')")),
    ("WeekdayName", sql("to_char({0}, 'FMDay')")),
    ("EndOfMonth", sql(last!("month", "1 month"))),
    ("LastDay", cases(&[
        when().literal(1, "year").sql(last!("year", "1 year")),
        when().literal(1, "quarter").sql(last!("quarter", "3 months")),
        when().literal(1, "month").sql(last!("month", "1 month")),
        when().literal(1, "week").sql("(date_trunc('week', {0} + (1 - {week}) * INTERVAL '1 day') + (6 + {week}) * INTERVAL '1 day' - INTERVAL '1 second')"),
    ])),
    ("MakeDate", sql("(CASE WHEN {0} > -1 AND {0} < 10000 AND {1} >= 1 AND {1} < 13 AND {2} >= 1 AND {2} < 32 AND {3?0} > -1 AND {3?0} < 24 AND {4?0} > -1 AND {4?0} < 60 AND {5?0} > -1 AND {5?0} < 60 THEN CASE WHEN trunc({2}) <= extract(day FROM make_date(CASE WHEN {0} < 1 THEN -1 ELSE CAST(trunc({0}) AS INTEGER) END, CAST(trunc({1}) AS INTEGER), 1) + INTERVAL '1 month' - INTERVAL '1 day') THEN make_timestamp(CASE WHEN {0} < 1 THEN -1 ELSE CAST(trunc({0}) AS INTEGER) END, CAST(trunc({1}) AS INTEGER), CAST(trunc({2}) AS INTEGER), CAST(trunc({3?0}) AS INTEGER), CAST(trunc({4?0}) AS INTEGER), trunc(CAST({5?0} AS DOUBLE PRECISION))) END END)")),
    ("DateFormat", made(date_format, &[NEEDS_FORMAT])),
    ("DateParse", made(date_parse, &[NEEDS_FORMAT])),
    ("DateFromUnix", made(|_| Ok(Writing::plain(of_unix("{0}", "second", 1))), &[])),
    ("DateFromUnixMs", made(|_| Ok(Writing::plain(of_unix("{0}", "millisecond", 1000))), &[])),
    ("DateFromUnixUs", made(|_| Ok(Writing::plain(of_unix_us())), &[])),
    ("ConvertTimezone", made(|args| Ok(convert_timezone(args)), &[])),
    ("BusinessDays", sql(concat!("CAST(CASE WHEN {0} <= {1} THEN ", workdays!("{1}", "1"), " - ", workdays!("{0}", "0"), " ELSE ", workdays!("{1}", "0"), " - ", workdays!("{0}", "1"), " END AS BIGINT)"))),
    ("InDateRange", made(in_date_range, &[NEEDS_UNIT])),
    ("InPriorDateRange", made(in_prior_date_range, &[NEEDS_UNIT])),
    ("Now", sql("{now}")),
    ("Today", sql("{today}")),
    ("DateTime", made(|args| Ok(date_time(args)), &[])),
];

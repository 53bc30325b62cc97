//! Units and parts of a date on `DuckDB`, as it is or moved from UTC to a zone.

use super::super::table::{cases, when};
use crate::formula::functions::Lowering;

/// A unit of `DateTrunc`.
macro_rules! start {
    ($unit:literal, $date:expr) => {
        concat!("date_trunc('", $unit, "', ", $date, ")")
    };
}

/// The date behind a word.
macro_rules! plain {
    () => {
        "{1}"
    };
}

/// The date behind a word, which is a time in UTC, as the zone behind it reads it.
macro_rules! zoned {
    () => {
        in_zone!("{1}", "{2}")
    };
}

/// Number of a week of the year: of ISO 8601, or from the Sunday that begins the week of January 1.
macro_rules! week_number {
    ($date:expr) => {
        concat!(
            "list_transform([",
            $date,
            "], lambda d: CASE WHEN {week} = 1 THEN week(d) ",
            "ELSE (dayofyear(d) - 1 + dayofweek(date_trunc('year', d))) // 7 + 1 END)[1]"
        )
    };
}

/// `DateTrunc`
pub(super) const DATE_TRUNC: Lowering = cases(&[
    when()
        .count(2)
        .literal(0, "year")
        .sql(start!("year", plain!())),
    when()
        .count(2)
        .literal(0, "quarter")
        .sql(start!("quarter", plain!())),
    when()
        .count(2)
        .literal(0, "month")
        .sql(start!("month", plain!())),
    when()
        .count(2)
        .literal(0, "day")
        .sql(start!("day", plain!())),
    when()
        .count(2)
        .literal(0, "hour")
        .sql(start!("hour", plain!())),
    when()
        .count(2)
        .literal(0, "minute")
        .sql(start!("minute", plain!())),
    when()
        .count(2)
        .literal(0, "second")
        .sql(start!("second", plain!())),
    when()
        .count(2)
        .literal(0, "week")
        .sql(week_start!("{week}", plain!())),
    when()
        .count(2)
        .literal(0, "week_starting_sunday")
        .sql(week_start!("0", plain!())),
    when()
        .count(2)
        .literal(0, "week_starting_monday")
        .sql(week_start!("1", plain!())),
    when().literal(0, "year").sql(start!("year", zoned!())),
    when()
        .literal(0, "quarter")
        .sql(start!("quarter", zoned!())),
    when().literal(0, "month").sql(start!("month", zoned!())),
    when().literal(0, "day").sql(start!("day", zoned!())),
    when().literal(0, "hour").sql(start!("hour", zoned!())),
    when().literal(0, "minute").sql(start!("minute", zoned!())),
    when().literal(0, "second").sql(start!("second", zoned!())),
    when()
        .literal(0, "week")
        .sql(week_start!("{week}", zoned!())),
    when()
        .literal(0, "week_starting_sunday")
        .sql(week_start!("0", zoned!())),
    when()
        .literal(0, "week_starting_monday")
        .sql(week_start!("1", zoned!())),
    when().refused("needs a literal precision"),
]);

/// `DatePart`
pub(super) const DATE_PART: Lowering = cases(&[
    when().literal(0, "epoch").sql(concat!(
        "CAST(floor(epoch_us(",
        instant!("{1}", "{zone}"),
        ") / 1e6) AS BIGINT)"
    )),
    when()
        .count(2)
        .literal(0, "year")
        .sql(concat!("year(", plain!(), ")")),
    when()
        .count(2)
        .literal(0, "quarter")
        .sql(concat!("quarter(", plain!(), ")")),
    when()
        .count(2)
        .literal(0, "month")
        .sql(concat!("month(", plain!(), ")")),
    when()
        .count(2)
        .literal(0, "day")
        .sql(concat!("day(", plain!(), ")")),
    when()
        .count(2)
        .literal(0, "weekday")
        .sql(concat!("(dayofweek(", plain!(), ") + 1)")),
    when()
        .count(2)
        .literal(0, "day_of_year")
        .sql(concat!("dayofyear(", plain!(), ")")),
    when()
        .count(2)
        .literal(0, "hour")
        .sql(concat!("hour(", plain!(), ")")),
    when()
        .count(2)
        .literal(0, "minute")
        .sql(concat!("minute(", plain!(), ")")),
    when()
        .count(2)
        .literal(0, "second")
        .sql(concat!("second(", plain!(), ")")),
    when()
        .count(2)
        .literal(0, "millisecond")
        .sql(concat!("(millisecond(", plain!(), ") % 1000)")),
    when()
        .count(2)
        .literal(0, "week")
        .sql(week_number!(plain!())),
    when()
        .literal(0, "year")
        .sql(concat!("year(", zoned!(), ")")),
    when()
        .literal(0, "quarter")
        .sql(concat!("quarter(", zoned!(), ")")),
    when()
        .literal(0, "month")
        .sql(concat!("month(", zoned!(), ")")),
    when().literal(0, "day").sql(concat!("day(", zoned!(), ")")),
    when()
        .literal(0, "weekday")
        .sql(concat!("(dayofweek(", zoned!(), ") + 1)")),
    when()
        .literal(0, "day_of_year")
        .sql(concat!("dayofyear(", zoned!(), ")")),
    when()
        .literal(0, "hour")
        .sql(concat!("hour(", zoned!(), ")")),
    when()
        .literal(0, "minute")
        .sql(concat!("minute(", zoned!(), ")")),
    when()
        .literal(0, "second")
        .sql(concat!("second(", zoned!(), ")")),
    when()
        .literal(0, "millisecond")
        .sql(concat!("(millisecond(", zoned!(), ") % 1000)")),
    when().literal(0, "week").sql(week_number!(zoned!())),
    when().refused("needs a literal part"),
]);

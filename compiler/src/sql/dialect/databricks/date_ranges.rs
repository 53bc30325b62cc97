//! Working days, and periods before and after today on Databricks.

use super::super::table::{Lowering, cases, sql, when};
use super::date_units::{date, day, interval, start, week};
use super::fragments::int;

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

/// `BusinessDays`
pub(super) const BUSINESS_DAYS: Lowering = sql(concat!(
    "(CASE WHEN {0} <= {1} THEN ",
    between_days!("{0}", "{1}"),
    " WHEN {0} > {1} THEN - ",
    between_days!("{1}", "{0}"),
    " END)"
));

/// `InDateRange`
pub(super) const IN_DATE_RANGE: Lowering =
    ranges!("year" "quarter" "month" "week" "day" "hour" "minute" "second");

/// `InPriorDateRange`
pub(super) const IN_PRIOR_DATE_RANGE: Lowering =
    priors!("year" "quarter" "month" "week" "day" "hour" "minute" "second");

//! Whether a date lies in a window of periods, on Snowflake.

use super::super::table::when;
use crate::formula::functions::lowering::Case;

const NEEDS_PERIOD: &str = "needs literal periods";

macro_rules! start {
    ("WEEK", $d:expr) => {
        week_start!($d, day_of_week!($d))
    };
    ($unit:literal, $d:expr) => {
        concat!("DATE_TRUNC('", $unit, "', ", $d, ")")
    };
}

macro_rules! length {
    () => {
        whole!("{3?1}")
    };
}

macro_rules! offset {
    () => {
        whole!("{4?0}")
    };
}

/// The offset, or what it is when it is 0.
macro_rules! offset_or {
    ($zero:expr) => {
        concat!(
            "CASE WHEN ",
            offset!(),
            " = 0 THEN ",
            $zero,
            " ELSE ",
            offset!(),
            " END"
        )
    };
}

/// Periods from the running one to the first of the window.
macro_rules! first {
    () => {
        concat!(
            "CASE LOWER({1}) WHEN 'last' THEN - (",
            offset_or!(length!()),
            ") WHEN 'next' THEN ",
            offset_or!("1"),
            " WHEN 'current' THEN ",
            offset!(),
            " WHEN 'to_date' THEN ",
            offset!(),
            " - ",
            length!(),
            " + 1 END"
        )
    };
}

/// The window, of which the last day may be today.
macro_rules! range {
    ($unit:literal) => {
        concat!(
            "(CASE WHEN ",
            length!(),
            " + ",
            offset!(),
            " IS NOT NULL THEN {0} >= DATEADD(",
            $unit,
            ", ",
            first!(),
            ", ",
            start!($unit, "{5?{now}}"),
            ") AND {0} < CASE WHEN LOWER({1}) = 'to_date' THEN DATEADD(",
            $unit,
            ", ",
            offset!(),
            ", DATEADD(DAY, 1, DATE_TRUNC('DAY', {5?{now}}))) ELSE DATEADD(",
            $unit,
            ", ",
            first!(),
            " + ",
            length!(),
            ", ",
            start!($unit, "{5?{now}}"),
            ") END END)"
        )
    };
}

macro_rules! back {
    ($unit:literal) => {
        concat!("DATEADD(", $unit, ", - ", whole!("{3?1}"), ", {4?{now}})")
    };
}

/// Today, some larger periods ago.
macro_rules! ago {
    () => {
        concat!(
            "CASE LOWER({2}) WHEN 'year' THEN ",
            back!("YEAR"),
            " WHEN 'quarter' THEN ",
            back!("QUARTER"),
            " WHEN 'month' THEN ",
            back!("MONTH"),
            " WHEN 'week' THEN ",
            back!("WEEK"),
            " WHEN 'day' THEN ",
            back!("DAY"),
            " WHEN 'hour' THEN ",
            back!("HOUR"),
            " WHEN 'minute' THEN ",
            back!("MINUTE"),
            " WHEN 'second' THEN ",
            back!("SECOND"),
            " END"
        )
    };
}

macro_rules! prior {
    ($unit:literal) => {
        concat!(
            "({0} >= ",
            start!($unit, ago!()),
            " AND {0} < DATEADD(",
            $unit,
            ", 1, ",
            start!($unit, ago!()),
            "))"
        )
    };
}

/// Cases of `InDateRange` by period.
pub(super) const RANGE: &[Case] = &[
    when().literal(2, "year").sql(range!("YEAR")),
    when().literal(2, "quarter").sql(range!("QUARTER")),
    when().literal(2, "month").sql(range!("MONTH")),
    when().literal(2, "week").sql(range!("WEEK")),
    when().literal(2, "day").sql(range!("DAY")),
    when().literal(2, "hour").sql(range!("HOUR")),
    when().literal(2, "minute").sql(range!("MINUTE")),
    when().literal(2, "second").sql(range!("SECOND")),
    when().refused(NEEDS_PERIOD),
];

/// Cases of `InPriorDateRange` by period.
pub(super) const PRIOR: &[Case] = &[
    when().literal(1, "year").sql(prior!("YEAR")),
    when().literal(1, "quarter").sql(prior!("QUARTER")),
    when().literal(1, "month").sql(prior!("MONTH")),
    when().literal(1, "week").sql(prior!("WEEK")),
    when().literal(1, "day").sql(prior!("DAY")),
    when().literal(1, "hour").sql(prior!("HOUR")),
    when().literal(1, "minute").sql(prior!("MINUTE")),
    when().literal(1, "second").sql(prior!("SECOND")),
    when().refused(NEEDS_PERIOD),
];

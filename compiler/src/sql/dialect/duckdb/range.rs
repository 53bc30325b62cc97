//! Periods around today on `DuckDB`. The unit is a constant, so that the engine chooses among the cases once.

use super::super::table::{cases, sql, when};
use crate::formula::functions::Lowering;

/// A date moved by a number of units.
macro_rules! moved {
    ($date:expr, $unit:literal, $count:expr) => {
        calendar!(concat!(
            $date,
            " + CASE lower(",
            $unit,
            ") WHEN 'year' THEN to_years(",
            $count,
            ") WHEN 'quarter' THEN to_quarters(",
            $count,
            ") WHEN 'month' THEN to_months(",
            $count,
            ") WHEN 'day' THEN to_days(",
            $count,
            ") WHEN 'hour' THEN to_hours(",
            $count,
            ") WHEN 'minute' THEN to_minutes(",
            $count,
            ") WHEN 'second' THEN to_seconds(",
            $count,
            ") ELSE to_weeks(",
            $count,
            ") END"
        ))
    };
}

/// The start of the unit a date lies in.
macro_rules! start {
    ($date:expr, $unit:literal) => {
        concat!(
            "list_transform([",
            $date,
            "], lambda d: CASE WHEN lower(",
            $unit,
            ") = 'week' THEN date_trunc('day', d) - ",
            "to_days(CAST((dayofweek(d) + 7 - {week}) % 7 AS INTEGER)) ",
            "ELSE date_trunc(CASE WHEN lower(",
            $unit,
            ") = 'week' THEN 'day' ELSE lower(",
            $unit,
            ") END, d) END)[1]"
        )
    };
}

/// A window: the date lies at or behind the start, and before the end. Both are made of the start of the running period
/// `s.t`, the length `s.n` and the offset `s.o`.
macro_rules! window {
    ($from:expr, $to:expr) => {
        concat!(
            "list_transform([struct_pack(d := {0}, t := ", start!("{5?{now}}", "{2}"), ", y := date_trunc('day', {5?{now}}) + INTERVAL 1 DAY, n := ",
            whole!("{3?1}"), ", o := ", whole!("{4?0}"), ")], lambda s: list_transform([struct_pack(d := (s).d, a := ", $from, ", z := ", $to,
            ")], lambda s: CASE WHEN (s).a IS NOT NULL AND (s).z IS NOT NULL THEN (s).d >= (s).a AND (s).d < (s).z END)[1])[1]"
        )
    };
}

/// `InDateRange`
pub(super) const IN_DATE_RANGE: Lowering = cases(&[
    when().literal(1, "last").sql(window!(
        moved!(
            "(s).t",
            "{2}",
            "CASE WHEN (s).o = 0 THEN -(s).n ELSE -(s).o END"
        ),
        moved!(
            "(s).t",
            "{2}",
            "CASE WHEN (s).o = 0 THEN 0 ELSE (s).n - (s).o END"
        )
    )),
    when().literal(1, "next").sql(window!(
        moved!("(s).t", "{2}", "CASE WHEN (s).o = 0 THEN 1 ELSE (s).o END"),
        moved!(
            "(s).t",
            "{2}",
            "(s).n + CASE WHEN (s).o = 0 THEN 1 ELSE (s).o END"
        )
    )),
    when().literal(1, "current").sql(window!(
        moved!("(s).t", "{2}", "(s).o"),
        moved!("(s).t", "{2}", "(s).o + (s).n")
    )),
    when().literal(1, "to_date").sql(window!(
        moved!("(s).t", "{2}", "(s).o - (s).n + 1"),
        moved!("(s).y", "{2}", "(s).o")
    )),
    when().refused("needs a literal direction"),
]);

/// `InPriorDateRange`
pub(super) const IN_PRIOR_DATE_RANGE: Lowering = sql(concat!(
    "list_transform([struct_pack(d := {0}, a := ",
    start!(
        moved!("{4?{now}}", "{2}", concat!("-", whole!("{3?1}"))),
        "{1}"
    ),
    ")], ",
    "lambda s: list_transform([struct_pack(d := (s).d, a := (s).a, z := ",
    moved!("(s).a", "{1}", "CAST(1 AS BIGINT)"),
    ")], ",
    "lambda s: CASE WHEN (s).a IS NOT NULL AND (s).z IS NOT NULL THEN (s).d >= (s).a AND (s).d < (s).z END)[1])[1]"
));

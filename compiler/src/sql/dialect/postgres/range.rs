//! Units of time, and periods before and after today.

use super::iso::literal;
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;

/// Why there is no template.
pub(super) const NEEDS_UNIT: &str = "needs a literal unit";

/// The start of a unit, for the date `$d`.
pub(super) fn trunc(unit: &str) -> Option<String> {
    let unit = unit.to_ascii_lowercase();
    Some(match &*unit {
        "week" => "(date_trunc('week', $d + (1 - {week}) * INTERVAL '1 day') - (1 - {week}) * INTERVAL '1 day')".to_owned(),
        "week_starting_sunday" => {
            "(date_trunc('week', $d + INTERVAL '1 day') - INTERVAL '1 day')".to_owned()
        }
        "week_starting_monday" => "date_trunc('week', CAST($d AS TIMESTAMP))".to_owned(),
        "year" | "quarter" | "month" | "day" | "hour" | "minute" | "second" => {
            format!("date_trunc('{unit}', CAST($d AS TIMESTAMP))")
        }
        _ => return None,
    })
}

/// A unit's length as an interval.
fn length(unit: &str) -> Option<&'static str> {
    Some(match &*unit.to_ascii_lowercase() {
        "year" => "INTERVAL '1 year'",
        "quarter" => "INTERVAL '3 months'",
        "month" => "INTERVAL '1 month'",
        "week" => "INTERVAL '7 days'",
        "day" => "INTERVAL '1 day'",
        "hour" => "INTERVAL '1 hour'",
        "minute" => "INTERVAL '1 minute'",
        "second" => "INTERVAL '1 second'",
        _ => return None,
    })
}

/// An argument cut to a whole number, or what it is when absent.
fn count(args: &[Expr], position: usize, absent: &str) -> String {
    if position < args.len() {
        format!("trunc(CAST({{{position}}} AS DOUBLE PRECISION))")
    } else {
        absent.to_owned()
    }
}

/// Today, or the argument that says otherwise.
fn today(args: &[Expr], position: usize) -> String {
    if position < args.len() {
        format!("{{{position}}}")
    } else {
        "{now}".to_owned()
    }
}

/// Whether the date lies from `from` to before `to`; Null when any argument is.
fn between(from: &str, to: &str) -> Writing {
    Writing::plain(format!(
        "(CASE WHEN num_nulls({{0..}}) = 0 THEN {{0}} >= {from} AND {{0}} < {to} END)"
    ))
}

/// `InDateRange`
pub(super) fn in_date_range(args: &[Expr]) -> Result<Writing, &'static str> {
    let unit = literal(args, 2).ok_or(NEEDS_UNIT)?;
    let (start, step) = (
        trunc(unit).ok_or(NEEDS_UNIT)?,
        length(unit).ok_or(NEEDS_UNIT)?,
    );
    let today = today(args, 5);
    let start = start.replace("$d", &today);
    let (periods, offset) = (count(args, 3, "1"), count(args, 4, "0"));
    let or = |absent: &str| format!("CASE WHEN {offset} = 0 THEN {absent} ELSE {offset} END");
    let at = |from: &str, steps: &str| format!("{from} + ({steps}) * {step}");
    Ok(
        match &*literal(args, 1).ok_or(NEEDS_UNIT)?.to_ascii_lowercase() {
            "last" => {
                let back = or(&periods);
                between(
                    &at(&start, &format!("- ({back})")),
                    &at(&start, &format!("{periods} - ({back})")),
                )
            }
            "next" => {
                let ahead = or("1");
                between(
                    &at(&start, &ahead),
                    &at(&start, &format!("({ahead}) + {periods}")),
                )
            }
            "current" => between(
                &at(&start, &offset),
                &at(&start, &format!("{offset} + {periods}")),
            ),
            "to_date" => between(
                &at(&start, &format!("{offset} - {periods} + 1")),
                &at(
                    &format!("date_trunc('day', CAST({today} AS TIMESTAMP)) + INTERVAL '1 day'"),
                    &offset,
                ),
            ),
            _ => return Err(NEEDS_UNIT),
        },
    )
}

/// `InPriorDateRange`
pub(super) fn in_prior_date_range(args: &[Expr]) -> Result<Writing, &'static str> {
    let (unit, prior) = (
        literal(args, 1).ok_or(NEEDS_UNIT)?,
        literal(args, 2).ok_or(NEEDS_UNIT)?,
    );
    let (start, step) = (
        trunc(unit).ok_or(NEEDS_UNIT)?,
        length(unit).ok_or(NEEDS_UNIT)?,
    );
    let back = length(prior).ok_or(NEEDS_UNIT)?;
    let shifted = format!("({} - {} * {back})", today(args, 4), count(args, 3, "1"));
    let start = start.replace("$d", &shifted);
    Ok(between(&start, &format!("{start} + {step}")))
}

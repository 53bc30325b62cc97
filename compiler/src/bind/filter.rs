//! The predicates of controls and of element filters.
//!
//! A predicate is True for exactly the rows that stay; for others it is False or Null, which filters treat alike.

use super::Bindings;
use super::date::{next_day, start_of_day};
use super::predicate::{all, any, call, compare, constant, is_not_null, is_null, not};
use super::window::{bounds, end_of, instant_of, is_midnight};
use super::{text, value};
use crate::plan::control::{
    Comparison, Control, ControlKind, ControlValue, DateWindow, FilterKind, NullRule,
};
use crate::plan::relation::Expr;
use crate::value::Value;

/// The predicate of a control with its current value. A top-n control ranks rows, so no predicate of one row says what
/// it keeps: it is True here, and the planner ranks and filters with the control's number as a parameter.
pub(super) fn of_control(
    control: &Control,
    current: &ControlValue,
    column: &Expr,
    bindings: &Bindings,
) -> Expr {
    let one = || single(current);
    let number = |mode: Comparison| {
        let wanted = one().filter(|value| !value.is_null());
        with_nulls(
            wanted.map(|wanted| compare(operator(mode), column, wanted)),
            control.nulls,
            column,
        )
    };
    match &control.kind {
        ControlKind::Text {
            mode,
            case_sensitive,
            ..
        } => {
            let wanted = match one() {
                Some(Value::Text(wanted)) => Some(wanted),
                _ => None,
            };
            let found = wanted.map(|wanted| text::matches(*mode, *case_sensitive, column, &wanted));
            with_nulls(found, control.nulls, column)
        }
        ControlKind::Number { mode } | ControlKind::Slider { mode, .. } => number(*mode),
        ControlKind::NumberRange | ControlKind::RangeSlider { .. } => {
            let (low, high) = value::number_range(&control.kind, current);
            with_nulls(range(column, &low, &high), control.nulls, column)
        }
        ControlKind::List { exclude, .. } => listed(column, &value::entries(current), *exclude),
        ControlKind::Segmented { .. } => listed(column, &value::entries(current), false),
        ControlKind::Checkbox { all_when_off } => checked(column, one().as_ref(), *all_when_off),
        ControlKind::Switch { all_when_off } => checked(
            column,
            Some(&one().unwrap_or(Value::Logical(false))),
            *all_when_off,
        ),
        ControlKind::Date { mode } => {
            let wanted = value::date(current, bindings);
            with_nulls(
                wanted.map(|wanted| on_date(*mode, column, wanted)),
                control.nulls,
                column,
            )
        }
        ControlKind::DateRange => {
            let found = match current {
                ControlValue::Window(window) => within(window, column, bindings),
                ControlValue::Range(low, high) => range(column, low, high),
                ControlValue::Empty | ControlValue::One(_) | ControlValue::Many(_) => None,
            };
            with_nulls(found, control.nulls, column)
        }
        ControlKind::TopN { .. } => constant(true),
    }
}

/// The predicate of a filter fixed in the workbook.
pub(super) fn of_filter(filter: &FilterKind, column: &Expr, bindings: &Bindings) -> Expr {
    match filter {
        FilterKind::List { values, exclude } => listed(column, values, *exclude),
        FilterKind::Text {
            mode,
            value,
            case_sensitive,
            nulls,
        } => {
            let found =
                (!value.is_empty()).then(|| text::matches(*mode, *case_sensitive, column, value));
            with_nulls(found, *nulls, column)
        }
        FilterKind::Range { min, max, nulls } => {
            with_nulls(range(column, min, max), *nulls, column)
        }
        FilterKind::Window { window, nulls } => {
            with_nulls(within(window, column, bindings), *nulls, column)
        }
    }
}

/// Adds what the null rule says to a predicate that no Null passes; `None` when there is no value to compare with.
fn with_nulls(found: Option<Expr>, nulls: NullRule, column: &Expr) -> Expr {
    match (found, nulls) {
        (Some(found), NullRule::Always) => any(vec![found, is_null(column)]),
        (Some(found), NullRule::Never | NullRule::WhenUnset) => found,
        (None, NullRule::Never) => is_not_null(column),
        (None, NullRule::Always | NullRule::WhenUnset) => constant(true),
    }
}

/// The one value of a single-valued control; `None` when nothing is chosen.
fn single(current: &ControlValue) -> Option<Value> {
    match current {
        ControlValue::One(value) => Some(value.clone()),
        ControlValue::Many(values) => values.first().cloned(),
        ControlValue::Empty | ControlValue::Range(..) | ControlValue::Window(_) => None,
    }
}

/// Membership in a list in which Null is an entry like any other. Nothing listed keeps everything.
fn listed(column: &Expr, entries: &[Value], exclude: bool) -> Expr {
    if entries.is_empty() {
        return constant(true);
    }
    let holds_null = entries.iter().any(Value::is_null);
    let mut wanted: Vec<Value> = entries
        .iter()
        .filter(|value| !value.is_null())
        .cloned()
        .collect();
    wanted.sort_by(Value::sort_cmp);
    wanted.dedup();
    let found = match wanted.len() {
        0 => None,
        1 => wanted.pop().map(|only| compare("=", column, only)),
        _ => {
            let args = std::iter::once(column.clone()).chain(wanted.into_iter().map(Expr::literal));
            Some(call("In", args.collect()))
        }
    };
    match (found, exclude, holds_null) {
        (Some(found), false, true) => any(vec![found, is_null(column)]),
        (Some(found), false, false) => found,
        (None, false, _) => is_null(column),
        (Some(found), true, false) => any(vec![not(found), is_null(column)]),
        // Not(found) is Null for a Null column, so the row goes as it should.
        (Some(found), true, true) => not(found),
        (None, true, _) => is_not_null(column),
    }
}

fn checked(column: &Expr, chosen: Option<&Value>, all_when_off: bool) -> Expr {
    match chosen {
        Some(Value::Logical(false)) if all_when_off => constant(true),
        Some(Value::Logical(chosen)) => compare("=", column, Value::Logical(*chosen)),
        _ => constant(true),
    }
}

/// Both ends included; an end of a date range at midnight includes its day. `None` when both are open.
fn range(column: &Expr, low: &Value, high: &Value) -> Option<Expr> {
    let mut parts = Vec::new();
    if !low.is_null() {
        parts.push(compare(">=", column, low.clone()));
    }
    match instant_of(high) {
        Some(instant) if is_midnight(instant) => {
            parts.push(compare("<", column, Value::Date(next_day(instant))));
        }
        _ if high.is_null() => {}
        _ => parts.push(compare("<=", column, high.clone())),
    }
    (!parts.is_empty()).then(|| all(parts))
}

fn within(window: &DateWindow, column: &Expr, bindings: &Bindings) -> Option<Expr> {
    let (from, to) = bounds(window, bindings.now, bindings.settings.week_start);
    let from = from.map(|from| compare(">=", column, Value::Date(from)));
    let to = match to {
        super::window::End::Open => None,
        super::window::End::Before(instant) => Some(compare("<", column, Value::Date(instant))),
        super::window::End::Through(instant) => Some(compare("<=", column, Value::Date(instant))),
    };
    let parts: Vec<Expr> = [from, to].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| all(parts))
}

/// Comparison with a date: with its whole day when it is midnight, else with the instant.
fn on_date(mode: Comparison, column: &Expr, wanted: i64) -> Expr {
    let at = |op: &'static str, instant| compare(op, column, Value::Date(instant));
    if !is_midnight(wanted) {
        return at(operator(mode), wanted);
    }
    let (day, next) = (start_of_day(wanted), next_day(wanted));
    match mode {
        Comparison::Equal => all(vec![at(">=", day), at("<", next)]),
        Comparison::NotEqual => any(vec![at("<", day), at(">=", next)]),
        Comparison::Less => at("<", day),
        Comparison::LessEqual => at("<", next),
        Comparison::Greater => at(">=", next),
        Comparison::GreaterEqual => at(">=", day),
    }
}

fn operator(mode: Comparison) -> &'static str {
    match mode {
        Comparison::Equal => "=",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::LessEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterEqual => ">=",
    }
}

/// The upper end a formula sees as `.end` of a range of dates.
pub(super) fn visible_end(high: &Value) -> Value {
    end_of(high)
        .inclusive()
        .map_or_else(|| high.clone(), Value::Date)
}

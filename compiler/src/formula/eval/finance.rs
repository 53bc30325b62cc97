//! Loans and returns. Cash paid out is negative, cash received positive.

use super::number::{float, real};
use crate::formula::eval::Context;
use crate::value::Value;

fn optional(args: &[Value], index: usize) -> f64 {
    if args.len() > index {
        real(args, index)
    } else {
        0.0
    }
}

/// What one unit paid each period, and what one unit put in at first, come to.
fn growth(rate: f64, periods: f64, at_start: f64) -> (f64, f64) {
    if rate == 0.0 {
        return (periods, 1.0);
    }
    let factor = (1.0 + rate).powf(periods);
    ((1.0 + rate * at_start) * (factor - 1.0) / rate, factor)
}

fn payment(rate: f64, periods: f64, present: f64, future: f64, at_start: f64) -> f64 {
    let (series, factor) = growth(rate, periods, at_start);
    -(present * factor + future) / series
}

/// `FV(rate, nperiods, pmt, [pv], [type])`
pub(in crate::formula) fn future_value(args: &[Value], _: &Context) -> Value {
    let (series, factor) = growth(real(args, 0), real(args, 1), optional(args, 4));
    float(-(optional(args, 3) * factor + real(args, 2) * series))
}

/// `PV(rate, nperiods, pmt, [fv], [type])`
pub(in crate::formula) fn present_value(args: &[Value], _: &Context) -> Value {
    let (series, factor) = growth(real(args, 0), real(args, 1), optional(args, 4));
    float(-(optional(args, 3) + real(args, 2) * series) / factor)
}

/// `Pmt(rate, nperiods, pv, [fv], [type])`
pub(in crate::formula) fn pmt(args: &[Value], _: &Context) -> Value {
    float(payment(
        real(args, 0),
        real(args, 1),
        real(args, 2),
        optional(args, 3),
        optional(args, 4),
    ))
}

/// The interest part of a payment; `None` when the period is outside of the term.
fn interest(args: &[Value]) -> Option<(f64, f64)> {
    let (rate, period, periods) = (real(args, 0), real(args, 1), real(args, 2));
    let (present, future, at_start) = (real(args, 3), optional(args, 4), optional(args, 5));
    if !(1.0..=periods).contains(&period) {
        return None;
    }
    let payment = payment(rate, periods, present, future, at_start);
    if at_start != 0.0 && period <= 1.0 {
        return Some((0.0, payment));
    }
    let (series, factor) = growth(rate, period - 1.0, at_start);
    let owed = -(present * factor + payment * series);
    let interest = owed * rate;
    Some((
        if at_start == 0.0 {
            interest
        } else {
            (owed - payment) * rate / (1.0 + rate)
        },
        payment,
    ))
}

/// `IPmt(rate, period, nperiods, pv, [fv], [type])`
pub(in crate::formula) fn interest_payment(args: &[Value], _: &Context) -> Value {
    interest(args).map_or(Value::Null, |(interest, _)| float(interest))
}

/// `PPmt(rate, period, nperiods, pv, [fv], [type])`
pub(in crate::formula) fn principal_payment(args: &[Value], _: &Context) -> Value {
    interest(args).map_or(Value::Null, |(interest, payment)| float(payment - interest))
}

/// `NPer(rate, pmt, pv, [fv], [type])`
pub(in crate::formula) fn periods(args: &[Value], _: &Context) -> Value {
    let (rate, payment, present) = (real(args, 0), real(args, 1), real(args, 2));
    let (future, at_start) = (optional(args, 3), optional(args, 4));
    if rate == 0.0 {
        return float(-(present + future) / payment);
    }
    let due = payment * (1.0 + rate * at_start) / rate;
    float(((due - future) / (due + present)).ln() / (1.0 + rate).ln())
}

/// `Effect(nominal_rate, periods_per_year)`
pub(in crate::formula) fn effective_rate(args: &[Value], _: &Context) -> Value {
    let periods = real(args, 1);
    float((1.0 + real(args, 0) / periods).powf(periods) - 1.0)
}

/// `Nominal(effective_rate, periods_per_year)`
pub(in crate::formula) fn nominal_rate(args: &[Value], _: &Context) -> Value {
    let periods = real(args, 1);
    float(periods * ((1.0 + real(args, 0)).powf(1.0 / periods) - 1.0))
}

/// `CAGR(periods, begin_value, end_value)`
pub(in crate::formula) fn growth_rate(args: &[Value], _: &Context) -> Value {
    float((real(args, 2) / real(args, 1)).powf(1.0 / real(args, 0)) - 1.0)
}

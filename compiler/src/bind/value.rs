//! What formulas read of a control's value.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::Bindings;
use super::date::storage_text;
use super::filter::visible_end;
use super::window::{bounds, instant_of, relative_day};
use crate::plan::control::{Control, ControlKind, ControlValue, DateBound, DateWindow};
use crate::plan::relation::ControlPart;
use crate::value::Value;

/// A part of a control's current value. Null for what is not there; an array for controls with several values.
pub(super) fn part(
    control: &Control,
    current: &ControlValue,
    part: ControlPart,
    bindings: &Bindings,
) -> Value {
    match part {
        ControlPart::Value => whole(control, current, bindings),
        ControlPart::Low => ends(control, current, bindings).0,
        ControlPart::High => ends(control, current, bindings).1,
    }
}

fn whole(control: &Control, current: &ControlValue, bindings: &Bindings) -> Value {
    let one = || entries(current).into_iter().next().unwrap_or(Value::Null);
    match &control.kind {
        ControlKind::List { multiple: true, .. } => array(&entries(current)),
        ControlKind::NumberRange | ControlKind::RangeSlider { .. } => {
            let (low, high) = number_range(&control.kind, current);
            Value::Variant(Arc::new(
                json!({ "min": to_json(&low), "max": to_json(&high) }),
            ))
        }
        ControlKind::DateRange => {
            let (start, end) = ends(control, current, bindings);
            Value::Variant(Arc::new(
                json!({ "start": to_json(&start), "end": to_json(&end) }),
            ))
        }
        ControlKind::Date { .. } => date(current, bindings).map_or(Value::Null, Value::Date),
        ControlKind::Switch { .. } => match one() {
            Value::Null => Value::Logical(false),
            value => value,
        },
        ControlKind::List {
            multiple: false, ..
        }
        | ControlKind::Text { .. }
        | ControlKind::Number { .. }
        | ControlKind::Slider { .. }
        | ControlKind::Segmented { .. }
        | ControlKind::Checkbox { .. }
        | ControlKind::TopN { .. } => one(),
    }
}

fn ends(control: &Control, current: &ControlValue, bindings: &Bindings) -> (Value, Value) {
    let date = |instant: Option<i64>| instant.map_or(Value::Null, Value::Date);
    match current {
        ControlValue::Window(window) => {
            let (from, to) = bounds(window, bindings.now, bindings.settings.week_start);
            (date(from), date(to.inclusive()))
        }
        ControlValue::Range(low, high) if matches!(control.kind, ControlKind::DateRange) => {
            (low.clone(), visible_end(high))
        }
        ControlValue::Range(..)
        | ControlValue::Empty
        | ControlValue::One(_)
        | ControlValue::Many(_) => number_range(&control.kind, current),
    }
}

/// Both ends of a range of numbers, Null for open. A range slider never leaves its track.
pub(super) fn number_range(kind: &ControlKind, current: &ControlValue) -> (Value, Value) {
    let (low, high) = match current {
        ControlValue::Range(low, high) => (low.clone(), high.clone()),
        ControlValue::Empty
        | ControlValue::One(_)
        | ControlValue::Many(_)
        | ControlValue::Window(_) => (Value::Null, Value::Null),
    };
    match kind {
        ControlKind::RangeSlider { min, max, .. } => {
            let or = |end: Value, track: f64| if end.is_null() { number(track) } else { end };
            (or(low, *min), or(high, *max))
        }
        _ => (low, high),
    }
}

/// A float, as an integer when it is a whole number that a float holds exactly.
pub(super) fn number(number: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        Value::Integer(number as i64)
    } else {
        Value::Float(number)
    }
}

/// Chosen entries; none when the control is empty.
pub(super) fn entries(current: &ControlValue) -> Vec<Value> {
    match current {
        ControlValue::One(value) => vec![value.clone()],
        ControlValue::Many(values) => values.clone(),
        ControlValue::Empty | ControlValue::Range(..) | ControlValue::Window(_) => Vec::new(),
    }
}

/// The instant of a date control. A window stands for its relative start (`prior-month-3` is three months before now,
/// cut to the day), any other window for its first instant.
pub(super) fn date(current: &ControlValue, bindings: &Bindings) -> Option<i64> {
    match current {
        ControlValue::One(value) => instant_of(value),
        ControlValue::Window(DateWindow::Between {
            start: DateBound::Relative { offset, unit },
            ..
        }) => Some(relative_day(bindings.now, *unit, *offset)),
        ControlValue::Window(window) => {
            bounds(window, bindings.now, bindings.settings.week_start).0
        }
        ControlValue::Empty | ControlValue::Many(_) | ControlValue::Range(..) => None,
    }
}

/// Values as a JSON array, dates in the form they are stored in.
pub(super) fn array(values: &[Value]) -> Value {
    Value::Variant(Arc::new(Json::Array(values.iter().map(to_json).collect())))
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Logical(truth) => Json::Bool(*truth),
        Value::Integer(number) => Json::from(*number),
        Value::Float(number) => Json::from(*number),
        Value::Text(text) => Json::from(text.as_ref()),
        Value::Date(instant) => Json::from(storage_text(*instant)),
        Value::Variant(json) => json.as_ref().clone(),
    }
}

//! Types of the values that controls hold, and literals read as them.

use crate::document::control::{Control, ControlType, Selection};
use crate::plan::relation::ControlPart;
use crate::span::Spanned;
use crate::value::{Type, Value};

/// Type of a control's value in formulas; lists and segments take that of their options.
pub(crate) fn control_type(control: &Control, part: ControlPart) -> Type {
    match control.r#type.value {
        ControlType::Text | ControlType::TextArea | ControlType::DrillDown => Type::Text,
        ControlType::Number | ControlType::Slider | ControlType::TopN => Type::Number,
        ControlType::NumberRange | ControlType::RangeSlider if part != ControlPart::Value => {
            Type::Number
        }
        ControlType::DateRange if part != ControlPart::Value => Type::Date,
        ControlType::NumberRange | ControlType::RangeSlider | ControlType::DateRange => {
            Type::Variant
        }
        ControlType::Date => Type::Date,
        ControlType::Checkbox | ControlType::Switch => Type::Logical,
        ControlType::List if is_multiple(control) => Type::Variant,
        ControlType::List | ControlType::Segmented => option_type(control),
        ControlType::Legend | ControlType::Hierarchy | ControlType::FileUpload => Type::Variant,
        ControlType::Button => Type::Unknown,
    }
}

pub(crate) fn is_multiple(control: &Control) -> bool {
    control.r#type.value == ControlType::List
        && control
            .selection
            .is_none_or(|s| s.value == Selection::Multiple)
}

pub(crate) fn is_range(control: &Control) -> bool {
    matches!(
        control.r#type.value,
        ControlType::NumberRange | ControlType::RangeSlider | ControlType::DateRange
    )
}

/// The common type of written options; unknown when they come from a column.
pub(crate) fn option_type(control: &Control) -> Type {
    let Some(options) = &control.options else {
        return Type::Unknown;
    };
    // The keys of a map (value: label) are text as written; what they filter says what they are.
    if control.filters.is_some() && options.entries.iter().any(|(_, label)| label.is_some()) {
        return Type::Unknown;
    }
    let types = options.entries.iter().map(|(value, _)| value.value.ty());
    match types.into_iter().try_fold(Type::Null, Type::unify) {
        Some(Type::Null) | None => Type::Unknown,
        Some(ty) => ty,
    }
}

/// A literal that stands where `ty` is expected: a text that is a date becomes one. `None` when it does not fit.
pub(crate) fn fit(value: &Spanned<Value>, ty: Type) -> Option<Value> {
    match (&value.value, ty) {
        (Value::Text(text), Type::Date) => {
            crate::formula::datetime::parse_date(text).map(Value::Date)
        }
        (Value::Null, _) | (_, Type::Unknown | Type::Null | Type::Variant) => {
            Some(value.value.clone())
        }
        (found, ty) if found.ty() == ty => Some(found.clone()),
        _ => None,
    }
}

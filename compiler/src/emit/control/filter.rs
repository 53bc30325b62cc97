//! What a control filters: the columns behind its paths, and their types.

use std::collections::BTreeMap;

use super::kind::rank;
use super::nulls;
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::control::{Control as Written, ControlType};
use crate::document::primitive::ColumnPath;
use crate::lower::ControlTest;
use crate::plan::control::NullRule;
use crate::plan::relation::{ControlPart, Parameter};
use crate::resolve::{ControlDef, NameKind, control_id, unknown_name};
use crate::span::Span;
use crate::typing::control::option_type;
use crate::typing::scope::Checker;
use crate::typing::{Checked, Element, Test, Typed, TypedKind};
use crate::value::Type;

/// What checking the controls gave: tests by the element they filter, and value types.
pub(in crate::emit) struct Controls<'d> {
    pub(in crate::emit) tests: BTreeMap<usize, Vec<ControlTest>>,
    pub(super) list: Vec<(ControlDef<'d>, Type)>,
}

/// Resolves what every control filters.
pub(in crate::emit) fn check_all<'d>(
    checker: &mut Checker<'_, 'd>,
    checked: &Checked,
) -> Controls<'d> {
    let mut controls = Controls {
        tests: BTreeMap::new(),
        list: Vec::new(),
    };
    let model = checker.model;
    for control in model.controls.values() {
        let mut ty = value_type(control.def);
        let paths = control
            .def
            .filters
            .as_ref()
            .map(|f| f.0.as_slice())
            .unwrap_or_default();
        for path in paths {
            let Some((index, column)) = target(checker, checked, path) else {
                continue;
            };
            let element = &checked.elements[index];
            let found = element.columns[column].expr.ty;
            fits(checker, control, found, path.span);
            ty = if ty == Type::Unknown { found } else { ty };
            let test = control_test(control, element, column);
            controls.tests.entry(index).or_default().push(test);
        }
        if let Some(path) = &control.def.options_from
            && let Some((index, column)) = target(checker, checked, path)
        {
            ty = if ty == Type::Unknown {
                checked.elements[index].columns[column].expr.ty
            } else {
                ty
            };
        }
        controls.list.push((*control, ty));
    }
    controls
}

/// `Element/Column` as indexes of a checked element.
pub(super) fn target(
    checker: &mut Checker<'_, '_>,
    checked: &Checked,
    path: &ColumnPath,
) -> Option<(usize, usize)> {
    let model = checker.model;
    let Some(name) = &path.element else {
        let found = Diagnostic::new(
            &crate::diag::codes::names::UNKNOWN_ELEMENT,
            path.span,
            format!("`{}` says not of which element", path.column.value),
        )
        .label("an element is missing")
        .help(format!("write `Element/{}`", path.column.value));
        checker.sink.push(found);
        return None;
    };
    let Some(index) = model.data.get_index_of(&name.value) else {
        if !model.failed.contains(&name.value) {
            let found = unknown_name(
                NameKind::Data,
                name,
                "",
                model.data.keys().map(String::as_str),
            );
            checker.sink.push(found);
        }
        return None;
    };
    let element = checked.elements.get(index)?;
    if let Some(column) = element
        .columns
        .iter()
        .position(|c| *c.name == *path.column.value)
    {
        return Some((index, column));
    }
    if !element.broken && !model.failed.contains(&path.column.value) {
        let names = element
            .columns
            .iter()
            .filter(|c| !c.hidden)
            .map(|c| &*c.name);
        let found = unknown_name(NameKind::Column, &path.column, &element.name, names);
        checker.sink.push(found);
    }
    None
}

fn control_test(control: &ControlDef<'_>, element: &Element, column: usize) -> ControlTest {
    let spec = &element.columns[column];
    let depth = if spec.key {
        element.base_depth()
    } else {
        spec.depth
    };
    let value = Typed {
        kind: TypedKind::Own(column),
        ty: spec.expr.ty,
        span: spec.span,
    };
    let id = control_id(control);
    let test = if control.def.r#type.value == ControlType::TopN {
        let parameter = Parameter::Control {
            id: id.clone(),
            part: ControlPart::Value,
        };
        let count = Typed {
            kind: TypedKind::Parameter(parameter),
            ty: Type::Number,
            span: spec.span,
        };
        Test::Top {
            value,
            count,
            percent: false,
            bottom: control
                .def
                .mode
                .as_ref()
                .is_some_and(|m| m.value == "bottom"),
            rank: rank(control.def),
            keep_nulls: nulls(control.def) == NullRule::Always,
        }
    } else {
        Test::Control {
            value,
            control: id.clone(),
        }
    };
    ControlTest {
        depth,
        test,
        control: id,
        of: None,
    }
}

/// Whether a control can filter a column of a type.
fn fits(checker: &mut Checker<'_, '_>, control: &ControlDef<'_>, found: Type, span: Span) {
    let wanted = match control.def.r#type.value {
        ControlType::Text | ControlType::TextArea => Type::Text,
        ControlType::Number
        | ControlType::NumberRange
        | ControlType::Slider
        | ControlType::RangeSlider => Type::Number,
        ControlType::Date | ControlType::DateRange => Type::Date,
        ControlType::Checkbox | ControlType::Switch => Type::Logical,
        ControlType::List | ControlType::Segmented => option_type(control.def),
        _ => Type::Unknown,
    };
    if wanted.unify(found).is_none() {
        let kind = control.def.r#type.value.as_str();
        checker.sink.push(
            Diagnostic::new(
                &codes::FILTER_TYPE,
                span,
                format!(
                    "a {kind} control filters {} columns, this one is {}",
                    wanted.as_str(),
                    found.as_str()
                ),
            )
            .label(format!("is {}", found.as_str()))
            .also(control.name.span, "the control"),
        );
    }
}

/// Type of a control's values, from its own words.
fn value_type(control: &Written) -> Type {
    match control.r#type.value {
        ControlType::Text | ControlType::TextArea => Type::Text,
        ControlType::Number
        | ControlType::NumberRange
        | ControlType::Slider
        | ControlType::RangeSlider
        | ControlType::TopN => Type::Number,
        ControlType::Date | ControlType::DateRange => Type::Date,
        ControlType::Checkbox | ControlType::Switch => Type::Logical,
        ControlType::List | ControlType::Segmented => option_type(control),
        _ => Type::Unknown,
    }
}

//! Replaces everything that waited for the request.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::date::start_of_day;
use super::predicate::{all, any, as_constant, constant, not};
use super::{filter, value};
use crate::plan::Settings;
use crate::plan::control::{Control, ControlValue};
use crate::plan::relation::{Expr, ExprKind, Parameter};
use crate::value::{Type, Value};

/// Everything that is known when a request runs.
#[derive(Clone, Debug, Default)]
pub struct Bindings {
    /// Values of controls by id; a missing one has the plan's default.
    pub controls: BTreeMap<String, ControlValue>,
    /// The request's frozen instant: microseconds of wall-clock time in the project's zone.
    pub now: i64,
    /// Properties of the person who asks (`email`, `full_name`, `attribute:NAME`, `team:NAME`); a missing one is Null.
    pub user: BTreeMap<String, Value>,
    /// Values of the clicked rows by column id.
    pub selection: BTreeMap<String, Vec<Value>>,
    /// What dates and numbers mean.
    pub settings: Settings,
}

/// The bindings of one request with the controls of its plan.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// Controls of the plan by id.
    pub controls: &'a IndexMap<String, Control>,
    /// What the request brings.
    pub bindings: &'a Bindings,
}

impl Bound<'_> {
    /// See [`bind`].
    pub fn bind(&self, expr: &Expr) -> Expr {
        bind(expr, self.controls, self.bindings)
    }

    /// Whether a predicate that was bound is True for every row.
    pub fn is_true(predicate: &Expr) -> bool {
        as_constant(predicate) == Some(true)
    }
}

/// The expression with every parameter replaced by a literal and every control or column filter by an ordinary
/// predicate. `And`, `Or` and `Not` of constants are folded. A control that the plan does not have is Null as a value
/// and True as a filter.
pub fn bind(expr: &Expr, controls: &IndexMap<String, Control>, bindings: &Bindings) -> Expr {
    let bind_one = |expr: &Expr| bind(expr, controls, bindings);
    match &expr.kind {
        ExprKind::Column { .. } | ExprKind::Literal { .. } => expr.clone(),
        ExprKind::Parameter { parameter } => {
            literal(resolve(parameter, expr.ty, controls, bindings), expr.ty)
        }
        ExprKind::Call { function, args } => {
            let mut args: Vec<Expr> = args.iter().map(bind_one).collect();
            match (&**function, args.len()) {
                ("And", _) => all(args),
                ("Or", _) => any(args),
                ("Not", 1) => args.pop().map_or_else(|| constant(true), not),
                _ => Expr::call(function.clone(), args, expr.ty),
            }
        }
        ExprKind::ControlFilter { control, value } => controls.get(control).map_or_else(
            || constant(true),
            |control| {
                filter::of_control(
                    control,
                    current(control, bindings),
                    &bind_one(value),
                    bindings,
                )
            },
        ),
        ExprKind::ColumnFilter { filter, value } => {
            filter::of_filter(filter, &bind_one(value), bindings)
        }
    }
}

/// The value a control has in this request.
fn current<'a>(control: &'a Control, bindings: &'a Bindings) -> &'a ControlValue {
    bindings
        .controls
        .get(&control.id)
        .unwrap_or(&control.default)
}

fn literal(value: Value, ty: Type) -> Expr {
    let ty = if ty == Type::Unknown { value.ty() } else { ty };
    Expr {
        kind: ExprKind::Literal { value },
        ty,
    }
}

fn resolve(
    parameter: &Parameter,
    ty: Type,
    controls: &IndexMap<String, Control>,
    bindings: &Bindings,
) -> Value {
    match parameter {
        Parameter::Control { id, part } => controls.get(id).map_or(Value::Null, |control| {
            value::part(control, current(control, bindings), *part, bindings)
        }),
        Parameter::Now => Value::Date(bindings.now),
        Parameter::Today => Value::Date(start_of_day(bindings.now)),
        Parameter::Selection { column } => {
            let chosen = bindings
                .selection
                .get(column)
                .map_or(&[][..], Vec::as_slice);
            match (ty, chosen) {
                (_, []) => Value::Null,
                (Type::Variant, [Value::Variant(only)]) => {
                    Value::Variant(std::sync::Arc::clone(only))
                }
                (Type::Variant, several) => value::array(several),
                (_, [first, ..]) => first.clone(),
            }
        }
        Parameter::User { property } => bindings.user.get(property).cloned().unwrap_or(Value::Null),
    }
}

#[cfg(test)]
mod tests;

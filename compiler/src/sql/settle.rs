//! Computes the arguments of windows that are the same for every row, as an engine wants them as plain numbers.

use crate::bind::Bindings;
use crate::formula::eval::{Context, eval};
use crate::formula::functions::{self, Fixed};
use crate::plan::relation::{Expr, ExprKind, Operator};

/// Replaces the arguments that must be constant by their values. What reads a column stays as it is.
pub(super) fn settle(operator: &mut Operator, bindings: &Bindings) {
    match operator {
        Operator::Window { functions, .. } => {
            for call in functions {
                arguments(&call.function, &mut call.args, bindings);
            }
        }
        Operator::Aggregate { aggregates, .. } => {
            for call in aggregates {
                arguments(&call.function, &mut call.args, bindings);
            }
        }
        _ => {}
    }
}

fn arguments(name: &str, args: &mut [Expr], bindings: &Bindings) {
    let Some(function) = functions::function(name) else {
        return;
    };
    let count = args.len();
    for (index, arg) in args.iter_mut().enumerate() {
        let fixed = function
            .param(index, count)
            .is_some_and(|param| param.fixed != Fixed::No);
        let literal = matches!(arg.kind, ExprKind::Literal { .. });
        if fixed && !literal && is_constant(arg) {
            let context = Context::new(bindings.settings.clone(), bindings.now);
            let value = eval(arg, &[], &context);
            arg.kind = ExprKind::Literal { value };
        }
    }
}

fn is_constant(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal { .. } => true,
        ExprKind::Call { args, .. } => args.iter().all(is_constant),
        ExprKind::Column { .. }
        | ExprKind::Parameter { .. }
        | ExprKind::ControlFilter { .. }
        | ExprKind::ColumnFilter { .. } => false,
    }
}

//! Plan expressions over a row, and registered functions over values.

use super::aggregates::passing;
use super::{Context, Partition};
use crate::formula::functions::{self, Evaluator, Function, NullRule};
use crate::plan::relation::{Expr, ExprKind};
use crate::value::Value;

/// The value of an expression over a row. Parameters, control filters and column filters must have been replaced
/// before; one that is left is Null, as is an unknown function or a column that is not there.
pub fn eval(expr: &Expr, row: &[Value], cx: &Context) -> Value {
    match &expr.kind {
        ExprKind::Column { index } => row.get(*index).cloned().unwrap_or(Value::Null),
        ExprKind::Literal { value } => value.clone(),
        ExprKind::Call { function, args } => {
            let args: Vec<Value> = args.iter().map(|arg| eval(arg, row, cx)).collect();
            functions::function(function).map_or(Value::Null, |f| call(f, &args, cx))
        }
        ExprKind::Parameter { .. }
        | ExprKind::ControlFilter { .. }
        | ExprKind::ColumnFilter { .. } => Value::Null,
    }
}

/// A scalar function of its arguments, null rule included. Anything but a scalar is Null.
pub fn call(function: &Function, args: &[Value], cx: &Context) -> Value {
    match function.evaluate {
        Evaluator::Scalar(_)
            if function.nulls == NullRule::Propagate && args.iter().any(Value::is_null) =>
        {
            Value::Null
        }
        Evaluator::Scalar(f) => f(args, cx),
        Evaluator::Aggregate(_) | Evaluator::Window(_) | Evaluator::Replaced => Value::Null,
    }
}

/// An aggregate of the arguments of every row of a group, in input order. `…If` forms apply their conditions.
pub fn aggregate(function: &Function, rows: &[Vec<Value>], cx: &Context) -> Value {
    if let Some(filtered) = function.filtered {
        let base = functions::function(filtered.base);
        return base.map_or(Value::Null, |f| {
            aggregate(f, &passing(rows, filtered.conditions_from), cx)
        });
    }
    match function.evaluate {
        Evaluator::Aggregate(f) => f(rows, cx),
        // The forms that are aggregates over a finer level: the same for every row.
        Evaluator::Window(f) => {
            let peers: Vec<usize> = (0..rows.len()).collect();
            f(
                &Partition {
                    rows,
                    peers: &peers,
                },
                cx,
            )
            .into_iter()
            .next()
            .unwrap_or(Value::Null)
        }
        Evaluator::Scalar(_) | Evaluator::Replaced => Value::Null,
    }
}

/// A window function, or an aggregate over the whole partition: one value per row.
pub fn window(function: &Function, partition: &Partition<'_>, cx: &Context) -> Vec<Value> {
    match function.evaluate {
        Evaluator::Window(f) => f(partition, cx),
        Evaluator::Aggregate(_) | Evaluator::Scalar(_) | Evaluator::Replaced => {
            vec![aggregate(function, partition.rows, cx); partition.rows.len()]
        }
    }
}

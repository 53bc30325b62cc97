//! Plan expressions over a row, and registered functions over values.

use super::aggregates::passing;
use super::variant::{from_json, items};
use super::{Context, Partition};
use crate::formula::functions::{self, Evaluator, Function, NullRule};
use crate::plan::relation::{Expr, ExprKind};
use crate::value::Value;

/// The value of an expression over a row. Parameters, control filters and column filters must have been replaced
/// before; one that is left is Null, as is an unknown function or a column that is not there.
pub fn eval(expr: &Expr, row: &[Value], cx: &Context) -> Value {
    eval_with(expr, row, &Value::Null, cx)
}

/// As [`eval`], inside of what looks at each item of an array.
fn eval_with(expr: &Expr, row: &[Value], item: &Value, cx: &Context) -> Value {
    match &expr.kind {
        ExprKind::Column { index } => row.get(*index).cloned().unwrap_or(Value::Null),
        ExprKind::Literal { value } => value.clone(),
        ExprKind::Call { function, args } => {
            let Some(f) = functions::function(function) else {
                return Value::Null;
            };
            match (f.evaluate, args.as_slice()) {
                (Evaluator::PerItem(_), [array, each]) => {
                    per_item(f, &eval_with(array, row, item, cx), each, row, cx)
                }
                (Evaluator::Replaced, []) if f.name == "Item" => item.clone(),
                _ => {
                    let arg = |arg| eval_with(arg, row, item, cx);
                    call(f, &args.iter().map(arg).collect::<Vec<_>>(), cx)
                }
            }
        }
        ExprKind::Parameter { .. }
        | ExprKind::ControlFilter { .. }
        | ExprKind::ColumnFilter { .. } => Value::Null,
    }
}

/// A function of the items of an array, for which `each` is computed over the row. Null when there is no array, and
/// for a function that does not look at items.
pub fn per_item(
    function: &Function,
    array: &Value,
    each: &Expr,
    row: &[Value],
    cx: &Context,
) -> Value {
    let (Evaluator::PerItem(f), Some(items)) = (function.evaluate, items(Some(array))) else {
        return Value::Null;
    };
    let value = |item: &serde_json::Value| eval_with(each, row, &from_json(item.clone()), cx);
    let pairs: Vec<_> = items.iter().map(|item| (item, value(item))).collect();
    f(&pairs)
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
        Evaluator::Aggregate(_)
        | Evaluator::Window(_)
        | Evaluator::PerItem(_)
        | Evaluator::Replaced
        | Evaluator::Engine => Value::Null,
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
        Evaluator::Scalar(_) | Evaluator::PerItem(_) | Evaluator::Replaced | Evaluator::Engine => {
            Value::Null
        }
    }
}

/// A window function, or an aggregate over the whole partition: one value per row.
pub fn window(function: &Function, partition: &Partition<'_>, cx: &Context) -> Vec<Value> {
    match function.evaluate {
        Evaluator::Window(f) => f(partition, cx),
        Evaluator::Aggregate(_)
        | Evaluator::Scalar(_)
        | Evaluator::PerItem(_)
        | Evaluator::Replaced
        | Evaluator::Engine => {
            vec![aggregate(function, partition.rows, cx); partition.rows.len()]
        }
    }
}

//! Small lines in a cell: a variant `{"sparkline": [{"x": …, "y": …}, …]}` that the page draws.

use serde_json::{Value as Json, json};

use super::variant::{from_json, items, to_json};
use crate::formula::eval::Context;
use crate::value::Value;

fn drawn(points: impl Iterator<Item = Json>) -> Value {
    from_json(json!({ "sparkline": points.collect::<Vec<_>>() }))
}

/// `Sparkline`: the items that have an `x`, and a `y` that is a number or missing.
pub(in crate::formula) fn of_array(args: &[Value], _: &Context) -> Value {
    let point = |item: &Json| {
        let y = item.get("y").unwrap_or(&Json::Null);
        (y.is_number() || y.is_null()).then(|| Some(json!({ "x": item.get("x")?, "y": y })))?
    };
    items(args.first()).map_or(Value::Null, |all| drawn(all.iter().filter_map(point)))
}

/// `SparklineAgg` over rows of a category and its value: one point per row, in the order of the categories.
pub(in crate::formula) fn of_group(rows: &[Vec<Value>], _: &Context) -> Value {
    let mut points: Vec<(&Value, &Value)> = rows
        .iter()
        .filter_map(|row| Some((row.first()?, row.get(1)?)))
        .collect();
    points.sort_by(|a, b| a.0.sort_cmp(b.0));
    let point = |(x, y): (&Value, &Value)| json!({ "x": to_json(x), "y": to_json(y) });
    drawn(points.into_iter().map(point))
}

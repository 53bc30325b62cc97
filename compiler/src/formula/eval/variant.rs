//! Variants: JSON values, paths into them, arrays.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::formula::datetime::format_date;
use crate::formula::eval::Context;
use crate::formula::eval::number::{integer, to_integer};
use crate::formula::eval::text::arg;
use crate::value::Value;

/// Longest array a function makes; what would be longer is Null.
const LIMIT: usize = 100_000;

/// Any value as JSON; dates in their canonical text.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Logical(b) => Json::Bool(*b),
        Value::Integer(i) => Json::from(*i),
        Value::Float(f) => to_integer(*f).map_or_else(|| Json::from(*f), Json::from),
        Value::Text(t) => Json::from(&**t),
        Value::Date(d) => Json::from(format_date(*d)),
        Value::Variant(j) => (**j).clone(),
    }
}

/// JSON as a variant; JSON's null is Null.
pub fn from_json(json: Json) -> Value {
    if json.is_null() {
        Value::Null
    } else {
        Value::Variant(Arc::new(json))
    }
}

/// A variant of an array.
pub(in crate::formula) fn array(items: Vec<Json>) -> Value {
    Value::Variant(Arc::new(Json::Array(items)))
}

/// The items of an array argument.
pub(in crate::formula) fn items(value: Option<&Value>) -> Option<&[Json]> {
    match value {
        Some(Value::Variant(json)) => json.as_array().map(Vec::as_slice),
        _ => None,
    }
}

fn with_array(args: &[Value], f: impl FnOnce(&[Json]) -> Value) -> Value {
    items(args.first()).map_or(Value::Null, f)
}

/// `Path`
pub(in crate::formula) fn path(args: &[Value], _: &Context) -> Value {
    match args.first() {
        Some(Value::Variant(json)) => json
            .get(arg(args, 1))
            .cloned()
            .map_or(Value::Null, from_json),
        _ => Value::Null,
    }
}

/// `Index`: a number from 0, or a key as text.
pub(in crate::formula) fn index(args: &[Value], cx: &Context) -> Value {
    match args {
        [_, Value::Text(_)] => path(args, cx),
        [Value::Variant(json), position] => {
            let position = integer(position).and_then(|i| usize::try_from(i).ok());
            position
                .and_then(|i| json.get(i))
                .cloned()
                .map_or(Value::Null, from_json)
        }
        _ => Value::Null,
    }
}

/// `Array`
pub(in crate::formula) fn make(args: &[Value], _: &Context) -> Value {
    array(args.iter().map(to_json).collect())
}

/// `ArrayLength`
pub(in crate::formula) fn length(args: &[Value], _: &Context) -> Value {
    with_array(args, |a| {
        Value::Integer(i64::try_from(a.len()).unwrap_or(i64::MAX))
    })
}

/// Whether two items are the same: numbers by value, everything else exactly.
fn same(a: &Json, b: &Json) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(x), Some(y)) if a.as_i64().is_none() || b.as_i64().is_none() => {
            x.total_cmp(&y).is_eq()
        }
        _ => a == b,
    }
}

/// `ArrayContains`: as `In`, finds a Null that is listed; when it is not, of Null nothing is known.
pub(in crate::formula) fn contains(args: &[Value], _: &Context) -> Value {
    let Some(target) = args.get(1).map(to_json) else {
        return Value::Null;
    };
    with_array(args, |a| match a.iter().any(|x| same(x, &target)) {
        false if target.is_null() => Value::Null,
        found => Value::Logical(found),
    })
}

/// `ArrayCompact`: without nulls.
pub(in crate::formula) fn compact(args: &[Value], _: &Context) -> Value {
    with_array(args, |a| {
        array(a.iter().filter(|x| !x.is_null()).cloned().collect())
    })
}

/// `ArrayConcat`
pub(in crate::formula) fn concat(args: &[Value], _: &Context) -> Value {
    let all: Option<Vec<&[Json]>> = args.iter().map(|a| items(Some(a))).collect();
    match all {
        Some(all) if all.iter().map(|a| a.len()).sum::<usize>() <= LIMIT => array(all.concat()),
        _ => Value::Null,
    }
}

/// `ArrayFilter`: the items for which the condition is True.
pub(in crate::formula) fn filter(items: &[(&Json, Value)]) -> Value {
    let kept = items
        .iter()
        .filter(|(_, keep)| *keep == Value::Logical(true));
    array(kept.map(|(item, _)| (*item).clone()).collect())
}

/// `ArrayTransform`: what became of each item.
pub(in crate::formula) fn transform(items: &[(&Json, Value)]) -> Value {
    array(items.iter().map(|(_, value)| to_json(value)).collect())
}

/// `RaggedHierarchy`: levels from the top down to the first Null.
pub(in crate::formula) fn branch(args: &[Value], _: &Context) -> Value {
    array(
        args.iter()
            .take_while(|level| !level.is_null())
            .map(to_json)
            .collect(),
    )
}

fn distinct<'a>(list: impl Iterator<Item = &'a Json>) -> Value {
    let mut seen = std::collections::BTreeSet::new();
    let key = |x: &Json| match x.as_f64() {
        Some(f) if x.as_i64().is_none() => {
            to_integer(f).map_or_else(|| x.to_string(), |i| i.to_string())
        }
        _ => x.to_string(),
    };
    array(list.filter(|x| seen.insert(key(x))).cloned().collect())
}

/// `ArrayDistinct`: first occurrences, in order.
pub(in crate::formula) fn unique(args: &[Value], _: &Context) -> Value {
    with_array(args, |a| distinct(a.iter()))
}

/// `ArrayExcept`: items of the first array that the second does not hold.
pub(in crate::formula) fn except(args: &[Value], _: &Context) -> Value {
    let Some(others) = items(args.get(1)) else {
        return Value::Null;
    };
    with_array(args, |a| {
        distinct(a.iter().filter(|x| !others.iter().any(|o| same(x, o))))
    })
}

/// `ArrayIntersection`: items that both arrays hold.
pub(in crate::formula) fn intersection(args: &[Value], _: &Context) -> Value {
    let others = items(args.get(1)).unwrap_or_default();
    let list = items(args.first()).unwrap_or_default();
    distinct(list.iter().filter(|x| others.iter().any(|o| same(x, o))))
}

/// `ArrayJoin`
pub(in crate::formula) fn join(args: &[Value], _: &Context) -> Value {
    let separator = if args.len() > 1 { arg(args, 1) } else { "," };
    let nulls = (args.len() > 2).then(|| arg(args, 2).to_owned());
    with_array(args, |a| {
        let parts = a.iter().filter_map(|x| match x {
            Json::Null => nulls.clone(),
            Json::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        });
        Value::text(parts.collect::<Vec<_>>().join(separator))
    })
}

fn rounded(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Float(f) => integer(&Value::Float(f.round())),
        other => integer(other),
    }
}

/// `ArraySlice`: from position `start` (from 0, negative from the end).
pub(in crate::formula) fn slice(args: &[Value], _: &Context) -> Value {
    with_array(args, |a| {
        let size = i64::try_from(a.len()).unwrap_or(i64::MAX);
        let start = rounded(args.get(1)).unwrap_or(0);
        let start = if start < 0 {
            size.saturating_add(start).max(0)
        } else {
            start
        };
        let length = if args.len() > 2 {
            rounded(args.get(2)).unwrap_or(0)
        } else {
            i64::MAX
        };
        let at = |n: i64| usize::try_from(n).unwrap_or(0);
        array(a.iter().skip(at(start)).take(at(length)).cloned().collect())
    })
}

/// `Sequence`: both ends included when reached.
pub(in crate::formula) fn sequence(args: &[Value], _: &Context) -> Value {
    let (Some(start), Some(end)) = (rounded(args.first()), rounded(args.get(1))) else {
        return Value::Null;
    };
    let step = if args.len() > 2 {
        rounded(args.get(2)).unwrap_or(0)
    } else {
        1
    };
    let mut list = Vec::new();
    let mut next = Some(start);
    while let Some(n) = next.filter(|n| (step > 0 && *n <= end) || (step < 0 && *n >= end)) {
        if list.len() == LIMIT {
            return Value::Null;
        }
        list.push(Json::from(n));
        next = n.checked_add(step);
    }
    array(list)
}

/// `SplitToArray`; an empty separator gives the characters.
pub(in crate::formula) fn split(args: &[Value], _: &Context) -> Value {
    let (text, separator) = (arg(args, 0), arg(args, 1));
    if separator.is_empty() && !text.is_empty() {
        return array(text.chars().map(|c| Json::from(c.to_string())).collect());
    }
    if separator.is_empty() {
        return array(vec![Json::from("")]);
    }
    array(text.split(separator).map(Json::from).collect())
}

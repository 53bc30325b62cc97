//! Geographies: points, lines and polygons on a sphere of [`RADIUS`] metres. Values are texts, WKT as [`Shape`] prints
//! it; every function also reads other spellings of WKT and `GeoJSON`, so that columns may hold either.

mod geojson;
mod measure;
mod relate;
mod shape;
mod sphere;
#[cfg(test)]
mod tests;
mod wkt;

use super::number::{float, real};
use super::text::arg;
use crate::formula::eval::Context;
use crate::formula::eval::variant::from_json;
use crate::value::Value;
use shape::{Position, Shape};

/// Metres; the mean radius of the earth, as in `DistanceGlobe`.
pub(crate) const RADIUS: f64 = 6_371_000.0;

/// A geography of an argument: WKT or `GeoJSON` as text, or `GeoJSON`.
fn read(value: Option<&Value>) -> Option<Shape> {
    match value? {
        Value::Text(text) if text.trim_start().starts_with('{') => {
            geojson::read(&serde_json::from_str(text).ok()?)
        }
        Value::Text(text) => wkt::read(text),
        Value::Variant(json) => geojson::read(json),
        Value::Null | Value::Logical(_) | Value::Integer(_) | Value::Float(_) | Value::Date(_) => {
            None
        }
    }
}

fn written(shape: Option<&Shape>) -> Value {
    shape.map_or(Value::Null, |shape| Value::text(shape.to_string()))
}

/// Two geographies of two arguments, from one position on.
fn pair(args: &[Value], from: usize) -> Option<(Shape, Shape)> {
    Some((read(args.get(from))?, read(args.get(from + 1))?))
}

/// `Geography`
pub(in crate::formula) fn geography(args: &[Value], _: &Context) -> Value {
    written(read(args.first()).as_ref())
}

/// The `GeoJSON` of a geography: `Json` and `Variant` of one.
pub(in crate::formula) fn geo_json(args: &[Value], _: &Context) -> Value {
    read(args.first()).map_or(Value::Null, |shape| from_json(geojson::write(&shape)))
}

/// `MakePoint`: longitude first.
pub(in crate::formula) fn make_point(args: &[Value], _: &Context) -> Value {
    let position = Position::new(real(args, 0), real(args, 1));
    written(position.map(Shape::Point).as_ref())
}

/// `MakeLine`: the points of points and lines, in order.
pub(in crate::formula) fn make_line(args: &[Value], _: &Context) -> Value {
    let mut line = Vec::new();
    for arg in args {
        match read(Some(arg)) {
            Some(Shape::Point(point)) => line.push(point),
            Some(Shape::Line(points)) => line.extend(points),
            _ => return Value::Null,
        }
    }
    written((line.len() > 1).then_some(Shape::Line(line)).as_ref())
}

fn coordinate(args: &[Value], of: fn(&Position) -> f64) -> Value {
    match read(args.first()) {
        Some(Shape::Point(point)) => float(of(&point)),
        _ => Value::Null,
    }
}

/// `Longitude`
pub(in crate::formula) fn longitude(args: &[Value], _: &Context) -> Value {
    coordinate(args, |point| point.longitude)
}

/// `Latitude`
pub(in crate::formula) fn latitude(args: &[Value], _: &Context) -> Value {
    coordinate(args, |point| point.latitude)
}

/// Metres of a unit of length.
fn metres(unit: &str) -> Option<f64> {
    [("meters", 1.0), ("kilometers", 1e3), ("miles", 1609.344)]
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(unit))
        .map(|(_, metres)| metres)
}

/// `Distance`
pub(in crate::formula) fn distance(args: &[Value], _: &Context) -> Value {
    let unit = metres(arg(args, 0)).zip(pair(args, 1));
    unit.and_then(|(unit, (left, right))| Some(relate::distance(&left, &right)? * RADIUS / unit))
        .map_or(Value::Null, float)
}

/// `Perimeter`
pub(in crate::formula) fn perimeter(args: &[Value], _: &Context) -> Value {
    metres(arg(args, 0))
        .zip(read(args.get(1)))
        .map_or(Value::Null, |(unit, shape)| {
            float(measure::perimeter(&shape) * RADIUS / unit)
        })
}

/// `Area`
pub(in crate::formula) fn area(args: &[Value], _: &Context) -> Value {
    let unit = arg(args, 0).to_ascii_lowercase();
    unit.strip_prefix("square_")
        .and_then(metres)
        .zip(read(args.get(1)))
        .map_or(Value::Null, |(unit, shape)| {
            float(measure::area(&shape) * (RADIUS / unit).powi(2))
        })
}

/// `Centroid`
pub(in crate::formula) fn centroid(args: &[Value], _: &Context) -> Value {
    let shape = read(args.first());
    let centre = shape.as_ref().and_then(measure::centroid);
    written(centre.map(Shape::Point).as_ref())
}

/// `Intersects`
pub(in crate::formula) fn intersects(args: &[Value], _: &Context) -> Value {
    pair(args, 0).map_or(Value::Null, |(left, right)| {
        Value::Logical(relate::intersects(&left, &right))
    })
}

/// `Within`
pub(in crate::formula) fn within(args: &[Value], _: &Context) -> Value {
    pair(args, 0).map_or(Value::Null, |(inner, outer)| {
        Value::Logical(relate::within(&inner, &outer))
    })
}

//! `GeoJSON` to shapes and back. Of a feature its geometry is taken; heights are dropped.

use serde_json::{Value as Json, json};

use super::shape::{Line, Position, Shape, line, polygon};

/// Collections within collections.
const DEEPEST: usize = 8;

/// Reads a shape; `None` for what is none, or lies off the globe.
pub(super) fn read(json: &Json) -> Option<Shape> {
    shape(json, DEEPEST)
}

fn shape(json: &Json, depth: usize) -> Option<Shape> {
    let depth = depth.checked_sub(1)?;
    let coordinates = || json.get("coordinates");
    let inside = |key: &str| list(json.get(key)?, |each| shape(each, depth));
    Some(match json.get("type")?.as_str()? {
        "Point" => Shape::Point(place(coordinates()?)?),
        "LineString" => Shape::Line(line(places(coordinates()?)?)?),
        "Polygon" => Shape::Polygon(polygon(list(coordinates()?, places)?)?),
        "MultiPoint" => Shape::Points(places(coordinates()?)?),
        "MultiLineString" => Shape::Lines(list(coordinates()?, |each| line(places(each)?))?),
        "MultiPolygon" => {
            Shape::Polygons(list(coordinates()?, |each| polygon(list(each, places)?))?)
        }
        "GeometryCollection" => Shape::Collection(inside("geometries")?),
        "FeatureCollection" => Shape::Collection(inside("features")?),
        "Feature" => shape(json.get("geometry")?, depth)?,
        _ => return None,
    })
}

fn list<T>(json: &Json, item: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    json.as_array()?.iter().map(item).collect()
}

fn places(json: &Json) -> Option<Line> {
    list(json, place)
}

fn place(json: &Json) -> Option<Position> {
    match json.as_array()?.as_slice() {
        [longitude, latitude, ..] => Position::new(longitude.as_f64()?, latitude.as_f64()?),
        _ => None,
    }
}

/// A shape as `GeoJSON`.
pub(super) fn write(shape: &Shape) -> Json {
    let of = |kind: &str, coordinates: Json| json!({ "type": kind, "coordinates": coordinates });
    let rings = |lines: &[Line]| Json::Array(lines.iter().map(|line| numbers(line)).collect());
    match shape {
        Shape::Point(point) => of("Point", pair(point)),
        Shape::Line(line) => of("LineString", numbers(line)),
        Shape::Polygon(polygon) => of("Polygon", rings(polygon)),
        Shape::Points(points) => of("MultiPoint", numbers(points)),
        Shape::Lines(lines) => of("MultiLineString", rings(lines)),
        Shape::Polygons(polygons) => of(
            "MultiPolygon",
            polygons.iter().map(|polygon| rings(polygon)).collect(),
        ),
        Shape::Collection(shapes) => {
            let all: Vec<Json> = shapes.iter().map(write).collect();
            json!({ "type": "GeometryCollection", "geometries": all })
        }
    }
}

fn numbers(line: &[Position]) -> Json {
    line.iter().map(pair).collect()
}

fn pair(place: &Position) -> Json {
    let number = |value: f64| super::super::variant::to_json(&super::float(value));
    Json::Array(vec![number(place.longitude), number(place.latitude)])
}

//! What a geography is made of, and its WKT.

use std::fmt;

/// A place in degrees: longitude from -180 to 180, latitude from -90 to 90.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Position {
    pub(super) longitude: f64,
    pub(super) latitude: f64,
}

impl Position {
    /// `None` out of range.
    pub(super) fn new(longitude: f64, latitude: f64) -> Option<Self> {
        let there = longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
        // Adding 0 makes a negative zero positive.
        there.then_some(Self {
            longitude: longitude + 0.0,
            latitude: latitude + 0.0,
        })
    }
}

/// Two places or more.
pub(super) type Line = Vec<Position>;
/// Rings, each closed and of four places or more: the outer one, then holes.
pub(super) type Polygon = Vec<Line>;

/// A geography. Plural forms may be empty.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Shape {
    Point(Position),
    Line(Line),
    Polygon(Polygon),
    Points(Vec<Position>),
    Lines(Vec<Line>),
    Polygons(Vec<Polygon>),
    Collection(Vec<Shape>),
}

/// A shape taken apart.
#[derive(Clone, Default, Debug)]
pub(super) struct Parts<'s> {
    pub(super) points: Vec<Position>,
    pub(super) lines: Vec<&'s [Position]>,
    pub(super) polygons: Vec<&'s [Line]>,
}

/// A line from its places; `None` when it has fewer than two.
pub(super) fn line(places: Line) -> Option<Line> {
    (places.len() > 1).then_some(places)
}

/// A polygon from its rings; `None` when there is none, or one is not closed or too short.
pub(super) fn polygon(rings: Vec<Line>) -> Option<Polygon> {
    let sound = |ring: &Line| ring.len() > 3 && ring.first() == ring.last();
    (!rings.is_empty() && rings.iter().all(sound)).then_some(rings)
}

impl Shape {
    /// All points, lines and polygons of a shape.
    pub(super) fn parts(&self) -> Parts<'_> {
        let mut parts = Parts::default();
        self.add_to(&mut parts);
        parts
    }

    fn add_to<'s>(&'s self, parts: &mut Parts<'s>) {
        match self {
            Self::Point(point) => parts.points.push(*point),
            Self::Line(line) => parts.lines.push(line),
            Self::Polygon(polygon) => parts.polygons.push(polygon),
            Self::Points(points) => parts.points.extend(points),
            Self::Lines(lines) => parts.lines.extend(lines.iter().map(Vec::as_slice)),
            Self::Polygons(polygons) => {
                parts.polygons.extend(polygons.iter().map(Vec::as_slice));
            }
            Self::Collection(shapes) => shapes.iter().for_each(|shape| shape.add_to(parts)),
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.longitude, self.latitude)
    }
}

/// Items in parentheses, or `EMPTY`.
fn list<T>(
    f: &mut fmt::Formatter<'_>,
    items: &[T],
    mut item: impl FnMut(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    if items.is_empty() {
        return f.write_str(" EMPTY");
    }
    for (index, each) in items.iter().enumerate() {
        f.write_str(if index == 0 { "(" } else { ", " })?;
        item(f, each)?;
    }
    f.write_str(")")
}

fn places(f: &mut fmt::Formatter<'_>, line: &Line) -> fmt::Result {
    list(f, line, |f, place| write!(f, "{place}"))
}

fn rings(f: &mut fmt::Formatter<'_>, polygon: &Polygon) -> fmt::Result {
    list(f, polygon, places)
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(point) => write!(f, "POINT({point})"),
            Self::Line(line) => {
                f.write_str("LINESTRING")?;
                places(f, line)
            }
            Self::Polygon(polygon) => {
                f.write_str("POLYGON")?;
                rings(f, polygon)
            }
            Self::Points(points) => {
                f.write_str("MULTIPOINT")?;
                places(f, points)
            }
            Self::Lines(lines) => {
                f.write_str("MULTILINESTRING")?;
                rings(f, lines)
            }
            Self::Polygons(polygons) => {
                f.write_str("MULTIPOLYGON")?;
                list(f, polygons, rings)
            }
            Self::Collection(shapes) => {
                f.write_str("GEOMETRYCOLLECTION")?;
                list(f, shapes, |f, shape| write!(f, "{shape}"))
            }
        }
    }
}

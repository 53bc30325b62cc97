//! How two shapes lie to each other.

use std::f64::consts::PI;

use super::shape::{Line, Parts, Position, Shape};
use super::sphere::{Arc, NEAR, Vector, arcs, signed_area};

/// Where a place lies to a polygon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Inside,
    Edge,
    Outside,
}

/// Whether a ring goes round a place. The place must not lie on it.
fn surrounds(ring: &[Position], place: Vector) -> bool {
    // Directions of the ends as seen from the place; differences keep near ones exact.
    let seen = |end: Vector| {
        let way = end.minus(place);
        way.minus(place.times(way.dot(place)))
    };
    let turned: f64 = arcs(ring)
        .map(|Arc { from, to }| {
            let (from, to) = (seen(from), seen(to));
            place.dot(from.cross(to)).atan2(from.dot(to))
        })
        .sum();
    // Seen from the other side of the earth a ring turns the other way.
    turned * signed_area(ring).signum() > PI
}

fn side(polygon: &[Line], place: Vector) -> Side {
    if polygon
        .iter()
        .any(|ring| arcs(ring).any(|arc| arc.touches(place)))
    {
        return Side::Edge;
    }
    let mut rings = polygon.iter();
    let outer = rings.next().is_some_and(|ring| surrounds(ring, place));
    if outer && !rings.any(|ring| surrounds(ring, place)) {
        Side::Inside
    } else {
        Side::Outside
    }
}

impl Parts<'_> {
    fn is_empty(&self) -> bool {
        self.points.is_empty() && self.lines.is_empty() && self.polygons.is_empty()
    }

    fn vectors(&self) -> Vec<Vector> {
        self.points.iter().map(Vector::from).collect()
    }

    fn edges(&self) -> Vec<Arc> {
        let rings = self.polygons.iter().flat_map(|polygon| polygon.iter());
        rings.flat_map(|ring| arcs(ring)).collect()
    }

    /// Lines and edges.
    fn arcs(&self) -> Vec<Arc> {
        let lines = self.lines.iter().flat_map(|line| arcs(line));
        lines.chain(self.edges()).collect()
    }

    /// One place of every part, which is enough where nothing meets.
    fn samples(&self) -> Vec<Vector> {
        let lines = self.lines.iter().filter_map(|line| line.first());
        let rings = self
            .polygons
            .iter()
            .filter_map(|polygon| polygon.first()?.first());
        self.points
            .iter()
            .chain(lines)
            .chain(rings)
            .map(Vector::from)
            .collect()
    }

    fn inside(&self, place: Vector) -> bool {
        self.polygons
            .iter()
            .any(|polygon| side(polygon, place) == Side::Inside)
    }

    /// Whether a place belongs to a polygon of the shape, its edges included.
    fn covers_area(&self, place: Vector) -> bool {
        let polygons = &self.polygons;
        polygons
            .iter()
            .any(|polygon| side(polygon, place) != Side::Outside)
    }

    /// Whether a place belongs to a line or polygon of the shape.
    fn covers_way(&self, place: Vector) -> bool {
        let mut lines = self.lines.iter();
        lines.any(|line| arcs(line).any(|arc| arc.touches(place))) || self.covers_area(place)
    }

    /// Whether a place belongs to the shape.
    fn covers(&self, place: Vector) -> bool {
        let mut points = self.points.iter();
        points.any(|point| place.angle(point.into()) <= NEAR) || self.covers_way(place)
    }
}

/// Whether two shapes have a place in common.
pub(super) fn intersects(left: &Shape, right: &Shape) -> bool {
    meet(&left.parts(), &right.parts())
}

fn meet(left: &Parts<'_>, right: &Parts<'_>) -> bool {
    let others = right.arcs();
    left.samples().into_iter().any(|place| right.covers(place))
        || right.samples().into_iter().any(|place| left.covers(place))
        || left
            .arcs()
            .into_iter()
            .any(|arc| others.iter().any(|other| !arc.meets(*other).is_empty()))
}

/// Radians between the nearest places of two shapes; `None` when one is empty.
pub(super) fn distance(left: &Shape, right: &Shape) -> Option<f64> {
    let (left, right) = (left.parts(), right.parts());
    if left.is_empty() || right.is_empty() {
        return None;
    }
    if meet(&left, &right) {
        return Some(0.0);
    }
    // Shapes that do not meet are nearest at an end of an arc.
    let ends = |parts: &Parts<'_>| {
        let mut ends = parts.vectors();
        ends.extend(parts.arcs().iter().flat_map(|arc| [arc.from, arc.to]));
        ends
    };
    let one_way = |places: Vec<Vector>, parts: &Parts<'_>| {
        let (points, arcs) = (parts.vectors(), parts.arcs());
        places
            .into_iter()
            .flat_map(|place| {
                let to_points = points.iter().map(move |point| place.angle(*point));
                let to_arcs = arcs.iter().map(move |arc| arc.distance(place));
                to_points.chain(to_arcs).collect::<Vec<_>>()
            })
            .fold(f64::INFINITY, f64::min)
    };
    Some(one_way(ends(&left), &right).min(one_way(ends(&right), &left)))
}

/// Pieces of arcs between the places where they meet others.
fn pieces(of: &[Arc], at: &[Arc]) -> Vec<Arc> {
    let mut out = Vec::new();
    for arc in of {
        let mut cuts: Vec<Vector> = at.iter().flat_map(|other| arc.meets(*other)).collect();
        cuts.push(arc.to);
        cuts.sort_by(|a, b| a.angle(arc.from).total_cmp(&b.angle(arc.from)));
        let mut from = arc.from;
        for to in cuts {
            let piece = Arc { from, to };
            if piece.length() > 2.0 * NEAR {
                out.push(piece);
                from = to;
            }
        }
    }
    out
}

/// Whether every place of a shape belongs to another, and not only to its edges.
pub(super) fn within(inner: &Shape, outer: &Shape) -> bool {
    let (inner, outer) = (inner.parts(), outer.parts());
    let walls = outer.arcs();
    let middles = |pieces: Vec<Arc>| pieces.into_iter().map(Arc::middle).collect::<Vec<_>>();
    let lines: Vec<Arc> = inner.lines.iter().flat_map(|line| arcs(line)).collect();
    let on_lines = middles(pieces(&lines, &walls));
    let edges = inner.edges();
    let on_edges = middles(pieces(&edges, &walls));
    let points = inner.vectors();
    let covered = points.iter().all(|place| outer.covers(*place))
        && on_lines.iter().all(|place| outer.covers_way(*place))
        && on_edges.iter().all(|place| outer.covers_area(*place));
    if inner.is_empty() || !covered {
        return false;
    }
    // An area lies inside when no wall of the other runs through it.
    let outer_walls = middles(pieces(&outer.edges(), &edges));
    if outer_walls.into_iter().any(|place| inner.inside(place)) {
        return false;
    }
    if inner.polygons.is_empty() {
        let flat = outer.polygons.is_empty();
        let mut places = points.iter().chain(&on_lines);
        return places.any(|place| flat || outer.inside(*place));
    }
    let samples = inner.polygons.iter().filter_map(|p| place_inside(p));
    samples.into_iter().all(|place| outer.inside(place))
}

/// A place inside a polygon, beside one of its edges.
fn place_inside(polygon: &[Line]) -> Option<Vector> {
    let edges = polygon.iter().flat_map(|ring| arcs(ring));
    edges
        .filter_map(|arc| Some((arc, arc.normal().unit()?)))
        .flat_map(|(arc, normal)| {
            let step = normal.times(arc.length() / 1000.0);
            [arc.middle().plus(step), arc.middle().minus(step)]
        })
        .filter_map(Vector::unit)
        .find(|place| side(polygon, *place) == Side::Inside)
}

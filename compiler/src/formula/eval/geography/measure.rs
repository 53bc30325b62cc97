//! Lengths, areas and centres, in radians and on the unit sphere.

use super::shape::{Line, Position, Shape};
use super::sphere::{Vector, arcs, signed_area};

fn polygon_area(polygon: &[Line]) -> f64 {
    let mut rings = polygon.iter().map(|ring| signed_area(ring).abs());
    let outer = rings.next().unwrap_or(0.0);
    (outer - rings.sum::<f64>()).max(0.0)
}

/// The area of the polygons, holes taken out; 0 for points and lines.
pub(super) fn area(shape: &Shape) -> f64 {
    let parts = shape.parts();
    parts.polygons.iter().map(|p| polygon_area(p)).sum()
}

fn length(line: &[Position]) -> f64 {
    arcs(line).map(super::sphere::Arc::length).sum()
}

/// The length of all rings; 0 for points and lines.
pub(super) fn perimeter(shape: &Shape) -> f64 {
    let parts = shape.parts();
    let rings = parts.polygons.iter().flat_map(|polygon| polygon.iter());
    rings.map(|ring| length(ring)).sum()
}

/// The integral of places over the inside of a ring, whichever way it runs.
fn ring_moment(ring: &[Position]) -> Vector {
    let sum = arcs(ring).fold(Vector::ZERO, |sum, arc| {
        let normal = arc.normal();
        let sine = normal.length();
        let stretched = if sine > 0.0 { arc.length() / sine } else { 0.0 };
        sum.plus(normal.times(stretched / 2.0))
    });
    sum.times(if signed_area(ring) < 0.0 { -1.0 } else { 1.0 })
}

fn polygon_moment(polygon: &[Line]) -> Vector {
    let mut rings = polygon.iter().map(|ring| ring_moment(ring));
    let outer = rings.next().unwrap_or(Vector::ZERO);
    rings.fold(outer, Vector::minus)
}

fn line_moment(line: &[Position]) -> Vector {
    arcs(line).fold(Vector::ZERO, |sum, arc| {
        let weight = 2.0 * (arc.length() / 2.0).sin();
        sum.plus(arc.middle().times(weight))
    })
}

/// The centre of what has most dimensions: of polygons by area, else of lines by length, else of points.
/// `None` for an empty shape and for one that is balanced about the centre of the earth.
pub(super) fn centroid(shape: &Shape) -> Option<Position> {
    let parts = shape.parts();
    let sum = |moments: Vec<Vector>| moments.into_iter().fold(Vector::ZERO, Vector::plus);
    let moments = [
        sum(parts.polygons.iter().map(|p| polygon_moment(p)).collect()),
        sum(parts.lines.iter().map(|line| line_moment(line)).collect()),
        sum(parts.points.iter().map(Vector::from).collect()),
    ];
    // Areas of a few square centimetres are still far above what rounding leaves.
    let flat = [1e-20, 1e-14, 1e-14];
    let found = moments
        .into_iter()
        .zip(flat)
        .find(|(moment, flat)| moment.length() > *flat);
    found.and_then(|(moment, _)| moment.times(1.0 / moment.length()).position())
}

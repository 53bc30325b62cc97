//! Points and arcs of great circles on the unit sphere.

use super::shape::Position;

/// Points nearer than this many radians (less than a tenth of a millimetre on the earth) are one.
pub(super) const NEAR: f64 = 1e-11;

/// A vector from the centre; of length 1 when it is a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vector(pub(super) [f64; 3]);

/// The shorter way between two places along their great circle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) from: Vector,
    pub(super) to: Vector,
}

impl From<&Position> for Vector {
    fn from(place: &Position) -> Self {
        let (longitude, latitude) = (place.longitude.to_radians(), place.latitude.to_radians());
        let circle = latitude.cos();
        Self([
            circle * longitude.cos(),
            circle * longitude.sin(),
            latitude.sin(),
        ])
    }
}

impl Vector {
    pub(super) const ZERO: Self = Self([0.0; 3]);

    pub(super) fn plus(self, other: Self) -> Self {
        let [x, y, z] = self.0;
        Self([x + other.0[0], y + other.0[1], z + other.0[2]])
    }

    pub(super) fn minus(self, other: Self) -> Self {
        self.plus(other.times(-1.0))
    }

    pub(super) fn times(self, factor: f64) -> Self {
        Self(self.0.map(|x| x * factor))
    }

    pub(super) fn dot(self, other: Self) -> f64 {
        let products = self.0.iter().zip(other.0).map(|(x, y)| x * y);
        products.sum()
    }

    pub(super) fn cross(self, other: Self) -> Self {
        let ([x, y, z], other) = (self.0, other.0);
        Self([
            y * other[2] - z * other[1],
            z * other[0] - x * other[2],
            x * other[1] - y * other[0],
        ])
    }

    pub(super) fn length(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// The place in this direction; `None` when there is no direction.
    pub(super) fn unit(self) -> Option<Self> {
        let length = self.length();
        (length > 1e-14).then(|| self.times(1.0 / length))
    }

    /// Radians between two places, exact for near ones too.
    pub(super) fn angle(self, other: Self) -> f64 {
        2.0 * self.minus(other).length().atan2(self.plus(other).length())
    }

    /// The place in degrees, rounded to less than a millimetre.
    pub(super) fn position(self) -> Option<Position> {
        let [x, y, z] = self.unit()?.0;
        let rounded = |radians: f64| (radians.to_degrees() * 1e10).round() / 1e10;
        let longitude = if x.hypot(y) < NEAR { 0.0 } else { y.atan2(x) };
        Position::new(rounded(longitude), rounded(z.atan2(x.hypot(y))))
    }
}

impl Arc {
    pub(super) fn length(self) -> f64 {
        self.from.angle(self.to)
    }

    /// Upright on the plane of the arc, as long as the sine of its angle.
    pub(super) fn normal(self) -> Vector {
        self.from.cross(self.to.minus(self.from))
    }

    pub(super) fn middle(self) -> Vector {
        self.from.plus(self.to).unit().unwrap_or(self.from)
    }

    /// Radians from a place to the nearest one of the arc.
    pub(super) fn distance(self, place: Vector) -> f64 {
        let ends = place.angle(self.from).min(place.angle(self.to));
        let Some(normal) = self.normal().unit() else {
            return ends;
        };
        let foot = place.minus(normal.times(place.dot(normal)));
        let between = normal.cross(self.from).dot(foot) >= 0.0
            && normal.cross(self.to).dot(foot) <= 0.0
            && foot.length() > NEAR;
        if between {
            place.dot(normal).clamp(-1.0, 1.0).asin().abs().min(ends)
        } else {
            ends
        }
    }

    pub(super) fn touches(self, place: Vector) -> bool {
        self.distance(place) <= NEAR
    }

    /// Places where two arcs meet: where they cross, and ends of one on the other.
    pub(super) fn meets(self, other: Self) -> Vec<Vector> {
        let ends = [
            (other, self.from),
            (other, self.to),
            (self, other.from),
            (self, other.to),
        ];
        let mut places: Vec<Vector> = ends
            .into_iter()
            .filter(|(arc, end)| arc.touches(*end))
            .map(|(_, end)| end)
            .collect();
        let crossing = self.normal().unit().zip(other.normal().unit());
        let axis = crossing.and_then(|(a, b)| a.cross(b).unit());
        if let Some(axis) = axis.filter(|_| places.is_empty()) {
            let both = [axis, axis.times(-1.0)];
            places.extend(
                both.into_iter()
                    .filter(|place| self.touches(*place) && other.touches(*place)),
            );
        }
        places
    }
}

/// The arcs of a line or ring.
pub(super) fn arcs(line: &[Position]) -> impl Iterator<Item = Arc> + '_ {
    line.windows(2).filter_map(|pair| match pair {
        [from, to] => Some(Arc {
            from: from.into(),
            to: to.into(),
        }),
        _ => None,
    })
}

/// The signed area to the left of a ring, between -2π and 2π: the smaller side is its inside.
pub(super) fn signed_area(ring: &[Position]) -> f64 {
    let places: Vec<Vector> = ring.iter().map(Vector::from).collect();
    let Some((first, rest)) = places.split_first() else {
        return 0.0;
    };
    let fan = rest.windows(2).map(|pair| match pair {
        [b, c] => {
            // The solid angle of a triangle; differences keep small ones exact.
            let volume = first.dot(b.minus(*first).cross(c.minus(*first)));
            2.0 * volume.atan2(1.0 + first.dot(*b) + b.dot(*c) + c.dot(*first))
        }
        _ => 0.0,
    });
    let area: f64 = fan.sum();
    let whole = 4.0 * std::f64::consts::PI;
    let area = area % whole;
    if area > whole / 2.0 {
        area - whole
    } else if area < -whole / 2.0 {
        area + whole
    } else {
        area
    }
}

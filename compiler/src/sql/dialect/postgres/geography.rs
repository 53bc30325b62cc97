//! Geographies on `PostgreSQL`, as WKT: what needs the sphere needs an extension there.

use super::super::table::{Table, made, refused, sql};
use super::forms::exact;
use crate::formula::eval::{Context, call};
use crate::formula::functions::function;
use crate::formula::functions::lowering::Writing;
use crate::plan::Settings;
use crate::plan::relation::{Expr, ExprKind};

const NO_SPHERE: &str = "the engine has no geographies without an extension";
const NEEDS_LITERAL: &str = "needs a literal: the engine reads no geographies without an extension";
const NEEDS_POINTS: &str =
    "needs calls of MakePoint: the engine has no geographies without an extension";

/// One coordinate of a point, by its place.
macro_rules! coordinate {
    ($point:literal, $place:literal) => {
        concat!(
            "CAST((regexp_match(",
            $point,
            ", '^POINT[(]([^ ]+) ([^ ]+)[)]$'))[",
            $place,
            "] AS DOUBLE PRECISION)"
        )
    };
}

/// Degrees as WKT has them, never with an exponent.
macro_rules! degrees {
    ($number:literal) => {
        concat!("CAST(trim_scale(", exact!($number), ") AS TEXT)")
    };
}

/// What stands between the parentheses of a point or line.
const WITHIN: &str = "'^[A-Z]+[(](.*)[)]$'";

/// The angle between two points, over two units of a sphere.
macro_rules! half_angle {
    () => {
        concat!(
            "asin(least(1, sqrt(power(sin((radians(",
            coordinate!("{2}", "2"),
            ") - radians(",
            coordinate!("{1}", "2"),
            ")) / 2), 2) + cos(radians(",
            coordinate!("{1}", "2"),
            ")) * cos(radians(",
            coordinate!("{2}", "2"),
            ")) * power(sin((radians(",
            coordinate!("{2}", "1"),
            ") - radians(",
            coordinate!("{1}", "1"),
            ")) / 2), 2))))"
        )
    };
}

/// The positions of WKT as JSON.
macro_rules! positions {
    () => {
        concat!(
            "CAST(translate(regexp_replace(substr({0}, strpos({0}, chr(40))), ",
            r"'([-+.0-9e]+) ([-+.0-9e]+)', '[\1,\2]', 'g'), '()', '[]') AS JSONB)"
        )
    };
}

fn geography(args: &[Expr]) -> Result<Writing, &'static str> {
    let Some(ExprKind::Literal { value }) = args.first().map(|arg| &arg.kind) else {
        return Err(NEEDS_LITERAL);
    };
    let known = function("Geography").ok_or(NEEDS_LITERAL)?;
    let cx = Context::new(Settings::default(), 0);
    Ok(Writing {
        template: "{1}".to_owned(),
        values: vec![call(known, std::slice::from_ref(value), &cx)],
    })
}

fn distance(args: &[Expr]) -> Result<Writing, &'static str> {
    let is_point = |arg: &Expr| matches!(&arg.kind, ExprKind::Call { function, .. } if &**function == "MakePoint");
    let unit = super::iso::literal(args, 0).ok_or(NEEDS_POINTS)?;
    let radius = match &*unit.to_ascii_lowercase() {
        "kilometers" => "6371",
        "meters" => "6371000",
        "miles" => "6371000 / 1609.344",
        _ => return Err(NEEDS_POINTS),
    };
    if !args.iter().skip(1).all(is_point) {
        return Err(NEEDS_POINTS);
    }
    Ok(Writing::plain(format!(
        "(CASE WHEN num_nulls({{0..}}) = 0 THEN 2 * {radius} * {} END)",
        half_angle!()
    )))
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Geography", made(geography, &[NEEDS_LITERAL])),
    (
        "MakePoint",
        sql(concat!(
            "(CASE WHEN {0} BETWEEN -180 AND 180 AND {1} BETWEEN -90 AND 90 THEN 'POINT(' || ",
            degrees!("{0}"),
            " || ' ' || ",
            degrees!("{1}"),
            " || ')' END)"
        )),
    ),
    (
        "MakeLine",
        made(
            |_| {
                Ok(Writing::plain(format!(
                    "('LINESTRING(' || substring({{0..: FROM {WITHIN}) || ', ' || substring(}} FROM {WITHIN}) || ')')"
                )))
            },
            &[],
        ),
    ),
    ("Longitude", sql(coordinate!("{0}", "1"))),
    ("Latitude", sql(coordinate!("{0}", "2"))),
    ("Distance", made(distance, &[NEEDS_POINTS])),
    ("Area", refused(NO_SPHERE)),
    ("Perimeter", refused(NO_SPHERE)),
    ("Centroid", refused(NO_SPHERE)),
    ("Intersects", refused(NO_SPHERE)),
    ("Within", refused(NO_SPHERE)),
    (
        "GeoJson",
        sql(concat!(
            "(CASE split_part({0}, chr(40), 1) WHEN 'POINT' THEN jsonb_build_object('type', 'Point', 'coordinates', ",
            positions!(),
            " -> 0) WHEN 'LINESTRING' THEN jsonb_build_object('type', 'LineString', 'coordinates', ",
            positions!(),
            ") WHEN 'POLYGON' THEN jsonb_build_object('type', 'Polygon', 'coordinates', ",
            positions!(),
            ") WHEN 'MULTIPOINT' THEN jsonb_build_object('type', 'MultiPoint', 'coordinates', ",
            positions!(),
            ") WHEN 'MULTILINESTRING' THEN jsonb_build_object('type', 'MultiLineString', 'coordinates', ",
            positions!(),
            ") WHEN 'MULTIPOLYGON' THEN jsonb_build_object('type', 'MultiPolygon', 'coordinates', ",
            positions!(),
            ") END)"
        )),
    ),
];

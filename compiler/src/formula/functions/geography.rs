//! Points, lines and areas on the globe.

use super::declare::{GEOGRAPHY, LOGICAL, NUMBER, choice, geography, number, param, scalar};
use super::signature::{Accepts, Category, Function, Param};
use crate::formula::eval::geography as eval;
use crate::value::Type::{Geography, Text, Variant};

const G: Category = Category::Geography;
const LENGTH: Param = choice("units", &["kilometers", "meters", "miles"]);
const AREA: Param = choice(
    "units",
    &["square_kilometers", "square_meters", "square_miles"],
);

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    scalar(
        G,
        "Geography",
        &[param("value", Accepts::OneOf(&[Text, Variant, Geography]))],
        GEOGRAPHY,
        "Text in WKT or GeoJSON, or GeoJSON as a variant, as a geography; longitude comes first. Null when it is none, or off the globe.",
    )
    .example("Text(Geography(\"point (-46.63 -23.55)\"))", "\"POINT(-46.63 -23.55)\"")
    .eval(eval::geography),
    scalar(
        G,
        "MakePoint",
        &[number("longitude"), number("latitude")],
        GEOGRAPHY,
        "A point; longitude comes first, unlike in `DistanceGlobe`. Null off the globe.",
    )
    .example("Text(MakePoint(-46.63, -23.55))", "\"POINT(-46.63 -23.55)\"")
    .eval(eval::make_point),
    scalar(
        G,
        "MakeLine",
        &[geography("geography1"), geography("geography2").many()],
        GEOGRAPHY,
        "A line through points and lines, in order; Null for anything else.",
    )
    .example(
        "Text(MakeLine(MakePoint(0, 0), MakePoint(1, 1)))",
        "\"LINESTRING(0 0, 1 1)\"",
    )
    .eval(eval::make_line),
    scalar(
        G,
        "Longitude",
        &[geography("point")],
        NUMBER,
        "The longitude of a point, in degrees; Null for anything else.",
    )
    .example("Longitude(MakePoint(-46.63, -23.55))", "-46.63")
    .eval(eval::longitude),
    scalar(
        G,
        "Latitude",
        &[geography("point")],
        NUMBER,
        "The latitude of a point, in degrees; Null for anything else.",
    )
    .example("Latitude(MakePoint(-46.63, -23.55))", "-23.55")
    .eval(eval::latitude),
    scalar(
        G,
        "Distance",
        &[LENGTH, geography("geography1"), geography("geography2")],
        NUMBER,
        "The shortest way between two geographies over a sphere of 6371 kilometres; the unit comes first.",
    )
    .example(
        "Round(Distance(\"kilometers\", MakePoint(0, 0), MakePoint(90, 0)), 0)",
        "10008",
    )
    .eval(eval::distance),
    scalar(
        G,
        "Area",
        &[AREA, geography("polygon")],
        NUMBER,
        "The area of polygons, holes taken out; 0 for points and lines. The unit comes first.",
    )
    .example(
        "Round(Area(\"square_kilometers\", Geography(\"POLYGON((0 0, 90 0, 0 90, 0 0))\")), -3)",
        "63758000",
    )
    .eval(eval::area),
    scalar(
        G,
        "Perimeter",
        &[LENGTH, geography("polygon")],
        NUMBER,
        "The length of the edges of polygons, those of holes too; 0 for points and lines. The unit comes first.",
    )
    .example(
        "Round(Perimeter(\"kilometers\", Geography(\"POLYGON((0 0, 90 0, 0 90, 0 0))\")), 0)",
        "30023",
    )
    .eval(eval::perimeter),
    scalar(
        G,
        "Centroid",
        &[geography("geography")],
        GEOGRAPHY,
        "The centre: of polygons by area, else of lines by length, else of points. Null for an empty geography.",
    )
    .example(
        "Text(Centroid(Geography(\"LINESTRING(-10 0, 30 0)\")))",
        "\"POINT(10 0)\"",
    )
    .eval(eval::centroid),
    scalar(
        G,
        "Intersects",
        &[geography("geography1"), geography("geography2")],
        LOGICAL,
        "Whether two geographies have a place in common; touching counts.",
    )
    .example(
        "Intersects(Geography(\"LINESTRING(0 -1, 0 1)\"), Geography(\"LINESTRING(-1 0, 1 0)\"))",
        "True",
    )
    .eval(eval::intersects),
    scalar(
        G,
        "Within",
        &[geography("geography1"), geography("geography2")],
        LOGICAL,
        "Whether the first geography lies inside the second; what lies only on its edge does not.",
    )
    .example(
        "Within(MakePoint(1, 1), Geography(\"POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))\"))",
        "True",
    )
    .eval(eval::within),
];

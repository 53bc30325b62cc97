//! Geographies on Snowflake: values are texts in WKT, which the engine's own functions read and write.

use super::super::table::{Table, cases, sql, when};

const NEEDS_UNIT: &str = "needs a literal unit";

/// A text as the engine's own value; Null when it is none.
macro_rules! shape {
    ($g:literal) => {
        concat!("TRY_TO_GEOGRAPHY(", $g, ")")
    };
}

/// The engine's own value as text, with a space behind each comma.
macro_rules! written {
    ($shape:expr) => {
        concat!("REPLACE(ST_ASWKT(", $shape, "), ',', ', ')")
    };
}

/// The engine measures in metres.
macro_rules! lengths {
    ($metres:expr) => {
        cases(&[
            when().literal(0, "meters").sql($metres),
            when()
                .literal(0, "kilometers")
                .sql(concat!("(", $metres, " / 1000)")),
            when()
                .literal(0, "miles")
                .sql(concat!("(", $metres, " / 1609.344)")),
            when().refused(NEEDS_UNIT),
        ])
    };
}

macro_rules! distance {
    () => {
        concat!("ST_DISTANCE(", shape!("{1}"), ", ", shape!("{2}"), ")")
    };
}

macro_rules! perimeter {
    () => {
        concat!("ST_PERIMETER(", shape!("{1}"), ")")
    };
}

macro_rules! area {
    () => {
        concat!("ST_AREA(", shape!("{1}"), ")")
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Geography", sql(written!(shape!("{0}")))),
    (
        "GeoJson",
        sql(concat!("TO_VARIANT(ST_ASGEOJSON(", shape!("{0}"), "))")),
    ),
    (
        "MakePoint",
        sql(
            "(CASE WHEN ABS({0}) <= 180 AND ABS({1}) <= 90 THEN 'POINT(' || {0@Text} || ' ' || {1@Text} || ')' END)",
        ),
    ),
    // A point's or a line's places are what stands within its parentheses.
    (
        "MakeLine",
        sql(concat!(
            "(CASE WHEN {0..: AND :({} LIKE 'POINT(%' OR {} LIKE 'LINESTRING(%')}",
            " THEN 'LINESTRING(' || {0..: || ', ' || :REGEXP_SUBSTR({}, '[(](.*)[)]', 1, 1, 'e')} || ')' END)"
        )),
    ),
    (
        "Longitude",
        sql(
            "(CASE WHEN {0} LIKE 'POINT(%' THEN TRY_TO_DOUBLE(SPLIT_PART(SPLIT_PART({0}, '(', 2), ' ', 1)) END)",
        ),
    ),
    (
        "Latitude",
        sql(
            "(CASE WHEN {0} LIKE 'POINT(%' THEN TRY_TO_DOUBLE(SPLIT_PART(SPLIT_PART({0}, ' ', 2), ')', 1)) END)",
        ),
    ),
    ("Distance", lengths!(distance!())),
    ("Perimeter", lengths!(perimeter!())),
    (
        "Area",
        cases(&[
            when().literal(0, "square_meters").sql(area!()),
            when()
                .literal(0, "square_kilometers")
                .sql(concat!("(", area!(), " / 1000000)")),
            when()
                .literal(0, "square_miles")
                .sql(concat!("(", area!(), " / 2589988.110336)")),
            when().refused(NEEDS_UNIT),
        ]),
    ),
    (
        "Centroid",
        sql(written!(concat!("ST_CENTROID(", shape!("{0}"), ")"))),
    ),
    (
        "Intersects",
        sql(concat!(
            "ST_INTERSECTS(",
            shape!("{0}"),
            ", ",
            shape!("{1}"),
            ")"
        )),
    ),
    (
        "Within",
        sql(concat!(
            "ST_WITHIN(",
            shape!("{0}"),
            ", ",
            shape!("{1}"),
            ")"
        )),
    ),
];

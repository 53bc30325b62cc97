use super::*;
use crate::plan::Settings;

const SQUARE: &str = "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))";
const RING: &str = "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 6 4, 6 6, 4 6, 4 4))";

fn context() -> Context {
    Context::new(Settings::default(), 0)
}

fn texts(args: &[&str]) -> Vec<Value> {
    args.iter().map(|arg| Value::text(*arg)).collect()
}

fn wkt(text: &str) -> Option<String> {
    match geography(&texts(&[text]), &context()) {
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

#[test]
fn text_is_read_and_written_in_one_form() {
    for (text, expected) in [
        ("point(1 2)", Some("POINT(1 2)")),
        (" SRID=4326; Point  ( -1.50 -0 ) ", Some("POINT(-1.5 0)")),
        ("POINT Z (1 2 3)", Some("POINT(1 2)")),
        ("POINT EMPTY", Some("GEOMETRYCOLLECTION EMPTY")),
        ("LINESTRING(1 2,3 4)", Some("LINESTRING(1 2, 3 4)")),
        (RING, Some(RING)),
        ("MULTIPOINT((1 2), 3 4)", Some("MULTIPOINT(1 2, 3 4)")),
        (
            "MULTILINESTRING((1 2, 3 4), (5 6, 7 8))",
            Some("MULTILINESTRING((1 2, 3 4), (5 6, 7 8))"),
        ),
        (
            "MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)))",
            Some("MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)))"),
        ),
        ("MULTIPOLYGON EMPTY", Some("MULTIPOLYGON EMPTY")),
        (
            "GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1))",
            Some("GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1))"),
        ),
        (
            r#"{"type": "Point", "coordinates": [1, 2, 99]}"#,
            Some("POINT(1 2)"),
        ),
        (
            r#"{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4.5]]}}"#,
            Some("LINESTRING(1 2, 3 4.5)"),
        ),
        (
            r#"{"type": "MultiPoint", "coordinates": []}"#,
            Some("MULTIPOINT EMPTY"),
        ),
        ("POINT(181 0)", None),
        ("POINT(0 -90.1)", None),
        ("POINT(1)", None),
        ("POINT(1 x)", None),
        ("POINT(nan 1)", None),
        ("POINT(1 2", None),
        ("POINT(1 2) x", None),
        ("SRID=3857;POINT(1 2)", None),
        ("LINESTRING(1 2)", None),
        ("POLYGON((0 0, 1 0, 1 1))", None),
        ("POLYGON((0 0, 1 0, 1 1, 2 2))", None),
        ("CIRCLE(1 2)", None),
        ("", None),
        ("{", None),
        (r#"{"type": "Point"}"#, None),
    ] {
        assert_eq!(wkt(text).as_deref(), expected, "{text}");
    }
    let deep = "GEOMETRYCOLLECTION(".repeat(5000);
    assert_eq!(wkt(&deep), None);
}

#[test]
fn geo_json_holds_the_same_shape() {
    for text in [
        "POINT(1 2.5)",
        "LINESTRING(1 2, 3 4)",
        RING,
        "MULTIPOINT(1 2, 3 4)",
        "MULTILINESTRING((1 2, 3 4))",
        "MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)))",
        "GEOMETRYCOLLECTION(POINT(1 2))",
    ] {
        let json = geo_json(&texts(&[text]), &context());
        assert_eq!(geography(&[json], &context()), Value::text(text));
    }
    let json = geo_json(&texts(&["POINT(1 2.5)"]), &context());
    let expected = r#"{"type":"Point","coordinates":[1,2.5]}"#;
    assert!(matches!(json, Value::Variant(json) if json.to_string() == expected));
}

#[test]
fn lengths_and_areas_are_those_of_a_sphere() {
    let quarter = RADIUS * std::f64::consts::FRAC_PI_2;
    let globe = 4.0 * std::f64::consts::PI * RADIUS * RADIUS;
    let degree = RADIUS.to_radians();
    for (unit, left, right, expected) in [
        ("meters", "POINT(0 0)", "POINT(90 0)", quarter),
        ("kilometers", "POINT(10 0)", "POINT(10 90)", quarter / 1e3),
        (
            "miles",
            "POINT(0 0)",
            "POINT(180 0)",
            2.0 * quarter / 1609.344,
        ),
        ("meters", "POINT(0 1)", "LINESTRING(-10 0, 10 0)", degree),
        ("meters", "POINT(11 0)", "LINESTRING(-10 0, 10 0)", degree),
        ("meters", "POINT(5 5)", SQUARE, 0.0),
        ("meters", "POINT(5 -1)", SQUARE, degree),
        (
            "meters",
            "POINT(5 5)",
            RING,
            number(&distance(
                &texts(&["meters", "POINT(5 5)", "LINESTRING(4 4, 4 6)"]),
                &context(),
            )),
        ),
        (
            "meters",
            "LINESTRING(0 -2, 10 -2)",
            "MULTIPOINT(40 40, 5 0)",
            number(&distance(
                &texts(&["meters", "POINT(5 0)", "LINESTRING(0 -2, 10 -2)"]),
                &context(),
            )),
        ),
        // One centimetre.
        ("meters", "POINT(0 0)", "POINT(0 0.00000008993216)", 0.01),
    ] {
        let found = number(&distance(&texts(&[unit, left, right]), &context()));
        assert!(
            (found - expected).abs() <= 1e-6 * expected.max(1e-3),
            "{left} {right}: {found} {expected}"
        );
    }
    for (unit, shape, expected) in [
        (
            "square_meters",
            "POLYGON((0 0, 90 0, 0 90, 0 0))",
            globe / 8.0,
        ),
        // Either way round the smaller side is meant.
        (
            "square_meters",
            "POLYGON((0 0, 0 90, 90 0, 0 0))",
            globe / 8.0,
        ),
        (
            "square_kilometers",
            "MULTIPOLYGON(((0 0, 90 0, 0 90, 0 0)), ((0 0, -90 0, 0 -90, 0 0)))",
            globe / 4e6,
        ),
        ("square_meters", "POINT(0 0)", 0.0),
        ("square_meters", "LINESTRING(0 0, 1 1)", 0.0),
        // One metre by one.
        (
            "square_meters",
            "POLYGON((0 0, 0.000008993216 0, 0.000008993216 0.000008993216, 0 0.000008993216, 0 0))",
            1.0,
        ),
    ] {
        let found = number(&area(&texts(&[unit, shape]), &context()));
        assert!(
            (found - expected).abs() <= 1e-5 * expected,
            "{shape}: {found} {expected}"
        );
    }
    let whole = number(&area(&texts(&["square_meters", SQUARE]), &context()));
    let hole = number(&area(
        &texts(&["square_meters", "POLYGON((4 4, 6 4, 6 6, 4 6, 4 4))"]),
        &context(),
    ));
    let ring = number(&area(&texts(&["square_meters", RING]), &context()));
    assert!((whole - hole - ring).abs() < 1.0);
    let around = perimeter(
        &texts(&["meters", "POLYGON((0 0, 90 0, 0 90, 0 0))"]),
        &context(),
    );
    assert!((number(&around) - 3.0 * quarter).abs() < 1e-3);
    assert_eq!(area(&texts(&["acres", SQUARE]), &context()), Value::Null);
}

#[test]
fn centres_are_of_what_has_most_dimensions() {
    for (shape, expected) in [
        ("POINT(1 2)", Some((1.0, 2.0))),
        ("MULTIPOINT(0 0, 90 0)", Some((45.0, 0.0))),
        ("LINESTRING(-10 0, 30 0)", Some((10.0, 0.0))),
        ("LINESTRING(170 0, -170 0)", Some((180.0, 0.0))),
        (
            "POLYGON((-10 -10, 10 -10, 10 10, -10 10, -10 -10))",
            Some((0.0, 0.0)),
        ),
        (
            "GEOMETRYCOLLECTION(POINT(50 50), POLYGON((-1 -1, 1 -1, 1 1, -1 1, -1 -1)))",
            Some((0.0, 0.0)),
        ),
        (
            "POLYGON((7 50, 7.00001 50, 7.00001 50.00001, 7 50.00001, 7 50))",
            Some((7.000_005, 50.000_005)),
        ),
        ("MULTIPOINT(0 0, 180 0)", None),
        ("MULTIPOINT EMPTY", None),
    ] {
        let found = centroid(&texts(&[shape]), &context());
        let at =
            [longitude, latitude].map(|of| number(&of(std::slice::from_ref(&found), &context())));
        match expected {
            None => assert_eq!(found, Value::Null, "{shape}"),
            Some((x, y)) => assert!(
                (at[0] - x).abs() < 1e-8 && (at[1] - y).abs() < 1e-8,
                "{shape}: {found:?}"
            ),
        }
    }
}

#[test]
fn shapes_meet_and_lie_within_each_other() {
    let inner = "POLYGON((1 1, 3 1, 3 3, 1 3, 1 1))";
    let hole = "POLYGON((4 4, 6 4, 6 6, 4 6, 4 4))";
    // Left, right: whether they meet, whether left lies within right, whether right lies within left.
    for (left, right, meet, within_right, within_left) in [
        ("POINT(5 5)", SQUARE, true, true, false),
        ("POINT(5 5)", RING, false, false, false),
        // The place on the other side of the earth.
        ("POINT(-175 -5)", SQUARE, false, false, false),
        ("POINT(0 5)", SQUARE, true, false, false),
        ("POINT(1 2)", "POINT(1 2)", true, true, true),
        ("POINT(1 2)", "POINT(1 3)", false, false, false),
        ("POINT(0 0)", "LINESTRING(-1 0, 1 0)", true, true, false),
        (
            "LINESTRING(0 -1, 0 1)",
            "LINESTRING(-1 0, 1 0)",
            true,
            false,
            false,
        ),
        (
            "LINESTRING(0 0, 0.5 0)",
            "LINESTRING(-1 0, 1 0)",
            true,
            true,
            false,
        ),
        ("LINESTRING(1 1, 9 1)", SQUARE, true, true, false),
        ("LINESTRING(1 5, 9 5)", RING, true, false, false),
        ("LINESTRING(5 5, 15 5)", SQUARE, true, false, false),
        ("LINESTRING(0 0, 10 0)", SQUARE, true, false, false),
        (inner, SQUARE, true, true, false),
        (inner, RING, true, true, false),
        (hole, RING, true, false, false),
        (RING, SQUARE, true, true, false),
        (SQUARE, SQUARE, true, true, true),
        (RING, RING, true, true, true),
        (
            "POLYGON((5 5, 15 5, 15 15, 5 15, 5 5))",
            SQUARE,
            true,
            false,
            false,
        ),
        (
            "POLYGON((20 20, 30 20, 30 30, 20 20))",
            SQUARE,
            false,
            false,
            false,
        ),
        (
            "POLYGON((10 0, 20 0, 20 10, 10 10, 10 0))",
            SQUARE,
            true,
            false,
            false,
        ),
        ("MULTIPOINT(1 1, 20 20)", SQUARE, true, false, false),
        (
            "POLYGON((170 -5, -170 -5, -170 5, 170 5, 170 -5))",
            "POINT(180 0)",
            true,
            false,
            true,
        ),
        ("MULTIPOINT EMPTY", SQUARE, false, false, false),
    ] {
        let of =
            |f: fn(&[Value], &Context) -> Value, a: &str, b: &str| f(&texts(&[a, b]), &context());
        let wanted = [meet, within_right, within_left].map(Value::Logical);
        let found = [
            of(intersects, left, right),
            of(within, left, right),
            of(within, right, left),
        ];
        assert_eq!(found, wanted, "{left} {right}");
        assert_eq!(of(intersects, right, left), wanted[0], "{right} {left}");
    }
}

#[test]
fn points_and_lines_are_made_of_their_parts() {
    let line = |args: &[&str]| make_line(&texts(args), &context());
    let expected = Value::text("LINESTRING(0 0, 1 1, 2 2)");
    assert_eq!(line(&["POINT(0 0)", "LINESTRING(1 1, 2 2)"]), expected);
    assert_eq!(line(&["POINT(0 0)", SQUARE]), Value::Null);
    assert_eq!(
        make_point(&[Value::Integer(181), Value::Integer(0)], &context()),
        Value::Null
    );
    assert_eq!(
        longitude(&texts(&["LINESTRING(1 1, 2 2)"]), &context()),
        Value::Null
    );
}

use super::*;
use crate::plan::control::{Comparison, TextMode};

fn list(multiple: bool, value_type: Type) -> ControlKind {
    ControlKind::List {
        multiple,
        exclude: false,
        value_type,
    }
}

#[test]
fn values_survive_the_way_through_json() {
    let text = ControlKind::Text {
        mode: TextMode::Equals,
        case_sensitive: true,
        multiline: false,
    };
    let cases = [
        (text.clone(), json!(null)),
        (text, json!("ab")),
        (list(true, Type::Text), json!(["a", null])),
        (list(false, Type::Text), json!([null])),
        (list(false, Type::Number), json!(3)),
        (list(true, Type::Date), json!(["2026-01-01"])),
        (ControlKind::NumberRange, json!({ "min": 1, "max": 2.5 })),
        (ControlKind::NumberRange, json!({ "min": null, "max": 2 })),
        (
            ControlKind::DateRange,
            json!({ "min": "2026-01-01", "max": "2026-01-31T00:00:00" }),
        ),
        (
            ControlKind::DateRange,
            json!({ "min": { "offset": -3, "unit": "month" }, "max": null }),
        ),
        (
            ControlKind::DateRange,
            json!({ "window": "last", "count": 90, "unit": "day", "to_date": true }),
        ),
        (
            ControlKind::DateRange,
            json!({ "window": "current", "unit": "week-starting-monday" }),
        ),
        (
            ControlKind::DateRange,
            json!({ "window": "after", "date": "2026-01-01" }),
        ),
        (
            ControlKind::Date {
                mode: Comparison::Less,
            },
            json!("2026-01-01T08:00:00"),
        ),
        (
            ControlKind::Switch {
                all_when_off: false,
            },
            json!(true),
        ),
    ];
    for (kind, json) in cases {
        let value = from_json(&kind, &json, &Settings::default()).unwrap();
        assert_eq!(to_json(&value), json);
    }
}

#[test]
fn empty_forms_are_one_empty_value() {
    let cases = [
        (list(true, Type::Text), json!([])),
        (ControlKind::NumberRange, json!({})),
        (ControlKind::DateRange, json!({ "start": null })),
    ];
    for (kind, json) in cases {
        assert_eq!(
            from_json(&kind, &json, &Settings::default()),
            Ok(ControlValue::Empty)
        );
    }
}

#[test]
fn mistakes_are_told_in_a_sentence() {
    let cases = [
        (
            list(false, Type::Text),
            json!(["a", "b"]),
            "expected one value, found `[\"a\",\"b\"]`",
        ),
        (
            ControlKind::Switch {
                all_when_off: false,
            },
            json!(1),
            "expected `true` or `false`, found `1`",
        ),
        (
            ControlKind::NumberRange,
            json!({ "low": 1 }),
            "the value has an unknown member `low`",
        ),
        (
            ControlKind::DateRange,
            json!({ "min": "soon" }),
            "expected an ISO 8601 date, found `\"soon\"`",
        ),
        (
            ControlKind::DateRange,
            json!({ "window": "last", "count": 2 }),
            "expected a `unit` such as `day` or `month`, found `{\"window\":\"last\",\"count\":2}`",
        ),
    ];
    for (kind, json, expected) in cases {
        assert_eq!(
            from_json(&kind, &json, &Settings::default())
                .unwrap_err()
                .to_string(),
            expected
        );
    }
}

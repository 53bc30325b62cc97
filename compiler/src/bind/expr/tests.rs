use std::fmt::Write;

use super::*;
use crate::bind::date;
use crate::plan::WeekStart;
use crate::plan::control::{
    Comparison, ControlKind, DateBound, DateUnit, DateWindow, FilterKind, NullRule, TextMode,
};
use crate::plan::relation::ControlPart;

const LIST: ControlKind = ControlKind::List {
    multiple: true,
    exclude: false,
    value_type: Type::Text,
};
const EXCLUDE: ControlKind = ControlKind::List {
    multiple: true,
    exclude: true,
    value_type: Type::Text,
};

fn at(text: &str) -> i64 {
    date::parse(text, "UTC").unwrap().micros
}

fn day(text: &str) -> Value {
    Value::Date(at(text))
}

fn texts(values: &[&str]) -> ControlValue {
    ControlValue::Many(
        values
            .iter()
            .map(|text| {
                if *text == "∅" {
                    Value::Null
                } else {
                    Value::text(*text)
                }
            })
            .collect(),
    )
}

fn control(kind: ControlKind, nulls: NullRule, default: ControlValue) -> IndexMap<String, Control> {
    let control = Control {
        id: "k".into(),
        name: "k".into(),
        label: "k".into(),
        kind,
        default,
        required: false,
        clearable: true,
        nulls,
        options: None,
        on_change: None,
        affects: Vec::new(),
    };
    IndexMap::from([("k".into(), control)])
}

fn bindings() -> Bindings {
    Bindings {
        now: at("2026-05-13T10:30:00"),
        ..Bindings::default()
    }
}

fn show(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Column { .. } => "c".into(),
        ExprKind::Literal {
            value: Value::Date(instant),
        } => date::iso_text(*instant),
        ExprKind::Literal {
            value: Value::Text(text),
        } => format!("'{text}'"),
        ExprKind::Literal {
            value: Value::Integer(number),
        } => number.to_string(),
        ExprKind::Literal {
            value: Value::Logical(truth),
        } => truth.to_string(),
        ExprKind::Literal {
            value: Value::Variant(json),
        } => json.to_string(),
        ExprKind::Literal { value } => format!("{value:?}"),
        ExprKind::Call { function, args } => match (&**function, args.as_slice()) {
            ("=" | "!=" | "<" | "<=" | ">" | ">=", [left, right]) => {
                format!("{} {function} {}", show(left), show(right))
            }
            (_, args) => {
                let mut out = format!("{function}(");
                for (index, arg) in args.iter().enumerate() {
                    write!(out, "{}{}", if index == 0 { "" } else { ", " }, show(arg)).unwrap();
                }
                out + ")"
            }
        },
        other => format!("{other:?}"),
    }
}

fn filtered(kind: ControlKind, nulls: NullRule, value: ControlValue) -> String {
    let column = Expr::column(0, Type::Text);
    let filter = Expr {
        kind: ExprKind::ControlFilter {
            control: "k".into(),
            value: column.into(),
        },
        ty: Type::Logical,
    };
    show(&bind(&filter, &control(kind, nulls, value), &bindings()))
}

fn read(kind: ControlKind, value: ControlValue, part: ControlPart) -> String {
    let parameter = Parameter::Control {
        id: "k".into(),
        part,
    };
    show(&bind(
        &Expr::parameter(parameter, Type::Unknown),
        &control(kind, NullRule::WhenUnset, value),
        &bindings(),
    ))
}

#[test]
fn lists_treat_null_as_an_entry() {
    let cases = [
        (LIST, texts(&[]), "true"),
        (LIST, texts(&["a"]), "c = 'a'"),
        (LIST, texts(&["b", "a", "b"]), "In(c, 'a', 'b')"),
        (LIST, texts(&["a", "∅"]), "Or(c = 'a', IsNull(c))"),
        (LIST, texts(&["∅"]), "IsNull(c)"),
        (EXCLUDE, ControlValue::Empty, "true"),
        (EXCLUDE, texts(&["a"]), "Or(Not(c = 'a'), IsNull(c))"),
        (EXCLUDE, texts(&["a", "b", "∅"]), "Not(In(c, 'a', 'b'))"),
        (EXCLUDE, texts(&["∅"]), "IsNotNull(c)"),
        (
            ControlKind::Segmented {
                value_type: Type::Text,
            },
            ControlValue::One(Value::Null),
            "IsNull(c)",
        ),
        (
            ControlKind::Segmented {
                value_type: Type::Text,
            },
            ControlValue::Empty,
            "true",
        ),
    ];
    for (kind, value, expected) in cases {
        assert_eq!(
            filtered(kind.clone(), NullRule::WhenUnset, value.clone()),
            expected,
            "{kind:?} {value:?}"
        );
    }
}

#[test]
fn null_rules_decide_about_nulls_and_about_empty_controls() {
    let number = ControlKind::Number {
        mode: Comparison::GreaterEqual,
    };
    let five = ControlValue::One(Value::Integer(5));
    let cases = [
        (NullRule::Always, five.clone(), "Or(c >= 5, IsNull(c))"),
        (NullRule::Never, five.clone(), "c >= 5"),
        (NullRule::WhenUnset, five, "c >= 5"),
        (NullRule::Always, ControlValue::Empty, "true"),
        (NullRule::Never, ControlValue::Empty, "IsNotNull(c)"),
        (NullRule::WhenUnset, ControlValue::Empty, "true"),
    ];
    for (rule, value, expected) in cases {
        assert_eq!(filtered(number.clone(), rule, value), expected, "{rule:?}");
    }
}

#[test]
fn text_modes_fold_case_but_never_a_pattern() {
    let text = |mode, case_sensitive| ControlKind::Text {
        mode,
        case_sensitive,
        multiline: false,
    };
    let cases = [
        (text(TextMode::Equals, true), "c = 'Ab'"),
        (text(TextMode::DoesNotEqual, false), "Lower(c) != 'ab'"),
        (text(TextMode::Contains, false), "Contains(Lower(c), 'ab')"),
        (
            text(TextMode::DoesNotContain, true),
            "Not(Contains(c, 'Ab'))",
        ),
        (text(TextMode::StartsWith, true), "StartsWith(c, 'Ab')"),
        (
            text(TextMode::DoesNotEndWith, true),
            "Not(EndsWith(c, 'Ab'))",
        ),
        (text(TextMode::NotLike, true), "Not(Like(c, 'Ab'))"),
        (
            text(TextMode::MatchesRegexp, false),
            "RegexpMatch(c, '(?i)Ab')",
        ),
        (
            text(TextMode::DoesNotMatchRegexp, true),
            "Not(RegexpMatch(c, 'Ab'))",
        ),
    ];
    for (kind, expected) in cases {
        assert_eq!(
            filtered(
                kind,
                NullRule::WhenUnset,
                ControlValue::One(Value::text("Ab"))
            ),
            expected
        );
    }
}

#[test]
fn ranges_include_both_ends_and_a_range_slider_its_track() {
    let track = ControlKind::RangeSlider {
        min: 0.0,
        max: 10.0,
        step: 1.0,
    };
    let range = |low, high| ControlValue::Range(low, high);
    let cases = [
        (
            ControlKind::NumberRange,
            range(Value::Integer(1), Value::Integer(5)),
            "And(c >= 1, c <= 5)",
        ),
        (
            ControlKind::NumberRange,
            range(Value::Null, Value::Integer(5)),
            "c <= 5",
        ),
        (ControlKind::NumberRange, ControlValue::Empty, "true"),
        (track.clone(), ControlValue::Empty, "And(c >= 0, c <= 10)"),
        (
            track,
            range(Value::Integer(3), Value::Null),
            "And(c >= 3, c <= 10)",
        ),
        (
            ControlKind::DateRange,
            range(day("2026-01-01"), day("2026-01-31")),
            "And(c >= 2026-01-01, c < 2026-02-01)",
        ),
        (
            ControlKind::DateRange,
            range(Value::Null, day("2026-01-31T08:00")),
            "c <= 2026-01-31T08:00:00",
        ),
    ];
    for (kind, value, expected) in cases {
        assert_eq!(filtered(kind, NullRule::WhenUnset, value), expected);
    }
}

#[test]
fn a_date_stands_for_its_day_unless_it_has_a_time() {
    let cases = [
        (
            Comparison::Equal,
            "2026-02-28",
            "And(c >= 2026-02-28, c < 2026-03-01)",
        ),
        (
            Comparison::NotEqual,
            "2026-02-28",
            "Or(c < 2026-02-28, c >= 2026-03-01)",
        ),
        (Comparison::Less, "2026-02-28", "c < 2026-02-28"),
        (Comparison::LessEqual, "2026-02-28", "c < 2026-03-01"),
        (Comparison::Greater, "2026-02-28", "c >= 2026-03-01"),
        (Comparison::GreaterEqual, "2026-02-28", "c >= 2026-02-28"),
        (
            Comparison::Equal,
            "2026-02-28T07:00",
            "c = 2026-02-28T07:00:00",
        ),
    ];
    for (mode, date, expected) in cases {
        let value = ControlValue::One(day(date));
        assert_eq!(
            filtered(ControlKind::Date { mode }, NullRule::WhenUnset, value),
            expected
        );
    }
    let relative = DateBound::Relative {
        offset: -1,
        unit: DateUnit::Month,
    };
    let value = ControlValue::Window(DateWindow::Between {
        start: relative.clone(),
        end: relative,
    });
    let kind = ControlKind::Date {
        mode: Comparison::GreaterEqual,
    };
    assert_eq!(
        filtered(kind, NullRule::WhenUnset, value),
        "c >= 2026-04-13"
    );
}

#[test]
fn windows_are_half_open_and_weeks_start_where_the_project_says() {
    let column = Box::new(Expr::column(0, Type::Date));
    let week = FilterKind::Window {
        window: DateWindow::Current {
            unit: DateUnit::Week,
        },
        nulls: NullRule::Always,
    };
    let filter = Expr {
        kind: ExprKind::ColumnFilter {
            filter: week,
            value: column,
        },
        ty: Type::Logical,
    };
    let mut bindings = bindings();
    bindings.settings.week_start = WeekStart::Monday;
    let bound = bind(&filter, &IndexMap::new(), &bindings);
    assert_eq!(
        show(&bound),
        "Or(And(c >= 2026-05-11, c < 2026-05-18), IsNull(c))"
    );
}

#[test]
fn switches_filter_from_the_start_and_checkboxes_do_not() {
    let one = |truth| ControlValue::One(Value::Logical(truth));
    let cases = [
        (
            ControlKind::Switch {
                all_when_off: false,
            },
            ControlValue::Empty,
            "c = false",
        ),
        (
            ControlKind::Switch { all_when_off: true },
            ControlValue::Empty,
            "true",
        ),
        (
            ControlKind::Switch { all_when_off: true },
            one(true),
            "c = true",
        ),
        (
            ControlKind::Checkbox {
                all_when_off: false,
            },
            ControlValue::Empty,
            "true",
        ),
        (
            ControlKind::Checkbox {
                all_when_off: false,
            },
            one(false),
            "c = false",
        ),
    ];
    for (kind, value, expected) in cases {
        assert_eq!(filtered(kind, NullRule::WhenUnset, value), expected);
    }
}

#[test]
fn formulas_read_parts_of_controls() {
    let last = ControlValue::Window(DateWindow::Last {
        count: 7,
        unit: DateUnit::Day,
        to_date: true,
    });
    let cases = [
        (LIST, texts(&["a", "∅"]), ControlPart::Value, "[\"a\",null]"),
        (LIST, ControlValue::Empty, ControlPart::Value, "[]"),
        (
            ControlKind::NumberRange,
            ControlValue::Empty,
            ControlPart::Low,
            "Null",
        ),
        (
            ControlKind::DateRange,
            last.clone(),
            ControlPart::Low,
            "2026-05-07",
        ),
        (
            ControlKind::DateRange,
            last,
            ControlPart::High,
            "2026-05-13T23:59:59.999",
        ),
        (
            ControlKind::DateRange,
            ControlValue::Range(Value::Null, day("2026-01-31")),
            ControlPart::High,
            "2026-01-31T23:59:59.999",
        ),
        (
            ControlKind::Switch { all_when_off: true },
            ControlValue::Empty,
            ControlPart::Value,
            "false",
        ),
    ];
    for (kind, value, part, expected) in cases {
        assert_eq!(read(kind, value, part), expected);
    }
}

#[test]
fn a_value_of_the_request_replaces_the_default() {
    let mut bindings = bindings();
    bindings.controls.insert("k".into(), texts(&["z"]));
    bindings
        .user
        .insert("email".into(), Value::text("ana@example.com"));
    bindings
        .selection
        .insert("id".into(), vec![Value::Integer(1), Value::Integer(2)]);
    let controls = control(LIST, NullRule::WhenUnset, texts(&["a"]));
    let show = |parameter, ty| show(&bind(&Expr::parameter(parameter, ty), &controls, &bindings));
    assert_eq!(
        show(
            Parameter::Control {
                id: "k".into(),
                part: ControlPart::Value
            },
            Type::Variant
        ),
        "[\"z\"]"
    );
    assert_eq!(
        show(
            Parameter::User {
                property: "email".into()
            },
            Type::Text
        ),
        "'ana@example.com'"
    );
    assert_eq!(
        show(
            Parameter::User {
                property: "attribute:Team".into()
            },
            Type::Text
        ),
        "Null"
    );
    assert_eq!(
        show(
            Parameter::Selection {
                column: "id".into()
            },
            Type::Variant
        ),
        "[1,2]"
    );
    assert_eq!(
        show(
            Parameter::Selection {
                column: "id".into()
            },
            Type::Number
        ),
        "1"
    );
    assert_eq!(show(Parameter::Today, Type::Date), "2026-05-13");
}

#[test]
fn constants_fold_away_around_filters() {
    let column = Expr::column(0, Type::Logical);
    let unset = |function: &'static str, flag: bool| {
        let filter = Expr {
            kind: ExprKind::ControlFilter {
                control: "none".into(),
                value: column.clone().into(),
            },
            ty: Type::Logical,
        };
        let parts = vec![filter, column.clone(), Expr::literal(Value::Logical(flag))];
        show(&bind(
            &Expr::call(function, parts, Type::Logical),
            &IndexMap::new(),
            &bindings(),
        ))
    };
    assert_eq!(unset("And", true), "c");
    assert_eq!(unset("And", false), "false");
    assert_eq!(unset("Or", false), "true");
}

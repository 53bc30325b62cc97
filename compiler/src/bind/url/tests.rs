use super::*;
use crate::plan::control::{Comparison, TextMode};

fn text() -> ControlKind {
    ControlKind::Text {
        mode: TextMode::Equals,
        case_sensitive: true,
        multiline: false,
    }
}

fn list(value_type: Type) -> ControlKind {
    ControlKind::List {
        multiple: true,
        exclude: false,
        value_type,
    }
}

fn segmented(value_type: Type) -> ControlKind {
    ControlKind::Segmented { value_type }
}

#[test]
fn values_are_read_and_printed_in_one_form() {
    let cases = [
        (text(), "a%20b", "a%20b"),
        (text(), ":empty", ":empty"),
        (text(), ":null", ":null"),
        (
            list(Type::Text),
            "East,Mid%2CWest,:null,:empty",
            "East,Mid%2CWest,:null,:empty",
        ),
        (list(Type::Logical), "true,false", "true,false"),
        (
            list(Type::Date),
            "2024-04-01,2024-05-01",
            "2024-04-01,2024-05-01",
        ),
        (list(Type::Number), "", ":null"),
        (segmented(Type::Number), "1,000", "1000"),
        (segmented(Type::Text), "caf%C3%A9", "caf%C3%A9"),
        (
            ControlKind::Number {
                mode: Comparison::Equal,
            },
            "1%2C000.50",
            "1000.5",
        ),
        (ControlKind::NumberRange, "min:1,max:9", "min:1,max:9"),
        (
            ControlKind::NumberRange,
            "min:1%2C000,max:",
            "min:1000,max:",
        ),
        (ControlKind::NumberRange, "max:5", "min:,max:5"),
        (ControlKind::NumberRange, "min:,max:", ":null"),
        (
            ControlKind::DateRange,
            "min:2024-04-01,max:prior-day-3",
            "min:2024-04-01,max:prior-day-3",
        ),
        (
            ControlKind::DateRange,
            "start:prior-year-1,end:next-year-0",
            "min:prior-year-1,max:prior-year-0",
        ),
        (
            ControlKind::DateRange,
            "min:2024-04-01T10:00Z,max:",
            "min:2024-04-01T12:00:00,max:",
        ),
        (
            ControlKind::DateRange,
            "min:0,max:prior-week-starting-monday-2",
            "min:1970-01-01T01:00:00,max:prior-week-starting-monday-2",
        ),
        (
            ControlKind::Date {
                mode: Comparison::Equal,
            },
            "1714521600000",
            "2024-05-01T02:00:00",
        ),
        (
            ControlKind::Date {
                mode: Comparison::Equal,
            },
            "prior-month-3",
            "prior-month-3",
        ),
        (
            ControlKind::Date {
                mode: Comparison::Equal,
            },
            "",
            ":null",
        ),
        (ControlKind::Switch { all_when_off: true }, "true", "true"),
    ];
    let settings = Settings {
        time_zone: "Europe/Madrid".into(),
        ..Settings::default()
    };
    for (kind, written, printed) in cases {
        let value = parse(&kind, written, &settings).unwrap();
        assert_eq!(print(&kind, &value), printed, "{written}");
        assert_eq!(
            parse(&kind, printed, &settings).unwrap(),
            value,
            "{printed}"
        );
    }
}

#[test]
fn windows_are_printed_as_two_ends() {
    let unit = DateUnit::Month;
    let cases = [
        (
            DateWindow::Last {
                count: 3,
                unit,
                to_date: false,
            },
            "min:prior-month-3,max:prior-month-1",
        ),
        (
            DateWindow::Last {
                count: 3,
                unit,
                to_date: true,
            },
            "min:prior-month-2,max:prior-month-0",
        ),
        (
            DateWindow::Next {
                count: 2,
                unit,
                to_date: false,
            },
            "min:next-month-1,max:next-month-2",
        ),
        (
            DateWindow::Next {
                count: 2,
                unit,
                to_date: true,
            },
            "min:prior-month-0,max:next-month-1",
        ),
        (
            DateWindow::Current { unit },
            "min:prior-month-0,max:prior-month-0",
        ),
        (
            DateWindow::Before {
                date: Value::Date(0),
            },
            "min:,max:1969-12-31",
        ),
        (
            DateWindow::After {
                date: Value::Date(0),
            },
            "min:1970-01-02,max:",
        ),
    ];
    for (window, expected) in cases {
        assert_eq!(
            print(&ControlKind::DateRange, &ControlValue::Window(window)),
            expected
        );
    }
}

#[test]
fn mistakes_are_told_in_a_sentence() {
    let number = ControlKind::Number {
        mode: Comparison::Equal,
    };
    let cases = [
        (number.clone(), "ten", "`ten` is not a number"),
        (number.clone(), "inf", "`inf` is not a number"),
        (number, "%4", "`%4` is not percent-encoded UTF-8 text"),
        (
            ControlKind::NumberRange,
            "1-5",
            "`1-5` is not a range: expected `min:` and `max:`, as in `min:1,max:9`",
        ),
        (
            ControlKind::Switch {
                all_when_off: false,
            },
            "True",
            "`True` is neither `true` nor `false`",
        ),
        (
            segmented(Type::Text),
            "a,b",
            "2 values are given, and the control takes one",
        ),
        (
            list(Type::Date),
            "prior-day-1",
            "`prior-day-1` is not a date: expected `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM:SS`, or for a date or a date range \
             `prior-month-3` and the like",
        ),
    ];
    for (kind, written, expected) in cases {
        assert_eq!(
            parse(&kind, written, &Settings::default())
                .unwrap_err()
                .to_string(),
            expected
        );
    }
}

#[test]
fn page_parameters_are_no_controls() {
    assert_eq!(
        pairs("a%20b=1&:theme=dark&c=x%2Cy,z&flag"),
        [("a b".to_owned(), "1"), ("c".to_owned(), "x%2Cy,z")]
    );
}

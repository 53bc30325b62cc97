//! Windows of time as they are written.

use jiff::civil::{Date, DateTime};
use schemars::{Schema, SchemaGenerator, json_schema};

use super::scalar::text_of;
use super::{Read, Reader, named};
use crate::diag::Diagnostic;
use crate::diag::codes::structure as codes;
use crate::document::data::Window;
use crate::plan::control::{DateBound, DateUnit, DateWindow};
use crate::value::Value;
use crate::yaml::Node;

/// What a window looks like.
const PATTERN: &str = r"^((last|next)( [0-9]+)? (year|quarter|month|week|day|hour|minute|second)s?( to date)?|this (year|quarter|month|week|day|hour|minute|second)|(on|before|after) DATE|DATE to( DATE)?|to DATE)$";
/// What a date looks like.
const DATE: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?";

impl Read for Window {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let Some(scalar) = text_of(node) else {
            return reader.wrong(node, "a window of time, such as `last 90 days`");
        };
        if let Some(window) = parse(&scalar.text) {
            return Some(Self {
                window,
                span: node.span,
            });
        }
        let message = format!("`{}` is not a window of time", super::short(&scalar.text));
        let finding = Diagnostic::new(&codes::INVALID_WINDOW, node.span, message);
        reader.push(finding.note(
            "a window is `last 90 days`, `last 90 days to date`, `next 2 weeks`, `this month`, `on D`, `before D`, \
             `after D`, `D to D`, `D to` or `to D`, with dates like `2026-01-31`",
        ));
        None
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Window", |_| {
            json_schema!({
                "description": "A window of time: `last 90 days`, `this month`, `2026-01-01 to 2026-03-31`.",
                "type": "string",
                "pattern": PATTERN.replace("DATE", DATE),
            })
        })
    }
}

/// The window a text stands for.
pub(super) fn parse(text: &str) -> Option<DateWindow> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["last", rest @ ..] => span_of(rest).map(|(count, unit, to_date)| DateWindow::Last {
            count,
            unit,
            to_date,
        }),
        ["next", rest @ ..] => span_of(rest).map(|(count, unit, to_date)| DateWindow::Next {
            count,
            unit,
            to_date,
        }),
        ["this", word] => unit(word).map(|unit| DateWindow::Current { unit }),
        ["on", date @ ..] => value(date).map(|date| DateWindow::On { date }),
        ["before", date @ ..] => value(date).map(|date| DateWindow::Before { date }),
        ["after", date @ ..] => value(date).map(|date| DateWindow::After { date }),
        _ => between(&words),
    }
}

/// `90 days to date`, `month`.
fn span_of(words: &[&str]) -> Option<(u32, DateUnit, bool)> {
    let (words, to_date) = match words {
        [before @ .., "to", "date"] => (before, true),
        all => (all, false),
    };
    match words {
        [count, word] => Some((
            count.parse().ok().filter(|count| *count > 0)?,
            unit(word)?,
            to_date,
        )),
        [word] => Some((1, unit(word)?, to_date)),
        _ => None,
    }
}

fn between(words: &[&str]) -> Option<DateWindow> {
    let middle = words.iter().position(|word| *word == "to")?;
    let (start, end) = (words.get(..middle)?, words.get(middle + 1..)?);
    if start.is_empty() && end.is_empty() {
        return None;
    }
    Some(DateWindow::Between {
        start: bound(start)?,
        end: bound(end)?,
    })
}

fn bound(words: &[&str]) -> Option<DateBound> {
    Some(match date(words) {
        None if words.is_empty() => DateBound::Open,
        None => return None,
        Some((micros, true)) => DateBound::Instant(micros),
        Some((micros, false)) => DateBound::Day(micros),
    })
}

fn value(words: &[&str]) -> Option<Value> {
    date(words).map(|(micros, _)| Value::Date(micros))
}

/// Microseconds of wall-clock time since 1970, and whether a time of day was given.
fn date(words: &[&str]) -> Option<(i64, bool)> {
    let text = words.join("T");
    let shape = regex::Regex::new(&format!("^{DATE}$")).ok()?;
    if !shape.is_match(&text) {
        return None;
    }
    let timed = text.contains('T');
    let at: DateTime = if timed {
        text.parse().ok()?
    } else {
        text.parse::<Date>().ok()?.at(0, 0, 0, 0)
    };
    let since = at
        .to_zoned(jiff::tz::TimeZone::UTC)
        .ok()?
        .timestamp()
        .as_microsecond();
    Some((since, timed))
}

fn unit(word: &str) -> Option<DateUnit> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "year" => DateUnit::Year,
        "quarter" => DateUnit::Quarter,
        "month" => DateUnit::Month,
        "week" => DateUnit::Week,
        "day" => DateUnit::Day,
        "hour" => DateUnit::Hour,
        "minute" => DateUnit::Minute,
        "second" => DateUnit::Second,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_read_as_written() {
        let last = |count, to_date| DateWindow::Last {
            count,
            unit: DateUnit::Day,
            to_date,
        };
        let day = 1_767_225_600_000_000;
        for (text, expected) in [
            ("last 90 days", last(90, false)),
            ("last 90 days to date", last(90, true)),
            ("last day", last(1, false)),
            (
                "next 2 weeks",
                DateWindow::Next {
                    count: 2,
                    unit: DateUnit::Week,
                    to_date: false,
                },
            ),
            (
                "this month",
                DateWindow::Current {
                    unit: DateUnit::Month,
                },
            ),
            (
                "on 2026-01-01",
                DateWindow::On {
                    date: Value::Date(day),
                },
            ),
            (
                "2026-01-01 to",
                DateWindow::Between {
                    start: DateBound::Day(day),
                    end: DateBound::Open,
                },
            ),
            (
                "to 2026-01-01",
                DateWindow::Between {
                    start: DateBound::Open,
                    end: DateBound::Day(day),
                },
            ),
            (
                "2026-01-01 to 2026-01-01 00:00:01",
                DateWindow::Between {
                    start: DateBound::Day(day),
                    end: DateBound::Instant(day + 1_000_000),
                },
            ),
        ] {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "to",
            "last",
            "last days 90",
            "last 0 days",
            "last 90 dyas",
            "on 2026-02-30",
            "2026",
            "this",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

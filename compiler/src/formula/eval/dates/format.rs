//! Dates by `%` patterns.

use super::{arg, civil, day_of, micros, micros_value};
use crate::formula::eval::Context;
use crate::value::Value;
use jiff::civil::DateTime;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

fn month(d: DateTime) -> &'static str {
    usize::try_from(d.month() - 1)
        .ok()
        .and_then(|i| MONTHS.get(i))
        .copied()
        .unwrap_or_default()
}

fn weekday(d: DateTime) -> &'static str {
    usize::try_from(d.weekday().to_monday_zero_offset())
        .ok()
        .and_then(|i| WEEKDAYS.get(i))
        .copied()
        .unwrap_or_default()
}

fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

/// `MonthName`
pub(in crate::formula) fn month_name(args: &[Value], _: &Context) -> Value {
    day_of(args, 0)
        .and_then(civil)
        .map_or(Value::Null, |d| Value::text(month(d)))
}

/// `WeekdayName`
pub(in crate::formula) fn weekday_name(args: &[Value], _: &Context) -> Value {
    day_of(args, 0)
        .and_then(civil)
        .map_or(Value::Null, |d| Value::text(weekday(d)))
}

/// `DateFormat`
pub(in crate::formula) fn date_format(args: &[Value], cx: &Context) -> Value {
    let Some(date) = day_of(args, 0).and_then(civil) else {
        return Value::Null;
    };
    let mut out = String::new();
    let mut chars = arg(args, 1).chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        match chars.next() {
            // `%-d` is the number without its leading zero.
            Some('-') => {
                let text = chars
                    .next()
                    .and_then(|s| specified(s, date, cx))
                    .unwrap_or_default();
                let bare = text.trim_start_matches('0');
                out.push_str(if bare.is_empty() {
                    text.get(..1).unwrap_or_default()
                } else {
                    bare
                });
            }
            Some(specifier) => match specified(specifier, date, cx) {
                Some(text) => out.push_str(&text),
                None => out.extend(['%', specifier]),
            },
            None => out.push('%'),
        }
    }
    Value::text(out)
}

/// What a specifier stands for; `None` for a letter that is none.
fn specified(specifier: char, d: DateTime, cx: &Context) -> Option<String> {
    let hour = match d.hour() % 12 {
        0 => 12,
        h => h,
    };
    Some(match specifier {
        'Y' => format!("{:04}", d.year()),
        'y' => format!("{:02}", d.year() % 100),
        'q' => ((d.month() + 2) / 3).to_string(),
        'm' => format!("{:02}", d.month()),
        'B' => month(d).to_owned(),
        'b' => short(month(d)).to_owned(),
        'A' => weekday(d).to_owned(),
        'a' => short(weekday(d)).to_owned(),
        'd' => format!("{:02}", d.day()),
        'e' => format!("{:2}", d.day()),
        'j' => format!("{:03}", d.day_of_year()),
        'H' => format!("{:02}", d.hour()),
        'I' => format!("{hour:02}"),
        'M' => format!("{:02}", d.minute()),
        'S' => format!("{:02}", d.second()),
        'p' => if d.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        'L' => format!("{:03}", d.subsec_nanosecond() / 1_000_000),
        'f' => format!("{:06}", d.subsec_nanosecond() / 1000),
        'Z' => offset(d, cx),
        '%' => "%".to_owned(),
        _ => return None,
    })
}

/// The project's offset from UTC at a wall-clock time, as `-07:00`.
fn offset(d: DateTime, cx: &Context) -> String {
    let seconds = cx
        .zone
        .to_timestamp(d)
        .map_or(0, |t| cx.zone.to_offset(t).seconds());
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `DateParse`: Null when the text does not follow the pattern.
pub(in crate::formula) fn date_parse(args: &[Value], _: &Context) -> Value {
    parse(arg(args, 0), arg(args, 1)).map_or(Value::Null, micros_value)
}

/// What a pattern has read so far.
#[derive(Default)]
struct Parts {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    hour: i64,
    afternoon: Option<bool>,
    minute: i64,
    second: i64,
    micros: i64,
    offset: i64,
}

/// Reads a text by a pattern.
pub(in crate::formula::eval) fn parse(text: &str, pattern: &str) -> Option<i64> {
    let mut parts = Parts::default();
    let mut rest = text.trim();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        rest = match c {
            '%' => {
                let specifier = chars
                    .next()
                    .and_then(|s| if s == '-' { chars.next() } else { Some(s) })?;
                parts.read(specifier, rest)?
            }
            c if c.is_whitespace() => rest.trim_start(),
            c => rest.strip_prefix(c)?,
        };
    }
    if rest.is_empty() { parts.date() } else { None }
}

impl Parts {
    /// Reads one specifier and gives what follows it.
    fn read<'a>(&mut self, specifier: char, text: &'a str) -> Option<&'a str> {
        let number = |most: usize| digits(text, most);
        let rest;
        match specifier {
            'Y' => (self.year, rest) = some(number(4)?),
            'y' => {
                let (n, after) = number(2)?;
                self.year = Some(if n < 70 { 2000 + n } else { 1900 + n });
                rest = after;
            }
            'm' => (self.month, rest) = some(number(2)?),
            'd' | 'e' => (self.day, rest) = some(digits(text.trim_start(), 2)?),
            'B' | 'b' => {
                let (index, after) = named(&MONTHS, text)?;
                self.month = Some(index + 1);
                rest = after;
            }
            'A' | 'a' => rest = named(&WEEKDAYS, text)?.1,
            'H' | 'I' => (self.hour, rest) = number(2)?,
            'M' => (self.minute, rest) = number(2)?,
            'S' => (self.second, rest) = number(2)?,
            'p' => {
                let half = text.get(..2)?;
                self.afternoon = Some(half.eq_ignore_ascii_case("pm"));
                if !half.eq_ignore_ascii_case("am") && self.afternoon == Some(false) {
                    return None;
                }
                rest = text.get(2..)?;
            }
            'L' | 'f' => {
                let (fraction, after) = digits(text, 6)?;
                let written = u32::try_from(text.len() - after.len()).ok()?;
                self.micros = fraction * 10_i64.pow(6 - written);
                rest = after;
            }
            'Z' => {
                let end = text.find(char::is_whitespace).unwrap_or(text.len());
                let zone = text.get(..end)?;
                let (value, zoned) =
                    crate::formula::datetime::read_date(&format!("2000-01-01 00:00:00{zone}"))?;
                let (midnight, _) = crate::formula::datetime::read_date("2000-01-01")?;
                self.offset = if zoned { value - midnight } else { 0 };
                rest = text.get(end..)?;
            }
            '%' => rest = text.strip_prefix('%')?,
            _ => return None,
        }
        Some(rest)
    }

    fn date(self) -> Option<i64> {
        let hour = match self.afternoon {
            Some(afternoon) if (1..=12).contains(&self.hour) => {
                self.hour % 12 + if afternoon { 12 } else { 0 }
            }
            Some(_) => return None,
            None => self.hour,
        };
        let small = |n: i64| i8::try_from(n).ok();
        let date = DateTime::new(
            i16::try_from(self.year.unwrap_or(1970)).ok()?,
            small(self.month.unwrap_or(1))?,
            small(self.day.unwrap_or(1))?,
            small(hour)?,
            small(self.minute)?,
            small(self.second)?,
            0,
        );
        let value = micros(date.ok()?) + self.micros + self.offset;
        civil(value).map(|_| value)
    }
}

fn some((n, rest): (i64, &str)) -> (Option<i64>, &str) {
    (Some(n), rest)
}

/// One to `most` digits.
fn digits(text: &str, most: usize) -> Option<(i64, &str)> {
    let count = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    let number = text.get(..count)?.parse().ok()?;
    Some((number, text.get(count..)?))
}

/// A full or short name, ignoring case, and its position.
fn named<'a>(names: &[&str], text: &'a str) -> Option<(i64, &'a str)> {
    let starts = |name: &str| {
        text.get(..name.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(name))
    };
    let index = names.iter().position(|name| starts(short(name)))?;
    let name = names.get(index)?;
    let length = if starts(name) { name.len() } else { 3 };
    Some((i64::try_from(index).ok()?, text.get(length..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::datetime::format_date;

    #[test]
    fn dates_are_read_by_patterns() {
        for (text, pattern, expected) in [
            ("31/01/2026", "%d/%m/%Y", Some("2026-01-31 00:00:00")),
            ("1/2/26", "%d/%m/%y", Some("2026-02-01 00:00:00")),
            (
                "Jan 5, 1999 3:07 PM",
                "%b %d, %Y %I:%M %p",
                Some("1999-01-05 15:07:00"),
            ),
            (
                "2026-01-31T10:00:00.25-03:00",
                "%Y-%m-%dT%H:%M:%S.%f%Z",
                Some("2026-01-31 13:00:00.25"),
            ),
            ("20260131", "%Y%m%d", Some("2026-01-31 00:00:00")),
            ("31.02.2026", "%d.%m.%Y", None),
            ("2026-01-31 x", "%Y-%m-%d", None),
            ("13 PM", "%I %p", None),
        ] {
            assert_eq!(
                parse(text, pattern).map(format_date).as_deref(),
                expected,
                "{text}"
            );
        }
    }
}

//! Text as dates, by `%` patterns.

use super::format::NEEDS_FORMAT;
use super::forms::trimmed;
use super::iso::literal;
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;
use crate::value::Value;

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

/// `DateParse`
pub(super) fn date_parse(args: &[Expr]) -> Result<Writing, &'static str> {
    let pattern = literal(args, 1).ok_or(NEEDS_FORMAT)?;
    let none = || Writing::plain("CAST(NULL AS TIMESTAMP)".to_owned());
    Ok(parse(pattern, args.len()).unwrap_or_else(none))
}

/// The groups of a pattern that hold parts of a date, counted from 1.
#[derive(Default)]
struct Groups {
    year: Option<usize>,
    short_year: Option<usize>,
    month: Option<usize>,
    month_name: Option<usize>,
    day: Option<usize>,
    hour: Option<usize>,
    half: Option<usize>,
    minute: Option<usize>,
    second: Option<usize>,
    fraction: Option<usize>,
    zone: Option<usize>,
}

/// Argument 0 read by a pattern; the regular expression is the value at `place`. `None` when nothing follows the pattern.
pub(super) fn parse(pattern: &str, place: usize) -> Option<Writing> {
    let mut groups = Groups::default();
    let mut regex = String::from("^");
    let mut count = 0;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => {
                let specifier = chars.next()?;
                let specifier = if specifier == '-' {
                    chars.next()?
                } else {
                    specifier
                };
                regex.push_str(&groups.read(specifier, &mut count)?);
            }
            c if c.is_whitespace() => regex.push_str("[[:space:]]*"),
            c => regex.push_str(&escaped(c)),
        }
    }
    regex.push('$');
    Some(Writing {
        template: groups.date(place),
        values: vec![Value::text(regex)],
    })
}

/// A character as a regular expression.
fn escaped(c: char) -> String {
    if c.is_ascii_punctuation() {
        format!("\\{c}")
    } else {
        c.to_string()
    }
}

/// As many digits as there are, up to `most`.
fn digits(most: usize) -> String {
    format!("([0-9]{{{most}}}|[0-9]{{1,{}}}(?![0-9]))", most - 1)
}

/// One of some names, full or short, in any letter case.
fn one_of(names: &[&str]) -> String {
    let any_case = |text: &str| {
        text.chars().fold(String::new(), |mut so_far, c| {
            so_far.extend(['[', c.to_ascii_uppercase(), c.to_ascii_lowercase(), ']']);
            so_far
        })
    };
    let names: Vec<String> = names
        .iter()
        .map(|name| {
            let (short, rest) = name.split_at(3);
            format!("{}(?:{})?", any_case(short), any_case(rest))
        })
        .collect();
    format!("({})", names.join("|"))
}

impl Groups {
    /// The regular expression of a specifier; `None` for a letter that is none.
    fn read(&mut self, specifier: char, count: &mut usize) -> Option<String> {
        if specifier == '%' {
            return Some("%".to_owned());
        }
        *count += 1;
        let (group, regex) = match specifier {
            'Y' => (&mut self.year, digits(4)),
            'y' => (&mut self.short_year, digits(2)),
            'm' => (&mut self.month, digits(2)),
            'd' | 'e' => (&mut self.day, format!("[[:space:]]*{}", digits(2))),
            'B' | 'b' => (&mut self.month_name, one_of(&MONTHS)),
            'A' | 'a' => return Some(one_of(&WEEKDAYS)),
            'H' | 'I' => (&mut self.hour, digits(2)),
            'M' => (&mut self.minute, digits(2)),
            'S' => (&mut self.second, digits(2)),
            'p' => (&mut self.half, "([AaPp][Mm])".to_owned()),
            'L' | 'f' => (&mut self.fraction, digits(6)),
            'Z' => (
                &mut self.zone,
                "((?:[Zz]|[-+](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?)(?![^[:space:]])".to_owned(),
            ),
            _ => return None,
        };
        *group = Some(*count);
        Some(regex)
    }

    /// The date of the groups, Null where there is none.
    fn date(&self, place: usize) -> String {
        let text = trimmed!("{0}");
        let group = |at: usize| format!("(regexp_match({text}, {{{place}}}))[{at}]");
        let number = |at: Option<usize>, absent: &str| {
            at.map_or_else(
                || absent.to_owned(),
                |at| format!("CAST({} AS INTEGER)", group(at)),
            )
        };
        let year = match (self.year, self.short_year) {
            (None, Some(short)) => {
                let short = number(Some(short), "");
                format!("({short} + CASE WHEN {short} < 70 THEN 2000 ELSE 1900 END)")
            }
            (year, _) => number(year, "1970"),
        };
        let month = match (self.month, self.month_name) {
            (None, Some(name)) => format!(
                "((strpos('janfebmaraprmayjunjulaugsepoctnovdec', lower(left({}, 3) COLLATE \"C\")) + 2) / 3)",
                group(name)
            ),
            (month, _) => number(month, "1"),
        };
        let (day, hour) = (number(self.day, "1"), number(self.hour, "0"));
        let (minute, second) = (number(self.minute, "0"), number(self.second, "0"));
        let (hours, hour) = match self.half {
            Some(half) => (
                format!("{hour} BETWEEN 1 AND 12"),
                format!(
                    "({hour} % 12 + CASE WHEN left({}, 1) IN ('p', 'P') THEN 12 ELSE 0 END)",
                    group(half)
                ),
            ),
            None => (format!("{hour} < 24"), hour),
        };
        let fraction = self.fraction.map_or_else(String::new, |at| {
            format!(
                " + CAST(rpad({}, 6, '0') AS INTEGER) * INTERVAL '1 microsecond'",
                group(at)
            )
        });
        let offset = self.zone.map_or_else(String::new, |at| offset(&group(at)));
        format!(
            "(CASE WHEN {text} ~ {{{place}}} AND {year} BETWEEN 1 AND 9999 AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND 31 \
             AND {hours} AND {minute} < 60 AND {second} < 60 THEN CASE WHEN {day} <= extract(day FROM \
             make_date({year}, {month}, 1) + INTERVAL '1 month' - INTERVAL '1 day') \
             THEN make_timestamp({year}, {month}, {day}, {hour}, {minute}, {second}){fraction}{offset} END END)"
        )
    }
}

/// Takes off what a zone's text says, such as `-03:30`.
fn offset(zone: &str) -> String {
    format!(
        " - CASE WHEN {zone} ~ '^[-+]' THEN CAST(left({zone}, 1) || '1' AS INTEGER) * (CAST(substr({zone}, 2, 2) AS INTEGER) * 60 \
         + CAST('0' || replace(substr({zone}, 4), ':', '') AS INTEGER)) ELSE 0 END * INTERVAL '1 minute'"
    )
}

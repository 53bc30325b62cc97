//! Dates by `%` patterns.

use super::forms::{day_before, instant, trimmed};
use super::iso::literal;
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;
use crate::value::Value;

/// Why there is no template.
pub(super) const NEEDS_FORMAT: &str = "needs a literal format";

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

/// The offset of the project's zone from UTC.
const OFFSET: &str = concat!(
    "(({0} AT TIME ZONE 'UTC') - ",
    instant!("{0}", "{zone}"),
    ")"
);

/// A piece of a formatted date.
enum Part {
    /// By `to_char`.
    Format(String),
    /// By other SQL.
    Sql(String),
}

/// `DateFormat`
pub(super) fn date_format(args: &[Expr]) -> Result<Writing, &'static str> {
    let pattern = literal(args, 1).ok_or(NEEDS_FORMAT)?;
    let mut values = Vec::new();
    let mut texts = Vec::new();
    for part in parts(pattern) {
        texts.push(match part {
            Part::Format(format) => {
                values.push(Value::text(format));
                format!("to_char({{0}}, {{{}}})", args.len() + values.len() - 1)
            }
            Part::Sql(sql) => sql,
        });
    }
    let template = match texts.as_slice() {
        [] => "(CASE WHEN {0} IS NOT NULL THEN '' END)".to_owned(),
        [only] => only.clone(),
        many => format!("({})", many.join(" || ")),
    };
    Ok(Writing { template, values })
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            push(&mut parts, &quoted(c));
            continue;
        }
        match chars.next() {
            Some('-') => match chars.next() {
                Some(c @ ('m' | 'd' | 'j' | 'H' | 'I' | 'M' | 'S')) => {
                    push(
                        &mut parts,
                        &format!("FM{}", format_of(c).unwrap_or_default()),
                    );
                }
                Some(c) => bare(&mut parts, c),
                None => {}
            },
            Some(c) => match (format_of(c), special(c)) {
                (Some(format), _) => push(&mut parts, format),
                (None, Some(sql)) => parts.push(Part::Sql(sql)),
                (None, None) => {
                    push(&mut parts, &quoted('%'));
                    if c != '%' {
                        push(&mut parts, &quoted(c));
                    }
                }
            },
            None => push(&mut parts, &quoted('%')),
        }
    }
    parts
}

/// Adds to a format, which the engine reads in one go.
fn push(parts: &mut Vec<Part>, format: &str) {
    match parts.last_mut() {
        Some(Part::Format(so_far)) => so_far.push_str(format),
        _ => parts.push(Part::Format(format.to_owned())),
    }
}

/// A character that stands for itself.
fn quoted(c: char) -> String {
    match c {
        '"' | '\\' => format!("\"\\{c}\""),
        c => format!("\"{c}\""),
    }
}

/// What `to_char` calls a specifier. An empty text ends a prefix.
fn format_of(specifier: char) -> Option<&'static str> {
    Some(match specifier {
        'Y' => "YYYY",
        'y' => "YY",
        'q' => "Q",
        'm' => "MM",
        'B' => "FMMonth",
        'b' => "Mon",
        'A' => "FMDay",
        'a' => "Dy",
        'd' => "DD",
        'j' => "DDD",
        'H' => "HH24",
        'I' => "HH12",
        'M' => "MI",
        'S' => "SS",
        'p' => "AM",
        'L' => "MS",
        'f' => "US",
        _ => return None,
    })
}

/// What `to_char` has no word for.
fn special(specifier: char) -> Option<String> {
    match specifier {
        'e' => Some("lpad(to_char({0}, 'FMDD'), 2)".to_owned()),
        'Z' => Some(format!(
            "(CASE WHEN {OFFSET} < INTERVAL '0' THEN '-' ELSE '+' END || to_char(greatest({OFFSET}, - {OFFSET}), 'HH24:MI'))"
        )),
        _ => None,
    }
}

/// A specifier without leading zeros.
fn bare(parts: &mut Vec<Part>, specifier: char) {
    if specifier == '%' {
        return push(parts, &quoted('%'));
    }
    let text = format_of(specifier).map(|format| format!("to_char({{0}}, '{format}')"));
    if let Some(text) = text.or_else(|| special(specifier)) {
        parts.push(Part::Sql(format!("regexp_replace({text}, '^0+(?=.)', '')")));
    }
}

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
    let any_case = |text: &str| -> String {
        let each = text.chars();
        each.map(|c| format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()))
            .collect()
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

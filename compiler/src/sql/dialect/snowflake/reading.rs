//! Dates read by `%` patterns on Snowflake: a regular expression takes the text apart, as the engine's own formats ask
//! for two digits each.

use crate::formula::functions::lowering::Writing;
use crate::plan::relation::{Expr, ExprKind};
use crate::value::Value;

/// Why a text is not read.
pub(super) const REASONS: &[&str] = &[NEEDS_PATTERN, NO_ZONES];
const NEEDS_PATTERN: &str = "needs a literal pattern";
const NO_ZONES: &str = "zones are not read by a pattern";

/// Names behind each other, each between commas, of `WIDTH` characters a month or day.
const MONTHS: &str = concat!(
    ",jan,january,  ,feb,february, ,mar,march,    ,apr,april,    ",
    ",may,          ,jun,june,     ,jul,july,     ,aug,august,   ",
    ",sep,september,,oct,october,  ,nov,november, ,dec,december, ",
);
const WEEKDAYS: &str =
    ",mon,monday,tue,tuesday,wed,wednesday,thu,thursday,fri,friday,sat,saturday,sun,sunday,";
const WIDTH: usize = 15;

/// Groups of the expression that hold parts of a date, counted from 1.
#[derive(Default)]
struct Groups {
    count: usize,
    year: Option<usize>,
    short_year: bool,
    month: Option<usize>,
    named_month: bool,
    weekday: Option<usize>,
    day: Option<usize>,
    hour: Option<usize>,
    half: Option<usize>,
    minute: Option<usize>,
    second: Option<usize>,
    fraction: Option<usize>,
}

/// `DateParse`: a text, and the pattern it follows.
pub(super) fn date_parse(args: &[Expr]) -> Result<Writing, &'static str> {
    let Some(ExprKind::Literal {
        value: Value::Text(pattern),
    }) = args.get(1).map(|pattern| &pattern.kind)
    else {
        return Err(NEEDS_PATTERN);
    };
    let mut groups = Groups::default();
    let Some(regex) = groups.regex(pattern)? else {
        return Ok(Writing::plain("CAST(NULL AS TIMESTAMP_NTZ)".to_owned()));
    };
    Ok(Writing {
        template: groups.date(args.len()),
        values: vec![Value::text(regex)],
    })
}

impl Groups {
    /// The regular expression of a pattern; `None` when no text follows it.
    fn regex(&mut self, pattern: &str) -> Result<Option<String>, &'static str> {
        let mut regex = String::from("[ \t\r\n]*");
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            match c {
                '%' => {
                    let specifier = match chars.next() {
                        Some('-') => chars.next(),
                        specifier => specifier,
                    };
                    match specifier {
                        Some('Z') => return Err(NO_ZONES),
                        Some('%') => regex.push('%'),
                        Some(letter) => match self.specifier(letter) {
                            Some(part) => regex.push_str(part),
                            None => return Ok(None),
                        },
                        None => return Ok(None),
                    }
                }
                c if c.is_whitespace() => regex.push_str("[ \t\r\n]*"),
                c if c.is_ascii_punctuation() => regex.extend(['\\', c]),
                c => regex.push(c),
            }
        }
        regex.push_str("[ \t\r\n]*");
        Ok(Some(regex))
    }

    /// The regular expression of a specifier; `None` for a letter that is none.
    fn specifier(&mut self, letter: char) -> Option<&'static str> {
        self.count += 1;
        let at = Some(self.count);
        let two = "([0-9][0-9]?)";
        Some(match letter {
            'Y' => {
                (self.year, self.short_year) = (at, false);
                "([0-9][0-9]?[0-9]?[0-9]?)"
            }
            'y' => {
                (self.year, self.short_year) = (at, true);
                two
            }
            'm' => {
                (self.month, self.named_month) = (at, false);
                two
            }
            'B' | 'b' => {
                (self.month, self.named_month) = (at, true);
                "([A-Za-z]+)"
            }
            'A' | 'a' => {
                self.weekday = at;
                "([A-Za-z]+)"
            }
            'd' | 'e' => {
                self.day = at;
                "[ ]*([0-9][0-9]?)"
            }
            'H' | 'I' => {
                self.hour = at;
                two
            }
            'M' => {
                self.minute = at;
                two
            }
            'S' => {
                self.second = at;
                two
            }
            'p' => {
                self.half = at;
                "([AaPp][Mm])"
            }
            'L' | 'f' => {
                self.fraction = at;
                "([0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)"
            }
            _ => return None,
        })
    }

    /// The date of the groups, Null where there is none. The regular expression is the value at `place`.
    fn date(&self, place: usize) -> String {
        let group = |at: usize| format!("REGEXP_SUBSTR({{0}}, {{{place}!}}, 1, 1, 'e', {at})");
        let two = |at: Option<usize>, absent: &str| {
            at.map_or_else(
                || format!("'{absent}'"),
                |at| format!("LPAD({}, 2, '0')", group(at)),
            )
        };
        let year = match self.year {
            None => "'1970'".to_owned(),
            Some(at) if self.short_year => {
                let two = two(Some(at), "");
                format!("CASE WHEN {two} < '70' THEN '20' ELSE '19' END || {two}")
            }
            Some(at) => format!("LPAD({}, 4, '0')", group(at)),
        };
        let month = match self.month {
            Some(at) if self.named_month => format!(
                "LPAD(CAST(CAST(FLOOR((NULLIF(CHARINDEX(',' || LOWER({}) || ',', '{MONTHS}'), 0) - 1) / {WIDTH}) + 1 AS BIGINT) \
                 AS VARCHAR), 2, '0')",
                group(at)
            ),
            month => two(month, "01"),
        };
        let hour = match self.half {
            None => two(self.hour, "00"),
            Some(half) => format!(
                "CASE WHEN {hour} BETWEEN '01' AND '12' THEN LPAD(CAST(CAST({hour} AS BIGINT) % 12 + CASE WHEN LOWER({}) = 'pm' \
                 THEN 12 ELSE 0 END AS VARCHAR), 2, '0') END",
                group(half),
                hour = two(self.hour, "00"),
            ),
        };
        let (day, minute, second) = (
            two(self.day, "01"),
            two(self.minute, "00"),
            two(self.second, "00"),
        );
        let read = format!(
            "TRY_TO_TIMESTAMP_NTZ({year} || '-' || {month} || '-' || {day} || ' ' || {hour} || ':' || {minute} || ':' || \
             {second}, 'YYYY-MM-DD HH24:MI:SS')"
        );
        let read = self.fraction.map_or(read.clone(), |at| {
            format!(
                "DATEADD(MICROSECOND, CAST(RPAD({}, 6, '0') AS BIGINT), {read})",
                group(at)
            )
        });
        let weekday = self.weekday.map_or_else(String::new, |at| {
            format!(
                " AND CONTAINS('{WEEKDAYS}', ',' || LOWER({}) || ',')",
                group(at)
            )
        });
        format!("(CASE WHEN REGEXP_LIKE({{0}}, {{{place}!}}){weekday} THEN {read} END)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_stand_at_even_distances() {
        for (index, month) in [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ]
        .iter()
        .enumerate()
        {
            assert_eq!(MONTHS.find(&format!(",{month},")), Some(index * WIDTH));
        }
    }

    #[test]
    fn patterns_become_regular_expressions() {
        let read = |pattern: &str| Groups::default().regex(pattern);
        let around = |regex: &str| format!("[ \t\r\n]*{regex}[ \t\r\n]*");
        assert_eq!(
            read("%d/%m"),
            Ok(Some(around("[ ]*([0-9][0-9]?)\\/([0-9][0-9]?)")))
        );
        assert_eq!(read("%-d%%"), Ok(Some(around("[ ]*([0-9][0-9]?)%"))));
        assert_eq!(read("%x"), Ok(None));
        assert_eq!(read("%H%Z"), Err(NO_ZONES));
    }
}

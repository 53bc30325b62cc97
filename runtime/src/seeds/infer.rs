//! Types of columns from the text of all their fields.

use bookwright_compiler::formula::datetime::parse_date;
use bookwright_compiler::value::{Type, Value};

use super::scan::Field;
use crate::adapter::sqlite::date_text;

/// What a column can still be after the fields seen so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guess {
    number: bool,
    date: bool,
    zoned: bool,
    wall_clock: bool,
    logical: bool,
    seen: bool,
}

impl Default for Guess {
    fn default() -> Self {
        Self {
            number: true,
            date: true,
            zoned: false,
            wall_clock: false,
            logical: true,
            seen: false,
        }
    }
}

impl Guess {
    /// Takes one more field into account.
    pub fn see(&mut self, field: &Field<'_>) {
        if field.is_null() || !(self.number || self.date || self.logical) {
            self.seen |= !field.is_null();
            return;
        }
        self.seen = true;
        let text = field.text.as_ref();
        self.number = self.number && number(text).is_some();
        self.logical = self.logical && logical(text).is_some();
        if self.date {
            match date(text) {
                Some((_, true)) => self.zoned = true,
                Some((_, false)) => self.wall_clock = true,
                None => self.date = false,
            }
            // Instants and wall-clock times in one column have no common meaning.
            self.date = self.date && !(self.zoned && self.wall_clock);
        }
    }

    /// The type, and whether its dates are instants. A column without any value is text.
    pub fn finish(self) -> (Type, bool) {
        match self {
            Self { seen: false, .. } => (Type::Text, false),
            Self { number: true, .. } => (Type::Number, false),
            Self { logical: true, .. } => (Type::Logical, false),
            Self {
                date: true, zoned, ..
            } => (Type::Date, zoned),
            _ => (Type::Text, false),
        }
    }
}

/// The value of a field in a column of type `ty`; `None` when it does not fit.
pub fn value(field: &Field<'_>, ty: Type) -> Option<Value> {
    if field.is_null() {
        return Some(Value::Null);
    }
    let text = field.text.as_ref();
    match ty {
        Type::Number => number(text),
        Type::Logical => logical(text).map(Value::Logical),
        Type::Date => date(text).map(|(micros, _)| Value::Date(micros)),
        Type::Variant => serde_json::from_str(text)
            .ok()
            .map(|json| Value::Variant(std::sync::Arc::new(json))),
        Type::Text | Type::Geography | Type::Null | Type::Unknown => Some(Value::text(text)),
    }
}

/// A plain decimal. A leading zero means that the digits are a code, not a quantity; so do more than 64 bits.
fn number(text: &str) -> Option<Value> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    match fraction {
        None if whole.is_empty() => None,
        None => text.parse().ok().map(Value::Integer),
        Some(fraction) if !fraction.is_empty() && all_digits(fraction) => {
            text.parse().ok().map(Value::Float)
        }
        Some(_) => None,
    }
}

fn logical(text: &str) -> Option<bool> {
    match text.len() {
        4 if text.eq_ignore_ascii_case("true") => Some(true),
        5 if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Microseconds and whether the text names an instant (then in UTC).
fn date(text: &str) -> Option<(i64, bool)> {
    if !text.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    if let Some(micros) = date_text::parse(text.as_bytes()) {
        return Some((micros, false));
    }
    let micros = parse_date(text)?;
    let time = text.get(10..).unwrap_or_default();
    Some((micros, time.contains(['Z', 'z', '+', '-'])))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn guess(fields: &[&'static str]) -> (Type, bool) {
        let mut guess = Guess::default();
        for text in fields {
            let quoted = *text == "\"\"";
            guess.see(&Field {
                text: Cow::Borrowed(if quoted { "" } else { text }),
                quoted,
            });
        }
        guess.finish()
    }

    #[test]
    fn all_fields_of_a_column_decide_its_type() {
        let cases: [(&[&'static str], (Type, bool)); 16] = [
            (&["1", "-2.5", "", ".5", "0"], (Type::Number, false)),
            (&["1", "007"], (Type::Text, false)),
            (&["0.5", "0"], (Type::Number, false)),
            (
                &["9007199254740993", "-9223372036854775808"],
                (Type::Number, false),
            ),
            (&["9223372036854775808"], (Type::Text, false)),
            (&["1e5"], (Type::Text, false)),
            (&["1", "\"\""], (Type::Text, false)),
            (&["true", "FALSE", ""], (Type::Logical, false)),
            (&["true", "1"], (Type::Text, false)),
            (&["2024-01-31", "2024-02-01T10:30"], (Type::Date, false)),
            (
                &["2024-01-31T10:00:00Z", "2024-02-01 10:30:00+02:00"],
                (Type::Date, true),
            ),
            (&["2024-01-31T10:00:00Z", "2024-02-01"], (Type::Text, false)),
            (&["2024-02-30"], (Type::Text, false)),
            (&["", ""], (Type::Text, false)),
            (&[], (Type::Text, false)),
            (&["-", "1."], (Type::Text, false)),
        ];
        for (fields, expected) in cases {
            assert_eq!(guess(fields), expected, "{fields:?}");
        }
    }

    #[test]
    fn integers_beyond_a_float_stay_exact() {
        let field = Field {
            text: Cow::Borrowed("9007199254740993"),
            quoted: false,
        };
        assert_eq!(
            value(&field, Type::Number),
            Some(Value::Integer(9_007_199_254_740_993))
        );
        assert_eq!(value(&field, Type::Logical), None);
    }
}

//! Dates as values: microseconds of wall-clock time since 1970, and their text form.

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::value::Value;

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// Date values that have a calendar form: the years 0 to 9999.
pub const CALENDAR: std::ops::RangeInclusive<i64> =
    -62_167_219_200_000_000..=253_402_300_799_999_999;

const MICROS_PER_MINUTE: i64 = 60_000_000;

/// The calendar form of a date value; `None` outside the years 0 to 9999.
pub fn civil(micros: i64) -> Option<DateTime> {
    if CALENDAR.contains(&micros) {
        EPOCH.checked_add(SignedDuration::from_micros(micros)).ok()
    } else {
        None
    }
}

/// The date value of a calendar form, whole microseconds.
pub fn micros(date: DateTime) -> i64 {
    i64::try_from(date.duration_since(EPOCH).as_micros()).unwrap_or_default()
}

/// A date as a value; Null outside the years 0 to 9999.
pub fn date_value(date: DateTime) -> Value {
    if date.year() < 0 {
        Value::Null
    } else {
        Value::Date(micros(date))
    }
}

/// A number of microseconds as a date value; Null outside the years 0 to 9999.
pub fn micros_value(micros: i64) -> Value {
    if civil(micros).is_some() {
        Value::Date(micros)
    } else {
        Value::Null
    }
}

/// Reads an ISO 8601 date or date with time: `2026-01-31`, `2026-01-31 13:05`, `2026-01-31T13:05:09.25`, all with an
/// optional zone (`Z`, `+02`, `-03:30`), which converts to UTC. Digits beyond microseconds are dropped. Spaces around
/// are ignored; anything else is `None`.
pub fn parse_date(text: &str) -> Option<i64> {
    read_date(text).map(|(value, _)| value)
}

/// As [`parse_date`], and whether a zone was written, so that the value is an instant in UTC.
pub fn read_date(text: &str) -> Option<(i64, bool)> {
    let mut rest = Cursor {
        bytes: text.trim().as_bytes(),
        at: 0,
    };
    let year = rest.digits(4)?;
    rest.expect(b'-')?;
    let month = rest.digits(2)?;
    rest.expect(b'-')?;
    let day = rest.digits(2)?;
    let (mut hour, mut minute, mut second, mut fraction, mut offset) = (0, 0, 0, 0, None);
    if rest.take(b'T') || rest.take(b't') || rest.take(b' ') {
        hour = rest.digits(2)?;
        rest.expect(b':')?;
        minute = rest.digits(2)?;
        if rest.take(b':') {
            second = rest.digits(2)?;
            if rest.take(b'.') {
                fraction = rest.fraction()?;
            }
        }
        offset = rest.offset()?;
    }
    if rest.at != rest.bytes.len() {
        return None;
    }
    let date = DateTime::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        0,
    );
    let value = micros(date.ok()?) + fraction - offset.unwrap_or(0) * MICROS_PER_MINUTE;
    civil(value).map(|_| (value, offset.is_some()))
}

/// The canonical text of a date, in which dates are stored: `YYYY-MM-DD HH:MM:SS`, and a fraction without trailing
/// zeros when there is one. Values outside the years 0 to 9999 give the nearest end.
pub fn format_date(value: i64) -> String {
    let end = if value < 0 {
        DateTime::constant(0, 1, 1, 0, 0, 0, 0)
    } else {
        DateTime::MAX
    };
    let d = civil(value).unwrap_or(end);
    let mut out = format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        d.year(),
        d.month(),
        d.day(),
        d.hour(),
        d.minute(),
        d.second()
    );
    let fraction = d.subsec_nanosecond() / 1000;
    if fraction > 0 {
        let digits = format!(".{fraction:06}");
        out.push_str(digits.trim_end_matches('0'));
    }
    out
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn take(&mut self, byte: u8) -> bool {
        let hit = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(hit);
        hit
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    fn digit(&mut self) -> Option<i64> {
        let byte = self.bytes.get(self.at).filter(|b| b.is_ascii_digit())?;
        self.at += 1;
        Some(i64::from(byte - b'0'))
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        (0..count).try_fold(0, |n, _| Some(n * 10 + self.digit()?))
    }

    /// Microseconds of a fraction of a second.
    fn fraction(&mut self) -> Option<i64> {
        let mut value = self.digit()? * 100_000;
        let mut place = 10_000;
        while let Some(digit) = self.digit() {
            value += digit * place;
            place /= 10;
        }
        Some(value)
    }

    /// Minutes east of UTC, `Some(None)` when no zone is written.
    #[expect(clippy::option_option, reason = "no zone and a malformed zone differ")]
    fn offset(&mut self) -> Option<Option<i64>> {
        if self.take(b'Z') || self.take(b'z') {
            return Some(Some(0));
        }
        let sign = if self.take(b'+') {
            1
        } else if self.take(b'-') {
            -1
        } else {
            return Some(None);
        };
        let hours = self.digits(2)?;
        let colon = self.take(b':');
        let minutes = match self.digits(2) {
            Some(minutes) => minutes,
            None if !colon => 0,
            None => return None,
        };
        (hours < 24 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written_in_the_canonical_form() {
        for (text, expected) in [
            ("2026-01-31", Some("2026-01-31 00:00:00")),
            (" 2026-01-31 13:05 ", Some("2026-01-31 13:05:00")),
            ("2026-01-31T13:05:09.250", Some("2026-01-31 13:05:09.25")),
            (
                "2026-01-31T13:05:09.1234567Z",
                Some("2026-01-31 13:05:09.123456"),
            ),
            ("2026-01-31T23:30:00-03:00", Some("2026-02-01 02:30:00")),
            ("2026-01-31T01:30:00+02", Some("2026-01-30 23:30:00")),
            ("1969-12-31 23:59:59.5", Some("1969-12-31 23:59:59.5")),
            (
                "9999-12-31 23:59:59.999999",
                Some("9999-12-31 23:59:59.999999"),
            ),
            ("2026-02-30", None),
            ("2026-1-31", None),
            ("2026-01-31x", None),
            ("2026-01-31 13", None),
            ("9999-12-31T23:59:59-01:00", None),
            ("0000-01-01T00:00:00+01:00", None),
            ("31/01/2026", None),
            ("", None),
        ] {
            assert_eq!(
                parse_date(text).map(format_date).as_deref(),
                expected,
                "{text}"
            );
        }
    }
}

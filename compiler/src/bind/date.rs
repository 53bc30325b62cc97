//! Dates as text in addresses and JSON, and steps of whole days. The stored form is that of
//! [`datetime`].

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

pub use crate::formula::datetime::format_date as storage_text;
use crate::formula::datetime::{self, read_date};

/// Microseconds of a day.
pub const DAY: i64 = 86_400_000_000;

/// A date read from text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// Microseconds of wall-clock time in the project's zone.
    pub micros: i64,
    /// Whether the text gave a time of day.
    pub has_time: bool,
}

/// Why a text is no date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateError {
    /// Not an ISO 8601 date.
    Syntax,
    /// The text names an instant, and the project's zone has no known rules.
    UnknownZone,
}

/// Wall-clock microseconds as a civil date and time, clamped to the years 0 to 9999.
pub(super) fn civil(micros: i64) -> DateTime {
    let end = if micros < 0 {
        DateTime::constant(0, 1, 1, 0, 0, 0, 0)
    } else {
        DateTime::MAX
    };
    datetime::civil(micros).unwrap_or(end)
}

/// Start of the day of an instant.
pub fn start_of_day(instant: i64) -> i64 {
    instant.saturating_sub(instant.rem_euclid(DAY))
}

/// Start of the following day, by the calendar.
pub fn next_day(instant: i64) -> i64 {
    datetime::micros(civil(start_of_day(instant)).saturating_add(1.day()))
}

/// `2026-05-13`, or `2026-05-13T10:30:00` when it is not midnight.
pub fn iso_text(instant: i64) -> String {
    let text = iso_instant(instant);
    match text.split_once('T') {
        Some((date, _)) if instant.rem_euclid(DAY) == 0 => date.to_owned(),
        _ => text,
    }
}

/// `2026-05-13T10:30:00`, with its time even at midnight.
pub fn iso_instant(instant: i64) -> String {
    storage_text(instant).replace(' ', "T")
}

/// Reads `YYYY-MM-DD[THH:MM[:SS[.fraction]]][Z or offset]`; a space may stand for the `T`. Without zone the text is
/// wall-clock time, with one it is converted to `zone`, an IANA name.
///
/// # Errors
/// [`DateError::Syntax`] for any other text, [`DateError::UnknownZone`] when a conversion needs an unknown zone.
pub fn parse(text: &str, zone: &str) -> Result<Moment, DateError> {
    let text = text.trim();
    if let Some(day) = text
        .strip_suffix(['Z', 'z'])
        .filter(|day| !day.contains(':'))
    {
        let (micros, _) = read_date(day).ok_or(DateError::Syntax)?;
        return Ok(Moment {
            micros: from_utc(micros, zone)?,
            has_time: true,
        });
    }
    let (micros, is_instant) = read_date(text).ok_or(DateError::Syntax)?;
    let micros = if is_instant {
        from_utc(micros, zone)?
    } else {
        micros
    };
    Ok(Moment {
        micros,
        has_time: text.contains(':'),
    })
}

/// Wall-clock time in `zone` of a count of milliseconds since 1970 in UTC.
///
/// # Errors
/// [`DateError::Syntax`] when it is out of range, [`DateError::UnknownZone`] when `zone` has no known rules.
pub fn from_unix_millis(millis: i64, zone: &str) -> Result<i64, DateError> {
    from_utc(millis.checked_mul(1_000).ok_or(DateError::Syntax)?, zone)
}

fn from_utc(micros: i64, zone: &str) -> Result<i64, DateError> {
    let instant = Timestamp::from_microsecond(micros).map_err(|_| DateError::Syntax)?;
    if zone.eq_ignore_ascii_case("UTC") {
        return Ok(micros);
    }
    let zone = TimeZone::get(zone).map_err(|_| DateError::UnknownZone)?;
    Ok(datetime::micros(zone.to_datetime(instant)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_and_without_time_and_zone() {
        let cases = [
            ("2024-04-01", "2024-04-01", false),
            ("2024-04-01T10:30", "2024-04-01T10:30:00", true),
            ("2024-04-01 10:30:05.25", "2024-04-01T10:30:05.25", true),
            ("2024-04-01T10:30:00Z", "2024-04-01T12:30:00", true),
            ("2024-04-01T10:30:00-03:00", "2024-04-01T15:30:00", true),
            ("2024-04-01Z", "2024-04-01T02:00:00", true),
        ];
        for (text, expected, has_time) in cases {
            let moment = parse(text, "Europe/Madrid").unwrap();
            assert_eq!(
                (iso_text(moment.micros).as_str(), moment.has_time),
                (expected, has_time),
                "{text}"
            );
        }
        assert_eq!(parse("yesterday", "UTC"), Err(DateError::Syntax));
        assert_eq!(
            parse("2024-04-01Z", "Mars/Olympus"),
            Err(DateError::UnknownZone)
        );
    }

    #[test]
    fn texts_of_dates_say_the_time_only_when_there_is_one() {
        assert_eq!(iso_text(0), "1970-01-01");
        assert_eq!(iso_instant(0), "1970-01-01T00:00:00");
        assert_eq!(iso_text(-1), "1969-12-31T23:59:59.999999");
        assert_eq!(storage_text(1_500_000), "1970-01-01 00:00:01.5");
    }

    #[test]
    fn days_step_over_the_epoch_and_stop_at_the_end_of_time() {
        assert_eq!(iso_text(next_day(-1)), "1970-01-01");
        assert_eq!(iso_text(start_of_day(-1)), "1969-12-31");
        assert_eq!(iso_text(next_day(i64::MAX)).get(..4), Some("9999"));
    }
}

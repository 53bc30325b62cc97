//! Dates as text: the form SQLite stores, the ISO form of addresses and JSON, and wall-clock arithmetic.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

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

/// Wall-clock microseconds as a civil date and time, clamped to the years -9999 to 9999.
pub fn civil(micros: i64) -> DateTime {
    let timestamp = Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    });
    TimeZone::UTC.to_datetime(timestamp)
}

/// A civil date and time as wall-clock microseconds; what lies outside a timestamp's range is clamped.
pub fn micros(civil: DateTime) -> i64 {
    let timestamp = TimeZone::UTC.to_timestamp(civil);
    timestamp
        .unwrap_or(if civil.year() < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
        .as_microsecond()
}

/// Start of the day of an instant.
pub fn start_of_day(instant: i64) -> i64 {
    instant.saturating_sub(instant.rem_euclid(DAY))
}

/// Start of the following day, by the calendar.
pub fn next_day(instant: i64) -> i64 {
    micros(civil(start_of_day(instant)).saturating_add(1.day()))
}

/// `2026-05-13 10:30:00` with a fraction of up to six digits, without trailing zeros: how SQLite stores a date.
pub fn storage_text(instant: i64) -> String {
    let (date, time) = written(instant);
    format!("{date} {time}")
}

/// `2026-05-13`, or `2026-05-13T10:30:00` when it is not midnight.
pub fn iso_text(instant: i64) -> String {
    if instant.rem_euclid(DAY) == 0 {
        written(instant).0
    } else {
        iso_instant(instant)
    }
}

/// `2026-05-13T10:30:00`, with its time even at midnight.
pub fn iso_instant(instant: i64) -> String {
    let (date, time) = written(instant);
    format!("{date}T{time}")
}

fn written(instant: i64) -> (String, String) {
    let civil = civil(instant);
    (civil.date().to_string(), civil.time().to_string())
}

/// Reads `YYYY-MM-DD[THH:MM[:SS[.fraction]]][Z or offset]`; a space may stand for the `T`. Without zone the text is
/// wall-clock time, with one it is converted to `zone`, an IANA name.
///
/// # Errors
/// [`DateError::Syntax`] for any other text, [`DateError::UnknownZone`] when a conversion needs an unknown zone.
pub fn parse(text: &str, zone: &str) -> Result<Moment, DateError> {
    let text = text.trim();
    let has_time = text.contains([':', 'T', 't']);
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(Moment {
            micros: from_instant(instant, zone)?,
            has_time: true,
        });
    }
    if let Some(day) = text.strip_suffix(['Z', 'z'])
        && let Ok(date) = day.parse::<jiff::civil::Date>()
    {
        let instant = TimeZone::UTC
            .to_timestamp(date.to_datetime(Time::midnight()))
            .map_err(|_| DateError::Syntax)?;
        return Ok(Moment {
            micros: from_instant(instant, zone)?,
            has_time: true,
        });
    }
    let civil: DateTime = text.parse().map_err(|_| DateError::Syntax)?;
    Ok(Moment {
        micros: micros(civil),
        has_time,
    })
}

/// Wall-clock time in `zone` of a count of milliseconds since 1970 in UTC.
///
/// # Errors
/// [`DateError::Syntax`] when it is out of range, [`DateError::UnknownZone`] when `zone` has no known rules.
pub fn from_unix_millis(millis: i64, zone: &str) -> Result<i64, DateError> {
    from_instant(
        Timestamp::from_millisecond(millis).map_err(|_| DateError::Syntax)?,
        zone,
    )
}

fn from_instant(instant: Timestamp, zone: &str) -> Result<i64, DateError> {
    let zone = if zone.eq_ignore_ascii_case("UTC") {
        TimeZone::UTC
    } else {
        TimeZone::get(zone).map_err(|_| DateError::UnknownZone)?
    };
    Ok(micros(zone.to_datetime(instant)))
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
    fn stored_dates_have_no_trailing_zeros() {
        assert_eq!(storage_text(0), "1970-01-01 00:00:00");
        assert_eq!(storage_text(-1), "1969-12-31 23:59:59.999999");
        assert_eq!(storage_text(1_500_000), "1970-01-01 00:00:01.5");
    }

    #[test]
    fn days_step_over_the_epoch_and_stop_at_the_end_of_time() {
        assert_eq!(iso_text(next_day(-1)), "1970-01-01");
        assert_eq!(iso_text(start_of_day(-1)), "1969-12-31");
        assert_eq!(iso_text(next_day(i64::MAX)).get(..4), Some("9999"));
    }
}

//! The one instant of a request, and how long it took.

use std::time::Instant;

use bookwright_compiler::bind::date;
use bookwright_compiler::plan::Settings;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::adapter::sqlite::to_wall_clock;

/// Microseconds of wall-clock time in the project's zone: `fixed` (an ISO date or instant, from `BOOKWRIGHT_NOW`) when
/// given, else the present.
///
/// # Errors
/// A sentence, when `fixed` is no date or the zone is unknown.
pub fn now(settings: &Settings, fixed: Option<&str>) -> Result<i64, String> {
    let zone = &settings.time_zone;
    if let Some(text) = fixed {
        let moment = date::parse(text, zone)
            .map_err(|_| format!("`BOOKWRIGHT_NOW` is no ISO 8601 date: `{text}`"))?;
        return Ok(moment.micros);
    }
    let rules = TimeZone::get(zone).map_err(|_| format!("the time zone `{zone}` is not known"))?;
    to_wall_clock(Timestamp::now().as_microsecond(), &rules)
        .ok_or_else(|| "the clock of this machine is wrong".to_owned())
}

/// Measures one answer.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins now.
    #[expect(clippy::disallowed_methods, reason = "telemetry")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Milliseconds since the start.
    pub fn ms(self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_instant_is_shown_in_the_projects_zone() {
        let madrid = Settings {
            time_zone: "Europe/Madrid".to_owned(),
            ..Settings::default()
        };
        assert_eq!(
            now(&madrid, Some("1970-01-01T00:00:00Z")),
            Ok(3_600_000_000)
        );
        assert_eq!(now(&madrid, Some("1970-01-01 00:00:00")), Ok(0));
        assert!(now(&madrid, Some("soon")).unwrap_err().contains("`soon`"));
        let nowhere = Settings {
            time_zone: "Mars/Olympus".to_owned(),
            ..Settings::default()
        };
        assert!(now(&nowhere, None).unwrap_err().contains("Mars/Olympus"));
        assert!(now(&Settings::default(), None).unwrap() > 1_700_000_000_000_000);
    }
}

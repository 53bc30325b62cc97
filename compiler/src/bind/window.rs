//! Resolves windows of time against the request's instant.

use jiff::civil::{DateTime, Weekday};
use jiff::{Span, ToSpan, Unit};

use super::date::{self, civil};
use crate::formula::datetime::micros;
use crate::plan::WeekStart;
use crate::plan::control::{DateBound, DateUnit, DateWindow};
use crate::value::Value;

/// A resolved end of a window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// No end.
    Open,
    /// The instant itself is outside.
    Before(i64),
    /// The instant itself is the last one inside.
    Through(i64),
}

impl End {
    fn exclusive(self) -> Option<i64> {
        match self {
            Self::Open => None,
            Self::Before(instant) => Some(instant),
            Self::Through(instant) => Some(instant.saturating_add(1)),
        }
    }

    /// What a formula sees as `.end`: the last millisecond before an exclusive end.
    pub(super) fn inclusive(self) -> Option<i64> {
        match self {
            Self::Open => None,
            Self::Before(instant) => Some(instant.saturating_sub(1_000)),
            Self::Through(instant) => Some(instant),
        }
    }
}

/// The half-open interval `[from, to)` of a window, in microseconds of wall-clock time; `None` is open.
pub fn resolve(window: &DateWindow, now: i64, week_start: WeekStart) -> (Option<i64>, Option<i64>) {
    let (from, to) = bounds(window, now, week_start);
    (from, to.exclusive())
}

/// First instant and end of a window.
pub(super) fn bounds(window: &DateWindow, now: i64, week_start: WeekStart) -> (Option<i64>, End) {
    let shift = |unit, offset| shift_unit(now, unit, offset, week_start);
    let whole = |unit, from, to| (Some(shift(unit, from)), End::Before(shift(unit, to)));
    match window {
        DateWindow::Last {
            count,
            unit,
            to_date: true,
        } => whole(*unit, 1 - i64::from(*count), 1),
        DateWindow::Last {
            count,
            unit,
            to_date: false,
        } => whole(*unit, -i64::from(*count), 0),
        DateWindow::Next {
            count,
            unit,
            to_date: true,
        } => whole(*unit, 0, i64::from(*count)),
        DateWindow::Next {
            count,
            unit,
            to_date: false,
        } => whole(*unit, 1, i64::from(*count) + 1),
        DateWindow::Current { unit } => whole(*unit, 0, 1),
        DateWindow::On { date } => instant_of(date).map_or((None, End::Open), |day| {
            (
                Some(date::start_of_day(day)),
                End::Before(date::next_day(day)),
            )
        }),
        DateWindow::Before { date } => (None, instant_of(date).map_or(End::Open, End::Before)),
        DateWindow::After { date } => (instant_of(date).map(after), End::Open),
        DateWindow::Between { start, end } => {
            let from = match start {
                DateBound::Open => None,
                DateBound::Day(instant) | DateBound::Instant(instant) => Some(*instant),
                DateBound::Relative { offset, unit } => Some(shift(*unit, *offset)),
            };
            let to = match end {
                DateBound::Open => End::Open,
                DateBound::Day(day) => End::Before(date::next_day(*day)),
                DateBound::Instant(instant) => End::Through(*instant),
                DateBound::Relative { offset, unit } => {
                    End::Before(shift(*unit, offset.saturating_add(1)))
                }
            };
            (from, to)
        }
    }
}

/// The instant that is `offset` units from now, cut to the day for units of a day or more: a date control's relative
/// value.
pub(super) fn relative_day(now: i64, unit: DateUnit, offset: i64) -> i64 {
    let shifted = micros(civil(now).saturating_add(span(unit, offset)));
    if is_time(unit) {
        shifted
    } else {
        date::start_of_day(shifted)
    }
}

/// The end of a range given as a plain date: through the end of a day, or through an instant.
pub(super) fn end_of(value: &Value) -> End {
    match instant_of(value) {
        None => End::Open,
        Some(instant) if is_midnight(instant) => End::Before(date::next_day(instant)),
        Some(instant) => End::Through(instant),
    }
}

/// Whether an instant stands for its whole day.
pub(super) fn is_midnight(instant: i64) -> bool {
    instant.rem_euclid(date::DAY) == 0
}

/// The microseconds of a date; `None` for any other value.
pub(super) fn instant_of(value: &Value) -> Option<i64> {
    match value {
        Value::Date(instant) => Some(*instant),
        Value::Null
        | Value::Logical(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Text(_)
        | Value::Variant(_) => None,
    }
}

fn after(instant: i64) -> i64 {
    if is_midnight(instant) {
        date::next_day(instant)
    } else {
        instant.saturating_add(1)
    }
}

/// Start of the unit of `now`, moved by whole units.
fn shift_unit(now: i64, unit: DateUnit, offset: i64, week_start: WeekStart) -> i64 {
    micros(floor(civil(now), unit, week_start).saturating_add(span(unit, offset)))
}

fn floor(instant: DateTime, unit: DateUnit, week_start: WeekStart) -> DateTime {
    let day = instant.date();
    let month_start = |month| jiff::civil::date(day.year(), month, 1).at(0, 0, 0, 0);
    match unit {
        DateUnit::Year => month_start(1),
        DateUnit::Quarter => month_start((day.month() - 1) / 3 * 3 + 1),
        DateUnit::Month => month_start(day.month()),
        DateUnit::Week => match week_start {
            WeekStart::Sunday => floor_week(instant, Weekday::Sunday),
            WeekStart::Monday => floor_week(instant, Weekday::Monday),
        },
        DateUnit::WeekStartingSunday => floor_week(instant, Weekday::Sunday),
        DateUnit::WeekStartingMonday => floor_week(instant, Weekday::Monday),
        DateUnit::Day => day.at(0, 0, 0, 0),
        DateUnit::Hour => truncate(instant, Unit::Hour),
        DateUnit::Minute => truncate(instant, Unit::Minute),
        DateUnit::Second => truncate(instant, Unit::Second),
    }
}

fn floor_week(instant: DateTime, first: Weekday) -> DateTime {
    instant
        .date()
        .at(0, 0, 0, 0)
        .saturating_sub(i64::from(instant.date().weekday().since(first)).days())
}

fn truncate(instant: DateTime, unit: Unit) -> DateTime {
    let round = jiff::civil::DateTimeRound::new()
        .smallest(unit)
        .mode(jiff::RoundMode::Floor);
    instant.round(round).unwrap_or(instant)
}

/// `offset` units; what no calendar reaches is clamped to the longest span a calendar has.
fn span(unit: DateUnit, offset: i64) -> Span {
    let clamp = |per_year: i64| offset.clamp(-19_998 * per_year, 19_998 * per_year);
    let span = match unit {
        DateUnit::Year => Span::new().try_years(clamp(1)),
        DateUnit::Quarter => Span::new().try_months(clamp(4).saturating_mul(3)),
        DateUnit::Month => Span::new().try_months(clamp(12)),
        DateUnit::Week | DateUnit::WeekStartingSunday | DateUnit::WeekStartingMonday => {
            Span::new().try_weeks(clamp(52))
        }
        DateUnit::Day => Span::new().try_days(clamp(365)),
        DateUnit::Hour => Span::new().try_hours(clamp(8_760)),
        DateUnit::Minute => Span::new().try_minutes(clamp(525_600)),
        DateUnit::Second => Span::new().try_seconds(clamp(31_536_000)),
    };
    span.unwrap_or_default()
}

fn is_time(unit: DateUnit) -> bool {
    matches!(unit, DateUnit::Hour | DateUnit::Minute | DateUnit::Second)
}

#[cfg(test)]
mod tests {
    use DateUnit::{Day, Minute, Month, Quarter, Week, WeekStartingMonday, Year};

    use super::*;

    const NOW: &str = "2026-05-13T10:30:00";

    fn at(text: &str) -> i64 {
        date::parse(text, "UTC").unwrap().micros
    }

    fn resolved(window: &DateWindow, week_start: WeekStart) -> String {
        let (from, to) = resolve(window, at(NOW), week_start);
        let text = |end: Option<i64>| end.map_or_else(|| "open".to_owned(), date::iso_text);
        format!("{} to {}", text(from), text(to))
    }

    fn last(count: u32, unit: DateUnit, to_date: bool) -> DateWindow {
        DateWindow::Last {
            count,
            unit,
            to_date,
        }
    }

    fn next(count: u32, unit: DateUnit, to_date: bool) -> DateWindow {
        DateWindow::Next {
            count,
            unit,
            to_date,
        }
    }

    fn between(start: DateBound, end: DateBound) -> DateWindow {
        DateWindow::Between { start, end }
    }

    fn relative(unit: DateUnit, offset: i64) -> DateBound {
        DateBound::Relative { offset, unit }
    }

    #[test]
    fn windows_resolve_as_in_the_worked_example() {
        let cases = [
            (
                DateWindow::Current { unit: Quarter },
                "2026-04-01 to 2026-07-01",
            ),
            (
                DateWindow::Current { unit: Week },
                "2026-05-10 to 2026-05-17",
            ),
            (
                DateWindow::Current {
                    unit: WeekStartingMonday,
                },
                "2026-05-11 to 2026-05-18",
            ),
            (last(7, Day, true), "2026-05-07 to 2026-05-14"),
            (last(7, Day, false), "2026-05-06 to 2026-05-13"),
            (last(3, Month, true), "2026-03-01 to 2026-06-01"),
            (last(3, Month, false), "2026-02-01 to 2026-05-01"),
            (
                last(15, Minute, true),
                "2026-05-13T10:16:00 to 2026-05-13T10:31:00",
            ),
            (next(2, Quarter, true), "2026-04-01 to 2026-10-01"),
            (next(2, Quarter, false), "2026-07-01 to 2027-01-01"),
            (
                between(relative(Year, -1), relative(Year, 0)),
                "2025-01-01 to 2027-01-01",
            ),
            (
                between(DateBound::Day(at("2024-04-01")), relative(Day, -3)),
                "2024-04-01 to 2026-05-11",
            ),
        ];
        for (window, expected) in cases {
            assert_eq!(resolved(&window, WeekStart::Sunday), expected, "{window:?}");
        }
        assert_eq!(
            resolved(&DateWindow::Current { unit: Week }, WeekStart::Monday),
            "2026-05-11 to 2026-05-18"
        );
    }

    #[test]
    fn fixed_windows_take_whole_days_and_exact_instants() {
        let date = |text| Value::Date(at(text));
        let cases = [
            (
                DateWindow::On {
                    date: date("2026-02-28T08:00"),
                },
                "2026-02-28 to 2026-03-01",
            ),
            (
                DateWindow::Before {
                    date: date("2026-02-28"),
                },
                "open to 2026-02-28",
            ),
            (
                DateWindow::After {
                    date: date("2026-02-28"),
                },
                "2026-03-01 to open",
            ),
            (
                DateWindow::After {
                    date: date("2026-02-28T08:00"),
                },
                "2026-02-28T08:00:00.000001 to open",
            ),
            (
                between(
                    DateBound::Open,
                    DateBound::Instant(at("2026-02-28T00:00:00")),
                ),
                "open to 2026-02-28T00:00:00.000001",
            ),
            (between(DateBound::Open, DateBound::Open), "open to open"),
        ];
        for (window, expected) in cases {
            assert_eq!(resolved(&window, WeekStart::Sunday), expected, "{window:?}");
        }
    }

    #[test]
    fn windows_beyond_the_calendar_are_clamped() {
        assert_eq!(
            resolved(&last(u32::MAX, Year, false), WeekStart::Sunday).get(..5),
            Some("0000-")
        );
        let far = between(relative(Day, i64::MIN), relative(Day, i64::MAX));
        assert!(resolved(&far, WeekStart::Sunday).contains("9999"));
    }

    #[test]
    fn a_relative_day_is_cut_to_the_day_unless_its_unit_is_smaller() {
        assert_eq!(
            date::iso_text(relative_day(at(NOW), Month, -3)),
            "2026-02-13"
        );
        assert_eq!(
            date::iso_text(relative_day(at(NOW), Minute, 5)),
            "2026-05-13T10:35:00"
        );
    }
}

//! Days and moments, and their text. Proleptic Gregorian calendar, no time zones.

/// Days since 1970-01-01.
pub type Day = i64;

/// Seconds since 1970-01-01 00:00:00.
pub type Moment = i64;

/// First day of the story, 2024-11-01.
pub const FIRST_DAY: Day = 20_028;

/// Last day of the story, 2026-10-31.
pub const LAST_DAY: Day = 20_757;

/// Number of days of the story.
pub const DAYS: i64 = LAST_DAY - FIRST_DAY + 1;

/// Year, month (1 to 12) and day of the month (1 to 31) of a day.
pub fn civil(day: Day) -> (i64, i64, i64) {
    // Counted from 0000-03-01, so that the leap day ends the year.
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * month_from_march + 2) / 5 + 1)
}

/// Day of the week: 0 is Monday, 6 is Sunday.
pub fn weekday(day: Day) -> i64 {
    (day + 3).rem_euclid(7)
}

/// Whether a day is a Saturday or a Sunday.
pub fn is_weekend(day: Day) -> bool {
    weekday(day) >= 5
}

/// A day as `2026-10-31`.
pub fn day_text(day: Day) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A moment as `2026-10-31T09:05:00`.
pub fn moment_text(moment: Moment) -> String {
    let second = moment.rem_euclid(86_400);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!(
        "{}T{hour:02}:{minute:02}:{:02}",
        day_text(moment.div_euclid(86_400)),
        second % 60
    )
}

/// A day that may be missing; empty when it is.
pub fn optional_day_text(day: Option<Day>) -> String {
    day.map(day_text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_covers_24_months() {
        assert_eq!(day_text(FIRST_DAY), "2024-11-01");
        assert_eq!(day_text(LAST_DAY), "2026-10-31");
        assert_eq!(DAYS, 730);
    }

    #[test]
    fn days_have_their_dates_and_weekdays() {
        let cases = [
            (0, "1970-01-01", 3),
            (-1, "1969-12-31", 2),
            (11_016, "2000-02-29", 1),
            (20_757, "2026-10-31", 5),
        ];
        for (day, text, of_week) in cases {
            assert_eq!((day_text(day).as_str(), weekday(day)), (text, of_week));
        }
        assert_eq!(moment_text(20_757 * 86_400 + 3_661), "2026-10-31T01:01:01");
    }
}

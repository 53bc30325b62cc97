//! Dates in `SQLite`'s storage form, `YYYY-MM-DD HH:MM:SS[.ffffff]`, without allocation on the way in.
//!
//! The general reader of dates is the compiler's; this is the fast path for what we stored ourselves.

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// Microseconds of a stored date; `None` when the text has another form, or names a day that does not exist.
pub fn parse(text: &[u8]) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *date else {
        return None;
    };
    let year = digits(&[y1, y2, y3, y4])?;
    let (month, day) = (digits(&[m1, m2])?, digits(&[d1, d2])?);
    if !(1..=12).contains(&month) || day < 1 || day > days_of_month(year, month) {
        return None;
    }
    Some(days_from_civil(year, month, day) * DAY + time(rest)?)
}

/// The storage form of a date. Years beyond 0 to 9999 are clamped.
pub fn format(micros: i64) -> String {
    let micros = micros.clamp(
        days_from_civil(0, 1, 1) * DAY,
        days_from_civil(10_000, 1, 1) * DAY - 1,
    );
    let (day, time) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
    let (year, month, date) = civil_from_days(day);
    let (seconds, fraction) = (time / 1_000_000, time % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{year:04}-{month:02}-{date:02} {hour:02}:{minute:02}:{second:02}");
    if fraction != 0 {
        use std::fmt::Write as _;
        let written = write!(text, ".{fraction:06}");
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
        text.truncate(text.trim_end_matches('0').len());
    }
    text
}

fn time(text: &[u8]) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let (clock, fraction) = text.split_at_checked(9)?;
    let [b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] = *clock else {
        return None;
    };
    let (hour, minute, second) = (digits(&[h1, h2])?, digits(&[m1, m2])?, digits(&[s1, s2])?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some(((hour * 60 + minute) * 60 + second) * 1_000_000 + micros(fraction)?)
}

fn micros(fraction: &[u8]) -> Option<i64> {
    match fraction {
        [] => Some(0),
        [b'.', figures @ ..] if (1..=6).contains(&figures.len()) => {
            let scale = 10_i64.pow(u32::try_from(6 - figures.len()).ok()?);
            Some(digits(figures)? * scale)
        }
        _ => None,
    }
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i64::from(byte - b'0'))
    })
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a day of the proleptic Gregorian calendar, whose years begin in March while counting.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = (shifted + 2) % 12 + 1;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_dates_come_back() {
        for text in [
            "1970-01-01 00:00:00",
            "1969-12-31 23:59:59.999999",
            "2024-02-29 12:30:05.25",
            "0000-03-01 00:00:00",
            "9999-12-31 23:59:59",
            "1900-02-28 00:00:00",
        ] {
            assert_eq!(format(parse(text.as_bytes()).unwrap()), text);
        }
        assert_eq!(parse(b"2024-01-01"), parse(b"2024-01-01T00:00:00"));
    }

    #[test]
    fn other_forms_and_wrong_days_are_refused() {
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-1-1",
            "2024-01-01 25:00:00",
            "2024-01-01 00:00:00Z",
            "x",
            "",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn dates_agree_with_the_calendar_library() {
        for day in (-700_000..2_900_000).step_by(3_001) {
            let civil = jiff::civil::date(1970, 1, 1)
                .checked_add(jiff::Span::new().days(day))
                .unwrap();
            assert_eq!(
                format(day * DAY).get(..10).unwrap(),
                civil.to_string(),
                "{day}"
            );
        }
    }
}

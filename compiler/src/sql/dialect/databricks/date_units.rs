//! Units of time as SQL that several templates of dates share.

macro_rules! day {
    ($x:expr) => {
        concat!("CAST(", $x, " AS DATE)")
    };
}

macro_rules! date {
    ($x:expr) => {
        concat!("CAST(", $x, " AS TIMESTAMP_NTZ)")
    };
}

/// The first day of the week of a date.
macro_rules! week {
    ($x:expr, $first:expr) => {
        concat!(
            "date_sub(",
            day!($x),
            ", pmod(dayofweek(",
            $x,
            ") - 1 - ",
            $first,
            ", 7))"
        )
    };
}

/// The start of the unit a date lies in.
macro_rules! start {
    ("year", $x:expr) => {
        date!(concat!("trunc(", day!($x), ", 'YEAR')"))
    };
    ("quarter", $x:expr) => {
        date!(concat!("trunc(", day!($x), ", 'QUARTER')"))
    };
    ("month", $x:expr) => {
        date!(concat!("trunc(", day!($x), ", 'MONTH')"))
    };
    ("week", $x:expr) => {
        date!(week!($x, "{week}"))
    };
    ("week_starting_sunday", $x:expr) => {
        date!(week!($x, "0"))
    };
    ("week_starting_monday", $x:expr) => {
        date!(week!($x, "1"))
    };
    ("day", $x:expr) => {
        date!(day!($x))
    };
    ("hour", $x:expr) => {
        concat!(
            "(",
            $x,
            " - make_dt_interval(0, 0, minute(",
            $x,
            "), extract(SECOND FROM ",
            $x,
            ")))"
        )
    };
    ("minute", $x:expr) => {
        concat!(
            "(",
            $x,
            " - make_dt_interval(0, 0, 0, extract(SECOND FROM ",
            $x,
            ")))"
        )
    };
    ("second", $x:expr) => {
        concat!(
            "(",
            $x,
            " - make_dt_interval(0, 0, 0, extract(SECOND FROM ",
            $x,
            ") % 1))"
        )
    };
}

/// Some units as an interval: `n` is a whole number that is not too large.
macro_rules! interval {
    ("year", $n:expr) => {
        concat!("make_ym_interval(", $n, ", 0)")
    };
    ("quarter", $n:expr) => {
        concat!("make_ym_interval(0, 3 * (", $n, "))")
    };
    ("month", $n:expr) => {
        concat!("make_ym_interval(0, ", $n, ")")
    };
    ("week", $n:expr) => {
        concat!("make_dt_interval(7 * (", $n, "), 0, 0, 0)")
    };
    ("day", $n:expr) => {
        concat!("make_dt_interval(", $n, ", 0, 0, 0)")
    };
    ("hour", $n:expr) => {
        concat!("make_dt_interval(0, ", $n, ", 0, 0)")
    };
    ("minute", $n:expr) => {
        concat!("make_dt_interval(0, 0, ", $n, ", 0)")
    };
    ("second", $n:expr) => {
        concat!("make_dt_interval(0, 0, 0, ", $n, ")")
    };
}

/// A whole number within more units than the calendar has.
macro_rules! amount {
    ("year", $n:expr) => { amount!(@ $n, "20000", "INT") };
    ("quarter", $n:expr) => { amount!(@ $n, "80000", "INT") };
    ("month", $n:expr) => { amount!(@ $n, "240000", "INT") };
    ("week", $n:expr) => { amount!(@ $n, "1000000", "INT") };
    ("day", $n:expr) => { amount!(@ $n, "7000000", "INT") };
    ("hour", $n:expr) => { amount!(@ $n, "170000000", "INT") };
    ("minute", $n:expr) => { int!($n) };
    ("second", $n:expr) => { amount!(@ $n, "600000000000", "BIGINT") };
    (@ $n:expr, $most:literal, $type:literal) => {
        concat!(
            "CAST(CASE WHEN ", $n, " > ", $most, " THEN ", $most, " WHEN ", $n, " < -", $most, " THEN -", $most, " ELSE ", $n,
            " END AS ", $type, ")"
        )
    };
}

/// The number of a unit since 1970, or since the year 0.
macro_rules! number {
    ("year", $x:expr) => {
        concat!("year(", $x, ")")
    };
    ("quarter", $x:expr) => {
        concat!("(year(", $x, ") * 4 + quarter(", $x, "))")
    };
    ("month", $x:expr) => {
        concat!("(year(", $x, ") * 12 + month(", $x, "))")
    };
    ("week", $x:expr) => {
        concat!("floor((unix_date(", day!($x), ") + 4 - {week}) / 7)")
    };
    ("day", $x:expr) => {
        concat!("unix_date(", day!($x), ")")
    };
    ("hour", $x:expr) => {
        concat!("(unix_date(", day!($x), ") * 24 + hour(", $x, "))")
    };
    ("minute", $x:expr) => {
        concat!("floor(", seconds!($x), " / 60)")
    };
    ("second", $x:expr) => {
        concat!("floor(", seconds!($x), ")")
    };
    ("millisecond", $x:expr) => {
        concat!("floor(", seconds!($x), " * 1000)")
    };
}

macro_rules! part {
    ("year", $x:expr) => {
        concat!("year(", $x, ")")
    };
    ("quarter", $x:expr) => {
        concat!("quarter(", $x, ")")
    };
    ("month", $x:expr) => {
        concat!("month(", $x, ")")
    };
    ("week", $x:expr) => {
        concat!(
            "(CASE WHEN {week} = 1 THEN weekofyear(",
            $x,
            ") ELSE CAST(floor((dayofyear(",
            $x,
            ") + dayofweek(trunc(",
            day!($x),
            ", 'YEAR')) - 2) / 7) AS INT) + 1 END)"
        )
    };
    ("day", $x:expr) => {
        concat!("day(", $x, ")")
    };
    ("weekday", $x:expr) => {
        concat!("dayofweek(", $x, ")")
    };
    ("day_of_year", $x:expr) => {
        concat!("dayofyear(", $x, ")")
    };
    ("hour", $x:expr) => {
        concat!("hour(", $x, ")")
    };
    ("minute", $x:expr) => {
        concat!("minute(", $x, ")")
    };
    ("second", $x:expr) => {
        concat!("second(", $x, ")")
    };
    ("millisecond", $x:expr) => {
        concat!("(CAST(extract(SECOND FROM ", $x, ") * 1000 AS INT) % 1000)")
    };
}

/// A date argument moved from UTC to a zone.
macro_rules! moved {
    ($x:expr, $zone:expr) => {
        concat!("convert_timezone('UTC', ", $zone, ", ", $x, ")")
    };
}

/// The last second of a day.
macro_rules! end {
    ($day:expr) => {
        concat!("(", date!($day), " + INTERVAL '23:59:59' HOUR TO SECOND)")
    };
}

pub(super) use {amount, date, day, end, interval, moved, number, part, start, week};

//! Dates on `DuckDB`.

use super::super::table::{Table, cases, sql, when};

/// The family.
pub(super) const TABLE: Table = &[
    ("DateAdd", cases(&[
        when().literal(0, "year").sql("({2} + CAST(trunc({1}) AS BIGINT) * INTERVAL 1 YEAR)"),
        when().literal(0, "month").sql("({2} + CAST(trunc({1}) AS BIGINT) * INTERVAL 1 MONTH)"),
        when().literal(0, "week").sql("({2} + CAST(trunc({1}) AS BIGINT) * INTERVAL 1 WEEK)"),
        when().literal(0, "day").sql("({2} + CAST(trunc({1}) AS BIGINT) * INTERVAL 1 DAY)"),
        when().literal(0, "hour").sql("({2} + CAST(trunc({1}) AS BIGINT) * INTERVAL 1 HOUR)"),
        when().literal(0, "minute").sql("({2} + CAST(trunc({1}) AS BIGINT) * INTERVAL 1 MINUTE)"),
        when().literal(0, "second").sql("({2} + CAST(trunc({1}) AS BIGINT) * INTERVAL 1 SECOND)"),
        when().literal(0, "quarter").sql("({2} + CAST(trunc({1}) AS BIGINT) * INTERVAL 3 MONTH)"),
        when().refused("the unit is not written yet"),
    ])),
    ("DateDiff", cases(&[
        when().literal(0, "year").sql("date_diff('year', {1}, {2})"),
        when().literal(0, "quarter").sql("date_diff('quarter', {1}, {2})"),
        when().literal(0, "month").sql("date_diff('month', {1}, {2})"),
        when().literal(0, "day").sql("date_diff('day', {1}, {2})"),
        when().literal(0, "hour").sql("date_diff('hour', {1}, {2})"),
        when().literal(0, "minute").sql("date_diff('minute', {1}, {2})"),
        when().literal(0, "second").sql("date_diff('second', {1}, {2})"),
        when().literal(0, "week").sql("((date_diff('day', TIMESTAMP '1969-12-28', {2}) - {week}) // 7 - (date_diff('day', TIMESTAMP '1969-12-28', {1}) - {week}) // 7)"),
        when().refused("the unit is not written yet"),
    ])),
    ("DateTrunc", cases(&[
        when().count(3).refused("zones are not written yet"),
        when().literal(0, "year").sql("CAST(date_trunc('year', {1}) AS TIMESTAMP)"),
        when().literal(0, "quarter").sql("CAST(date_trunc('quarter', {1}) AS TIMESTAMP)"),
        when().literal(0, "month").sql("CAST(date_trunc('month', {1}) AS TIMESTAMP)"),
        when().literal(0, "day").sql("CAST(date_trunc('day', {1}) AS TIMESTAMP)"),
        when().literal(0, "hour").sql("CAST(date_trunc('hour', {1}) AS TIMESTAMP)"),
        when().literal(0, "minute").sql("CAST(date_trunc('minute', {1}) AS TIMESTAMP)"),
        when().literal(0, "second").sql("CAST(date_trunc('second', {1}) AS TIMESTAMP)"),
        when().literal(0, "week").sql("CAST(date_trunc('day', {1}) - ((dayofweek({1}) + 7 - {week}) % 7) * INTERVAL 1 DAY AS TIMESTAMP)"),
        when().refused("the precision is not written yet"),
    ])),
    ("Year", cases(&[
        when().count(1).sql("year({0})"),
        when().refused("zones are not written yet"),
    ])),
    ("Quarter", sql("quarter({0})")),
    ("Month", cases(&[
        when().count(1).sql("month({0})"),
        when().refused("zones are not written yet"),
    ])),
    ("Day", cases(&[
        when().count(1).sql("day({0})"),
        when().refused("zones are not written yet"),
    ])),
    ("DayOfYear", cases(&[
        when().count(1).sql("dayofyear({0})"),
        when().refused("zones are not written yet"),
    ])),
    ("Weekday", cases(&[
        when().count(1).sql("(dayofweek({0}) + 1)"),
        when().refused("zones are not written yet"),
    ])),
    ("Hour", cases(&[
        when().count(1).sql("hour({0})"),
        when().refused("zones are not written yet"),
    ])),
    ("Minute", cases(&[
        when().count(1).sql("minute({0})"),
        when().refused("zones are not written yet"),
    ])),
    ("Second", sql("second({0})")),
    ("MonthName", sql("monthname({0})")),
    ("WeekdayName", sql("dayname({0})")),
    ("EndOfMonth", sql("(date_trunc('month', {0}) + INTERVAL 1 MONTH - INTERVAL 1 SECOND)")),
];

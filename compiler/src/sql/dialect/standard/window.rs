//! Window functions as all engines but `SQLite` write them.

use super::super::table::{PRINTED, Table, always, over, over_cases, when};
use crate::formula::functions::Frame;

/// The family.
pub(super) const TABLE: Table = &[
    ("CumulativeSum", over("sum({0})", Frame::Running)),
    ("CumulativeAvg", over("avg({0})", Frame::Running)),
    ("CumulativeMax", over("max({0})", Frame::Running)),
    ("CumulativeMin", over("min({0})", Frame::Running)),
    (
        "CumulativeCount",
        over_cases(
            &[
                when().types("t").sql("count(nullif({0}, ''))"),
                always("count({0})"),
            ],
            Frame::Running,
        ),
    ),
    ("MovingSum", over("sum({0})", Frame::Moving(1))),
    ("MovingAvg", over("avg({0})", Frame::Moving(1))),
    ("MovingMax", over("max({0})", Frame::Moving(1))),
    ("MovingMin", over("min({0})", Frame::Moving(1))),
    (
        "MovingCount",
        over_cases(
            &[
                when().types("t").sql("count(nullif({0}, ''))"),
                always("count({0})"),
            ],
            Frame::Moving(1),
        ),
    ),
    ("Lag", over("lag({0}, {1!?1}, {2?NULL})", Frame::Position)),
    ("Lead", over("lead({0}, {1!?1}, {2?NULL})", Frame::Position)),
    ("First", over("first_value({0})", Frame::Whole)),
    ("Last", over("last_value({0})", Frame::Whole)),
    ("Nth", over("nth_value({0}, {1!})", Frame::Whole)),
    ("FirstNonNull", PRINTED),
    ("LastNonNull", PRINTED),
    ("FillDown", PRINTED),
    ("Rank", over("rank()", Frame::Rank(0))),
    ("RankDense", over("dense_rank()", Frame::Rank(0))),
    ("RankPercentile", over("percent_rank()", Frame::Rank(0))),
    ("CumeDist", over("cume_dist()", Frame::Rank(0))),
    ("RowNumber", over("row_number()", Frame::RankUnique(0))),
    ("Ntile", over("ntile({0!})", Frame::RankUnique(1))),
];

//! Window functions on `PostgreSQL`.

use super::super::table::{Table, always, over, over_cases, when};
use super::forms::{collected, date_text};
use crate::formula::functions::lowering::Case;
use crate::formula::functions::{Frame, Lowering};

const NO_ORDER: &str = "the engine sorts JSON in its own order";

/// The smallest or largest value of a frame.
macro_rules! extreme {
    ($function:literal, $logical:literal, $frame:expr) => {
        over_cases(
            &[
                when().types("t").sql(concat!(
                    "(",
                    $function,
                    "({0} COLLATE \"C\"){over} COLLATE \"default\")"
                )),
                when().types("l").sql(concat!($logical, "({0})")),
                when().types("v").refused(NO_ORDER),
                always(concat!($function, "({0})")),
            ],
            $frame,
        )
    };
}

/// A ranking by a value that has an order.
macro_rules! ranked {
    ($call:literal, $frame:expr) => {
        over_cases(
            &[when().types("v").refused(NO_ORDER), always($call)],
            $frame,
        )
    };
}

const fn averaged(frame: Frame) -> Lowering {
    over("CAST(avg({0}){over} AS DOUBLE PRECISION)", frame)
}

/// Values of a partition as an array, which are collected in the order of the window.
pub(super) const ARRAY: &[Case] = &[
    when().types("v").refused(NO_ORDER),
    when().types("d").sql(collected!(date_text!("{0}"))),
    always(collected!("{0}")),
];

/// The family.
pub(super) const TABLE: Table = &[
    ("CumulativeAvg", averaged(Frame::Running)),
    ("CumulativeMax", extreme!("max", "bool_or", Frame::Running)),
    ("CumulativeMin", extreme!("min", "bool_and", Frame::Running)),
    (
        "CumulativeStdDev",
        over("stddev_samp(CAST({0} AS DOUBLE PRECISION))", Frame::Running),
    ),
    (
        "CumulativeVariance",
        over("var_samp(CAST({0} AS DOUBLE PRECISION))", Frame::Running),
    ),
    ("CumulativeCorr", over("corr({0}, {1})", Frame::Running)),
    ("MovingAvg", averaged(Frame::Moving(1))),
    ("MovingMax", extreme!("max", "bool_or", Frame::Moving(1))),
    ("MovingMin", extreme!("min", "bool_and", Frame::Moving(1))),
    (
        "MovingStdDev",
        over(
            "stddev_samp(CAST({0} AS DOUBLE PRECISION))",
            Frame::Moving(1),
        ),
    ),
    (
        "MovingVariance",
        over("var_samp(CAST({0} AS DOUBLE PRECISION))", Frame::Moving(1)),
    ),
    ("MovingCorr", over("corr({0}, {1})", Frame::Moving(2))),
    (
        "Lag",
        over(
            "lag({0}, CAST(trunc({1!?1}) AS INTEGER), {2?NULL})",
            Frame::Position,
        ),
    ),
    (
        "Lead",
        over(
            "lead({0}, CAST(trunc({1!?1}) AS INTEGER), {2?NULL})",
            Frame::Position,
        ),
    ),
    (
        "Nth",
        over("nth_value({0}, CAST(trunc({1!}) AS INTEGER))", Frame::Whole),
    ),
    (
        "Ntile",
        over("ntile(CAST(trunc({0!}) AS INTEGER))", Frame::RankUnique(1)),
    ),
    ("Rank", ranked!("rank()", Frame::Rank(0))),
    ("RankDense", ranked!("dense_rank()", Frame::Rank(0))),
    ("RankPercentile", ranked!("percent_rank()", Frame::Rank(0))),
    ("CumeDist", ranked!("cume_dist()", Frame::Rank(0))),
];

//! Window functions on Databricks.

use super::super::table::{Table, over, over_cases, when};
use super::aggregate::CORRELATION;
use crate::formula::functions::Frame;

/// A neighbour. The engine casts a default to the type of the value, which loses the fraction of a number.
macro_rules! neighbour {
    ($function:expr) => {
        over_cases(
            &[
                when().count(1).sql(concat!($function, "({0})")),
                when().types("n*n").sql(concat!(
                    $function,
                    "(CASE WHEN TRUE THEN {0} ELSE {2} END, CAST({1!} AS INT), {2})"
                )),
                when().sql(concat!($function, "({0}, CAST({1!} AS INT), {2?NULL})")),
            ],
            Frame::Position,
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Lag", neighbour!("lag")),
    ("Lead", neighbour!("lead")),
    ("CumulativeStdDev", over("stddev_samp({0})", Frame::Running)),
    ("CumulativeVariance", over("var_samp({0})", Frame::Running)),
    ("CumulativeCorr", over(CORRELATION, Frame::Running)),
    ("MovingStdDev", over("stddev_samp({0})", Frame::Moving(1))),
    ("MovingVariance", over("var_samp({0})", Frame::Moving(1))),
    ("MovingCorr", over(CORRELATION, Frame::Moving(2))),
    (
        "FirstNonNull",
        over("first_value({0}) IGNORE NULLS", Frame::Whole),
    ),
    (
        "LastNonNull",
        over("last_value({0}) IGNORE NULLS", Frame::Whole),
    ),
    (
        "FillDown",
        over("last_value({0}) IGNORE NULLS", Frame::Running),
    ),
];

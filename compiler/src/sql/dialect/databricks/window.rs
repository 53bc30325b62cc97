//! Window functions on Databricks.

use super::super::table::{Table, over};
use super::aggregate::CORRELATION;
use crate::formula::functions::Frame;

/// The family.
pub(super) const TABLE: Table = &[
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

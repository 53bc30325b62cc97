//! Window functions on `DuckDB`.

use super::super::table::{Table, over};
use crate::formula::functions::Frame;

const STD_DEV: &str = "stddev_samp(CAST({0} AS DOUBLE))";
const VARIANCE: &str = "var_samp(CAST({0} AS DOUBLE))";
const CORR: &str =
    "nullif(corr(CAST({0} AS DOUBLE), CAST({1} AS DOUBLE)){over}, CAST('NaN' AS DOUBLE))";

/// The family.
pub(super) const TABLE: Table = &[
    ("CumulativeStdDev", over(STD_DEV, Frame::Running)),
    ("CumulativeVariance", over(VARIANCE, Frame::Running)),
    ("CumulativeCorr", over(CORR, Frame::Running)),
    ("MovingStdDev", over(STD_DEV, Frame::Moving(1))),
    ("MovingVariance", over(VARIANCE, Frame::Moving(1))),
    ("MovingCorr", over(CORR, Frame::Moving(2))),
];

//! Window functions on Snowflake.

use super::super::table::{Table, always, over, over_cases, when};
use crate::formula::functions::Frame;

/// A logical has no order on the engine.
macro_rules! extreme {
    ($function:literal, $frame:expr) => {
        over_cases(
            &[
                when()
                    .types("l")
                    .sql(concat!("(", $function, "(CAST({0} AS BIGINT)){over} = 1)")),
                always(concat!($function, "({0})")),
            ],
            $frame,
        )
    };
}

/// A number of the pairs of which the other one, `$other`, is there too.
macro_rules! paired {
    ($x:literal, $other:literal) => {
        concat!(
            "CASE WHEN ",
            $other,
            " IS NOT NULL THEN CAST(",
            $x,
            " AS DOUBLE) END"
        )
    };
}

/// Correlation by variances: the engine's own takes no frame.
const CORRELATION: &str = concat!(
    "((VAR_POP(CAST({0} AS DOUBLE) + {1}){over} - VAR_POP(CAST({0} AS DOUBLE) - {1}){over})",
    " / NULLIF(4 * SQRT(VAR_POP(",
    paired!("{0}", "{1}"),
    "){over} * VAR_POP(",
    paired!("{1}", "{0}"),
    "){over}), 0))"
);
const AVERAGE: &str = "AVG(CAST({0} AS DOUBLE))";
const DEVIATION: &str = "STDDEV_SAMP(CAST({0} AS DOUBLE))";
const VARIANCE: &str = "VAR_SAMP(CAST({0} AS DOUBLE))";

/// The family.
pub(super) const TABLE: Table = &[
    ("CumulativeAvg", over(AVERAGE, Frame::Running)),
    ("CumulativeMax", extreme!("MAX", Frame::Running)),
    ("CumulativeMin", extreme!("MIN", Frame::Running)),
    ("CumulativeStdDev", over(DEVIATION, Frame::Running)),
    ("CumulativeVariance", over(VARIANCE, Frame::Running)),
    ("CumulativeCorr", over(CORRELATION, Frame::Running)),
    ("MovingAvg", over(AVERAGE, Frame::Moving(1))),
    ("MovingMax", extreme!("MAX", Frame::Moving(1))),
    ("MovingMin", extreme!("MIN", Frame::Moving(1))),
    ("MovingStdDev", over(DEVIATION, Frame::Moving(1))),
    ("MovingVariance", over(VARIANCE, Frame::Moving(1))),
    ("MovingCorr", over(CORRELATION, Frame::Moving(2))),
    (
        "FirstNonNull",
        over("FIRST_VALUE({0}) IGNORE NULLS", Frame::Whole),
    ),
    (
        "LastNonNull",
        over("LAST_VALUE({0}) IGNORE NULLS", Frame::Whole),
    ),
    (
        "FillDown",
        over("LAST_VALUE({0}) IGNORE NULLS", Frame::Running),
    ),
];

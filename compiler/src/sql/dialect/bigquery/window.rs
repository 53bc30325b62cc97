//! Window functions on `BigQuery`.

use super::super::table::{Table, over, over_cases, when};
use crate::formula::functions::Frame;

/// The family.
pub(super) const TABLE: Table = &[
    (
        "Lag",
        over_cases(
            &[
                when().count(1).sql("LAG({0})"),
                when().count(2).whole(1, 0).sql("LAG({0}, {1!})"),
                when()
                    .count(3)
                    .whole(1, 0)
                    .constant(2)
                    .sql("LAG({0}, {1!}, {2!})"),
                when()
                    .count(3)
                    .whole(1, 0)
                    .sql("IF(LAG(TRUE, {1!}){over} IS NULL, {2}, LAG({0}, {1!}){over})"),
                when().refused("needs a literal whole offset of 0 or more"),
            ],
            Frame::Position,
        ),
    ),
    (
        "Lead",
        over_cases(
            &[
                when().count(1).sql("LEAD({0})"),
                when().count(2).whole(1, 0).sql("LEAD({0}, {1!})"),
                when()
                    .count(3)
                    .whole(1, 0)
                    .constant(2)
                    .sql("LEAD({0}, {1!}, {2!})"),
                when()
                    .count(3)
                    .whole(1, 0)
                    .sql("IF(LEAD(TRUE, {1!}){over} IS NULL, {2}, LEAD({0}, {1!}){over})"),
                when().refused("needs a literal whole offset of 0 or more"),
            ],
            Frame::Position,
        ),
    ),
    (
        "Nth",
        over_cases(
            &[
                when().whole(1, 1).sql("NTH_VALUE({0}, {1!})"),
                when().refused("needs a literal whole number of 1 or more"),
            ],
            Frame::Whole,
        ),
    ),
    (
        "Ntile",
        over_cases(
            &[
                when().whole(0, 1).sql("NTILE({0!})"),
                when().refused("needs a literal whole number of 1 or more"),
            ],
            Frame::RankUnique(1),
        ),
    ),
    (
        "FirstNonNull",
        over("FIRST_VALUE({0} IGNORE NULLS)", Frame::Whole),
    ),
    (
        "LastNonNull",
        over("LAST_VALUE({0} IGNORE NULLS)", Frame::Whole),
    ),
    (
        "FillDown",
        over("LAST_VALUE({0} IGNORE NULLS)", Frame::Running),
    ),
    ("CumulativeStdDev", over("STDDEV_SAMP({0})", Frame::Running)),
    ("CumulativeVariance", over("VAR_SAMP({0})", Frame::Running)),
    (
        "CumulativeCorr",
        over(
            "IF(IS_NAN(CORR({0}, {1}){over}), NULL, CORR({0}, {1}){over})",
            Frame::Running,
        ),
    ),
    ("MovingStdDev", over("STDDEV_SAMP({0})", Frame::Moving(1))),
    ("MovingVariance", over("VAR_SAMP({0})", Frame::Moving(1))),
    (
        "MovingCorr",
        over(
            "IF(IS_NAN(CORR({0}, {1}){over}), NULL, CORR({0}, {1}){over})",
            Frame::Moving(2),
        ),
    ),
];

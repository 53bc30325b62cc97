//! Mathematics as all engines but `SQLite` write them.

use super::super::table::{Table, sql};

/// The family.
pub(super) const TABLE: Table = &[
    ("Abs", sql("abs({0})")),
    ("Sign", sql("sign({0})")),
    ("Sqrt", sql("(CASE WHEN {0} >= 0 THEN sqrt({0}) END)")),
    ("Ln", sql("(CASE WHEN {0} > 0 THEN ln({0}) END)")),
    ("Pi", sql("acos(-1)")),
    ("Sin", sql("sin({0})")),
    ("Cos", sql("cos({0})")),
    ("Tan", sql("tan({0})")),
    ("Cot", sql("(CASE WHEN {0} <> 0 THEN 1 / tan({0}) END)")),
    (
        "Asin",
        sql("(CASE WHEN {0} BETWEEN -1 AND 1 THEN asin({0}) END)"),
    ),
    (
        "Acos",
        sql("(CASE WHEN {0} BETWEEN -1 AND 1 THEN acos({0}) END)"),
    ),
    ("Atan", sql("atan({0})")),
    ("Atan2", sql("atan2({0}, {1})")),
    ("Degrees", sql("(CAST({0} AS {float}) * (180 / acos(-1)))")),
    ("Radians", sql("(CAST({0} AS {float}) * (acos(-1) / 180))")),
    ("Int", sql("floor({0})")),
    (
        "DistancePlane",
        sql("sqrt(power({2} - {0}, 2) + power({3} - {1}, 2))"),
    ),
];

//! Loans and returns on Snowflake. Cash paid out is negative.

use super::super::table::{Table, sql};

/// A number as a double.
macro_rules! real {
    ($x:literal) => {
        concat!("CAST(", $x, " AS DOUBLE)")
    };
}

/// What a unit that is put in at first comes to. Powers of negative numbers are whole or Null.
macro_rules! factor {
    ($periods:expr) => {
        concat!(
            "CASE WHEN {0} > -1 OR {0} < -1 AND ",
            $periods,
            " = FLOOR(",
            $periods,
            ") OR {0} = -1 AND ",
            $periods,
            " >= 0 THEN POWER(1 + ",
            real!("{0}"),
            ", ",
            $periods,
            ") END"
        )
    };
}

/// What a unit that is paid each period comes to.
macro_rules! series {
    ($periods:expr, $start:literal) => {
        concat!(
            "CASE WHEN {0} = 0 THEN ",
            $periods,
            " ELSE (1 + {0} * ",
            $start,
            ") * (",
            factor!($periods),
            " - 1) / NULLIF(",
            real!("{0}"),
            ", 0) END"
        )
    };
}

/// The payment: what is lent, wanted in the end, and when it is paid.
macro_rules! payment {
    ($periods:literal, $present:literal, $future:literal, $start:literal) => {
        concat!(
            "(- (",
            $present,
            " * (",
            factor!($periods),
            ") + ",
            $future,
            ") / NULLIF(",
            series!($periods, $start),
            ", 0))"
        )
    };
}

macro_rules! one_payment {
    () => {
        payment!("{2}", "{3}", "{4?0}", "{5?0}")
    };
}

/// What is owed before a payment.
macro_rules! owed {
    () => {
        concat!(
            "(- ({3} * (",
            factor!("({1} - 1)"),
            ") + ",
            one_payment!(),
            " * (",
            series!("({1} - 1)", "{5?0}"),
            ")))"
        )
    };
}

/// The interest within a payment.
macro_rules! interest {
    () => {
        concat!(
            "CASE WHEN {1} >= 1 AND {1} <= {2} THEN CASE WHEN {5?0} = 0 THEN ",
            owed!(),
            " * {0} WHEN {1} <= 1 THEN 0 * ",
            one_payment!(),
            " ELSE (",
            owed!(),
            " - ",
            one_payment!(),
            ") * {0} / NULLIF(1 + ",
            real!("{0}"),
            ", 0) END END"
        )
    };
}

/// What a payment at the end is worth, times the rate.
macro_rules! due {
    () => {
        concat!("({1} * (1 + {0} * {4?0}) / NULLIF(", real!("{0}"), ", 0))")
    };
}

macro_rules! powered {
    ($base:expr, $exponent:expr) => {
        concat!(
            "CASE WHEN ",
            $base,
            " > 0 OR ",
            $base,
            " = 0 AND ",
            $exponent,
            " >= 0 OR ",
            $base,
            " < 0 AND ",
            $exponent,
            " = FLOOR(",
            $exponent,
            ") THEN POWER(",
            $base,
            ", ",
            $exponent,
            ") END"
        )
    };
}

macro_rules! ratio {
    ($over:literal, $under:literal) => {
        concat!("(CAST(", $over, " AS DOUBLE) / NULLIF(", $under, ", 0))")
    };
}

/// The quotient whose logarithm counts the periods.
macro_rules! paid {
    () => {
        concat!("((", due!(), " - {3?0}) / NULLIF(", due!(), " + {2}, 0))")
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    (
        "CAGR",
        sql(concat!(
            "(CASE WHEN {0} = 0 THEN ",
            "CASE WHEN ABS(",
            ratio!("{2}", "{1}"),
            ") = 1 THEN 0 WHEN ABS(",
            ratio!("{2}", "{1}"),
            ") < 1 THEN -1 END",
            " ELSE (",
            powered!(ratio!("{2}", "{1}"), ratio!("1", "{0}")),
            ") - 1 END)"
        )),
    ),
    (
        "Effect",
        sql(concat!(
            "(CASE WHEN {1} = 0 THEN 0 * {0} ELSE (",
            powered!(concat!("(1 + ", ratio!("{0}", "{1}"), ")"), "{1}"),
            ") - 1 END)"
        )),
    ),
    (
        "Nominal",
        sql(concat!(
            "(CASE WHEN {1} <> 0 THEN {1} * ((",
            powered!(concat!("(1 + ", real!("{0}"), ")"), ratio!("1", "{1}")),
            ") - 1) WHEN {0} BETWEEN -2 AND 0 THEN 0 * {1} END)"
        )),
    ),
    (
        "FV",
        sql(concat!(
            "(- ({3?0} * (",
            factor!("{1}"),
            ") + {2} * (",
            series!("{1}", "{4?0}"),
            ")))"
        )),
    ),
    (
        "PV",
        sql(concat!(
            "(- ({3?0} + {2} * (",
            series!("{1}", "{4?0}"),
            ")) / NULLIF(",
            factor!("{1}"),
            ", 0))"
        )),
    ),
    ("Pmt", sql(payment!("{1}", "{2}", "{3?0}", "{4?0}"))),
    ("IPmt", sql(concat!("(", interest!(), ")"))),
    (
        "PPmt",
        sql(concat!("(", one_payment!(), " - (", interest!(), "))")),
    ),
    (
        "NPer",
        sql(concat!(
            "(CASE WHEN {0} = 0 THEN - ({2} + {3?0}) / NULLIF(",
            real!("{1}"),
            ", 0) WHEN {0} > -1 AND ",
            paid!(),
            " > 0 THEN LN(",
            paid!(),
            ") / LN(1 + ",
            real!("{0}"),
            ") END)"
        )),
    ),
];

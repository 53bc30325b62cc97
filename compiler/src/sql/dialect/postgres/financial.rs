//! Loans and returns on `PostgreSQL`.

use super::super::table::{Table, sql};
use super::forms::power;

/// What one unit put in at first comes to.
macro_rules! factor {
    ($periods:expr) => {
        power!("(1 + {0})", $periods)
    };
}

/// What one unit paid each period comes to; `$due` is 1 when it is paid at the start.
macro_rules! series {
    ($periods:expr, $due:literal) => {
        concat!(
            "(CASE WHEN {0} = 0 THEN CAST(",
            $periods,
            " AS DOUBLE PRECISION) ELSE (1 + {0} * ",
            $due,
            ") * (",
            factor!($periods),
            " - 1) / NULLIF({0}, 0) END)"
        )
    };
}

/// Null when any argument is.
macro_rules! known {
    ($value:expr) => {
        sql(concat!(
            "(CASE WHEN num_nulls({0..}) = 0 THEN ",
            $value,
            " END)"
        ))
    };
}

/// The payment of a loan.
macro_rules! payment {
    ($periods:literal, $present:literal, $future:literal, $due:literal) => {
        concat!(
            "(- (",
            $present,
            " * ",
            factor!($periods),
            " + ",
            $future,
            ") / NULLIF(",
            series!($periods, $due),
            ", 0))"
        )
    };
}

/// What is owed before a payment.
macro_rules! owed {
    () => {
        concat!(
            "(- ({3} * ",
            factor!("({1} - 1)"),
            " + ",
            payment!("{2}", "{3}", "{4?0}", "{5?0}"),
            " * ",
            series!("({1} - 1)", "{5?0}"),
            "))"
        )
    };
}

/// The interest in a payment.
macro_rules! interest {
    () => {
        concat!(
            "(CASE WHEN {5?0} = 0 THEN ",
            owed!(),
            " * {0} WHEN {1} <= 1 THEN 0 ELSE (",
            owed!(),
            " - ",
            payment!("{2}", "{3}", "{4?0}", "{5?0}"),
            ") * {0} / NULLIF(1 + {0}, 0) END)"
        )
    };
}

/// What holds while a loan runs.
macro_rules! running {
    ($value:expr) => {
        sql(concat!(
            "(CASE WHEN num_nulls({0..}) = 0 AND {1} >= 1 AND {1} <= {2} THEN ",
            $value,
            " END)"
        ))
    };
}

/// What a payment comes to beside its interest.
macro_rules! due {
    () => {
        "({1} * (1 + {0} * {4?0}) / NULLIF(CAST({0} AS DOUBLE PRECISION), 0))"
    };
}

/// The share of a balance that payments take off.
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
            "(",
            power!(
                "(CAST({2} AS DOUBLE PRECISION) / NULLIF({1}, 0))",
                "(1 / NULLIF(CAST({0} AS DOUBLE PRECISION), 0))"
            ),
            " - 1)"
        )),
    ),
    (
        "Effect",
        sql(concat!(
            "(CASE WHEN {1} = 0 THEN 0 * {0} ELSE ",
            power!(
                "(1 + {0} / NULLIF(CAST({1} AS DOUBLE PRECISION), 0))",
                "{1}"
            ),
            " - 1 END)"
        )),
    ),
    (
        "Nominal",
        sql(concat!(
            "(CASE WHEN {1} <> 0 THEN {1} * (",
            power!(
                "(1 + {0})",
                "(1 / NULLIF(CAST({1} AS DOUBLE PRECISION), 0))"
            ),
            " - 1) WHEN {1} = 0 AND {0} BETWEEN -2 AND 0 THEN 0 END)"
        )),
    ),
    (
        "FV",
        known!(concat!(
            "- ({3?0} * ",
            factor!("{1}"),
            " + {2} * ",
            series!("{1}", "{4?0}"),
            ")"
        )),
    ),
    (
        "PV",
        known!(concat!(
            "- ({3?0} + {2} * ",
            series!("{1}", "{4?0}"),
            ") / NULLIF(",
            factor!("{1}"),
            ", 0)"
        )),
    ),
    ("Pmt", known!(payment!("{1}", "{2}", "{3?0}", "{4?0}"))),
    ("IPmt", running!(interest!())),
    (
        "PPmt",
        running!(concat!(
            "(",
            payment!("{2}", "{3}", "{4?0}", "{5?0}"),
            " - ",
            interest!(),
            ")"
        )),
    ),
    (
        "NPer",
        known!(concat!(
            "CASE WHEN {0} = 0 THEN - (CAST({2} AS DOUBLE PRECISION) + {3?0}) / NULLIF({1}, 0) WHEN ",
            paid!(),
            " > 0 AND {0} > -1 THEN ln(",
            paid!(),
            ") / NULLIF(ln(1 + CAST({0} AS DOUBLE PRECISION)), 0) END"
        )),
    ),
];

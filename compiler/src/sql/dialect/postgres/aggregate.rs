//! Aggregates on `PostgreSQL`.

use super::super::table::{PRINTED, Table, always, cases, sql, when};
use super::forms::{collected, compact, date_text};

const NO_ORDER: &str = "the engine sorts JSON in its own order";

/// The smallest or largest value.
macro_rules! extreme {
    ($function:literal, $logical:literal) => {
        cases(&[
            when().types("t").sql(concat!(
                "(",
                $function,
                "({0} COLLATE \"C\"){over} COLLATE \"default\")"
            )),
            when().types("l").sql(concat!($logical, "({0})")),
            when().types("v").refused(NO_ORDER),
            always(concat!($function, "({0})")),
        ])
    };
}

/// An aggregate of doubles.
macro_rules! of_floats {
    ($function:literal) => {
        sql(concat!($function, "(CAST({0} AS DOUBLE PRECISION))"))
    };
}

/// Different texts, joined.
macro_rules! joined {
    ($direction:literal) => {
        concat!(
            "(string_agg(DISTINCT {0} COLLATE \"C\", {1!?','} ORDER BY {0} COLLATE \"C\"",
            $direction,
            "){over} COLLATE \"default\")"
        )
    };
}

/// Different values in an array.
macro_rules! array_of {
    ($value:expr, $direction:literal) => {
        collected!(concat!(
            "DISTINCT ",
            $value,
            " ORDER BY ",
            $value,
            $direction
        ))
    };
}

/// The base of a discount; Null where powers of it are not real.
macro_rules! discount {
    () => {
        "NULLIF(greatest(1 + CAST({0} AS DOUBLE PRECISION), 0), 0)"
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Avg", sql("CAST(avg({0}){over} AS DOUBLE PRECISION)")),
    ("Min", extreme!("min", "bool_and")),
    ("Max", extreme!("max", "bool_or")),
    ("Median", PRINTED),
    ("PercentileCont", PRINTED),
    ("Percentile", PRINTED),
    // Shares such as 0.07 of 100 rows come to a little more than 7.
    (
        "PercentileDisc",
        sql("percentile_disc(greatest({1!} - 1e-12, 0)) WITHIN GROUP (ORDER BY {0})"),
    ),
    ("StdDev", of_floats!("stddev_samp")),
    ("Variance", of_floats!("var_samp")),
    ("VariancePop", of_floats!("var_pop")),
    ("Corr", sql("corr({0}, {1})")),
    ("RegressionSlope", sql("regr_slope({0}, {1})")),
    ("RegressionIntercept", sql("regr_intercept({0}, {1})")),
    // The engine's own is 1 where all y are equal.
    ("RegressionR2", sql("power(corr({0}, {1}){over}, 2)")),
    ("ListAgg", PRINTED),
    (
        "ListAggDistinct",
        cases(&[
            when().literal(2, "desc").sql(joined!(" DESC")),
            always(joined!("")),
        ]),
    ),
    (
        "ArrayAgg",
        cases(&[
            when()
                .types("t")
                .sql(collected!("{0} ORDER BY {0} COLLATE \"C\"")),
            when()
                .types("d")
                .sql(collected!(concat!(date_text!("{0}"), " ORDER BY {0}"))),
            when().types("v").sql(collected!(concat!(
                "{0} ORDER BY ",
                compact!("{0}"),
                " COLLATE \"C\""
            ))),
            always(collected!("{0} ORDER BY {0}")),
        ]),
    ),
    (
        "ArrayAggDistinct",
        cases(&[
            when().types("v").refused(NO_ORDER),
            when()
                .types("t")
                .literal(1, "desc")
                .sql(array_of!("{0} COLLATE \"C\"", " DESC")),
            when().types("t").sql(array_of!("{0} COLLATE \"C\"", "")),
            when().types("d").literal(1, "desc").sql(array_of!(
                concat!(date_text!("{0}"), " COLLATE \"C\""),
                " DESC"
            )),
            when()
                .types("d")
                .sql(array_of!(concat!(date_text!("{0}"), " COLLATE \"C\""), "")),
            when().literal(1, "desc").sql(array_of!("{0}", " DESC")),
            always(array_of!("{0}", "")),
        ]),
    ),
    // Discounted from a fixed day, as the earliest of the group is not known within the sum.
    (
        "XNPV",
        sql(concat!(
            "(power(",
            discount!(),
            ", extract(epoch FROM min(CASE WHEN {1} IS NOT NULL THEN {2} END){over} - TIMESTAMP '2000-01-01') / 31536000) * sum({1} * power(",
            discount!(),
            ", extract(epoch FROM TIMESTAMP '2000-01-01' - {2}) / 31536000)){over})"
        )),
    ),
];

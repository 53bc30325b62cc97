//! Loans and returns on Databricks.

use super::super::table::{Table, sql};
use super::fragments::{bind, finite};

/// A quotient as IEEE 754 has it, without the error of a divisor of 0.
macro_rules! quotient {
    ($a:expr, $b:expr) => {
        concat!(
            "CASE WHEN ",
            $b,
            " = 0 THEN ",
            $a,
            " * double('Infinity') ELSE ",
            $a,
            " / ",
            $b,
            " END"
        )
    };
}

/// A power; any power of 1 is 1.
macro_rules! power {
    ($base:expr, $exponent:expr) => {
        concat!(
            "CASE WHEN ",
            $base,
            " = 1 THEN 1 ELSE power(",
            $base,
            ", ",
            $exponent,
            ") END"
        )
    };
}

/// Arguments as doubles named `r` rate, `n` periods, `p` payment, `a` amount now, `z` amount in the end, `t` when.
macro_rules! loan {
    ($arguments:expr, $body:expr) => {
        finite!(bind!(concat!("struct(", $arguments, ")"), "v", $body))
    };
}

macro_rules! double {
    ($x:expr, $name:expr) => {
        concat!("CAST(", $x, " AS DOUBLE) AS ", $name)
    };
}

/// What one unit paid in each of `n` periods comes to.
macro_rules! series {
    ($n:expr) => {
        concat!(
            "CASE WHEN v.r = 0 THEN ",
            $n,
            " ELSE (1 + v.r * v.t) * (power(1 + v.r, ",
            $n,
            ") - 1) / v.r END"
        )
    };
}

/// The constant payment.
macro_rules! payment {
    () => {
        concat!(
            "(- (v.a * power(1 + v.r, v.n) + v.z) / NULLIF(",
            series!("v.n"),
            ", 0))"
        )
    };
}

/// Interest and payment of the period `k`, as `i` and `p`; Null outside of the term.
macro_rules! one_payment {
    ($result:expr) => {
        finite!(bind!(
            bind!(
                bind!(
                    concat!(
                        "struct(",
                        double!("{0}", "r"),
                        ", ",
                        double!("{1}", "k"),
                        ", ",
                        double!("{2}", "n"),
                        ", ",
                        double!("{3}", "a"),
                        ", ",
                        double!("{4?0}", "z"),
                        ", ",
                        double!("{5?0}", "t"),
                        ")"
                    ),
                    "v",
                    concat!("struct(v.r, v.k, v.n, v.a, v.t, ", payment!(), " AS p)")
                ),
                "v",
                concat!(
                    "struct(v.r, v.k, v.n, v.t, v.p, - (v.a * power(1 + v.r, v.k - 1) + v.p * (",
                    series!("(v.k - 1)"),
                    ")) AS owed)"
                )
            ),
            "v",
            concat!(
                "CASE WHEN v.k >= 1 AND v.k <= v.n THEN ",
                $result,
                " CASE WHEN v.t <> 0 AND v.k <= 1 THEN 0 WHEN v.t = 0 THEN v.owed * v.r ",
                "ELSE (v.owed - v.p) * v.r / NULLIF(1 + v.r, 0) END END"
            )
        ))
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    (
        "CAGR",
        sql(finite!(bind!(
            bind!(
                concat!(
                    "struct(",
                    double!("{0}", "n"),
                    ", ",
                    double!("{1}", "a"),
                    ", ",
                    double!("{2}", "z"),
                    ")"
                ),
                "v",
                concat!(
                    "struct(",
                    quotient!("v.z", "v.a"),
                    " AS base, ",
                    quotient!("1", "v.n"),
                    " AS exponent)"
                )
            ),
            "v",
            concat!(power!("v.base", "v.exponent"), " - 1")
        ))),
    ),
    (
        "Effect",
        sql(finite!(bind!(
            concat!(
                "struct(",
                double!("{0}", "r"),
                ", ",
                double!("{1}", "n"),
                ")"
            ),
            "v",
            concat!("power(1 + ", quotient!("v.r", "v.n"), ", v.n) - 1")
        ))),
    ),
    (
        "Nominal",
        sql(finite!(bind!(
            concat!(
                "struct(1 + ",
                double!("{0}", "base"),
                ", ",
                double!("{1}", "n"),
                ")"
            ),
            "v",
            concat!("v.n * (", power!("v.base", quotient!("1", "v.n")), " - 1)")
        ))),
    ),
    (
        "FV",
        sql(loan!(
            concat!(
                double!("{0}", "r"),
                ", ",
                double!("{1}", "n"),
                ", ",
                double!("{2}", "p"),
                ", ",
                double!("{3?0}", "a"),
                ", ",
                double!("{4?0}", "t")
            ),
            concat!(
                "- (v.a * power(1 + v.r, v.n) + v.p * (",
                series!("v.n"),
                "))"
            )
        )),
    ),
    (
        "PV",
        sql(loan!(
            concat!(
                double!("{0}", "r"),
                ", ",
                double!("{1}", "n"),
                ", ",
                double!("{2}", "p"),
                ", ",
                double!("{3?0}", "z"),
                ", ",
                double!("{4?0}", "t")
            ),
            concat!(
                "- (v.z + v.p * (",
                series!("v.n"),
                ")) / NULLIF(power(1 + v.r, v.n), 0)"
            )
        )),
    ),
    (
        "Pmt",
        sql(loan!(
            concat!(
                double!("{0}", "r"),
                ", ",
                double!("{1}", "n"),
                ", ",
                double!("{2}", "a"),
                ", ",
                double!("{3?0}", "z"),
                ", ",
                double!("{4?0}", "t")
            ),
            payment!()
        )),
    ),
    ("IPmt", sql(one_payment!(""))),
    ("PPmt", sql(one_payment!("v.p -"))),
    (
        "NPer",
        sql(loan!(
            concat!(
                double!("{0}", "r"),
                ", ",
                double!("{1}", "p"),
                ", ",
                double!("{2}", "a"),
                ", ",
                double!("{3?0}", "z"),
                ", ",
                double!("{4?0}", "t")
            ),
            concat!(
                "CASE WHEN v.r = 0 THEN - (v.a + v.z) / NULLIF(v.p, 0) ELSE ",
                "ln((v.p * (1 + v.r * v.t) / v.r - v.z) / NULLIF(v.p * (1 + v.r * v.t) / v.r + v.a, 0)) / NULLIF(ln(1 + v.r), 0) END"
            )
        )),
    ),
];

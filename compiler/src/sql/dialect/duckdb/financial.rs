//! Loans and returns on `DuckDB`.

use super::super::table::{Table, sql};

/// Binds the rate `s.r`, the number of periods `s.n`, two amounts `s.p` and `s.v` and the type `s.t`, then what one unit
/// put in at first comes to, `s.f`, and what one unit paid each period comes to, `s.u`.
macro_rules! loan {
    ($r:literal, $n:literal, $p:literal, $v:literal, $t:literal, $body:expr) => {
        finite!(concat!(
            "list_transform([struct_pack(r := CAST(", $r, " AS DOUBLE), n := CAST(", $n, " AS DOUBLE), p := CAST(", $p,
            " AS DOUBLE), v := CAST(", $v, " AS DOUBLE), t := CAST(", $t, " AS DOUBLE))], ",
            "lambda s: list_transform([struct_pack(r := (s).r, n := (s).n, p := (s).p, v := (s).v, t := (s).t, ",
            growth!("(s).r", "(s).n", "(s).t"), ")], lambda s: ", $body, ")[1])[1]"
        ))
    };
}

/// The factors of [`loan`].
macro_rules! growth {
    ($r:literal, $n:literal, $t:literal) => {
        concat!(
            "f := CASE WHEN ",
            $r,
            " = 0 THEN 1 ELSE pow(1 + ",
            $r,
            ", ",
            $n,
            ") END, ",
            "u := CASE WHEN ",
            $r,
            " = 0 THEN ",
            $n,
            " + 0 * ",
            $t,
            " ELSE (1 + ",
            $r,
            " * ",
            $t,
            ") * (pow(1 + ",
            $r,
            ", ",
            $n,
            ") - 1) / ",
            $r,
            " END"
        )
    };
}

/// One payment of a loan: binds the payment `s.m`, what is owed before it `s.o` and what it holds of interest `s.i`.
macro_rules! one_payment {
    ($body:literal) => {
        finite!(concat!(
            "list_transform([struct_pack(r := CAST({0} AS DOUBLE), k := CAST({1} AS DOUBLE), n := CAST({2} AS DOUBLE), ",
            "p := CAST({3} AS DOUBLE), v := CAST({4?0} AS DOUBLE), t := CAST({5?0} AS DOUBLE))], ",
            "lambda s: CASE WHEN (s).k >= 1 AND (s).k <= (s).n THEN list_transform([struct_pack(r := (s).r, k := (s).k, p := (s).p, v := (s).v, t := (s).t, ",
            growth!("(s).r", "(s).n", "(s).t"), ")], ",
            "lambda s: list_transform([struct_pack(r := (s).r, k := (s).k, p := (s).p, t := (s).t, m := -((s).p * (s).f + (s).v) / (s).u, ",
            growth!("(s).r", "((s).k - 1)", "(s).t"), ")], ",
            "lambda s: list_transform([struct_pack(r := (s).r, k := (s).k, t := (s).t, m := (s).m, o := -((s).p * (s).f + (s).m * (s).u))], ",
            "lambda s: list_transform([struct_pack(m := (s).m, i := CASE WHEN (s).t = 0 THEN (s).o * (s).r WHEN (s).k <= 1 THEN 0 * (s).m ",
            "ELSE ((s).o - (s).m) * (s).r / (1 + (s).r) END)], lambda s: ", $body, ")[1])[1])[1])[1] END)[1]"
        ))
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    (
        "FV",
        sql(loan!(
            "{0}",
            "{1}",
            "{2}",
            "{3?0}",
            "{4?0}",
            "-((s).v * (s).f + (s).p * (s).u)"
        )),
    ),
    (
        "PV",
        sql(loan!(
            "{0}",
            "{1}",
            "{2}",
            "{3?0}",
            "{4?0}",
            "-((s).v + (s).p * (s).u) / (s).f"
        )),
    ),
    (
        "Pmt",
        sql(loan!(
            "{0}",
            "{1}",
            "{2}",
            "{3?0}",
            "{4?0}",
            "-((s).p * (s).f + (s).v) / (s).u"
        )),
    ),
    ("IPmt", sql(one_payment!("(s).i"))),
    ("PPmt", sql(one_payment!("(s).m - (s).i"))),
    (
        "NPer",
        sql(finite!(concat!(
            "list_transform([struct_pack(r := CAST({0} AS DOUBLE), m := CAST({1} AS DOUBLE), p := CAST({2} AS DOUBLE), ",
            "v := CAST({3?0} AS DOUBLE), t := CAST({4?0} AS DOUBLE))], ",
            "lambda s: CASE WHEN (s).r = 0 THEN -((s).p + (s).v + 0 * (s).t) / (s).m ELSE ",
            "list_transform([(s).m * (1 + (s).r * (s).t) / (s).r], lambda d: TRY(ln((d - (s).v) / (d + (s).p)) / ln(1 + (s).r)))[1] END)[1]"
        ))),
    ),
    (
        "Effect",
        sql(finite!(
            "pow(1 + CAST({0} AS DOUBLE) / CAST({1} AS DOUBLE), CAST({1} AS DOUBLE)) - 1"
        )),
    ),
    (
        "Nominal",
        sql(finite!(
            "CAST({1} AS DOUBLE) * (pow(1 + CAST({0} AS DOUBLE), 1 / CAST({1} AS DOUBLE)) - 1)"
        )),
    ),
    (
        "CAGR",
        sql(finite!(
            "pow(CAST({2} AS DOUBLE) / CAST({1} AS DOUBLE), 1 / CAST({0} AS DOUBLE)) - 1"
        )),
    ),
];

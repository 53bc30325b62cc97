//! Mathematics on `DuckDB`.

use super::super::table::{Table, cases, sql, when};

/// The family.
pub(super) const TABLE: Table = &[
    ("Round", cases(&[
        when().count(1).sql("CAST(round(CAST({0} AS DOUBLE)) AS DOUBLE)"),
        when().sql("(CASE WHEN abs({0}) < 1e14 THEN CAST(round(CAST(CAST({0} AS VARCHAR) AS DECIMAL(38, 15)), CAST({1!} AS INTEGER)) AS DOUBLE) ELSE round(CAST({0} AS DOUBLE), CAST({1!} AS INTEGER)) END)"),
    ])),
    ("Trunc", cases(&[when().count(1).sql("trunc({0})"), when().refused("digits are not cut exactly")])),
    ("Floor", cases(&[when().count(1).sql("floor({0})"), when().refused("multiples are not found exactly")])),
    ("Ceiling", cases(&[when().count(1).sql("ceil({0})"), when().refused("multiples are not found exactly")])),
    ("Mod", sql("(CASE WHEN {1} <> 0 THEN {0} % {1} END)")),
    ("Power", sql("pow(CAST({0} AS DOUBLE), {1})")),
    ("Exp", sql("(CASE WHEN {0} < 709.7 THEN exp({0}) END)")),
    ("Log", cases(&[
        when().count(1).sql("(CASE WHEN {0} > 0 THEN log10({0}) END)"),
        when().sql("(CASE WHEN {0} > 0 AND {1} > 0 AND {1} <> 1 THEN ln({0}) / ln({1}) END)"),
    ])),
    ("IsEven", sql("(CAST(trunc({0}) AS BIGINT) % 2 = 0)")),
    ("IsOdd", sql("(CAST(trunc({0}) AS BIGINT) % 2 <> 0)")),
    ("BitAnd", sql("(CAST(trunc({0}) AS BIGINT) & CAST(trunc({1}) AS BIGINT))")),
    ("BitOr", sql("(CAST(trunc({0}) AS BIGINT) | CAST(trunc({1}) AS BIGINT))")),
    ("GreatestNonNull", sql("greatest({0..})")),
    ("LeastNonNull", sql("least({0..})")),
];

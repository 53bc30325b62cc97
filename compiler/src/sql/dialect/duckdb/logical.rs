//! Conditions and nulls on `DuckDB`.

use super::super::table::{Table, cases, when};

/// The family.
pub(super) const TABLE: Table = &[(
    "NullIf",
    cases(&[
        when()
            .types("vv")
            .sql("(CASE WHEN json({0}) = json({1}) THEN NULL ELSE {0} END)"),
        when().sql("nullif({0}, {1})"),
    ]),
)];

//! Conditions and nulls on `PostgreSQL`.

use super::super::table::{Table, always, cases, when};

/// The family.
pub(super) const TABLE: Table = &[(
    "Between",
    cases(&[
        when().types("ttt").sql(
            "({0} COLLATE \"C\" >= {1} COLLATE \"C\" AND {0} COLLATE \"C\" <= {2} COLLATE \"C\")",
        ),
        when()
            .types("v")
            .refused("the engine sorts JSON in its own order"),
        always("({0} >= {1} AND {0} <= {2})"),
    ]),
)];

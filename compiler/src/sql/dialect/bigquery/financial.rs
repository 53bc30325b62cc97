//! Loans and returns on `BigQuery`.

use super::super::table::{Table, sql};

/// The family.
pub(super) const TABLE: Table = &[
    (
        "CAGR",
        sql("(SAFE.POW(SAFE_DIVIDE({2}, {1}), SAFE_DIVIDE(1, {0})) - 1)"),
    ),
    (
        "Effect",
        sql("IF({1} = 0, 0 * {0}, SAFE.POW(1 + SAFE_DIVIDE({0}, {1}), {1}) - 1)"),
    ),
    (
        "Nominal",
        sql(
            "IF({1} = 0, IF({0} BETWEEN -2 AND 0, 0, NULL), {1} * (SAFE.POW(1 + {0}, SAFE_DIVIDE(1, {1})) - 1))",
        ),
    ),
    (
        "FV",
        sql(
            "IF(GREATEST({0..}) IS NULL, NULL, - ({3?0} * SAFE.POW(1 + {0}, {1}) + {2} * IF({0} = 0, {1}, SAFE_DIVIDE((1 + {0} * {4?0}) * (SAFE.POW(1 + {0}, {1}) - 1), {0}))))",
        ),
    ),
    (
        "PV",
        sql(
            "IF(GREATEST({0..}) IS NULL, NULL, SAFE_DIVIDE(- ({3?0} + {2} * IF({0} = 0, {1}, SAFE_DIVIDE((1 + {0} * {4?0}) * (SAFE.POW(1 + {0}, {1}) - 1), {0}))), SAFE.POW(1 + {0}, {1})))",
        ),
    ),
    (
        "Pmt",
        sql(
            "IF(GREATEST({0..}) IS NULL, NULL, SAFE_DIVIDE(- ({2} * SAFE.POW(1 + {0}, {1}) + {3?0}), IF({0} = 0, {1}, SAFE_DIVIDE((1 + {0} * {4?0}) * (SAFE.POW(1 + {0}, {1}) - 1), {0}))))",
        ),
    ),
    (
        "IPmt",
        sql(
            "IF(GREATEST({0..}) IS NULL, NULL, IF({1} BETWEEN 1 AND {2}, (SELECT IF({5?0} = 0, owed * {0}, IF({1} <= 1, 0, SAFE_DIVIDE((owed - payment) * {0}, 1 + {0}))) FROM UNNEST([SAFE_DIVIDE(- ({3} * SAFE.POW(1 + {0}, {2}) + {4?0}), IF({0} = 0, {2}, SAFE_DIVIDE((1 + {0} * {5?0}) * (SAFE.POW(1 + {0}, {2}) - 1), {0})))]) AS payment CROSS JOIN UNNEST([- ({3} * SAFE.POW(1 + {0}, ({1} - 1)) + payment * IF({0} = 0, ({1} - 1), SAFE_DIVIDE((1 + {0} * {5?0}) * (SAFE.POW(1 + {0}, ({1} - 1)) - 1), {0})))]) AS owed), NULL))",
        ),
    ),
    (
        "PPmt",
        sql(
            "IF(GREATEST({0..}) IS NULL, NULL, IF({1} BETWEEN 1 AND {2}, (SELECT payment - IF({5?0} = 0, owed * {0}, IF({1} <= 1, 0, SAFE_DIVIDE((owed - payment) * {0}, 1 + {0}))) FROM UNNEST([SAFE_DIVIDE(- ({3} * SAFE.POW(1 + {0}, {2}) + {4?0}), IF({0} = 0, {2}, SAFE_DIVIDE((1 + {0} * {5?0}) * (SAFE.POW(1 + {0}, {2}) - 1), {0})))]) AS payment CROSS JOIN UNNEST([- ({3} * SAFE.POW(1 + {0}, ({1} - 1)) + payment * IF({0} = 0, ({1} - 1), SAFE_DIVIDE((1 + {0} * {5?0}) * (SAFE.POW(1 + {0}, ({1} - 1)) - 1), {0})))]) AS owed), NULL))",
        ),
    ),
    (
        "NPer",
        sql(
            "IF(GREATEST({0..}) IS NULL, NULL, IF({0} = 0, SAFE_DIVIDE(- ({2} + {3?0}), {1}), SAFE_DIVIDE(SAFE.LN(SAFE_DIVIDE(SAFE_DIVIDE({1} * (1 + {0} * {4?0}), {0}) - {3?0}, SAFE_DIVIDE({1} * (1 + {0} * {4?0}), {0}) + {2})), SAFE.LN(1 + {0}))))",
        ),
    ),
];

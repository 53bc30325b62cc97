//! What the tables of one input table are called.

use crate::adapter::sqlite::declared::quote;

/// Distance between neighbours in `_position`, so that rows fit between them.
pub(crate) const GAP: i64 = 1 << 20;

/// Registry of input tables.
pub(crate) const REGISTRY: &str = "SIGDS_TABLES";
/// Ids of edit batches, so that one sent twice is done once.
pub(crate) const BATCHES: &str = "SIGDS_BATCHES";

/// Stored columns of every input table, before the author's.
pub(crate) const SYSTEM: &[(&str, &str)] = &[
    ("_row_id", "TEXT PRIMARY KEY NOT NULL"),
    ("_position", "INTEGER NOT NULL"),
    ("_created_at", "DATE_TEXT"),
    ("_created_by", "TEXT"),
    ("_updated_at", "DATE_TEXT"),
    ("_updated_by", "TEXT"),
];

/// Physical names, quoted and with their schema.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Names {
    /// Id of the input table in the store: workbook and table.
    pub(crate) id: String,
    /// Schema with its dot, or nothing.
    pub(crate) schema: String,
    /// Current rows.
    pub(crate) rows: String,
    /// Edit log.
    pub(crate) log: String,
    /// Rows in display order with the columns' ids; what plans read.
    pub(crate) ordered: String,
    /// Rows in display order with the columns' names; what people read.
    pub(crate) view: String,
}

impl Names {
    pub(crate) fn new(schema: Option<&str>, workbook: &str, table: &str) -> Self {
        let id = store_id(workbook, table);
        let schema = schema.map_or_else(String::new, |schema| format!("{}.", quote(schema)));
        let name = |prefix: &str| format!("{schema}{}", quote(&format!("{prefix}{id}")));
        Self {
            rows: name("SIGDS_"),
            log: name("SIGDS_WAL_"),
            ordered: name("SIGDS_ORDERED_"),
            view: name("SIGDS_VIEW_"),
            id,
            schema,
        }
    }
}

/// Id of an input table among those of all workbooks.
pub(crate) fn store_id(workbook: &str, table: &str) -> String {
    format!("{workbook}.{table}")
}

/// The path plans scan for the rows of an input table. The name is unique among all schemas of the connection.
pub fn scanned(workbook: &str, table: &str) -> Vec<String> {
    vec![format!("SIGDS_ORDERED_{}", store_id(workbook, table))]
}

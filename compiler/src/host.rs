//! The compiler's only door to the outside: files, environment, clock, and what tables exist.

use crate::value::Type;

/// A column of a physical table or of a custom SQL statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CatalogColumn {
    /// Name as the engine spells it.
    pub name: String,
    /// Type.
    pub ty: Type,
    /// Whether dates in it are instants (kept in UTC) rather than wall-clock times.
    pub zoned: bool,
}

/// A physical table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CatalogTable {
    /// Name as the engine spells it, segments from outer to inner (`["growth", "customers"]`).
    pub path: Vec<String>,
    /// Columns in table order.
    pub columns: Vec<CatalogColumn>,
}

/// Why a custom SQL statement was refused by the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SqlRefusal {
    /// The engine's words.
    pub message: String,
    /// Byte offset into the statement text, when the engine tells.
    pub offset: Option<u32>,
}

/// Everything the compiler may ask. All answers must be stable during one compilation.
pub trait Host {
    /// Text of a file by its path relative to the project, `/`-separated. `Err` holds a sentence for the author.
    ///
    /// # Errors
    /// When the file is missing, is not UTF-8, or lies outside the project.
    fn read(&self, path: &str) -> Result<std::sync::Arc<str>, String>;

    /// Paths that match a glob (`*`, `**`, `?`) below the project, sorted.
    fn list(&self, pattern: &str) -> Vec<String>;

    /// An environment variable.
    fn env(&self, name: &str) -> Option<String>;

    /// Tables that `table:` with these segments could mean: those whose last segments equal them ignoring case,
    /// longest match only. More than one result is ambiguous. `None` when no catalog is known (types stay unknown).
    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>>;

    /// Names of all tables, for suggestions.
    fn table_names(&self) -> Vec<String>;

    /// A table as it is written in a statement of the engine; standard SQL unless said.
    fn table_identifier(&self, path: &[String]) -> String {
        let quoted = path
            .iter()
            .map(|segment| format!("\"{}\"", segment.replace('"', "\"\"")));
        quoted.collect::<Vec<_>>().join(".")
    }

    /// Columns of a custom SQL statement. Parameters are written `?1`, `?2` in order of appearance. `None` when the
    /// engine cannot be asked.
    fn describe_sql(&self, sql: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>>;

    /// Columns of a CSV file in the project. `Err` holds a sentence for the author.
    ///
    /// # Errors
    /// When the file is missing or is not CSV with a header row.
    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String>;
}

//! A host that knows one text and one table: what compiling costs without a disk or a database.

use std::collections::BTreeMap;
use std::sync::Arc;

use bookwright_compiler::host::{CatalogColumn, CatalogTable, Host, SqlRefusal};
use bookwright_compiler::value::Type;

/// The files of a synthetic project, and the table of its seed.
#[derive(Clone, Debug, Default)]
pub struct MemoryHost {
    files: BTreeMap<String, Arc<str>>,
}

impl MemoryHost {
    /// A host whose [`FILE`](super::FILE) holds this text.
    pub fn new(workbook: impl Into<Arc<str>>) -> Self {
        let mut host = Self::default();
        host.put(super::FILE, workbook);
        host
    }

    /// A host with the files of a workbook of that many elements.
    pub fn of(elements: usize) -> Self {
        let mut host = Self::default();
        for (path, text) in super::files(elements) {
            host.put(&path, text);
        }
        host
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// Writes a file.
    pub fn put(&mut self, path: &str, text: impl Into<Arc<str>>) {
        self.files.insert(path.to_owned(), text.into());
    }
}

/// The table that [`orders`](super::orders) makes.
fn orders() -> CatalogTable {
    let column = |name: &str, ty| CatalogColumn {
        name: name.to_owned(),
        ty,
        zoned: false,
    };
    CatalogTable {
        path: vec!["orders".to_owned()],
        columns: vec![
            column("ORDER_ID", Type::Number),
            column("STORE", Type::Text),
            column("PRODUCT", Type::Text),
            column("ORDERED_ON", Type::Date),
            column("QUANTITY", Type::Number),
            column("AMOUNT", Type::Number),
            column("COST", Type::Number),
        ],
    }
}

impl Host for MemoryHost {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        match self.files.get(path) {
            Some(text) => Ok(Arc::clone(text)),
            None if path == "bookwright.yaml" => Ok(super::PROJECT.into()),
            None => Err(format!("there is no file `{path}`")),
        }
    }

    fn list(&self, pattern: &str) -> Vec<String> {
        match pattern {
            "*.yaml" => vec![super::FILE.to_owned()],
            super::PARTS => {
                let parts = self.files.keys().filter(|path| path.starts_with("parts/"));
                parts.cloned().collect()
            }
            _ => Vec::new(),
        }
    }

    fn env(&self, _: &str) -> Option<String> {
        None
    }

    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>> {
        let known = path
            .last()
            .is_some_and(|name| name.eq_ignore_ascii_case("orders"));
        Some(if known { vec![orders()] } else { Vec::new() })
    }

    fn table_names(&self) -> Vec<String> {
        vec!["orders".to_owned()]
    }

    fn describe_sql(&self, _: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        None
    }

    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String> {
        Err(format!("there is no file `{path}`"))
    }
}

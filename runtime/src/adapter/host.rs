//! An engine's tables and statements, as the compiler asks for them.
//!
//! The compiler is not asynchronous and asks many times, so tables are read once, and each statement is described once.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use bookwright_compiler::host::{CatalogColumn, CatalogTable, SqlRefusal};

use super::{Adapter, AdapterError, ErrorKind};

type Described = Result<Vec<CatalogColumn>, SqlRefusal>;

/// What an engine knows, for [`Host`](bookwright_compiler::host::Host). Answers do not change during its life: make a
/// new one after seeds were loaded.
pub struct EngineCatalog {
    adapter: Arc<dyn Adapter>,
    tables: Vec<CatalogTable>,
    expected: Vec<Vec<String>>,
    described: Mutex<BTreeMap<String, Option<Described>>>,
}

impl std::fmt::Debug for EngineCatalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EngineCatalog")
            .field("tables", &self.tables.len())
            .finish_non_exhaustive()
    }
}

impl EngineCatalog {
    /// Reads the tables.
    ///
    /// # Errors
    /// When the engine does not answer.
    pub async fn read(adapter: Arc<dyn Adapter>) -> Result<Self, AdapterError> {
        let tables = adapter.catalog().await?;
        Ok(Self {
            adapter,
            tables,
            expected: Vec::new(),
            described: Mutex::default(),
        })
    }

    /// Takes note of tables that should be there and may be missing, by their paths: why is told elsewhere.
    #[must_use]
    pub fn expecting(mut self, tables: Vec<Vec<String>>) -> Self {
        self.expected = tables;
        self
    }

    /// Whether a table that is not there should be.
    pub fn expects(&self, path: &[String]) -> bool {
        self.expected
            .iter()
            .any(|table| ends_with(table, path) || ends_with(path, table))
    }

    /// As [`Host::tables`](bookwright_compiler::host::Host::tables): those whose last segments equal `path` ignoring
    /// case; when there is none, those that equal the last segments of `path`, longest match only.
    pub fn tables(&self, path: &[String]) -> Vec<CatalogTable> {
        let mut longest = 0;
        let mut found: Vec<&CatalogTable> = Vec::new();
        for table in &self.tables {
            let length = path.len().min(table.path.len());
            if length == 0 || !(ends_with(&table.path, path) || ends_with(path, &table.path)) {
                continue;
            }
            if length > longest {
                (longest, found) = (length, Vec::new());
            }
            if length == longest {
                found.push(table);
            }
        }
        found.into_iter().cloned().collect()
    }

    /// Names of all tables, segments joined by dots.
    pub fn table_names(&self) -> Vec<String> {
        self.tables
            .iter()
            .map(|table| table.path.join("."))
            .collect()
    }

    /// Columns of a custom statement; blocks the calling thread, which must not be one that drives the engine.
    /// `None` when the engine cannot be asked, or when it refuses a statement while tables that it should have are
    /// missing.
    pub fn describe_sql(&self, sql: &str) -> Option<Described> {
        let mut described = self
            .described
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = described.get(sql) {
            return known.clone();
        }
        let answer = match block_on(self.adapter.describe(sql.to_owned())) {
            Ok(Err(_)) | Err(_) if !self.expected.is_empty() => None,
            Ok(answer) => Some(answer),
            Err(error) if error.kind == ErrorKind::Timeout => None,
            Err(error) => Some(Err(SqlRefusal {
                message: error.message,
                offset: error.offset,
            })),
        };
        described.insert(sql.to_owned(), answer.clone());
        answer
    }
}

/// Whether the last segments of a path are those of another, ignoring case.
fn ends_with(long: &[String], short: &[String]) -> bool {
    let mut pairs = long.iter().rev().zip(short.iter().rev());
    long.len() >= short.len() && pairs.all(|(a, b)| a.eq_ignore_ascii_case(b))
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future on this thread, inside or outside a runtime.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use bookwright_compiler::plan::Settings;
    use bookwright_compiler::value::Type;

    use super::*;
    use crate::adapter::sqlite::{Config, Sqlite};
    use crate::host::Tables;

    async fn catalog(names: &[&str]) -> (tempfile::TempDir, EngineCatalog) {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Sqlite::open(
            &Config::new(folder.path().join("a.db")),
            &Settings::default(),
        )
        .unwrap();
        for name in names {
            let column = CatalogColumn {
                name: "id".to_owned(),
                ty: Type::Number,
                zoned: false,
            };
            let path = name.split('.').map(str::to_owned).collect();
            sqlite
                .create_table(CatalogTable {
                    path,
                    columns: vec![column],
                })
                .await
                .unwrap();
        }
        (folder, EngineCatalog::read(Arc::new(sqlite)).await.unwrap())
    }

    #[tokio::test]
    async fn tables_match_by_their_last_segments() {
        let (_folder, catalog) = catalog(&["growth.customers", "sales.customers", "orders"]).await;
        let find = |path: &str| {
            let path: Vec<String> = path.split('.').map(str::to_owned).collect();
            let names = catalog
                .tables(&path)
                .into_iter()
                .map(|table| table.path.join("."));
            names.collect::<Vec<_>>().join(" ")
        };
        let cases = [
            ("GROWTH.CUSTOMERS", "growth.customers"),
            ("PROD.GROWTH.CUSTOMERS", "growth.customers"),
            ("customers", "growth.customers sales.customers"),
            ("PROD.PUBLIC.ORDERS", "orders"),
            ("OTHER.CUSTOMERS", ""),
            ("nope", ""),
        ];
        for (path, expected) in cases {
            assert_eq!(find(path), expected, "{path}");
        }
        assert_eq!(
            catalog.table_names(),
            ["growth.customers", "orders", "sales.customers"]
        );
    }

    #[tokio::test]
    async fn a_table_that_should_be_there_is_not_known_rather_than_missing() {
        let (_folder, catalog) = catalog(&["orders"]).await;
        let catalog = catalog.expecting(vec![vec!["growth".into(), "events".into()]]);
        let known = |path: &str| {
            let path: Vec<String> = path.split('.').map(str::to_owned).collect();
            Tables::tables(&catalog, &path).map(|tables| tables.len())
        };
        assert_eq!(known("EVENTS"), None);
        assert_eq!(known("PROD.GROWTH.EVENTS"), None);
        assert_eq!(known("orders"), Some(1));
        assert_eq!(known("nope"), Some(0));
        assert!(catalog.describe_sql("select * from events").is_none());
        assert!(catalog.describe_sql("select * from orders").is_some());
    }

    #[tokio::test]
    async fn statements_are_described_from_a_plain_thread_of_a_runtime() {
        let (_folder, catalog) = catalog(&["orders"]).await;
        let columns = catalog
            .describe_sql("select id as n from orders where id > ?1")
            .unwrap()
            .unwrap();
        assert_eq!(
            (columns[0].name.as_str(), columns[0].ty),
            ("n", Type::Number)
        );
        let refusal = catalog
            .describe_sql("select nope from orders")
            .unwrap()
            .unwrap_err();
        assert_eq!(refusal.offset, Some(7));
        assert_eq!(
            catalog
                .describe_sql("select nope from orders")
                .unwrap()
                .unwrap_err(),
            refusal
        );
    }
}

//! The compiler's door to a project on disk: [`FsHost`].
//!
//! One host serves one build: every file is read once and every answer stays the same until the host is dropped. It
//! reads only below the project folder, and remembers what was asked for, found or not: that is what a watcher watches.

pub mod glob;
pub mod locate;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bookwright_compiler::host::{CatalogColumn, CatalogTable, Host, SqlRefusal};
use bookwright_compiler::sql::{Dialect, Sqlite};

use crate::adapter::host::EngineCatalog;
use crate::seeds::host::CsvCatalog;
use crate::session::build::timed;

/// Files larger than this are not read as text, in bytes.
const LARGEST: u64 = 256 << 20;

/// What a target knows of tables; answers must not change while a build runs.
pub trait Tables: Send + Sync {
    /// See [`Host::tables`].
    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>>;

    /// See [`Host::table_names`].
    fn names(&self) -> Vec<String>;

    /// See [`Host::describe_sql`].
    fn describe_sql(&self, sql: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>>;
}

impl Tables for EngineCatalog {
    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>> {
        let found = Self::tables(self, path);
        (!found.is_empty() || !self.expects(path)).then_some(found)
    }
    fn names(&self) -> Vec<String> {
        self.table_names()
    }
    fn describe_sql(&self, sql: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        Self::describe_sql(self, sql)
    }
}

/// The tables of a target that knows none.
#[derive(Clone, Copy, Debug)]
pub struct NoTables;

impl Tables for NoTables {
    fn tables(&self, _: &[String]) -> Option<Vec<CatalogTable>> {
        None
    }
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
    fn describe_sql(&self, _: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        None
    }
}

/// What a build asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Files by path, and the hash of their content; `None` when there was none.
    pub files: BTreeMap<String, Option<blake3::Hash>>,
    /// Globs.
    pub globs: BTreeSet<String>,
}

/// A project folder as the compiler sees it.
pub struct FsHost {
    root: PathBuf,
    tables: Arc<dyn Tables>,
    csv: Arc<CsvCatalog>,
    memory: Mutex<Memory>,
}

impl std::fmt::Debug for FsHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FsHost")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Memory {
    texts: BTreeMap<String, Result<Arc<str>, String>>,
    asked: Asked,
    spent: Spent,
}

/// Time that answers took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// Reading and listing files.
    pub reading: Duration,
    /// Asking the engine for columns.
    pub asking: Duration,
}

impl std::ops::Sub for Spent {
    type Output = Self;
    fn sub(self, earlier: Self) -> Self {
        Self {
            reading: self.reading.saturating_sub(earlier.reading),
            asking: self.asking.saturating_sub(earlier.asking),
        }
    }
}

impl FsHost {
    /// A host over `root`, the canonical path of a project folder.
    pub fn new(root: PathBuf, tables: Arc<dyn Tables>, csv: Arc<CsvCatalog>) -> Self {
        Self {
            root,
            tables,
            csv,
            memory: Mutex::default(),
        }
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Asked {
        self.memory().asked.clone()
    }

    /// How long answers took so far.
    pub fn spent(&self) -> Spent {
        self.memory().spent
    }

    /// A poisoned lock only means that another thread panicked while it held plain data.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Host for FsHost {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        let mut memory = self.memory();
        if let Some(known) = memory.texts.get(path) {
            return known.clone();
        }
        let (bytes, spent) = timed(|| inside(&self.root, path).and_then(|file| bytes(&file, path)));
        memory.spent.reading += spent;
        let hash = bytes.as_ref().ok().map(|bytes| blake3::hash(bytes));
        let text = bytes.and_then(|bytes| {
            String::from_utf8(bytes)
                .map(Arc::from)
                .map_err(|_| format!("`{path}` is not UTF-8"))
        });
        memory.asked.files.insert(path.to_owned(), hash);
        memory.texts.insert(path.to_owned(), text.clone());
        text
    }

    fn list(&self, pattern: &str) -> Vec<String> {
        let (found, spent) = timed(|| glob::list(&self.root, pattern));
        let mut memory = self.memory();
        memory.asked.globs.insert(pattern.to_owned());
        memory.spent.reading += spent;
        found
    }

    fn env(&self, name: &str) -> Option<String> {
        #[expect(clippy::disallowed_methods, reason = "this is Host::env")]
        std::env::var(name).ok()
    }

    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>> {
        self.tables.tables(path)
    }

    fn table_names(&self) -> Vec<String> {
        self.tables.names()
    }

    fn table_identifier(&self, path: &[String]) -> String {
        // Every engine of today is SQLite underneath, where a path is one name.
        Sqlite.table(path)
    }

    fn describe_sql(&self, sql: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        let (answer, spent) = timed(|| self.tables.describe_sql(sql));
        self.memory().spent.asking += spent;
        answer
    }

    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String> {
        let (answer, spent) = timed(|| self.csv.describe(&inside(&self.root, path)?, path));
        let mut memory = self.memory();
        // Noted as a glob: any event counts, and a large file is not hashed at every build.
        memory.asked.globs.insert(path.to_owned());
        memory.spent.reading += spent;
        answer
    }
}

/// The file of a project path: relative, `/`-separated, without `..`, and not out of the project by a link.
///
/// # Errors
/// A sentence for the author.
pub fn inside(root: &Path, path: &str) -> Result<PathBuf, String> {
    let relative = Path::new(path);
    let plain = !path.contains(['\\', '\0'])
        && relative
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !plain || path.is_empty() {
        return Err(format!("`{path}` is not a path inside the project"));
    }
    let file = root.join(relative);
    match file.canonicalize() {
        Ok(real) if real.starts_with(root) => Ok(real),
        Ok(_) => Err(format!("`{path}` is a link out of the project")),
        Err(_) => Err(format!("there is no file `{path}`")),
    }
}

fn bytes(file: &Path, path: &str) -> Result<Vec<u8>, String> {
    let data = std::fs::metadata(file).map_err(|error| unreadable(path, &error))?;
    if data.is_dir() {
        return Err(format!("`{path}` is a folder"));
    }
    if data.len() > LARGEST {
        return Err(format!("`{path}` is larger than 256 MiB"));
    }
    #[expect(clippy::disallowed_methods, reason = "this is Host::read")]
    std::fs::read(file).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &str, error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::NotFound {
        format!("there is no file `{path}`")
    } else {
        format!("`{path}` cannot be read: {error}")
    }
}

#[cfg(test)]
mod tests;

//! A project folder in memory: the compiler's door to the corpora of these tests.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use bookwright::host::glob;
use bookwright::seeds::{describe, name};
use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::host::{CatalogColumn, CatalogTable, Host, SqlRefusal};
use bookwright_compiler::project::{self, Project};
use bookwright_compiler::source::SourceMap;

/// Every text file of a project, and its seeds as tables. Files may be replaced, which is how a mistake gets in.
#[derive(Clone, Debug)]
pub struct Folder {
    files: BTreeMap<String, Arc<str>>,
    tables: Vec<CatalogTable>,
}

/// A valid workbook: its folder and project, its path, its text.
pub type Sample = (Folder, Project, String, String);

/// All workbooks of the examples and of the growth suite.
///
/// # Errors
/// When a folder cannot be read or a project has a mistake.
pub fn workbooks() -> io::Result<Vec<Sample>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![root.join("workbooks/growth")];
    for entry in fs::read_dir(root.join("examples"))? {
        let path = entry?.path();
        if path.join("bookwright.yaml").is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    let mut list = Vec::new();
    for path in folders {
        let (folder, project) = Folder::open(&path)?;
        for file in project::workbooks::workbook_files(&project, &folder) {
            let text = folder.text(&file).unwrap_or_default().to_owned();
            list.push((folder.clone(), project.clone(), file, text));
        }
    }
    Ok(list)
}

impl Folder {
    /// Reads all YAML and CSV files below `root`, and its project.
    ///
    /// # Errors
    /// When a file cannot be read, a seed is no CSV, or the project file has a mistake.
    pub fn open(root: &Path) -> io::Result<(Self, Project)> {
        let mut files = BTreeMap::new();
        collect(root, "", &mut files)?;
        let mut folder = Self {
            files,
            tables: Vec::new(),
        };
        let (mut sources, mut sink) = (SourceMap::default(), Diagnostics::default());
        let project = project::load(&folder, &mut sources, &mut sink);
        if !sink.is_empty() {
            return Err(io::Error::other(format!("{}: {sink:?}", root.display())));
        }
        folder.tables = folder.seeds(&project)?;
        Ok((folder, project))
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// The same folder with another text for one file.
    #[must_use]
    pub fn with(&self, path: &str, text: &str) -> Self {
        let mut other = self.clone();
        other.files.insert(path.to_owned(), text.into());
        other
    }

    /// The same folder with other tables.
    #[must_use]
    pub fn with_tables(&self, edit: impl FnOnce(&mut Vec<CatalogTable>)) -> Self {
        let mut other = self.clone();
        edit(&mut other.tables);
        other
    }

    fn seeds(&self, project: &Project) -> io::Result<Vec<CatalogTable>> {
        let mut tables = Vec::new();
        for seed in &project.seeds {
            for file in self.list(&seed.pattern) {
                let table = seed.table.as_ref().map_or_else(
                    || name::table_of(&seed.pattern, &file),
                    |table| table.split('.').map(str::to_owned).collect(),
                );
                let types = seed.types.iter().map(|(n, t)| (n.clone(), *t)).collect();
                let text = self.text(&file).unwrap_or_default();
                tables.push(
                    describe::describe(text, &file, &table, &types).map_err(io::Error::other)?,
                );
            }
        }
        Ok(tables)
    }
}

/// Adds the YAML and CSV files of one folder and of those below it, by path from the root.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Arc<str>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let (path, file) = (entry.path(), format!("{prefix}{name}"));
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, &format!("{file}/"), files)?;
        } else if path.extension().is_some_and(|e| e == "yaml" || e == "csv") {
            files.insert(file, io::read_to_string(fs::File::open(&path)?)?.into());
        }
    }
    Ok(())
}

impl Host for Folder {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| format!("there is no file `{path}`"))
    }

    fn list(&self, pattern: &str) -> Vec<String> {
        let fits = |path: &&String| glob::matches(pattern, path);
        self.files.keys().filter(fits).cloned().collect()
    }

    fn env(&self, _name: &str) -> Option<String> {
        None
    }

    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>> {
        let ends = |table: &&CatalogTable| {
            let pairs = table.path.iter().rev().zip(path.iter().rev());
            pairs
                .clone()
                .all(|(a, b)| a.to_lowercase() == b.to_lowercase())
        };
        Some(self.tables.iter().filter(ends).cloned().collect())
    }

    fn table_names(&self) -> Vec<String> {
        self.tables.iter().map(|t| t.path.join(".")).collect()
    }

    fn describe_sql(&self, _sql: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        None
    }

    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String> {
        let text = self.read(path)?;
        describe::describe(&text, path, &name::table_of(path, path), &BTreeMap::new())
    }
}

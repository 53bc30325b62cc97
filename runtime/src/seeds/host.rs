//! Columns of CSV files for the compiler, remembered by content.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use bookwright_compiler::host::CatalogTable;

use super::describe::{describe, text_of};

/// What is known of CSV files. One lives as long as the process: a file is read again when its size or time changed,
/// and looked through again when its content did.
#[derive(Debug, Default)]
pub struct CsvCatalog {
    known: Mutex<BTreeMap<String, Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    stamp: (u64, Option<SystemTime>),
    hash: blake3::Hash,
    answer: Result<CatalogTable, String>,
}

impl CsvCatalog {
    /// Columns of the file at `path`; `file` is its name in messages, and of the table.
    ///
    /// # Errors
    /// A sentence, when the file cannot be read or is no CSV with a header row.
    pub fn describe(&self, path: &Path, file: &str) -> Result<CatalogTable, String> {
        let unreadable =
            |error: std::io::Error| format!("the file `{file}` cannot be read: {error}");
        let metadata = std::fs::metadata(path).map_err(unreadable)?;
        let stamp = (metadata.len(), metadata.modified().ok());
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.get(file);
        if let Some(before) = before
            && before.stamp == stamp
            && stamp.1.is_some()
        {
            return before.answer.clone();
        }
        let bytes = super::load::read(path).map_err(unreadable)?;
        let hash = blake3::hash(&bytes);
        let same = before
            .filter(|before| before.hash == hash)
            .map(|before| before.answer.clone());
        let answer = same.unwrap_or_else(|| {
            describe(
                &text_of(bytes, file)?,
                file,
                &[file.to_owned()],
                &BTreeMap::new(),
            )
        });
        known.insert(
            file.to_owned(),
            Known {
                stamp,
                hash,
                answer: answer.clone(),
            },
        );
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_is_described_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let write = |text: &str| {
            std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), text.as_bytes())
                .unwrap();
        };
        let catalog = CsvCatalog::default();
        let columns = || {
            catalog
                .describe(&path, "a.csv")
                .map(|table| table.columns.len())
        };
        assert!(columns().unwrap_err().contains("`a.csv` cannot be read"));
        write("a,b\n1,2\n");
        assert_eq!((columns(), columns()), (Ok(2), Ok(2)));
        write("a\n1,2,3\n");
        assert_eq!(
            columns(),
            Err("a.csv:2: the row has 3 fields, but the header has 1".to_owned())
        );
    }
}

//! The files of the suite.

use std::path::{Path, PathBuf};

use super::{Case, cases};

/// One file.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// Its name without the ending.
    pub stem: String,
    /// Its text.
    pub text: String,
    /// Its cases, in order.
    pub cases: Vec<Case>,
}

/// Every file of `tests/suite`, by name.
///
/// # Errors
/// When one cannot be read.
#[expect(
    clippy::disallowed_methods,
    reason = "cases are read before anything runs"
)]
pub fn files() -> anyhow::Result<Vec<File>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("suite");
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "md") {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path)?;
        let cases = cases(&text).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        Ok(File {
            stem: stem.into_owned(),
            path,
            text,
            cases,
        })
    };
    paths.into_iter().map(read).collect()
}

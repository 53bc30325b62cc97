//! What PATH means: the project it lies in, and which of its workbooks are meant.

use std::path::{Path, PathBuf};

use bookwright_compiler::host::Host;
use bookwright_compiler::project::Project;
use bookwright_compiler::project::workbooks::{is_workbook, workbook_files};

use super::glob;

/// Name of the project file.
pub const PROJECT_FILE: &str = "bookwright.yaml";

/// A PATH of the command line, found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// Canonical path of the project folder.
    pub root: PathBuf,
    /// What of it is meant.
    pub part: Part,
}

/// The meant part of a project; paths are relative to it, with `/`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// All workbooks of the project.
    Project,
    /// Every workbook beneath a folder; the empty path is the project folder itself.
    Folder(String),
    /// One file, whatever it holds.
    File(String),
}

/// Finds the project of a path: the nearest folder upward with a project file. A file or folder without one is a
/// project of its own.
///
/// # Errors
/// A sentence when there is nothing at the path.
pub fn locate(path: &Path) -> Result<Location, String> {
    let real = path
        .canonicalize()
        .map_err(|_| format!("there is nothing at `{}`", path.display()))?;
    let is_file = real.is_file();
    if is_file && real.file_name().is_some_and(|name| name == PROJECT_FILE) {
        let root = real.parent().unwrap_or(&real).to_path_buf();
        return Ok(Location {
            root,
            part: Part::Project,
        });
    }
    let folder = if is_file {
        real.parent().unwrap_or(&real)
    } else {
        &real
    };
    let project = folder
        .ancestors()
        .find(|folder| folder.join(PROJECT_FILE).is_file());
    let root = project.unwrap_or(folder).to_path_buf();
    let below = relative(&root, &real)
        .ok_or_else(|| format!("`{}` has a name that is not UTF-8", path.display()))?;
    let part = if is_file {
        Part::File(below)
    } else if below.is_empty() && project.is_some() {
        Part::Project
    } else {
        Part::Folder(below)
    };
    Ok(Location { root, part })
}

impl Location {
    /// The location, and every project in the folder that it means, sorted. A file has none.
    pub fn with_inner(self) -> Vec<Self> {
        let below = match &self.part {
            Part::Project => "",
            Part::Folder(below) => below.as_str(),
            Part::File(_) => return vec![self],
        };
        let prefix = folder_prefix(below);
        let files = glob::list(&self.root, &format!("{prefix}**/{PROJECT_FILE}"));
        let inner: Vec<Self> = files
            .iter()
            .filter_map(|file| file.strip_suffix(PROJECT_FILE)?.strip_suffix('/'))
            .map(|folder| Self {
                root: self.root.join(folder),
                part: Part::Project,
            })
            .collect();
        std::iter::once(self).chain(inner).collect()
    }
}

impl Part {
    /// The files of the workbooks meant, sorted. What lies in a project further in belongs to that one.
    pub fn workbooks(&self, project: &Project, host: &dyn Host) -> Vec<String> {
        let mut paths = self.named(project, host);
        if !matches!(self, Self::File(_)) {
            paths.retain(|path| !in_inner_project(path, host));
        }
        paths
    }

    fn named(&self, project: &Project, host: &dyn Host) -> Vec<String> {
        match self {
            Self::Project => workbook_files(project, host),
            Self::File(path) => vec![path.clone()],
            Self::Folder(below) => {
                let prefix = folder_prefix(below);
                let mut paths: Vec<String> = ["**/*.yaml", "**/*.yml"]
                    .iter()
                    .flat_map(|pattern| host.list(&format!("{prefix}{pattern}")))
                    .filter(|path| host.read(path).is_ok_and(|text| is_workbook(&text)))
                    .collect();
                paths.sort();
                paths
            }
        }
    }
}

/// A folder of a project before the names in it.
fn folder_prefix(below: &str) -> String {
    if below.is_empty() {
        String::new()
    } else {
        format!("{below}/")
    }
}

/// Whether a folder between a file and the project's has a project file of its own.
fn in_inner_project(path: &str, host: &dyn Host) -> bool {
    let mut path = path;
    while let Some((folder, _)) = path.rsplit_once('/') {
        if !host.list(&format!("{folder}/{PROJECT_FILE}")).is_empty() {
            return true;
        }
        path = folder;
    }
    false
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .strip_prefix(root)
        .ok()?
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files")]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::host::{FsHost, NoTables};

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "workbook: A\n").unwrap();
        }
        folder
    }

    #[test]
    fn the_nearest_folder_with_a_project_file_is_the_project() {
        let folder = tree(&[
            "bookwright.yaml",
            "workbooks/a.yaml",
            "inner/bookwright.yaml",
            "inner/b.yaml",
        ]);
        let root = folder.path().canonicalize().unwrap();
        let part = |path: &str| {
            let found = locate(&folder.path().join(path)).unwrap();
            (
                found
                    .root
                    .strip_prefix(&root)
                    .unwrap()
                    .display()
                    .to_string(),
                found.part,
            )
        };
        assert_eq!(part(""), (String::new(), Part::Project));
        assert_eq!(part("bookwright.yaml"), (String::new(), Part::Project));
        assert_eq!(
            part("workbooks"),
            (String::new(), Part::Folder("workbooks".to_owned()))
        );
        assert_eq!(
            part("workbooks/a.yaml"),
            (String::new(), Part::File("workbooks/a.yaml".to_owned()))
        );
        assert_eq!(
            part("inner/b.yaml"),
            ("inner".to_owned(), Part::File("b.yaml".to_owned()))
        );
        assert!(locate(&folder.path().join("none")).is_err());
    }

    #[test]
    fn projects_in_a_folder_are_found_and_keep_their_workbooks_to_themselves() {
        let folder = tree(&[
            "a/bookwright.yaml",
            "a/workbooks/a.yaml",
            "a/workbooks/deep/bookwright.yaml",
            "a/workbooks/deep/workbooks/b.yaml",
            "workbooks/c.yaml",
        ]);
        let root = folder.path().canonicalize().unwrap();
        let found = |path: &str| -> Vec<String> {
            let mut found = Vec::new();
            for location in locate(&root.join(path)).unwrap().with_inner() {
                let host = FsHost::new(location.root.clone(), Arc::new(NoTables), Arc::default());
                let below = location.root.strip_prefix(&root).unwrap();
                for workbook in location.part.workbooks(&Project::default(), &host) {
                    found.push(format!("{}: {workbook}", below.display()));
                }
            }
            found
        };
        let all = [
            ": workbooks/c.yaml",
            "a: workbooks/a.yaml",
            "a/workbooks/deep: workbooks/b.yaml",
        ];
        assert_eq!(found(""), all);
        assert_eq!(found("a"), all[1..]);
        assert_eq!(found("a/workbooks"), all[1..]);
        assert_eq!(found("a/workbooks/deep/workbooks"), all[2..]);
        assert_eq!(found("a/workbooks/a.yaml"), all[1..2]);
    }

    #[test]
    fn a_file_or_folder_without_project_file_is_a_project() {
        let folder = tree(&["x/a.yaml"]);
        let root = folder.path().canonicalize().unwrap();
        let found = locate(&folder.path().join("x/a.yaml")).unwrap();
        assert_eq!(
            found,
            Location {
                root: root.join("x"),
                part: Part::File("a.yaml".to_owned())
            }
        );
        let found = locate(&root).unwrap();
        assert_eq!(
            found,
            Location {
                root,
                part: Part::Folder(String::new())
            }
        );
    }
}

//! Notices saved files and has the workspace take them over.
//!
//! Watched is what the last builds asked for: the folders of their files, of files that were missing, and those that
//! their globs look into. Editors save by renaming, so folders are watched and contents compared, never time stamps.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, timeout_at};

use crate::host::{Asked, glob, inside};
use crate::session::workspace::{Rebuilt, Workspace};

/// How long a file that is being written may take until it is closed.
const SETTLE: Duration = Duration::from_millis(10);

/// How long a file that is empty or gone may take to come back: some editors remove first.
const RETURN: Duration = Duration::from_millis(60);

/// Why nothing can be watched.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch the project's folders")]
pub struct WatchError(#[from] notify::Error);

/// Watches a workspace until the process ends; `told` hears of every rebuild.
///
/// # Errors
/// When the operating system refuses to watch.
pub async fn watch(workspace: Arc<Workspace>, told: impl Fn(&[Rebuilt])) -> Result<(), WatchError> {
    let (sender, mut events) = unbounded_channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Errors mean lost events; the next one finds what changed, because contents are compared.
        if let Ok(event) = event {
            drop(sender.send(event));
        }
    })?;
    let mut folders = Folders {
        watcher,
        watched: BTreeSet::new(),
        root: workspace.root().to_path_buf(),
    };
    folders.follow(&workspace.asked());
    // What was saved between the first build and now.
    let mut changed = changed(workspace.root(), &workspace.asked(), None);
    loop {
        if !changed.is_empty() {
            let rebuilt = workspace.refresh(&changed).await;
            told(&rebuilt);
            folders.follow(&workspace.asked());
        }
        let Some(touched) = next(&mut events).await else {
            return Ok(());
        };
        changed = settled(workspace.root(), &workspace.asked(), touched, &mut events).await;
    }
}

/// The next batch: waits for one event, and for the file of it to be closed, but not longer than [`SETTLE`].
async fn next(events: &mut UnboundedReceiver<notify::Event>) -> Option<BTreeSet<PathBuf>> {
    let mut touched = BTreeSet::new();
    let first = events.recv().await?;
    let deadline = Instant::now() + SETTLE;
    let mut last = is_last(first.kind);
    touched.extend(first.paths);
    while !last {
        match timeout_at(deadline, events.recv()).await {
            Ok(Some(event)) => {
                last = is_last(event.kind);
                touched.extend(event.paths);
            }
            Ok(None) | Err(_) => break,
        }
    }
    while let Ok(event) = events.try_recv() {
        touched.extend(event.paths);
    }
    Some(touched)
}

/// Whether an event ends a save: the file was closed, renamed, or removed.
fn is_last(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(_))
            | EventKind::Remove(_)
    )
}

/// Project paths among `touched` whose content is another than the builds saw. A file that is empty or gone gets
/// [`RETURN`] to come back.
async fn settled(
    root: &Path,
    asked: &Asked,
    mut touched: BTreeSet<PathBuf>,
    events: &mut UnboundedReceiver<notify::Event>,
) -> Vec<String> {
    let deadline = Instant::now() + RETURN;
    loop {
        let paths = project_paths(root, &touched);
        let found = changed(root, asked, Some(&paths));
        let unsettled = found
            .iter()
            .any(|path| content(root, path).is_none_or(|bytes| bytes.is_empty()));
        if !unsettled {
            return found;
        }
        match timeout_at(deadline, events.recv()).await {
            Ok(Some(event)) => touched.extend(event.paths),
            Ok(None) | Err(_) => return found,
        }
    }
}

fn project_paths(root: &Path, touched: &BTreeSet<PathBuf>) -> Vec<String> {
    touched
        .iter()
        .filter_map(|path| {
            let parts: Option<Vec<&str>> = path
                .strip_prefix(root)
                .ok()?
                .components()
                .map(|part| part.as_os_str().to_str())
                .collect();
            Some(parts?.join("/"))
        })
        .collect()
}

/// Paths whose content differs from what was asked for: of `among`, or of all files that were read.
fn changed(root: &Path, asked: &Asked, among: Option<&[String]>) -> Vec<String> {
    let differs = |path: &String| match asked.files.get(path) {
        Some(old) => content(root, path).map(|bytes| blake3::hash(&bytes)) != *old,
        None => asked
            .globs
            .iter()
            .any(|pattern| glob::matches(pattern, path)),
    };
    match among {
        Some(paths) => paths.iter().filter(|path| differs(path)).cloned().collect(),
        None => asked
            .files
            .keys()
            .filter(|path| differs(path))
            .cloned()
            .collect(),
    }
}

fn content(root: &Path, path: &str) -> Option<Vec<u8>> {
    #[expect(clippy::disallowed_methods, reason = "the watcher compares contents")]
    std::fs::read(inside(root, path).ok()?).ok()
}

/// The folders that are watched.
struct Folders {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
    root: PathBuf,
}

impl Folders {
    /// Watches what a build asked for, and nothing else.
    fn follow(&mut self, asked: &Asked) {
        let wanted = self.wanted(asked);
        for gone in self.watched.difference(&wanted) {
            // A folder that was removed is not watched any more.
            drop(self.watcher.unwatch(gone));
        }
        let fresh: Vec<PathBuf> = wanted.difference(&self.watched).cloned().collect();
        self.watched = wanted;
        for folder in fresh {
            if self
                .watcher
                .watch(&folder, RecursiveMode::NonRecursive)
                .is_err()
            {
                self.watched.remove(&folder);
            }
        }
    }

    fn wanted(&self, asked: &Asked) -> BTreeSet<PathBuf> {
        let of_files = asked
            .files
            .keys()
            .filter_map(|path| self.nearest_folder(path));
        let of_globs = asked.globs.iter().flat_map(|pattern| {
            let folders = glob::folders(&self.root, pattern);
            let nearest = self.nearest_folder(pattern);
            folders
                .into_iter()
                .filter(|folder| folder.is_dir())
                .chain(nearest)
        });
        of_files.chain(of_globs).collect()
    }

    /// The nearest existing folder above a project path.
    fn nearest_folder(&self, path: &str) -> Option<PathBuf> {
        let file = self.root.join(path);
        let folder = file.ancestors().skip(1).find(|folder| folder.is_dir())?;
        folder.starts_with(&self.root).then(|| folder.to_path_buf())
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files")]
mod tests {
    use super::*;

    fn project() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("workbooks")).unwrap();
        std::fs::write(root.join("workbooks/a.yaml"), "workbook: A").unwrap();
        (folder, root)
    }

    fn asked() -> Asked {
        Asked {
            files: [
                (
                    "workbooks/a.yaml".to_owned(),
                    Some(blake3::hash(b"workbook: A")),
                ),
                ("shared/missing.yaml".to_owned(), None),
            ]
            .into(),
            globs: ["data/**/*.csv".to_owned(), "workbooks/*.yaml".to_owned()].into(),
        }
    }

    #[test]
    fn only_other_contents_count_as_changes() {
        let (_folder, root) = project();
        let paths = [
            "workbooks/a.yaml",
            "workbooks/b.txt",
            "data/x/y.csv",
            "shared/missing.yaml",
        ]
        .map(str::to_owned);
        assert_eq!(changed(&root, &asked(), Some(&paths)), ["data/x/y.csv"]);
        std::fs::write(root.join("workbooks/a.yaml"), "workbook: B").unwrap();
        assert_eq!(changed(&root, &asked(), None), ["workbooks/a.yaml"]);
        std::fs::create_dir(root.join("shared")).unwrap();
        std::fs::write(root.join("shared/missing.yaml"), "x").unwrap();
        assert_eq!(
            changed(&root, &asked(), None),
            ["shared/missing.yaml", "workbooks/a.yaml"]
        );
    }

    #[test]
    fn folders_of_missing_files_are_watched_by_their_nearest_ancestor() {
        let (_folder, root) = project();
        std::fs::create_dir_all(root.join("data/deep/.hidden")).unwrap();
        let watcher = notify::recommended_watcher(|_| {}).unwrap();
        let folders = Folders {
            watcher,
            watched: BTreeSet::new(),
            root: root.clone(),
        };
        let wanted: Vec<String> = folders
            .wanted(&asked())
            .iter()
            .map(|path| path.strip_prefix(&root).unwrap().display().to_string())
            .collect();
        assert_eq!(wanted, ["", "data", "data/deep", "workbooks"]);
    }
}

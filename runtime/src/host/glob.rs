//! Globs over a project folder: `*` and `?` within one path segment, `**` for any number of folders.

use std::path::{Path, PathBuf};

use super::inside;

/// Folders nested deeper than this are not looked into.
const DEEPEST: usize = 24;

/// Folder of foreign packages, which `**` passes over.
const PACKAGES: &str = "node_modules";

/// Paths of files below `root` that match, `/`-separated and sorted. Hidden entries match only patterns that begin
/// with a dot themselves; `**` does not follow links, and nothing outside of the root is listed.
pub fn list(root: &Path, pattern: &str) -> Vec<String> {
    let mut found = search(root, pattern).files;
    found.sort();
    found.dedup();
    found.retain(|path| inside(root, path).is_ok());
    found
}

/// Folders in which [`list`] looks, so that a watcher notices new files; sorted.
pub fn folders(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = search(root, pattern).folders;
    found.sort();
    found.dedup();
    found
}

/// What a walk came across.
#[derive(Default)]
struct Found {
    files: Vec<String>,
    folders: Vec<PathBuf>,
}

fn search(root: &Path, pattern: &str) -> Found {
    let segments: Vec<&str> = pattern
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    let mut found = Found::default();
    if !pattern.starts_with('/') && !segments.contains(&"..") {
        walk(root, "", &segments, DEEPEST, &mut found);
    }
    found
}

/// Whether a path matches a pattern, by the rules of [`list`].
pub fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    let path: Vec<&str> = path.split('/').collect();
    path_matches(&pattern, &path)
}

fn path_matches(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        (["**", rest @ ..], [first, inner @ ..]) => {
            path_matches(rest, path) || (!first.starts_with('.') && path_matches(pattern, inner))
        }
        (["**", rest @ ..], []) => path_matches(rest, &[]),
        ([segment, rest @ ..], [name, inner @ ..]) => {
            visible(segment, name) && path_matches(rest, inner)
        }
        _ => false,
    }
}

fn walk(folder: &Path, below: &str, pattern: &[&str], depth: usize, found: &mut Found) {
    let Some((segment, rest)) = pattern.split_first() else {
        return;
    };
    if depth == 0 {
        return;
    }
    found.folders.push(folder.to_path_buf());
    if *segment == "**" {
        walk(folder, below, rest, depth, found);
        for (name, is_folder) in entries(folder) {
            let path = folder.join(&name);
            if is_folder && !name.starts_with('.') && name != PACKAGES && !path.is_symlink() {
                walk(&path, &joined(below, &name), pattern, depth - 1, found);
            }
        }
        return;
    }
    if !segment.contains(['*', '?']) {
        // Without wildcards there is nothing to list; this also keeps `data/x.csv` cheap in a large folder.
        let path = folder.join(segment);
        step(
            &path,
            &joined(below, segment),
            path.is_dir(),
            rest,
            depth,
            found,
        );
        return;
    }
    for (name, is_folder) in entries(folder) {
        if visible(segment, &name) {
            step(
                &folder.join(&name),
                &joined(below, &name),
                is_folder,
                rest,
                depth,
                found,
            );
        }
    }
}

fn step(path: &Path, name: &str, is_folder: bool, rest: &[&str], depth: usize, found: &mut Found) {
    if is_folder {
        walk(path, name, rest, depth - 1, found);
    } else if rest.is_empty() && path.is_file() {
        found.files.push(name.to_owned());
    }
}

/// Names in a folder and whether each is a folder (links followed); an unreadable folder is empty, and names that are
/// not UTF-8 do not exist for a project.
fn entries(folder: &Path) -> Vec<(String, bool)> {
    let Ok(read) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    read.filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path().is_dir())))
        .collect()
}

fn joined(below: &str, name: &str) -> String {
    if below.is_empty() {
        name.to_owned()
    } else {
        format!("{below}/{name}")
    }
}

fn visible(segment: &str, name: &str) -> bool {
    (!name.starts_with('.') || segment.starts_with('.')) && segment_matches(segment, name)
}

/// `*` any run, `?` one character; linear in practice: only the last star is ever gone back to.
fn segment_matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    n = from + 1;
                    star = Some((at, n));
                }
                None => return false,
            },
        }
    }
    pattern
        .get(p..)
        .is_some_and(|rest| rest.iter().all(|c| *c == '*'))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files")]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_paths() {
        let cases = [
            ("data/*.csv", "data/a.csv", true),
            ("data/*.csv", "data/x/a.csv", false),
            ("data/**/*.csv", "data/a.csv", true),
            ("data/**/*.csv", "data/x/y/a.csv", true),
            ("**", "a", true),
            ("**/a", "b/c/a", true),
            ("**/a", "b/.c/a", false),
            ("./data/a?.csv", "data/ab.csv", true),
            ("data/a?.csv", "data/a.csv", false),
            ("*", ".hidden", false),
            (".h*", ".hidden", true),
            ("a*b*c", "aXbXbc", true),
            ("a*b*c", "aXbX", false),
            ("*é*", "caféx", true),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_listing_is_sorted_and_stays_inside() {
        let folder = tempfile::tempdir().unwrap();
        let root = &folder.path().canonicalize().unwrap();
        for file in [
            "data/b.csv",
            "data/a.csv",
            "data/x/c.csv",
            "data/.git/d.csv",
            "top.csv",
        ] {
            std::fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            std::fs::write(root.join(file), "").unwrap();
        }
        assert_eq!(
            list(root, "data/**/*.csv"),
            ["data/a.csv", "data/b.csv", "data/x/c.csv"]
        );
        assert_eq!(list(root, "data/*.csv"), ["data/a.csv", "data/b.csv"]);
        assert_eq!(list(root, "top.csv"), ["top.csv"]);
        assert_eq!(list(&root.join("data"), "../top.csv"), Vec::<String>::new());
        assert_eq!(list(root, "/etc/*"), Vec::<String>::new());
        assert_eq!(list(root, "nowhere/*"), Vec::<String>::new());
    }
}

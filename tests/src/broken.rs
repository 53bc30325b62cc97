//! The corpus of broken workbooks in `tests/broken`, and what each file says must be told.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A finding a file must yield.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Expected {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Name of the code.
    pub code: String,
    /// What the message or the help holds, ignoring case.
    pub part: Option<String>,
}

/// The folder of the corpus; it is a project.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("broken")
}

/// The broken workbooks in the order of their names.
///
/// # Errors
/// When the folder cannot be read.
pub fn files() -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder())? {
        let path = entry?.path();
        let is_workbook =
            path.extension().is_some_and(|e| e == "yaml") && !path.ends_with("bookwright.yaml");
        if is_workbook {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// What the comments of a file expect, sorted by place. `Err` holds a comment that is not understood.
///
/// # Errors
/// When an `# error:` comment has another form than the corpus' readme says.
pub fn expectations(text: &str) -> Result<Vec<Expected>, String> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if let Some((_, comment)) = line.split_once("# error: ") {
            found.push(
                expectation(comment, index + 1)
                    .ok_or_else(|| format!("line {}: {comment}", index + 1))?,
            );
        }
    }
    found.sort();
    Ok(found)
}

/// The text with its `# error:` comments cut off, line by line, so that they are no part of what an author reads.
pub fn without_expectations(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.split_once("# error: ").map_or(line, |(code, _)| code);
        out.push_str(line.trim_end_matches(' '));
        out.push('\n');
    }
    out
}

/// Reads `CODE @COLUMN "part"` or `LINE:COLUMN CODE "part"`.
fn expectation(comment: &str, own_line: usize) -> Option<Expected> {
    let (place, part) = match comment.split_once('"') {
        Some((place, part)) => (place, Some(part.strip_suffix('"')?.to_owned())),
        None => (comment, None),
    };
    let mut words = place.split_whitespace();
    let (first, second) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let (line, column, code) = if let Some(column) = second.strip_prefix('@') {
        (own_line, column, first)
    } else {
        let (line, column) = first.split_once(':')?;
        (line.parse().ok()?, column, second)
    };
    Some(Expected {
        line,
        column: column.parse().ok()?,
        code: code.to_owned(),
        part,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_comment_are_read() {
        let text = "a: 1  # error: unknown-key @1 \"b\"\nc:\n# error: 2:3 missing-key\n";
        let expected = |line, column, code: &str, part: Option<&str>| Expected {
            line,
            column,
            code: code.to_owned(),
            part: part.map(ToOwned::to_owned),
        };
        assert_eq!(
            expectations(text),
            Ok(vec![
                expected(1, 1, "unknown-key", Some("b")),
                expected(2, 3, "missing-key", None)
            ])
        );
        assert!(expectations("a: 1  # error: unknown-key").is_err());
        assert!(expectations("a: 1  # error: unknown-key @x").is_err());
    }

    #[test]
    fn every_file_names_its_mistakes_within_itself() {
        let files = files().unwrap();
        assert!(files.len() >= 70, "{} files", files.len());
        for file in files {
            let text = io::read_to_string(fs::File::open(&file).unwrap()).unwrap();
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            let expected = expectations(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(
                expected.len(),
                if name.starts_with("five-") { 5 } else { 1 },
                "{name}"
            );
            for Expected { line, column, .. } in expected {
                let width = text.lines().nth(line - 1).map_or(0, |l| l.chars().count());
                assert!((1..=width).contains(&column), "{name}: {line}:{column}");
            }
        }
    }
}

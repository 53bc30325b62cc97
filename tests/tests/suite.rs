//! The literate suite: every case of `tests/suite/*.md`, in memory and on the embedded engine.
//!
//! `UPDATE=1` writes results on which both agree into the files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;

use bookwright_tests::literate::{self, Block, Case};
use libtest_mimic::{Arguments, Failed, Trial};

/// A file and what is to be rewritten in it.
struct File {
    path: PathBuf,
    text: String,
    updates: Mutex<Vec<(Block, String)>>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "cases are read before anything runs"
)]
fn main() -> anyhow::Result<()> {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    let mut files = Vec::new();
    for path in paths()? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path)?;
        let file = Arc::new(File {
            path: path.clone(),
            text,
            updates: Mutex::default(),
        });
        files.push(Arc::clone(&file));
        let cases = literate::cases(&file.text)
            .map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        for case in cases {
            let file = Arc::clone(&file);
            let name = format!("{stem}: {}", case.name);
            trials.push(Trial::test(name, move || check(&case, &file)));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if update() {
        for file in &files {
            file.write()?;
        }
    }
    conclusion.exit();
}

fn paths() -> anyhow::Result<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("suite");
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "md") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

fn check(case: &Case, file: &File) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let outcome = runtime
        .block_on(literate::run(case))
        .map_err(|error| Failed::from(format!("{error:#}")))?;
    if let Ok(mut updates) = file.updates.lock() {
        updates.extend(outcome.updates);
    }
    if outcome.problems.is_empty() {
        Ok(())
    } else {
        Err(outcome.problems.join("\n\n").into())
    }
}

impl File {
    #[expect(clippy::disallowed_methods, reason = "this is what UPDATE asks for")]
    fn write(&self) -> anyhow::Result<()> {
        let Ok(updates) = self.updates.lock() else {
            return Ok(());
        };
        if updates.is_empty() {
            return Ok(());
        }
        let mut out = String::new();
        let mut skip = 0;
        for (number, line) in self.text.lines().enumerate() {
            let update = updates.iter().find(|(block, _)| block.lines.0 == number);
            if let Some((block, text)) = update {
                out.push_str(text);
                skip = block.lines.1;
            }
            if skip > 0 {
                skip -= 1;
            } else {
                out.push_str(line);
                out.push('\n');
            }
        }
        fs::write(&self.path, out)?;
        Ok(())
    }
}

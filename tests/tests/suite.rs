//! The literate suite: every case of `tests/suite/*.md`, in memory and on the embedded engine.
//!
//! `UPDATE=1` writes results on which both agree into the files.

use std::fs;
use std::sync::Arc;
use std::sync::Mutex;

use bookwright_tests::literate::{self, Block, Case, File};
use libtest_mimic::{Arguments, Failed, Trial};

/// What is to be rewritten in a file.
type Updates = Arc<Mutex<Vec<(Block, String)>>>;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    let mut files = Vec::new();
    for file in literate::files()? {
        let updates = Updates::default();
        for case in file.cases.clone() {
            let updates = Arc::clone(&updates);
            let name = format!("{}: {}", file.stem, case.name);
            trials.push(Trial::test(name, move || check(&case, &updates)));
        }
        files.push((file, updates));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if update() {
        for (file, updates) in &files {
            write(file, updates)?;
        }
    }
    conclusion.exit();
}

fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

fn check(case: &Case, rewritten: &Updates) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let outcome = runtime
        .block_on(literate::run(case))
        .map_err(|error| Failed::from(format!("{error:#}")))?;
    if let Ok(mut updates) = rewritten.lock() {
        updates.extend(outcome.updates);
    }
    if outcome.problems.is_empty() {
        Ok(())
    } else {
        Err(outcome.problems.join("\n\n").into())
    }
}

#[expect(clippy::disallowed_methods, reason = "this is what UPDATE asks for")]
fn write(file: &File, updates: &Updates) -> anyhow::Result<()> {
    let Ok(updates) = updates.lock() else {
        return Ok(());
    };
    if updates.is_empty() {
        return Ok(());
    }
    let mut out = String::new();
    let mut skip = 0;
    for (number, line) in file.text.lines().enumerate() {
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
    fs::write(&file.path, out)?;
    Ok(())
}

//! Compiling with what was kept from the last build gives what compiling from nothing gives, whatever was edited.

#![expect(
    clippy::unwrap_used,
    reason = "a harness stops at the first thing that is not there"
)]

use bookwright_compiler::compile::{Compilation, Goal, Memory, compile, compile_observed};
use bookwright_compiler::diag::render::json;
use bookwright_compiler::project::Project;
use bookwright_tests::folder::{self, Folder};
use bookwright_tests::mistakes::mistakes;

/// Mistakes of one kind in one workbook.
const EACH: usize = 1;
const SEED: u64 = 20_261_123;

/// All there is to compare.
fn told(compilation: &Compilation) -> (Option<String>, String) {
    let plan = compilation
        .plan
        .as_ref()
        .map(|plan| serde_json::to_string_pretty(plan).unwrap());
    let found = json::value(&compilation.diagnostics, &compilation.sources);
    (plan, found.to_string())
}

/// A workbook that is edited while the compiler remembers.
struct Desk<'d> {
    project: &'d Project,
    file: &'d str,
    memory: Memory,
    edits: usize,
}

impl Desk<'_> {
    /// Saves a state of the folder.
    fn save(&mut self, folder: &Folder, what: &str) {
        let warm = compile_observed(
            folder,
            self.project,
            self.file,
            Goal::Plan,
            &mut self.memory,
            &mut |_| (),
        );
        let cold = compile(folder, self.project, self.file);
        let (warm, cold) = (told(&warm), told(&cold));
        assert_eq!(warm.1, cold.1, "findings of {} after {what}", self.file);
        if let Some(line) = difference(warm.0.as_deref(), cold.0.as_deref()) {
            panic!("plan of {} after {what}: {line}", self.file);
        }
        self.edits += 1;
    }
}

/// The first line in which two plans differ.
fn difference(warm: Option<&str>, cold: Option<&str>) -> Option<String> {
    let (Some(warm), Some(cold)) = (warm, cold) else {
        return (warm.is_some() != cold.is_some()).then(|| "one of them is missing".to_owned());
    };
    let mut lines = warm.lines().zip(cold.lines()).zip(1..);
    let ((warm, cold), line) = lines.find(|((warm, cold), _)| warm != cold)?;
    Some(format!("line {line} is `{warm}`, not `{cold}`"))
}

/// A text with the number, if any, behind its `at`th byte replaced by another.
fn renumbered(text: &str, at: usize) -> Option<String> {
    let start = text.get(at..)?.find(|c: char| c.is_ascii_digit())? + at;
    let mut edited = text.to_owned();
    let other = if edited.get(start..=start)? == "1" {
        "2"
    } else {
        "1"
    };
    edited.replace_range(start..=start, other);
    Some(edited)
}

#[test]
fn what_is_kept_changes_no_plan_and_no_finding() {
    let mut edits = 0;
    for (folder, project, file, text) in folder::workbooks().unwrap() {
        let mut desk = Desk {
            project: &project,
            file: &file,
            memory: Memory::default(),
            edits: 0,
        };
        desk.save(&folder, "the first build");
        desk.save(&folder, "no edit");
        for mistake in mistakes(&text, EACH, SEED) {
            let broken = folder.with(&file, &mistake.broken);
            desk.save(&broken, mistake.kind);
        }
        desk.save(&folder, "all is mended");
        let others: Vec<String> = desk.memory.paths().map(str::to_owned).collect();
        for other in others {
            let written = folder.text(&other).unwrap().to_owned();
            for part in 0..6 {
                let edited = renumbered(&written, written.len() * part / 6);
                for text in [
                    edited,
                    written.get(..written.len() * part / 6).map(str::to_owned),
                ] {
                    let Some(text) = text else { continue };
                    desk.save(&folder.with(&other, &text), &format!("an edit of {other}"));
                }
                desk.save(&folder, &format!("{other} is mended"));
            }
        }
        edits += desk.edits;
    }
    assert!(edits > 300, "{edits} edits");
}

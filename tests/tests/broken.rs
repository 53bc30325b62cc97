//! Every broken workbook is told its mistakes, all of them and nothing else, in words that are kept beside it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a harness reads the corpus from disk and stops at the first thing that is not there"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use bookwright_compiler::compile::{Compilation, compile};
use bookwright_compiler::diag::Diagnostic;
use bookwright_compiler::diag::render::human::{self, Colors};
use bookwright_compiler::project::Project;
use bookwright_tests::broken::{self, Expected};
use bookwright_tests::folder::Folder;

/// The corpus: name of each file, what it expects, and what the compiler says.
fn corpus() -> Vec<(String, Vec<Expected>, Compilation)> {
    let (folder, project): (Folder, Project) = Folder::open(&broken::folder()).unwrap();
    let compiled = |path: &Path| {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = folder.text(&file).unwrap();
        let expected = broken::expectations(text).unwrap_or_else(|e| panic!("{file}: {e}"));
        // The last line may be a comment that only says what is expected; it is no part of what is compiled.
        let shown = folder.with(&file, &broken::without_expectations(text));
        let compilation = compile(&shown, &project, &file);
        (file, expected, compilation)
    };
    broken::files()
        .unwrap()
        .iter()
        .map(|p| compiled(p))
        .collect()
}

fn place(finding: &Diagnostic, compilation: &Compilation) -> (usize, usize) {
    let span = finding.primary.span;
    let start = compilation.sources.file(span.file).position(span.start);
    (start.line as usize, start.column as usize)
}

/// Whether something that is told holds a part, ignoring case.
fn says(finding: &Diagnostic, part: &str) -> bool {
    let labels = [&finding.primary].into_iter().chain(&finding.secondary);
    let words = [&finding.message]
        .into_iter()
        .chain(labels.map(|label| &label.message))
        .chain(&finding.notes)
        .chain(&finding.help)
        .chain(finding.fix.iter().map(|fix| &fix.title));
    let part = part.to_lowercase();
    words.into_iter().any(|w| w.to_lowercase().contains(&part))
}

#[test]
fn a_broken_workbook_is_told_exactly_its_mistakes() {
    let mut wrongs = String::new();
    for (file, expected, compilation) in corpus() {
        let findings = &compilation.diagnostics;
        let mut found: Vec<_> = findings.iter().collect();
        for e in expected {
            let hit = found.iter().position(|d| {
                d.code.name == e.code && place(d, &compilation) == (e.line, e.column)
            });
            let Some(hit) = hit else {
                writeln!(wrongs, "{file}: no {} at {}:{}", e.code, e.line, e.column).unwrap();
                continue;
            };
            let finding = found.remove(hit);
            if let Some(part) = e.part.filter(|part| !says(finding, part)) {
                writeln!(
                    wrongs,
                    "{file}: `{part}` is not said at {}:{}",
                    e.line, e.column
                )
                .unwrap();
            }
        }
        for d in found {
            let (line, column) = place(d, &compilation);
            writeln!(
                wrongs,
                "{file}: also {} at {line}:{column}: {}",
                d.code.name, d.message
            )
            .unwrap();
        }
    }
    assert!(wrongs.is_empty(), "\n{wrongs}");
}

#[test]
fn what_is_told_reads_as_it_did() {
    let folder = broken::folder().join("snapshots");
    let update = std::env::var_os("UPDATE").is_some();
    let mut changed = Vec::new();
    for (file, _, compilation) in corpus() {
        let text = human::render(&compilation.diagnostics, &compilation.sources, Colors::Off);
        let path = folder.join(Path::new(&file).with_extension("txt"));
        if fs::read_to_string(&path).is_ok_and(|kept| kept == text) {
            continue;
        }
        if update {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, text).unwrap();
        } else {
            changed.push(format!("{file}:\n{text}"));
        }
    }
    assert!(
        changed.is_empty(),
        "UPDATE=1 rewrites what is kept:\n{}",
        changed.join("\n")
    );
}

//! How good messages are, over mistakes that nobody wrote by hand: the place, the fix, and one message for each.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a harness reads the corpus from disk and stops at the first thing that is not there"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use bookwright_compiler::compile::{Compilation, compile};
use bookwright_compiler::diag::render::human::{self, Colors};
use bookwright_compiler::diag::{Edit, Severity};
use bookwright_compiler::project::Project;
use bookwright_tests::broken;
use bookwright_tests::folder::{self, Folder};
use bookwright_tests::mistakes::{Mistake, mistakes};

/// Mistakes of one kind in one workbook.
const EACH: usize = 3;
const SEED: u64 = 20_260_727;

/// Valid workbooks: folder, project, path, text.
fn workbooks() -> Vec<folder::Sample> {
    let mut list = folder::workbooks().unwrap();
    let (folder, project) = Folder::open(&broken::folder()).unwrap();
    let tea = include_str!("../src/mistakes/tea.yaml").to_owned();
    list.push((
        folder.with("tea.yaml", &tea),
        project,
        "tea.yaml".to_owned(),
        tea,
    ));
    list
}

/// What became of one mistake.
struct Outcome {
    kind: &'static str,
    /// Whether the first finding lies exactly at the mistake.
    placed: bool,
    /// Whether its fix gives a workbook without findings.
    fixed: bool,
    findings: usize,
    /// Everything that was told.
    told: String,
}

/// Warnings of a workbook as it is; `None` when it has errors.
fn warnings(folder: &Folder, project: &Project, file: &str) -> Option<usize> {
    let compilation = compile(folder, project, file);
    let clean = !compilation.diagnostics.has_errors();
    clean.then(|| compilation.diagnostics.len())
}

/// `before` is the number of warnings without the mistake.
fn outcome(
    folder: &Folder,
    project: &Project,
    file: &str,
    before: usize,
    mistake: &Mistake,
) -> Outcome {
    let compilation = compile(&folder.with(file, &mistake.broken), project, file);
    let findings = &compilation.diagnostics;
    let errors = findings.iter().filter(|d| d.severity == Severity::Error);
    let spans = || errors.clone().map(|d| d.primary.span);
    let placed = spans().next().is_some_and(|span| {
        let place = span.start as usize..span.end as usize;
        place == mistake.place && compilation.sources.file(span.file).path == file
    });
    let fixed = fixed(&compilation, &mistake.broken)
        .is_some_and(|text| warnings(&folder.with(file, &text), project, file) == Some(before));
    let mut told = human::render(findings, &compilation.sources, Colors::Off);
    let wanted = mistake
        .broken
        .get(mistake.place.clone())
        .unwrap_or_default();
    writeln!(told, "must point at: {wanted:?}").unwrap();
    Outcome {
        kind: mistake.kind,
        placed,
        fixed,
        findings: errors.count().max(findings.len().saturating_sub(before)),
        told,
    }
}

/// The text with the fix of the first finding that has one.
fn fixed(compilation: &Compilation, text: &str) -> Option<String> {
    let fix = compilation
        .diagnostics
        .iter()
        .find_map(|d| d.fix.as_ref())?;
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut text = text.to_owned();
    for edit in edits.into_iter().rev() {
        let range = edit.span.start as usize..edit.span.end as usize;
        text.get(range.clone())?;
        text.replace_range(range, &edit.text);
    }
    Some(text)
}

#[test]
fn a_mistake_is_told_once_at_its_place_with_a_fix_that_works() {
    let mut outcomes = Vec::new();
    let mut used = 0;
    for (number, (folder, project, file, text)) in workbooks().iter().enumerate() {
        let Some(before) = warnings(folder, project, file) else {
            continue;
        };
        used += 1;
        for mistake in mistakes(text, EACH, SEED + number as u64) {
            outcomes.push(outcome(folder, project, file, before, &mistake));
        }
    }
    let mut kinds: BTreeMap<&str, (usize, usize, usize, usize)> = BTreeMap::new();
    for o in &outcomes {
        let kind = kinds.entry(o.kind).or_default();
        kind.0 += 1;
        kind.1 += usize::from(o.placed);
        kind.2 += usize::from(o.fixed);
        kind.3 += o.findings;
    }
    let mut table = format!("{:24}  made placed fixed findings\n", "");
    for (kind, (made, placed, fixed, findings)) in &kinds {
        writeln!(
            table,
            "{kind:24} {made:5} {placed:6} {fixed:5} {findings:8}"
        )
        .unwrap();
    }
    let count = |what: fn(&Outcome) -> bool| outcomes.iter().filter(|o| what(o)).count();
    let (made, placed, fixed) = (outcomes.len(), count(|o| o.placed), count(|o| o.fixed));
    let findings: usize = outcomes.iter().map(|o| o.findings).sum();
    writeln!(
        table,
        "{:24} {made:5} {placed:6} {fixed:5} {findings:8}",
        "all"
    )
    .unwrap();
    println!("{table}");
    if let Some(path) = std::env::var_os("MISTAKES") {
        let poor = outcomes
            .iter()
            .filter(|o| !o.placed || !o.fixed || o.findings != 1);
        let told: Vec<String> = poor.map(|o| format!("== {}\n{}", o.kind, o.told)).collect();
        fs::write(path, told.join("\n")).unwrap();
    }
    assert!(
        used >= 6,
        "only {used} workbooks have no error of their own"
    );
    assert!(made >= 200, "{made} mistakes");
    assert!(
        placed * 100 >= made * 95,
        "{placed} of {made} at their place"
    );
    assert!(fixed * 100 >= made * 80, "{fixed} of {made} fixed");
    assert!(
        findings * 10 <= made * 11,
        "{findings} findings of {made} mistakes"
    );
}

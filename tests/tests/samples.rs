//! Every workbook we ship compiles without a finding, and every element of it gives the same rows on the embedded
//! engine and in memory.

#![expect(
    clippy::unwrap_used,
    reason = "a harness stops at the first thing that is not there"
)]

use std::path::{Path, PathBuf};

use bookwright::engine::Grain;
use bookwright_tests::bench::{Ask, Bench, Workbook, told};

/// The day all samples are looked at.
const NOW: &str = "2026-11-20 10:30:00";

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().unwrap()
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

/// Compiles the workbooks of a project; rows are compared where `compared` says so.
async fn check(project: &Path, workbooks: &[PathBuf], compared: bool) -> Vec<String> {
    let bench = Bench::open(project, NOW).await.unwrap();
    let mut problems = Vec::new();
    for path in workbooks {
        let path = path.strip_prefix(project).unwrap().to_string_lossy();
        let compilation = bench.compile(&path).await.unwrap();
        if !compilation.diagnostics.is_empty() {
            let said = told(&compilation.diagnostics);
            problems.push(format!("{}: {path}: {said}", project.display()));
        }
        let Some(plan) = compilation.plan else {
            continue;
        };
        let workbook = bench.run(plan).await.unwrap();
        for id in workbook.plan().data.keys() {
            for grain in grains(&workbook, id) {
                let ask = Ask {
                    element: id.clone(),
                    grain,
                    set: Vec::new(),
                };
                problems.extend(compare(&workbook, &ask, compared).await);
            }
        }
    }
    problems
}

fn grains(workbook: &Workbook<'_>, id: &str) -> Vec<Grain> {
    let data = &workbook.plan().data[id];
    let mut grains = vec![Grain::Shown];
    grains.extend(data.levels.iter().map(|l| Grain::Level(l.name.clone())));
    grains.extend(data.base.iter().map(|_| Grain::Level("base".into())));
    grains.extend(data.totals.iter().map(|_| Grain::Totals));
    grains
}

async fn compare(workbook: &Workbook<'_>, ask: &Ask, compared: bool) -> Option<String> {
    let name = format!("{} {:?}", ask.element, ask.grain);
    let engine = match workbook.engine(ask).await {
        Ok(rows) => rows.to_string(),
        Err(error) => return Some(format!("{name}: {error:#}")),
    };
    if !compared {
        return None;
    }
    let reference = workbook.reference(ask).await.unwrap().to_string();
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    (sorted(&engine) != sorted(&reference))
        .then(|| format!("{name}: the engine gives\n{engine}the reference\n{reference}"))
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .filter(|path| !path.ends_with("bookwright.yaml"))
        .collect();
    found.sort();
    found
}

#[test]
fn every_example_compiles_and_gives_the_same_rows_in_memory() {
    let mut problems = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(root().join("examples")).unwrap() {
        let project = entry.unwrap().path();
        if project.is_dir() {
            let files = workbooks(&project);
            count += files.len();
            problems.extend(block_on(check(&project, &files, true)));
        }
    }
    assert!(count >= 6);
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn the_growth_suite_compiles_and_every_element_runs() {
    let project = root().join("workbooks/growth");
    let files = workbooks(&project.join("workbooks"));
    assert!(!files.is_empty());
    let problems = block_on(check(&project, &files, false));
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

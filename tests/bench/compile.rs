//! The compiler in a warm process.

use std::sync::Arc;

use anyhow::{Context, ensure};
use bookwright::host::locate::locate;
use bookwright::session::local;
use bookwright::session::workspace::{Parts, Workspace};
use bookwright_compiler::compile::{Goal, Memory, compile, compile_observed};
use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::project;
use bookwright_compiler::source::SourceMap;
use bookwright_tests::synthetic::{self, MemoryHost};

use super::Program;
use super::measure::{Samples, say};

/// From text to plan, on one core, without disk or database.
pub(crate) fn throughput(_: &Program) -> anyhow::Result<()> {
    for (elements, runs) in [
        (10, 200),
        (100, 100),
        (1_000, 30),
        (10_000, 7),
        (100_000, 2),
    ] {
        let mut host = MemoryHost::of(elements);
        let project = project::load(
            &host,
            &mut SourceMap::default(),
            &mut Diagnostics::default(),
        );
        let samples = Samples::of(runs, || {
            let done = compile(&host, &project, synthetic::FILE);
            ensure!(done.plan.is_some(), "a synthetic workbook has errors");
            Ok(())
        })?;
        samples.row("compile from nothing", &elements.to_string());
        per_second(elements, &samples)?;
        let mut memory = Memory::default();
        let mut build = |host: &MemoryHost| {
            compile_observed(
                host,
                &project,
                synthetic::FILE,
                Goal::Plan,
                &mut memory,
                &mut |_| (),
            )
        };
        build(&host);
        let mut samples = Samples::default();
        for run in 0..runs {
            let (path, text) = edited(&host, elements, run)?;
            host.put(&path, text);
            let start = super::measure::now();
            let done = build(&host);
            samples.push(start.elapsed());
            ensure!(done.plan.is_some(), "an edit has errors");
        }
        samples.row("compile again, one file edited", &elements.to_string());
        per_second(elements, &samples)?;
    }
    Ok(())
}

fn per_second(elements: usize, samples: &Samples) -> anyhow::Result<()> {
    let number = f64::from(u32::try_from(elements)?) / samples.median();
    say(&format!(
        "| — elements per second | {elements} | | {number:.0} | | | 1/s | |"
    ));
    Ok(())
}

/// The first file with elements, with one number in a formula changed.
fn edited(host: &MemoryHost, elements: usize, run: usize) -> anyhow::Result<(String, String)> {
    let path = if elements <= synthetic::PER_FILE {
        synthetic::FILE
    } else {
        "parts/0000.yaml"
    };
    let pristine = MemoryHost::of(elements.min(2 * synthetic::PER_FILE));
    let text = pristine
        .text(path)
        .or(host.text(path))
        .context("no such file")?;
    Ok((
        path.to_owned(),
        text.replacen("+ 4\n", &format!("+ 4{run}\n"), 1),
    ))
}

/// One file saved while the program runs: project, build, plan, view, messages to pages.
pub(crate) fn rebuild(_: &Program) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    for elements in [10, 100, 1_000, 10_000] {
        let folder = tempfile::tempdir()?;
        synthetic::write(folder.path(), elements, 1_000)?;
        let location = locate(folder.path()).map_err(anyhow::Error::msg)?;
        let parts = Parts {
            open: local::open,
            compile: compile_observed,
            csv: Arc::default(),
            progress: Arc::new(|_, _, _| {}),
        };
        let (workspace, _) = runtime.block_on(Workspace::open(location, None, parts))?;
        let mut samples = Samples::default();
        for run in 0..60 {
            let (path, text) = edited(&MemoryHost::default(), elements, run)?;
            save(folder.path(), &path, &text)?;
            let start = super::measure::now();
            let rebuilt = runtime.block_on(workspace.refresh(std::slice::from_ref(&path)));
            samples.push(start.elapsed());
            let done = rebuilt.first().context("nothing was built")?;
            ensure!(done.build.compilation.plan.is_some(), "the edit has errors");
        }
        samples.row("one file saved, warm", &elements.to_string());
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "stands in for the author")]
fn save(folder: &std::path::Path, path: &str, text: &str) -> anyhow::Result<()> {
    Ok(std::fs::write(folder.join(path), text)?)
}

//! The compiler in a warm process.

use std::sync::Arc;

use anyhow::{Context, ensure};
use bookwright::host::locate::locate;
use bookwright::session::local;
use bookwright::session::workspace::{Parts, Workspace};
use bookwright_compiler::compile::{compile, compile_observed};
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
        let host = MemoryHost::new(synthetic::workbook(elements));
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
        samples.row("compile, warm", &elements.to_string());
        let per_second = f64::from(u32::try_from(elements)?) / samples.median();
        say(&format!(
            "| — elements per second | {elements} | | {per_second:.0} | | | 1/s | |"
        ));
    }
    Ok(())
}

/// One file saved while the program runs: project, build, plan, view, messages to pages.
pub(crate) fn rebuild(_: &Program) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    for elements in [10, 100, 1_000] {
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
            edit(folder.path(), elements, run)?;
            let start = super::measure::now();
            let rebuilt = runtime.block_on(workspace.refresh(&[synthetic::FILE.to_owned()]));
            samples.push(start.elapsed());
            let done = rebuilt.first().context("nothing was built")?;
            ensure!(done.build.compilation.plan.is_some(), "the edit has errors");
        }
        samples.row("one file saved, warm", &elements.to_string());
    }
    Ok(())
}

/// Writes the workbook with one number changed.
#[expect(clippy::disallowed_methods, reason = "stands in for the author")]
fn edit(folder: &std::path::Path, elements: usize, run: usize) -> anyhow::Result<()> {
    let text = synthetic::workbook(elements).replacen("+ 4\n", &format!("+ 4{run}\n"), 1);
    Ok(std::fs::write(folder.join(synthetic::FILE), text)?)
}

//! What commands are made of: the compiler, the engines, a runtime for both.

use std::future::Future;
use std::sync::Arc;

use bookwright_compiler::compile::Compilation;
use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::diag::codes::runtime::DATABASE_UNAVAILABLE;
use bookwright_compiler::document::read::Reader;
use bookwright_compiler::document::workbook::Workbook;
use bookwright_compiler::host::{CatalogTable, Host};
use bookwright_compiler::plan::Plan;
use bookwright_compiler::project::Project;
use bookwright_compiler::source::SourceMap;
use bookwright_compiler::yaml;

use super::{compile, terminal};
use crate::host::FsHost;
use crate::host::locate::Location;
use crate::seeds::describe::describe;
use crate::session::backend::{Backend, Failure, OpenRequest, Reply};
use crate::session::build::{Build, build};
use crate::session::workspace::{Chosen, Parts};

/// The parts of a workspace.
pub(crate) fn parts() -> Parts {
    Parts {
        open,
        compile,
        csv,
        progress: terminal::progress(),
    }
}

/// The compiler's stages that this branch has: reading.
pub(crate) fn compile(host: &dyn Host, _: &Project, path: &str) -> Compilation {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let text = host.read(path).unwrap_or_default();
    let file = sources.add(path, Arc::clone(&text));
    if let Some(node) = yaml::parse(file, &text, &mut diagnostics) {
        Reader::new(&sources, &mut diagnostics).read::<Workbook>(&node);
    }
    diagnostics.sort();
    Compilation {
        plan: None,
        diagnostics,
        sources,
        dependencies: vec![path.to_owned()],
    }
}

/// Opens the data of a target.
pub(crate) fn open(_: OpenRequest<'_>) -> Reply<'_, Arc<dyn Backend>> {
    Box::pin(async {
        Err(Failure::new(
            &DATABASE_UNAVAILABLE,
            "no engine is wired in yet",
        ))
    })
}

/// Columns of a CSV file.
pub(crate) fn csv(path: &str, text: &str) -> Result<CatalogTable, String> {
    describe(
        text,
        path,
        &[path.to_owned()],
        &std::collections::BTreeMap::new(),
    )
}

/// Builds workbooks of a project against its target, without serving them.
pub(crate) async fn build_all(
    location: &Location,
    chosen: &Chosen,
    paths: &[String],
) -> anyhow::Result<Vec<Build>> {
    let request = OpenRequest {
        root: &location.root,
        project: &chosen.project,
        target: &chosen.target,
        progress: terminal::progress(),
    };
    let backend = open(request).await?;
    let builds = paths.iter().map(|path| {
        let host = FsHost::new(location.root.clone(), backend.tables(), csv);
        tokio::task::block_in_place(|| {
            build(compile, &host, &chosen.project, backend.as_ref(), path)
        })
    });
    Ok(builds.collect())
}

/// The statements of a plan, each behind a line that names its element.
pub(crate) fn statements(_: &Plan, _: compile::Dialect) -> anyhow::Result<String> {
    anyhow::bail!("no printer is wired in yet")
}

/// Runs a command's work on all cores.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

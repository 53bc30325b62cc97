//! What commands are made of: the compiler, the engines, a runtime for both.

use std::future::Future;
use std::mem::ManuallyDrop;
use std::sync::Arc;

use bookwright_compiler::bind::{Bindings, Bound};
use bookwright_compiler::compile::{Goal, Memory, compile_observed};
use bookwright_compiler::plan::Plan;
use bookwright_compiler::sql;

use super::terminal;
use crate::host::FsHost;
use crate::host::locate::Location;
use crate::session::backend::{OpenRequest, Opened};
use crate::session::build::{Build, build, refuse_taken_id};
use crate::session::choice::{Chosen, Findings, OpenError};
use crate::session::workspace::Parts;
use crate::session::{local, seeding};
use crate::store::scanned;

/// The parts of a workspace.
pub(crate) fn parts() -> Parts {
    Parts {
        open: local::open,
        compile: compile_observed,
        csv: Arc::default(),
        progress: terminal::progress(),
    }
}

/// Builds workbooks of a project against its target, without serving them, and tells what is wrong with its seeds.
pub(crate) fn build_all(
    location: &Location,
    chosen: &Chosen,
    paths: &[String],
    goal: Goal,
) -> anyhow::Result<(Vec<Build>, Findings)> {
    block_on(async { Ok(built(location, chosen, paths, goal).await?) })
}

async fn built(
    location: &Location,
    chosen: &Chosen,
    paths: &[String],
    goal: Goal,
) -> Result<(Vec<Build>, Findings), OpenError> {
    let parts = parts();
    let request = OpenRequest {
        root: &location.root,
        project: &chosen.project,
        target: &chosen.target,
        progress: Arc::clone(&parts.progress),
    };
    let Opened { backend, problems } = (parts.open)(request)
        .await
        .map_err(|failure| OpenError::opening(&location.root, &chosen.target.name, failure))?;
    let mut builds: Vec<Build> = Vec::new();
    for path in paths {
        let host = FsHost::new(
            location.root.clone(),
            backend.tables(),
            Arc::clone(&parts.csv),
        );
        // The process ends soon: taking documents apart piece by piece would only make people wait.
        let mut memory = ManuallyDrop::new(Memory::forgetful());
        let mut built = tokio::task::block_in_place(|| {
            build(
                (parts.compile, goal, &mut memory),
                &host,
                &chosen.project,
                backend.as_ref(),
                path,
            )
        });
        let others = builds.iter().filter_map(|other| {
            let id = other.compilation.id.as_ref()?;
            Some((id.as_str(), other.path.as_str()))
        });
        refuse_taken_id(&mut built, others);
        builds.push(built);
    }
    Ok((builds, seeding::findings(&location.root, &problems)))
}

/// The statements of a plan with its controls at their defaults, each behind a line that names its element.
pub(crate) fn statements(plan: &Plan, dialect: &dyn sql::Dialect) -> anyhow::Result<String> {
    let bindings = Bindings {
        settings: plan.settings.clone(),
        ..Bindings::default()
    };
    let input_table = |id: &str| scanned(&plan.id, id);
    let mut out = String::new();
    for data in plan.data.values() {
        let bound = Bound {
            controls: &plan.controls,
            bindings: &bindings,
        };
        let options = sql::Options {
            input_table: &input_table,
        };
        let statement = sql::render(&plan.nodes, data.rows.node, bound, dialect, options)?;
        let name = if data.name.is_empty() {
            &data.id
        } else {
            &data.name
        };
        out.extend(["-- element: ", name, "\n", &statement.text, ";\n\n"]);
    }
    Ok(out)
}

/// Runs a command's work on all cores.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

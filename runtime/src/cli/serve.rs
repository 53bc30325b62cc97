//! `bookwright serve [PATH]`

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::{Outcome, parts, place, terminal};
use crate::server::app::{App, Mode};
use crate::server::{asset, listen, router};
use crate::session::choice::OpenError;
use crate::session::workspace::{Rebuilt, Workspace};

/// Serve workbooks, compiled once
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Workbook file, project or folder [default: the working directory]
    path: Option<PathBuf>,
    /// The target
    #[arg(long)]
    target: Option<String>,
    /// Address and port
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:4600")]
    bind: String,
}

impl Serve {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let address = listen::address(Some(&self.bind), None)?;
        let location = place::find(self.path)?;
        parts::block_on(async move {
            let listener = listen::bind(address).await?;
            let Some((workspace, built)) = open(location, self.target).await? else {
                return Ok(Outcome::Found);
            };
            // A workbook in error is found before anyone visits it.
            if built.iter().any(|one| one.build.compilation.plan.is_none()) {
                return Ok(Outcome::Found);
            }
            drop(built);
            workspace.forget_builds();
            urls(&workspace, listener.local_addr()?)?;
            let app = App {
                workspace,
                mode: Mode::Serve,
                bundle: asset::bundle(),
                ui_dev: None,
            };
            listen::serve(listener, router::router(Arc::new(app))).await?;
            Ok(Outcome::Done)
        })
    }
}

/// Opens a project and shows what building it found; `None` when the project file itself has errors.
pub(crate) async fn open(
    location: crate::host::locate::Location,
    target: Option<String>,
) -> anyhow::Result<Option<(Arc<Workspace>, Vec<Rebuilt>)>> {
    match Workspace::open(location, target, parts::parts()).await {
        Ok((workspace, built)) => {
            for one in &built {
                show(one);
            }
            Ok(Some((workspace, built)))
        }
        Err(OpenError::Project(findings)) => {
            terminal::findings(&findings);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows the findings of a build.
pub(crate) fn show(rebuilt: &Rebuilt) {
    let compilation = &rebuilt.build.compilation;
    let mut diagnostics = compilation.diagnostics.clone();
    diagnostics.sort();
    terminal::findings(&crate::session::choice::Findings {
        diagnostics,
        sources: compilation.sources.clone(),
    });
}

/// Prints where the workbooks are: the last lines of a start.
pub(crate) fn urls(workspace: &Workspace, address: std::net::SocketAddr) -> anyhow::Result<()> {
    let slots = workspace.slots();
    terminal::result_line(&format!("http://{address}/"))?;
    if slots.len() > 1 {
        for slot in slots {
            terminal::result_line(&format!("http://{address}/w/{}", slot.id()))?;
        }
    }
    Ok(())
}

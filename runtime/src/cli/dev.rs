//! `bookwright dev [PATH]`

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::serve::{open, show, urls};
use super::{Outcome, parts, place, terminal};
use crate::server::app::{App, Mode};
use crate::server::{asset, listen, router};
use crate::session::workspace::Rebuilt;
use crate::watch;

/// Serve workbooks with hot reload
#[derive(Debug, Args)]
pub(crate) struct Dev {
    /// Workbook file, project or folder [default: the working directory]
    path: Option<PathBuf>,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Port [default: 4600]
    #[arg(long)]
    port: Option<u16>,
    /// Address
    #[arg(long, value_name = "ADDR")]
    bind: Option<String>,
    /// The target
    #[arg(long)]
    target: Option<String>,
    /// Take the front end from its own development server
    #[arg(long = "ui-dev", value_name = "URL", value_parser = origin)]
    front_end: Option<String>,
}

impl Dev {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let address = listen::address(self.bind.as_deref(), self.port)?;
        let location = place::find(self.path)?;
        parts::block_on(async move {
            let listener = listen::bind(address).await?;
            let Some((workspace, _)) = open(location, self.target).await? else {
                return Ok(Outcome::Found);
            };
            let bundle = asset::bundle();
            if bundle.is_none() && self.front_end.is_none() {
                terminal::notice(
                    "the interactive page is not part of this program: pages are drawn plainly. \
                     Install Node 20.19 or newer and build again.",
                );
            }
            let address = listener.local_addr()?;
            let app = App {
                workspace: Arc::clone(&workspace),
                mode: Mode::Dev,
                bundle,
                ui_dev: self.front_end,
            };
            let served = tokio::spawn(listen::serve(listener, router::router(Arc::new(app))));
            urls(&workspace, address)?;
            if self.open {
                open_browser(&format!("http://{address}/"));
            }
            tokio::select! {
                served = served => served??,
                watched = watch::watch(workspace, |rebuilt| rebuilt.iter().for_each(tell)) => watched?,
            }
            Ok(Outcome::Done)
        })
    }
}

/// One line per workbook and save, and what is wrong.
fn tell(rebuilt: &Rebuilt) {
    let verb = if rebuilt.build.compilation.plan.is_some() {
        "rebuilt"
    } else {
        "checked"
    };
    terminal::notice(&format!(
        "{verb} {} in {}",
        rebuilt.workbook, rebuilt.build.timing
    ));
    show(rebuilt);
}

/// An origin: scheme, host and port.
fn origin(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    match crate::session::markdown::origin(text) {
        Some(origin) if origin == text => Ok(origin),
        _ => Err("expected an address such as `http://localhost:5173`".to_owned()),
    }
}

/// Opens an address with the desktop's own command; without one, the line on the terminal has to do.
fn open_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let started = std::process::Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    if started.is_err() {
        terminal::notice("no browser could be opened");
    }
}

//! `bookwright completions SHELL`

use clap::Args;
use clap_complete::Shell;

use super::{Outcome, definition, terminal};

/// Print a completion script for a shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut definition(), "bookwright", &mut script);
        terminal::result(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Done)
    }
}

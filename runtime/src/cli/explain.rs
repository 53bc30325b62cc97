//! `bookwright explain CODE`

use anyhow::bail;
use bookwright_compiler::diag::{codes, nearest};
use clap::Args;

use super::{Outcome, terminal};

/// Explain a diagnostic code: what it means, what is wrong, what is right
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Name or number of the code, such as `unknown-column` or `4012`
    code: String,
}

impl Explain {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let Some(code) = codes::find(&self.code) else {
            match nearest(&self.code, codes::all().map(|code| code.name)) {
                Some(near) => bail!("there is no code `{}`; there is `{near}`", self.code),
                None => bail!("there is no code `{}`", self.code),
            }
        };
        terminal::result_line(&format!(
            "# {} ({})\n\n{}.\n\n{}",
            code.name,
            code.number,
            code.summary,
            code.page.trim_end()
        ))?;
        Ok(Outcome::Done)
    }
}

//! `bookwright explain CODE`, `bookwright explain FUNCTION`

use anyhow::bail;
use bookwright_compiler::diag::{codes, nearest};
use bookwright_compiler::formula::functions::{self, Found, page};
use clap::Args;

use super::{Outcome, terminal};

/// Explain a diagnostic code or a function of the formula language
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Name or number of a code, such as `unknown-column` or `4012`, or name of a function, such as `DateDiff` or `+`
    code: String,
}

impl Explain {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let Some(code) = codes::find(&self.code) else {
            if let Some(function) = functions::function(&self.code) {
                terminal::result_line(page::page(function).trim_end())?;
                return Ok(Outcome::Done);
            }
            if let Found::Instead { advice, .. } = functions::find(&self.code) {
                bail!("there is no function `{}`; use {advice}", self.code);
            }
            let names = codes::all().map(|code| code.name);
            match nearest(&self.code, names.chain(functions::all().map(|f| f.name))) {
                Some(near) => bail!("there is no `{}`; there is `{near}`", self.code),
                None => bail!("there is no code and no function `{}`", self.code),
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

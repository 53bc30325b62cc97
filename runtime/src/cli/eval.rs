//! `bookwright eval FORMULA`

use std::path::PathBuf;

use clap::Args;

use super::Outcome;

/// Evaluate a formula in the reference evaluator
#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// The formula
    #[arg(allow_hyphen_values = true)]
    formula: String,
    /// Rows that references such as `[MRR]` read: an array of objects, or `{"columns": …, "rows": …}`
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
}

impl Eval {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        anyhow::bail!("not wired in yet: {} {:?}", self.formula, self.rows)
    }
}

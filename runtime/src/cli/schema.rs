//! `bookwright schema [project|workbook|plan]`

use bookwright_compiler::schema;
use clap::{Args, ValueEnum};

use super::{Outcome, terminal};

/// Print a JSON Schema
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Of what
    #[arg(value_enum, default_value_t)]
    of: Of,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Of {
    /// The project file
    Project,
    /// A workbook file
    #[default]
    Workbook,
    /// A compiled plan
    Plan,
}

impl Schema {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let schema = match self.of {
            Of::Project => schema::project(),
            Of::Workbook => schema::workbook(),
            Of::Plan => schema::plan(),
        };
        terminal::result_line(&serde_json::to_string_pretty(&schema)?)?;
        Ok(Outcome::Done)
    }
}

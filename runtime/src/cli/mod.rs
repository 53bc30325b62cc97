//! The command line. One file per command; results go to stdout, everything else to stderr.
//!
//! Exit status: 0 done, 1 done and something was found (errors of a check, of a formula), 2 could not run.

mod check;
mod compile;
mod completions;
mod dev;
mod doctor;
mod eval;
mod explain;
mod new;
mod parts;
mod place;
mod query;
mod rows;
mod schema;
mod serve;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// How a command ended, when it could run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// Done.
    Done,
    /// Done, and what was looked for was found: errors, differences.
    Found,
}

/// Declarative apps on your data: YAML in, a live page out.
#[derive(Debug, Parser)]
#[command(
    name = "bookwright",
    version,
    propagate_version = true,
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
    Dev(dev::Dev),
    Serve(serve::Serve),
    Check(check::Check),
    Compile(compile::Compile),
    Query(query::Query),
    Eval(eval::Eval),
    Schema(schema::Schema),
    Explain(explain::Explain),
    Doctor(doctor::Doctor),
    Completions(completions::Completions),
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::New(command) => command.run(),
        Command::Dev(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Compile(command) => command.run(),
        Command::Query(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Completions(command) => command.run(),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(error) => {
            terminal::problem(&error);
            ExitCode::from(2)
        }
    }
}

/// The definition of the command line, for completions and help.
pub(crate) fn definition() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_definition_of_the_command_line_holds_together() {
        super::definition().debug_assert();
    }
}

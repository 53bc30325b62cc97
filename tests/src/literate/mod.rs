//! Literate cases: a Markdown file whose headings are cases.
//!
//! Below the title, blocks of a file belong to all its cases; each `##` heading starts one. A block ` ```yaml ` is the
//! workbook (`workbook:` may be left out), ` ```yaml project ` adds to the project file, ` ```csv NAME ` is a table and
//! the file `data/NAME.csv`. A line `query: ELEMENT`, with `--level NAME`, `--totals` and `--set Control=value` as on the
//! command line, asks; the ` ```result ` block behind it is the answer. `now: 2026-03-15 12:00` sets the clock;
//! `finds: code` says that the compiler warns.

mod ask;
mod file;
mod parse;
mod run;

pub use ask::ask;
pub use file::{File, files};
pub use parse::{Block, Case, Query, cases};
pub use run::{Outcome, run, with_workbook};

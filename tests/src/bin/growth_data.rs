//! `growth-data OUT_DIR [--users N] [--seed S]`: writes the growth-marketing data set as `OUT_DIR/growth/*.csv`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use bookwright_tests::growth::dataset::{self, Settings};
use bookwright_tests::growth::table::Folder;

const USAGE: &str = "usage: growth-data OUT_DIR [--users N] [--seed S]";

fn main() -> Result<()> {
    let (folder, settings) = arguments(std::env::args().skip(1))?;
    let folder = folder.join("growth");
    let mut destination =
        Folder::new(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let written =
        dataset::write(&mut destination, settings).context("cannot write the data set")?;
    writeln!(
        std::io::stderr(),
        "{}: {} customers, {} events, {} rows in all",
        folder.display(),
        written.customers,
        written.events,
        written.rows
    )?;
    Ok(())
}

fn arguments(mut arguments: impl Iterator<Item = String>) -> Result<(PathBuf, Settings)> {
    let mut folder = None;
    let mut settings = Settings::FULL;
    while let Some(argument) = arguments.next() {
        let mut number = || -> Result<u64> {
            let value = arguments
                .next()
                .with_context(|| format!("{argument} needs a number; {USAGE}"))?;
            value
                .parse()
                .with_context(|| format!("{argument} needs a number, found `{value}`"))
        };
        match argument.as_str() {
            "--users" => settings.customers = number()?,
            "--seed" => settings.seed = number()?,
            _ if argument.starts_with('-') || folder.is_some() => {
                bail!("unexpected `{argument}`; {USAGE}")
            }
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    if !(1..=1_000_000).contains(&settings.customers) {
        bail!("--users is from 1 to 1000000, found {}", settings.customers);
    }
    Ok((folder.context(USAGE)?, settings))
}

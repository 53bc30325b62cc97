//! Other tools on work of the same size, installed from npm and `PyPI` into a folder of the build. A tool that cannot be
//! had here is said to be left out.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use bookwright_tests::synthetic;

use super::Program;
use super::measure::{Samples, say};

/// Sizes in elements or models, and runs.
const SIZES: [(usize, usize); 2] = [(10, 5), (1_000, 3)];

/// All peers.
pub(crate) fn peers(_: &Program) -> anyhow::Result<()> {
    for (name, run) in [
        (
            "YAML and schema only (ajv)",
            schema_only as fn(&Path) -> anyhow::Result<()>,
        ),
        ("dbt parse", dbt),
    ] {
        let folder = home()?;
        if let Err(error) = run(&folder) {
            say(&format!("| {name}: left out, {error:#} | | | | | | | |"));
        }
    }
    Ok(())
}

/// Where peers are installed: it outlives a run.
fn home() -> anyhow::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("bench/peers")
        .join(name)
}

/// A validator in JavaScript that knows our schema and no names, types or formulas.
fn schema_only(home: &Path) -> anyhow::Result<()> {
    if !home.join("node_modules/ajv").is_dir() {
        let mut install = Command::new("npm");
        install.args(["install", "--silent", "--prefix"]).arg(home);
        quiet(install.args(["ajv@8", "ajv-formats@3", "yaml@2"]))?;
    }
    // Packages are looked for beside the script.
    let copy = home.join("schema-only.mjs");
    std::fs::copy(script("schema-only.mjs"), &copy)?;
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/workbook.schema.json");
    for (elements, runs) in SIZES {
        let folder = tempfile::tempdir()?;
        let workbook = folder.path().join(synthetic::FILE);
        #[expect(clippy::disallowed_methods, reason = "a tool, not the compiler")]
        std::fs::write(&workbook, synthetic::workbook(elements))?;
        Samples::of(runs, || {
            quiet(Command::new("node").args([&copy, &schema, &workbook]))
        })?
        .row("peer: YAML and schema only (ajv)", &elements.to_string());
    }
    Ok(())
}

/// `dbt parse` of as many models as there are elements.
fn dbt(home: &Path) -> anyhow::Result<()> {
    let tool = home.join("venv/bin/dbt");
    if !tool.is_file() {
        let venv = home.join("venv");
        quiet(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        // Later ones fetch a part from elsewhere.
        let mut install = Command::new(venv.join("bin/pip"));
        quiet(install.args(["install", "-q", "dbt-core==1.10.*", "dbt-duckdb==1.9.*"]))?;
    }
    for (models, runs) in SIZES {
        let folder = tempfile::tempdir()?;
        let path = folder.path();
        let mut make = Command::new("node");
        quiet(
            make.arg(script("dbt-project.mjs"))
                .arg(path)
                .arg(models.to_string()),
        )?;
        Samples::of(runs, || {
            let mut parse = Command::new(&tool);
            parse.args(["parse", "--no-partial-parse", "--project-dir"]);
            quiet(parse.arg(path).arg("--profiles-dir").arg(path))
        })?
        .row("peer: dbt parse", &models.to_string());
    }
    Ok(())
}

fn quiet(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("`{name}` is needed"))?;
    ensure!(
        output.status.success(),
        "`{name}` ended with {}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
            .lines()
            .last()
            .unwrap_or_default()
    );
    Ok(())
}

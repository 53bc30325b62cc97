//! Python environments of engines, kept between runs.

use std::path::PathBuf;
use std::process::Command;

use super::{folder, target};

/// The interpreter of an engine's environment, made when it is missing or when its requirements changed.
///
/// # Errors
/// Why there is none: no script, no Python, or no registry that answers.
#[expect(
    clippy::disallowed_methods,
    reason = "environments are made before anything runs"
)]
pub(super) fn python(engine: &str) -> Result<PathBuf, String> {
    let requirements = folder().join(format!("{engine}.txt"));
    let pinned = std::fs::read_to_string(&requirements)
        .map_err(|_| format!("there is no tests/engines/{engine}.txt"))?;
    let hash = blake3::hash(pinned.as_bytes()).to_hex();
    let short = hash.get(..12).unwrap_or_default();
    let home = target().join("engines").join(format!("{engine}-{short}"));
    let interpreter = home.join("bin/python");
    let done = home.join("complete");
    if done.exists() {
        return Ok(interpreter);
    }
    std::fs::create_dir_all(&home).map_err(|error| error.to_string())?;
    run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    let mut pip = Command::new(&interpreter);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
    ]);
    run(pip.arg(&requirements))?;
    std::fs::write(&done, pinned).map_err(|error| error.to_string())?;
    Ok(interpreter)
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    Err(last.unwrap_or("it failed without a word").to_owned())
}

//! Python environments of engines, kept between runs.

use std::path::{Path, PathBuf};
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
    if let Err(error) = run(pip.arg(&requirements)) {
        // Without a registry nothing can be installed; with one, the requirements are at fault.
        return Err(if reaches_registry(&interpreter, &home) {
            format!("{BROKEN}{error}")
        } else {
            error
        });
    }
    std::fs::write(&done, pinned).map_err(|error| error.to_string())?;
    Ok(interpreter)
}

/// How the reason of an engine begins that is absent though it could be there.
pub(super) const BROKEN: &str = "it cannot be installed: ";

fn reaches_registry(interpreter: &Path, home: &Path) -> bool {
    let mut download = Command::new(interpreter);
    download.args([
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--no-cache-dir",
    ]);
    run(download.arg("--dest").arg(home).arg("six==1.16.0")).is_ok()
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

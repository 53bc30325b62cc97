//! Runs the tests of the page: units of its pure parts, and the browser suite (`webtest/browser`) against the built
//! program.
//!
//! Without Node, Chromium or the page's bundle it says so and passes; `BOOKWRIGHT_E2E=require` makes that a failure,
//! `skip` passes at once. As root on Debian it installs Chromium when that is missing.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test harness reads its own switches and says what it skips"
)]

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

#[test]
fn the_pure_parts_of_the_page_are_right() {
    let Some(folder) = unless_missing(|folder| units(&folder).map(|()| folder)) else {
        return;
    };
    let status = Command::new("node")
        .args(["node_modules/vitest/vitest.mjs", "run"])
        .current_dir(&folder)
        .status()
        .expect("Node was found before");
    assert!(
        status.success(),
        "unit tests of the page failed; their report is above"
    );
}

#[test]
fn the_page_behaves_in_a_browser() {
    let Some((folder, chromium)) = unless_missing(|folder| Ok((folder.clone(), prepare(&folder)?)))
    else {
        return;
    };
    let status = Command::new("node")
        .args([
            "node_modules/@playwright/test/cli.js",
            "test",
            "--reporter=list",
        ])
        .current_dir(&folder)
        .env("BOOKWRIGHT_BIN", env!("CARGO_BIN_EXE_bookwright"))
        .env("BOOKWRIGHT_CHROMIUM", chromium)
        .status()
        .expect("Node was found before");
    assert!(
        status.success(),
        "the browser suite failed; its report is above"
    );
}

/// What a test needs, or `None` when it is to be skipped, which is said.
fn unless_missing<T>(needs: impl FnOnce(PathBuf) -> Result<T, String>) -> Option<T> {
    let mode = env::var("BOOKWRIGHT_E2E").unwrap_or_default();
    if mode == "skip" {
        eprintln!("SKIPPED: BOOKWRIGHT_E2E=skip");
        return None;
    }
    match needs(Path::new(env!("CARGO_MANIFEST_DIR")).join("webtest")) {
        Ok(found) => Some(found),
        Err(missing) => {
            assert_ne!(mode, "require", "{missing}");
            eprintln!("SKIPPED: {missing}");
            None
        }
    }
}

/// Everything the browser suite needs; says what is missing otherwise.
fn prepare(folder: &Path) -> Result<PathBuf, String> {
    if bookwright::assets::entry().is_none() {
        return Err("the program holds no bundle of the page".into());
    }
    install(folder)?;
    Ok(find_chromium()
        .or_else(install_chromium)
        .ok_or("Chromium was not found")?)
}

/// The test packages, and those of the page itself, whose sources the unit tests import.
fn units(folder: &Path) -> Result<(), String> {
    install(folder)?;
    install(&folder.with_file_name("web"))
}

/// Node, and the packages of a folder. Both tests may come here at once, so one waits for the other.
fn install(folder: &Path) -> Result<(), String> {
    static ONCE: Mutex<()> = Mutex::new(());
    let _one = ONCE
        .lock()
        .map_err(|_| "another test failed while it installed packages")?;
    if !succeeds("node", &["--version"]) {
        return Err("Node was not found".into());
    }
    // npm writes this file last.
    if folder.join("node_modules/.package-lock.json").exists() {
        return Ok(());
    }
    let installed = Command::new("npm")
        .arg("ci")
        .current_dir(folder)
        .stdout(Stdio::null())
        .status();
    if installed.is_ok_and(|status| status.success()) {
        Ok(())
    } else {
        Err(format!("`npm ci` failed in {}", folder.display()))
    }
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

fn find_chromium() -> Option<PathBuf> {
    if let Some(named) = env::var_os("BOOKWRIGHT_CHROMIUM") {
        return Some(PathBuf::from(named)).filter(|path| path.exists());
    }
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .flat_map(|folder| {
            ["chromium", "chromium-browser", "google-chrome"].map(|name| folder.join(name))
        })
        .find(|path| path.is_file())
}

/// Debian's own package, when that is possible without asking anybody.
fn install_chromium() -> Option<PathBuf> {
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if !is_root || !Path::new("/etc/debian_version").exists() {
        return None;
    }
    let install = ["install", "-y", "--no-install-recommends", "chromium"];
    if succeeds("apt-get", &install)
        || (succeeds("apt-get", &["update"]) && succeeds("apt-get", &install))
    {
        return find_chromium();
    }
    None
}

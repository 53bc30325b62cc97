//! Whole processes: cold checks, servers, and a browser before one.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use bookwright_tests::synthetic;

use super::Program;
use super::measure::{Samples, now, say};

/// `check` of a project it has seen before, from start to exit.
pub(crate) fn cold_check(program: &Program) -> anyhow::Result<()> {
    for (elements, runs) in [(10, 40), (1_000, 20), (10_000, 7)] {
        let folder = tempfile::tempdir()?;
        synthetic::write(folder.path(), elements, 1_000)?;
        check(program, folder.path())?;
        Samples::of(runs, || check(program, folder.path()))?
            .row("cold check", &elements.to_string());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/hello");
    check(program, &folder)?;
    Samples::of(40, || check(program, &folder))?.row("cold check", "hello");
    Samples::of(40, || {
        Command::new(&program.path)
            .arg("--version")
            .stdout(Stdio::null())
            .status()?;
        Ok(())
    })?
    .row("`--version`", "");
    Ok(())
}

fn check(program: &Program, folder: &Path) -> anyhow::Result<()> {
    let status = Command::new(&program.path)
        .arg("check")
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    ensure!(status.success(), "check ended with {status}");
    Ok(())
}

/// From the start of `serve` to the last byte of its first page.
pub(crate) fn start(program: &Program) -> anyhow::Result<()> {
    for elements in [10, 1_000] {
        let folder = tempfile::tempdir()?;
        synthetic::write(folder.path(), elements, 1_000)?;
        drop(Server::start(program, folder.path())?);
        let mut samples = Samples::default();
        for _ in 0..15 {
            let begin = now();
            let server = Server::start(program, folder.path())?;
            server.page("/w/synthetic/page-0")?;
            samples.push(begin.elapsed());
        }
        samples.row("server start to first page", &elements.to_string());
    }
    Ok(())
}

/// Resident memory of `serve` after its first page and two quiet seconds.
pub(crate) fn memory(program: &Program) -> anyhow::Result<()> {
    for elements in [10, 1_000, 10_000] {
        let folder = tempfile::tempdir()?;
        synthetic::write(folder.path(), elements, 1_000)?;
        let server = Server::start(program, folder.path())?;
        server.page("/w/synthetic/page-0")?;
        std::thread::sleep(Duration::from_secs(2));
        #[expect(clippy::disallowed_methods, reason = "a tool, not the compiler")]
        let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id()))?;
        let field = |name: &str| {
            let kib = status
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
            kib.map_or_else(String::new, |kib| format!("{:.1}", kib / 1024.0))
        };
        say(&format!(
            "| idle memory (of it not from files: {}) | {elements} | | {} | | | MiB | 1 |",
            field("RssAnon:"),
            field("VmRSS:")
        ));
    }
    Ok(())
}

/// Save to painted frame in a browser; the script drives it and prints the rows.
pub(crate) fn painted(program: &Program) -> anyhow::Result<()> {
    for elements in [100, 1_000] {
        let folder = tempfile::tempdir()?;
        synthetic::write(folder.path(), elements, 1_000)?;
        let script =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/webtest/bench/painted.mjs");
        let status = Command::new("node")
            .arg(script)
            .arg(&program.path)
            .arg(folder.path())
            .arg(elements.to_string())
            .status()
            .context("node is needed")?;
        ensure!(status.success(), "the browser's bench ended with {status}");
    }
    Ok(())
}

/// A running `serve`, stopped when dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts one and waits for its address on stdout.
    fn start(program: &Program, folder: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(&program.path)
            .arg("serve")
            .arg(folder)
            .args(["--bind", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line
            .trim()
            .strip_prefix("http://")
            .map(|rest| rest.trim_end_matches('/').to_owned());
        let address = address.context("the server printed no address")?;
        Ok(Self { child, address })
    }

    /// Fetches a page.
    fn page(&self, path: &str) -> anyhow::Result<()> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )?;
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply)?;
        ensure!(
            reply.starts_with(b"HTTP/1.1 200"),
            "{path} was not answered with a page"
        );
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended on its own.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

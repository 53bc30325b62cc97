//! The program as a server: what `dev` and `serve` answer over a socket, beside what `query` prints.

#![expect(clippy::disallowed_methods, reason = "tests make files")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const WORKBOOK: &str = "
workbook: Files
queries:
  Amounts: { csv: lists/amounts.csv, columns: [amount] }
pages:
  Main:
    body:
      - kpi: Total
        from: Amounts
        value: Sum([amount])
";

/// A project whose only data is a file that a query reads; no seed is listed.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("lists")).unwrap();
    std::fs::write(folder.path().join("lists/amounts.csv"), "amount\n1\n2\n").unwrap();
    std::fs::write(folder.path().join("files.yaml"), WORKBOOK).unwrap();
    folder
}

fn program(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bookwright"));
    command.args(arguments).current_dir(folder).env_clear();
    command
}

/// A server that ends with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts a mode and waits for the line with its address.
    fn start(mode: &str, folder: &Path) -> Self {
        let mut child = program(&[mode, ".", "--bind", "127.0.0.1:0"], folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("http://")));
        let line = line.unwrap().unwrap();
        let (_, rest) = line.split_once("http://").unwrap();
        let address = rest.split('/').next().unwrap().to_owned();
        Self { child, address }
    }

    /// The whole answer to a query of one element.
    fn ask(&self, element: &str) -> String {
        let body = format!(r#"{{"workbook":"files","seq":1,"want":[{{"el":"{element}"}}]}}"#);
        let mut socket = TcpStream::connect(&self.address).unwrap();
        write!(
            socket,
            "POST /api/v1/query HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn query_reads_the_file_that_a_query_names() {
    let folder = project();
    let output = program(&["query", ".", "Total", "--format", "csv"], folder.path())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "Total\n3\n",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn serve_reads_the_file_that_a_query_names() {
    let folder = project();
    let answer = Server::start("serve", folder.path()).ask("total");
    assert!(answer.contains(r#""values":[[3]]"#), "{answer}");
}

#[test]
fn dev_reads_the_file_that_a_query_names() {
    let folder = project();
    let answer = Server::start("dev", folder.path()).ask("total");
    assert!(answer.contains(r#""values":[[3]]"#), "{answer}");
}

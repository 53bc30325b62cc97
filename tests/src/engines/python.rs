//! An engine behind a child process that speaks lines of JSON.
//!
//! The first line of the child is `{"ready": true}` or `{"skip": "reason"}`. Then each request is a line, and each
//! reply one: `{"id", "load": table}` or `{"id", "sql", "params"}`; `{"id", "rows"}` or `{"id", "error", "kind"}`.
//! Values are tagged with their type, `{"t": "integer", "v": 1}`, as the compiler writes them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child as Process, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use bookwright_compiler::value::{Type, Value};
use serde_json::{Value as Json, json};

use super::table::Table;
use super::{Failure, Session, folder, install, target, values};

/// Longest time for one reply; engines that start a server need the most.
const PATIENCE: Duration = Duration::from_mins(2);

/// The child.
pub(super) struct Child {
    process: Process,
    requests: ChildStdin,
    replies: Receiver<String>,
    id: u64,
}

impl Child {
    /// Starts the script of an engine.
    pub(super) fn start(engine: &str) -> Result<Self, String> {
        let script = folder().join(format!("{engine}.py"));
        if !script.exists() {
            return Err(format!("there is no tests/engines/{engine}.py"));
        }
        let interpreter = install::python(engine)?;
        let mut process = Command::new(interpreter)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log(engine)?)
            .spawn()
            .map_err(|error| error.to_string())?;
        let (Some(requests), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err("the child has no pipes".to_owned());
        };
        let (sender, replies) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut child = Self {
            process,
            requests,
            replies,
            id: 0,
        };
        let first = child.reply()?;
        match first.get("skip").and_then(Json::as_str) {
            Some(reason) => Err(reason.to_owned()),
            None => Ok(child),
        }
    }

    fn reply(&mut self) -> Result<Json, String> {
        let line = self
            .replies
            .recv_timeout(PATIENCE)
            .map_err(|_| "the engine does not answer".to_owned())?;
        serde_json::from_str(&line).map_err(|error| format!("{error} in {line}"))
    }

    fn ask(&mut self, mut request: Json) -> Result<Json, String> {
        self.id += 1;
        if let Some(fields) = request.as_object_mut() {
            fields.insert("id".to_owned(), json!(self.id));
        }
        writeln!(self.requests, "{request}").map_err(|error| error.to_string())?;
        loop {
            let reply = self.reply()?;
            // A reply that came too late for its request is nobody's.
            if reply.get("id") == Some(&json!(self.id)) {
                return Ok(reply);
            }
        }
    }
}

/// Where an engine talks to itself: `target/engines/ENGINE.log`.
#[expect(
    clippy::disallowed_methods,
    reason = "the log is made before anything runs"
)]
fn log(engine: &str) -> Result<Stdio, String> {
    let path = target().join("engines").join(format!("{engine}.log"));
    let file = std::fs::File::create(path).map_err(|error| error.to_string())?;
    Ok(Stdio::from(file))
}

impl Drop for Child {
    fn drop(&mut self) {
        // A script ends its server when its input ends; one that hangs is stopped.
        let _ = writeln!(self.requests, "{}", json!({ "end": true }));
        let _ = self.replies.recv_timeout(Duration::from_secs(5));
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn failure(reply: &Json) -> Option<Failure> {
    let message = reply.get("error")?.as_str().unwrap_or_default().to_owned();
    let kind = reply.get("kind").and_then(Json::as_str);
    Some(match kind {
        Some("overflow") => Failure::Overflow(message),
        _ => Failure::Error(message),
    })
}

impl Session for Child {
    fn load(&mut self, table: &Table) -> Result<(), String> {
        let reply = self.ask(json!({ "load": table.to_json() }))?;
        match failure(&reply) {
            Some(Failure::Error(message) | Failure::Overflow(message)) => Err(message),
            None => Ok(()),
        }
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[Value],
        types: &[Type],
    ) -> Result<Vec<Vec<Value>>, Failure> {
        let reply = self
            .ask(json!({ "sql": sql, "params": params }))
            .map_err(Failure::Error)?;
        if let Some(failure) = failure(&reply) {
            return Err(failure);
        }
        let rows = reply.get("rows").cloned().unwrap_or_default();
        let rows: Vec<Vec<Value>> =
            serde_json::from_value(rows).map_err(|error| Failure::Error(error.to_string()))?;
        Ok(rows
            .into_iter()
            .map(|row| values::read(row, types))
            .collect())
    }
}

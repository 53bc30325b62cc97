//! The one writing connection, on a thread of its own. Writes that wait together share one commit, and so one flush.

use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use bookwright_compiler::value::Type;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::cell::{Cell, read};
use super::failure::plain;
use crate::adapter::{AdapterError, ErrorKind, Expect, Statement, Written};

/// Writes that share one commit at most.
const GROUP: usize = 256;

type Outcome = Result<Vec<Written>, AdapterError>;

enum Task {
    /// Statements that may share a commit with their neighbours.
    Write(Vec<Statement>, oneshot::Sender<Outcome>),
    /// Anything else, outside a transaction.
    Alone(Box<dyn FnOnce(&mut Connection) + Send>),
}

/// The writing side of a database.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Sender<Task>,
}

impl Writer {
    /// Starts the thread; it ends when this is dropped.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub(super) fn start(connection: Connection) -> Result<Self, AdapterError> {
        let (queue, tasks) = channel();
        std::thread::Builder::new()
            .name("sqlite-write".to_owned())
            .spawn(move || serve(connection, &tasks))
            .map_err(|error| AdapterError::new(ErrorKind::Unavailable, error.to_string()))?;
        Ok(Self { queue })
    }

    /// Runs statements as one durable transaction.
    ///
    /// # Errors
    /// When one fails or does not do what it must; nothing is changed then.
    pub(super) async fn write(&self, statements: Vec<Statement>) -> Outcome {
        let (reply, outcome) = oneshot::channel();
        self.queue
            .send(Task::Write(statements, reply))
            .map_err(|_| AdapterError::closed())?;
        outcome.await.map_err(|_| AdapterError::closed())?
    }

    /// Runs `job` on the connection, by itself.
    ///
    /// # Errors
    /// When the thread is gone, or the job panicked.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Result<T, AdapterError> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(move |connection: &mut Connection| drop(reply.send(job(connection))));
        self.queue
            .send(Task::Alone(job))
            .map_err(|_| AdapterError::closed())?;
        answer.await.map_err(|_| AdapterError::closed())
    }
}

fn serve(mut connection: Connection, tasks: &Receiver<Task>) {
    let mut next = None;
    while let Some(task) = next.take().or_else(|| tasks.recv().ok()) {
        // A panic loses the replies of these tasks, which their callers see as errors, and must not lose the thread.
        let ran = std::panic::catch_unwind(AssertUnwindSafe(|| match task {
            Task::Alone(job) => {
                job(&mut connection);
                None
            }
            Task::Write(statements, reply) => commit_group(&connection, &statements, reply, tasks),
        }));
        next = ran.unwrap_or_default();
        if !connection.is_autocommit() {
            drop(connection.execute_batch("ROLLBACK"));
        }
    }
}

/// Runs this write and those that wait behind it in one transaction; gives back the task that ended the group.
fn commit_group(
    connection: &Connection,
    statements: &[Statement],
    reply: oneshot::Sender<Outcome>,
    tasks: &Receiver<Task>,
) -> Option<Task> {
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        drop(reply.send(Err(plain(&error))));
        return None;
    }
    let mut done = vec![(savepoint(connection, statements), reply)];
    let mut next = None;
    while done.len() < GROUP {
        match tasks.try_recv() {
            Ok(Task::Write(statements, reply)) => {
                done.push((savepoint(connection, &statements), reply));
            }
            Ok(other @ Task::Alone(_)) => {
                next = Some(other);
                break;
            }
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
        }
    }
    let failure = connection.execute_batch("COMMIT").err().map(|error| {
        if !connection.is_autocommit() {
            drop(connection.execute_batch("ROLLBACK"));
        }
        plain(&error)
    });
    for (outcome, reply) in done {
        let outcome = failure.clone().map_or(outcome, Err);
        drop(reply.send(outcome));
    }
    next
}

/// One write of a group: it may fail without harm to the others.
fn savepoint(connection: &Connection, statements: &[Statement]) -> Outcome {
    connection
        .execute_batch("SAVEPOINT one")
        .map_err(|error| plain(&error))?;
    let outcome = run(connection, statements);
    let end = if outcome.is_ok() {
        "RELEASE one"
    } else {
        "ROLLBACK TO one; RELEASE one"
    };
    connection
        .execute_batch(end)
        .map_err(|error| plain(&error))?;
    outcome
}

/// Runs statements in order on a connection that is in a transaction.
///
/// # Errors
/// When one fails or does not do what it must.
pub(super) fn run(connection: &Connection, statements: &[Statement]) -> Outcome {
    let mut written = Vec::with_capacity(statements.len());
    for (index, statement) in statements.iter().enumerate() {
        let result = one(connection, statement).map_err(|error| plain(&error))?;
        if statement.expect == Expect::Change && result.changed == 0 && result.returned.is_empty() {
            return Err(AdapterError::new(
                ErrorKind::Unmet(index),
                "a statement changed no row although it must",
            ));
        }
        written.push(result);
    }
    Ok(written)
}

fn one(connection: &Connection, statement: &Statement) -> rusqlite::Result<Written> {
    let mut prepared = connection.prepare_cached(&statement.text)?;
    let width = prepared.column_count();
    let params = rusqlite::params_from_iter(statement.params.iter().map(Cell));
    if width == 0 {
        let changed = prepared.execute(params)?;
        return Ok(Written {
            changed: changed as u64,
            returned: Vec::new(),
        });
    }
    let mut rows = prepared.query(params)?;
    let mut returned = Vec::new();
    while let Some(row) = rows.next()? {
        let cells = (0..width).map(|index| {
            let ty = statement.types.get(index).copied().unwrap_or(Type::Unknown);
            row.get_ref(index).map(|cell| read(cell, ty))
        });
        returned.push(cells.collect::<rusqlite::Result<_>>()?);
    }
    let returned: Vec<Vec<_>> = returned;
    Ok(Written {
        changed: returned.len() as u64,
        returned,
    })
}

//! Read-only connections, each on a thread of its own, fed from one queue.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bookwright_compiler::value::Type;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::cell::{Cell, read};
use super::{failure, sum};
use crate::adapter::statement::{CancelOnDrop, Deadline};
use crate::adapter::{AdapterError, Batch, ErrorKind, Limits, Rows, Statement};

/// Rows of one batch. The first message of most queries is also their last.
const BATCH: usize = 4096;

/// Instructions of `SQLite`'s machine between two looks at the clock.
const STEPS_PER_LOOK: i32 = 20_000;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The reading side of a database.
#[derive(Debug)]
pub(super) struct Readers {
    queue: Sender<Job>,
}

impl Readers {
    /// Starts one thread per connection; they end when this is dropped.
    ///
    /// # Errors
    /// When a thread cannot be started.
    pub(super) fn start(connections: Vec<Connection>) -> Result<Self, AdapterError> {
        let (queue, jobs) = channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        for (number, connection) in connections.into_iter().enumerate() {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new()
                .name(format!("sqlite-read-{number}"))
                .spawn(move || serve(connection, &jobs))
                .map_err(|error| AdapterError::new(ErrorKind::Unavailable, error.to_string()))?;
        }
        Ok(Self { queue })
    }

    /// Runs `job` on a free connection.
    ///
    /// # Errors
    /// When the threads are gone, or the job panicked.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Result<T, AdapterError> {
        let (reply, answer) = oneshot::channel();
        self.queue
            .send(Box::new(move |connection| {
                drop(reply.send(job(connection)));
            }))
            .map_err(|_| AdapterError::closed())?;
        answer.await.map_err(|_| AdapterError::closed())
    }

    /// As [`run`](Self::run), but `SQLite` stops when `time` is over.
    ///
    /// # Errors
    /// When the threads are gone, or the job panicked.
    pub(super) async fn timed<T: Send + 'static>(
        &self,
        time: Duration,
        job: impl FnOnce(&Connection) -> T + Send + 'static,
    ) -> Result<T, AdapterError> {
        let deadline = Deadline::after(time);
        let result = self.run(move |connection| {
            connection.progress_handler(STEPS_PER_LOOK, Some(move || deadline.is_over()))?;
            let result = job(connection);
            connection.progress_handler(0, None::<fn() -> bool>)?;
            Ok(result)
        });
        result
            .await?
            .map_err(|error: rusqlite::Error| failure::plain(&error))
    }

    /// Starts a query and waits for its first batch, so that most failures come back here.
    ///
    /// # Errors
    /// When `SQLite` refuses the statement, or the time is over before a connection is free.
    pub(super) async fn query(
        &self,
        statement: Statement,
        limits: Limits,
    ) -> Result<Rows, AdapterError> {
        let (names, header) = oneshot::channel();
        let (batches, received) = mpsc::channel(2);
        let cancel = Arc::new(AtomicBool::new(false));
        let guard = CancelOnDrop(Arc::clone(&cancel));
        let brake = Brake {
            cancel,
            deadline: Deadline::after(limits.time),
        };
        self.queue
            .send(Box::new(move |connection| {
                query(connection, &statement, limits.rows, &brake, names, &batches);
            }))
            .map_err(|_| AdapterError::closed())?;
        let names = header.await.map_err(|_| AdapterError::closed())??;
        Ok(Rows::new(names, received, guard))
    }
}

fn serve(mut connection: Connection, jobs: &Mutex<Receiver<Job>>) {
    loop {
        // The lock is held while waiting: exactly one idle thread listens, the others queue behind it.
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // A panic loses this job's reply, which its caller sees as an error, and must not lose the thread.
        drop(std::panic::catch_unwind(AssertUnwindSafe(|| {
            job(&mut connection);
        })));
    }
}

#[derive(Clone)]
struct Brake {
    cancel: Arc<AtomicBool>,
    deadline: Deadline,
}

impl Brake {
    fn pulled(&self) -> Option<ErrorKind> {
        if self.cancel.load(Ordering::Relaxed) {
            Some(ErrorKind::Cancelled)
        } else {
            self.deadline.is_over().then_some(ErrorKind::Timeout)
        }
    }
}

fn query(
    connection: &mut Connection,
    statement: &Statement,
    limit: u64,
    brake: &Brake,
    names: oneshot::Sender<Result<Vec<String>, AdapterError>>,
    batches: &mpsc::Sender<Result<Batch, AdapterError>>,
) {
    let handler = brake.clone();
    if let Err(error) =
        connection.progress_handler(STEPS_PER_LOOK, Some(move || handler.pulled().is_some()))
    {
        drop(names.send(Err(failure::plain(&error))));
        return;
    }
    let mut out = Out {
        names: Some(names),
        batches,
        delivered: 0,
    };
    if let Err(error) = twice(connection, statement, limit, brake, &mut out) {
        let interrupted = brake.pulled().unwrap_or(ErrorKind::Cancelled);
        out.fail(failure::from_sqlite(&error, interrupted));
    }
    drop(connection.progress_handler(0, None::<fn() -> bool>));
}

/// Runs a statement, and once more when whole numbers overflowed: then behind the rows that were delivered already, in
/// the same snapshot, so that both runs give the same rows.
fn twice(
    connection: &Connection,
    statement: &Statement,
    limit: u64,
    brake: &Brake,
    out: &mut Out<'_>,
) -> rusqlite::Result<()> {
    let _snapshot = connection.unchecked_transaction()?;
    match step(connection, statement, limit, brake, out) {
        Err(error) if sum::overflowed(&error) => {
            sum::replace(connection)?;
            step(connection, statement, limit, brake, out)
        }
        result => result,
    }
}

/// Where batches go; the header is sent together with the first batch's fate.
struct Out<'a> {
    names: Option<oneshot::Sender<Result<Vec<String>, AdapterError>>>,
    batches: &'a mpsc::Sender<Result<Batch, AdapterError>>,
    /// Rows that were sent.
    delivered: u64,
}

impl Out<'_> {
    /// Sends a batch; whether anybody is there to take it.
    fn send(&mut self, header: &[String], batch: Batch) -> bool {
        if let Some(names) = self.names.take() {
            drop(names.send(Ok(header.to_vec())));
        }
        self.delivered += batch.rows as u64;
        self.batches.blocking_send(Ok(batch)).is_ok()
    }

    fn fail(&mut self, error: AdapterError) {
        match self.names.take() {
            Some(names) => drop(names.send(Err(error))),
            None => drop(self.batches.blocking_send(Err(error))),
        }
    }
}

/// Fetches row by row, without the rows that were delivered before.
fn step(
    connection: &Connection,
    statement: &Statement,
    limit: u64,
    brake: &Brake,
    out: &mut Out<'_>,
) -> rusqlite::Result<()> {
    let mut prepared = connection.prepare_cached(&statement.text)?;
    if !prepared.readonly() {
        let words = "only statements that read are allowed here".to_owned();
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY),
            Some(words),
        ));
    }
    let header: Vec<String> = prepared.column_names().map(str::to_owned).collect();
    let types: Vec<Type> = (0..header.len())
        .map(|i| statement.types.get(i).copied().unwrap_or(Type::Unknown))
        .collect();
    let mut rows = prepared.query(rusqlite::params_from_iter(
        statement.params.iter().map(Cell),
    ))?;
    let mut batch = Batch::empty(types.len());
    let delivered = out.delivered;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        if seen == limit {
            batch.truncated = true;
            break;
        }
        seen += 1;
        if seen <= delivered {
            continue;
        }
        for (index, (column, ty)) in batch.columns.iter_mut().zip(&types).enumerate() {
            column.push(read(row.get_ref(index)?, *ty));
        }
        batch.rows += 1;
        if batch.rows == BATCH
            && (brake.pulled().is_some()
                || !out.send(
                    &header,
                    std::mem::replace(&mut batch, Batch::empty(types.len())),
                ))
        {
            return Err(interrupted());
        }
    }
    out.send(&header, batch);
    Ok(())
}

fn interrupted() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_INTERRUPT),
        None,
    )
}

//! Patience with an engine that fails for the moment.

use std::time::Duration;

use bookwright_compiler::host::{CatalogColumn, CatalogTable, SqlRefusal};
use tokio::time::Instant;

use super::{
    Adapter, AdapterError, Capabilities, Dialect, ErrorKind, Limits, Load, Reply, Rows, Statement,
    Written,
};

/// Times one thing is asked for.
const TRIES: u32 = 4;

/// Wait before the second try; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(25);

/// An engine whose passing failures ([`ErrorKind::Transient`]) are tried again, a few times and not beyond the time of
/// a query. Nothing was done when such a failure comes, so writes are tried again as well. Rows that are on their way
/// already are not: they were shown.
#[derive(Debug)]
pub struct Retrying<A> {
    engine: A,
}

impl<A: Adapter> Retrying<A> {
    /// Over an engine.
    pub fn new(engine: A) -> Self {
        Self { engine }
    }

    #[cfg(test)]
    pub(super) fn engine(&self) -> &A {
        &self.engine
    }
}

/// Tries until it succeeds, fails for good, or `time` is over.
async fn tried<'a, T>(
    time: Duration,
    mut run: impl FnMut(Duration) -> Reply<'a, T>,
) -> Result<T, AdapterError> {
    let begun = Instant::now();
    let mut wait = FIRST_WAIT;
    for _ in 1..TRIES {
        match run(time.saturating_sub(begun.elapsed())).await {
            Err(error)
                if error.kind == ErrorKind::Transient
                    && begun.elapsed().saturating_add(wait) < time =>
            {
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
            result => return result,
        }
    }
    run(time.saturating_sub(begun.elapsed())).await
}

impl<A: Adapter> Adapter for Retrying<A> {
    fn dialect(&self) -> Dialect {
        self.engine.dialect()
    }

    fn capabilities(&self) -> &Capabilities {
        self.engine.capabilities()
    }

    fn write_schema(&self) -> Option<&str> {
        self.engine.write_schema()
    }

    fn query(&self, statement: Statement, limits: Limits) -> Reply<'_, Rows> {
        Box::pin(tried(limits.time, move |time| {
            let limits = Limits { time, ..limits };
            self.engine.query(statement.clone(), limits)
        }))
    }

    fn write(&self, statements: Vec<Statement>) -> Reply<'_, Vec<Written>> {
        Box::pin(tried(Duration::MAX, move |_| {
            self.engine.write(statements.clone())
        }))
    }

    fn catalog(&self) -> Reply<'_, Vec<CatalogTable>> {
        Box::pin(tried(Duration::MAX, |_| self.engine.catalog()))
    }

    fn describe(&self, sql: String) -> Reply<'_, Result<Vec<CatalogColumn>, SqlRefusal>> {
        Box::pin(tried(Duration::MAX, move |_| {
            self.engine.describe(sql.clone())
        }))
    }

    fn create_table(&self, table: CatalogTable) -> Reply<'_, ()> {
        Box::pin(tried(Duration::MAX, move |_| {
            self.engine.create_table(table.clone())
        }))
    }

    /// Not tried again: the rows can be read once.
    fn insert(&self, load: Load) -> Reply<'_, u64> {
        self.engine.insert(load)
    }
}

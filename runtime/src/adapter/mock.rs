//! A warehouse that runs on a laptop: `SQLite` behind a warehouse's face.
//!
//! Write-back tables live in a schema of their own (an attached database), abilities are those of the chosen
//! warehouse as far as `SQLite` has them. Answers may be slow, few at a time, stopped after a while, or fail for the
//! moment, as those of a cloud do; which ones fail depends on nothing but their number.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bookwright_compiler::host::{CatalogColumn, CatalogTable, SqlRefusal};
use bookwright_compiler::plan::{Feature, Settings};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::capability::NO_WRITE_ACCESS;
use super::sqlite::{Config, Sqlite};
use super::{
    Adapter, AdapterError, Capabilities, Dialect, ErrorKind, Limits, Load, Reply, Rows, Statement,
    Written,
};

/// Name of the write-back schema unless said.
pub const WRITE_SCHEMA: &str = "sigds";

/// What a statement is told that did not get its turn, or not enough of it.
const OUT_OF_TIME: &str = "the query took too long and was stopped";

/// How the mock behaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Behaviour {
    /// Whose face it wears.
    pub face: Dialect,
    /// Added to every statement.
    pub latency: Duration,
    /// Statements that run at once, others wait; no limit when 0.
    pub max_statements: usize,
    /// After which a query is stopped, its latency included; no limit when zero.
    pub statement_limit: Duration,
    /// Each statement whose number this divides fails for the moment; none when 0.
    pub fail_every: u64,
    /// Whether write-back is granted.
    pub write_access: bool,
    /// Name of the write-back schema.
    pub write_schema: String,
}

impl Default for Behaviour {
    /// Snowflake's face, at once and always.
    fn default() -> Self {
        Self {
            face: Dialect::Snowflake,
            latency: Duration::ZERO,
            max_statements: 0,
            statement_limit: Duration::ZERO,
            fail_every: 0,
            write_access: true,
            write_schema: WRITE_SCHEMA.to_owned(),
        }
    }
}

/// The mock warehouse.
#[derive(Debug)]
pub struct MockWarehouse {
    engine: Sqlite,
    capabilities: Capabilities,
    latency: Duration,
    statement_limit: Duration,
    places: Option<Arc<Semaphore>>,
    fail_every: u64,
    /// Statements that were let in.
    statements: AtomicU64,
}

impl MockWarehouse {
    /// Opens or makes the warehouse's file, and beside it the one of its write-back schema (`x.db`, `x.sigds.db`).
    ///
    /// # Errors
    /// When a file cannot be opened, or is no `SQLite` database.
    pub fn open(
        database: &Path,
        behaviour: Behaviour,
        settings: &Settings,
    ) -> Result<Self, AdapterError> {
        let mut config = Config::new(database);
        config.write_schema = Some((behaviour.write_schema, database.with_extension("sigds.db")));
        let mut capabilities = Capabilities::mock(behaviour.face);
        if !behaviour.write_access {
            capabilities = capabilities.lacking(Feature::InputTables, NO_WRITE_ACCESS);
        }
        let places = behaviour.max_statements.min(Semaphore::MAX_PERMITS);
        Ok(Self {
            engine: Sqlite::open(&config, settings)?,
            capabilities,
            latency: behaviour.latency,
            statement_limit: behaviour.statement_limit,
            places: (places > 0).then(|| Arc::new(Semaphore::new(places))),
            fail_every: behaviour.fail_every,
            statements: AtomicU64::new(0),
        })
    }

    /// Waits for a place among the running statements.
    async fn place(&self) -> Result<Option<OwnedSemaphorePermit>, AdapterError> {
        match &self.places {
            Some(places) => {
                let place = Arc::clone(places).acquire_owned().await;
                place.map(Some).map_err(|_| AdapterError::closed())
            }
            None => Ok(None),
        }
    }

    /// Lets a statement in: it takes its time, and some fail.
    async fn enter(&self) -> Result<(), AdapterError> {
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let number = self.statements.fetch_add(1, Ordering::Relaxed) + 1;
        if self.fail_every > 0 && number.is_multiple_of(self.fail_every) {
            return Err(AdapterError::new(
                ErrorKind::Transient,
                format!("503: statement {number} was not taken, try again"),
            ));
        }
        Ok(())
    }

    /// The time of a query that may take as long as `asked`.
    fn time(&self, asked: Duration) -> Duration {
        if self.statement_limit.is_zero() {
            asked
        } else {
            asked.min(self.statement_limit)
        }
    }
}

impl Adapter for MockWarehouse {
    fn dialect(&self) -> Dialect {
        self.engine.dialect()
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn write_schema(&self) -> Option<&str> {
        self.engine.write_schema()
    }

    fn query(&self, statement: Statement, limits: Limits) -> Reply<'_, Rows> {
        Box::pin(async move {
            let begun = tokio::time::Instant::now();
            let out_of_time = |_| AdapterError::new(ErrorKind::Timeout, OUT_OF_TIME);
            let place = tokio::time::timeout(limits.time, self.place())
                .await
                .map_err(out_of_time)??;
            // Waiting for a place is the caller's time, not the statement's.
            let time = self.time(limits.time.saturating_sub(begun.elapsed()));
            let begun = tokio::time::Instant::now();
            tokio::time::timeout(time, self.enter())
                .await
                .map_err(out_of_time)??;
            let limits = Limits {
                time: time.saturating_sub(begun.elapsed()),
                ..limits
            };
            Ok(self.engine.query(statement, limits).await?.holding(place))
        })
    }

    fn write(&self, statements: Vec<Statement>) -> Reply<'_, Vec<Written>> {
        Box::pin(async move {
            let _place = self.place().await?;
            self.enter().await?;
            self.engine.write(statements).await
        })
    }

    fn catalog(&self) -> Reply<'_, Vec<CatalogTable>> {
        self.engine.catalog()
    }

    fn describe(&self, sql: String) -> Reply<'_, Result<Vec<CatalogColumn>, SqlRefusal>> {
        self.engine.describe(sql)
    }

    fn create_table(&self, table: CatalogTable) -> Reply<'_, ()> {
        self.engine.create_table(table)
    }

    fn insert(&self, load: Load) -> Reply<'_, u64> {
        self.engine.insert(load)
    }
}

#[cfg(test)]
mod tests {
    use bookwright_compiler::value::{Type, Value};

    use super::*;
    use crate::adapter::retry::Retrying;

    fn open(behaviour: Behaviour) -> (tempfile::TempDir, MockWarehouse) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.db");
        let mock = MockWarehouse::open(&file, behaviour, &Settings::default()).unwrap();
        (folder, mock)
    }

    async fn ask(engine: &dyn Adapter, sql: &str, time: Duration) -> Result<Value, ErrorKind> {
        let statement = Statement::new(sql, Vec::new()).returning(vec![Type::Number]);
        let limits = Limits {
            time,
            ..Limits::default()
        };
        let rows = engine.query(statement, limits).await;
        let batch = match rows {
            Ok(rows) => rows.collect().await,
            Err(error) => Err(error),
        };
        batch
            .map(|batch| batch.row(0).remove(0))
            .map_err(|error| error.kind)
    }

    /// Longer than any test takes.
    const LONG: Duration = Duration::from_mins(10);
    const ENDLESS: &str =
        "WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c";

    #[tokio::test]
    async fn every_nth_statement_fails_for_the_moment() {
        let (_folder, mock) = open(Behaviour {
            fail_every: 3,
            ..Behaviour::default()
        });
        let mut found = Vec::new();
        for _ in 0..4 {
            found.push(ask(&mock, "SELECT 1", LONG).await);
        }
        let one = Ok(Value::Integer(1));
        let failed = Err(ErrorKind::Transient);
        assert_eq!(found, [one.clone(), one.clone(), failed, one]);
        let written = mock.write(Vec::new()).await;
        assert!(written.is_ok(), "the fifth");
        let written = mock.write(Vec::new()).await.unwrap_err();
        assert_eq!(written.kind, ErrorKind::Transient, "the sixth");
    }

    #[tokio::test]
    async fn patience_hides_passing_failures_and_ends() {
        let (_folder, mock) = open(Behaviour {
            fail_every: 2,
            ..Behaviour::default()
        });
        let patient = Retrying::new(mock);
        for _ in 0..5 {
            let one = ask(&patient, "SELECT 1", LONG).await;
            assert_eq!(one, Ok(Value::Integer(1)));
            patient.write(Vec::new()).await.unwrap();
        }
        let (_folder, mock) = open(Behaviour {
            fail_every: 1,
            ..Behaviour::default()
        });
        let patient = Retrying::new(mock);
        let failed = ask(&patient, "SELECT 1", LONG).await;
        assert_eq!(failed, Err(ErrorKind::Transient));
        let tries = patient.engine().statements.load(Ordering::Relaxed);
        assert_eq!(tries, 4);
        let failed = ask(&patient, "SELECT 1", Duration::ZERO).await;
        assert!(failed.is_err());
        let more = patient.engine().statements.load(Ordering::Relaxed) - tries;
        assert!(more <= 1, "there is no time to try again");
    }

    #[tokio::test]
    async fn what_is_wrong_is_not_tried_again() {
        let (_folder, mock) = open(Behaviour::default());
        let patient = Retrying::new(mock);
        let refused = ask(&patient, "SELECT nope", LONG).await;
        assert_eq!(refused, Err(ErrorKind::Refused));
        assert_eq!(patient.engine().statements.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_statement_waits_until_one_of_the_few_ends() {
        let (_folder, mock) = open(Behaviour {
            max_statements: 1,
            ..Behaviour::default()
        });
        let many =
            "WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c) SELECT n FROM c";
        let running = mock
            .query(Statement::new(many, Vec::new()), Limits::default())
            .await
            .unwrap();
        let second = ask(&mock, "SELECT 1", Duration::from_millis(20)).await;
        assert_eq!(second, Err(ErrorKind::Timeout));
        drop(running);
        let second = ask(&mock, "SELECT 1", LONG).await;
        assert_eq!(second, Ok(Value::Integer(1)));
    }

    #[tokio::test]
    async fn a_statement_over_the_limit_of_the_warehouse_is_stopped() {
        let (_folder, mock) = open(Behaviour {
            statement_limit: Duration::from_millis(50),
            ..Behaviour::default()
        });
        assert_eq!(ask(&mock, ENDLESS, LONG).await, Err(ErrorKind::Timeout));
        let (_folder, mock) = open(Behaviour {
            latency: LONG,
            statement_limit: Duration::from_millis(1),
            ..Behaviour::default()
        });
        assert_eq!(ask(&mock, "SELECT 1", LONG).await, Err(ErrorKind::Timeout));
    }
}

//! Expressions on real engines, compared with the reference evaluator.
//!
//! In: formulas. Each is compiled, printed in the dialect of an engine, run there over the generated tables, and its
//! values are compared with what [`reference`](bookwright_compiler::formula::reference) gives for the same plan.
//!
//! A new engine is a script `tests/engines/NAME.py` with `tests/engines/NAME.txt`, its pinned requirements.

pub mod cases;
mod check;
mod compiled;
mod embedded;
mod generate;
mod install;
mod python;
pub mod support;
pub mod table;
mod values;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use bookwright_compiler::sql::dialect::Dialect;
use bookwright_compiler::value::{Type, Value};

pub use check::{Outcome, check};
pub use generate::generated;

/// Why a statement gave no rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The engine refused to compute a value that its types cannot hold.
    Overflow(String),
    /// Anything else, in the engine's words.
    Error(String),
}

/// Where statements run.
pub trait Session: Send {
    /// Makes a table anew and fills it.
    ///
    /// # Errors
    /// In the engine's words.
    fn load(&mut self, table: &table::Table) -> Result<(), String>;

    /// Rows of a statement. `types` are those of its columns.
    ///
    /// # Errors
    /// When the engine refuses it.
    fn query(
        &mut self,
        sql: &str,
        params: &[Value],
        types: &[Type],
    ) -> Result<Vec<Vec<Value>>, Failure>;
}

/// An engine: a dialect and, once somebody asked for it, a session with the tables loaded.
pub struct Engine {
    /// How statements are printed.
    pub dialect: &'static dyn Dialect,
    session: OnceLock<Result<Mutex<Box<dyn Session>>, String>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine({})", self.dialect.name())
    }
}

impl Engine {
    /// The engine of a dialect, not started.
    pub fn new(dialect: &'static dyn Dialect) -> Self {
        Self {
            dialect,
            session: OnceLock::new(),
        }
    }

    /// Whether it is there; starts it. A reason when it is not, which is a failure for engines that
    /// `BOOKWRIGHT_REQUIRE` names.
    ///
    /// # Errors
    /// The reason.
    #[expect(
        clippy::print_stderr,
        reason = "who runs the tests must see what did not run"
    )]
    pub fn session(&self) -> Result<&Mutex<Box<dyn Session>>, &str> {
        let started = self.session.get_or_init(|| {
            let session = start(self.dialect.name());
            if let Err(reason) = &session {
                eprintln!("skipped: {} ({reason})", self.dialect.name());
            }
            session.map(Mutex::new)
        });
        started.as_ref().map_err(String::as_str)
    }

    /// Whether its absence is a failure.
    #[expect(clippy::disallowed_methods, reason = "the tests are told so")]
    pub fn is_required(&self) -> bool {
        let named = std::env::var("BOOKWRIGHT_REQUIRE").unwrap_or_default();
        named.split(',').any(|name| name == self.dialect.name())
    }
}

fn start(name: &str) -> Result<Box<dyn Session>, String> {
    let mut session: Box<dyn Session> = if name == "sqlite" {
        Box::new(embedded::Embedded::open()?)
    } else {
        Box::new(python::Child::start(name)?)
    };
    for table in table::all() {
        session.load(&table)?;
    }
    Ok(session)
}

/// Folder of scripts, requirements and cases.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("engines")
}

/// Folder of what is built.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        PathBuf::from,
    )
}

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
mod exceptions;
mod generate;
mod install;
mod python;
pub mod support;
pub mod table;
mod values;
mod whole;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use bookwright_compiler::sql::dialect::Dialect;
use bookwright_compiler::value::{Type, Value};

pub use check::{Outcome, check, smallest};
pub use exceptions::Exceptions;
pub use generate::generated;
pub use whole::whole;

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
    /// Where its stand-in is known to be wrong.
    pub exceptions: Exceptions,
    session: OnceLock<Result<Mutex<Box<dyn Session>>, String>>,
    /// Names of tables of elements that were loaded.
    loaded: Mutex<BTreeSet<String>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine({})", self.dialect.name())
    }
}

impl Engine {
    /// The engine of a dialect, not started.
    ///
    /// # Errors
    /// When its exceptions cannot be read.
    pub fn new(dialect: &'static dyn Dialect) -> Result<Self, String> {
        Ok(Self {
            dialect,
            exceptions: Exceptions::of(dialect.name())?,
            session: OnceLock::new(),
            loaded: Mutex::default(),
        })
    }

    /// Why it did not start; `None` when it runs, or when nobody asked for it.
    pub fn absence(&self) -> Option<&str> {
        self.session.get()?.as_ref().err().map(String::as_str)
    }

    /// Whether it is there; starts it. A reason when it is not, which is a failure for engines that
    /// `BOOKWRIGHT_REQUIRE` names.
    ///
    /// # Errors
    /// The reason.
    pub fn session(&self) -> Result<&Mutex<Box<dyn Session>>, &str> {
        let start = || start(self.dialect.name()).map(Mutex::new);
        let started = self.session.get_or_init(start);
        started.as_ref().map_err(String::as_str)
    }

    /// Whether its absence is a failure: when it is named as required, or its packages cannot be installed although the
    /// registry answers.
    #[expect(clippy::disallowed_methods, reason = "the tests are told so")]
    pub fn is_required(&self) -> bool {
        let named = std::env::var("BOOKWRIGHT_REQUIRE").unwrap_or_default();
        let broken = |reason: &str| reason.starts_with(install::BROKEN);
        named.split(',').any(|name| name == self.dialect.name())
            || self.absence().is_some_and(broken)
    }
}

fn start(name: &str) -> Result<Box<dyn Session>, String> {
    let mut session: Box<dyn Session> = if name == "sqlite" {
        Box::new(embedded::Embedded::open()?)
    } else {
        Box::new(python::Child::start(name)?)
    };
    for table in table::all() {
        let loaded = session.load(&table);
        // An engine without such a type is there all the same: the cases that read the table say so.
        if table.name != "zoned" {
            loaded?;
        }
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

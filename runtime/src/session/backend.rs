//! What a session asks of engines.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::diag::Code;
use bookwright_compiler::diag::codes::runtime::SEED_FAILED;
use bookwright_compiler::plan::{Feature, Plan};
use bookwright_compiler::project::Project;
use bookwright_compiler::project::target::ResolvedTarget;
use bookwright_compiler::value::{Type, Value};
use tokio::sync::broadcast;

use crate::engine::Whole;
use crate::host::Tables;
use crate::protocol::action::{ActionReply, ActionRequest};
use crate::protocol::edit::{EditReply, EditRequest};
use crate::protocol::find::FindReply;
use crate::protocol::query::{Table, Want};
use crate::seeds::Problem;
use crate::store::LiveEdits;

/// A boxed future, so that backends are objects.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// Why an engine did not do what it was asked.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// Registered code.
    pub code: &'static Code,
    /// One sentence that may leave the process.
    pub message: String,
    /// More for the author: the engine's words, a place in the author's file. Shown by `dev` only.
    pub detail: Option<String>,
    /// What is wrong with seed files, when that is why.
    pub seeds: Vec<Problem>,
}

impl Failure {
    /// A failure without detail.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            detail: None,
            seeds: Vec::new(),
        }
    }

    /// Seed files that cannot be loaded.
    pub fn of_seeds(problems: Vec<Problem>) -> Self {
        let sentences: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Self {
            seeds: problems,
            ..Self::new(&SEED_FAILED, sentences.join("\n"))
        }
    }

    /// Adds what only the author may see.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// A plan and what a request brings to it.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The plan.
    pub plan: Arc<Plan>,
    /// Control values, the frozen instant, the person.
    pub bindings: Arc<Bindings>,
}

/// Which rows of an element.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Grain {
    /// What the page shows.
    #[default]
    Shown,
    /// A level by its name.
    Level(String),
    /// One row over everything.
    Totals,
}

/// Rows for programs.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Names and types of the columns.
    pub columns: Vec<(String, Type)>,
    /// Rows, each as wide as the columns.
    pub rows: Vec<Vec<Value>>,
    /// Names of required controls that are empty; then there are no rows.
    pub waiting_for: Vec<String>,
}

/// The data of one target.
pub trait Backend: Send + Sync {
    /// Tables as the compiler sees them, of the last [`open`](Open) or [`reload`](Self::reload).
    fn tables(&self) -> Arc<dyn Tables>;

    /// Those of these abilities that the target lacks, each with a sentence for the author.
    fn missing(&self, needs: &[Feature]) -> Vec<(Feature, String)>;

    /// Makes what a plan needs before its first query: tables of its input tables, filled from their files. Gives a
    /// sentence for everything that could not be done for a single table.
    fn prepare(&self, plan: Arc<Plan>) -> Reply<'_, Vec<String>>;

    /// Rows, totals, series or options. Dropping the reply stops the query.
    fn query(&self, ask: Ask, want: Want) -> Reply<'_, Table>;

    /// All rows of one element as programs get them: visible columns in display order. The element is an id or a name.
    fn listing(&self, ask: Ask, element: String, grain: Grain) -> Reply<'_, Rows>;

    /// All rows of an element in the visitor's order, batch by batch. Dropping it stops the query.
    fn whole(&self, ask: Ask, want: Want, grain: Grain) -> Reply<'_, Whole>;

    /// Where the list of an element holds one of the texts. Dropping the reply stops the search.
    fn find(&self, ask: Ask, want: Want, texts: Vec<String>) -> Reply<'_, FindReply>;

    /// The statement behind [`listing`](Self::listing), with its values as remarks.
    fn explain(&self, ask: Ask, element: String, grain: Grain) -> Reply<'_, String>;

    /// Edits of an input table; durable when this returns.
    fn edit(&self, ask: Ask, request: EditRequest) -> Reply<'_, EditReply>;

    /// Runs an action program.
    fn action(&self, ask: Ask, request: ActionRequest) -> Reply<'_, ActionReply>;

    /// Numbered edits of all input tables as they are committed, whoever made them.
    fn edits(&self) -> broadcast::Receiver<LiveEdits>;

    /// Loads seeds again whose content changed; whether any did.
    fn reload<'a>(&'a self, project: &'a Project) -> Reply<'a, bool>;
}

/// Tells of long work: what is being done, how much of it, and how much there is (when known).
pub type Progress = Arc<dyn Fn(&str, u64, Option<u64>) + Send + Sync>;

/// Opens the data of a target below a project folder, seeds included.
pub type Open = fn(OpenRequest<'_>) -> Reply<'_, Opened>;

/// The data of a target.
pub struct Opened {
    /// The data.
    pub backend: Arc<dyn Backend>,
    /// Why, for every seed that could not be loaded: its table is missing or old.
    pub problems: Vec<Problem>,
}

impl Opened {
    /// The data with all of its seeds.
    ///
    /// # Errors
    /// When a seed could not be loaded.
    pub fn complete(self) -> Result<Arc<dyn Backend>, Failure> {
        if self.problems.is_empty() {
            Ok(self.backend)
        } else {
            Err(Failure::of_seeds(self.problems))
        }
    }
}

/// What opening needs.
#[derive(Clone)]
pub struct OpenRequest<'a> {
    /// Canonical path of the project folder.
    pub root: &'a Path,
    /// The project.
    pub project: &'a Project,
    /// Its target.
    pub target: &'a ResolvedTarget,
    /// Told of seeding.
    pub progress: Progress,
}

//! Answers what a page asks, from a plan and an engine.
//!
//! In: [`Want`]s, control values, one frozen instant. Out: [`QueryLine`]s as they finish, in parallel. A relation of
//! the plan is sorted, filtered and paged as asked (`derive`), printed as one statement, looked up among the results
//! at hand ([`cache`]), and run. Grouped tables are flattened from their levels (`groups`).

pub mod cache;
pub mod clock;
pub mod derive;
pub(crate) mod edit;
pub mod failure;
mod flat;
mod groups;
pub mod listing;
mod options;
mod run;
#[cfg(test)]
pub(crate) mod tests;
pub mod waiting;
pub mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bookwright_compiler::bind::{Bindings, json};
use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::element::DataKind;
use bookwright_compiler::value::Value;
use indexmap::IndexMap;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub use failure::EngineError;
pub use listing::{Grain, Listing};

use crate::adapter::Adapter;
use crate::protocol::query::{Part, QueryLine, Table, Want};
use crate::store::Store;
use cache::Cache;
use clock::Stopwatch;
use waiting::Waiting;

/// Rows of one answer at most.
pub const ROWS: u64 = 50_000;
/// Options of a select that a check on the server knows.
const OPTIONS_CHECKED: u64 = 100_000;

/// What outlives a plan: results, and the version of the data they were computed from.
#[derive(Debug, Default)]
pub struct Shared {
    cache: Cache,
    generation: AtomicU64,
}

impl Shared {
    /// Call after seeds were loaded: results of before are not used again.
    pub fn data_changed(&self) {
        self.generation.fetch_add(1, Ordering::Relaxed);
    }

    fn generation(&self) -> u64 {
        self.generation.load(Ordering::Relaxed)
    }
}

/// One workbook on one target.
pub struct Engine {
    plan: Arc<Plan>,
    adapter: Arc<dyn Adapter>,
    store: Arc<Store>,
    shared: Arc<Shared>,
    waiting: Waiting,
    dev: bool,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("plan", &self.plan.id)
            .field("dev", &self.dev)
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine for a plan. `dev` shows the database's own words to the page.
    pub fn new(
        plan: Arc<Plan>,
        adapter: Arc<dyn Adapter>,
        store: Arc<Store>,
        shared: Arc<Shared>,
        dev: bool,
    ) -> Self {
        let waiting = Waiting::of(&plan);
        Self {
            plan,
            adapter,
            store,
            shared,
            waiting,
            dev,
        }
    }

    /// The plan it runs.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The input tables it reads and writes.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// What a request brings, from the browser's control values. Unknown controls are ignored: a tab may be older than
    /// the plan. `now` comes from [`clock::now`].
    ///
    /// # Errors
    /// A sentence, when a value does not fit its control.
    pub fn bindings(
        &self,
        controls: &IndexMap<String, serde_json::Value>,
        now: i64,
        user: BTreeMap<String, Value>,
    ) -> Result<Bindings, String> {
        let settings = self.plan.settings.clone();
        let mut values = BTreeMap::new();
        for (id, value) in controls {
            let Some(control) = self.plan.controls.get(id) else {
                continue;
            };
            let value = json::from_json(&control.kind, value, &settings).map_err(|error| {
                format!(
                    "the value of the control `{}` is not usable: {error}",
                    control.name
                )
            })?;
            values.insert(id.clone(), value);
        }
        Ok(Bindings {
            controls: values,
            now,
            user,
            selection: BTreeMap::new(),
            settings,
        })
    }

    /// Answers every want, in parallel, as each finishes. Dropping the receiver stops what still runs.
    pub fn answer(
        self: &Arc<Self>,
        seq: u64,
        wants: Vec<Want>,
        bindings: Bindings,
    ) -> mpsc::Receiver<QueryLine> {
        let (lines, received) = mpsc::channel(wants.len().max(1));
        let bindings = Arc::new(bindings);
        let mut running = JoinSet::new();
        for want in wants {
            let (engine, bindings) = (Arc::clone(self), Arc::clone(&bindings));
            running.spawn(async move { engine.line(seq, &want, &bindings).await });
        }
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = lines.closed() => return,
                    line = running.join_next() => match line {
                        Some(Ok(line)) => drop(lines.send(line).await),
                        Some(Err(_)) => {}
                        None => return,
                    },
                }
            }
        });
        received
    }

    /// Answers one want.
    pub async fn line(&self, seq: u64, want: &Want, bindings: &Bindings) -> QueryLine {
        let watch = Stopwatch::start();
        let (ok, err) = match self.table(want, bindings).await {
            Ok(table) => (Some(table), None),
            Err(error) => (None, Some(error.describe(&self.plan, &want.el, self.dev))),
        };
        QueryLine {
            el: want.el.clone(),
            part: want.part,
            seq,
            ok,
            err,
            ms: watch.ms(),
        }
    }

    async fn table(&self, want: &Want, bindings: &Bindings) -> Result<Table, EngineError> {
        if want.part == Part::Options {
            return self.options(want, bindings).await;
        }
        let unknown = |what| EngineError::Unknown {
            what,
            id: want.el.clone(),
        };
        let data = self
            .plan
            .data
            .get(&want.el)
            .ok_or_else(|| unknown("data element"))?;
        let waiting_for = self.waiting.unmet(&self.plan, &want.el, bindings);
        if !waiting_for.is_empty() {
            return Ok(waiting(waiting_for));
        }
        match want.part {
            // Marks and figures have no groups to open and close.
            Part::Rows
                if data.levels.is_empty()
                    || matches!(data.kind, DataKind::Chart | DataKind::Kpi) =>
            {
                self.flat(data, &data.rows, want, bindings).await
            }
            Part::Rows => self.grouped(data, want, bindings).await,
            Part::Totals => {
                let view = data
                    .totals
                    .as_ref()
                    .ok_or_else(|| unknown("totals row of"))?;
                self.flat(data, view, want, bindings).await
            }
            Part::Series => {
                let view = data.series.as_ref().ok_or_else(|| unknown("series of"))?;
                self.flat(data, view, want, bindings).await
            }
            Part::Options => self.options(want, bindings).await,
        }
    }
}

fn waiting(waiting_for: Vec<String>) -> Table {
    Table {
        count: 0,
        offset: 0,
        columns: Vec::new(),
        values: Vec::new(),
        depth: None,
        kind: None,
        keys: None,
        edit_num: None,
        waiting_for,
        truncated: false,
    }
}

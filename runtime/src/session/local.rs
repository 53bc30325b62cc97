//! The engines of this program as a [`Backend`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::diag::codes::runtime::{
    ACTION_FAILED, DATABASE_UNAVAILABLE, EDIT_FAILED, QUERY_FAILED,
};
use bookwright_compiler::diag::{Code, codes};
use bookwright_compiler::plan::{Feature, Plan};
use bookwright_compiler::project::Project;
use tokio::sync::broadcast;

use super::backend::{Ask, Backend, Failure, Grain, OpenRequest, Opened, Reply, Rows};
use super::{clock, seeding};
use crate::action;
use crate::adapter::host::EngineCatalog;
use crate::adapter::{Adapter, AdapterError};
use crate::engine::{self, Engine, Shared, Whole};
use crate::host::{Tables, inside};
use crate::protocol::action::{ActionReply, ActionRequest};
use crate::protocol::edit::{EditReply, EditRequest};
use crate::protocol::find::FindReply;
use crate::protocol::query::{QueryFailure, Table, Want};
use crate::seeds;
use crate::store::{Author, LiveEdits, Store};
use crate::target;

/// Who edits as long as nobody signs in.
const SOMEBODY: &str = "local";

/// The data of one target, on this machine.
pub struct Local {
    root: PathBuf,
    adapter: Arc<dyn Adapter>,
    store: Arc<Store>,
    shared: Arc<Shared>,
    catalog: RwLock<Arc<EngineCatalog>>,
    /// Seeds of the project as it was read last.
    seeds: Mutex<Vec<seeds::Seed>>,
    /// Files that the queries of each workbook read directly.
    files: Mutex<BTreeMap<String, Vec<String>>>,
    /// One engine per workbook, of its last plan.
    engines: Mutex<BTreeMap<String, Arc<Engine>>>,
}

/// Opens a target: its database, and the seeds in it.
#[expect(clippy::needless_pass_by_value, reason = "the signature of `Open`")]
pub fn open(request: OpenRequest<'_>) -> Reply<'_, Opened> {
    Box::pin(async move {
        let settings = &request.project.settings;
        let adapter = target::connect(request.target, request.root, settings)
            .map_err(|sentence| Failure::new(&DATABASE_UNAVAILABLE, sentence))?;
        let catalog = catalog(&adapter).await?;
        // Tables of files that queries read directly: kept until the workbooks are compiled and say which they need.
        let kept = catalog
            .table_names()
            .into_iter()
            .filter(|name| inside(request.root, name).is_ok())
            .collect();
        let local = Local {
            root: request.root.to_path_buf(),
            store: Arc::new(Store::new(Arc::clone(&adapter))),
            shared: Arc::default(),
            catalog: RwLock::new(Arc::new(catalog)),
            seeds: Mutex::default(),
            files: Mutex::new([(String::new(), kept)].into()),
            engines: Mutex::default(),
            adapter,
        };
        let report = local.seed(request.project).await?;
        Ok(Opened {
            backend: Arc::new(local),
            problems: report.problems,
        })
    })
}

impl Local {
    /// Loads seeds that changed.
    async fn seed(&self, project: &Project) -> Result<seeds::Report, Failure> {
        *lock(&self.seeds) = seeding::seeds(&self.root, project);
        self.load().await
    }

    /// Loads seeds and directly read files that changed.
    async fn load(&self) -> Result<seeds::Report, Failure> {
        let mut all = lock(&self.seeds).clone();
        {
            let files = lock(&self.files);
            let mut names: Vec<&str> = files.values().flatten().map(String::as_str).collect();
            names.sort_unstable();
            names.dedup();
            all.extend(seeding::direct(&self.root, names));
        }
        let report = if self.adapter.capabilities().supports(Feature::Seeds) {
            seeds::load(self.adapter.as_ref(), &all)
                .await
                .map_err(|error| unavailable(&error))?
        } else {
            seeds::Report::default()
        };
        if report.changed() {
            self.shared.data_changed();
        }
        let failed = all
            .iter()
            .filter(|seed| report.problems.iter().any(|p| p.file == seed.file));
        let tables = failed.map(|seed| seed.table.clone()).collect();
        let catalog = Arc::new(catalog(&self.adapter).await?.expecting(tables));
        *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = catalog;
        Ok(report)
    }

    /// Takes note of the files that a plan reads directly; whether they are others than before.
    fn note_files(&self, plan: &Plan) -> bool {
        let mut files = lock(&self.files);
        let new = files
            .get(&plan.id)
            .map_or(!plan.files.is_empty(), |old| *old != plan.files);
        if new {
            files.insert(plan.id.clone(), plan.files.clone());
        }
        new
    }

    fn engine(&self, plan: &Arc<Plan>) -> Arc<Engine> {
        let mut engines = lock(&self.engines);
        if let Some(engine) = engines.get(&plan.id)
            && Arc::ptr_eq(engine.plan(), plan)
        {
            return Arc::clone(engine);
        }
        let engine = Arc::new(Engine::new(
            Arc::clone(plan),
            Arc::clone(&self.adapter),
            Arc::clone(&self.store),
            Arc::clone(&self.shared),
            // The server's boundary takes the details away where they do not belong.
            true,
        ));
        engines.insert(plan.id.clone(), Arc::clone(&engine));
        engine
    }
}

impl Backend for Local {
    fn tables(&self) -> Arc<dyn Tables> {
        Arc::clone(&*self.catalog.read().unwrap_or_else(PoisonError::into_inner)) as Arc<dyn Tables>
    }

    fn missing(&self, needs: &[Feature]) -> Vec<(Feature, String)> {
        let capabilities = self.adapter.capabilities();
        needs
            .iter()
            .filter_map(|feature| Some((feature, capabilities.reason(*feature)?)))
            .map(|(feature, why)| {
                let sentence = format!(
                    "the workbook needs {}, which {} does not have: {why}",
                    feature.words(),
                    capabilities.name
                );
                (*feature, sentence)
            })
            .collect()
    }

    fn prepare(&self, plan: Arc<Plan>) -> Reply<'_, Vec<String>> {
        Box::pin(async move {
            if self.note_files(&plan) {
                changed(self.load().await?)?;
            }
            let read = |path: &str| text(&self.root, path);
            let now = clock::now(&plan.settings.time_zone);
            let report = self
                .store
                .open(&plan, &read, now)
                .await
                .map_err(|error| unavailable(&error))?;
            Ok(report.problems)
        })
    }

    fn query(&self, ask: Ask, want: Want) -> Reply<'_, Table> {
        Box::pin(async move {
            let line = self.engine(&ask.plan).line(0, &want, &ask.bindings).await;
            match (line.ok, line.err) {
                (Some(table), _) => Ok(table),
                (None, Some(error)) => Err(failure(error)),
                (None, None) => Err(Failure::new(&QUERY_FAILED, "the query gave no result")),
            }
        })
    }

    fn listing(&self, ask: Ask, element: String, grain: Grain) -> Reply<'_, Rows> {
        Box::pin(async move {
            let engine = self.engine(&ask.plan);
            let found = engine
                .rows(&element, &engine_grain(grain), &ask.bindings)
                .await;
            let listing =
                found.map_err(|error| failure(error.describe(&ask.plan, &element, true)))?;
            Ok(Rows {
                columns: listing
                    .columns
                    .iter()
                    .map(|column| (column.name.to_string(), column.ty))
                    .collect(),
                rows: (0..listing.rows)
                    .map(|row| {
                        listing
                            .cells
                            .iter()
                            .filter_map(|cells| cells.get(row).cloned())
                            .collect()
                    })
                    .collect(),
                waiting_for: listing.waiting_for,
            })
        })
    }

    fn whole(&self, ask: Ask, want: Want, grain: Grain) -> Reply<'_, Whole> {
        Box::pin(async move {
            let engine = self.engine(&ask.plan);
            let found = engine
                .whole(&want, &engine_grain(grain), &ask.bindings)
                .await;
            found.map_err(|error| failure(error.describe(&ask.plan, &want.el, true)))
        })
    }

    fn find(&self, ask: Ask, want: Want, texts: Vec<String>) -> Reply<'_, FindReply> {
        Box::pin(async move {
            let engine = self.engine(&ask.plan);
            let found = engine.find_text(&want, &texts, &ask.bindings).await;
            found.map_err(|error| failure(error.describe(&ask.plan, &want.el, true)))
        })
    }

    fn explain(&self, ask: Ask, element: String, grain: Grain) -> Reply<'_, String> {
        Box::pin(async move {
            let found =
                self.engine(&ask.plan)
                    .explain(&element, &engine_grain(grain), &ask.bindings);
            let statement =
                found.map_err(|error| failure(error.describe(&ask.plan, &element, true)))?;
            let values = statement.params.iter().enumerate();
            let values =
                values.map(|(at, value)| format!("-- ?{}: {}\n", at + 1, super::view::cell(value)));
            Ok(format!(
                "{};\n{}",
                statement.text,
                values.collect::<String>()
            ))
        })
    }

    fn edit(&self, ask: Ask, request: EditRequest) -> Reply<'_, EditReply> {
        Box::pin(async move {
            let engine = self.engine(&ask.plan);
            let author = author(&request.by, &ask.bindings);
            let done = engine.edit(&request, &author, &ask.bindings).await;
            done.map_err(|error| not_done(&EDIT_FAILED, "the edits could not be stored", &error))
        })
    }

    fn action(&self, ask: Ask, request: ActionRequest) -> Reply<'_, ActionReply> {
        Box::pin(async move {
            let engine = self.engine(&ask.plan);
            let author = author(&request.by, &ask.bindings);
            let done = action::run(&engine, &request, ask.bindings.as_ref().clone(), &author).await;
            done.map_err(|sentence| Failure::new(&ACTION_FAILED, sentence))
        })
    }

    fn edits(&self) -> broadcast::Receiver<LiveEdits> {
        self.store.subscribe()
    }

    fn reload<'a>(&'a self, project: &'a Project) -> Reply<'a, bool> {
        Box::pin(async move { changed(self.seed(project).await?) })
    }
}

/// A poisoned lock only means that another thread panicked while it held plain data.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether loading changed any table. A seed that cannot be loaded is an error: its table would be missing or old.
fn changed(report: seeds::Report) -> Result<bool, Failure> {
    if report.problems.is_empty() {
        Ok(report.changed())
    } else {
        Err(Failure::of_seeds(report.problems))
    }
}

fn engine_grain(grain: Grain) -> engine::Grain {
    match grain {
        Grain::Shown => engine::Grain::Shown,
        Grain::Level(name) => engine::Grain::Level(name),
        Grain::Totals => engine::Grain::Totals,
    }
}

fn author(tab: &str, bindings: &Bindings) -> Author {
    Author {
        user: SOMEBODY.to_owned(),
        tab: tab.to_owned(),
        now: bindings.now,
    }
}

fn failure(error: QueryFailure) -> Failure {
    let code: &'static Code = codes::find(&error.code).unwrap_or(&QUERY_FAILED);
    Failure {
        detail: error.detail,
        ..Failure::new(code, error.message)
    }
}

fn unavailable(error: &AdapterError) -> Failure {
    Failure::new(&DATABASE_UNAVAILABLE, "the database does not answer").detail(error.to_string())
}

fn not_done(code: &'static Code, sentence: &str, error: &dyn std::error::Error) -> Failure {
    Failure::new(code, sentence).detail(error.to_string())
}

async fn catalog(adapter: &Arc<dyn Adapter>) -> Result<EngineCatalog, Failure> {
    EngineCatalog::read(Arc::clone(adapter))
        .await
        .map_err(|error| unavailable(&error))
}

/// The text of a project file.
fn text(root: &Path, path: &str) -> Result<String, String> {
    let file = inside(root, path)?;
    #[expect(
        clippy::disallowed_methods,
        reason = "the store asks for files of the project"
    )]
    std::fs::read_to_string(file).map_err(|error| format!("`{path}` cannot be read: {error}"))
}

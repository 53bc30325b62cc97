//! A project that runs.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use bookwright_compiler::bind::{Bindings, json};
use bookwright_compiler::compile::{Goal, Memory};
use bookwright_compiler::diag::codes::names::DUPLICATE_ID;
use bookwright_compiler::diag::codes::runtime::{CONTROL_VALUE, EDIT_FAILED, SERVER_FAILED};
use bookwright_compiler::plan::Plan;
use bookwright_compiler::project;
use indexmap::IndexMap;
use serde_json::Value as Json;
use tokio::sync::broadcast::error::RecvError;

use super::backend::{Ask, Backend, Failure, Open, OpenRequest, Opened, Progress};
use super::build::{Build, Compile, Stopwatch, build, refuse_taken_id};
use super::choice::{Chosen, OpenError, choose};
use super::clock;
use super::finding::{self, at_start};
use super::revision::Revision;
use super::slot::{Current, Slot};
use crate::host::locate::Location;
use crate::host::{Asked, FsHost, NoTables};
use crate::protocol::live::{DiagnosticView, ServerMessage};
use crate::seeds::host::CsvCatalog;
use crate::store::LiveEdits;

/// What a workspace is made with.
#[derive(Clone)]
pub struct Parts {
    /// Opens the data of a target.
    pub open: Open,
    /// The compiler.
    pub compile: Compile,
    /// Knows the columns of CSV files.
    pub csv: Arc<CsvCatalog>,
    /// Told of long work.
    pub progress: Progress,
}

/// A running project.
pub struct Workspace {
    location: Location,
    wanted: Option<String>,
    parts: Parts,
    loaded: RwLock<Arc<Loaded>>,
    slots: RwLock<Vec<Arc<Slot>>>,
    asked: RwLock<IndexMap<String, Asked>>,
    revisions: AtomicU64,
}

/// A project with its data.
struct Loaded {
    chosen: Chosen,
    backend: Arc<dyn Backend>,
}

/// What a rebuild did.
#[derive(Debug)]
pub struct Rebuilt {
    /// Id of the workbook.
    pub workbook: String,
    /// The build.
    pub build: Build,
}

impl Workspace {
    /// Opens a project: target, data, and a first build of every workbook. Workbooks in error are no error here.
    ///
    /// # Errors
    /// When the project, its target, or the target's data cannot be used, or there is no workbook.
    pub async fn open(
        location: Location,
        wanted: Option<String>,
        parts: Parts,
    ) -> Result<(Arc<Self>, Vec<Rebuilt>), OpenError> {
        let loaded = load(&location, wanted.as_deref(), &parts).await?;
        let workspace = Arc::new(Self {
            location,
            wanted,
            parts,
            loaded: RwLock::new(Arc::new(loaded)),
            slots: RwLock::default(),
            asked: RwLock::default(),
            revisions: AtomicU64::new(0),
        });
        workspace.forward_edits();
        workspace.list_workbooks();
        if workspace.slots().is_empty() {
            return Err(OpenError::NoWorkbooks);
        }
        let built = workspace.rebuild(workspace.slots()).await;
        Ok((workspace, built))
    }

    /// Name of the project; empty without a project file.
    pub fn name(&self) -> String {
        self.loaded().chosen.project.name.clone()
    }

    /// Name of the target in use.
    pub fn target(&self) -> String {
        self.loaded().chosen.target.name.clone()
    }

    /// Canonical path of the project folder.
    pub fn root(&self) -> &std::path::Path {
        &self.location.root
    }

    /// The data of the target.
    pub fn backend(&self) -> Arc<dyn Backend> {
        Arc::clone(&self.loaded().backend)
    }

    /// Workbooks, sorted by path.
    pub fn slots(&self) -> Vec<Arc<Slot>> {
        self.slots
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The workbook of an id, or the one that had it before.
    pub fn slot(&self, id: &str) -> Option<Arc<Slot>> {
        let slots = self.slots();
        let now = slots.iter().find(|slot| slot.id() == id);
        now.or_else(|| slots.iter().find(|slot| slot.was(id)))
            .cloned()
    }

    /// A plan with control values in their natural JSON form and the instant of the request. Controls that the plan does
    /// not have are left out: a page may be one revision behind.
    ///
    /// # Errors
    /// When a value is none of its control.
    pub fn ask(&self, plan: &Arc<Plan>, controls: &IndexMap<String, Json>) -> Result<Ask, Failure> {
        let settings = &plan.settings;
        let mut values = std::collections::BTreeMap::new();
        for (id, value) in controls {
            let Some(control) = plan.controls.get(id) else {
                continue;
            };
            let value = json::from_json(&control.kind, value, settings).map_err(|error| {
                Failure::new(
                    &CONTROL_VALUE,
                    format!(
                        "the control `{}` cannot have this value: {error}",
                        control.name
                    ),
                )
            })?;
            values.insert(id.clone(), value);
        }
        Ok(Ask {
            plan: Arc::clone(plan),
            bindings: Arc::new(Bindings {
                controls: values,
                now: clock::now(&settings.time_zone),
                settings: settings.clone(),
                ..Bindings::default()
            }),
        })
    }

    /// Everything the last builds asked for.
    pub fn asked(&self) -> Asked {
        let mut all = self.loaded().chosen.asked.clone();
        for asked in self
            .asked
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
        {
            all.files
                .extend(asked.files.iter().map(|(path, hash)| (path.clone(), *hash)));
            all.globs.extend(asked.globs.iter().cloned());
        }
        all
    }

    /// Takes over changed files (paths in the project): loads the project again, loads seeds again, builds what reads
    /// them, tells the pages. A project that became wrong is told to all pages, and the last good one stays.
    pub async fn refresh(self: &Arc<Self>, changed: &[String]) -> Vec<Rebuilt> {
        let touches = |asked: &Asked| {
            changed.iter().any(|path| {
                asked.files.contains_key(path)
                    || asked
                        .globs
                        .iter()
                        .any(|glob| crate::host::glob::matches(glob, path))
            })
        };
        let mut everything = false;
        if touches(&self.loaded().chosen.asked) || self.reads_directly(changed) {
            match self.reload(changed).await {
                Ok(again) => everything = again,
                Err(error) => {
                    self.tell_all(&ServerMessage::Diag {
                        diagnostics: error.views(),
                    });
                    return Vec::new();
                }
            }
        }
        let fresh = self.list_workbooks();
        let slots = self.slots().into_iter().filter(|slot| {
            let asked = self.asked.read().unwrap_or_else(PoisonError::into_inner);
            everything
                || fresh.contains(&slot.path)
                || lacks_an_id(slot)
                || asked.get(&slot.path).is_none_or(touches)
        });
        self.rebuild(slots.collect()).await
    }

    /// Whether a query of any workbook reads one of these files without it being a seed.
    fn reads_directly(&self, changed: &[String]) -> bool {
        self.slots().iter().any(|slot| {
            let current = slot.current();
            current
                .revision
                .as_ref()
                .is_some_and(|good| good.plan.files.iter().any(|file| changed.contains(file)))
        })
    }

    /// Loads project and seeds again. Whether every workbook must be built again.
    async fn reload(self: &Arc<Self>, changed: &[String]) -> Result<bool, OpenError> {
        let old = self.loaded();
        let chosen = choose(&self.location, self.wanted.as_deref())?;
        let project_changed = changed.iter().any(|path| path == project::load::FILE);
        let reopen = chosen.target != old.chosen.target
            || chosen.project.settings != old.chosen.project.settings;
        let (loaded, changed) = if reopen {
            (
                load(&self.location, self.wanted.as_deref(), &self.parts).await?,
                true,
            )
        } else {
            let backend = Arc::clone(&old.backend);
            let changed = backend.reload(&chosen.project).await.map_err(|failure| {
                OpenError::opening(&self.location.root, &chosen.target.name, failure)
            })?;
            (Loaded { chosen, backend }, changed)
        };
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(loaded);
        if reopen {
            self.forward_edits();
        }
        if changed {
            self.tell_all(&ServerMessage::Stale { els: Vec::new() });
        }
        Ok(changed || project_changed)
    }

    /// Tells pages of committed edits for as long as the workspace and its present data live.
    fn forward_edits(self: &Arc<Self>) {
        let mut edits = self.backend().edits();
        let workspace = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                let edits = edits.recv().await;
                let Some(workspace) = workspace.upgrade() else {
                    return;
                };
                match edits {
                    Ok(edits) => workspace.tell_edits(edits),
                    // Too many at once to follow: everybody reads again.
                    Err(RecvError::Lagged(_)) => {
                        workspace.tell_all(&ServerMessage::Stale { els: Vec::new() });
                    }
                    Err(RecvError::Closed) => return,
                }
            }
        });
    }

    /// Tells the pages of a workbook of edits, and which of its elements read the table.
    fn tell_edits(&self, edits: LiveEdits) {
        let Some(slot) = self.slot(&edits.workbook) else {
            return;
        };
        let LiveEdits {
            table,
            edit_num,
            by,
            ops,
            ..
        } = edits;
        let current = slot.current();
        let readers = current
            .revision
            .iter()
            .flat_map(|revision| revision.plan.data.values());
        let els: Vec<String> = readers
            .filter(|data| data.input_tables.contains(&table))
            .map(|data| data.id.clone())
            .collect();
        slot.tell(&ServerMessage::Edits {
            table,
            edit_num,
            by,
            ops,
        });
        // An empty list would mean everything.
        if !els.is_empty() {
            slot.tell(&ServerMessage::Stale { els });
        }
    }

    fn tell_all(&self, message: &ServerMessage) {
        for slot in self.slots() {
            slot.tell(message);
        }
    }

    fn loaded(&self) -> Arc<Loaded> {
        Arc::clone(&self.loaded.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Brings the list of workbooks up to date; the paths of new ones.
    fn list_workbooks(&self) -> Vec<String> {
        let host = FsHost::new(
            self.location.root.clone(),
            Arc::new(NoTables),
            Arc::default(),
        );
        let paths = self
            .location
            .part
            .workbooks(&self.loaded().chosen.project, &host);
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        let fresh: Vec<String> = paths
            .iter()
            .filter(|path| !slots.iter().any(|slot| slot.path == **path))
            .cloned()
            .collect();
        slots.retain(|slot| paths.contains(&slot.path));
        slots.extend(fresh.iter().map(|path| Arc::new(Slot::new(path.clone()))));
        slots.sort_by(|a, b| a.path.cmp(&b.path));
        fresh
    }

    /// Forgets what would make another build quick: nobody is going to save anything.
    pub fn forget_builds(&self) {
        for slot in self.slots() {
            *slot.memory() = Memory::default();
        }
    }

    /// Builds workbooks and takes over what came out.
    async fn rebuild(&self, slots: Vec<Arc<Slot>>) -> Vec<Rebuilt> {
        let mut out = Vec::with_capacity(slots.len());
        for slot in slots {
            let loaded = self.loaded();
            let host = Arc::new(FsHost::new(
                self.location.root.clone(),
                loaded.backend.tables(),
                Arc::clone(&self.parts.csv),
            ));
            let (compile, path) = (self.parts.compile, slot.path.clone());
            let (of_build, of_slot) = (Arc::clone(&loaded), Arc::clone(&slot));
            let built = tokio::task::spawn_blocking(move || {
                let mut memory = of_slot.memory();
                build(
                    (compile, Goal::Plan, &mut memory),
                    &host,
                    &of_build.chosen.project,
                    of_build.backend.as_ref(),
                    &path,
                )
            });
            // A compiler that panics has told so on stderr; the last good plan stays.
            let Ok(mut build) = built.await else {
                slot.adopt(Current {
                    findings: vec![at_start(
                        &slot.path,
                        SERVER_FAILED.name,
                        "the compiler stopped unexpectedly",
                    )],
                    failed: true,
                    ..slot.current().as_ref().clone()
                });
                continue;
            };
            self.asked
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(slot.path.clone(), build.asked.clone());
            let others: Vec<(String, String)> = self
                .slots()
                .iter()
                .filter(|other| other.current().revision.is_some())
                .map(|other| (other.id(), other.path.clone()))
                .collect();
            let others = others.iter().map(|(id, path)| (id.as_str(), path.as_str()));
            refuse_taken_id(&mut build, others);
            let begun = Stopwatch::start();
            let current = self.current(&slot, &build, &loaded).await;
            slot.adopt(current);
            build.timing.push = begun.elapsed();
            out.push(Rebuilt {
                workbook: slot.id(),
                build,
            });
        }
        out
    }

    async fn current(&self, slot: &Slot, build: &Build, loaded: &Loaded) -> Current {
        let findings = finding::views(&build.compilation.diagnostics, &build.compilation.sources);
        let old = slot.current().revision.clone();
        let Some(plan) = &build.compilation.plan else {
            return Current {
                revision: old,
                findings,
                failed: true,
            };
        };
        let rev = self.revisions.fetch_add(1, Ordering::Relaxed) + 1;
        let revision = Revision::new(rev, Arc::clone(plan), old.as_deref());
        let mut findings = findings;
        match loaded.backend.prepare(Arc::clone(&revision.plan)).await {
            Ok(problems) => findings.extend(problems.iter().map(|problem| DiagnosticView {
                severity: "warning".to_owned(),
                ..at_start(&slot.path, EDIT_FAILED.name, problem)
            })),
            Err(failure) => {
                findings.push(at_start(&slot.path, failure.code.name, &failure.message));
                return Current {
                    revision: old,
                    findings,
                    failed: true,
                };
            }
        }
        Current {
            revision: Some(Arc::new(revision)),
            findings,
            failed: false,
        }
    }
}

/// Whether the last build found that another workbook has its id; that one may have changed since.
fn lacks_an_id(slot: &Slot) -> bool {
    let current = slot.current();
    current.failed
        && current
            .findings
            .iter()
            .any(|finding| finding.code == DUPLICATE_ID.name)
}

async fn load(
    location: &Location,
    wanted: Option<&str>,
    parts: &Parts,
) -> Result<Loaded, OpenError> {
    let chosen = choose(location, wanted)?;
    let request = OpenRequest {
        root: &location.root,
        project: &chosen.project,
        target: &chosen.target,
        progress: Arc::clone(&parts.progress),
    };
    match (parts.open)(request).await.and_then(Opened::complete) {
        Ok(backend) => Ok(Loaded { chosen, backend }),
        Err(failure) => Err(OpenError::opening(
            &location.root,
            &chosen.target.name,
            failure,
        )),
    }
}

//! A workbook on the bench: compiled, its data in the embedded engine, and the same data in memory.
//!
//! In: a project folder. Out: rows of its elements, once from the engine and once from the reference interpreter.

pub(crate) mod interpret;
mod portable;
mod rows;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use bookwright::adapter::host::EngineCatalog;
use bookwright::adapter::sqlite::{Config, Sqlite};
use bookwright::adapter::{Adapter, Limits, Statement};
use bookwright::engine::{Engine, Grain, Shared};
use bookwright::host::FsHost;
use bookwright::seeds::{self, Seed};
use bookwright::session::seeding;
use bookwright::store::Store;
use bookwright_compiler::bind::{Bindings, url};
use bookwright_compiler::compile::{Compilation, compile};
use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::formula::datetime::parse_date;
use bookwright_compiler::plan::Plan;
use bookwright_compiler::project::{self, Project};
use bookwright_compiler::source::SourceMap;
use bookwright_compiler::value::{Type, Value};

pub use portable::{Portable, Source};
pub use rows::{Rows, cell};

/// A project with its tables in an engine.
pub struct Bench {
    root: std::path::PathBuf,
    project: Project,
    adapter: Arc<dyn Adapter>,
    now: i64,
    /// The database lives as long as the bench.
    database: tempfile::TempDir,
}

/// A compiled workbook of a bench.
pub struct Workbook<'b> {
    bench: &'b Bench,
    engine: Engine,
}

/// Which rows of which element, under which control values.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Name or id of the element.
    pub element: String,
    /// Which of its rows.
    pub grain: Grain,
    /// Control names or ids with values in the grammar of addresses.
    pub set: Vec<(String, String)>,
}

impl Bench {
    /// Opens the project at `root` (canonical) and loads its seeds into a database of its own. `now` is wall-clock time.
    ///
    /// # Errors
    /// When the project file has errors or a seed cannot be loaded.
    pub async fn open(root: &Path, now: &str) -> anyhow::Result<Self> {
        let host = FsHost::new(
            root.to_path_buf(),
            Arc::new(bookwright::host::NoTables),
            Arc::default(),
        );
        let (mut sources, mut sink) = (SourceMap::default(), Diagnostics::default());
        let project = project::load(&host, &mut sources, &mut sink);
        if sink.has_errors() {
            bail!("the project has errors: {}", told(&sink));
        }
        let database = tempfile::tempdir()?;
        let config = Config::new(database.path().join("bench.db"));
        let adapter: Arc<dyn Adapter> = Arc::new(Sqlite::open(&config, &project.settings)?);
        let bench = Self {
            root: root.to_path_buf(),
            project,
            adapter,
            now: parse_date(now).with_context(|| format!("`{now}` is no date"))?,
            database,
        };
        bench.load(&[]).await?;
        Ok(bench)
    }

    /// The database file, for a look past the adapter.
    pub fn database(&self) -> std::path::PathBuf {
        self.database.path().join("bench.db")
    }

    /// Loads the seeds, and CSV files that a workbook reads by their path.
    async fn load(&self, files: &[String]) -> anyhow::Result<()> {
        let mut seeds = seeding::seeds(&self.root, &self.project);
        seeds.extend(files.iter().map(|file| Seed {
            file: file.clone(),
            path: self.root.join(file),
            table: vec![file.clone()],
            types: BTreeMap::new(),
        }));
        let report = seeds::load(self.adapter.as_ref(), &seeds).await?;
        if !report.problems.is_empty() {
            bail!("{}", report.sentences().join("\n"));
        }
        Ok(())
    }

    /// What the compiler says of the workbook at `path`.
    ///
    /// # Errors
    /// When the engine does not tell its tables.
    pub async fn compile(&self, path: &str) -> anyhow::Result<Compilation> {
        let catalog = EngineCatalog::read(Arc::clone(&self.adapter)).await?;
        let host = FsHost::new(self.root.clone(), Arc::new(catalog), Arc::default());
        Ok(compile(&host, &self.project, path))
    }

    /// The workbook at `path`, ready to be asked.
    ///
    /// # Errors
    /// When it has errors, or its input tables cannot be made.
    pub async fn workbook(&self, path: &str) -> anyhow::Result<Workbook<'_>> {
        let compilation = self.compile(path).await?;
        let Some(plan) = compilation.plan else {
            bail!("{path} has errors: {}", told(&compilation.diagnostics));
        };
        self.run(plan).await
    }

    /// A plan, ready to be asked.
    ///
    /// # Errors
    /// When its files cannot be read or its input tables cannot be made.
    #[expect(
        clippy::disallowed_methods,
        reason = "the store asks for files of the project"
    )]
    pub async fn run(&self, plan: Arc<Plan>) -> anyhow::Result<Workbook<'_>> {
        if !plan.files.is_empty() {
            self.load(&plan.files).await?;
        }
        let store = Store::new(Arc::clone(&self.adapter));
        let read = |path: &str| {
            std::fs::read_to_string(self.root.join(path)).map_err(|error| error.to_string())
        };
        let report = store.open(&plan, &read, self.now).await?;
        if !report.problems.is_empty() {
            bail!("{}", report.problems.join("\n"));
        }
        let engine = Engine::new(
            plan,
            Arc::clone(&self.adapter),
            Arc::new(store),
            Arc::<Shared>::default(),
            true,
        );
        Ok(Workbook {
            bench: self,
            engine,
        })
    }

    /// Rows of a statement.
    async fn query(
        &self,
        text: String,
        params: Vec<Value>,
        types: Vec<Type>,
    ) -> anyhow::Result<Vec<Vec<Value>>> {
        let statement = Statement::new(text, params).returning(types);
        let rows = self.adapter.query(statement, Limits::default()).await?;
        let batch = rows.collect().await?;
        Ok((0..batch.rows).map(|row| batch.row(row)).collect())
    }
}

impl Workbook<'_> {
    /// The plan.
    pub fn plan(&self) -> &Plan {
        self.engine.plan()
    }

    /// The answer of the engine: what `query` prints.
    ///
    /// # Errors
    /// When there is no such element, level or control, or the engine fails.
    pub async fn engine(&self, ask: &Ask) -> anyhow::Result<Rows> {
        let bindings = self.bindings(ask)?;
        let listing = self
            .engine
            .rows(&ask.element, &ask.grain, &bindings)
            .await
            .map_err(|error| self.told(ask, &bindings, &error))?;
        Ok(Rows {
            columns: listing.columns.iter().map(|c| c.name.to_string()).collect(),
            rows: (0..listing.rows)
                .map(|row| {
                    let cells = listing.cells.iter();
                    cells
                        .map(|cells| cells.get(row).cloned().unwrap_or(Value::Null))
                        .collect()
                })
                .collect(),
        })
    }

    /// The statement the engine runs.
    ///
    /// # Errors
    /// As [`Self::engine`].
    pub fn sql(&self, ask: &Ask) -> anyhow::Result<String> {
        let bindings = self.bindings(ask)?;
        let statement = self.engine.explain(&ask.element, &ask.grain, &bindings)?;
        Ok(statement.text)
    }

    /// The answer of the reference interpreter over the same rows.
    ///
    /// # Errors
    /// When there is no such element, level or control, or the tables cannot be read.
    pub async fn reference(&self, ask: &Ask) -> anyhow::Result<Rows> {
        let bindings = self.bindings(ask)?;
        interpret::rows(self, ask, &bindings).await
    }

    fn bindings(&self, ask: &Ask) -> anyhow::Result<Bindings> {
        let plan = self.plan();
        let mut controls = BTreeMap::new();
        for (name, value) in &ask.set {
            let named = plan.controls.values().find(|control| control.name == *name);
            let control = named
                .or_else(|| plan.controls.get(name))
                .with_context(|| format!("there is no control `{name}`"))?;
            let value = url::parse(&control.kind, value, &plan.settings)
                .map_err(|error| anyhow::anyhow!("control `{name}`: {error}"))?;
            controls.insert(control.id.clone(), value);
        }
        Ok(Bindings {
            controls,
            now: self.bench.now,
            settings: plan.settings.clone(),
            ..Bindings::default()
        })
    }

    fn told(
        &self,
        ask: &Ask,
        bindings: &Bindings,
        error: &bookwright::engine::EngineError,
    ) -> anyhow::Error {
        let statement = self.engine.explain(&ask.element, &ask.grain, bindings);
        let sql = statement.map_or_else(|e| e.to_string(), |s| s.text);
        anyhow::anyhow!("{error}\n{sql}")
    }
}

/// Findings in one line each.
pub fn told(diagnostics: &Diagnostics) -> String {
    let lines = diagnostics
        .iter()
        .map(|found| format!("{}: {}", found.code.name, found.message));
    lines.collect::<Vec<_>>().join("\n")
}

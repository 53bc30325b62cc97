//! The engine over a small book on a real engine, made by hand.

mod book;
mod edits;
mod faults;
mod groups;
mod options;
mod rows;

use std::collections::BTreeMap;
use std::sync::Arc;

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::plan::builder::Nodes;
use bookwright_compiler::plan::{Plan, Settings};
use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::Engine;
use crate::adapter::Adapter;
use crate::adapter::sqlite::{Config, Sqlite};
use crate::protocol::query::{Part, QueryLine, Table, Want};
use crate::store::Store;

pub(crate) struct Fixture {
    folder: tempfile::TempDir,
    pub(crate) engine: Arc<Engine>,
}

impl Fixture {
    pub(crate) async fn new(change: impl FnOnce(&mut Plan, &mut Nodes)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Sqlite::open(
            &Config::new(folder.path().join("a.db")),
            &Settings::default(),
        )
        .unwrap();
        let adapter: Arc<dyn Adapter> = Arc::new(sqlite);
        adapter.insert(book::orders()).await.unwrap();
        let mut nodes = Nodes::new();
        let mut plan = book::plan(&mut nodes);
        change(&mut plan, &mut nodes);
        plan.nodes = nodes.all();
        let store = Arc::new(Store::new(Arc::clone(&adapter)));
        store.open(&plan, &|_| Err(String::new()), 0).await.unwrap();
        let engine = Arc::new(Engine::new(
            Arc::new(plan),
            adapter,
            store,
            Arc::default(),
            true,
        ));
        Self { folder, engine }
    }

    pub(crate) fn bindings(&self, controls: Json) -> Bindings {
        let controls: IndexMap<String, Json> = serde_json::from_value(controls).unwrap();
        self.engine.bindings(&controls, 0, BTreeMap::new()).unwrap()
    }

    async fn line(&self, want: Want, controls: Json) -> QueryLine {
        self.engine.line(1, &want, &self.bindings(controls)).await
    }

    async fn table(&self, want: Want) -> Table {
        let line = self.line(want, json!({})).await;
        line.ok.unwrap_or_else(|| panic!("{:?}", line.err))
    }
}

pub(crate) fn want(el: &str) -> Want {
    Want {
        el: el.to_owned(),
        part: Part::Rows,
        rows: None,
        sort: Vec::new(),
        open: None,
        toggled: Vec::new(),
        search: None,
    }
}

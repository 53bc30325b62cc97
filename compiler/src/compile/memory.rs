//! What is kept from one compilation of a workbook to the next.
//!
//! Files with the same text are not parsed again. Elements whose definition did not change are neither checked nor
//! planned again while everything they looked at is the same; so are pages. Nodes are addressed by content, so they are
//! kept in any case. A compilation with a memory gives exactly what one without gives.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::document::load::{Document, Known};
use crate::emit::{Filtered, KeptPlaces};
use crate::lower::Dependencies;
use crate::plan::Settings;
use crate::plan::builder::Nodes;
use crate::plan::element::DataElement;
use crate::resolve::{DataDef, Model, PlaceDef};
use crate::typing::Element;
use crate::typing::trail::Kept;

/// What is kept of a workbook. An empty one is a fresh start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Nothing is noted for a next time.
    forgetful: bool,
    pub(crate) files: FxHashMap<String, Known>,
    /// Keeps the definitions where they are: what is kept is found by their addresses.
    document: Option<Document>,
    names: Option<blake3::Hash>,
    places: Option<blake3::Hash>,
    pub(crate) elements: Kept,
    pub(crate) planned: Planned,
}

/// What is kept of planning.
#[derive(Debug, Default)]
pub(crate) struct Planned {
    /// The document it was planned from: another one may have been checked since, and been in error.
    pub(crate) document: Option<Document>,
    pub(crate) nodes: Nodes,
    pub(crate) dependencies: Dependencies,
    /// Data elements, by the address of the checked element.
    pub(crate) data: FxHashMap<usize, Lowered>,
    /// Pages and overlays, by the address of their definition.
    pub(crate) drawn: KeptPlaces,
}

/// A data element, what it was lowered from, and the controls that filtered it or anything it reads: element and
/// address of the control's definition, sorted.
#[derive(Clone, Debug)]
pub(crate) struct Lowered {
    /// Keeps the address taken.
    pub(crate) _from: Arc<Element>,
    pub(crate) filtered: Filtered,
    pub(crate) data: Arc<DataElement>,
}

impl Memory {
    /// For one compilation only.
    pub fn forgetful() -> Self {
        Self {
            forgetful: true,
            ..Self::default()
        }
    }

    /// Whether there will be a next time.
    pub(crate) fn lasts(&self) -> bool {
        !self.forgetful
    }

    /// Forgets what does not hold for the names of this model.
    pub(crate) fn enter(&mut self, model: &Model<'_>, settings: &Settings) {
        if self.forgetful {
            return;
        }
        let names = names(model, settings);
        if self.names != Some(names) {
            self.names = Some(names);
            self.elements.clear();
            self.planned.data.clear();
            self.planned.drawn.clear();
        }
        let places = places(model);
        if self.places != Some(places) {
            self.places = Some(places);
            self.planned.drawn.clear();
        }
    }

    /// Paths of the files that were read.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let mut paths: Vec<&str> = self.files.keys().map(String::as_str).collect();
        paths.sort_unstable();
        paths.into_iter()
    }

    /// Keeps the document whose definitions are remembered.
    pub(crate) fn keep(&mut self, document: Document) {
        self.document = Some(document);
    }
}

/// What indexes of elements hold for.
fn names(model: &Model<'_>, settings: &Settings) -> blake3::Hash {
    let mut bytes = serde_json::to_vec(settings).unwrap_or_default();
    let mut add = |tag: u8, text: &str| append(&mut bytes, tag, text);
    model.failed.iter().for_each(|name| add(0, name));
    for data in model.data.values() {
        let kind = match data.def {
            DataDef::Query(_) => 1,
            DataDef::InputTable(_) => 2,
            DataDef::Table(_) => 3,
            DataDef::Chart(_) => 4,
            DataDef::Kpi(_) => 5,
        };
        add(kind, data.pinned.map_or("", |id| &id.value));
    }
    blake3::hash(&bytes)
}

/// What ids of items hold for, and everything an item may name beside elements and controls.
fn places(model: &Model<'_>) -> blake3::Hash {
    let mut bytes = Vec::new();
    let mut add = |tag: u8, text: &str| append(&mut bytes, tag, text);
    for (name, place) in &model.places {
        let kind = match place.def {
            PlaceDef::Page(_) => 0,
            PlaceDef::Modal(_) | PlaceDef::Drawer(_) => 8,
        };
        add(kind, name);
        add(1, &place.id);
    }
    for (name, action) in &model.actions {
        add(2, name);
        let address = std::ptr::from_ref(action.def).addr();
        add(3, &address.to_string());
    }
    for (name, tabs) in &model.tabs {
        add(4, name);
        add(5, &tabs.id);
        for (tab, id) in &tabs.tabs {
            add(6, &tab.value);
            add(7, id);
        }
    }
    blake3::hash(&bytes)
}

/// Appends a text behind what it is and its length, so that other texts give other bytes.
fn append(bytes: &mut Vec<u8>, tag: u8, text: &str) {
    bytes.push(tag);
    bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

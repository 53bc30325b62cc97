//! What a check looked at: while all of it stays the same, so does what the check found.
//!
//! An element that was sound is kept with its trail from one compilation to the next. A trail names elements by their
//! index: when data elements are added, removed or moved, nothing is kept.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Element;
use super::scope::Checker;
use crate::host::{CatalogColumn, CatalogTable, SqlRefusal};
use crate::plan::Feature;
use crate::resolve::{ControlDef, DataDef};
use crate::span::Span;

/// What one check looked at, and what it noted beside its result.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail {
    /// Other elements, by index.
    reads: Vec<(usize, Arc<Element>)>,
    /// The element itself, when its index is in what was checked: it looks something up in itself.
    own: Option<usize>,
    /// Elements of items that show an existing element, by the place of the item.
    pub(crate) shown: Vec<(Span, Arc<Element>)>,
    /// Controls by name, with the address of the definition; none where there was no such control.
    controls: Vec<(String, Option<usize>)>,
    /// Ids of items, by the place of the item.
    pub(crate) items: Vec<(Span, String)>,
    answers: Vec<Answer>,
    needs: Vec<(Feature, Span)>,
    files: Vec<String>,
}

impl Trail {
    /// Indexes of the elements that were read.
    pub(crate) fn read(&self) -> impl Iterator<Item = usize> {
        self.reads.iter().map(|(index, _)| *index)
    }
}

/// A question to the host, and what it said.
#[derive(Clone, Debug)]
enum Answer {
    Tables(Vec<String>, Option<Vec<CatalogTable>>),
    Identifier(Vec<String>, String),
    Csv(String, Result<CatalogTable, String>),
    Sql(String, Option<Result<Vec<CatalogColumn>, SqlRefusal>>),
}

/// Sound elements by the address of their definition, which the documents they came from keep taken.
pub(crate) type Kept = FxHashMap<usize, (Trail, Arc<Element>)>;

impl<'d> Checker<'_, 'd> {
    /// Begins to note what is looked at.
    pub(crate) fn begin_trail(&mut self) {
        if self.remembers {
            self.trails.push((self.sink.len(), Trail::default()));
        }
    }

    /// What was looked at since the last beginning; `None` when there was a finding, or when something was looked at
    /// that is not known to be the same next time.
    pub(crate) fn end_trail(&mut self) -> Option<Trail> {
        let (found, trail) = self.trails.pop()?;
        (self.sink.len() == found).then_some(trail)
    }

    /// Whether everything a trail looked at is as it was. Elements on it are checked first.
    pub(crate) fn holds(&mut self, trail: &Trail) -> bool {
        let host = self.host;
        let model = self.model;
        let control = |name: &str| model.controls.get(name).map(|c| control_address(*c));
        let controls = &trail.controls;
        let controls = controls.iter().all(|(name, was)| control(name) == *was);
        let controls = controls && trail.own.is_none_or(|index| self.is_at(index));
        let answers = controls
            && trail.answers.iter().all(|answer| match answer {
                Answer::Tables(path, before) => host.tables(path) == *before,
                Answer::Identifier(path, before) => host.table_identifier(path) == *before,
                Answer::Csv(path, before) => host.describe_csv(path) == *before,
                Answer::Sql(text, before) => host.describe_sql(text) == *before,
            });
        // What is compared here is not looked at by the check that asked.
        self.begin_trail();
        let reads = answers
            && trail
                .reads
                .iter()
                .all(|(index, now)| self.is_same(*index, now));
        self.trails.pop();
        reads
    }

    /// Whether an element is the one it was. One whose check is under way is not, and no circle is reported: the check
    /// that is done again runs into it where it is written.
    fn is_same(&mut self, index: usize, before: &Arc<Element>) -> bool {
        !self.is_under_way(index)
            && self
                .element(index, before.span)
                .is_some_and(|now| Arc::ptr_eq(&now, before))
    }

    /// Notes again what a check noted whose result is kept.
    pub(crate) fn follow(&mut self, trail: &Trail) {
        for (feature, place) in &trail.needs {
            self.need(*feature, *place);
        }
        for file in &trail.files {
            self.file(file);
        }
    }

    /// The element of a definition, when nothing it depends on has changed.
    pub(super) fn kept(&mut self, key: usize) -> Option<Arc<Element>> {
        let (trail, element) = self.known.remove(&key)?;
        if !self.holds(&trail) {
            return None;
        }
        self.follow(&trail);
        self.fresh.insert(key, (trail, Arc::clone(&element)));
        Some(element)
    }

    /// A control by its name.
    pub(crate) fn control(&mut self, name: &str) -> Option<ControlDef<'d>> {
        let control = self.model.controls.get(name).copied();
        if let Some((_, trail)) = self.trails.last_mut() {
            let address = control.map(control_address);
            trail.controls.push((name.to_owned(), address));
        }
        control
    }

    /// Notes that an element was read.
    pub(super) fn note_read(&mut self, index: usize, element: &Arc<Element>) {
        if let Some((_, trail)) = self.trails.last_mut()
            && !trail.reads.iter().any(|(known, _)| *known == index)
        {
            trail.reads.push((index, Arc::clone(element)));
        }
    }

    /// Notes that the index of the element under way is in what it is checked to.
    pub(super) fn note_own(&mut self, index: usize) {
        if let Some((_, trail)) = self.trails.last_mut() {
            trail.own = Some(index);
        }
    }

    /// Notes that the element of an item that adds to the one it shows was looked at.
    pub(crate) fn note_shown(&mut self, item: Span, element: &Arc<Element>) {
        if let Some((_, trail)) = self.trails.last_mut() {
            trail.shown.push((item, Arc::clone(element)));
        }
    }

    /// Notes which id an item has.
    pub(crate) fn note_item(&mut self, item: Span, id: &str) {
        if let Some((_, trail)) = self.trails.last_mut() {
            trail.items.push((item, id.to_owned()));
        }
    }

    /// Notes that the target must have an ability. The place that counts is the first one in the files, whatever was
    /// checked first.
    pub(crate) fn need(&mut self, feature: Feature, place: Span) {
        let first = self.needs.entry(feature).or_insert(place);
        *first = place.min(*first);
        if let Some((_, trail)) = self.trails.last_mut() {
            trail.needs.push((feature, place));
        }
    }

    /// Notes that a CSV file is read.
    fn file(&mut self, path: &str) {
        self.files.insert(path.to_owned());
        if let Some((_, trail)) = self.trails.last_mut() {
            trail.files.push(path.to_owned());
        }
    }

    /// See [`Host::tables`](crate::host::Host::tables).
    pub(super) fn tables(&mut self, path: &[String]) -> Option<Vec<CatalogTable>> {
        let answer = self.host.tables(path);
        self.note(|| Answer::Tables(path.to_vec(), answer.clone()));
        answer
    }

    /// See [`Host::table_identifier`](crate::host::Host::table_identifier).
    pub(super) fn table_identifier(&mut self, path: &[String]) -> String {
        let answer = self.host.table_identifier(path);
        self.note(|| Answer::Identifier(path.to_vec(), answer.clone()));
        answer
    }

    /// See [`Host::describe_csv`](crate::host::Host::describe_csv).
    pub(super) fn describe_csv(&mut self, path: &str) -> Result<CatalogTable, String> {
        self.file(path);
        let answer = self.host.describe_csv(path);
        self.note(|| Answer::Csv(path.to_owned(), answer.clone()));
        answer
    }

    /// See [`Host::describe_sql`](crate::host::Host::describe_sql).
    pub(super) fn describe_sql(
        &mut self,
        text: &str,
    ) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        let answer = self.host.describe_sql(text);
        self.note(|| Answer::Sql(text.to_owned(), answer.clone()));
        answer
    }

    fn note(&mut self, answer: impl FnOnce() -> Answer) {
        if let Some((_, trail)) = self.trails.last_mut() {
            trail.answers.push(answer());
        }
    }
}

/// The address of the definition of a control.
pub(crate) fn control_address(control: ControlDef<'_>) -> usize {
    std::ptr::from_ref(control.def).addr()
}

/// The address of a definition.
pub(super) fn address(def: DataDef<'_>) -> usize {
    match def {
        DataDef::Query(query) => std::ptr::from_ref(query).addr(),
        DataDef::InputTable(table) => std::ptr::from_ref(table).addr(),
        DataDef::Table(table) => std::ptr::from_ref(table).addr(),
        DataDef::Chart(chart) => std::ptr::from_ref(chart).addr(),
        DataDef::Kpi(kpi) => std::ptr::from_ref(kpi).addr(),
    }
}

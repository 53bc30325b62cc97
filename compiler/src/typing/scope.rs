//! The checker: memory of one checking run, and the scope a formula is typed in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::columns::Columns;
use super::trail::{Kept, Trail, address};
use super::{Checked, Depth, Element, Source};
use crate::diag::codes::names as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::host::Host;
use crate::plan::{Feature, Settings};
use crate::resolve::Model;
use crate::source::SourceMap;
use crate::span::Span;

/// Checks one workbook.
pub(crate) struct Checker<'c, 'd> {
    pub(crate) host: &'c dyn Host,
    pub(crate) model: &'c Model<'d>,
    pub(crate) settings: &'c Settings,
    /// Texts as written, for fixes that move parts of them.
    pub(crate) sources: &'c SourceMap,
    pub(crate) sink: Diagnostics,
    /// CSV files that queries read.
    pub(crate) files: BTreeSet<String>,
    /// Abilities that the workbook asks of its target, with the first place in its files that does.
    pub(crate) needs: BTreeMap<Feature, Span>,
    /// Whether trails are noted at all.
    pub(super) remembers: bool,
    /// Sound elements of the last compilation, and those of this one.
    pub(super) known: Kept,
    pub(super) fresh: Kept,
    /// What the checks under way looked at, each with the number of findings before it.
    pub(super) trails: Vec<(usize, Trail)>,
    states: Vec<State>,
    /// Elements as sources, by index and depth: most are read by several others.
    pub(super) sources_of: FxHashMap<(usize, Depth), Arc<Source>>,
    /// Named elements whose check is under way, for cycles.
    stack: Vec<usize>,
}

#[derive(Clone)]
enum State {
    New,
    Open,
    Done(Arc<Element>),
}

impl<'c, 'd> Checker<'c, 'd> {
    /// A checker that has looked at nothing yet.
    pub(crate) fn new(
        host: &'c dyn Host,
        model: &'c Model<'d>,
        settings: &'c Settings,
        sources: &'c SourceMap,
        (known, remembers): (Kept, bool),
    ) -> Self {
        Self {
            host,
            model,
            settings,
            sources,
            sink: Diagnostics::default(),
            files: BTreeSet::new(),
            needs: BTreeMap::new(),
            known,
            remembers,
            fresh: Kept::default(),
            trails: Vec::new(),
            states: vec![State::New; model.data.len()],
            sources_of: FxHashMap::default(),
            stack: Vec::new(),
        }
    }

    /// The checked element of a model index; `None` when it is being checked right now: a cycle, which is reported at
    /// `from`.
    pub(crate) fn element(&mut self, index: usize, from: Span) -> Option<Arc<Element>> {
        let element = match self.states.get(index)? {
            State::Done(element) => Arc::clone(element),
            State::Open => {
                self.report_cycle(index, from);
                return None;
            }
            State::New => {
                self.states[index] = State::Open;
                self.stack.push(index);
                let key = address(self.model.data[index].def);
                let element = self.kept(key).unwrap_or_else(|| self.afresh(index, key));
                self.stack.pop();
                self.states[index] = State::Done(Arc::clone(&element));
                element
            }
        };
        self.note_read(index, &element);
        Some(element)
    }

    fn afresh(&mut self, index: usize, key: usize) -> Arc<Element> {
        self.begin_trail();
        let element = Arc::new(super::element::check(self, index));
        if let Some(trail) = self.end_trail() {
            self.fresh.insert(key, (trail, Arc::clone(&element)));
        }
        element
    }

    /// Sound elements, to be kept.
    pub(crate) fn take_fresh(&mut self) -> Kept {
        std::mem::take(&mut self.fresh)
    }

    /// The checked element of a name.
    pub(crate) fn named(&mut self, name: &str, from: Span) -> Option<(usize, Arc<Element>)> {
        let index = self.model.data.get_index_of(name)?;
        self.element(index, from).map(|element| (index, element))
    }

    /// Checks every element of the model. Formulas that belong to no element may be typed afterwards.
    pub(crate) fn check_all(&mut self) -> Checked {
        for index in 0..self.states.len() {
            let span = self.model.data[index].name.span;
            self.element(index, span);
        }
        let named = self.states.iter().filter_map(|state| match state {
            State::Done(element) => Some(Arc::clone(element)),
            State::New | State::Open => None,
        });
        Checked {
            elements: named.collect(),
        }
    }

    /// Whether the element of a name is the one being checked right now.
    pub(crate) fn is_open(&self, name: &str) -> bool {
        let index = self.model.data.get_index_of(name);
        index.is_some() && index == self.stack.last().copied()
    }

    /// Whether the element of an index is the one being looked at right now.
    pub(super) fn is_at(&self, index: usize) -> bool {
        self.stack.last() == Some(&index)
    }

    /// Whether the check of an element is under way.
    pub(super) fn is_under_way(&self, index: usize) -> bool {
        matches!(self.states.get(index), Some(State::Open))
    }

    fn report_cycle(&mut self, index: usize, from: Span) {
        let start = self.stack.iter().position(|i| *i == index).unwrap_or(0);
        let mut path: Vec<String> = self.stack[start..].iter().map(|i| self.name(*i)).collect();
        path.push(self.name(index));
        let path = path.join(" → ");
        self.sink.push(
            Diagnostic::new(
                &codes::CIRCULAR_REFERENCE,
                from,
                format!("`{}` reads itself: {path}", self.name(index)),
            )
            .label("closes the circle"),
        );
    }

    fn name(&self, index: usize) -> String {
        self.model
            .data
            .get_index(index)
            .map_or_else(String::new, |(name, _)| name.clone())
    }
}

/// What bare names mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Bare {
    /// Columns of the element, then of its source, then controls.
    Own,
    /// Columns of the source, then controls: a metric of the source.
    Source,
    /// Controls only: an action or a control's default.
    Controls,
}

/// Where a formula stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    /// What bare names mean.
    pub(crate) bare: Bare,
    /// The column it defines: its own name means the source's column.
    pub(crate) column: Option<usize>,
    /// Inside the arguments of an aggregate, which it names.
    pub(crate) aggregate: Option<&'p str>,
    /// Depth of the column, when it is known already.
    pub(crate) depth: Option<Depth>,
    /// Inside of what is computed for each item of an array, where `[Item]` is that item.
    pub(crate) item: bool,
    /// Metrics whose formulas enclose this place, for cycles.
    pub(crate) metrics: &'p [&'p str],
}

impl Place<'_> {
    /// A formula of an element at a depth.
    pub(crate) fn at(depth: Depth) -> Self {
        Self {
            bare: Bare::Own,
            column: None,
            aggregate: None,
            depth: Some(depth),
            item: false,
            metrics: &[],
        }
    }

    /// A formula of an element whose depth follows from what it reads.
    pub(crate) fn free() -> Self {
        Self {
            bare: Bare::Own,
            column: None,
            aggregate: None,
            depth: None,
            item: false,
            metrics: &[],
        }
    }
}

/// Types formulas of one element.
pub(crate) struct Typer<'t, 'c, 'd> {
    pub(crate) checker: &'t mut Checker<'c, 'd>,
    /// Columns of the element, typed on demand.
    pub(crate) own: Columns<'d>,
    pub(crate) source: &'t Source,
    /// Name of the element, for messages.
    pub(crate) name: String,
    /// Number of groupings.
    pub(crate) levels: usize,
    /// Charts take percentages of the grand total, tables of the parent.
    pub(crate) chart: bool,
    /// Columns of the element that was clicked, for `[Selection/…]`; `None` where there is no selection.
    pub(crate) selection: Option<Arc<Element>>,
    /// Metrics of the element itself.
    pub(crate) metrics: Arc<[super::Metric]>,
}

impl<'t, 'c, 'd> Typer<'t, 'c, 'd> {
    /// Types formulas over a source, for something of that name without columns, groupings or a selection yet.
    pub(crate) fn over(
        checker: &'t mut Checker<'c, 'd>,
        source: &'t Source,
        name: impl Into<String>,
    ) -> Self {
        Self {
            checker,
            own: Columns::default(),
            source,
            name: name.into(),
            levels: 0,
            chart: false,
            selection: None,
            metrics: Arc::default(),
        }
    }
}

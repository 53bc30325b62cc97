//! The plan of a checked workbook.
//!
//! Enters: a [`Model`] whose elements are checked. Leaves: a [`Plan`], or none when anything is in error. Formulas that
//! belong to no element (dynamic text, actions, defaults) are typed here, so this stage still reports.

mod action;
mod chart;
mod control;
mod data_item;
mod effect;
mod filters;
mod input;
mod item;
mod layout;
mod origin;
mod place;
mod prose;
mod scalar;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

pub(crate) use self::filters::Filtered;
pub(crate) use self::place::KeptPlaces;

use crate::compile::{Goal, Lowered, Memory};
use crate::diag::Diagnostics;
use crate::document::load::Document;
use crate::host::Host;
use crate::lower::{ControlTest, Dependencies, Lowerer, data_element};
use crate::plan::action::Action;
use crate::plan::element::DataElement;
use crate::plan::layout::Element;
use crate::plan::{Feature, Plan, Settings};
use crate::resolve::Model;
use crate::source::SourceMap;
use crate::span::Span;
use crate::typing::Checked;
use crate::typing::scope::Checker;

/// What the plan is made of while it grows.
pub(crate) struct Emitter<'e, 'c, 'd> {
    pub(crate) checker: Checker<'c, 'd>,
    pub(crate) model: &'c Model<'d>,
    pub(crate) checked: &'e Checked,
    /// Elements of items that show an existing element and add to it.
    shown: BTreeMap<Span, usize>,
    /// Absent when there are errors: then formulas are only typed.
    pub(crate) lower: Option<Lowerer<'e>>,
    dependencies: Dependencies,
    elements: IndexMap<String, Arc<Element>>,
    actions: IndexMap<String, Action>,
    /// Data elements of dynamic text.
    prose: IndexMap<String, Arc<DataElement>>,
}

/// What is known of a checked workbook.
pub(crate) struct Outcome {
    /// None when there are errors, or when only a check was asked for.
    pub(crate) plan: Option<Plan>,
    /// CSV files that queries read.
    pub(crate) files: BTreeSet<String>,
    /// Abilities the target must have, each with the first place that asks for it.
    pub(crate) needs: BTreeMap<Feature, Span>,
}

/// Checks a workbook whose names are resolved, and plans it when that is the goal and nothing is in error.
pub(crate) fn emit(
    (host, goal): (&dyn Host, Goal),
    document: &Document,
    model: &Model<'_>,
    (settings, memory): (&Settings, &mut Memory),
    sources: &SourceMap,
    sink: &mut Diagnostics,
) -> Outcome {
    let known = std::mem::take(&mut memory.elements);
    let mut checker = Checker::new(host, model, settings, sources, (known, memory.lasts()));
    let mut checked = checker.check_all();
    memory.elements = checker.take_fresh();
    let mut shown = BTreeMap::new();
    for (span, element) in checker.shown_items() {
        shown.insert(span, checked.elements.len());
        checked.elements.push(Arc::new(element));
    }
    let mut controls = control::check_all(&mut checker, &checked);
    if let Some(table) = document.parts().find_map(|part| part.input_tables.first()) {
        checker.need(Feature::InputTables, table.name.span);
    }
    let sound = !sink.has_errors() && !checker.sink.has_errors();
    let mut tests = std::mem::take(&mut controls.tests);
    mirrored_tests(&checked, &mut tests);
    let mut emitter = Emitter {
        checker,
        model,
        checked: &checked,
        shown,
        lower: (sound && goal == Goal::Plan)
            .then(|| Lowerer::new(&checked, tests, std::mem::take(&mut memory.planned.nodes))),
        dependencies: std::mem::take(&mut memory.planned.dependencies),
        elements: IndexMap::new(),
        actions: IndexMap::new(),
        prose: IndexMap::new(),
    };
    let plan = emitter.plan(document, settings, controls, (sources, memory));
    let checker = emitter.checker;
    sink.append(checker.sink);
    let mut plan = plan.filter(|_| !sink.has_errors());
    if let Some(plan) = &mut plan {
        plan.files = checker.files.iter().cloned().collect();
        plan.needs = checker.needs.keys().copied().collect();
    }
    Outcome {
        plan,
        files: checker.files,
        needs: checker.needs,
    }
}

impl<'d> Emitter<'_, '_, 'd> {
    fn plan(
        &mut self,
        document: &Document,
        settings: &Settings,
        controls: control::Controls<'d>,
        (sources, memory): (&SourceMap, &mut Memory),
    ) -> Option<Plan> {
        let workbook = document.main.as_ref();
        let (elements, kept) = (&memory.elements, &mut memory.planned);
        self.named_actions();
        let filtered = match &self.lower {
            Some(lower) => filters::of(self.model, self.checked, &lower.control_tests, elements),
            None => Vec::new(),
        };
        let (pages, overlays) = self.places(&mut kept.drawn, &filtered);
        let mut planned = self.controls(controls);
        let input_tables = self.input_tables();
        let name = workbook
            .workbook
            .as_ref()
            .map_or_else(String::new, |w| w.value.clone());
        let mut lower = self.lower.take()?;
        let mut data: IndexMap<String, Arc<DataElement>> = IndexMap::new();
        let mut known = std::mem::take(&mut kept.data);
        for (index, (checked, filtered)) in self.checked.elements.iter().zip(filtered).enumerate() {
            let key = Arc::as_ptr(checked).addr();
            let same = known
                .remove(&key)
                .filter(|known| known.filtered == filtered);
            let element = match same {
                Some(known) => known.data,
                None => Arc::new(data_element(&mut lower, index, &mut self.dependencies)),
            };
            let lowered = Lowered {
                _from: Arc::clone(checked),
                filtered,
                data: Arc::clone(&element),
            };
            kept.data.insert(key, lowered);
            data.insert(element.id.clone(), element);
        }
        data.extend(std::mem::take(&mut self.prose));
        affected(&data, &mut planned);
        let mut plan = Plan {
            version: crate::plan::VERSION,
            id: crate::resolve::ids::workbook(workbook),
            name,
            description: workbook
                .description
                .as_ref()
                .and_then(crate::document::primitive::Prose::plain),
            settings: settings.clone(),
            needs: Vec::new(),
            nodes: BTreeMap::new(),
            controls: planned,
            files: Vec::new(),
            input_tables,
            data,
            elements: std::mem::take(&mut self.elements),
            pages,
            overlays,
            actions: std::mem::take(&mut self.actions),
            origins: origin::origins(self.model, self.checked, sources),
        };
        let roots = crate::plan::roots(&plan);
        lower.nodes.retain_reachable(roots.iter());
        plan.nodes = lower.nodes.all();
        self.dependencies.retain(&lower.nodes);
        kept.document = Some(document.clone());
        kept.nodes = lower.nodes;
        kept.dependencies = std::mem::take(&mut self.dependencies);
        Some(plan)
    }
}

/// What filters an element also filters the elements that show it with its levels.
fn mirrored_tests(checked: &Checked, tests: &mut BTreeMap<usize, Vec<ControlTest>>) {
    for (index, element) in checked.elements.iter().enumerate() {
        let mut all = Vec::new();
        let mut shown = element.mirrors;
        while let Some(next) = shown {
            let taken = tests.get(&next).into_iter().flatten();
            let taken = taken.map(|test| ControlTest {
                of: test.of.or(Some(next)),
                ..test.clone()
            });
            all.splice(0..0, taken);
            // Tests of a mirror that was done already hold those of what it shows.
            shown = checked.elements[next].mirrors.filter(|_| next > index);
        }
        if !all.is_empty() {
            all.append(&mut tests.remove(&index).unwrap_or_default());
            tests.insert(index, all);
        }
    }
}

/// Fills in which data elements each control reaches.
fn affected(
    data: &IndexMap<String, Arc<DataElement>>,
    controls: &mut IndexMap<String, crate::plan::control::Control>,
) {
    let mut reached: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for element in data.values() {
        for control in &element.controls {
            reached.entry(control).or_default().push(element.id.clone());
        }
    }
    for control in controls.values_mut() {
        let mut ids = reached.remove(control.id.as_str()).unwrap_or_default();
        ids.sort();
        control.affects = ids;
    }
}

//! Required controls: while one is empty, the data elements of its page or overlay show nothing.

use std::collections::{BTreeMap, BTreeSet};

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::control::ControlValue;
use bookwright_compiler::plan::layout::{ElementKind, Placement};
use bookwright_compiler::value::Value;

/// Ids of required controls by data element that stands on the same page or overlay.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Waiting(BTreeMap<String, BTreeSet<String>>);

impl Waiting {
    /// Looks through all pages and overlays.
    pub fn of(plan: &Plan) -> Self {
        let mut waiting = Self::default();
        let bodies = plan.pages.iter().map(|page| &page.body);
        for body in bodies.chain(plan.overlays.iter().map(|overlay| &overlay.body)) {
            let mut place = Place::default();
            place.visit(plan, body);
            place.controls.retain(|id| {
                plan.controls
                    .get(id)
                    .is_some_and(|control| control.required)
            });
            if place.controls.is_empty() {
                continue;
            }
            for data in place.data {
                waiting
                    .0
                    .entry(data)
                    .or_default()
                    .extend(place.controls.iter().cloned());
            }
        }
        waiting
    }

    /// Controls that `data` waits for, in their order in the plan.
    pub fn unmet(&self, plan: &Plan, data: &str, bindings: &Bindings) -> Vec<String> {
        let Some(required) = self.0.get(data) else {
            return Vec::new();
        };
        let controls = plan
            .controls
            .values()
            .filter(|control| required.contains(&control.id));
        let empty =
            controls.filter(|c| is_empty(bindings.controls.get(&c.id).unwrap_or(&c.default)));
        empty.map(|control| control.id.clone()).collect()
    }
}

fn is_empty(value: &ControlValue) -> bool {
    match value {
        ControlValue::Empty | ControlValue::Range(Value::Null, Value::Null) => true,
        ControlValue::Many(values) => values.is_empty(),
        ControlValue::One(_) | ControlValue::Range(..) | ControlValue::Window(_) => false,
    }
}

#[derive(Default)]
struct Place {
    data: BTreeSet<String>,
    controls: BTreeSet<String>,
}

impl Place {
    fn visit(&mut self, plan: &Plan, body: &[Placement]) {
        for element in body
            .iter()
            .filter_map(|placement| plan.elements.get(&placement.element))
        {
            self.data.extend(element.data.clone());
            match &element.kind {
                ElementKind::Control { control } => {
                    self.controls.insert(control.clone());
                }
                ElementKind::Container { body, .. } => self.visit(plan, body),
                ElementKind::Tabs { tabs, .. } => {
                    tabs.values().for_each(|tab| self.visit(plan, &tab.body));
                }
                _ => {}
            }
        }
    }
}

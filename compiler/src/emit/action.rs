//! Triggers and named actions to programs.

use std::sync::Arc;

use super::Emitter;
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::action::{Sequence as Written, Trigger};
use crate::document::primitive::{Formula, Text};
use crate::plan::action::{Action, Scalar, Sequence, Step};
use crate::resolve::{NameKind, unknown_name};
use crate::typing::Element;
use crate::value::Type;

impl Emitter<'_, '_, '_> {
    pub(super) fn named_actions(&mut self) {
        let model = self.model;
        for action in model.actions.values() {
            let sequences = action
                .def
                .sequences
                .iter()
                .map(|s| self.sequence(s, None))
                .collect();
            let action = Action {
                id: action.id.clone(),
                name: action.name.value.clone(),
                sequences,
            };
            self.actions.insert(action.id.clone(), action);
        }
        self.check_circles();
    }

    /// The program behind a trigger: a named one's id, or an inline one that is added under `id`.
    pub(super) fn trigger(
        &mut self,
        trigger: Option<&Trigger>,
        id: &str,
        selection: Option<&Arc<Element>>,
    ) -> Option<String> {
        match trigger? {
            Trigger::Run(name) => self.action_named(name),
            Trigger::Sequences(sequences, _) => {
                let sequences = sequences
                    .iter()
                    .map(|s| self.sequence(s, selection))
                    .collect();
                let action = Action {
                    id: id.to_owned(),
                    name: id.to_owned(),
                    sequences,
                };
                self.actions.insert(id.to_owned(), action);
                Some(id.to_owned())
            }
        }
    }

    /// Id of a named action; a finding when there is none.
    pub(super) fn action_named(&mut self, name: &Text) -> Option<String> {
        let model = self.model;
        if let Some(action) = model.actions.get(&name.value) {
            return Some(action.id.clone());
        }
        if !model.failed.contains(&name.value) {
            let found = unknown_name(
                NameKind::Action,
                name,
                "",
                model.actions.keys().map(String::as_str),
            );
            self.checker.sink.push(found);
        }
        None
    }

    fn sequence(&mut self, written: &Written, selection: Option<&Arc<Element>>) -> Sequence {
        let condition = written.r#if.as_ref().map(|c| self.condition(c, selection));
        let steps = self.steps(&written.r#do, selection);
        let otherwise = self.steps(&written.r#else, selection);
        let notify = written
            .notify
            .as_ref()
            .map(|prose| self.template(prose, selection));
        Sequence {
            condition,
            steps,
            otherwise,
            notify,
            atomic: written.atomic.is_some_and(|a| a.value),
        }
    }

    pub(super) fn condition(
        &mut self,
        formula: &Formula,
        selection: Option<&Arc<Element>>,
    ) -> Scalar {
        let (scalar, typed) = self.scalar(&formula.expr, selection);
        if !matches!(typed.ty, Type::Logical | Type::Unknown | Type::Null) {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::EXPECTED_LOGICAL,
                    formula.expr.span,
                    format!(
                        "a condition is True or False, this is {}",
                        typed.ty.as_str()
                    ),
                )
                .label(format!("has the type {}", typed.ty.as_str())),
            );
        }
        scalar
    }

    /// Named actions that run each other in a circle.
    fn check_circles(&mut self) {
        let model = self.model;
        for (index, start) in model.actions.values().enumerate() {
            let mut path = vec![start.id.clone()];
            if let Some(circle) = self.circle(&mut path)
                && circle.first() == Some(&start.id)
                && circle
                    .iter()
                    .all(|id| model.actions.values().position(|a| a.id == *id) >= Some(index))
            {
                let names: Vec<&str> = circle
                    .iter()
                    .filter_map(|id| self.actions.get(id))
                    .map(|a| a.name.as_str())
                    .collect();
                let message = format!("`{}` runs itself: {}", start.name.value, names.join(" → "));
                self.checker.sink.push(
                    Diagnostic::new(&codes::CIRCULAR_ACTION, start.name.span, message)
                        .label("never ends"),
                );
            }
        }
    }

    fn circle(&self, path: &mut Vec<String>) -> Option<Vec<String>> {
        let last = path.last()?.clone();
        let action = self.actions.get(&last)?;
        let mut runs = Vec::new();
        for sequence in &action.sequences {
            collect_runs(&sequence.steps, &mut runs);
            collect_runs(&sequence.otherwise, &mut runs);
        }
        for next in runs {
            if let Some(start) = path.iter().position(|id| *id == next) {
                let mut circle = path[start..].to_vec();
                circle.push(next);
                return Some(circle);
            }
            path.push(next);
            if let Some(circle) = self.circle(path) {
                return Some(circle);
            }
            path.pop();
        }
        None
    }
}

fn collect_runs(steps: &[Step], runs: &mut Vec<String>) {
    for step in steps {
        match step {
            Step::Run { action } => runs.push(action.clone()),
            Step::If {
                then, otherwise, ..
            } => {
                collect_runs(then, runs);
                collect_runs(otherwise, runs);
            }
            _ => {}
        }
    }
}

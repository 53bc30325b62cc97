//! The nodes a plan runs: what everything else must keep.

use super::Plan;
use super::action::{Rows, Scalar, Sequence, Step, Template, TemplatePart};
use super::control::Options;
use super::relation::NodeId;

/// Every node a view, a control, an input column or an action starts from.
pub(crate) fn roots(plan: &Plan) -> Vec<NodeId> {
    let mut roots: Vec<NodeId> = Vec::new();
    for data in plan.data.values() {
        roots.extend(crate::lower::views(data).map(|view| view.node));
    }
    for control in plan.controls.values() {
        if let Some(Options::From(node)) = &control.options {
            roots.push(*node);
        }
    }
    for table in plan.input_tables.values() {
        roots.extend(table.columns.iter().filter_map(|c| c.options_from));
    }
    for action in plan.actions.values() {
        action
            .sequences
            .iter()
            .for_each(|s| sequence(s, &mut roots));
    }
    roots
}

fn sequence(sequence: &Sequence, roots: &mut Vec<NodeId>) {
    sequence.condition.iter().for_each(|c| scalar(c, roots));
    steps(&sequence.steps, roots);
    steps(&sequence.otherwise, roots);
    sequence.notify.iter().for_each(|t| template(t, roots));
}

fn steps(list: &[Step], roots: &mut Vec<NodeId>) {
    for step in list {
        match step {
            Step::Insert { values, .. } => values.iter().for_each(|(_, v)| scalar(v, roots)),
            Step::Update {
                rows: which,
                values,
                ..
            } => {
                rows(which, roots);
                values.iter().for_each(|(_, v)| scalar(v, roots));
            }
            Step::Delete { rows: which, .. } => rows(which, roots),
            Step::Set { value, .. } => scalar(value, roots),
            Step::OpenUrl { url, .. } => template(url, roots),
            Step::Notify { text } => template(text, roots),
            Step::If {
                condition,
                then,
                otherwise,
            } => {
                scalar(condition, roots);
                steps(then, roots);
                steps(otherwise, roots);
            }
            Step::Clear { .. }
            | Step::Open { .. }
            | Step::Close { .. }
            | Step::Navigate { .. }
            | Step::SelectTab { .. }
            | Step::Refresh { .. }
            | Step::Run { .. } => {}
        }
    }
}

fn rows(which: &Rows, roots: &mut Vec<NodeId>) {
    match which {
        Rows::Where(node) => roots.push(*node),
        Rows::Key(values) => values.iter().for_each(|(_, v)| scalar(v, roots)),
        Rows::Selected | Rows::All => {}
    }
}

fn scalar(value: &Scalar, roots: &mut Vec<NodeId>) {
    if let Scalar::Query(node) = value {
        roots.push(*node);
    }
}

fn template(template: &Template, roots: &mut Vec<NodeId>) {
    for part in &template.parts {
        if let TemplatePart::Value(value) = part {
            scalar(value, roots);
        }
    }
}

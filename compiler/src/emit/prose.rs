//! Dynamic text: prose whose formulas are computed by a data element of one row.

use std::rc::Rc;
use std::sync::Arc;

use super::Emitter;
use crate::document::primitive::{Prose as Written, ProsePart as WrittenPart};
use crate::formula::ast::Expr as Ast;
use crate::plan::action::{Template, TemplatePart};
use crate::plan::element::{DataColumn, DataElement, DataKind, View};
use crate::plan::layout::{Prose, ProsePart};
use crate::typing::Element;

/// Collects the formulas of all prose of one element, numbered in order.
#[derive(Default)]
pub(super) struct Numbered<'d> {
    formulas: Vec<&'d Ast>,
}

impl<'d> Numbered<'d> {
    /// The prose with its formulas numbered behind those already seen.
    pub(super) fn add(&mut self, prose: &'d Written) -> Prose {
        let parts = prose
            .parts
            .iter()
            .map(|part| match part {
                WrittenPart::Text(text) => ProsePart::Text(text.clone()),
                WrittenPart::Formula(formula) => {
                    self.formulas.push(formula);
                    ProsePart::Value(self.formulas.len() - 1)
                }
            })
            .collect();
        Prose(parts)
    }
}

/// Prose of plain text.
pub(super) fn plain(text: &str) -> Prose {
    Prose(vec![ProsePart::Text(text.to_owned())])
}

impl Emitter<'_, '_, '_> {
    /// Makes the data element that computes the formulas; gives its id, none when there are no formulas.
    pub(super) fn prose_data(&mut self, owner: &str, numbered: &Numbered<'_>) -> Option<String> {
        if numbered.formulas.is_empty() {
            return None;
        }
        let scalars = self.type_scalars(&numbered.formulas, None);
        let id = format!("{owner}.prose");
        let lower = self.lower.as_mut()?;
        let node = lower.scalars(&scalars);
        let (controls, input_tables) = self
            .dependencies
            .of(&lower.nodes, std::slice::from_ref(&node));
        let columns: Vec<DataColumn> = scalars
            .formulas
            .iter()
            .enumerate()
            .map(|(i, typed)| DataColumn {
                id: format!("value-{}", i + 1).into(),
                name: format!("Value {}", i + 1).into(),
                ty: typed.ty,
                format: formula_format(typed, &scalars.sources),
                hidden: false,
                description: None,
                width: None,
                align: None,
                level: None,
                key: false,
                summary: true,
            })
            .collect();
        let element = DataElement {
            id: id.clone(),
            name: String::new(),
            kind: DataKind::Text,
            rows: View {
                node,
                columns: (0..columns.len()).collect(),
                order: Vec::new(),
            },
            columns,
            levels: Vec::new(),
            base: None,
            totals: None,
            series: None,
            controls,
            input_tables,
        };
        self.prose.insert(id.clone(), element);
        Some(id)
    }

    /// Prose of an action: text and values.
    pub(super) fn template(
        &mut self,
        prose: &Written,
        selection: Option<&Rc<Element>>,
    ) -> Template {
        let parts = prose
            .parts
            .iter()
            .map(|part| match part {
                WrittenPart::Text(text) => TemplatePart::Text(text.clone()),
                WrittenPart::Formula(formula) => {
                    TemplatePart::Value(self.scalar(formula, selection).0)
                }
            })
            .collect();
        Template { parts }
    }
}

/// A value that sums, averages or picks a formatted column looks like it.
fn formula_format(
    typed: &crate::typing::Typed,
    sources: &[Rc<crate::typing::Source>],
) -> Option<Arc<crate::plan::layout::Format>> {
    use crate::typing::TypedKind;
    match &typed.kind {
        TypedKind::Aggregate { function, args, .. }
            if matches!(*function, "Sum" | "Avg" | "Min" | "Max" | "Median") =>
        {
            formula_format(args.first()?, sources)
        }
        TypedKind::Source(index) => {
            let mut columns = sources.iter().flat_map(|s| &s.columns);
            columns.nth(*index)?.format.clone()
        }
        _ => None,
    }
}

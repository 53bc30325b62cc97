//! What a control offers: written options, or the distinct values of a column.

use super::filter::target;
use crate::document::control::{Control as Written, OptionSort, Options as WrittenOptions};
use crate::document::primitive::{ColumnPath, Text};
use crate::emit::Emitter;
use crate::emit::scalar::json;
use crate::plan::control::{ControlOption, Options};
use crate::plan::relation::{Aggregate, Expr, NodeId, Nulls, SortKey};
use crate::span::{Span, Spanned};
use crate::value::{Type, Value};

impl Emitter<'_, '_, '_> {
    pub(super) fn options(&mut self, def: &Written, id: &str, ty: Type) -> Option<Options> {
        if let Some(options) = &def.options {
            let mut fixed = fixed_options(options);
            for option in &mut fixed {
                option.value = read_as(option.value.clone(), ty);
            }
            return Some(Options::Fixed(fixed));
        }
        let path = def.options_from.as_ref()?;
        let sort = def.sort.map(|s| s.value);
        self.option_rows(path, def.labels_from.as_ref(), sort, Some(id))
            .map(Options::From)
    }

    /// Distinct values of a column with their labels and counts, in order; the control's own filters left out.
    pub(in crate::emit) fn option_rows(
        &mut self,
        path: &ColumnPath,
        labels: Option<&ColumnPath>,
        sort: Option<OptionSort>,
        without: Option<&str>,
    ) -> Option<NodeId> {
        let before = self.checker.sink.len();
        let (index, column) = target(&mut self.checker, self.checked, path)?;
        debug_assert!(self.checker.sink.len() >= before, "findings are only added");
        let label = labels.and_then(|path| {
            let path = ColumnPath {
                element: path
                    .element
                    .clone()
                    .or_else(|| Some(self.name_of(index, path.span))),
                ..path.clone()
            };
            target(&mut self.checker, self.checked, &path)
        });
        let lower = self.lower.as_mut()?;
        let element = lower.element(index);
        let depth = element.columns[column]
            .depth
            .max(1)
            .max(label.map_or(0, |(_, c)| element.columns[c].depth));
        let mut columns = vec![column];
        columns.extend(label.map(|(_, c)| c));
        let node = lower.rows(index, depth, &columns, without);
        let value = lower.nodes.column(node, 0);
        let mut aggregates = Vec::new();
        if label.is_some() {
            let arg = lower.nodes.column(node, 1);
            let ty = arg.ty;
            aggregates.push((
                "label".into(),
                Aggregate {
                    function: "Min".into(),
                    args: vec![arg],
                    filter: None,
                    ty,
                },
            ));
        }
        let count = Aggregate {
            function: "Count".into(),
            args: Vec::new(),
            filter: None,
            ty: Type::Number,
        };
        aggregates.push(("count".into(), count));
        let grouped = lower
            .nodes
            .aggregate(node, vec![("value".into(), value)], aggregates);
        let by_value = |descending| SortKey {
            by: Expr::column(0, element.columns[column].expr.ty),
            descending,
            nulls: if descending {
                Nulls::Last
            } else {
                Nulls::First
            },
        };
        let by_count = |descending| SortKey {
            by: Expr::column(1 + usize::from(label.is_some()), Type::Number),
            descending,
            nulls: Nulls::Last,
        };
        let keys = match sort {
            Some(OptionSort::Count) => vec![by_count(false), by_value(false)],
            Some(OptionSort::CountDescending) => vec![by_count(true), by_value(false)],
            Some(OptionSort::ValueDescending) => vec![by_value(true)],
            Some(OptionSort::Value) | None => vec![by_value(false)],
        };
        Some(lower.nodes.sort(grouped, keys))
    }

    fn name_of(&self, index: usize, span: Span) -> Text {
        let name = self
            .model
            .data
            .get_index(index)
            .map_or_else(String::new, |(name, _)| name.clone());
        Spanned::new(name, span)
    }
}

/// An option of a type: the keys of a map are text as written.
fn read_as(value: Value, ty: Type) -> Value {
    let Value::Text(text) = &value else {
        return value;
    };
    match ty {
        Type::Logical => text.parse().map_or(value, Value::Logical),
        Type::Number => crate::typing::expr::number(text),
        Type::Date => crate::formula::datetime::parse_date(text).map_or(value, Value::Date),
        _ => value,
    }
}

/// Options written in the workbook.
pub(in crate::emit) fn fixed_options(options: &WrittenOptions) -> Vec<ControlOption> {
    options
        .entries
        .iter()
        .map(|(value, label)| {
            let shown = json(&value.value);
            let label = label.as_ref().map_or_else(
                || {
                    shown.as_str().map_or_else(
                        || {
                            if shown.is_null() {
                                "(empty)".to_owned()
                            } else {
                                shown.to_string()
                            }
                        },
                        str::to_owned,
                    )
                },
                |l| l.value.clone(),
            );
            ControlOption {
                value: value.value.clone(),
                label,
            }
        })
        .collect()
}

//! A checked element as a data element of the plan.

use std::sync::Arc;

use super::{Dependencies, Lowerer};
use crate::plan::element::{DataColumn, DataElement, Level, View};
use crate::plan::relation::NodeId;
use crate::typing::{Column, Element, Shows, Sort};

/// Lowers one element with all its views.
pub(crate) fn data_element(
    lower: &mut Lowerer<'_>,
    index: usize,
    dependencies: &mut Dependencies,
) -> DataElement {
    let element = lower.element(index);
    let element = element.as_ref();
    let mut stack = lower.stack(index, None);
    let depth = element.rows_depth();
    let visible = element.columns_at(depth);
    let rows = match element.shows {
        Shows::Latest => latest(lower, &mut stack, element),
        Shows::Totals => stack.view(lower, element, 0, &visible, None),
        Shows::Base | Shows::Innermost => {
            let columns = without_summaries(element, &visible);
            stack.view(lower, element, depth, &columns, element.limit)
        }
    };
    let levels: Vec<Level> = (0..element.levels.len())
        .map(|i| {
            let columns = without_summaries(element, &element.columns_at(i + 1));
            let limit = if i + 1 == depth { element.limit } else { None };
            let view = stack.view(lower, element, i + 1, &columns, limit);
            Level {
                name: element.levels[i].name.clone(),
                keys: element.levels[i].keys.clone(),
                view,
            }
        })
        .collect();
    let totals = totals(lower, &mut stack, element);
    // Last: it carries the values of all levels, which nothing above needs.
    let grouped = !element.levels.is_empty() && element.shows == Shows::Innermost;
    let base = grouped.then(|| {
        let all: Vec<usize> = (0..element.columns.len()).collect();
        let columns = without_summaries(element, &all);
        stack.view(lower, element, element.base_depth(), &columns, None)
    });
    let series = element.series.then(|| {
        let period = element.levels[0].keys.clone();
        let columns: Vec<usize> = period
            .iter()
            .copied()
            .chain(visible.iter().copied().filter(|c| !period.contains(c)))
            .collect();
        stack.view(lower, element, 1, &columns, None)
    });
    let mut data = DataElement {
        id: element.id.clone(),
        name: element.name.clone(),
        kind: element.kind,
        columns: element.columns.iter().map(|c| column(element, c)).collect(),
        rows,
        levels,
        base,
        totals,
        series,
        controls: Vec::new(),
        input_tables: Vec::new(),
    };
    let roots: Vec<NodeId> = views(&data).map(|view| view.node).collect();
    let (controls, tables) = dependencies.of(&lower.nodes, &roots);
    data.controls = controls;
    data.input_tables = tables;
    data
}

/// All views of a data element.
pub(crate) fn views(data: &DataElement) -> impl Iterator<Item = &View> {
    let levels = data.levels.iter().map(|level| &level.view);
    [
        Some(&data.rows),
        data.base.as_ref(),
        data.totals.as_ref(),
        data.series.as_ref(),
    ]
    .into_iter()
    .flatten()
    .chain(levels)
}

/// The value, what it is compared with, and the change, of the last period.
fn latest(lower: &mut Lowerer<'_>, stack: &mut super::stack::Stack, element: &Element) -> View {
    let period = element.levels[0].keys.clone();
    let shown: Vec<usize> = element
        .columns_at(1)
        .into_iter()
        .filter(|c| !period.contains(c) && !element.columns[*c].hidden)
        .collect();
    let mut all = shown.clone();
    all.extend(&period);
    stack.ensure(lower, element, 1, &all);
    let node = stack.project(lower, element, 1, &all);
    let order: Vec<Sort> = period
        .iter()
        .map(|key| Sort {
            column: *key,
            descending: true,
            nulls: crate::plan::relation::Nulls::Last,
        })
        .collect();
    let view = super::view::sorted(lower, node, all, &order, Some(1));
    let list: Vec<_> = super::stage::pass_through(lower, view.node)
        .into_iter()
        .take(shown.len())
        .collect();
    let node = lower.nodes.project(view.node, list);
    View {
        node,
        columns: shown,
        order: Vec::new(),
    }
}

/// Calculations of all levels and summaries; none when there are no such columns.
fn totals(
    lower: &mut Lowerer<'_>,
    stack: &mut super::stack::Stack,
    element: &Element,
) -> Option<View> {
    if matches!(element.shows, Shows::Totals | Shows::Latest) {
        return None;
    }
    let columns: Vec<usize> = element
        .columns
        .iter()
        .enumerate()
        .filter(|(_, c)| c.summary || (c.depth <= element.levels.len() && !c.key && !c.hidden))
        .map(|(i, _)| i)
        .collect();
    (!columns.is_empty()).then(|| stack.totals(lower, element, &columns))
}

fn without_summaries(element: &Element, columns: &[usize]) -> Vec<usize> {
    columns
        .iter()
        .copied()
        .filter(|c| !element.columns[*c].summary)
        .collect()
}

fn column(element: &Element, column: &Column) -> DataColumn {
    DataColumn {
        id: Arc::clone(&column.id),
        name: Arc::clone(&column.name),
        ty: column.expr.ty,
        format: column.format.clone(),
        hidden: column.hidden,
        description: column.description.clone(),
        width: column.width,
        align: column.align.clone(),
        level: (1..=element.levels.len())
            .contains(&column.depth)
            .then(|| column.depth - 1),
        key: column.key,
        summary: column.summary,
    }
}

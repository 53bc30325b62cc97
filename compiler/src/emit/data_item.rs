//! Items that show rows: tables, input tables and key figures.

use std::sync::Arc;

use super::Emitter;
use super::item::{Drawn, color, style};
use crate::document::element::{InputTableItem, Kpi, KpiCompare, Table};
use crate::document::primitive::Text;
use crate::plan::layout::{Compare, ElementKind, Highlight};
use crate::resolve::{NameKind, data_id, unknown_name};
use crate::typing::Element as CheckedElement;

impl<'d> Emitter<'_, '_, 'd> {
    pub(super) fn data_of(&self, name: &Text) -> Option<String> {
        self.model.data.get(&name.value).map(data_id)
    }

    fn checked_of(&mut self, name: &Text) -> Option<Arc<CheckedElement>> {
        self.checker
            .named(&name.value, name.span)
            .map(|(_, element)| element)
    }

    /// The element behind an item: its own when it adds to the one it names.
    fn shown(&mut self, item: crate::span::Span, name: &Text) -> Option<Arc<CheckedElement>> {
        match self.shown.get(&item) {
            Some(index) => {
                let element = Arc::clone(&self.checked.elements[*index]);
                self.checker.note_shown(item, &element);
                Some(element)
            }
            None => self.checked_of(name),
        }
    }

    pub(super) fn table(&mut self, table: &'d Table, id: &str) -> Drawn {
        let checked = self.shown(table.span, &table.table);
        let on_select = self.trigger(
            table.on_select.as_ref(),
            &format!("{id}.on-select"),
            checked.as_ref(),
        );
        let highlight = checked
            .as_ref()
            .map_or_else(Vec::new, |element| highlights(table, element));
        let kind = ElementKind::Table {
            highlight,
            on_select,
        };
        Drawn {
            kind,
            data: checked.map(|element| element.id.clone()),
            height: 11,
            named: true,
        }
    }

    pub(super) fn grid(&mut self, grid: &'d InputTableItem, id: &str) -> Option<Drawn> {
        let model = self.model;
        let known = model
            .data
            .get(&grid.input_table.value)
            .filter(|d| matches!(d.def, crate::resolve::DataDef::InputTable(_)));
        if known.is_none() {
            if !model.failed.contains(&grid.input_table.value) {
                let names = model
                    .data
                    .iter()
                    .filter(|(_, d)| matches!(d.def, crate::resolve::DataDef::InputTable(_)));
                let found = unknown_name(
                    NameKind::InputTable,
                    &grid.input_table,
                    "",
                    names.map(|(n, _)| n.as_str()),
                );
                self.checker.sink.push(found);
            }
            return None;
        }
        let checked = self.shown(grid.span, &grid.input_table);
        let on_select = self.trigger(
            grid.on_select.as_ref(),
            &format!("{id}.on-select"),
            checked.as_ref(),
        );
        let table = self.data_of(&grid.input_table)?;
        let kind = ElementKind::InputTable { table, on_select };
        Some(Drawn {
            kind,
            data: checked.map(|element| element.id.clone()),
            height: 11,
            named: true,
        })
    }

    pub(super) fn kpi(&mut self, kpi: &'d Kpi) -> Drawn {
        let format = self.format(kpi.format.as_ref()).or_else(|| {
            let element = self.checked_of(&kpi.kpi)?;
            element.columns.first()?.format.as_deref().cloned()
        });
        let compare = kpi.compare.as_ref().map(|compare| Compare {
            label: match compare {
                KpiCompare::Previous(_) => "previous period".to_owned(),
                KpiCompare::Formula(_) => "comparison".to_owned(),
            },
            higher_is_better: kpi.higher_is_better.is_none_or(|h| h.value),
        });
        let trend = kpi
            .trend
            .map(|t| t.value.as_str().to_owned())
            .filter(|t| t != "none" && kpi.by.is_some());
        let kind = ElementKind::Kpi {
            format,
            compare,
            trend,
            align: kpi.align.map(|a| a.value.as_str().to_owned()),
        };
        Drawn {
            kind,
            data: self.data_of(&kpi.kpi),
            height: 3,
            named: true,
        }
    }
}

fn highlights(table: &Table, element: &CheckedElement) -> Vec<Highlight> {
    let columns = |names: Option<&crate::document::primitive::OneOrMany<Text>>| -> Vec<usize> {
        let names = names.map(|n| n.0.as_slice()).unwrap_or_default();
        names
            .iter()
            .filter_map(|name| element.columns.iter().position(|c| *c.name == *name.value))
            .collect()
    };
    table
        .highlight
        .iter()
        .enumerate()
        .map(|(i, written)| Highlight {
            when: element.highlights.get(i).copied().flatten(),
            columns: columns(written.columns.as_ref()),
            scale: written
                .scale
                .iter()
                .flatten()
                .map(|c| c.value.clone())
                .collect(),
            bars: color(written.bars.as_ref()),
            style: style(written.style.as_ref()),
            bold: written
                .style
                .as_ref()
                .and_then(|s| s.bold)
                .is_some_and(|b| b.value),
        })
        .collect()
}

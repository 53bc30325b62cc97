//! Elements that show another one with its levels, and add to it: a table of a page that stands for a query.

use std::sync::Arc;

use super::columns::{Body, Spec};
use super::element::typer;
use super::scope::Checker;
use super::{Element, Filter, Shows, Sort};
use crate::document::data::{Filter as WrittenFilter, Shape};
use crate::document::element::{Highlight, InputTableItem, Table};
use crate::document::item::Item;
use crate::document::primitive::{NameOr, OneOrMany, SortEntry, Text};
use crate::plan::element::DataKind;
use crate::resolve::{Data, DataDef, data_id, shows_existing};
use crate::span::Span;

/// What is added to the element that is shown.
#[derive(Clone, Copy)]
pub(super) struct Additions<'d> {
    filters: &'d [WrittenFilter],
    sort: Option<&'d OneOrMany<SortEntry>>,
    limit: Option<u64>,
    highlights: &'d [Highlight],
}

impl<'d> Additions<'d> {
    fn of_table(table: &'d Table) -> Self {
        Self {
            filters: &table.shape.filters,
            sort: table.shape.sort.as_ref(),
            limit: table.shape.limit.as_ref().map(|l| l.value),
            highlights: &table.highlight,
        }
    }

    fn of_grid(grid: &'d InputTableItem) -> Self {
        Self {
            filters: &grid.filters,
            sort: grid.sort.as_ref(),
            limit: None,
            highlights: &[],
        }
    }

    fn is_empty(self) -> bool {
        self.filters.is_empty()
            && self.sort.is_none()
            && self.limit.is_none()
            && self.highlights.iter().all(|h| h.when.is_none())
    }
}

/// Whether a shape makes other columns or groups of what it reads.
fn reshapes(shape: &Shape) -> bool {
    shape.columns.is_some()
        || !shape.group_by.is_empty()
        || !shape.summary.is_empty()
        || !shape.metrics.is_empty()
}

impl<'d> Checker<'_, 'd> {
    /// The element of a table that shows a grouped element as it is, with its levels; `None` when it does not.
    pub(super) fn mirror_of(&mut self, data: &Data<'d>, table: &'d Table) -> Option<Element> {
        let Some(NameOr::Name(name)) = &table.from else {
            return None;
        };
        let shape = &table.shape;
        let unchanged = !reshapes(shape) && shape.filters.is_empty() && shape.limit.is_none();
        if !unchanged || table.level.is_some() || !self.model.data.contains_key(&name.value) {
            return None;
        }
        let (index, shown) = self.named(&name.value, name.span)?;
        if shown.levels.is_empty() || shown.shows != Shows::Innermost {
            return None;
        }
        let identity = (data_id(data), data.name.value.clone(), data.name.span);
        let kind = DataKind::Table;
        Some(self.mirror(
            data,
            identity,
            kind,
            (index, &shown),
            Additions::of_table(table),
        ))
    }

    /// The elements of items that show an existing element and add to it, with the place of each item.
    pub(crate) fn shown_items(&mut self) -> Vec<(Span, Element)> {
        let model = self.model;
        let mut found = Vec::new();
        for (id, item) in &model.items {
            let (name, additions, kind, table) = match item.item {
                Item::Table(table) if shows_existing(model, table) => {
                    let additions = Additions::of_table(table);
                    (&table.table, additions, DataKind::Table, Some(table))
                }
                Item::InputTable(grid) => (
                    &grid.input_table,
                    Additions::of_grid(grid),
                    DataKind::InputTable,
                    None,
                ),
                _ => continue,
            };
            let reshaped = table.filter(|t| reshapes(&t.shape) || t.level.is_some());
            if additions.is_empty() && reshaped.is_none() {
                continue;
            }
            let span = crate::resolve::item_span(item.item);
            let element = match reshaped {
                Some(table) => self.reshaped(id, table),
                None => self.extended(id, name, kind, additions),
            };
            found.extend(element.map(|element| (span, element)));
        }
        found
    }

    fn extended(
        &mut self,
        id: &str,
        name: &'d Text,
        kind: DataKind,
        additions: Additions<'d>,
    ) -> Option<Element> {
        let data = *self.model.data.get(&name.value)?;
        if kind == DataKind::InputTable && !matches!(data.def, DataDef::InputTable(_)) {
            return None;
        }
        let (index, shown) = self.named(&name.value, name.span)?;
        let identity = (id.to_owned(), String::new(), name.span);
        Some(self.mirror(&data, identity, kind, (index, &shown), additions))
    }

    fn reshaped(&mut self, id: &str, table: &'d Table) -> Option<Element> {
        let data = *self.model.data.get(&table.table.value)?;
        let source = self.element_source(&table.table, table.level.as_ref(), table.table.span)?;
        let mut element = super::element::shaped(
            self,
            &data,
            DataKind::Table,
            &source,
            &table.shape,
            Some(table),
        );
        id.clone_into(&mut element.id);
        element.name.clear();
        Some(element)
    }

    /// The shown element again, under another identity and with additions. Its columns keep their indexes.
    fn mirror(
        &mut self,
        data: &Data<'d>,
        (id, name, span): (String, String, Span),
        kind: DataKind,
        (index, shown): (usize, &Element),
        additions: Additions<'d>,
    ) -> Element {
        let source = Arc::clone(&shown.source);
        let mut typer = typer(self, data, &source, shown.levels.len());
        typer.metrics.clone_from(&shown.metrics);
        typer.own.specs = shown.columns.iter().map(again).collect();
        let mut element = Element::unnamed(id, name, span, kind, Arc::clone(&source));
        element.shows = shown.shows;
        element.limit = additions.limit.or(shown.limit);
        element.metrics.clone_from(&shown.metrics);
        element.sort.clone_from(&shown.sort);
        element.mirrors = Some(index);
        element.filters = shown
            .filters
            .iter()
            .map(|filter| Filter {
                of: filter.of.or(Some(index)),
                ..filter.clone()
            })
            .collect();
        element.filters.extend(typer.filters(additions.filters));
        element.highlights = typer.highlights(additions.highlights);
        let mut levels = shown.levels.clone();
        let sorts = typer.sorts(additions.sort);
        let depth_of = |sort: &Sort| typer.own.specs[sort.column].depth;
        for depth in 1..=levels.len() + 1 {
            let here: Vec<Sort> = sorts
                .iter()
                .map(|(sort, _)| sort)
                .filter(|sort| depth_of(sort) == depth)
                .cloned()
                .collect();
            if here.is_empty() {
                continue;
            }
            match levels.get_mut(depth - 1) {
                Some(level) => level.sort = here,
                None => element.sort = here,
            }
        }
        typer.finish(element, levels)
    }
}

/// A checked column as a specification that needs no check.
fn again<'d>(column: &super::Column) -> Spec<'d> {
    let body = Body::Typed(column.expr.clone());
    column.clone().computing(body)
}

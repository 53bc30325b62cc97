//! One data element: its source, then its columns, levels, order and filters.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::columns::{Body, Spec};
use super::scope::{Checker, Place, Typer};
use super::{Element, Level, Metric, Roles, Shows, Sort, Source};
use crate::diag::Diagnostic;
use crate::diag::codes::{names as codes, plan as plan_codes};
use crate::document::data::Shape;
use crate::document::element::{Highlight, Table};
use crate::document::primitive::{ColumnPath, Entries, OneOrMany, SortEntry, Text};
use crate::plan::element::DataKind;
use crate::plan::relation::Nulls;
use crate::resolve::{Data, DataDef, NameKind, data_id, unknown_name};
use crate::span::Span;

/// The stored column that names a row; every input table has it, hidden.
pub(crate) const ROW_ID: &str = "_row_id";

/// Checks the element at an index of the model.
pub(super) fn check(checker: &mut Checker<'_, '_>, index: usize) -> Element {
    let data = checker.model.data[index];
    match data.def {
        DataDef::Query(query) => {
            let source = checker.source(&query.source, data.name.span);
            shaped(checker, &data, DataKind::Query, &source, &query.shape, None)
        }
        DataDef::Table(table) => {
            if let Some(element) = checker.mirror_of(&data, table) {
                return element;
            }
            let source = match &table.from {
                Some(from) => checker.from(from, table.level.as_ref(), table.table.span),
                None => checker.missing_from(&table.table),
            };
            shaped(
                checker,
                &data,
                DataKind::Table,
                &source,
                &table.shape,
                Some(table),
            )
        }
        DataDef::InputTable(table) => super::input::input_table(checker, &data, table),
        DataDef::Chart(chart) => super::chart::check(checker, &data, chart),
        DataDef::Kpi(kpi) => super::kpi::check(checker, &data, kpi),
    }
}

impl Checker<'_, '_> {
    fn missing_from(&mut self, name: &Text) -> Arc<Source> {
        if !self.model.failed.contains(&name.value) {
            let queries = self
                .model
                .data
                .iter()
                .filter(|(_, d)| !matches!(d.def, DataDef::Table(_)))
                .map(|(n, _)| n.as_str());
            let found = unknown_name(NameKind::Data, name, "", queries)
                .help("a table without `from` shows the query of its own name; add `from:` to read another one");
            self.sink.push(found);
        }
        Arc::new(Source::broken())
    }
}

/// An element with the shape of a query.
pub(super) fn shaped<'d>(
    checker: &mut Checker<'_, 'd>,
    data: &Data<'d>,
    kind: DataKind,
    source: &Arc<Source>,
    shape: &'d Shape,
    table: Option<&'d Table>,
) -> Element {
    let mut typer = typer(checker, data, source, shape.group_by.len());
    typer.metrics = metrics(&shape.metrics);
    let (specs, levels) = typer.specs(shape);
    typer.own.specs = specs;
    let mut levels = levels;
    let mut element = Element::new(data, kind, Arc::clone(source));
    element.shows = if levels.is_empty() {
        Shows::Base
    } else {
        Shows::Innermost
    };
    let inherited = source.metrics.iter();
    element.metrics = if typer.metrics.is_empty() {
        Arc::clone(&source.metrics)
    } else {
        typer.metrics.iter().chain(inherited).cloned().collect()
    };
    typer.check_metrics(&shape.metrics);
    element.limit = shape.limit.map(|l| l.value);
    if let Some(table) = table {
        element.highlights = typer.highlights(&table.highlight);
    }
    for (level, written) in levels.iter_mut().zip(&shape.group_by) {
        level.limit = written.limit.map(|l| l.value);
        let sorted = typer.sorts(written.sort.as_ref());
        level.sort = sorted.into_iter().map(|(sort, _)| sort).collect();
    }
    for (sort, span) in typer.sorts(shape.sort.as_ref()) {
        let depth = typer.own.specs[sort.column].depth;
        match depth {
            0 => typer.checker.sink.push(
                Diagnostic::new(
                    &plan_codes::SORT_BY_SUMMARY,
                    span,
                    "a summary is one value and gives no order",
                )
                .label("lives at no level"),
            ),
            d if d <= levels.len() => levels[d - 1].sort.push(sort),
            _ => element.sort.push(sort),
        }
    }
    element.filters = typer.filters(&shape.filters);
    typer.finish(element, levels)
}

impl Element {
    pub(super) fn new(data: &Data<'_>, kind: DataKind, source: Arc<Source>) -> Self {
        Self::unnamed(
            data_id(data),
            data.name.value.clone(),
            data.name.span,
            kind,
            source,
        )
    }

    /// An element that the model does not name.
    pub(crate) fn unnamed(
        id: String,
        name: String,
        span: Span,
        kind: DataKind,
        source: Arc<Source>,
    ) -> Self {
        let broken = source.open;
        Self {
            id,
            name,
            kind,
            span,
            source,
            columns: Vec::new(),
            levels: Vec::new(),
            filters: Vec::new(),
            sort: Vec::new(),
            limit: None,
            window: None,
            shows: Shows::Base,
            series: false,
            mirrors: None,
            metrics: Arc::default(),
            broken,
            roles: Roles::default(),
            highlights: Vec::new(),
        }
    }
}

pub(super) fn typer<'t, 'c, 'd>(
    checker: &'t mut Checker<'c, 'd>,
    data: &Data<'d>,
    source: &'t Source,
    levels: usize,
) -> Typer<'t, 'c, 'd> {
    Typer {
        levels,
        ..Typer::over(checker, source, data.name.value.clone())
    }
}

pub(super) fn metrics(written: &Entries<crate::document::data::Metric>) -> Arc<[Metric]> {
    written
        .iter()
        .map(|entry| Metric {
            name: entry.name.value.clone(),
            formula: entry.value.formula.as_ref().map(|f| f.expr.clone()),
            ty: entry.value.r#type.map(|t| t.value.ty()),
        })
        .collect()
}

impl<'d> Typer<'_, '_, 'd> {
    /// Types the metrics of the element as one value of the whole, whether something reads them or not.
    fn check_metrics(&mut self, written: &Entries<crate::document::data::Metric>) {
        for entry in written {
            if let Some(formula) = &entry.value.formula {
                let enclosing = [entry.name.value.as_str()];
                let place = Place {
                    metrics: &enclosing,
                    ..Place::at(0)
                };
                let typed = self.expr(&formula.expr, place);
                self.check_depth(&typed, 0);
            }
        }
    }

    /// Types all columns, checks their ids, and completes the element.
    pub(super) fn finish(mut self, mut element: Element, levels: Vec<Level>) -> Element {
        element.columns = self.take_columns();
        element.levels = levels;
        let mut ids: FxHashMap<&str, Span> = FxHashMap::default();
        for column in &element.columns {
            if let Some(first) = ids.insert(&column.id, column.span) {
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::DUPLICATE_ID,
                        column.span,
                        format!(
                            "two columns of `{}` have the id `{}`",
                            element.name, column.id
                        ),
                    )
                    .label("its id is derived from its name")
                    .also(first, "the first one")
                    .help("add `id:` with another id to one of them"),
                );
            }
        }
        element
    }

    /// Sort entries as columns of the element, with the place of each.
    pub(super) fn sorts(&mut self, written: Option<&OneOrMany<SortEntry>>) -> Vec<(Sort, Span)> {
        let entries = written.map(|w| w.0.as_slice()).unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| Some((self.sort(entry)?, entry.column.span)))
            .collect()
    }

    pub(super) fn sort(&mut self, entry: &SortEntry) -> Option<Sort> {
        let column = self.own_column(&entry.column)?;
        let first = entry.nulls_first.unwrap_or(!entry.descending);
        let nulls = if first { Nulls::First } else { Nulls::Last };
        Some(Sort {
            column,
            descending: entry.descending,
            nulls,
        })
    }

    /// A column of the element by a path; a finding when there is none.
    fn own_column(&mut self, path: &ColumnPath) -> Option<usize> {
        if let Some(index) = self.own.find(&path.column.value) {
            return Some(index);
        }
        if !self.source.open && !self.checker.model.failed.contains(&path.column.value) {
            let names = self.own.specs.iter().map(|s| &*s.name);
            let found = unknown_name(NameKind::Column, &path.column, &self.name, names);
            self.checker.sink.push(found);
        }
        None
    }

    /// Hidden columns for the conditions of highlights.
    pub(super) fn highlights(&mut self, written: &'d [Highlight]) -> Vec<Option<usize>> {
        written
            .iter()
            .enumerate()
            .map(|(number, highlight)| {
                for name in highlight.columns.iter().flat_map(|c| &c.0) {
                    self.own_column(&ColumnPath {
                        element: None,
                        column: name.clone(),
                        span: name.span,
                    });
                }
                let when = highlight.when.as_ref()?;
                let rows = if self.levels == 0 { 1 } else { self.levels };
                let typed = self.expr(&when.expr, Place::at(rows));
                let depth = super::grain::finest(&typed, &self.depths(), self.levels + 1).max(1);
                self.expect_logical(&typed, "the condition of a highlight");
                let mut spec = Spec::new(
                    format!("highlight {}", number + 1),
                    when.span,
                    depth,
                    Body::Typed(typed),
                );
                spec.hidden = true;
                Some(self.own.add(spec))
            })
            .collect()
    }
}

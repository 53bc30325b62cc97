//! One data element: its source, then its columns, levels, order and filters.

use super::columns::{Body, Columns, Spec};
use super::scope::{Checker, Place, Typer};
use super::{Depth, Element, Level, Metric, Roles, Shows, Sort, Source, SourceColumn, SourceKind};
use crate::diag::Diagnostic;
use crate::diag::codes::{names as codes, plan as plan_codes};
use crate::document::control::{Control, ControlType, Selection};
use crate::document::data::{Column, ColumnEntry, Columns as Written, LevelKey, Shape, TypeName};
use crate::document::element::Table;
use crate::document::input::{InputTable, InputType};
use crate::document::primitive::{ColumnPath, Entries, Entry, OneOrMany, Prose, SortEntry, Text};
use crate::plan::element::DataKind;
use crate::plan::relation::{ControlPart, Nulls};
use crate::resolve::{Data, DataDef, NameKind, data_id, unknown_name};
use crate::span::{Span, Spanned};
use crate::value::{Type, Value};

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
        DataDef::InputTable(table) => input_table(checker, &data, table),
        DataDef::Chart(chart) => super::chart::check(checker, &data, chart),
        DataDef::Kpi(kpi) => super::kpi::check(checker, &data, kpi),
    }
}

impl Checker<'_, '_> {
    fn missing_from(&mut self, name: &Text) -> Source {
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
        Source::broken()
    }
}

/// An element with the shape of a query.
pub(super) fn shaped<'d>(
    checker: &mut Checker<'_, 'd>,
    data: &Data<'d>,
    kind: DataKind,
    source: &Source,
    shape: &'d Shape,
    table: Option<&'d Table>,
) -> Element {
    let mut typer = typer(checker, data, source, shape.group_by.len());
    typer.metrics = metrics(&shape.metrics);
    let (specs, levels) = typer.specs(shape);
    typer.own.specs = specs;
    let mut levels = levels;
    let mut element = Element::new(data, kind, source.clone());
    element.shows = if levels.is_empty() {
        Shows::Base
    } else {
        Shows::Innermost
    };
    element.metrics.clone_from(&typer.metrics);
    element.metrics.extend(source.metrics.iter().cloned());
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
    pub(super) fn new(data: &Data<'_>, kind: DataKind, source: Source) -> Self {
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
        source: Source,
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
            metrics: Vec::new(),
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
        checker,
        own: Columns::default(),
        source,
        name: data.name.value.clone(),
        levels,
        chart: false,
        selection: None,
        metrics: Vec::new(),
    }
}

pub(super) fn metrics(written: &Entries<crate::document::data::Metric>) -> Vec<Metric> {
    written
        .iter()
        .map(|entry| Metric {
            name: entry.name.value.clone(),
            formula: entry.value.formula.as_ref().map(|f| f.expr.clone()),
            ty: entry.value.r#type.map(|t| type_of(t.value)),
        })
        .collect()
}

impl<'d> Typer<'_, '_, 'd> {
    /// Types all columns, checks their ids, and completes the element.
    pub(super) fn finish(mut self, mut element: Element, levels: Vec<Level>) -> Element {
        element.columns = self.take_columns();
        element.levels = levels;
        let mut ids: indexmap::IndexMap<String, Span> = indexmap::IndexMap::new();
        for column in &element.columns {
            if let Some(first) = ids.get(&column.id) {
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
                    .also(*first, "the first one")
                    .help("add `id:` with another id to one of them"),
                );
            }
            ids.insert(column.id.clone(), column.span);
        }
        element
    }

    /// All columns of a shape in order: per level keys and calculations, then base columns, then summaries.
    fn specs(&mut self, shape: &'d Shape) -> (Vec<Spec<'d>>, Vec<Level>) {
        let base_depth = shape.group_by.len() + 1;
        let named = named_columns(shape);
        let mut base = self.base_specs(shape.columns.as_ref(), base_depth, &named);
        let mut specs: Vec<Spec<'d>> = Vec::new();
        let mut levels = Vec::new();
        for (index, written) in shape.group_by.iter().enumerate() {
            let depth = index + 1;
            let mut keys = Vec::new();
            let mut names = Vec::new();
            for key in &written.keys {
                if let Some(spec) = self.key_spec(key, depth, &mut base) {
                    names.push(spec.name.clone());
                    keys.push(specs.len());
                    specs.push(spec);
                }
            }
            for entry in written.columns.iter().flat_map(|c| &c.entries) {
                if let Some(spec) = self.level_spec(entry, depth) {
                    specs.push(spec);
                }
            }
            let name = written
                .name
                .as_ref()
                .map_or_else(|| names.join(", "), |n| n.value.clone());
            levels.push(Level {
                name,
                keys,
                sort: Vec::new(),
                limit: None,
            });
        }
        specs.append(&mut base);
        for entry in &shape.summary {
            let mut spec = self.column_spec(entry, 0);
            spec.summary = true;
            specs.push(spec);
        }
        self.unique(&mut specs);
        (specs, levels)
    }

    /// Columns are unique per element, all levels together.
    fn unique(&mut self, specs: &mut Vec<Spec<'d>>) {
        let mut seen: indexmap::IndexMap<String, Span> = indexmap::IndexMap::new();
        for spec in specs.iter_mut() {
            if let Some(first) = seen.get(&spec.name) {
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::DUPLICATE_NAME,
                        spec.span,
                        format!("two columns named `{}` in `{}`", spec.name, self.name),
                    )
                    .label("second column of this name")
                    .also(*first, "first defined here"),
                );
            } else {
                seen.insert(spec.name.clone(), spec.span);
            }
        }
    }

    /// `columns`, or all of the source.
    /// Of all of the source those are left out that `named` defines elsewhere.
    pub(super) fn base_specs(
        &mut self,
        written: Option<&'d Written>,
        depth: Depth,
        named: &[&str],
    ) -> Vec<Spec<'d>> {
        let Some(written) = written else {
            let span = self
                .checker
                .model
                .data
                .get(&self.name)
                .map_or_else(Span::default, |d| d.name.span);
            return self.all_of_source(span, depth, named);
        };
        let own = written.entries.iter().filter_map(entry_name);
        let named: Vec<&str> = own.chain(named.iter().copied()).collect();
        let mut specs = Vec::new();
        for entry in &written.entries {
            match entry {
                ColumnEntry::All(span) => specs.extend(self.all_of_source(*span, depth, &named)),
                ColumnEntry::Name(name) => specs.extend(self.passed_on(name, depth)),
                ColumnEntry::Column(entry) => specs.push(self.column_spec(entry, depth)),
            }
        }
        specs
    }

    /// Every visible column of the source but those named otherwise. Names that collide carry their prefix.
    fn all_of_source(&self, span: Span, depth: Depth, except: &[&str]) -> Vec<Spec<'d>> {
        let mut names: Vec<String> = Vec::new();
        let mut specs = Vec::new();
        for (index, column) in self.source.columns.iter().enumerate() {
            if column.hidden || except.contains(&column.name.as_str()) {
                continue;
            }
            let clash = names.contains(&column.name);
            let name = if clash {
                format!("{} ({})", column.name, column.prefix)
            } else {
                column.name.clone()
            };
            names.push(name.clone());
            specs.push(Spec::new(name, span, depth, Body::Source(index)));
        }
        specs
    }

    /// A column of the source under its own name.
    fn passed_on(&mut self, name: &Text, depth: Depth) -> Option<Spec<'d>> {
        if let Some(index) = self
            .source
            .columns
            .iter()
            .position(|c| c.name == name.value)
        {
            return Some(Spec::new(
                name.value.clone(),
                name.span,
                depth,
                Body::Source(index),
            ));
        }
        if self.source.open || self.checker.model.failed.contains(&name.value) {
            return Some(Spec::new(name.value.clone(), name.span, depth, Body::Error));
        }
        let prefix = self
            .source
            .columns
            .first()
            .map_or_else(String::new, |c| c.prefix.clone());
        let names = self
            .source
            .columns
            .iter()
            .filter(|c| !c.hidden)
            .map(|c| c.name.as_str());
        let found = unknown_name(NameKind::Column, name, &prefix, names);
        let meant = found.fix.as_ref().and_then(|fix| fix.edits.first());
        let meant = meant.map_or_else(|| name.value.clone(), |edit| edit.text.clone());
        self.checker.sink.push(found);
        // Whoever reads the column by its right name is not told the same mistake again.
        let known = self.source.columns.iter().position(|c| c.name == meant);
        let body = known.map_or(Body::Error, Body::Source);
        Some(Spec::new(meant, name.span, depth, body))
    }

    /// A column with a formula, or one that only declares the type of a source column of its name.
    pub(super) fn column_spec(&mut self, entry: &'d Entry<Column>, depth: Depth) -> Spec<'d> {
        let column = &entry.value;
        let body = match &column.formula {
            Some(formula) => Body::Formula(&formula.expr),
            None => match self.passed_on(&entry.name, depth) {
                Some(spec) => spec.body,
                None => Body::Error,
            },
        };
        let mut spec = Spec::new(entry.name.value.clone(), entry.name.span, depth, body);
        spec.id = column.id.as_ref().map(|id| id.value.clone());
        spec.hidden = column.hidden.is_some_and(|h| h.value);
        spec.format = column.format.as_ref().and_then(|f| self.format(f));
        spec.description = column.description.as_ref().and_then(Prose::plain);
        spec.width = column.width.map(|w| w.value);
        spec.align = column.align.map(|a| a.value.as_str().to_owned());
        spec.declared = column.r#type.map(|t| type_of(t.value));
        spec
    }

    pub(super) fn format(
        &mut self,
        written: &crate::document::data::Format,
    ) -> Option<crate::plan::layout::Format> {
        super::format::format(written, self.checker.settings, &mut self.checker.sink)
    }

    /// A key: a column of the element that moves to this level, a column of the source, or a computed one.
    fn key_spec(
        &mut self,
        key: &'d LevelKey,
        depth: Depth,
        base: &mut Vec<Spec<'d>>,
    ) -> Option<Spec<'d>> {
        let mut spec = match key {
            LevelKey::Column(entry) => self.column_spec(entry, depth),
            LevelKey::Name(name) => match base.iter().position(|s| s.name == name.value) {
                Some(position) => base.remove(position),
                None => {
                    let known = self.source.columns.iter().any(|c| c.name == name.value);
                    if !known
                        && !self.source.open
                        && !self.checker.model.failed.contains(&name.value)
                    {
                        let mut names: Vec<&str> = base.iter().map(|s| s.name.as_str()).collect();
                        names.extend(
                            self.source
                                .columns
                                .iter()
                                .filter(|c| !c.hidden)
                                .map(|c| c.name.as_str()),
                        );
                        names.dedup();
                        let found = unknown_name(NameKind::Column, name, &self.name, names);
                        self.checker.sink.push(found);
                        return None;
                    }
                    self.passed_on(name, depth)?
                }
            },
        };
        spec.key = true;
        spec.depth = depth;
        Some(spec)
    }

    fn level_spec(&mut self, entry: &'d ColumnEntry, depth: Depth) -> Option<Spec<'d>> {
        match entry {
            ColumnEntry::Column(entry) => Some(self.column_spec(entry, depth)),
            ColumnEntry::Name(name) => {
                self.checker.sink.push(
                    Diagnostic::new(
                        &plan_codes::AGGREGATE_REQUIRED,
                        name.span,
                        format!("`{}` has many values here, one per row beneath", name.value),
                    )
                    .label("a calculation of a grouping needs a formula")
                    .help(format!(
                        "write `{}: Sum([{}])` or make it a key",
                        name.value, name.value
                    )),
                );
                None
            }
            ColumnEntry::All(span) => {
                self.checker.sink.push(
                    Diagnostic::new(
                        &plan_codes::AGGREGATE_REQUIRED,
                        *span,
                        "`*` cannot stand in a grouping",
                    )
                    .label("its calculations need formulas"),
                );
                None
            }
        }
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
            let names = self.own.specs.iter().map(|s| s.name.as_str());
            let found = unknown_name(NameKind::Column, &path.column, &self.name, names);
            self.checker.sink.push(found);
        }
        None
    }

    /// Hidden columns for the conditions of highlights.
    pub(super) fn highlights(
        &mut self,
        written: &'d [crate::document::element::Highlight],
    ) -> Vec<Option<usize>> {
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

/// Names that a shape gives to calculations of its levels and to summaries: columns of the source that have the same
/// name and are not asked for stay in the source.
fn named_columns(shape: &Shape) -> Vec<&str> {
    let levels = shape.group_by.iter().flat_map(|level| &level.columns);
    let calculations = levels.flat_map(|columns| columns.entries.iter().filter_map(entry_name));
    calculations
        .chain(shape.summary.iter().map(|entry| entry.name.value.as_str()))
        .collect()
}

fn entry_name(entry: &ColumnEntry) -> Option<&str> {
    match entry {
        ColumnEntry::All(_) => None,
        ColumnEntry::Name(name) => Some(&name.value),
        ColumnEntry::Column(entry) => Some(&entry.name.value),
    }
}

/// The stored column that names a row; every input table has it, hidden.
pub(crate) const ROW_ID: &str = "_row_id";

/// The grid of an input table: stored columns and computed ones.
fn input_table<'d>(
    checker: &mut Checker<'_, 'd>,
    data: &Data<'d>,
    table: &'d InputTable,
) -> Element {
    let stored: Vec<(&'d Entry<crate::document::input::InputColumn>, Type, String)> = table
        .columns
        .iter()
        .filter(|entry| entry.value.formula.is_none())
        .map(|entry| {
            let ty = entry
                .value
                .r#type
                .map_or(Type::Text, |t| input_type(t.value));
            (entry, ty, stored_name(entry))
        })
        .collect();
    let column = |name: &str, ty: Type, hidden: bool| SourceColumn {
        name: name.to_owned(),
        prefix: data.name.value.clone(),
        loose: false,
        ty,
        format: None,
        hidden,
    };
    let mut columns: Vec<SourceColumn> = stored
        .iter()
        .map(|(entry, ty, _)| column(&entry.name.value, *ty, false))
        .collect();
    columns.push(column(ROW_ID, Type::Text, true));
    let ids = stored
        .iter()
        .map(|(_, _, id)| id.clone())
        .chain([ROW_ID.to_owned()])
        .collect();
    let kind = SourceKind::Input {
        table: data_id(data),
        columns: ids,
    };
    let source = Source {
        kind,
        columns,
        open: false,
        metrics: Vec::new(),
    };
    let mut typer = typer(checker, data, &source, 0);
    let mut next = 0;
    for entry in &table.columns {
        let column = &entry.value;
        let body = match &column.formula {
            Some(formula) => Body::Formula(&formula.expr),
            None => {
                next += 1;
                Body::Source(next - 1)
            }
        };
        let mut spec = Spec::new(entry.name.value.clone(), entry.name.span, 1, body);
        spec.id = column.id.as_ref().map(|id| id.value.clone());
        spec.hidden = column.hidden.is_some_and(|h| h.value);
        spec.format = column.format.as_ref().and_then(|f| typer.format(f));
        spec.description = column.description.as_ref().and_then(Prose::plain);
        spec.width = column.width.map(|w| w.value);
        spec.align = column.align.map(|a| a.value.as_str().to_owned());
        typer.own.add(spec);
    }
    let mut row_id = Spec::new(ROW_ID, data.name.span, 1, Body::Source(next));
    row_id.id = Some(ROW_ID.to_owned());
    row_id.hidden = true;
    typer.own.add(row_id);
    let element = Element::new(data, DataKind::InputTable, source.clone());
    typer.finish(element, Vec::new())
}

/// The stored column behind a column of an input table.
pub(crate) fn stored_name(entry: &Entry<crate::document::input::InputColumn>) -> String {
    match entry.value.r#type.map(|t| t.value) {
        Some(InputType::CreatedAt) => "_created_at".to_owned(),
        Some(InputType::CreatedBy) => "_created_by".to_owned(),
        Some(InputType::UpdatedAt) => "_updated_at".to_owned(),
        Some(InputType::UpdatedBy) => "_updated_by".to_owned(),
        Some(InputType::RowId) => "_row_id".to_owned(),
        _ => entry.value.id.as_ref().map_or_else(
            || crate::resolve::ids::slug(&entry.name.value),
            |id| id.value.clone(),
        ),
    }
}

pub(crate) fn input_type(ty: InputType) -> Type {
    match ty {
        InputType::Number => Type::Number,
        InputType::Date | InputType::CreatedAt | InputType::UpdatedAt => Type::Date,
        InputType::Checkbox => Type::Logical,
        InputType::MultiSelect | InputType::File => Type::Variant,
        InputType::Text
        | InputType::Select
        | InputType::CreatedBy
        | InputType::UpdatedBy
        | InputType::RowId => Type::Text,
    }
}

pub(crate) fn type_of(name: TypeName) -> Type {
    match name {
        TypeName::Text => Type::Text,
        TypeName::Number => Type::Number,
        TypeName::Date => Type::Date,
        TypeName::Logical => Type::Logical,
        TypeName::Variant => Type::Variant,
        TypeName::Geography => Type::Geography,
    }
}

/// Type of a control's value in formulas; lists and segments take that of their options.
pub(crate) fn control_type(control: &Control, part: ControlPart) -> Type {
    match control.r#type.value {
        ControlType::Text | ControlType::TextArea | ControlType::DrillDown => Type::Text,
        ControlType::Number | ControlType::Slider | ControlType::TopN => Type::Number,
        ControlType::NumberRange | ControlType::RangeSlider if part != ControlPart::Value => {
            Type::Number
        }
        ControlType::DateRange if part != ControlPart::Value => Type::Date,
        ControlType::NumberRange | ControlType::RangeSlider | ControlType::DateRange => {
            Type::Variant
        }
        ControlType::Date => Type::Date,
        ControlType::Checkbox | ControlType::Switch => Type::Logical,
        ControlType::List if is_multiple(control) => Type::Variant,
        ControlType::List | ControlType::Segmented => option_type(control),
        ControlType::Legend | ControlType::Hierarchy | ControlType::FileUpload => Type::Variant,
        ControlType::Button => Type::Unknown,
    }
}

pub(crate) fn is_multiple(control: &Control) -> bool {
    control.r#type.value == ControlType::List
        && control
            .selection
            .is_none_or(|s| s.value == Selection::Multiple)
}

pub(crate) fn is_range(control: &Control) -> bool {
    matches!(
        control.r#type.value,
        ControlType::NumberRange | ControlType::RangeSlider | ControlType::DateRange
    )
}

/// The common type of written options; unknown when they come from a column.
pub(crate) fn option_type(control: &Control) -> Type {
    let Some(options) = &control.options else {
        return Type::Unknown;
    };
    // The keys of a map (value: label) are text as written; what they filter says what they are.
    if control.filters.is_some() && options.entries.iter().any(|(_, label)| label.is_some()) {
        return Type::Unknown;
    }
    let types = options.entries.iter().map(|(value, _)| value.value.ty());
    match types.into_iter().try_fold(Type::Null, Type::unify) {
        Some(Type::Null) | None => Type::Unknown,
        Some(ty) => ty,
    }
}

/// A literal that stands where `ty` is expected: a text that is a date becomes one. `None` when it does not fit.
pub(crate) fn fit(value: &Spanned<Value>, ty: Type) -> Option<Value> {
    match (&value.value, ty) {
        (Value::Text(text), Type::Date) => {
            crate::formula::datetime::parse_date(text).map(Value::Date)
        }
        (Value::Null, _) | (_, Type::Unknown | Type::Null | Type::Variant) => {
            Some(value.value.clone())
        }
        (found, ty) if found.ty() == ty => Some(found.clone()),
        _ => None,
    }
}

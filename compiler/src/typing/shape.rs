//! The columns of a shape: keys and calculations per level, base columns, summaries.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::{Body, Spec};
use super::scope::Typer;
use super::{Depth, Level};
use crate::diag::Diagnostic;
use crate::diag::codes::{names as codes, plan as plan_codes};
use crate::document::data::{Column, ColumnEntry, Columns as Written, LevelKey, Shape};
use crate::document::primitive::{Entry, Prose, Text};
use crate::resolve::ids::slug;
use crate::resolve::{NameKind, unknown_name};
use crate::span::Span;

impl<'d> Typer<'_, '_, 'd> {
    /// All columns of a shape in order: per level keys and calculations, then base columns, then summaries.
    pub(super) fn specs(&mut self, shape: &'d Shape) -> (Vec<Spec<'d>>, Vec<Level>) {
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
                    names.push(Arc::clone(&spec.name));
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
        self.unique(&specs);
        (specs, levels)
    }

    /// Columns are unique per element, all levels together.
    fn unique(&mut self, specs: &[Spec<'d>]) {
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        for spec in specs {
            if let Some(first) = seen.get(&*spec.name) {
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
                seen.insert(&spec.name, spec.span);
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
                ColumnEntry::Name(name) => specs.push(self.passed_on(name, depth)),
                ColumnEntry::Column(entry) => specs.push(self.column_spec(entry, depth)),
            }
        }
        specs
    }

    /// Every visible column of the source but those named otherwise. Names that collide carry their prefix.
    fn all_of_source(&self, span: Span, depth: Depth, except: &[&str]) -> Vec<Spec<'d>> {
        let mut names: FxHashSet<Arc<str>> = FxHashSet::default();
        let mut specs = Vec::new();
        // Two names with one id cannot both be columns, and who wrote a name meant that one.
        let ids: FxHashSet<String> = except.iter().map(|name| slug(name)).collect();
        for (index, column) in self.source.columns.iter().enumerate() {
            if column.hidden
                || except.contains(&&*column.name)
                || (!ids.is_empty() && ids.contains(&slug(&column.name)))
            {
                continue;
            }
            let clash = names.contains(&column.name);
            let name: Arc<str> = if clash {
                format!("{} ({})", column.name, column.prefix).into()
            } else {
                Arc::clone(&column.name)
            };
            names.insert(Arc::clone(&name));
            specs.push(Spec::new(name, span, depth, Body::Source(index)));
        }
        specs
    }

    /// A column of the source under its own name.
    fn passed_on(&mut self, name: &Text, depth: Depth) -> Spec<'d> {
        if let Some(index) = self
            .source
            .columns
            .iter()
            .position(|c| *c.name == *name.value)
        {
            return Spec::new(name.value.clone(), name.span, depth, Body::Source(index));
        }
        if self.source.open || self.checker.model.failed.contains(&name.value) {
            return Spec::new(name.value.clone(), name.span, depth, Body::Error);
        }
        let prefix = self.source.columns.first().map_or("", |c| &c.prefix);
        let names = self
            .source
            .columns
            .iter()
            .filter(|c| !c.hidden)
            .map(|c| &*c.name);
        let found = unknown_name(NameKind::Column, name, prefix, names);
        let meant = found.fix.as_ref().and_then(|fix| fix.edits.first());
        let meant = meant.map_or_else(|| name.value.clone(), |edit| edit.text.clone());
        self.checker.sink.push(found);
        // Whoever reads the column by its right name is not told the same mistake again.
        let known = self.source.columns.iter().position(|c| *c.name == *meant);
        let body = known.map_or(Body::Error, Body::Source);
        Spec::new(meant, name.span, depth, body)
    }

    /// A column with a formula, or one that only declares the type of a source column of its name.
    pub(super) fn column_spec(&mut self, entry: &'d Entry<Column>, depth: Depth) -> Spec<'d> {
        let column = &entry.value;
        let mut body = match &column.formula {
            Some(formula) => Body::Formula(&formula.expr),
            None => self.passed_on(&entry.name, depth).expr,
        };
        if let Some(declared) = column.r#type {
            body = Body::Declared(declared.value.ty(), Box::new(body));
        }
        let mut spec = Spec::new(entry.name.value.clone(), entry.name.span, depth, body);
        if let Some(id) = &column.id {
            spec.id = id.value.as_str().into();
        }
        spec.hidden = column.hidden.is_some_and(|h| h.value);
        spec.format = column.format.as_ref().and_then(|f| self.format(f));
        spec.description = column.description.as_ref().and_then(Prose::plain);
        spec.width = column.width.map(|w| w.value);
        spec.align = column.align.map(|a| a.value.as_str().to_owned());
        spec
    }

    pub(super) fn format(
        &mut self,
        written: &crate::document::data::Format,
    ) -> Option<Arc<crate::plan::layout::Format>> {
        super::format::format(written, self.checker.settings, &mut self.checker.sink).map(Arc::new)
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
            LevelKey::Name(name) => match base.iter().position(|s| *s.name == *name.value) {
                Some(position) => base.remove(position),
                None => {
                    let known = self.source.columns.iter().any(|c| *c.name == *name.value);
                    if !known
                        && !self.source.open
                        && !self.checker.model.failed.contains(&name.value)
                    {
                        let mut names: Vec<&str> = base.iter().map(|s| &*s.name).collect();
                        names.extend(
                            self.source
                                .columns
                                .iter()
                                .filter(|c| !c.hidden)
                                .map(|c| &*c.name),
                        );
                        names.dedup();
                        let found = unknown_name(NameKind::Column, name, &self.name, names);
                        self.checker.sink.push(found);
                        return None;
                    }
                    self.passed_on(name, depth)
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
}

/// Names that a shape gives to computed keys, calculations of its levels and summaries: columns of the source that have
/// the same name, or one of the same id, and are not asked for stay in the source.
fn named_columns(shape: &Shape) -> Vec<&str> {
    let keys = shape.group_by.iter().flat_map(|level| &level.keys);
    let keys = keys.filter_map(|key| match key {
        LevelKey::Column(entry) => Some(entry.name.value.as_str()),
        LevelKey::Name(_) => None,
    });
    let levels = shape.group_by.iter().flat_map(|level| &level.columns);
    let calculations = levels.flat_map(|columns| columns.entries.iter().filter_map(entry_name));
    keys.chain(calculations)
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

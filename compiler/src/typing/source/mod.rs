//! Sources: where the rows of an element come from, and under which names.

mod join;
mod sql;
mod table;
mod union;

use std::rc::Rc;
use std::sync::Arc;

use super::scope::Checker;
use super::{Depth, Element, Source, SourceColumn, SourceKind};
use crate::diag::Diagnostic;
use crate::diag::codes::names as codes;
use crate::document::data;
use crate::document::primitive::{NameOr, Text};
use crate::resolve::{NameKind, unknown_name};
use crate::span::Span;

impl Source {
    pub(crate) fn broken() -> Self {
        Self {
            kind: SourceKind::Broken,
            columns: Vec::new(),
            open: true,
            metrics: Rc::default(),
        }
    }

    pub(crate) fn unit() -> Self {
        Self {
            kind: SourceKind::Unit,
            columns: Vec::new(),
            open: false,
            metrics: Rc::default(),
        }
    }
}

impl<'d> Checker<'_, 'd> {
    /// The source behind `from`.
    pub(crate) fn from(
        &mut self,
        from: &'d data::From,
        level: Option<&Text>,
        span: Span,
    ) -> Rc<Source> {
        match from {
            NameOr::Name(name) => self.reading(name, level),
            NameOr::Inline(source) => self.source(source, span),
        }
    }

    /// A source written out; exactly one kind of it.
    pub(crate) fn source(&mut self, source: &'d data::Source, span: Span) -> Rc<Source> {
        let kinds: Vec<(&str, Span)> = source_kinds(source);
        match kinds.as_slice() {
            [] => {
                self.sink.push(
                    Diagnostic::new(
                        &codes::MISSING_SOURCE,
                        span,
                        format!("`{}` has no source", self.named_at(span)),
                    )
                    .label("where do its rows come from?")
                    .help(
                        "add one of `table`, `sql`, `query`, `csv`, `input_table`, `join`, `union`",
                    ),
                );
                return Rc::new(Source::broken());
            }
            [_] => {}
            [(first, at), (second, second_at), ..] => {
                self.sink.push(
                    Diagnostic::new(
                        &codes::SEVERAL_SOURCES,
                        *second_at,
                        format!(
                            "`{}` has two sources: `{first}` and `{second}`",
                            self.named_at(span)
                        ),
                    )
                    .label("a second source")
                    .also(*at, "the first one")
                    .help(
                        "keep one of them; several sources are put together with `join` or `union`",
                    ),
                );
            }
        }
        let level = source.level.as_ref();
        if let Some(query) = source.query.as_ref().or(source.input_table.as_ref())
            && source.table.is_none()
            && source.sql.is_none()
        {
            return self.reading(query, level);
        }
        Rc::new(if let Some(table) = &source.table {
            self.table(table)
        } else if let Some(sql) = &source.sql {
            self.sql(sql)
        } else if let Some(csv) = &source.csv {
            self.csv(csv)
        } else if let Some(legs) = &source.join {
            self.join(legs, span)
        } else if let Some(inputs) = &source.union {
            self.union(inputs, source.r#match.as_deref().unwrap_or_default(), span)
        } else {
            Source::broken()
        })
    }

    /// The name of what lacks a source, for messages: the first line under its place.
    fn named_at(&self, span: Span) -> &str {
        let text = self.sources.text(span).lines().next().unwrap_or_default();
        text.trim_matches(['"', '\''])
    }

    /// A data element by name, as a source; a finding when there is none.
    fn reading(&mut self, name: &Text, level: Option<&Text>) -> Rc<Source> {
        if !self.model.data.contains_key(&name.value) {
            if !self.model.failed.contains(&name.value) {
                let found = unknown_name(
                    NameKind::Data,
                    name,
                    "",
                    self.model.data.keys().map(String::as_str),
                );
                self.sink.push(found);
            }
            return Rc::new(Source::broken());
        }
        self.element_source(name, level, name.span)
            .unwrap_or_else(|| Rc::new(Source::broken()))
    }

    /// The rows of a known element at a level.
    pub(crate) fn element_source(
        &mut self,
        name: &Text,
        level: Option<&Text>,
        from: Span,
    ) -> Option<Rc<Source>> {
        let (index, element) = self.named(&name.value, from)?;
        let depth = match level {
            None => element.rows_depth(),
            Some(level) => self.level_depth(&element, level)?,
        };
        let known = self.sources_of.entry((index, depth));
        let source = known.or_insert_with(|| Rc::new(source_of(index, &element, depth)));
        Some(Rc::clone(source))
    }

    fn level_depth(&mut self, element: &Element, level: &Text) -> Option<Depth> {
        if level.value == "base" {
            return Some(element.base_depth());
        }
        if let Some(position) = element.levels.iter().position(|l| l.name == level.value) {
            return Some(position + 1);
        }
        let names = element
            .levels
            .iter()
            .map(|l| l.name.as_str())
            .chain(["base"]);
        let found = unknown_name(NameKind::Level, level, &element.name, names);
        self.sink.push(found);
        None
    }
}

/// The rows of a checked element at a depth, named by it.
pub(crate) fn source_of(index: usize, element: &Element, depth: Depth) -> Source {
    let columns: Vec<usize> = element
        .columns_at(depth)
        .into_iter()
        .filter(|i| depth == 0 || element.columns[*i].depth > 0)
        .collect();
    let prefix: Arc<str> = element.name.as_str().into();
    let described = columns
        .iter()
        .map(|i| &element.columns[*i])
        .map(|c| SourceColumn {
            name: Arc::clone(&c.name),
            prefix: Arc::clone(&prefix),
            loose: false,
            ty: c.expr.ty,
            format: c.format.clone(),
            hidden: c.hidden,
        })
        .collect();
    Source {
        kind: SourceKind::Element {
            element: index,
            depth,
            columns,
        },
        columns: described,
        open: element.broken,
        metrics: Rc::clone(&element.metrics),
    }
}

fn source_kinds(source: &data::Source) -> Vec<(&'static str, Span)> {
    let texts = [
        ("table", &source.table),
        ("sql", &source.sql),
        ("query", &source.query),
        ("input_table", &source.input_table),
        ("csv", &source.csv),
    ];
    let mut kinds: Vec<_> = texts
        .into_iter()
        .filter_map(|(kind, text)| text.as_ref().map(|t| (kind, t.span)))
        .collect();
    kinds.extend(
        source
            .join
            .as_ref()
            .and_then(|legs| legs.first())
            .map(|leg| ("join", leg.name.span)),
    );
    kinds.extend(
        source
            .union
            .as_ref()
            .and_then(|inputs| inputs.first())
            .map(|input| ("union", input.span)),
    );
    kinds.extend(source.transpose.as_ref().map(|t| ("transpose", t.0.span)));
    kinds.extend(source.data_model.as_ref().map(|t| ("data_model", t.0.span)));
    kinds.sort_by_key(|(_, span)| *span);
    kinds
}

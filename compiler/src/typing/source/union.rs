//! Unions: the rows of several elements under common names.

use std::rc::Rc;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::diag::codes::names as codes;
use crate::document::primitive::{Entry, Text};
use crate::resolve::{NameKind, unknown_name};
use crate::span::Span;
use crate::typing::scope::Checker;
use crate::typing::{Source, SourceColumn, SourceKind};
use crate::value::Type;

impl<'d> Checker<'_, 'd> {
    pub(super) fn union(
        &mut self,
        inputs: &'d [Text],
        matches: &'d [Entry<Vec<Option<Text>>>],
        span: Span,
    ) -> Source {
        let sources: Vec<Rc<Source>> = inputs.iter().map(|name| self.reading(name, None)).collect();
        let Some(first) = sources.first() else {
            self.sink.push(Diagnostic::new(
                &codes::MISSING_SOURCE,
                span,
                "the union has no inputs",
            ));
            return Source::broken();
        };
        let mut names: Vec<Arc<str>> = matches
            .iter()
            .map(|m| m.name.value.as_str().into())
            .collect();
        let used: Vec<Vec<&str>> = (0..inputs.len())
            .map(|i| {
                matches
                    .iter()
                    .filter_map(|m| m.value.get(i)?.as_ref().map(|t| t.value.as_str()))
                    .collect()
            })
            .collect();
        for (index, source) in sources.iter().enumerate() {
            for column in source.columns.iter().filter(|c| !c.hidden) {
                if !names.contains(&column.name) && !used[index].contains(&&*column.name) {
                    names.push(Arc::clone(&column.name));
                }
            }
        }
        let prefix: Arc<str> = "Union".into();
        let open = sources.iter().any(|s| s.open);
        let metrics = Rc::clone(&first.metrics);
        let mapped: Vec<(Rc<Source>, Vec<Option<usize>>)> = sources
            .into_iter()
            .enumerate()
            .map(|(i, source)| {
                let map = names
                    .iter()
                    .map(|name| self.union_column(name, i, &source, matches))
                    .collect();
                (source, map)
            })
            .collect();
        let columns = names
            .iter()
            .enumerate()
            .map(|(i, name)| {
                let inputs = mapped
                    .iter()
                    .filter_map(|(source, map)| map[i].map(|c| &source.columns[c]));
                let ty = inputs
                    .clone()
                    .fold(Type::Null, |ty, c| ty.unify(c.ty).unwrap_or(Type::Unknown));
                let format = inputs.clone().find_map(|c| c.format.clone());
                SourceColumn {
                    name: Arc::clone(name),
                    prefix: Arc::clone(&prefix),
                    loose: false,
                    ty,
                    format,
                    hidden: false,
                }
            })
            .collect();
        Source {
            kind: SourceKind::Union(mapped),
            columns,
            open,
            metrics,
        }
    }

    fn union_column(
        &mut self,
        name: &str,
        input: usize,
        source: &Source,
        matches: &[Entry<Vec<Option<Text>>>],
    ) -> Option<usize> {
        let wanted = match matches.iter().find(|m| m.name.value == name) {
            Some(entry) => entry.value.get(input)?.as_ref()?,
            None => return source.columns.iter().position(|c| *c.name == *name),
        };
        let found = source.columns.iter().position(|c| *c.name == *wanted.value);
        if found.is_none() && !source.open {
            let names = source.columns.iter().map(|c| &*c.name);
            let finding = unknown_name(NameKind::Column, wanted, "", names);
            self.sink.push(finding);
        }
        found
    }
}

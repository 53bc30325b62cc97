//! `Lookup` and `Rollup`: values of another element, by key.

use std::sync::Arc;

use super::call::Call;
use super::scope::{Bare, Place, Typer};
use super::{Lookup, Source, SourceColumn, SourceKind, Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::names as codes;
use crate::formula::ast::{Expr, ExprKind, Reference};
use crate::resolve::{NameKind, unknown_name};
use crate::span::{Span, Spanned};
use crate::value::Type;

impl Typer<'_, '_, '_> {
    pub(super) fn lookup(&mut self, call: Call<'_>) -> Typed {
        let Call {
            function,
            args,
            span,
            place,
            name: at,
        } = call;
        let Some((formula, keys)) = args.split_first() else {
            self.check_call(function, &[], span, at);
            return call.error();
        };
        let pairs: Vec<(&Expr, &Expr)> = keys
            .chunks_exact(2)
            .map(|pair| (&pair[0], &pair[1]))
            .collect();
        let Some(external) = self.external(formula, &pairs, span) else {
            return call.error();
        };
        let (formula, theirs) = self.external_side(formula, &pairs, &external, place);
        let mine: Vec<Typed> = pairs
            .iter()
            .map(|(local, _)| self.expr(local, place))
            .collect();
        let mut all = vec![formula.clone()];
        all.extend(
            mine.iter()
                .cloned()
                .zip(theirs.iter().cloned())
                .flat_map(|(a, b)| [a, b]),
        );
        // An odd argument is there for the arity check to complain about.
        all.extend(
            keys.chunks_exact(2)
                .remainder()
                .iter()
                .map(|arg| self.expr(arg, place)),
        );
        let ty = self.check_call(function, &all, span, at);
        let ty = if ty == Type::Unknown { formula.ty } else { ty };
        let keys = mine.into_iter().zip(theirs).collect();
        let null_safe = function.name == "LookupMatchNulls";
        let lookup = Lookup {
            external,
            formula,
            keys,
            null_safe,
        };
        call.typed(TypedKind::Lookup(Box::new(lookup)), ty)
    }

    /// The one other element that a lookup names.
    fn external(
        &mut self,
        formula: &Expr,
        pairs: &[(&Expr, &Expr)],
        span: Span,
    ) -> Option<Arc<Source>> {
        let mut names: Vec<(String, Span)> = Vec::new();
        prefixes(formula, &mut names);
        if names.is_empty() {
            pairs
                .iter()
                .for_each(|(_, external)| prefixes(external, &mut names));
        }
        let Some((name, at)) = names.first().cloned() else {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::UNKNOWN_ELEMENT,
                    formula.span,
                    "the first argument names no other element",
                )
                .label("write `[Element/Column]`"),
            );
            return None;
        };
        if let Some((other, at)) = names.iter().find(|(other, _)| *other != name) {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::TWO_ELEMENTS,
                    *at,
                    format!("a lookup reads one element, not `{name}` and `{other}`"),
                )
                .label("a second element"),
            );
            return None;
        }
        if self.checker.model.failed.contains(&name) {
            return None;
        }
        if !self.checker.model.data.contains_key(&name) {
            let names = self.checker.model.data.keys().map(String::as_str);
            let found = unknown_name(NameKind::Data, &Spanned::new(name, at), "", names);
            self.checker.sink.push(found);
            return None;
        }
        if name == self.name && self.checker.is_open(&name) {
            return self.own_rows(formula, pairs);
        }
        self.checker
            .element_source(&Spanned::new(name, at), None, span)
    }

    /// The base rows of the element itself, for a lookup in it, with no more than the columns that the lookup reads:
    /// others may depend on it.
    fn own_rows(&mut self, formula: &Expr, pairs: &[(&Expr, &Expr)]) -> Option<Arc<Source>> {
        let index = self.checker.model.data.get_index_of(&self.name)?;
        self.checker.note_own(index);
        let mut read = Vec::new();
        names(formula, &self.name, &mut read);
        for (_, external) in pairs {
            names(external, &self.name, &mut read);
        }
        let base = self.levels + 1;
        let columns: Vec<usize> = (0..self.own.specs.len())
            .filter(|i| self.own.specs[*i].depth == base || self.own.specs[*i].key)
            .filter(|i| {
                read.iter()
                    .any(|(name, _)| **name == *self.own.specs[*i].name)
            })
            .collect();
        let mut described = Vec::new();
        let prefix: Arc<str> = self.name.as_str().into();
        for column in &columns {
            let name = Arc::clone(&self.own.specs[*column].name);
            let at = read.iter().find(|(known, _)| **known == *name);
            let ty = self.column(*column, at.map_or(formula.span, |(_, at)| *at));
            described.push(SourceColumn {
                name,
                prefix: Arc::clone(&prefix),
                loose: false,
                ty,
                format: None,
                hidden: self.own.specs[*column].hidden,
            });
        }
        Some(Arc::new(Source {
            kind: SourceKind::Element {
                element: index,
                depth: base,
                columns,
            },
            columns: described,
            open: false,
            metrics: Arc::default(),
        }))
    }

    /// Types the formula and the external keys where the external element is the source.
    fn external_side(
        &mut self,
        formula: &Expr,
        pairs: &[(&Expr, &Expr)],
        external: &Source,
        place: Place<'_>,
    ) -> (Typed, Vec<Typed>) {
        let mut inner = Typer::over(&mut *self.checker, external, self.name.clone());
        let place = Place {
            bare: Bare::Source,
            column: None,
            aggregate: None,
            depth: Some(0),
            ..place
        };
        let formula = inner.expr(formula, place);
        let keys = pairs
            .iter()
            .map(|(_, external)| inner.expr(external, place))
            .collect();
        (formula, keys)
    }
}

/// First segments of all two-part references, in order.
pub(crate) fn prefixes(expr: &Expr, found: &mut Vec<(String, Span)>) {
    each_reference(expr, &mut |reference, _| {
        if let [(prefix, at), _] = reference.segments.as_slice()
            && !matches!(prefix.as_str(), "Controls" | "Selection" | "Metrics")
        {
            found.push((prefix.clone(), *at));
        }
    });
}

/// Second segments of all references with this prefix.
fn names(expr: &Expr, prefix: &str, found: &mut Vec<(String, Span)>) {
    each_reference(expr, &mut |reference, span| {
        if let [(first, _), (name, _)] = reference.segments.as_slice()
            && first == prefix
        {
            found.push((name.clone(), span));
        }
    });
}

fn each_reference(expr: &Expr, visit: &mut dyn FnMut(&Reference, Span)) {
    match &expr.kind {
        ExprKind::Reference(reference) => visit(reference, expr.span),
        ExprKind::Call { args, .. } => args.iter().for_each(|arg| each_reference(arg, visit)),
        ExprKind::Unary { operand, .. } => each_reference(operand, visit),
        ExprKind::Binary { left, right, .. } => {
            each_reference(left, visit);
            each_reference(right, visit);
        }
        ExprKind::Path { base, .. } => each_reference(base, visit),
        ExprKind::Index { base, index } => {
            each_reference(base, visit);
            each_reference(index, visit);
        }
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Logical(_)
        | ExprKind::Null
        | ExprKind::Error => {}
    }
}

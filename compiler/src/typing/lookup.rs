//! `Lookup` and `Rollup`: values of another element, by key.

use super::columns::Columns;
use super::scope::{Bare, Place, Typer};
use super::{Lookup, Source, Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::names as codes;
use crate::formula::ast::{Expr, ExprKind};
use crate::formula::functions::Function;
use crate::resolve::{NameKind, unknown_name};
use crate::span::{Span, Spanned};
use crate::value::Type;

impl Typer<'_, '_, '_> {
    pub(super) fn lookup(
        &mut self,
        function: &'static Function,
        at: Span,
        args: &[Expr],
        span: Span,
        place: Place<'_>,
    ) -> Typed {
        let Some((formula, keys)) = args.split_first() else {
            self.check_call(function, &[], span, at);
            return Typed::error(span);
        };
        let pairs: Vec<(&Expr, &Expr)> = keys
            .chunks_exact(2)
            .map(|pair| (&pair[0], &pair[1]))
            .collect();
        let Some(external) = self.external(formula, &pairs, span) else {
            return Typed::error(span);
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
        Typed {
            kind: TypedKind::Lookup(Box::new(Lookup {
                external,
                formula,
                keys,
                null_safe,
            })),
            ty,
            span,
        }
    }

    /// The one other element that a lookup names.
    fn external(&mut self, formula: &Expr, pairs: &[(&Expr, &Expr)], span: Span) -> Option<Source> {
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
        self.checker
            .element_source(&Spanned::new(name, at), None, span)
    }

    /// Types the formula and the external keys where the external element is the source.
    fn external_side(
        &mut self,
        formula: &Expr,
        pairs: &[(&Expr, &Expr)],
        external: &Source,
        place: Place<'_>,
    ) -> (Typed, Vec<Typed>) {
        let mut inner = Typer {
            checker: &mut *self.checker,
            own: Columns::default(),
            source: external,
            name: self.name.clone(),
            levels: 0,
            chart: false,
            selection: None,
            metrics: Vec::new(),
        };
        let place = Place {
            bare: Bare::Source,
            column: None,
            aggregate: None,
            depth: Some(0),
            prose: true,
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
    match &expr.kind {
        ExprKind::Reference(reference) => {
            if let [(prefix, at), _] = reference.segments.as_slice()
                && !matches!(prefix.as_str(), "Controls" | "Selection" | "Metrics")
            {
                found.push((prefix.clone(), *at));
            }
        }
        ExprKind::Call { args, .. } => args.iter().for_each(|arg| prefixes(arg, found)),
        ExprKind::Unary { operand, .. } => prefixes(operand, found),
        ExprKind::Binary { left, right, .. } => {
            prefixes(left, found);
            prefixes(right, found);
        }
        ExprKind::Path { base, .. } => prefixes(base, found),
        ExprKind::Index { base, index } => {
            prefixes(base, found);
            prefixes(index, found);
        }
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Logical(_)
        | ExprKind::Null
        | ExprKind::Error => {}
    }
}

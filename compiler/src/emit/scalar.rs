//! Formulas that belong to no element: typed where only controls, a selection and aggregates of data are seen.

use std::sync::Arc;

use super::Emitter;
use crate::document::primitive::{Constant, Formula};
use crate::formula::ast::Expr as Ast;
use crate::lower::{Scalars, over_source};
use crate::plan::action::Scalar;
use crate::plan::relation::Expr;
use crate::resolve::{NameKind, unknown_name};
use crate::span::{Span, Spanned};
use crate::typing::lookup::prefixes;
use crate::typing::scope::{Bare, Place, Typer};
use crate::typing::{Element, Source, Typed, TypedKind};
use crate::value::{Type, Value};

impl Emitter<'_, '_, '_> {
    /// Types formulas together: the sources they read, and the formulas over all columns of these in order.
    pub(super) fn type_scalars(
        &mut self,
        formulas: &[&Ast],
        selection: Option<&Arc<Element>>,
    ) -> Scalars {
        let mut names: Vec<(String, Span)> = Vec::new();
        formulas
            .iter()
            .for_each(|formula| prefixes(formula, &mut names));
        let mut seen: Vec<String> = Vec::new();
        let mut combined = Source::unit();
        let mut sources = Vec::new();
        for (name, span) in names {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name.clone());
            match self.scalar_source(&name, span) {
                Some(source) => {
                    combined.columns.extend(source.columns.iter().cloned());
                    combined.open |= source.open;
                    sources.push(source);
                }
                None => combined.open = true,
            }
        }
        let mut typer = Typer {
            chart: true,
            selection: selection.cloned(),
            ..Typer::over(&mut self.checker, &combined, "")
        };
        let place = Place {
            bare: Bare::Controls,
            ..Place::at(0)
        };
        let formulas = formulas
            .iter()
            .map(|formula| {
                let typed = typer.expr(formula, place);
                typer.check_depth(&typed, 0);
                typed
            })
            .collect();
        Scalars { sources, formulas }
    }

    fn scalar_source(&mut self, name: &str, span: Span) -> Option<Arc<Source>> {
        let model = self.model;
        if !model.data.contains_key(name) {
            if !model.failed.contains(name) {
                let written = Spanned::new(name.to_owned(), span);
                let found = unknown_name(
                    NameKind::Data,
                    &written,
                    "",
                    model.data.keys().map(String::as_str),
                );
                self.checker.sink.push(found);
            }
            return None;
        }
        self.checker
            .element_source(&Spanned::new(name.to_owned(), span), None, span)
    }

    /// One formula as a value of a program, with its type.
    pub(super) fn scalar(
        &mut self,
        formula: &Ast,
        selection: Option<&Arc<Element>>,
    ) -> (Scalar, Typed) {
        let scalars = self.type_scalars(&[formula], selection);
        let typed = scalars.formulas[0].clone();
        (self.lowered(&scalars), typed)
    }

    fn lowered(&mut self, scalars: &Scalars) -> Scalar {
        let typed = &scalars.formulas[0];
        let mut data = false;
        typed.walk(&mut |t| {
            data |= matches!(
                t.kind,
                TypedKind::Aggregate { .. } | TypedKind::Total { .. } | TypedKind::Lookup(_)
            );
        });
        match &mut self.lower {
            Some(lower) if data => Scalar::Query(lower.scalars(scalars)),
            _ => Scalar::Expression(over_source(typed)),
        }
    }

    /// A constant or formula of a type; a constant that does not fit is a finding.
    pub(super) fn constant(
        &mut self,
        constant: &Constant,
        ty: Type,
        what: &str,
        selection: Option<&Arc<Element>>,
    ) -> Scalar {
        match constant {
            Constant::Formula(formula) => {
                let (scalar, typed) = self.scalar(&formula.expr, selection);
                if typed.ty.unify(ty).is_none() && ty != Type::Variant {
                    self.mismatch(what, ty, typed.ty, formula.span);
                }
                scalar
            }
            Constant::Literal(value) => {
                let fitted = crate::typing::control::fit(value, ty).unwrap_or_else(|| {
                    self.mismatch(what, ty, value.value.ty(), value.span);
                    Value::Null
                });
                Scalar::Expression(Expr {
                    ty,
                    ..Expr::literal(fitted)
                })
            }
            Constant::List(list) => {
                let items = list.value.iter().map(|v| json(&v.value)).collect();
                let value = Value::Variant(Arc::new(serde_json::Value::Array(items)));
                if !matches!(ty, Type::Variant | Type::Unknown) {
                    self.mismatch(what, ty, Type::Variant, list.span);
                }
                Scalar::Expression(Expr::literal(value))
            }
        }
    }

    /// A condition on the rows of an element: bare names are its columns, then controls.
    pub(super) fn row_formula(
        &mut self,
        index: usize,
        element: &Arc<Element>,
        formula: &Formula,
        selection: Option<&Arc<Element>>,
    ) -> Typed {
        let source = crate::typing::source::source_of(index, element, element.base_depth());
        let mut typer = Typer {
            selection: selection.cloned(),
            ..Typer::over(&mut self.checker, &source, element.name.clone())
        };
        let typed = typer.expr(
            &formula.expr,
            Place {
                bare: Bare::Source,
                ..Place::at(1)
            },
        );
        typer.expect_logical(&typed, "a condition");
        typed
    }

    fn mismatch(&mut self, what: &str, expected: Type, found: Type, span: Span) {
        let (expected, found) = (expected.as_str(), found.as_str());
        self.checker.sink.push(
            crate::diag::Diagnostic::new(
                &crate::diag::codes::plan::FILTER_TYPE,
                span,
                format!("{what} takes {expected}, found {found}"),
            )
            .label(found),
        );
    }
}

/// A literal as JSON.
pub(super) fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Logical(b) => (*b).into(),
        Value::Integer(i) => (*i).into(),
        Value::Float(f) => (*f).into(),
        Value::Text(t) => t.as_ref().into(),
        Value::Date(d) => crate::formula::datetime::format_date(*d).into(),
        Value::Variant(v) => v.as_ref().clone(),
    }
}

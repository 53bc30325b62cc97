//! The columns of an element while it is checked: specified first, typed on demand.

use super::{Column, Depth, Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::names as codes;
use crate::formula::ast::Expr;
use std::sync::Arc;

use crate::plan::layout::Format;
use crate::span::Span;
use crate::typing::scope::{Bare, Place, Typer};
use crate::value::Type;

/// A column as specified.
pub(crate) type Spec<'d> = Column<Body<'d>>;

/// What a column computes.
#[derive(Clone, Debug)]
pub(crate) enum Body<'d> {
    /// A column of the source as it is.
    Source(usize),
    /// A formula.
    Formula(&'d Expr),
    /// Already typed.
    Typed(Typed),
    /// Something whose type counts only where none is found.
    Declared(Type, Box<Self>),
    /// Nothing: in error.
    Error,
}

impl<'d> Spec<'d> {
    /// A visible column with the id that follows from its name.
    pub(crate) fn new(name: impl Into<Arc<str>>, span: Span, depth: Depth, body: Body<'d>) -> Self {
        let name = name.into();
        Self {
            id: crate::resolve::ids::slug(&name).into(),
            name,
            span,
            depth,
            key: false,
            summary: false,
            hidden: false,
            format: None,
            description: None,
            width: None,
            align: None,
            expr: body,
        }
    }
}

impl<E> Column<E> {
    /// The same column with another expression.
    pub(crate) fn computing<F>(self, expr: F) -> Column<F> {
        Column {
            id: self.id,
            name: self.name,
            span: self.span,
            depth: self.depth,
            key: self.key,
            summary: self.summary,
            hidden: self.hidden,
            format: self.format,
            description: self.description,
            width: self.width,
            align: self.align,
            expr,
        }
    }
}

/// Columns and how far their check is.
#[derive(Debug, Default)]
pub(crate) struct Columns<'d> {
    pub(crate) specs: Vec<Spec<'d>>,
    states: Vec<State>,
    stack: Vec<usize>,
}

#[derive(Clone, Debug)]
enum State {
    Open,
    Done(Typed),
}

impl<'d> Columns<'d> {
    /// Index of a column by its exact name.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.specs.iter().position(|s| *s.name == *name)
    }

    /// Adds a column; names are checked by the caller.
    pub(crate) fn add(&mut self, spec: Spec<'d>) -> usize {
        self.specs.push(spec);
        self.specs.len() - 1
    }

    fn state(&self, index: usize) -> Option<&State> {
        self.states
            .get(index)
            .filter(|s| !matches!(s, State::Open) || self.stack.contains(&index))
    }

    fn set(&mut self, index: usize, state: State) {
        while self.states.len() <= index {
            // An `Open` state that is not on the stack means: not looked at yet.
            self.states.push(State::Open);
        }
        self.states[index] = state;
    }
}

impl Typer<'_, '_, '_> {
    /// Types column `index`, once; `from` is where it is asked for, for cycles.
    pub(crate) fn column(&mut self, index: usize, from: Span) -> Type {
        match self.own.state(index) {
            Some(State::Done(typed)) => return typed.ty,
            Some(State::Open) => {
                self.report_cycle(index, from);
                return Type::Unknown;
            }
            None => {}
        }
        self.own.stack.push(index);
        self.own.set(index, State::Open);
        let spec = self.own.specs[index].clone();
        let typed = self.body(index, &spec, &spec.expr);
        self.own.stack.pop();
        let ty = typed.ty;
        self.own.set(index, State::Done(typed));
        ty
    }

    fn body(&mut self, index: usize, spec: &Spec<'_>, body: &Body<'_>) -> Typed {
        match body {
            Body::Source(column) => self.source_column(*column, spec.span),
            Body::Formula(expr) => {
                // A key is computed from base rows and then grouped by.
                let depth = if spec.key {
                    self.levels + 1
                } else {
                    spec.depth
                };
                let place = Place {
                    column: Some(index),
                    ..Place::at(depth)
                };
                let typed = self.expr(expr, place);
                self.check_depth(&typed, depth);
                typed
            }
            Body::Typed(typed) => typed.clone(),
            Body::Declared(declared, body) => {
                let typed = self.body(index, spec, body);
                if typed.ty == Type::Unknown {
                    Typed {
                        ty: *declared,
                        ..typed
                    }
                } else {
                    typed
                }
            }
            Body::Error => Typed::error(spec.span),
        }
    }

    /// A column of the source as an expression.
    pub(crate) fn source_column(&self, index: usize, span: Span) -> Typed {
        self.source.columns.get(index).map_or_else(
            || Typed::error(span),
            |column| Typed {
                kind: TypedKind::Source(index),
                ty: column.ty,
                span,
            },
        )
    }

    /// Types what is left and hands the columns over.
    pub(crate) fn take_columns(&mut self) -> Vec<Column> {
        for index in 0..self.own.specs.len() {
            let span = self.own.specs[index].span;
            self.column(index, span);
        }
        let own = std::mem::take(&mut self.own);
        own.specs
            .into_iter()
            .zip(own.states)
            .map(|(spec, state)| {
                let expr = match state {
                    State::Done(typed) => typed,
                    State::Open => Typed::error(spec.span),
                };
                let format = spec.format.clone().or_else(|| self.inherited_format(&expr));
                Column {
                    format,
                    ..spec.computing(expr)
                }
            })
            .collect()
    }

    /// A column that only passes a value on, or sums or averages it, looks like its source.
    fn inherited_format(&self, expr: &Typed) -> Option<Arc<Format>> {
        match &expr.kind {
            TypedKind::Source(index) => self.source.columns.get(*index)?.format.clone(),
            TypedKind::Aggregate { function, args, .. }
                if matches!(*function, "Sum" | "Avg" | "Min" | "Max" | "Median") =>
            {
                self.inherited_format(args.first()?)
            }
            _ => None,
        }
    }

    fn report_cycle(&mut self, index: usize, from: Span) {
        let start = self.own.stack.iter().position(|i| *i == index).unwrap_or(0);
        let mut path: Vec<&str> = self.own.stack[start..]
            .iter()
            .map(|i| &*self.own.specs[*i].name)
            .collect();
        path.push(&self.own.specs[index].name);
        let path = path.join(" → ");
        let name = &self.own.specs[index].name;
        self.checker.sink.push(
            Diagnostic::new(
                &codes::CIRCULAR_REFERENCE,
                from,
                format!("column `{name}` depends on itself: {path}"),
            )
            .label("closes the circle"),
        );
    }

    /// Names of the columns a bare name could mean, for suggestions.
    pub(crate) fn bare_names(&self, bare: Bare) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        if bare == Bare::Own {
            names.extend(self.own.specs.iter().map(|s| &*s.name));
        }
        if bare != Bare::Controls {
            names.extend(
                self.source
                    .columns
                    .iter()
                    .filter(|c| !c.hidden)
                    .map(|c| &*c.name),
            );
        }
        names.extend(self.checker.model.controls.keys().map(String::as_str));
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        names
    }
}

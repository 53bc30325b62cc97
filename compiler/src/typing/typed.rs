//! A typed formula as a tree.

use super::Source;
use std::sync::Arc;

use crate::formula::functions::Function;
use crate::plan::relation::Parameter;
use crate::span::Span;
use crate::value::{Type, Value};

/// A typed formula. Leaves are positions: columns of the element itself, or of its source.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) kind: TypedKind,
    pub(crate) ty: Type,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum TypedKind {
    Literal(Value),
    Parameter(Parameter),
    /// Column of the element, by index.
    Own(usize),
    /// Column of the source, by index.
    Source(usize),
    /// Scalar function or operator.
    Call {
        function: &'static Function,
        args: Vec<Typed>,
    },
    /// Plain aggregate (conditions are in `filter`).
    Aggregate {
        function: &'static str,
        args: Vec<Typed>,
        filter: Option<Box<Typed>>,
    },
    Window {
        function: &'static Function,
        args: Vec<Typed>,
    },
    /// An aggregate evaluated at a coarser level; `None` is the whole element, `Some(n)` n levels outwards.
    Total {
        aggregate: Box<Typed>,
        outwards: Option<usize>,
    },
    /// A value of another element by key.
    Lookup(Box<Lookup>),
    /// Did not type; a finding says why.
    Error,
}

/// `Lookup` and `Rollup`: `formula` over `external`, grouped by `keys.1`, joined on `keys.0 = keys.1`.
/// In `formula` and `keys.1`, [`TypedKind::Source`] is a column of the external source.
#[derive(Clone, Debug)]
pub(crate) struct Lookup {
    pub(crate) external: Arc<Source>,
    pub(crate) formula: Typed,
    pub(crate) keys: Vec<(Typed, Typed)>,
    pub(crate) null_safe: bool,
}

impl Lookup {
    /// Whether another lookup finds the same rows: in the same source, by the same keys.
    pub(crate) fn shares_rows(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.external, &other.external)
            && self.null_safe == other.null_safe
            && self.keys.len() == other.keys.len()
            && self
                .keys
                .iter()
                .zip(&other.keys)
                .all(|((a, b), (c, d))| a.is(c) && b.is(d))
    }
}

impl Typed {
    pub(crate) fn error(span: Span) -> Self {
        Self {
            kind: TypedKind::Error,
            ty: Type::Unknown,
            span,
        }
    }

    /// Whether it means the same as another formula over the same columns, wherever both are written.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let same = match (&self.kind, &other.kind) {
            (TypedKind::Literal(a), TypedKind::Literal(b)) => a == b,
            (TypedKind::Parameter(a), TypedKind::Parameter(b)) => a == b,
            (TypedKind::Own(a), TypedKind::Own(b))
            | (TypedKind::Source(a), TypedKind::Source(b)) => a == b,
            (TypedKind::Call { function: a, .. }, TypedKind::Call { function: b, .. })
            | (TypedKind::Window { function: a, .. }, TypedKind::Window { function: b, .. }) => {
                a.name == b.name
            }
            (
                TypedKind::Aggregate {
                    function: a,
                    filter: f,
                    ..
                },
                TypedKind::Aggregate {
                    function: b,
                    filter: g,
                    ..
                },
            ) => a == b && f.is_some() == g.is_some(),
            (TypedKind::Total { outwards: a, .. }, TypedKind::Total { outwards: b, .. }) => a == b,
            // A lookup is itself only: what it reads is not among its children.
            _ => false,
        };
        same && self.ty == other.ty
            && self.children().count() == other.children().count()
            && self.children().zip(other.children()).all(|(a, b)| a.is(b))
    }

    /// Calls `visit` on this node and on every node below, parents first; `Lookup` is a leaf of which only the local
    /// keys are visited.
    pub(crate) fn walk<'t>(&'t self, visit: &mut dyn FnMut(&'t Self)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    pub(crate) fn children(&self) -> impl Iterator<Item = &Self> {
        let (args, one, keys): (&[Self], Option<&Self>, &[(Self, Self)]) = match &self.kind {
            TypedKind::Literal(_)
            | TypedKind::Parameter(_)
            | TypedKind::Own(_)
            | TypedKind::Source(_)
            | TypedKind::Error => (&[], None, &[]),
            TypedKind::Call { args, .. } | TypedKind::Window { args, .. } => (args, None, &[]),
            TypedKind::Aggregate { args, filter, .. } => (args, filter.as_deref(), &[]),
            TypedKind::Total { aggregate, .. } => (&[], Some(aggregate), &[]),
            TypedKind::Lookup(lookup) => (&[], None, &lookup.keys),
        };
        let locals = keys.iter().map(|(local, _)| local);
        args.iter().chain(one).chain(locals)
    }
}

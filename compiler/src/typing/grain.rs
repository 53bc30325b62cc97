//! Levels: which rows a formula sees, and what it may not see.

use std::sync::Arc;

use super::scope::Typer;
use super::{Depth, Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::value::Type;

/// The finest depth a formula reads outside its aggregates; 0 when it reads no row.
/// `depths` are those of the element's columns, `base` is that of base rows.
pub(crate) fn finest(typed: &Typed, depths: &[Depth], base: Depth) -> Depth {
    match &typed.kind {
        TypedKind::Own(index) => depths.get(*index).copied().unwrap_or(base),
        TypedKind::Source(_) => base,
        TypedKind::Aggregate { .. } | TypedKind::Total { .. } => 0,
        TypedKind::Literal(_)
        | TypedKind::Parameter(_)
        | TypedKind::Call { .. }
        | TypedKind::Window { .. }
        | TypedKind::Lookup(_)
        | TypedKind::Error => typed
            .children()
            .map(|child| finest(child, depths, base))
            .max()
            .unwrap_or(0),
    }
}

/// Whether a formula aggregates rows of its element.
pub(crate) fn aggregates(typed: &Typed) -> bool {
    let mut found = false;
    typed.walk(&mut |t| {
        found |= matches!(
            t.kind,
            TypedKind::Aggregate { .. } | TypedKind::Total { .. }
        );
    });
    found
}

/// Whether a formula looks at other rows of its level.
pub(crate) fn has_window(typed: &Typed) -> bool {
    let mut found = false;
    typed.walk(&mut |t| found |= matches!(t.kind, TypedKind::Window { .. }));
    found
}

impl Typer<'_, '_, '_> {
    /// Depths of the columns, by index.
    pub(crate) fn depths(&self) -> Vec<Depth> {
        self.own.specs.iter().map(|s| s.depth).collect()
    }

    /// Reports what a formula at `depth` may not read.
    pub(crate) fn check_depth(&mut self, typed: &Typed, depth: Depth) {
        let base = self.levels + 1;
        let depths = self.depths();
        self.too_fine(typed, depth, &depths);
        if depth == base && aggregates_outside_lookup(typed) {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::AGGREGATE_AT_BASE,
                    typed.span,
                    "an aggregate at base level sees one row only",
                )
                .label("its value is that of the row itself")
                .help("put the column into a grouping (`group_by`) or into `summary`"),
            );
        }
    }

    fn too_fine(&mut self, typed: &Typed, depth: Depth, depths: &[Depth]) {
        let base = self.levels + 1;
        let name = match &typed.kind {
            TypedKind::Own(index) if depths[*index] > depth => {
                Some(Arc::clone(&self.own.specs[*index].name))
            }
            TypedKind::Source(index) if base > depth => {
                self.source.columns.get(*index).map(|c| Arc::clone(&c.name))
            }
            TypedKind::Aggregate { .. } | TypedKind::Total { .. } => return,
            _ => None,
        };
        if let Some(name) = name {
            let aggregate = if typed.ty == Type::Number {
                "Sum"
            } else {
                "Max"
            };
            let text = self.source_text(typed);
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::AGGREGATE_REQUIRED,
                    typed.span,
                    format!("`{name}` has many values here, one per row beneath"),
                )
                .label("needs an aggregate")
                .help(format!(
                    "say which one: `{aggregate}({text})`, or make it a key of the grouping"
                ))
                .fix(
                    format!("aggregate with `{aggregate}`"),
                    typed.span,
                    format!("{aggregate}({text})"),
                ),
            );
            return;
        }
        for child in typed.children() {
            self.too_fine(child, depth, depths);
        }
    }

    /// A reference as an author would write it.
    fn source_text(&self, typed: &Typed) -> String {
        match &typed.kind {
            TypedKind::Own(index) => format!("[{}]", self.own.specs[*index].name),
            TypedKind::Source(index) => {
                let column = &self.source.columns[*index];
                if self.own.find(&column.name).is_some() || column.prefix.is_empty() {
                    format!("[{}/{}]", column.prefix, column.name)
                } else {
                    format!("[{}]", column.name)
                }
            }
            _ => "…".to_owned(),
        }
    }
}

fn aggregates_outside_lookup(typed: &Typed) -> bool {
    match &typed.kind {
        TypedKind::Aggregate { .. } => true,
        TypedKind::Total { .. } | TypedKind::Lookup(_) => false,
        _ => typed.children().any(aggregates_outside_lookup),
    }
}

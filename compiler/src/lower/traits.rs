//! What a formula needs beside its row.

use std::sync::Arc;

use super::stack::Stack;
use crate::typing::{Depth, Element, Typed, TypedKind};

/// What a formula needs beside its row, through all columns it reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits {
    /// Nothing of any level: no aggregate, no total, no column of a grouping but its keys.
    pub(super) plain: bool,
    /// Other rows of its level.
    pub(super) windowed: bool,
    /// The coarsest depth whose calculations it reads; the largest number when it reads none.
    pub(super) coarsest: Depth,
}

/// Traits of every column of an element.
pub(super) fn traits(element: &Element) -> Arc<[Traits]> {
    let mut known: Vec<Option<Traits>> = vec![None; element.columns.len()];
    // Depth first without recursion: how long a chain of columns is, is its author's choice.
    let mut open: Vec<usize> = (0..element.columns.len()).rev().collect();
    while let Some(column) = open.last().copied() {
        let mut missing = Vec::new();
        let expr = &element.columns[column].expr;
        let found = fold(expr, &mut |read| match known[read] {
            _ if read == column => PLAIN,
            Some(traits) => traits,
            None => {
                missing.push(read);
                PLAIN
            }
        });
        if known[column].is_some() || missing.is_empty() || open.len() > LONGEST {
            let spec = &element.columns[column];
            let level = spec.depth < element.base_depth() && !spec.key;
            let own = if level { spec.depth } else { Depth::MAX };
            known[column] = known[column].or(Some(Traits {
                plain: found.plain && !level,
                windowed: found.windowed,
                coarsest: found.coarsest.min(own),
            }));
            open.pop();
        } else {
            open.append(&mut missing);
        }
    }
    known
        .into_iter()
        .map(|traits| traits.unwrap_or(PLAIN))
        .collect()
}

/// Columns that wait at most; typing refuses circles, so it is never reached by a checked element.
const LONGEST: usize = 1 << 20;

const PLAIN: Traits = Traits {
    plain: true,
    windowed: false,
    coarsest: Depth::MAX,
};

impl Stack {
    /// Traits of a formula of the element.
    pub(super) fn traits_of(&self, typed: &Typed) -> Traits {
        fold(typed, &mut |column| self.traits[column])
    }
}

fn fold(typed: &Typed, column: &mut dyn FnMut(usize) -> Traits) -> Traits {
    let own = match &typed.kind {
        TypedKind::Own(index) => column(*index),
        TypedKind::Aggregate { .. } => Traits {
            plain: false,
            ..PLAIN
        },
        // How far outwards it reaches depends on where it stands.
        TypedKind::Total { .. } => Traits {
            plain: false,
            coarsest: 0,
            ..PLAIN
        },
        TypedKind::Window { .. } => Traits {
            windowed: true,
            ..PLAIN
        },
        _ => PLAIN,
    };
    typed
        .children()
        .map(|child| fold(child, column))
        .fold(own, |a, b| Traits {
            plain: a.plain && b.plain,
            windowed: a.windowed || b.windowed,
            coarsest: a.coarsest.min(b.coarsest),
        })
}

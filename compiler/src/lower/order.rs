//! The order of rows: what sorts say, and the keys of levels.

use super::Lowerer;
use crate::plan::relation::{NodeId, Nulls, SortKey};
use crate::typing::{Depth, Element, Sort};

/// The order of the rows of a depth: each level's own sort, then its keys.
pub(super) fn order_at(element: &Element, depth: Depth) -> Vec<Sort> {
    let mut order: Vec<Sort> = Vec::new();
    let mut add = |sort: Sort| {
        if !order.iter().any(|s| s.column == sort.column) {
            order.push(sort);
        }
    };
    for level in element.levels.iter().take(depth) {
        level.sort.iter().cloned().for_each(&mut add);
        for key in &level.keys {
            add(Sort {
                column: *key,
                descending: false,
                nulls: Nulls::First,
            });
        }
    }
    if depth == element.base_depth() {
        element.sort.iter().cloned().for_each(&mut add);
    }
    order
}

/// Sort keys over a projection of `columns`.
pub(super) fn sort_keys(
    lower: &Lowerer<'_>,
    node: NodeId,
    columns: &[usize],
    order: &[Sort],
) -> Vec<SortKey> {
    order
        .iter()
        .filter_map(|sort| {
            let position = columns.iter().position(|c| *c == sort.column)?;
            Some(SortKey {
                by: lower.nodes.column(node, position),
                descending: sort.descending,
                nulls: sort.nulls,
            })
        })
        .collect()
}

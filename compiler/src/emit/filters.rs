//! Which controls filter an element, itself or through what it reads: with the checked element, all that its relation
//! depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::lower::ControlTest;
use crate::resolve::{Model, control_id};
use crate::typing::Checked;
use crate::typing::trail::{Kept, control_address};

/// The pairs of a filtered element and the address of the control's definition, sorted.
pub(crate) type Filtered = Arc<[(usize, usize)]>;

/// Per element the pairs of a filtered element and the address of the control's definition, sorted. Elements that are
/// not `kept` have those of their own only: they are lowered in any case.
pub(super) fn of(
    model: &Model<'_>,
    checked: &Checked,
    tests: &BTreeMap<usize, Vec<ControlTest>>,
    kept: &Kept,
) -> Vec<Filtered> {
    let controls: FxHashMap<String, usize> = model
        .controls
        .values()
        .map(|control| (control_id(control), control_address(*control)))
        .collect();
    let trails: FxHashMap<usize, _> = kept
        .values()
        .map(|(trail, element)| (Arc::as_ptr(element).addr(), trail))
        .collect();
    let mut known: Vec<Option<Filtered>> = vec![None; checked.elements.len()];
    let mut open: Vec<usize> = (0..checked.elements.len()).rev().collect();
    // Depth first without recursion: how long a chain of queries is, is its author's choice. Reads have no circles.
    while let Some(index) = open.last().copied() {
        let Some(element) = checked
            .elements
            .get(index)
            .filter(|_| known[index].is_none())
        else {
            open.pop();
            continue;
        };
        let trail = trails.get(&Arc::as_ptr(element).addr());
        let read = || trail.iter().flat_map(|trail| trail.read());
        let before = open.len();
        open.extend(read().filter(|read| *read != index && known[*read].is_none()));
        if open.len() > before {
            continue;
        }
        let own = tests.get(&index).into_iter().flatten();
        let own = own.filter_map(|test| Some((index, *controls.get(&test.control)?)));
        let theirs = read().filter_map(|read| known[read].as_deref()).flatten();
        let all: BTreeSet<(usize, usize)> = own.chain(theirs.copied()).collect();
        known[index] = Some(all.into_iter().collect());
        open.pop();
    }
    known.into_iter().map(Option::unwrap_or_default).collect()
}

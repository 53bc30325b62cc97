//! Checked elements to relations.
//!
//! Enters: [`Checked`] elements. Leaves: nodes of the plan and, per element, its views. An element is a [`stack`] of
//! stages, one per depth; a formula is computed in the stage of its level. Nothing here reports: what could be wrong
//! was found before.

mod aggregate;
mod data;
mod deps;
mod expr;
mod filter;
mod lookback;
mod lookup;
mod order;
mod scalar;
mod series;
mod source;
mod stack;
mod stage;
mod traits;
mod view;
mod window;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::plan::builder::Nodes;
use crate::plan::relation::NodeId;
use crate::typing::{Checked, Depth, Element, Test};

pub(crate) use data::{data_element, views};
pub(crate) use deps::Dependencies;
pub(crate) use lookup::over_source;
pub(crate) use scalar::Scalars;

/// A control's effect on an element: which column, tested by which control.
#[derive(Clone, Debug)]
pub(crate) struct ControlTest {
    pub(crate) depth: Depth,
    pub(crate) test: Test,
    pub(crate) control: String,
    /// As [`of`](crate::typing::Filter::of) of a filter.
    pub(crate) of: Option<usize>,
}

/// Element, depth, columns, and the control that is left out.
type RowsOf = (usize, Depth, Vec<usize>, Option<String>);

/// Builds the relations of all elements, each once.
pub(crate) struct Lowerer<'l> {
    pub(crate) checked: &'l Checked,
    pub(crate) nodes: Nodes,
    /// Tests of controls by the element they filter.
    pub(crate) control_tests: BTreeMap<usize, Vec<ControlTest>>,
    stacks: BTreeMap<(usize, Option<String>), stack::Stack>,
    /// What [`rows`](Self::rows) gave.
    known_rows: FxHashMap<RowsOf, NodeId>,
    /// Elements whose filters are being applied: what they look up in themselves is not filtered.
    filtering: Vec<usize>,
}

impl<'l> Lowerer<'l> {
    pub(crate) fn new(
        checked: &'l Checked,
        control_tests: BTreeMap<usize, Vec<ControlTest>>,
        nodes: Nodes,
    ) -> Self {
        Self {
            checked,
            nodes,
            control_tests,
            stacks: BTreeMap::new(),
            known_rows: FxHashMap::default(),
            filtering: Vec::new(),
        }
    }

    pub(crate) fn element(&self, index: usize) -> Arc<Element> {
        Arc::clone(&self.checked.elements[index])
    }

    /// The rows of an element at a depth with the columns asked for, in that order, and in no promised order of rows
    /// unless it is limited. `without` names a control whose filters are left out.
    pub(crate) fn rows(
        &mut self,
        index: usize,
        depth: Depth,
        columns: &[usize],
        without: Option<&str>,
    ) -> NodeId {
        let element = self.element(index);
        // Many elements read the same columns of one.
        let key = (index, depth, columns.to_vec(), without.map(str::to_owned));
        if let Some(known) = self.known_rows.get(&key)
            && self.filtering.is_empty()
        {
            return *known;
        }
        let mut stack = self.stack(index, without);
        stack.ensure(self, &element, depth, columns);
        let node = match element.limit {
            Some(limit) if depth == element.rows_depth() => {
                stack.limited(self, &element, depth, columns, limit)
            }
            _ => stack.project(self, &element, depth, columns),
        };
        if self.filtering.is_empty() {
            self.known_rows.insert(key, node);
        }
        node
    }

    /// The stack of an element with its rows filtered and nothing computed yet. Everyone begins with a copy of it, so
    /// that a relation depends on what is asked for and not on what was asked before.
    fn stack(&mut self, index: usize, without: Option<&str>) -> stack::Stack {
        let key = (index, without.map(str::to_owned));
        let unfiltered = self.filtering.contains(&index);
        if let Some(stack) = self.stacks.get(&key).filter(|_| !unfiltered) {
            return stack.clone();
        }
        let element = self.element(index);
        let stack = stack::Stack::new(self, index, &element, without);
        if !unfiltered {
            self.stacks.insert(key, stack.clone());
        }
        stack
    }
}

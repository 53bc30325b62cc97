//! The stages of one element: a relation per depth, each growing to the right as columns are asked for.

use std::sync::Arc;

use super::Lowerer;
use super::stage::{Key, Stage, null};
use super::traits::{Traits, traits};
use crate::plan::relation::{Expr, ExprKind, JoinCondition, JoinKind, NodeId};
use crate::typing::{Depth, Element, Filter, Typed, TypedKind};

/// The stages of one element.
#[derive(Clone, Debug)]
pub(super) struct Stack {
    /// By depth; the last is base.
    stages: Vec<Option<Stage>>,
    /// Control whose filters are left out, here and in the sources.
    pub(super) without: Option<String>,
    /// Columns being computed, so that an order that depends on one of them leaves it out.
    pub(super) open: Vec<usize>,
    /// By column of the element.
    pub(super) traits: Arc<[Traits]>,
}

impl Stack {
    pub(super) fn new(
        lower: &mut Lowerer<'_>,
        index: usize,
        element: &Element,
        without: Option<&str>,
    ) -> Self {
        let node = lower.source(&element.source, without);
        let positions = (0..element.source.columns.len()).map(|i| (Key::Source(i), i));
        let mut stages = vec![None; element.base_depth()];
        stages.push(Some(Stage::new(lower, node, positions)));
        let mut stack = Self {
            stages,
            without: without.map(str::to_owned),
            open: Vec::new(),
            traits: traits(element),
        };
        let mut filters = element.filters.clone();
        for test in lower.control_tests.get(&index).into_iter().flatten() {
            if without != Some(test.control.as_str()) {
                filters.push(Filter {
                    depth: test.depth,
                    test: test.test.clone(),
                    of: test.of,
                });
            }
        }
        if !lower.filtering.contains(&index) {
            lower.filtering.push(index);
            stack.apply_filters(lower, element, &filters);
            lower.filtering.pop();
        }
        stack
    }

    pub(super) fn base(&self) -> Depth {
        self.stages.len() - 1
    }

    /// The stage of a depth, made when first asked for.
    pub(super) fn stage(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
    ) -> &mut Stage {
        if self.stages[depth].is_none() {
            self.open_level(lower, element, depth);
        }
        self.stages[depth].get_or_insert_with(|| unreachable!("open_level makes the stage"))
    }

    pub(super) fn set_stage(&mut self, depth: Depth, stage: Stage) {
        self.stages[depth] = Some(stage);
    }

    /// The node of a depth, with every column it was asked for so far.
    pub(super) fn node(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
    ) -> NodeId {
        self.stage(lower, element, depth);
        let stage = self.stages[depth].as_mut();
        stage.map_or(NodeId(0), |stage| stage.flush(lower))
    }

    pub(super) fn position(&self, depth: Depth, key: &Key) -> Option<usize> {
        self.stages[depth].as_ref()?.positions.get(key).copied()
    }

    pub(super) fn positions(&self, depth: Depth) -> impl Iterator<Item = (&Key, &usize)> {
        self.stages[depth].iter().flat_map(|s| &s.positions)
    }

    /// Notes that a stage's node was replaced by a wider one, with the new columns' keys and positions.
    pub(super) fn widen(
        &mut self,
        lower: &Lowerer<'_>,
        depth: Depth,
        node: NodeId,
        new: impl IntoIterator<Item = (Key, usize)>,
    ) {
        if let Some(stage) = &mut self.stages[depth] {
            debug_assert!(
                stage.pending.is_empty(),
                "the node was taken with all its columns"
            );
            stage.node = node;
            stage.width = lower.nodes.columns(node).len();
            stage.positions.extend(new);
        }
    }

    /// Columns that are the keys of all levels down to `depth`.
    pub(super) fn keys(element: &Element, depth: Depth) -> Vec<usize> {
        element
            .levels
            .iter()
            .take(depth)
            .flat_map(|l| l.keys.iter().copied())
            .collect()
    }

    /// Makes sure the stage of `depth` carries these columns, computing in rounds: each round adds everything whose
    /// inputs are there.
    pub(super) fn ensure(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
        columns: &[usize],
    ) {
        self.stage(lower, element, depth);
        let mut wanted: Vec<usize> = columns.to_vec();
        let mut next = 0;
        // Columns of this depth that the wanted ones read come first.
        while next < wanted.len() {
            for read in self.reads_here(element, depth, wanted[next]) {
                if !wanted.contains(&read) {
                    wanted.push(read);
                }
            }
            next += 1;
        }
        loop {
            wanted.retain(|c| self.position(depth, &Key::Column(*c)).is_none());
            if wanted.is_empty() {
                return;
            }
            let ready: Vec<usize> = wanted
                .iter()
                .copied()
                .filter(|c| {
                    self.reads_here(element, depth, *c)
                        .iter()
                        .all(|read| self.position(depth, &Key::Column(*read)).is_some())
                })
                .collect();
            if ready.is_empty() {
                return;
            }
            self.compute(lower, element, depth, &ready);
        }
    }

    /// Columns that a column's formula reads outside aggregates, as its stage has them.
    fn reads_here(&self, element: &Element, depth: Depth, column: usize) -> Vec<usize> {
        if self.carried(element, depth, column) {
            return Vec::new();
        }
        let mut found = Vec::new();
        collect_own(&element.columns[column].expr, &mut found);
        found.retain(|c| *c != column && element.columns[*c].depth <= depth);
        found
    }

    /// Whether a stage gets a column from a coarser one rather than computing it.
    fn carried(&self, element: &Element, depth: Depth, column: usize) -> bool {
        let spec = &element.columns[column];
        spec.depth < depth && !(spec.key && depth == self.base())
    }

    /// Computes columns whose inputs are there.
    fn compute(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
        columns: &[usize],
    ) {
        let (carried, own): (Vec<usize>, Vec<usize>) = columns
            .iter()
            .partition(|c| self.carried(element, depth, **c));
        for from in 0..depth {
            let mut list = carried.clone();
            list.retain(|c| element.columns[*c].depth == from);
            if !list.is_empty() {
                self.broadcast(lower, element, (from, depth), &list);
            }
        }
        for column in &own {
            if self.position(depth, &Key::Column(*column)).is_some() {
                continue;
            }
            self.open.push(*column);
            let expr = self.expr(lower, element, &element.columns[*column].expr, depth);
            self.open.pop();
            let name = &element.columns[*column].name;
            self.add(lower, depth, Key::Column(*column), name, expr);
        }
    }

    /// Makes an expression a column of its stage; gives its position. One that is there under another key needs none.
    pub(super) fn add(
        &mut self,
        lower: &mut Lowerer<'_>,
        depth: Depth,
        key: Key,
        name: &Arc<str>,
        expr: Expr,
    ) -> usize {
        let Some(stage) = &mut self.stages[depth] else {
            return 0;
        };
        let position = match expr.kind {
            ExprKind::Column { index } => index,
            _ => stage.push(lower, Arc::clone(name), expr),
        };
        stage.positions.insert(key, position);
        position
    }

    /// Brings columns of a coarser stage into a finer one: the same value on each inner row.
    fn broadcast(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        (from, depth): (Depth, Depth),
        columns: &[usize],
    ) {
        self.ensure(lower, element, from, columns);
        let values: Vec<(Key, usize)> = columns
            .iter()
            .filter_map(|c| Some((Key::Column(*c), self.position(from, &Key::Column(*c))?)))
            .collect();
        self.join_from(lower, element, (from, depth), values);
    }

    /// Joins values of the stage of `from`, at these positions, to the finer stage of `depth`, by the keys of `from`.
    /// A key of an outer level is in the finer stage already.
    pub(super) fn join_from(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        (from, depth): (Depth, Depth),
        values: Vec<(Key, usize)>,
    ) {
        let keys = Self::keys(element, from);
        self.ensure(lower, element, from, &keys);
        self.ensure(lower, element, depth, &keys);
        let mut values = values;
        values.retain(|(key, _)| self.position(depth, key).is_none());
        if values.is_empty() {
            return;
        }
        let coarse = self.node(lower, element, from);
        let mut list: Vec<(Arc<str>, Expr)> = Vec::new();
        for column in &keys {
            list.push((
                Arc::clone(&element.columns[*column].name),
                self.own(element, from, *column),
            ));
        }
        for (_, position) in &values {
            let column = &lower.nodes.columns(coarse)[*position];
            list.push((Arc::clone(&column.name), Expr::column(*position, column.ty)));
        }
        let right = lower.nodes.project(coarse, list);
        let (node, first) = self.by_keys(lower, element, depth, (right, &keys), outer(&keys));
        let new = values.into_iter().enumerate();
        self.widen(
            lower,
            depth,
            node,
            new.map(|(i, (key, _))| (key, first + i)),
        );
    }

    /// Joins a relation that begins with these keys to the stage of `depth`, Null matching Null. Gives the joined node
    /// and the position of the relation's first column behind the keys.
    pub(super) fn by_keys(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
        (right, keys): (NodeId, &[usize]),
        kind: JoinKind,
    ) -> (NodeId, usize) {
        let left = self.node(lower, element, depth);
        let on = keys
            .iter()
            .enumerate()
            .map(|(i, column)| JoinCondition {
                left: self.own(element, depth, *column),
                op: "=".to_owned(),
                right: lower.nodes.column(right, i),
                null_safe: true,
            })
            .collect();
        let first = lower.nodes.columns(left).len() + keys.len();
        (lower.nodes.join(left, right, kind, on), first)
    }

    /// A column of the element as an expression over its stage; it must be there.
    pub(super) fn own(&self, element: &Element, depth: Depth, column: usize) -> Expr {
        let ty = element.columns[column].expr.ty;
        match self.position(depth, &Key::Column(column)) {
            Some(position) => Expr::column(position, ty),
            None => null(ty),
        }
    }

    /// A projection of columns of a stage, which must be there.
    pub(super) fn project(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
        columns: &[usize],
    ) -> NodeId {
        let stage = self.stage(lower, element, depth);
        let list = columns
            .iter()
            .map(|c| {
                let (name, ty) = (&element.columns[*c].name, element.columns[*c].expr.ty);
                let expr = match stage.positions.get(&Key::Column(*c)) {
                    Some(position) => stage.over_node(*position, ty),
                    None => null(ty),
                };
                (Arc::clone(name), expr)
            })
            .collect();
        let node = stage.node;
        lower.nodes.project(node, list)
    }
}

/// Own columns read outside aggregates and totals.
fn collect_own(typed: &Typed, found: &mut Vec<usize>) {
    match &typed.kind {
        TypedKind::Own(column) => found.push(*column),
        TypedKind::Aggregate { .. } | TypedKind::Total { .. } => {}
        _ => typed.children().for_each(|child| collect_own(child, found)),
    }
}

/// How values of an outer level come to its inner rows; without keys there is one outer row.
pub(super) fn outer(keys: &[usize]) -> JoinKind {
    if keys.is_empty() {
        JoinKind::Cross
    } else {
        JoinKind::Left
    }
}

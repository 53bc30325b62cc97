//! Aggregates: from a finer stage to a coarser one.

use std::sync::Arc;

use super::Lowerer;
use super::expr::value_key;
use super::order::order_at;
use super::stack::{Stack, outer};
use super::stage::{Key, Stage, null};
use crate::plan::relation::{Aggregate, Expr, NodeId};
use crate::typing::grain::{aggregates, finest};
use crate::typing::{Depth, Element, Typed, TypedKind};
use crate::value::{Type, Value};

/// An aggregate of a typed formula: function, arguments, filter, result type.
pub(super) type Call<'t> = (&'static str, &'t [Typed], Option<&'t Typed>, Type);

impl Stack {
    /// An aggregate at `depth` as a column of that stage.
    pub(super) fn aggregate(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        call: Call<'_>,
        depth: Depth,
    ) -> Expr {
        if depth == self.base() {
            return self.of_one_row(lower, element, call, depth);
        }
        if call.0 == "SparklineAgg" {
            return self.series(lower, element, call, depth);
        }
        let from = self.finer(element, call, depth);
        if from == depth {
            return self.of_one_row(lower, element, call, depth);
        }
        self.stage(lower, element, depth);
        let aggregate = self.plan_aggregate(lower, element, call, from);
        let key = aggregate_key(&aggregate, from);
        if self.position(depth, &key).is_none() {
            let mut list = vec![(key.clone(), aggregate)];
            self.add_companions(lower, element, call, (from, depth), &mut list);
            self.join_aggregates(lower, element, list, (from, depth));
        }
        match self.position(depth, &key) {
            Some(position) => Expr::column(position, call.3),
            None => null(call.3),
        }
    }

    /// Adds the other aggregates of the level that read the same finer stage, so that one join brings them all.
    fn add_companions(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        call: Call<'_>,
        (from, depth): (Depth, Depth),
        list: &mut Vec<(Key, Aggregate)>,
    ) {
        let known: Vec<Depth> = depths(element);
        let ordered = self.is_order_closed(element, from);
        let closed = |stack: &Self, call: &Call<'_>| {
            let mut args = call.1.iter().chain(call.2);
            (ordered || !is_positional(call.0))
                && args.all(|arg| {
                    let traits = stack.traits_of(arg);
                    traits.coarsest >= from && !traits.windowed && !aggregates(arg)
                })
        };
        if !closed(self, &call) {
            return;
        }
        for other in calls_at(element, depth) {
            if self.finer_of(&known, other, depth) != from || !closed(self, &other) {
                continue;
            }
            let aggregate = self.plan_aggregate(lower, element, other, from);
            let key = aggregate_key(&aggregate, from);
            if self.position(depth, &key).is_none() && !list.iter().any(|(k, _)| *k == key) {
                list.push((key, aggregate));
            }
        }
    }

    /// Whether the order of the rows of a depth follows from nothing coarser and from no other row.
    fn is_order_closed(&self, element: &Element, depth: Depth) -> bool {
        order_at(element, depth).iter().all(|sort| {
            let column = &element.columns[sort.column];
            let traits = self.traits[sort.column];
            column.depth < depth || (traits.coarsest >= depth && !traits.windowed)
        })
    }

    /// The depth whose rows an aggregate at `depth` reads.
    pub(super) fn finer(&self, element: &Element, call: Call<'_>, depth: Depth) -> Depth {
        self.finer_of(&depths(element), call, depth)
    }

    fn finer_of(&self, depths: &[Depth], call: Call<'_>, depth: Depth) -> Depth {
        let found = call
            .1
            .iter()
            .chain(call.2)
            .map(|arg| finest(arg, depths, self.base()))
            .max()
            .unwrap_or(0);
        // Nothing that lives somewhere: rows are counted.
        if found == 0 {
            self.base()
        } else {
            found.max(depth)
        }
    }

    pub(super) fn plan_aggregate(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        call: Call<'_>,
        from: Depth,
    ) -> Aggregate {
        let args = call
            .1
            .iter()
            .map(|arg| self.expr(lower, element, arg, from))
            .collect();
        let filter = call.2.map(|filter| self.expr(lower, element, filter, from));
        Aggregate {
            function: call.0.into(),
            args,
            filter,
            ty: call.3,
        }
    }

    /// Makes the stage of a level: its keys, and every aggregate of its columns that reads plain base rows.
    pub(super) fn open_level(&mut self, lower: &mut Lowerer<'_>, element: &Element, depth: Depth) {
        let base = self.base();
        let keys = Self::keys(element, depth);
        self.ensure(lower, element, base, &keys);
        let mut calls = calls_at(element, depth);
        let known = depths(element);
        let ordered = self.is_order_closed(element, base);
        calls.retain(|call| {
            let mut args = call.1.iter().chain(call.2);
            self.finer_of(&known, *call, depth) == base
                && args.all(|arg| self.traits_of(arg).plain)
                && (ordered || !is_positional(call.0))
        });
        let mut aggregates: Vec<(Arc<str>, Aggregate)> = Vec::new();
        let mut positions = std::collections::BTreeMap::new();
        for call in calls {
            let aggregate = self.plan_aggregate(lower, element, call, base);
            let key = aggregate_key(&aggregate, base);
            if let std::collections::btree_map::Entry::Vacant(entry) = positions.entry(key) {
                entry.insert(keys.len() + aggregates.len());
                aggregates.push((aggregate.function.as_ref().into(), aggregate));
            }
        }
        let names = aggregates.iter().map(|(name, _)| &**name);
        let node = self.rows_to_aggregate(lower, element, base, names);
        let mut list = Vec::new();
        for (i, key) in keys.iter().enumerate() {
            list.push((
                Arc::clone(&element.columns[*key].name),
                self.own(element, base, *key),
            ));
            positions.insert(Key::Column(*key), i);
        }
        let node = lower.nodes.aggregate(node, list, aggregates);
        self.set_stage(depth, Stage::new(lower, node, positions));
    }

    /// The rows of a stage as its aggregates read them: in order, where one of them takes a value by its place.
    fn rows_to_aggregate<'n>(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
        mut functions: impl Iterator<Item = &'n str>,
    ) -> NodeId {
        if !functions.any(is_positional) {
            return self.node(lower, element, depth);
        }
        let order = self.window_order(lower, element, depth);
        let node = self.node(lower, element, depth);
        lower.nodes.sort(node, order)
    }

    /// Aggregates a finer stage on its own and joins the results by the keys.
    fn join_aggregates(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        aggregates: Vec<(Key, Aggregate)>,
        (from, depth): (Depth, Depth),
    ) {
        let keys = Self::keys(element, depth);
        self.ensure(lower, element, from, &keys);
        let mut list = Vec::new();
        for column in &keys {
            list.push((
                Arc::clone(&element.columns[*column].name),
                self.own(element, from, *column),
            ));
        }
        let functions = aggregates.iter().map(|(_, a)| &*a.function);
        let finer = self.rows_to_aggregate(lower, element, from, functions);
        let mut known = Vec::new();
        let mut named: Vec<(Arc<str>, Aggregate)> = Vec::new();
        for (key, aggregate) in aggregates {
            known.push(key);
            named.push((aggregate.function.as_ref().into(), aggregate));
        }
        let right = lower.nodes.aggregate(finer, list, named);
        let (node, first) = self.by_keys(lower, element, depth, (right, &keys), outer(&keys));
        let new = known.into_iter().enumerate();
        self.widen(lower, depth, node, new.map(|(i, key)| (key, first + i)));
    }

    /// An aggregate that sees one row only.
    fn of_one_row(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        call: Call<'_>,
        depth: Depth,
    ) -> Expr {
        let (function, args, filter, ty) = call;
        let value = match (function, args.first()) {
            ("Count", None) => Expr::literal(Value::Integer(1)),
            ("Count" | "CountDistinct", Some(arg)) => {
                let arg = self.expr(lower, element, arg, depth);
                let test = Expr::call("IsNull", vec![arg], Type::Logical);
                let (zero, one) = (
                    Expr::literal(Value::Integer(0)),
                    Expr::literal(Value::Integer(1)),
                );
                Expr::call("If", vec![test, zero, one], Type::Number)
            }
            (
                "Sum" | "Avg" | "Min" | "Max" | "Median" | "ListAgg" | "PercentileCont"
                | "PercentileDisc",
                Some(arg),
            ) => self.expr(lower, element, arg, depth),
            _ => null(ty),
        };
        match filter {
            None => value,
            Some(filter) => {
                let filter = self.expr(lower, element, filter, depth);
                let otherwise = if function.starts_with("Count") {
                    Expr::literal(Value::Integer(0))
                } else {
                    null(ty)
                };
                Expr::call("If", vec![filter, value, otherwise], ty)
            }
        }
    }
}

fn aggregate_key(aggregate: &Aggregate, from: Depth) -> Key {
    let exprs: Vec<&Expr> = aggregate.args.iter().chain(&aggregate.filter).collect();
    let marker = if aggregate.filter.is_some() {
        "if"
    } else {
        "all"
    };
    value_key(&aggregate.function, &exprs, &format!("{marker} {from}"))
}

/// Whether an aggregate gives a value by its place in the order of the rows.
fn is_positional(function: &str) -> bool {
    matches!(
        function,
        "First" | "Last" | "Nth" | "FirstNonNull" | "LastNonNull"
    )
}

/// Depths of the columns as aggregates see them: keys are computed from base rows.
fn depths(element: &Element) -> Vec<Depth> {
    let base = element.base_depth();
    let columns = element.columns.iter();
    columns
        .map(|c| if c.key { base } else { c.depth })
        .collect()
}

/// All aggregates of the calculations of a depth.
fn calls_at(element: &Element, depth: Depth) -> Vec<Call<'_>> {
    let mut calls = Vec::new();
    for column in element
        .columns
        .iter()
        .filter(|c| !c.key && c.depth <= element.levels.len())
    {
        // Columns of inner levels have totals here as well, when this is the whole element.
        if column.depth == depth || depth == 0 {
            collect(&column.expr, &mut calls);
        }
    }
    calls
}

/// All aggregates of a formula that belong to its own depth.
pub(super) fn collect<'t>(typed: &'t Typed, found: &mut Vec<Call<'t>>) {
    match &typed.kind {
        TypedKind::Aggregate {
            function,
            args,
            filter,
        } => found.push((*function, args.as_slice(), filter.as_deref(), typed.ty)),
        TypedKind::Total { .. } => {}
        _ => typed.children().for_each(|child| collect(child, found)),
    }
}

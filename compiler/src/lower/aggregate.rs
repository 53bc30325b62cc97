//! Aggregates: from a finer stage to a coarser one.

use std::sync::Arc;

use super::Lowerer;
use super::expr::value_key;
use super::stack::{Stack, outer};
use super::stage::{Key, Stage, null};
use crate::plan::relation::{Aggregate, Expr};
use crate::typing::grain::finest;
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
        let position = match self.position(depth, &key) {
            Some(position) => position,
            None => self.join_aggregate(lower, element, aggregate, (from, depth), key),
        };
        Expr::column(position, call.3)
    }

    /// The depth whose rows an aggregate at `depth` reads.
    pub(super) fn finer(&self, element: &Element, call: Call<'_>, depth: Depth) -> Depth {
        let depths: Vec<Depth> = element
            .columns
            .iter()
            .map(|c| if c.key { self.base() } else { c.depth })
            .collect();
        let found = call
            .1
            .iter()
            .chain(call.2)
            .map(|arg| finest(arg, &depths, self.base()))
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
        let mut calls: Vec<Call<'_>> = Vec::new();
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
        calls.retain(|call| {
            let mut args = call.1.iter().chain(call.2);
            self.finer(element, *call, depth) == base && args.all(|arg| self.traits_of(arg).plain)
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
        let node = self.node(lower, element, base);
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

    /// Aggregates a finer stage on its own and joins the result by the keys.
    fn join_aggregate(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        aggregate: Aggregate,
        (from, depth): (Depth, Depth),
        key: Key,
    ) -> usize {
        let keys = Self::keys(element, depth);
        self.ensure(lower, element, from, &keys);
        let mut list = Vec::new();
        for column in &keys {
            list.push((
                Arc::clone(&element.columns[*column].name),
                self.own(element, from, *column),
            ));
        }
        let finer = self.node(lower, element, from);
        let right = lower.nodes.aggregate(
            finer,
            list,
            vec![(aggregate.function.as_ref().into(), aggregate)],
        );
        let (node, position) = self.by_keys(lower, element, depth, (right, &keys), outer(&keys));
        self.widen(lower, depth, node, [(key, position)]);
        position
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

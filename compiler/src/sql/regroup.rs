//! Coarser groups from finer ones: where a statement groups the same rows by some keys and by more of them, the
//! coarser groups are computed from the finer ones, so that the rows are read once.
//!
//! Only what [`partial`](super::partial) knows to compose is computed so; one aggregate that does not compose leaves
//! its grouping on the rows.

use std::collections::{BTreeMap, BTreeSet};

use super::lift::{lift, reaches};
use super::partial::{Parts, is_positional, parts};
use super::prepare::Prepared;
use super::prune::Usage;
use crate::plan::relation::{Aggregate, Column, Expr, Node, NodeId, Operator};
use crate::value::{Type, Value};

/// An aggregating node.
#[derive(Clone)]
pub(super) struct Grouping {
    pub(super) input: NodeId,
    pub(super) keys: Vec<Expr>,
    pub(super) aggregates: Vec<Aggregate>,
}

/// Groupings under way.
struct Regroup<'p> {
    plan: &'p mut Prepared,
    /// Aggregates of a grouping that somebody reads.
    needed: BTreeMap<NodeId, BTreeSet<usize>>,
    /// The aggregating node of a grouping that got more columns: its own passes on what it had.
    wide: BTreeMap<NodeId, NodeId>,
}

/// Rewrites groupings; whether there was one to rewrite.
pub(super) fn regroup(plan: &mut Prepared, usage: &BTreeMap<NodeId, Usage>) -> bool {
    let mut needed: BTreeMap<NodeId, BTreeSet<usize>> = BTreeMap::new();
    let mut order: Vec<(usize, NodeId)> = Vec::new();
    for (id, usage) in usage {
        if let Some(Operator::Aggregate { keys, .. }) = plan.nodes.get(id).map(|n| &n.operator) {
            let columns = usage.columns.iter();
            let own = columns.filter_map(|column| column.checked_sub(keys.len()));
            needed.insert(*id, own.collect());
            order.push((keys.len(), *id));
        }
    }
    if order.len() < 2 {
        return false;
    }
    // Coarse ones first: what they need of finer ones is known when these are looked at themselves.
    order.sort_unstable();
    let mut regroup = Regroup {
        plan,
        needed,
        wide: BTreeMap::new(),
    };
    let mut changed = false;
    for (place, (_, coarse)) in order.iter().enumerate() {
        let mut finer = order[place + 1..].iter();
        changed |= finer.any(|(_, finer)| regroup.derive(*coarse, *finer).is_some());
    }
    if changed {
        plan.reorder();
    }
    changed
}

impl Regroup<'_> {
    /// Computes one grouping from another; `None` when that is not possible.
    fn derive(&mut self, coarse_id: NodeId, finer_id: NodeId) -> Option<()> {
        let wanted = self.needed.get(&coarse_id).cloned().unwrap_or_default();
        let mut read = self.needed.get(&finer_id).cloned().unwrap_or_default();
        let coarse_node = self.node(coarse_id);
        let finer_node = self.node(finer_id);
        let (coarse, mut finer) =
            over_one_input(self.plan, (coarse_node, &wanted), (finer_node, &read))?;
        let keys = coarse.keys.iter();
        let positions = keys.map(|key| finer.keys.iter().position(|known| known == key));
        let positions = positions.collect::<Option<Vec<usize>>>()?;
        // No key is there twice, so all of the finer keys are keys of both.
        let same = positions.iter().collect::<BTreeSet<_>>().len() == finer.keys.len();
        let composed = compose(&coarse, &wanted, same)?;
        let mut places = Vec::new();
        for partial in composed.iter().flatten().flat_map(|parts| &parts.partials) {
            let known = finer.aggregates.iter().position(|known| known == partial);
            let index = known.unwrap_or_else(|| {
                finer.aggregates.push(partial.clone());
                finer.aggregates.len() - 1
            });
            read.insert(index);
            places.push(finer.keys.len() + index);
        }
        self.needed.insert(finer_id, read);
        let key = |(key, at): (&Expr, &usize)| Expr::column(*at, key.ty);
        let keys = coarse.keys.iter().zip(&positions).map(key).collect();
        let input = self.replace_finer(finer_id, finer);
        replace_coarse(
            self.plan,
            (coarse_node, input),
            keys,
            (composed, places),
            same,
        );
        Some(())
    }

    /// The aggregating node of a grouping.
    fn node(&self, id: NodeId) -> NodeId {
        self.wide.get(&id).copied().unwrap_or(id)
    }

    /// The finer grouping with the aggregates that it got; gives its aggregating node.
    fn replace_finer(&mut self, id: NodeId, grouping: Grouping) -> NodeId {
        let own = self.node(id);
        let Some(node) = self.plan.nodes.get_mut(&own) else {
            return own;
        };
        let known = node.columns.len();
        let columns = node.columns.clone();
        let new = grouping.aggregates.iter();
        let new = new.skip(known.saturating_sub(grouping.keys.len()));
        let new: Vec<Column> = new.map(aggregated).collect();
        let grows = !new.is_empty();
        node.columns.extend(new);
        node.operator = Operator::Aggregate {
            input: grouping.input,
            keys: grouping.keys,
            aggregates: grouping.aggregates,
        };
        if !grows || own != id {
            return own;
        }
        // Who reads the grouping counts its columns: they get those it had.
        let wide = node.clone();
        let passed = (0..).zip(&columns).map(|(i, c)| Expr::column(i, c.ty));
        let expressions = passed.collect();
        let wide = insert(self.plan, wide);
        let operator = Operator::Project {
            input: wide,
            expressions,
        };
        self.plan.nodes.insert(id, Node { operator, columns });
        self.wide.insert(id, wide);
        wide
    }
}

/// How each aggregate of the coarser grouping comes about, `None` where nobody reads it; `None` when one does not
/// compose.
fn compose(coarse: &Grouping, wanted: &BTreeSet<usize>, same: bool) -> Option<Vec<Option<Parts>>> {
    let aggregates = coarse.aggregates.iter().enumerate();
    aggregates
        .map(|(index, aggregate)| {
            if !wanted.contains(&index) {
                Some(None)
            } else if same {
                Some(Some(Parts::whole(aggregate)))
            } else {
                parts(aggregate, coarse.keys.is_empty()).map(Some)
            }
        })
        .collect()
}

/// Both groupings over one input, that of the one that reads more columns; `None` when they group other rows.
fn over_one_input(
    plan: &Prepared,
    (coarse_id, wanted): (NodeId, &BTreeSet<usize>),
    (finer_id, read): (NodeId, &BTreeSet<usize>),
) -> Option<(Grouping, Grouping)> {
    let nodes = &plan.nodes;
    let (coarse, finer) = (grouping(plan, coarse_id)?, grouping(plan, finer_id)?);
    let by_place = |of: &Grouping, which: &BTreeSet<usize>| {
        let mut which = which.iter();
        which.any(|index| of.aggregates.get(*index).is_some_and(is_positional))
    };
    let (coarse, finer) = if coarse.input == finer.input {
        (coarse, finer)
    } else if let Some(lifted) = lift(nodes, &coarse, finer.input) {
        (lifted, finer)
    } else {
        let lifted = lift(nodes, &finer, coarse.input)?;
        if by_place(&finer, read) || reaches(nodes, coarse.input, finer_id) {
            return None;
        }
        (coarse, lifted)
    };
    let circular = reaches(nodes, finer.input, coarse_id);
    (!circular && !by_place(&coarse, wanted)).then_some((coarse, finer))
}

/// The grouping that a node is.
pub(super) fn grouping(plan: &Prepared, id: NodeId) -> Option<Grouping> {
    match &plan.nodes.get(&id)?.operator {
        Operator::Aggregate {
            input,
            keys,
            aggregates,
        } => Some(Grouping {
            input: *input,
            keys: keys.clone(),
            aggregates: aggregates.clone(),
        }),
        _ => None,
    }
}

/// The coarser grouping over the finer one: `places` are the positions of all partial aggregates in a row.
fn replace_coarse(
    plan: &mut Prepared,
    (coarse, finer): (NodeId, NodeId),
    keys: Vec<Expr>,
    (composed, places): (Vec<Option<Parts>>, Vec<usize>),
    same: bool,
) {
    let Some(node) = plan.nodes.get(&coarse) else {
        return;
    };
    let mut columns = node.columns.clone();
    let types = columns.split_off(keys.len().min(columns.len()));
    let types = types.into_iter().map(|column| column.ty);
    let mut places = places.into_iter();
    let mut outer: Vec<Aggregate> = Vec::new();
    let mut values: Vec<Expr> = Vec::new();
    for (parts, ty) in composed.into_iter().zip(types) {
        values.push(match parts {
            None => null(ty),
            Some(parts) if same => Expr::column(places.next().unwrap_or_default(), parts.ty),
            Some(parts) => {
                let first = keys.len() + outer.len();
                let read = parts.again.iter().zip(&mut places);
                outer.extend(read.map(|(again, at)| again.over(at)));
                parts.value(first)
            }
        });
    }
    let (input, own) = if same {
        (finer, keys)
    } else {
        let own: Vec<Expr> = (0..)
            .zip(&keys)
            .map(|(i, key)| Expr::column(i, key.ty))
            .collect();
        columns.extend(outer.iter().map(aggregated));
        let node = Node {
            columns,
            operator: Operator::Aggregate {
                input: finer,
                keys,
                aggregates: outer,
            },
        };
        (insert(plan, node), own)
    };
    if let Some(node) = plan.nodes.get_mut(&coarse) {
        node.operator = Operator::Project {
            input,
            expressions: own.into_iter().chain(values).collect(),
        };
    }
}

/// Adds a node under an id that no other has.
pub(super) fn insert(plan: &mut Prepared, node: Node) -> NodeId {
    let last = plan.nodes.keys().next_back();
    let mut id = NodeId(last.map_or(0, |last| last.0.wrapping_add(1)));
    while plan.nodes.contains_key(&id) {
        id = NodeId(id.0.wrapping_add(1));
    }
    plan.nodes.insert(id, node);
    id
}

/// The column of an aggregate. Names may come twice here: a SELECT makes its own unique.
fn aggregated(aggregate: &Aggregate) -> Column {
    Column {
        name: (&*aggregate.function).into(),
        ty: aggregate.ty,
    }
}

fn null(ty: Type) -> Expr {
    Expr {
        ty,
        ..Expr::literal(Value::Null)
    }
}

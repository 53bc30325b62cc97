//! Which output columns somebody needs, and which nodes are used more than once.

use std::collections::{BTreeMap, BTreeSet};

use super::idle::is_idle;
use super::prepare::Prepared;
use crate::plan::relation::{Aggregate, Expr, ExprKind, Node, NodeId, Operator, WindowFunction};

/// Operators that are written twice rather than kept.
const LONGEST_CHEAP_CHAIN: usize = 32;

/// Use of one node.
#[derive(Clone, Debug, Default)]
pub(super) struct Usage {
    /// Output columns that a node above reads.
    pub(super) columns: BTreeSet<usize>,
    /// How often its rows are read.
    pub(super) reads: usize,
}

/// Use of every node.
pub(super) fn usage(plan: &Prepared) -> BTreeMap<NodeId, Usage> {
    let mut usages: BTreeMap<NodeId, Usage> = BTreeMap::new();
    let width = plan
        .nodes
        .get(&plan.root)
        .map_or(0, |root| root.columns.len());
    usages.insert(
        plan.root,
        Usage {
            columns: (0..width).collect(),
            reads: 1,
        },
    );
    for id in &plan.order {
        // What only idle joins have above them is read by nobody.
        let (Some(node), Some(needed)) = (plan.nodes.get(id), usages.get(id).cloned()) else {
            continue;
        };
        // An inlined node is read, with all below it, as often as it stands in the statement.
        let times = if is_cheap(&plan.nodes, *id) {
            needed.reads
        } else {
            1
        };
        for (input, columns) in inputs(node, &needed.columns, &plan.nodes) {
            let usage = usages.entry(*input).or_default();
            usage.columns.extend(columns);
            usage.reads += times;
        }
    }
    usages
}

/// Whether reading it twice costs less than keeping it: rows of a table, perhaps filtered and computed upon.
pub(super) fn is_cheap(nodes: &BTreeMap<NodeId, Node>, id: NodeId) -> bool {
    let mut id = id;
    // Each reader builds it anew, so a long chain is better kept.
    for _ in 0..LONGEST_CHEAP_CHAIN {
        match nodes.get(&id).map(|node| &node.operator) {
            Some(Operator::Scan { .. } | Operator::InputTable { .. }) => return true,
            Some(Operator::Values { rows }) => return rows.len() <= 1,
            // Columns of groups: the groups themselves are kept.
            Some(Operator::Project { input, expressions })
                if expressions
                    .iter()
                    .all(|expr| matches!(expr.kind, ExprKind::Column { .. }))
                    && nodes.get(input).is_some_and(|node| {
                        matches!(node.operator, Operator::Aggregate { .. })
                    }) =>
            {
                return true;
            }
            Some(Operator::Project { input, .. } | Operator::Filter { input, .. }) => id = *input,
            _ => return false,
        }
    }
    false
}

/// Input nodes with the columns of them that are read when `needed` columns of `node` are.
fn inputs<'a>(
    node: &'a Node,
    needed: &BTreeSet<usize>,
    nodes: &BTreeMap<NodeId, Node>,
) -> Vec<(&'a NodeId, BTreeSet<usize>)> {
    let width = |id| nodes.get(id).map_or(0, |node| node.columns.len());
    match &node.operator {
        Operator::Scan { .. }
        | Operator::InputTable { .. }
        | Operator::Sql { .. }
        | Operator::Values { .. } => Vec::new(),
        Operator::Project { input, expressions } => {
            vec![(input, reads(pick(expressions, needed, 0)))]
        }
        Operator::Filter { input, predicates } => {
            vec![(input, with(needed.clone(), reads(predicates)))]
        }
        Operator::Aggregate {
            input,
            keys,
            aggregates,
        } => {
            let aggregates = pick(aggregates, needed, keys.len()).flat_map(aggregate_exprs);
            vec![(input, reads(keys.iter().chain(aggregates)))]
        }
        Operator::Join { left, .. } if is_idle(nodes, &node.operator, needed) => {
            vec![(left, needed.clone())]
        }
        Operator::Join {
            left, right, on, ..
        } => {
            let split = width(left);
            let from_left = needed
                .iter()
                .copied()
                .filter(|index| *index < split)
                .collect();
            let from_right = needed
                .iter()
                .filter_map(|index| index.checked_sub(split))
                .collect();
            vec![
                (
                    left,
                    with(from_left, reads(on.iter().map(|condition| &condition.left))),
                ),
                (
                    right,
                    with(
                        from_right,
                        reads(on.iter().map(|condition| &condition.right)),
                    ),
                ),
            ]
        }
        Operator::Union { inputs } => inputs.iter().map(|input| (input, needed.clone())).collect(),
        Operator::Window { input, functions } => {
            let split = width(input);
            let passed = needed
                .iter()
                .copied()
                .filter(|index| *index < split)
                .collect();
            vec![(
                input,
                with(
                    passed,
                    reads(pick(functions, needed, split).flat_map(window_exprs)),
                ),
            )]
        }
        Operator::Sort { input, keys } => {
            vec![(
                input,
                with(needed.clone(), reads(keys.iter().map(|key| &key.by))),
            )]
        }
        Operator::Limit { input, .. } => vec![(input, needed.clone())],
    }
}

/// The items whose output column, `first` and following, is needed.
fn pick<'a, T>(
    items: &'a [T],
    needed: &BTreeSet<usize>,
    first: usize,
) -> impl Iterator<Item = &'a T> {
    items
        .iter()
        .enumerate()
        .filter(move |(index, _)| needed.contains(&(first + index)))
        .map(|(_, item)| item)
}

/// Expressions of an aggregate.
pub(super) fn aggregate_exprs(aggregate: &Aggregate) -> impl Iterator<Item = &Expr> {
    aggregate.args.iter().chain(&aggregate.filter)
}

/// Expressions of a window function.
pub(super) fn window_exprs(function: &WindowFunction) -> impl Iterator<Item = &Expr> {
    function
        .args
        .iter()
        .chain(&function.partition)
        .chain(function.order.iter().map(|key| &key.by))
}

fn with(mut columns: BTreeSet<usize>, more: BTreeSet<usize>) -> BTreeSet<usize> {
    columns.extend(more);
    columns
}

fn reads<'a>(exprs: impl IntoIterator<Item = &'a Expr>) -> BTreeSet<usize> {
    let mut columns = BTreeSet::new();
    for expr in exprs {
        each_column(expr, &mut |index, _| {
            columns.insert(index);
        });
    }
    columns
}

/// Every use of a column, and whether it is a part of a larger expression.
pub(super) fn each_column(expr: &Expr, visit: &mut dyn FnMut(usize, bool)) {
    fn walk(expr: &Expr, nested: bool, visit: &mut dyn FnMut(usize, bool)) {
        match &expr.kind {
            ExprKind::Column { index } => visit(*index, nested),
            ExprKind::Literal { .. } | ExprKind::Parameter { .. } => {}
            ExprKind::Call { args, .. } => args.iter().for_each(|arg| walk(arg, true, visit)),
            ExprKind::ControlFilter { value, .. } | ExprKind::ColumnFilter { value, .. } => {
                walk(value, true, visit);
            }
        }
    }
    walk(expr, false, visit);
}

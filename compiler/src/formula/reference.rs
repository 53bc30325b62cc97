//! Relations in memory: what every operator of a plan means.
//!
//! Enters: the nodes of a plan whose parameters were replaced by literals, and the rows of its scans. Leaves: rows.
//! It is slow and plain on purpose, as engines are tested against it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::eval::{self, Context, Partition};
use super::functions;
use crate::plan::relation::{
    Aggregate, Expr, JoinCondition, JoinKind, NodeId, NodeTable, Nulls, Operator, SortKey,
    WindowFunction,
};
use crate::value::Value;

/// One row.
pub type Row = Vec<Value>;

/// The rows of a node. `tables` gives the rows of scans, input tables and custom SQL; what it does not know is empty,
/// as is a node that is missing or that reads itself.
pub fn run(
    nodes: &NodeTable,
    root: NodeId,
    tables: &dyn Fn(&Operator) -> Option<Vec<Row>>,
    cx: &Context,
) -> Vec<Row> {
    Interpreter { nodes, tables, cx }.rows(root, nodes.len())
}

struct Interpreter<'a> {
    nodes: &'a NodeTable,
    tables: &'a dyn Fn(&Operator) -> Option<Vec<Row>>,
    cx: &'a Context,
}

impl Interpreter<'_> {
    /// `depth` counts down, so that a cycle ends.
    fn rows(&self, id: NodeId, depth: usize) -> Vec<Row> {
        let (Some(node), Some(depth)) = (self.nodes.get(&id), depth.checked_sub(1)) else {
            return Vec::new();
        };
        let input = |id: NodeId| self.rows(id, depth);
        match &node.operator {
            Operator::Scan { .. } | Operator::InputTable { .. } | Operator::Sql { .. } => {
                (self.tables)(&node.operator).unwrap_or_default()
            }
            Operator::Values { rows } => rows.clone(),
            Operator::Project {
                input: from,
                expressions,
            } => input(*from)
                .iter()
                .map(|row| self.all(expressions, row))
                .collect(),
            Operator::Filter {
                input: from,
                predicates,
            } => {
                let mut rows = input(*from);
                rows.retain(|row| predicates.iter().all(|p| self.holds(p, row)));
                rows
            }
            Operator::Aggregate {
                input: from,
                keys,
                aggregates,
            } => self.aggregate(&input(*from), keys, aggregates),
            Operator::Join {
                left,
                right,
                kind,
                on,
            } => {
                let widths = (self.width(*left), self.width(*right));
                self.join(&input(*left), &input(*right), widths, *kind, on)
            }
            Operator::Union { inputs } => inputs.iter().copied().flat_map(input).collect(),
            Operator::Window {
                input: from,
                functions,
            } => {
                let rows = input(*from);
                let mut out = rows.clone();
                for function in functions {
                    self.window(&rows, function, &mut out);
                }
                out
            }
            Operator::Sort { input: from, keys } => {
                let rows = input(*from);
                self.order(&rows, keys)
                    .into_iter()
                    .filter_map(|i| rows.get(i).cloned())
                    .collect()
            }
            Operator::Limit {
                input: from,
                count,
                offset,
            } => {
                let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
                input(*from)
                    .into_iter()
                    .skip(size(*offset))
                    .take(size(*count))
                    .collect()
            }
        }
    }

    fn width(&self, id: NodeId) -> usize {
        self.nodes.get(&id).map_or(0, |node| node.columns.len())
    }

    fn all(&self, expressions: &[Expr], row: &[Value]) -> Row {
        expressions
            .iter()
            .map(|e| eval::eval(e, row, self.cx))
            .collect()
    }

    fn holds(&self, predicate: &Expr, row: &[Value]) -> bool {
        matches!(eval::eval(predicate, row, self.cx), Value::Logical(true))
    }

    /// Groups in order of first appearance; one group of everything when there are no keys.
    fn aggregate(&self, rows: &[Row], keys: &[Expr], aggregates: &[Aggregate]) -> Vec<Row> {
        let groups = if keys.is_empty() {
            vec![(Vec::new(), rows.iter().collect())]
        } else {
            self.groups(rows, keys)
        };
        let finish = |(mut key, members): (Row, Vec<&Row>)| {
            key.extend(aggregates.iter().map(|a| self.one_aggregate(a, &members)));
            key
        };
        groups.into_iter().map(finish).collect()
    }

    fn groups<'r>(&self, rows: &'r [Row], keys: &[Expr]) -> Vec<(Row, Vec<&'r Row>)> {
        let mut places: BTreeMap<GroupKey, usize> = BTreeMap::new();
        let mut groups: Vec<(Row, Vec<&Row>)> = Vec::new();
        for row in rows {
            let key = self.all(keys, row);
            let place = *places.entry(GroupKey(key.clone())).or_insert_with(|| {
                groups.push((key, Vec::new()));
                groups.len() - 1
            });
            if let Some((_, members)) = groups.get_mut(place) {
                members.push(row);
            }
        }
        groups
    }

    fn one_aggregate(&self, aggregate: &Aggregate, members: &[&Row]) -> Value {
        let passes = |row: &&&Row| aggregate.filter.as_ref().is_none_or(|f| self.holds(f, row));
        let rows: Vec<Row> = members
            .iter()
            .filter(passes)
            .map(|row| self.all(&aggregate.args, row))
            .collect();
        functions::function(&aggregate.function)
            .map_or(Value::Null, |f| eval::aggregate(f, &rows, self.cx))
    }

    fn join(
        &self,
        left: &[Row],
        right: &[Row],
        (left_width, right_width): (usize, usize),
        kind: JoinKind,
        on: &[JoinCondition],
    ) -> Vec<Row> {
        let mut matched = vec![false; right.len()];
        let mut out = Vec::new();
        for l in left {
            let before = out.len();
            for (r, matched) in right.iter().zip(&mut matched) {
                if on.iter().all(|condition| self.joins(condition, l, r)) {
                    *matched = true;
                    out.push([l.as_slice(), r].concat());
                }
            }
            if out.len() == before && matches!(kind, JoinKind::Left | JoinKind::Full) {
                out.push([l.as_slice(), &vec![Value::Null; right_width]].concat());
            }
        }
        if matches!(kind, JoinKind::Right | JoinKind::Full) {
            let lonely = right.iter().zip(&matched).filter(|(_, matched)| !**matched);
            out.extend(lonely.map(|(r, _)| [vec![Value::Null; left_width].as_slice(), r].concat()));
        }
        out
    }

    fn joins(&self, condition: &JoinCondition, left: &[Value], right: &[Value]) -> bool {
        let a = eval::eval(&condition.left, left, self.cx);
        let b = eval::eval(&condition.right, right, self.cx);
        if a.is_null() || b.is_null() {
            return condition.null_safe && condition.op == "=" && a.is_null() && b.is_null();
        }
        let compared = functions::function(&condition.op).map(|f| eval::call(f, &[a, b], self.cx));
        compared == Some(Value::Logical(true))
    }

    /// Row numbers in the order of the keys; rows that tie keep their order.
    fn order(&self, rows: &[Row], keys: &[SortKey]) -> Vec<usize> {
        let values: Vec<Row> = rows.iter().map(|row| self.sort_values(keys, row)).collect();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|a, b| match (values.get(*a), values.get(*b)) {
            (Some(a), Some(b)) => compare(keys, a, b),
            _ => Ordering::Equal,
        });
        order
    }

    fn sort_values(&self, keys: &[SortKey], row: &[Value]) -> Row {
        keys.iter()
            .map(|key| eval::eval(&key.by, row, self.cx))
            .collect()
    }

    /// Appends the results of one function to the rows.
    fn window(&self, rows: &[Row], function: &WindowFunction, out: &mut [Row]) {
        let known = functions::function(&function.function);
        let mut partitions: BTreeMap<GroupKey, Vec<usize>> = BTreeMap::new();
        for (i, row) in rows.iter().enumerate() {
            partitions
                .entry(GroupKey(self.all(&function.partition, row)))
                .or_default()
                .push(i);
        }
        for members in partitions.into_values() {
            let inside: Vec<Row> = members
                .iter()
                .filter_map(|i| rows.get(*i).cloned())
                .collect();
            let order = self.order(&inside, &function.order);
            let sorted: Vec<&Row> = order.iter().filter_map(|i| inside.get(*i)).collect();
            let args: Vec<Row> = sorted
                .iter()
                .map(|row| self.all(&function.args, row))
                .collect();
            let peers = self.peers(&sorted, &function.order);
            let partition = Partition {
                rows: &args,
                peers: &peers,
            };
            let results = known
                .map(|f| eval::window(f, &partition, self.cx))
                .unwrap_or_default();
            for (place, index) in order.iter().enumerate() {
                if let Some(row) = members.get(*index).and_then(|i| out.get_mut(*i)) {
                    row.push(results.get(place).cloned().unwrap_or(Value::Null));
                }
            }
        }
    }

    /// Numbers of the peer groups of sorted rows.
    fn peers(&self, sorted: &[&Row], keys: &[SortKey]) -> Vec<usize> {
        let mut peers = Vec::with_capacity(sorted.len());
        let mut last: Option<Row> = None;
        let mut group = 0;
        for row in sorted {
            let values = self.sort_values(keys, row);
            if last
                .as_ref()
                .is_some_and(|last| compare(keys, last, &values) != Ordering::Equal)
            {
                group += 1;
            }
            last = Some(values);
            peers.push(group);
        }
        peers
    }
}

/// Compares the values of sort keys; nulls go where each key says.
fn compare(keys: &[SortKey], a: &[Value], b: &[Value]) -> Ordering {
    let mut each = keys.iter().zip(a.iter().zip(b)).map(|(key, (x, y))| {
        match (x.is_null(), y.is_null(), key.nulls) {
            (true, true, _) => Ordering::Equal,
            (true, false, Nulls::First) | (false, true, Nulls::Last) => Ordering::Less,
            (true, false, Nulls::Last) | (false, true, Nulls::First) => Ordering::Greater,
            (false, false, _) if key.descending => y.sort_cmp(x),
            (false, false, _) => x.sort_cmp(y),
        }
    });
    each.find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
}

/// Values of group keys; Null equals Null.
struct GroupKey(Row);

impl Ord for GroupKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let mut each = self.0.iter().zip(&other.0).map(|(a, b)| a.sort_cmp(b));
        each.find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for GroupKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for GroupKey {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for GroupKey {}

#[cfg(test)]
mod tests;

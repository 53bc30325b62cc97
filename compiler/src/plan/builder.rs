//! Builds relational nodes and addresses them by content.
//!
//! Planner in, node table out. Equal nodes get one id, so common parts of a workbook are shared without any search.

use std::borrow::Cow;
use std::hash::Hasher;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::relation::{
    Aggregate, Column, Expr, ExprKind, JoinCondition, JoinKind, Node, NodeId, NodeTable, Operator,
    Parameter, ScanColumn, SortKey, SqlPart, WindowFunction,
};
use crate::value::{Type, Value};

/// A growing table of nodes, keyed by the hash of their content.
#[derive(Clone, Debug, Default)]
pub struct Nodes {
    nodes: FxHashMap<NodeId, Arc<Node>>,
    /// Where nodes are written to be hashed.
    bytes: Vec<u8>,
}

impl Nodes {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// The node of that id.
    pub fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(&id).map(Arc::as_ref)
    }

    /// Output columns of a node; none when the id is not in the table.
    pub fn columns(&self, id: NodeId) -> &[Column] {
        self.nodes.get(&id).map_or(&[], |node| &node.columns)
    }

    /// Position of the output column with that exact name.
    pub fn position(&self, id: NodeId, name: &str) -> Option<usize> {
        self.columns(id)
            .iter()
            .position(|column| *column.name == *name)
    }

    /// A reference to output column `index` of `id`, for the expressions of a node above it. Its type is
    /// [`Type::Unknown`] when there is no such column.
    pub fn column(&self, id: NodeId, index: usize) -> Expr {
        Expr::column(
            index,
            self.columns(id)
                .get(index)
                .map_or(Type::Unknown, |column| column.ty),
        )
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All nodes, by id.
    pub fn all(&self) -> NodeTable {
        let mut all: Vec<(NodeId, Arc<Node>)> = self
            .nodes
            .iter()
            .map(|(id, node)| (*id, Arc::clone(node)))
            .collect();
        all.sort_unstable_by_key(|(id, _)| *id);
        all.into_iter().collect()
    }

    /// Drops every node that none of the roots needs.
    pub fn retain_reachable<'a>(&mut self, roots: impl IntoIterator<Item = &'a NodeId>) {
        let mut open: Vec<NodeId> = roots.into_iter().copied().collect();
        let mut keep = FxHashSet::default();
        while let Some(id) = open.pop() {
            if let Some(node) = self.nodes.get(&id)
                && keep.insert(id)
            {
                open.extend(node.operator.inputs());
            }
        }
        self.nodes.retain(|id, _| keep.contains(id));
    }

    /// Adds a node and returns its id: the first 8 bytes of the BLAKE3 hash of its content. Names of columns that clash
    /// ignoring case get a number.
    pub fn add(&mut self, operator: Operator, columns: Vec<Column>) -> NodeId {
        self.add_unique(operator, unique_names(columns))
    }

    /// As [`add`](Self::add), for columns of which no names clash: those of another node.
    fn add_unique(&mut self, operator: Operator, columns: Vec<Column>) -> NodeId {
        let node = Node { operator, columns };
        let id = super::content::id(&node, &mut self.bytes);
        self.nodes.entry(id).or_insert_with(|| Arc::new(node));
        id
    }

    /// Rows of a physical table.
    pub fn scan(&mut self, table: Vec<String>, columns: Vec<(ScanColumn, Type)>) -> NodeId {
        let (columns, output) = physical(columns);
        self.add(Operator::Scan { table, columns }, output)
    }

    /// Rows of an input table: stored column ids, each with its output column.
    pub fn input_table(
        &mut self,
        table: impl Into<String>,
        columns: Vec<(String, Column)>,
    ) -> NodeId {
        let (columns, output) = columns.into_iter().unzip();
        self.add(
            Operator::InputTable {
                table: table.into(),
                columns,
            },
            output,
        )
    }

    /// Rows of a custom statement.
    pub fn sql(&mut self, parts: Vec<SqlPart>, columns: Vec<(ScanColumn, Type)>) -> NodeId {
        let (columns, output) = physical(columns);
        self.add(Operator::Sql { parts, columns }, output)
    }

    /// Literal rows.
    pub fn values(&mut self, columns: Vec<Column>, rows: Vec<Vec<Value>>) -> NodeId {
        self.add(Operator::Values { rows }, columns)
    }

    /// Computes named columns.
    pub fn project<N: Into<Arc<str>>>(&mut self, input: NodeId, columns: Vec<(N, Expr)>) -> NodeId {
        let (output, expressions) = columns
            .into_iter()
            .map(|(name, expr)| (Column::new(name, expr.ty), expr))
            .unzip();
        self.add(Operator::Project { input, expressions }, output)
    }

    /// Keeps rows for which every predicate is True; the input itself when there is none.
    pub fn filter(&mut self, input: NodeId, predicates: Vec<Expr>) -> NodeId {
        if predicates.is_empty() {
            return input;
        }
        let columns = self.columns(input).to_vec();
        self.add_unique(Operator::Filter { input, predicates }, columns)
    }

    /// One row per combination of keys. Output: keys, then aggregates.
    pub fn aggregate(
        &mut self,
        input: NodeId,
        keys: Vec<(Arc<str>, Expr)>,
        aggregates: Vec<(Arc<str>, Aggregate)>,
    ) -> NodeId {
        let (mut columns, keys): (Vec<Column>, Vec<Expr>) = keys
            .into_iter()
            .map(|(name, key)| (Column::new(name, key.ty), key))
            .unzip();
        let (computed, aggregates): (Vec<Column>, Vec<Aggregate>) = aggregates
            .into_iter()
            .map(|(name, aggregate)| (Column::new(name, aggregate.ty), aggregate))
            .unzip();
        columns.extend(computed);
        self.add(
            Operator::Aggregate {
                input,
                keys,
                aggregates,
            },
            columns,
        )
    }

    /// Pairs rows. Output: left columns, then right columns.
    pub fn join(
        &mut self,
        left: NodeId,
        right: NodeId,
        kind: JoinKind,
        on: Vec<JoinCondition>,
    ) -> NodeId {
        let columns = [self.columns(left), self.columns(right)].concat();
        self.add(
            Operator::Join {
                left,
                right,
                kind,
                on,
            },
            columns,
        )
    }

    /// All rows of all inputs, by position. Names are those of the first input; a type is the common one of all.
    pub fn union(&mut self, inputs: Vec<NodeId>) -> NodeId {
        let mut columns = inputs
            .first()
            .map_or_else(Vec::new, |first| self.columns(*first).to_vec());
        for input in inputs.iter().skip(1) {
            for (column, other) in columns.iter_mut().zip(self.columns(*input)) {
                column.ty = column.ty.unify(other.ty).unwrap_or(Type::Unknown);
            }
        }
        self.add(Operator::Union { inputs }, columns)
    }

    /// Adds named window functions; the input itself when there is none. Output: input columns, then the functions.
    pub fn window<N: Into<Arc<str>>>(
        &mut self,
        input: NodeId,
        functions: Vec<(N, WindowFunction)>,
    ) -> NodeId {
        if functions.is_empty() {
            return input;
        }
        let mut columns = self.columns(input).to_vec();
        let (computed, functions): (Vec<Column>, Vec<WindowFunction>) = functions
            .into_iter()
            .map(|(name, function)| (Column::new(name, function.ty), function))
            .unzip();
        columns.extend(computed);
        self.add(Operator::Window { input, functions }, columns)
    }

    /// Orders rows; the input itself when there is no key.
    pub fn sort(&mut self, input: NodeId, keys: Vec<SortKey>) -> NodeId {
        if keys.is_empty() {
            return input;
        }
        let columns = self.columns(input).to_vec();
        self.add_unique(Operator::Sort { input, keys }, columns)
    }

    /// Keeps `count` rows after skipping `offset`.
    pub fn limit(&mut self, input: NodeId, count: u64, offset: u64) -> NodeId {
        let columns = self.columns(input).to_vec();
        self.add_unique(
            Operator::Limit {
                input,
                count,
                offset,
            },
            columns,
        )
    }
}

impl Column {
    /// A column of that name and type.
    pub fn new(name: impl Into<Arc<str>>, ty: Type) -> Self {
        Self {
            name: name.into(),
            ty,
        }
    }
}

impl Operator {
    /// Nodes it reads, in order.
    pub fn inputs(&self) -> impl DoubleEndedIterator<Item = NodeId> {
        let (list, second): (&[NodeId], Option<&NodeId>) = match self {
            Self::Scan { .. }
            | Self::InputTable { .. }
            | Self::Sql { .. }
            | Self::Values { .. } => (&[], None),
            Self::Project { input, .. }
            | Self::Filter { input, .. }
            | Self::Aggregate { input, .. }
            | Self::Window { input, .. }
            | Self::Sort { input, .. }
            | Self::Limit { input, .. } => (std::slice::from_ref(input), None),
            Self::Join { left, right, .. } => (std::slice::from_ref(left), Some(right)),
            Self::Union { inputs } => (inputs, None),
        };
        list.iter().chain(second).copied()
    }
}

impl Expr {
    /// Input column by position.
    pub fn column(index: usize, ty: Type) -> Self {
        Self {
            kind: ExprKind::Column { index },
            ty,
        }
    }

    /// A constant of its own type.
    pub fn literal(value: Value) -> Self {
        Self {
            ty: value.ty(),
            kind: ExprKind::Literal { value },
        }
    }

    /// A call by canonical name.
    pub fn call(function: impl Into<Cow<'static, str>>, args: Vec<Self>, ty: Type) -> Self {
        Self {
            kind: ExprKind::Call {
                function: function.into(),
                args,
            },
            ty,
        }
    }

    /// A value known when the request runs.
    pub fn parameter(parameter: Parameter, ty: Type) -> Self {
        Self {
            kind: ExprKind::Parameter { parameter },
            ty,
        }
    }
}

fn physical(columns: Vec<(ScanColumn, Type)>) -> (Vec<ScanColumn>, Vec<Column>) {
    columns
        .into_iter()
        .map(|(column, ty)| {
            let name = column.name.as_str().into();
            (column, Column { name, ty })
        })
        .unzip()
}

/// Engines compare identifiers ignoring case, so names that differ in case only count as equal.
fn unique_names(mut columns: Vec<Column>) -> Vec<Column> {
    // Names that clash are rare: hashes that ignore case find out without a copy of each.
    let mut hashes: FxHashSet<u64> = FxHashSet::default();
    hashes.reserve(columns.len());
    if columns.iter().all(|c| hashes.insert(caseless(&c.name))) {
        return columns;
    }
    let mut taken = FxHashSet::default();
    for column in &mut columns {
        let mut number = 1;
        let mut name = Arc::clone(&column.name);
        while !taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{} ({number})", column.name).into();
        }
        column.name = name;
    }
    columns
}

/// A hash that is the same for names that differ in case only.
fn caseless(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    let mut write = |byte: u8| hasher.write_u8(byte);
    if name.is_ascii() {
        name.bytes()
            .for_each(|byte| write(byte.to_ascii_lowercase()));
    } else {
        name.to_lowercase().bytes().for_each(write);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests;

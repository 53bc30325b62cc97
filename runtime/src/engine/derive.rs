//! Relations made from those of a plan for one request: sorted, filtered, cut to a page, counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use bookwright_compiler::plan::control::{FilterKind, NullRule, TextMode};
use bookwright_compiler::plan::relation::{
    Aggregate, Column, Expr, ExprKind, Node, NodeId, NodeTable, Nulls, Operator, SortKey,
};
use bookwright_compiler::value::{Type, Value};

/// The nodes one request needs. The last one added is the root.
#[derive(Clone, Debug)]
pub struct Derived {
    nodes: NodeTable,
    root: NodeId,
}

impl Derived {
    /// The part of a plan below `root`.
    pub fn of(plan: &NodeTable, root: NodeId) -> Self {
        let mut nodes = BTreeMap::new();
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            if let Some(node) = plan.get(&id)
                && !nodes.contains_key(&id)
            {
                open.extend(node.operator.inputs());
                nodes.insert(id, Arc::clone(node));
            }
        }
        Self { nodes, root }
    }

    /// A relation that reads no other.
    pub fn leaf(operator: Operator, columns: Vec<Column>) -> Self {
        Self {
            nodes: BTreeMap::new(),
            root: NodeId(0),
        }
        .push(operator, columns)
    }

    /// All nodes.
    pub fn nodes(&self) -> &NodeTable {
        &self.nodes
    }

    /// The relation asked for.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// Output columns of the root.
    pub fn columns(&self) -> &[Column] {
        self.nodes.get(&self.root).map_or(&[], |node| &node.columns)
    }

    /// The root's column as an expression.
    pub fn column(&self, index: usize) -> Expr {
        Expr::column(
            index,
            self.columns()
                .get(index)
                .map_or(Type::Unknown, |column| column.ty),
        )
    }

    fn push(mut self, operator: Operator, columns: Vec<Column>) -> Self {
        // No content behind it: the lowest numbers stand for steps that only this request knows.
        let id = NodeId(self.nodes.len() as u64);
        self.nodes.insert(id, Arc::new(Node { operator, columns }));
        self.root = id;
        self
    }

    /// Ordered by keys.
    #[must_use]
    pub fn sorted(self, keys: Vec<SortKey>) -> Self {
        if keys.is_empty() {
            return self;
        }
        let (input, columns) = (self.root, self.columns().to_vec());
        self.push(Operator::Sort { input, keys }, columns)
    }

    /// Only rows for which the predicate is True; their order is lost.
    #[must_use]
    pub fn filtered(self, predicate: Expr) -> Self {
        let (input, columns) = (self.root, self.columns().to_vec());
        self.push(
            Operator::Filter {
                input,
                predicates: vec![predicate],
            },
            columns,
        )
    }

    /// Only rows `offset` to `offset + count`.
    #[must_use]
    pub fn page(self, offset: u64, count: u64) -> Self {
        let (input, columns) = (self.root, self.columns().to_vec());
        self.push(
            Operator::Limit {
                input,
                count,
                offset,
            },
            columns,
        )
    }

    /// One row, one column: the number of rows.
    #[must_use]
    pub fn counted(mut self) -> Self {
        // An order does not change a number, and costs time.
        while let Some(node) = self.nodes.get(&self.root)
            && let Operator::Sort { input, .. } = &node.operator
        {
            self.root = *input;
        }
        let count = Aggregate {
            function: "Count".into(),
            args: Vec::new(),
            filter: None,
            ty: Type::Number,
        };
        let column = Column {
            name: "count".into(),
            ty: Type::Number,
        };
        let input = self.root;
        self.push(
            Operator::Aggregate {
                input,
                keys: Vec::new(),
                aggregates: vec![count],
            },
            vec![column],
        )
    }
}

/// A key in the usual place of nulls: first ascending, last descending.
pub fn sort_key(by: Expr, descending: bool) -> SortKey {
    SortKey {
        by,
        descending,
        nulls: if descending {
            Nulls::Last
        } else {
            Nulls::First
        },
    }
}

/// `by` equals `value`, Null equal to Null.
pub fn is(by: Expr, value: Value) -> Expr {
    let filter = FilterKind::List {
        values: vec![value],
        exclude: false,
    };
    Expr {
        kind: ExprKind::ColumnFilter {
            filter,
            value: Box::new(by),
        },
        ty: Type::Logical,
    }
}

/// `by` as text holds `part`, ignoring case.
pub fn holds(by: Expr, part: &str) -> Expr {
    let text = if by.ty == Type::Text {
        by
    } else {
        Expr::call("Text", vec![by], Type::Text)
    };
    let filter = FilterKind::Text {
        mode: TextMode::Contains,
        value: part.to_owned(),
        case_sensitive: false,
        nulls: NullRule::Never,
    };
    Expr {
        kind: ExprKind::ColumnFilter {
            filter,
            value: Box::new(text),
        },
        ty: Type::Logical,
    }
}

/// All of these; True when there is none.
pub fn all(mut parts: Vec<Expr>) -> Expr {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    Expr::call("And", parts, Type::Logical)
}

/// Any of these; False when there is none.
pub fn any(mut parts: Vec<Expr>) -> Expr {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    Expr::call("Or", parts, Type::Logical)
}

//! Our SQL tree: small, dialect-free in its structure, with values kept as values until the printer binds them.

use std::borrow::Cow;

use crate::value::{Type, Value};

/// A row source within a FROM clause, printed as its alias `t1`, `t2` ….
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Alias(pub usize);

/// A scalar expression.
#[derive(Clone, PartialEq, Debug)]
pub enum Expr {
    /// A column of a source.
    Column {
        /// Source.
        source: Alias,
        /// Name as the engine spells it.
        name: String,
    },
    /// A bound value; Null is written as a word.
    Value(Value),
    /// A value written into the text, where an engine takes no bound one.
    Inline(Value),
    /// SQL that holds no value and needs no parentheses: `1`, `*`, `'day'`.
    Word(Cow<'static, str>),
    /// `name(args)`, a scalar function.
    Call {
        /// Name.
        name: Cow<'static, str>,
        /// Arguments.
        args: Vec<Expr>,
    },
    /// `a op b op c`
    Infix {
        /// Operator.
        operator: Infix,
        /// Two or more operands; more than two for `AND`, `OR` only.
        operands: Vec<Expr>,
    },
    /// `NOT x`
    Not(Box<Expr>),
    /// `x IS NULL`, `x IS NOT NULL`
    IsNull {
        /// Tested.
        value: Box<Expr>,
        /// `NOT`
        negated: bool,
    },
    /// `x IN (a, b)`
    In {
        /// Tested.
        value: Box<Expr>,
        /// One or more.
        candidates: Vec<Expr>,
    },
    /// `CASE WHEN … THEN … ELSE … END`
    Case {
        /// Compared with each branch, if there is one.
        subject: Option<Box<Expr>>,
        /// Condition (or case) and result.
        branches: Vec<(Expr, Expr)>,
        /// Result of no branch; Null when absent.
        otherwise: Option<Box<Expr>>,
    },
    /// SQL with holes. It is self-contained: it brings the parentheses it needs.
    Template(Vec<Piece>),
    /// `name([DISTINCT] args [ORDER BY …])`
    Aggregate {
        /// Name.
        name: Cow<'static, str>,
        /// Whether equal values count once.
        distinct: bool,
        /// Arguments.
        args: Vec<Expr>,
        /// Order of rows within the group.
        order: Vec<Order>,
    },
    /// `aggregate FILTER (WHERE condition)`
    Filtered {
        /// Aggregate.
        call: Box<Expr>,
        /// Condition.
        condition: Box<Expr>,
    },
    /// `call OVER (…)`
    Over {
        /// Aggregate or window function.
        call: Box<Expr>,
        /// Window.
        window: Window,
    },
}

/// A piece of a template.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// SQL as it is.
    Text(Cow<'static, str>),
    /// An expression.
    Expr(Expr),
    /// Where `FILTER (WHERE …)` and `OVER (…)` go; nothing without them.
    Behind,
}

/// Infix operators, weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Infix {
    /// `OR`
    Or,
    /// `AND`
    And,
    /// A comparison, by its SQL spelling.
    Compare(Comparison),
}

/// Comparisons.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    /// Equal, or both Null.
    NullSafeEqual,
    /// Not equal, with Null as a value.
    NullSafeNotEqual,
}

/// What follows `OVER`.
#[derive(Clone, PartialEq, Debug)]
pub struct Window {
    /// Partition keys.
    pub partition: Vec<Expr>,
    /// Order.
    pub order: Vec<Order>,
    /// Frame; `None` where the function takes none.
    pub frame: Option<(Bound, Bound)>,
}

/// An end of a ROWS frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// The first or last row of the partition.
    Unbounded,
    /// Rows from the current one, negative for preceding ones.
    Row(i64),
}

/// A sort key.
#[derive(Clone, PartialEq, Debug)]
pub struct Order {
    /// Sorted by.
    pub by: Expr,
    /// Largest first.
    pub descending: bool,
    /// Nulls before every value.
    pub nulls_first: bool,
}

/// A query.
#[derive(Clone, PartialEq, Debug)]
pub enum Query {
    /// One SELECT.
    Select(Box<Select>),
    /// `… UNION ALL …`, column names of the first.
    UnionAll(Vec<Query>),
}

/// A SELECT.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Select {
    /// Expressions and their names; at least one.
    pub columns: Vec<(Expr, String)>,
    /// Sources.
    pub from: Option<From>,
    /// Joined by AND.
    pub filters: Vec<Expr>,
    /// Keys.
    pub group_by: Vec<Expr>,
    /// Joined by AND.
    pub having: Vec<Expr>,
    /// Order.
    pub order_by: Vec<Order>,
    /// Rows kept and rows skipped.
    pub limit: Option<(u64, u64)>,
}

/// A row source.
#[derive(Clone, PartialEq, Debug)]
pub enum From {
    /// A table by path.
    Table {
        /// Path.
        path: Vec<String>,
        /// Alias.
        alias: Alias,
    },
    /// A common table expression.
    Cte {
        /// Its position.
        index: usize,
        /// Alias.
        alias: Alias,
    },
    /// A query in parentheses.
    Query {
        /// Query.
        query: Box<Query>,
        /// Alias.
        alias: Alias,
    },
    /// A statement as an author wrote it.
    Raw {
        /// Text and values.
        pieces: Vec<Piece>,
        /// Alias.
        alias: Alias,
    },
    /// Literal rows; columns are named by [`values_column`].
    Values {
        /// Two rows or more.
        rows: Vec<Vec<Value>>,
        /// Types of the columns.
        types: Vec<Type>,
        /// Alias.
        alias: Alias,
    },
    /// A join.
    Join {
        /// Left source.
        left: Box<From>,
        /// Right source, never a join.
        right: Box<From>,
        /// Kind.
        kind: crate::plan::relation::JoinKind,
        /// Joined by AND; empty only for cross joins.
        on: Vec<Expr>,
    },
}

/// Name of a column of literal rows, counted from 0.
pub fn values_column(index: usize) -> String {
    format!("column{}", index + 1)
}

impl Expr {
    /// SQL without values.
    pub fn word(text: &'static str) -> Self {
        Self::Word(Cow::Borrowed(text))
    }

    /// A scalar call.
    pub fn call(name: impl Into<Cow<'static, str>>, args: Vec<Self>) -> Self {
        Self::Call {
            name: name.into(),
            args,
        }
    }

    /// `left op right`
    pub fn compare(left: Self, op: Comparison, right: Self) -> Self {
        Self::Infix {
            operator: Infix::Compare(op),
            operands: vec![left, right],
        }
    }

    /// Whether repeating it costs nothing.
    pub fn is_trivial(&self) -> bool {
        matches!(
            self,
            Self::Column { .. } | Self::Value(_) | Self::Inline(_) | Self::Word(_)
        )
    }

    /// Whether it or a part of it is a window function.
    pub fn has_window(&self) -> bool {
        matches!(self, Self::Over { .. }) || self.parts().into_iter().any(Self::has_window)
    }

    /// Expressions it is made of.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Column { .. } | Self::Value(_) | Self::Inline(_) | Self::Word(_) => Vec::new(),
            Self::Call { args, .. } => args.iter().collect(),
            Self::Infix { operands, .. } => operands.iter().collect(),
            Self::Not(value) | Self::IsNull { value, .. } => vec![value],
            Self::In { value, candidates } => {
                std::iter::once(value.as_ref()).chain(candidates).collect()
            }
            Self::Case {
                subject,
                branches,
                otherwise,
            } => {
                let branches = branches
                    .iter()
                    .flat_map(|(condition, result)| [condition, result]);
                subject
                    .as_deref()
                    .into_iter()
                    .chain(branches)
                    .chain(otherwise.as_deref())
                    .collect()
            }
            Self::Template(pieces) => pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Text(_) | Piece::Behind => None,
                    Piece::Expr(expr) => Some(expr),
                })
                .collect(),
            Self::Aggregate { args, order, .. } => {
                args.iter().chain(order.iter().map(|key| &key.by)).collect()
            }
            Self::Filtered { call, condition } => vec![call, condition],
            Self::Over { call, window } => std::iter::once(call.as_ref())
                .chain(&window.partition)
                .chain(window.order.iter().map(|key| &key.by))
                .collect(),
        }
    }
}

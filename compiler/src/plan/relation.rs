//! The relational algebra of a plan.
//!
//! Columns are addressed by position in the input: for [`Operator::Join`] the left columns come first, then the right
//! ones. A node's output columns carry the names SQL aliases are made from; names are unique within a node.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::value::{Type, Value};

/// Content hash of a node; written as 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub u64);

impl std::fmt::Display for NodeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for NodeId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for NodeId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        let digits = u64::from_str_radix(&text, 16);
        digits.map(Self).map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for NodeId {
    fn schema_name() -> Cow<'static, str> {
        "NodeId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "Content hash of a node: 16 hexadecimal digits.",
            "pattern": "^[0-9a-f]{16}$"
        })
    }
}

/// Nodes by id. A plan shares them with what the compiler keeps for its next run.
pub type NodeTable = BTreeMap<NodeId, Arc<Node>>;

/// One operator and its output columns.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Node {
    /// What it does.
    pub operator: Operator,
    /// Output columns.
    pub columns: Vec<Column>,
}

/// An output column.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Column {
    /// Unique within the node. Most nodes pass columns on, hence shared.
    pub name: Arc<str>,
    /// Type.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// Operators.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Operator {
    /// A physical table. Output column `i` is physical column `columns[i]`.
    Scan {
        /// Path segments as the engine spells them.
        table: Vec<String>,
        /// Physical columns.
        columns: Vec<ScanColumn>,
    },
    /// Rows of an input table. Output column `i` is the stored column `columns[i]` (a column id, or one of the system
    /// names `_row_id`, `_created_at`, `_created_by`, `_updated_at`, `_updated_by`).
    InputTable {
        /// Input table id.
        table: String,
        /// Stored columns.
        columns: Vec<String>,
    },
    /// Custom SQL, a read-only query whose output columns are matched by name.
    Sql {
        /// Text with parameters.
        parts: Vec<SqlPart>,
        /// Names as the statement spells them.
        columns: Vec<ScanColumn>,
    },
    /// Literal rows.
    Values {
        /// Rows, each as wide as the columns.
        rows: Vec<Vec<Value>>,
    },
    /// Computes every output column from the input.
    Project {
        /// Input.
        input: NodeId,
        /// One expression per output column.
        expressions: Vec<Expr>,
    },
    /// Keeps rows for which every predicate is True.
    Filter {
        /// Input; columns pass through.
        input: NodeId,
        /// Predicates, joined by And.
        predicates: Vec<Expr>,
    },
    /// One row per combination of keys (Null is a key); exactly one row when there are no keys.
    /// Output: keys, then aggregates.
    Aggregate {
        /// Input.
        input: NodeId,
        /// Group keys.
        keys: Vec<Expr>,
        /// Aggregates.
        aggregates: Vec<Aggregate>,
    },
    /// Pairs rows. Output: left columns, then right columns.
    Join {
        /// Left input.
        left: NodeId,
        /// Right input.
        right: NodeId,
        /// Which unmatched rows stay.
        kind: JoinKind,
        /// Conditions, joined by And; none for `Cross`.
        on: Vec<JoinCondition>,
    },
    /// All rows of all inputs, columns by position.
    Union {
        /// Inputs of equal width.
        inputs: Vec<NodeId>,
    },
    /// Adds window function results. Output: input columns, then one per function.
    Window {
        /// Input.
        input: NodeId,
        /// Functions.
        functions: Vec<WindowFunction>,
    },
    /// Orders rows.
    Sort {
        /// Input.
        input: NodeId,
        /// Keys, most significant first.
        keys: Vec<SortKey>,
    },
    /// Keeps the first rows of an ordered input.
    Limit {
        /// Input.
        input: NodeId,
        /// Number of rows kept.
        count: u64,
        /// Rows skipped before.
        offset: u64,
    },
}

/// A physical column.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ScanColumn {
    /// Name as the engine spells it.
    pub name: String,
    /// Whether its dates are instants in UTC, to be shown as wall-clock time of the project's zone.
    pub zoned: bool,
}

/// A piece of custom SQL.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SqlPart {
    /// Text as written.
    Text(String),
    /// A table, by its path segments as the engine spells them.
    Table(Vec<String>),
    /// A bound value.
    Value(Expr),
}

/// Which unmatched rows stay.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JoinKind {
    /// None.
    Inner,
    /// Left ones.
    Left,
    /// Right ones.
    Right,
    /// Both.
    Full,
    /// Every pair.
    Cross,
}

/// `left op right`, over columns of the left and of the right input respectively (each numbered from 0).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct JoinCondition {
    /// Expression over the left input.
    pub left: Expr,
    /// Comparison operator: `=`, `!=`, `<`, `<=`, `>`, `>=`.
    pub op: String,
    /// Expression over the right input.
    pub right: Expr,
    /// Whether Null matches Null (level joins) or nothing (author's joins).
    pub null_safe: bool,
}

/// One aggregate.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Aggregate {
    /// Canonical function name: `Sum`, `Count`, `CountDistinct`, `Median` …; the `…If` forms are normalised to `filter`.
    pub function: Cow<'static, str>,
    /// Arguments.
    pub args: Vec<Expr>,
    /// Only rows for which this is True count.
    pub filter: Option<Expr>,
    /// Result type.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// One window function.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct WindowFunction {
    /// Canonical function name: `CumulativeSum`, `Rank`, `Lag` …, or an aggregate name over the whole partition.
    pub function: Cow<'static, str>,
    /// Arguments as in the formula.
    pub args: Vec<Expr>,
    /// Partition keys.
    pub partition: Vec<Expr>,
    /// Order within the partition; always total (tie-breakers included) when the function needs one.
    pub order: Vec<SortKey>,
    /// Result type.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// One sort key. Nulls come first ascending and last descending unless said.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SortKey {
    /// Sorted by.
    pub by: Expr,
    /// Largest first.
    pub descending: bool,
    /// Where nulls go.
    pub nulls: Nulls,
}

/// Where nulls go in a sort.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nulls {
    /// Before every value.
    First,
    /// After every value.
    Last,
}

/// A typed expression over the columns of one input.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Expr {
    /// What it computes.
    #[serde(flatten)]
    pub kind: ExprKind,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// What an expression computes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "e", rename_all = "snake_case")]
pub enum ExprKind {
    /// Input column by position.
    Column {
        /// Position from 0.
        index: usize,
    },
    /// A constant.
    Literal {
        /// Its value.
        value: Value,
    },
    /// A value that is known when the request runs.
    Parameter {
        /// Which.
        parameter: Parameter,
    },
    /// A scalar function or operator by its canonical name (`Upper`, `DateTrunc`, `+`, `And`, `Not`, `Negate`, `If`,
    /// `Switch`, `In`, `Path` with a text key, `Index`).
    Call {
        /// Name in the function registry.
        function: Cow<'static, str>,
        /// Arguments.
        args: Vec<Expr>,
    },
    /// The predicate of a control on a column, by the control's type, mode and current value
    /// (`controls-and-filters`, sections 2 to 7). True when the control filters nothing.
    ControlFilter {
        /// Control id.
        control: String,
        /// The filtered column.
        value: Box<Expr>,
    },
    /// The predicate of an element filter that is fixed in the workbook.
    ColumnFilter {
        /// The filter.
        filter: super::control::FilterKind,
        /// The filtered column.
        value: Box<Expr>,
    },
}

/// A value that is known when the request runs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "p", rename_all = "snake_case")]
pub enum Parameter {
    /// A control's value, or one end of a range.
    Control {
        /// Control id.
        id: String,
        /// Which part of it.
        part: ControlPart,
    },
    /// The request's frozen instant as wall-clock time of the project.
    Now,
    /// The day of `Now`.
    Today,
    /// A value of the clicked row(s): only in actions.
    Selection {
        /// Column id of the element that was clicked.
        column: String,
    },
    /// A property of the person who asks.
    User {
        /// `email`, `first_name`, `full_name`, the name of an attribute as `attribute:NAME`, or `team:NAME`, which is
        /// not Null for members.
        property: String,
    },
}

/// A part of a control's value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ControlPart {
    /// The whole value (for multiple selection: an array).
    Value,
    /// `.min` or `.start`
    Low,
    /// `.max` or `.end`
    High,
}

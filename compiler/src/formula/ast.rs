//! The tree of a parsed formula.

use crate::span::Span;

/// An expression and its place in the file.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Bytes it was written at, from its first to its last token, without enclosing parentheses.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    /// Source text of a number literal.
    Number(String),
    /// Text after unescaping.
    Text(String),
    /// `True` or `False`.
    Logical(bool),
    /// `Null`.
    Null,
    /// `[A]`, `[A/B]`, `[A/B/C]`.
    Reference(Reference),
    /// `Name(args)`; the name as it was written.
    Call {
        /// Name as written.
        name: String,
        /// Place of the name alone.
        name_span: Span,
        /// Arguments in order.
        args: Vec<Expr>,
    },
    /// Prefix operator.
    Unary {
        /// Operator.
        op: UnaryOp,
        /// Operand.
        operand: Box<Expr>,
    },
    /// Infix operator.
    Binary {
        /// Operator.
        op: BinaryOp,
        /// Place of the operator token.
        op_span: Span,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
    },
    /// `base.key`
    Path {
        /// Variant value.
        base: Box<Expr>,
        /// Key.
        key: String,
    },
    /// `base[index]`
    Index {
        /// Variant value.
        base: Box<Expr>,
        /// Zero-based index.
        index: Box<Expr>,
    },
    /// A part that did not parse; the finding is already in the list. Its type is unknown.
    Error,
}

/// A bracketed name.
#[derive(Clone, PartialEq, Debug)]
pub struct Reference {
    /// One to many segments, each with its own place (inside the brackets, without the slashes).
    pub segments: Vec<(String, Span)>,
}

/// Prefix operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// `-`
    Negate,
    /// `Not`
    Not,
}

/// Infix operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinaryOp {
    /// `Or`
    Or,
    /// `And`
    And,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `&`
    Concat,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `^`
    Power,
}

impl BinaryOp {
    /// The operator as it is printed. This is also its name in plans and in the function registry.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Or => "Or",
            Self::And => "And",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Concat => "&",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
            Self::Power => "^",
        }
    }
}

//! Why a plan has no SQL.

use std::fmt;

/// Why a plan has no SQL. Each is a mistake of an earlier stage, or a limit of the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SqlError {
    /// A node refers to a node that the plan does not have.
    MissingNode(String),
    /// An expression refers to a column that its input does not have.
    MissingColumn(usize),
    /// A function that the registry does not have, or that an earlier stage should have replaced.
    UnknownFunction(String),
    /// Arguments that the function cannot be written with (a frame that depends on the row).
    WrongArguments(String),
    /// A function the engine does not have in this place.
    Unsupported {
        /// Function.
        function: String,
        /// Engine.
        dialect: &'static str,
        /// Why, in words.
        reason: &'static str,
    },
    /// Nodes or expressions nested deeper than a statement may be.
    TooDeep,
    /// A statement longer than engines take.
    TooLong,
}

impl fmt::Display for SqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingNode(id) => write!(f, "the plan has no node `{id}`"),
            Self::MissingColumn(index) => write!(f, "an input has no column {index}"),
            Self::UnknownFunction(name) => write!(f, "`{name}` has no SQL form"),
            Self::WrongArguments(name) => {
                write!(f, "`{name}` cannot be written with these arguments")
            }
            Self::Unsupported {
                function,
                dialect,
                reason,
            } => {
                write!(f, "`{function}` is not available on {dialect}: {reason}")
            }
            Self::TooDeep => write!(f, "the query is nested too deeply"),
            Self::TooLong => write!(f, "the query is too long"),
        }
    }
}

impl std::error::Error for SqlError {}

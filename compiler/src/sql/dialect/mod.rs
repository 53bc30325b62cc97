//! What differs between engines.
//!
//! The defaults are standard SQL; an engine's file lists its differences and nothing else.

mod sqlite;

use std::borrow::Cow;

pub use sqlite::Sqlite;

use super::tree::{Comparison, Expr};
use crate::formula::functions::{Function, Lowering};
use crate::value::Type;

/// An engine's way of writing SQL.
pub trait Dialect {
    /// Name on the command line and in messages.
    fn name(&self) -> &'static str;

    /// An identifier in the engine's quotes.
    fn quote(&self, identifier: &str) -> String {
        // A NUL would end the statement for engines written in C.
        format!("\"{}\"", identifier.replace('\0', "").replace('"', "\"\""))
    }

    /// A table by the segments of its path, from outer to inner.
    fn table(&self, path: &[String]) -> String {
        path.iter()
            .map(|segment| self.quote(segment))
            .collect::<Vec<_>>()
            .join(".")
    }

    /// The place of a bound value, counted from 1.
    fn placeholder(&self, _number: usize) -> String {
        "?".to_owned()
    }

    /// Whether placeholders carry their number, so that equal values are bound once.
    fn numbers_placeholders(&self) -> bool {
        false
    }

    /// A constant condition.
    fn truth(&self, truth: bool) -> &'static str {
        if truth { "TRUE" } else { "FALSE" }
    }

    /// A comparison operator.
    fn comparison(&self, comparison: Comparison) -> &'static str {
        match comparison {
            Comparison::Equal => "=",
            Comparison::NotEqual => "<>",
            Comparison::Less => "<",
            Comparison::LessEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterEqual => ">=",
            Comparison::NullSafeEqual => "IS NOT DISTINCT FROM",
            Comparison::NullSafeNotEqual => "IS DISTINCT FROM",
        }
    }

    /// Whether nulls come before every value where an order does not say: ascending, and descending.
    fn default_nulls_first(&self, descending: bool) -> bool {
        descending
    }

    /// Whether aggregates take `FILTER (WHERE …)`.
    fn filters_aggregates(&self) -> bool {
        true
    }

    /// Whether `VALUES` in FROM names its columns itself, as [`values_column`](super::tree::values_column) does.
    fn names_values(&self) -> bool {
        false
    }

    /// An instant in UTC as wall-clock time of a zone (an IANA name, never UTC itself).
    fn wall_clock(&self, instant: Expr, zone: Expr) -> Expr {
        use super::tree::Piece::{Expr as Hole, Text};
        let text = |text| Text(Cow::Borrowed(text));
        Expr::Template(vec![
            text("(("),
            Hole(instant),
            text(" AT TIME ZONE 'UTC') AT TIME ZONE "),
            Hole(zone),
            text(")"),
        ])
    }

    /// How a function of the registry is written; `None` when this engine cannot compute it.
    fn lowering(&self, function: &Function) -> Option<Lowering>;

    /// What a function of the engine gave, in the form that values of a type have here.
    fn foreign(&self, call: Expr, _ty: Type) -> Expr {
        call
    }

    /// `Median`, or `PercentileCont` at a constant `share` from 0 to 1.
    fn percentile(&self, kind: Percentile, value: Expr, share: Expr) -> Expr;

    /// Texts of a group as one text, in order, with a separator as second argument.
    fn list_aggregate(&self) -> &'static str {
        "STRING_AGG"
    }
}

/// Exact percentiles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Percentile {
    /// The middle, interpolated.
    Median,
    /// Interpolated.
    Continuous,
}

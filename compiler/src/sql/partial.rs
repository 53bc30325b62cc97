//! Aggregates that compose: what a group has of one, computed from what its parts have.

use crate::plan::relation::{Aggregate, Expr};
use crate::value::{Type, Value};

/// An aggregate in two steps.
pub(super) struct Parts {
    /// What is computed for each finer group.
    pub(super) partials: Vec<Aggregate>,
    /// For each of these, how those of a coarser group become one.
    pub(super) again: Vec<Again>,
    /// What these give together.
    combine: Combine,
    /// Type of the result.
    pub(super) ty: Type,
}

/// An aggregate of partial aggregates.
pub(super) struct Again {
    function: &'static str,
    ty: Type,
}

#[derive(Clone, Copy)]
enum Combine {
    /// The only one.
    Same,
    /// The only one; 0 where there was no group.
    OrZero,
    /// The first divided by the second.
    Ratio,
}

impl Again {
    /// Over the column at a position.
    pub(super) fn over(&self, at: usize) -> Aggregate {
        Aggregate {
            function: self.function.into(),
            args: vec![Expr::column(at, self.ty)],
            filter: None,
            ty: self.ty,
        }
    }
}

impl Parts {
    /// An aggregate of a group that the finer grouping has as well.
    pub(super) fn whole(aggregate: &Aggregate) -> Self {
        Self {
            partials: vec![aggregate.clone()],
            again: Vec::new(),
            combine: Combine::Same,
            ty: aggregate.ty,
        }
    }

    /// The value, over aggregates of partial aggregates that begin at a position.
    pub(super) fn value(&self, first: usize) -> Expr {
        let ty = |index: usize| self.again.get(index).map_or(self.ty, |again| again.ty);
        let column = |index: usize| Expr::column(first + index, ty(index));
        match self.combine {
            Combine::Same => column(0),
            Combine::OrZero => {
                let zero = Expr::literal(Value::Integer(0));
                Expr::call("Coalesce", vec![column(0), zero], self.ty)
            }
            Combine::Ratio => Expr::call("/", vec![column(0), column(1)], self.ty),
        }
    }
}

/// The parts of an aggregate; `None` when finer groups do not tell it. `whole` is one group of whatever rows there are,
/// possibly none.
pub(super) fn parts(aggregate: &Aggregate, whole: bool) -> Option<Parts> {
    let ty = aggregate.ty;
    let one = |function, combine| {
        Some(Parts {
            partials: vec![aggregate.clone()],
            again: vec![Again { function, ty }],
            combine,
            ty,
        })
    };
    match &*aggregate.function {
        "Sum" | "SumProduct" => one("Sum", Combine::Same),
        "Min" => one("Min", Combine::Same),
        "Max" => one("Max", Combine::Same),
        "Count" if whole => one("Sum", Combine::OrZero),
        "Count" => one("Sum", Combine::Same),
        "Avg" => {
            let part = |function: &'static str| Aggregate {
                function: function.into(),
                ..aggregate.clone()
            };
            let again = || Again {
                function: "Sum",
                ty: Type::Number,
            };
            Some(Parts {
                partials: vec![part("Sum"), part("Count")],
                again: vec![again(), again()],
                combine: Combine::Ratio,
                ty,
            })
        }
        _ => None,
    }
}

/// Whether an aggregate depends on the order of its rows.
pub(super) fn is_positional(aggregate: &Aggregate) -> bool {
    super::window::is_positional(aggregate)
}

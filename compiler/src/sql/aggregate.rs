//! Aggregate functions as SQL.

use super::dialect::Percentile;
use super::error::SqlError;
use super::scalar::{Columns, Scalars};
use super::tree::{Expr, Order};
use crate::plan::relation::{self, ExprKind};
use crate::value::{Type, Value};

/// Separator of `ListAgg` where the formula gives none.
const SEPARATOR: &str = ",";

impl Scalars<'_> {
    /// The SQL of an aggregate over `columns`.
    pub(super) fn aggregate(
        &self,
        aggregate: &relation::Aggregate,
        columns: &Columns,
    ) -> Result<Expr, SqlError> {
        let args = self.lower_all(&aggregate.args, columns)?;
        let filter = aggregate
            .filter
            .as_ref()
            .map(|filter| self.lower(filter, columns))
            .transpose()?;
        let filters = self.dialect.filters_aggregates();
        // Engines without the clause aggregate what a CASE gives.
        let (args, filter) = match filter {
            Some(condition) if !filters => (within_case(args, &condition), None),
            filter => (args, filter),
        };
        let call = self.aggregate_call(&aggregate.function, &aggregate.args, args)?;
        Ok(match filter {
            Some(condition) => Expr::Filtered {
                call: call.into(),
                condition: condition.into(),
            },
            None => call,
        })
    }

    /// An aggregate of arguments that are SQL already. What every engine has is written here, the rest by the
    /// registry.
    pub(super) fn aggregate_call(
        &self,
        function: &str,
        plan: &[relation::Expr],
        mut args: Vec<Expr>,
    ) -> Result<Expr, SqlError> {
        if !self.is_special(function) {
            return self.registered(function, plan, args);
        }
        let ty = plan.first().map_or(Type::Unknown, |arg| arg.ty);
        Ok(match (function, args.len()) {
            ("Count", 0) => plain("count", vec![Expr::word("*")]),
            ("Count", 1) => plain("count", vec![counted(args.swap_remove(0), ty)]),
            ("CountDistinct" | "Ndv", 1) => {
                let args = vec![counted(args.swap_remove(0), ty)];
                Expr::Aggregate {
                    name: "count".into(),
                    distinct: true,
                    args,
                    order: Vec::new(),
                }
            }
            ("Sum", 1) => plain("sum", args),
            ("Avg", 1) => plain("avg", args),
            ("Min", 1) => plain("min", args),
            ("Max", 1) => plain("max", args),
            ("Median", 1) => {
                let share = Expr::Value(Value::Float(0.5));
                self.dialect
                    .percentile(Percentile::Median, args.swap_remove(0), share)
            }
            ("PercentileCont" | "Percentile", 2) if is_share(plan.get(1)) => {
                let share = args.swap_remove(1);
                self.dialect
                    .percentile(Percentile::Continuous, args.swap_remove(0), share)
            }
            ("ListAgg", 1 | 2) => self.list(args),
            _ => self.registered(function, plan, args)?,
        })
    }

    /// Texts in ascending order, so that the result repeats.
    fn list(&self, mut args: Vec<Expr>) -> Expr {
        if args.len() == 1 {
            args.push(Expr::Value(Value::text(SEPARATOR)));
        }
        if !self.dialect.has_natives()
            && let Some(separator) = args.get_mut(1)
            && let Expr::Value(value) = separator
        {
            // A bound value with its cast is no constant to some engines.
            *separator = Expr::Inline(value.clone());
        }
        let order = args.first().map(|value| Order {
            by: self.dialect.sort_key(value.clone(), Type::Text),
            descending: false,
            nulls_first: true,
        });
        let name = self.dialect.list_aggregate().into();
        Expr::Aggregate {
            name,
            distinct: false,
            args,
            order: order.into_iter().collect(),
        }
    }
}

/// What `Count` counts: texts that are not empty, everything else that is not Null.
pub(super) fn counted(value: Expr, ty: Type) -> Expr {
    if ty == Type::Text {
        Expr::call("nullif", vec![value, Expr::word("''")])
    } else {
        value
    }
}

/// `name(args)` over rows.
pub(super) fn plain(name: &'static str, args: Vec<Expr>) -> Expr {
    Expr::Aggregate {
        name: name.into(),
        distinct: false,
        args,
        order: Vec::new(),
    }
}

/// Whether it is a constant from 0 to 1: engines refuse others, where the language says Null.
fn is_share(expr: Option<&relation::Expr>) -> bool {
    match expr.map(|expr| &expr.kind) {
        Some(ExprKind::Literal { value }) => value
            .as_f64()
            .is_some_and(|share| (0.0..=1.0).contains(&share)),
        _ => false,
    }
}

fn within_case(args: Vec<Expr>, condition: &Expr) -> Vec<Expr> {
    let mut args = args.into_iter();
    let value = args.next().unwrap_or(Expr::Value(Value::Integer(1)));
    let branches = vec![(condition.clone(), value)];
    std::iter::once(Expr::Case {
        subject: None,
        branches,
        otherwise: None,
    })
    .chain(args)
    .collect()
}

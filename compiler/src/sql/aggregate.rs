//! Aggregate functions as SQL.

use super::dialect::Percentile;
use super::error::SqlError;
use super::scalar::{Columns, Scalars};
use super::tree::{Expr, Infix, Order};
use crate::plan::relation;
use crate::value::{Type, Value};

/// Separator of `ListAgg` where the formula gives none.
const SEPARATOR: &str = ",";

impl Scalars<'_> {
    /// The SQL of an aggregate over `columns`. `order` is the order of the input, for functions that keep it.
    pub(super) fn aggregate(
        &self,
        aggregate: &relation::Aggregate,
        columns: &Columns,
        order: &[Order],
    ) -> Result<Expr, SqlError> {
        let args = self.lower_all(&aggregate.args, columns)?;
        let filter = aggregate
            .filter
            .as_ref()
            .map(|filter| self.lower(filter, columns))
            .transpose()?;
        self.aggregate_call(&aggregate.function, &aggregate.args, args, filter, order)
    }

    /// An aggregate of arguments that are SQL already.
    pub(super) fn aggregate_call(
        &self,
        function: &str,
        plan: &[relation::Expr],
        args: Vec<Expr>,
        filter: Option<Expr>,
        order: &[Order],
    ) -> Result<Expr, SqlError> {
        let ty = plan.first().map_or(Type::Unknown, |arg| arg.ty);
        let filters = self.dialect.filters_aggregates();
        // Engines without the clause count the rows for which a CASE gives a value.
        let (mut args, filter) = match filter {
            Some(condition) if !filters => (within_case(args, &condition), None),
            filter => (args, filter),
        };
        let call = match function {
            "Count" if args.is_empty() => plain("count", vec![Expr::word("*")]),
            "Count" => plain("count", vec![counted(args.swap_remove(0), ty)]),
            "CountDistinct" => distinct("count", counted(first(function, args)?, ty)),
            "Sum" => plain("sum", args),
            "Avg" => plain("avg", args),
            "Min" => plain("min", args),
            "Max" => plain("max", args),
            "Median" if ty == Type::Number => self.dialect.percentile(
                Percentile::Median,
                first(function, args)?,
                Expr::Value(Value::Float(0.5)),
            ),
            "PercentileCont" => self.percentile(function, Percentile::Continuous, args)?,
            "PercentileDisc" if ty == Type::Number => {
                self.percentile(function, Percentile::Discrete, args)?
            }
            "ListAgg" => self.list(function, args, order)?,
            "ArrayAgg" => return self.array(function, ty, args, filter, order),
            _ => self.registered(function, plan, args)?,
        };
        Ok(filtered(call, filter))
    }

    fn percentile(
        &self,
        function: &str,
        kind: Percentile,
        args: Vec<Expr>,
    ) -> Result<Expr, SqlError> {
        let wrong = |_| SqlError::WrongArguments(function.to_owned());
        let [value, share] = <[Expr; 2]>::try_from(args).map_err(wrong)?;
        Ok(self.dialect.percentile(kind, value, share))
    }

    fn list(&self, function: &str, args: Vec<Expr>, order: &[Order]) -> Result<Expr, SqlError> {
        let mut args = args.into_iter();
        let value = args
            .next()
            .ok_or_else(|| SqlError::WrongArguments(function.to_owned()))?;
        let separator = args
            .next()
            .unwrap_or_else(|| Expr::Value(Value::text(SEPARATOR)));
        let order = ordered(order, &value);
        let name = self.dialect.list_aggregate().into();
        Ok(Expr::Aggregate {
            name,
            distinct: false,
            args: vec![value, separator],
            order,
        })
    }

    fn array(
        &self,
        function: &str,
        ty: Type,
        args: Vec<Expr>,
        filter: Option<Expr>,
        order: &[Order],
    ) -> Result<Expr, SqlError> {
        let value = first(function, args)?;
        let present = Expr::IsNull {
            value: value.clone().into(),
            negated: true,
        };
        let condition = match filter {
            Some(filter) => Expr::Infix {
                operator: Infix::And,
                operands: vec![filter, present],
            },
            None => present,
        };
        let order = ordered(order, &value);
        let args = vec![json_element(value, ty)];
        let call = Expr::Aggregate {
            name: self.dialect.array_aggregate().into(),
            distinct: false,
            args,
            order,
        };
        Ok(filtered(call, Some(condition)))
    }
}

/// The order of the input, or of the values themselves when it has none, so that results repeat.
fn ordered(order: &[Order], value: &Expr) -> Vec<Order> {
    if order.is_empty() {
        vec![Order {
            by: value.clone(),
            descending: false,
            nulls_first: true,
        }]
    } else {
        order.to_vec()
    }
}

/// A value as an element of JSON: variants are JSON already, logicals are not numbers there.
fn json_element(value: Expr, ty: Type) -> Expr {
    match ty {
        Type::Variant | Type::Geography => Expr::call("json", vec![value]),
        Type::Logical => {
            let word = |text| Expr::word(text);
            let branches = vec![(value, word("'true'"))];
            Expr::call(
                "json",
                vec![Expr::Case {
                    subject: None,
                    branches,
                    otherwise: Some(word("'false'").into()),
                }],
            )
        }
        Type::Text | Type::Number | Type::Date | Type::Null | Type::Unknown => value,
    }
}

/// What `Count` counts: texts that are not empty, everything else that is not Null.
fn counted(value: Expr, ty: Type) -> Expr {
    if ty == Type::Text {
        Expr::call("nullif", vec![value, Expr::word("''")])
    } else {
        value
    }
}

fn plain(name: &'static str, args: Vec<Expr>) -> Expr {
    Expr::Aggregate {
        name: name.into(),
        distinct: false,
        args,
        order: Vec::new(),
    }
}

fn distinct(name: &'static str, value: Expr) -> Expr {
    Expr::Aggregate {
        name: name.into(),
        distinct: true,
        args: vec![value],
        order: Vec::new(),
    }
}

fn first(function: &str, args: Vec<Expr>) -> Result<Expr, SqlError> {
    args.into_iter()
        .next()
        .ok_or_else(|| SqlError::WrongArguments(function.to_owned()))
}

fn filtered(call: Expr, filter: Option<Expr>) -> Expr {
    match filter {
        Some(condition) => Expr::Filtered {
            call: call.into(),
            condition: condition.into(),
        },
        None => call,
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

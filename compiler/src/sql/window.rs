//! Window functions as SQL.

use super::aggregate::{counted, plain};
use super::block::{Block, Keep};
use super::build::Builder;
use super::dialect::Dialect;
use super::error::SqlError;
use super::frame::{Framed, RUNNING, WHOLE, framed};
use super::prune::{each_column, window_exprs};
use super::tree::{Bound, Expr, Order, Window};
use crate::formula::functions::{self, Lowering};
use crate::plan::relation::{self, Aggregate, NodeId, WindowFunction};
use crate::value::{Type, Value};

/// Lowered parts of a window function.
struct Parts {
    args: Vec<Expr>,
    partition: Vec<Expr>,
    order: Vec<Order>,
}

impl Builder<'_> {
    /// Adds window functions. Columns: those of the input, then one per function.
    pub(super) fn window(
        &mut self,
        id: NodeId,
        input: NodeId,
        functions: &[WindowFunction],
    ) -> Result<Block, SqlError> {
        let mut block = self.block(input)?;
        let width = block.columns.len();
        let needed: Vec<bool> = (0..functions.len())
            .map(|index| self.needs(id, width + index))
            .collect();
        let live = || {
            functions
                .iter()
                .zip(&needed)
                .filter(|(_, needed)| **needed)
                .map(|(function, _)| function)
        };
        if live().next().is_some() {
            // Windows see what groups, limits and other windows give.
            let reads_window = live()
                .flat_map(window_exprs)
                .any(|expr| reads_window(expr, &block));
            if block.grouping.is_some() || block.limit.is_some() || reads_window {
                block = self.wrap(block, input, Keep::Order);
            }
            block = self.settle(block, input, live().flat_map(window_exprs), Keep::Order);
            block = self.first_steps(block, input, live())?;
        }
        let mut first_step = width;
        let mut results = Vec::with_capacity(functions.len());
        for (function, needed) in functions.iter().zip(&needed) {
            if !needed {
                results.push(None);
            } else if self.takes_two_steps(function) {
                results.push(Some(self.second_step(function, &block, first_step)?));
                first_step += 1;
            } else {
                results.push(Some(self.function(function, &block)?));
            }
        }
        block.columns.truncate(width);
        block.columns.extend(results);
        Ok(block)
    }

    /// Columns behind the input's own that functions of two steps build upon, in the order of these functions.
    fn first_steps<'f>(
        &mut self,
        mut block: Block,
        input: NodeId,
        functions: impl Iterator<Item = &'f WindowFunction>,
    ) -> Result<Block, SqlError> {
        let width = block.columns.len();
        for function in functions {
            if !self.takes_two_steps(function) {
                continue;
            }
            let Parts {
                args,
                partition,
                order,
            } = self.parts(function, &block)?;
            block.columns.push(Some(if function.function == "FillDown" {
                // Numbers the runs that begin with a value.
                over(plain("count", args), partition, order, Some(RUNNING))
            } else {
                // Numbers the different values, nulls behind all others.
                let by = counted_value(function, args)?;
                let order = vec![Order {
                    by,
                    descending: false,
                    nulls_first: false,
                }];
                over(Expr::call("dense_rank", Vec::new()), partition, order, None)
            }));
        }
        Ok(if block.columns.len() > width {
            self.wrap(block, input, Keep::Order)
        } else {
            block
        })
    }

    fn takes_two_steps(&self, function: &WindowFunction) -> bool {
        let name = &*function.function;
        matches!(name, "FillDown" | "CountDistinct" | "Ndv") && self.scalars.is_special(name)
    }

    fn second_step(
        &self,
        function: &WindowFunction,
        block: &Block,
        first: usize,
    ) -> Result<Expr, SqlError> {
        let Parts {
            args,
            mut partition,
            ..
        } = self.parts(function, block)?;
        let first = block
            .columns
            .get(first)
            .cloned()
            .flatten()
            .ok_or(SqlError::MissingColumn(first))?;
        if function.function == "FillDown" {
            // A run has one value at most.
            partition.push(first);
            let value = args
                .into_iter()
                .next()
                .ok_or_else(|| SqlError::WrongArguments(function.function.to_string()))?;
            let ty = function.args.first().map_or(Type::Unknown, |arg| arg.ty);
            let only = self.scalars.dialect.only_value(value, ty);
            return Ok(over(only, partition, Vec::new(), None));
        }
        let value = counted_value(function, args)?;
        let present = Expr::IsNull {
            value: value.into(),
            negated: true,
        };
        let number = Expr::Case {
            subject: None,
            branches: vec![(present, first)],
            otherwise: None,
        };
        let greatest = over(plain("max", vec![number]), partition, Vec::new(), None);
        Ok(Expr::call(
            "coalesce",
            vec![greatest, Expr::Value(Value::Integer(0))],
        ))
    }

    fn parts(&self, function: &WindowFunction, block: &Block) -> Result<Parts, SqlError> {
        Ok(Parts {
            args: self.scalars.lower_all(&function.args, &block.columns)?,
            partition: self
                .scalars
                .lower_all(&function.partition, &block.columns)?,
            order: self.order(&function.order, &block.columns)?,
        })
    }

    fn function(&self, function: &WindowFunction, block: &Block) -> Result<Expr, SqlError> {
        let Parts {
            args,
            partition,
            order,
        } = self.parts(function, block)?;
        self.positional(&function.function, &function.args, args, partition, order)
    }

    /// A window function of one step, or an aggregate over the whole partition.
    pub(super) fn positional(
        &self,
        name: &str,
        plan: &[relation::Expr],
        args: Vec<Expr>,
        partition: Vec<Expr>,
        order: Vec<Order>,
    ) -> Result<Expr, SqlError> {
        let scalars = &self.scalars;
        let declared = functions::function(name).map(|known| scalars.dialect.lowering(known));
        let window = match declared {
            Some(Lowering::Window { call, frame }) => Some((call, frame)),
            Some(Lowering::WindowCases { cases, frame }) => {
                Some((scalars.fitting(name, cases, plan)?, frame))
            }
            _ => None,
        };
        if let Some((call, frame)) = window {
            let call = scalars.fill(name, call, plan, &args)?;
            return Ok(
                match framed(scalars.dialect, frame, name, plan, &args, order)? {
                    Framed::Over(order, frame) => over(call, partition, order, frame),
                    Framed::Nothing if name == "MovingCount" => Expr::Value(Value::Integer(0)),
                    Framed::Nothing | Framed::Unknown => Expr::Value(Value::Null),
                },
            );
        }
        if let Some(cases) = scalars.dialect.sorted_over(name) {
            let call = scalars.fill(name, scalars.fitting(name, cases, plan)?, plan, &args)?;
            let order = sorted(scalars.dialect, plan, args);
            return Ok(over(call, partition, order, Some(WHOLE)));
        }
        if matches!(name, "FirstNonNull" | "LastNonNull") && scalars.is_special(name) {
            return non_null(name, args, partition, order);
        }
        let whole = functions::function(name)
            .and_then(|known| Some((known, scalars.dialect.windowed(name)?)));
        if let Some((known, lowering)) = whole {
            let call = scalars.written(known, lowering, plan, args)?;
            return Ok(over(call, partition, Vec::new(), None));
        }
        Ok(match self.scalars.aggregate_call(name, plan, args)? {
            // What is ordered within takes its order from the window.
            Expr::Aggregate {
                name,
                distinct,
                args,
                order,
            } if !order.is_empty() => {
                let call = Expr::Aggregate {
                    name,
                    distinct,
                    args,
                    order: Vec::new(),
                };
                over(call, partition, order, Some(WHOLE))
            }
            call => over(call, partition, Vec::new(), None),
        })
    }

    /// Columns behind the input's own that hold, on every row of a group, what a positional aggregate gives for it.
    /// The order of the group is that of the input.
    pub(super) fn group_positions<'f>(
        &mut self,
        mut block: Block,
        input: NodeId,
        keys: &[relation::Expr],
        aggregates: impl Iterator<Item = &'f Aggregate>,
    ) -> Result<Block, SqlError> {
        let width = block.columns.len();
        let partition = self.scalars.lower_all(keys, &block.columns)?;
        for aggregate in aggregates.filter(|aggregate| is_positional(aggregate)) {
            let name = &*aggregate.function;
            let mut args = self.scalars.lower_all(&aggregate.args, &block.columns)?;
            if let Some(filter) = &aggregate.filter {
                let unsupported = || SqlError::WrongArguments(name.to_owned());
                let value = args
                    .first_mut()
                    .filter(|_| name.ends_with("NonNull"))
                    .ok_or_else(unsupported)?;
                let branches = vec![(self.scalars.lower(filter, &block.columns)?, value.clone())];
                *value = Expr::Case {
                    subject: None,
                    branches,
                    otherwise: None,
                };
            }
            let order = block.order.clone();
            let result = self.positional(name, &aggregate.args, args, partition.clone(), order)?;
            block.columns.push(Some(result));
        }
        Ok(if block.columns.len() > width {
            self.wrap(block, input, Keep::Rows)
        } else {
            block
        })
    }
}

/// Whether an aggregate gives a value by its place in the group.
pub(super) fn is_positional(aggregate: &Aggregate) -> bool {
    matches!(
        &*aggregate.function,
        "First" | "Last" | "Nth" | "FirstNonNull" | "LastNonNull"
    )
}

/// The order of an aggregate's values, ascending.
fn sorted(dialect: &dyn Dialect, plan: &[relation::Expr], args: Vec<Expr>) -> Vec<Order> {
    let ty = plan.first().map_or(Type::Unknown, |arg| arg.ty);
    let by = args.into_iter().take(1);
    by.map(|value| Order {
        by: dialect.sort_key(value, ty),
        descending: false,
        nulls_first: true,
    })
    .collect()
}

fn counted_value(function: &WindowFunction, args: Vec<Expr>) -> Result<Expr, SqlError> {
    let ty = function.args.first().map_or(Type::Unknown, |arg| arg.ty);
    let value = args
        .into_iter()
        .next()
        .ok_or_else(|| SqlError::WrongArguments(function.function.to_string()))?;
    Ok(counted(value, ty))
}

fn over(
    call: Expr,
    partition: Vec<Expr>,
    order: Vec<Order>,
    frame: Option<(Bound, Bound)>,
) -> Expr {
    Expr::Over {
        call: call.into(),
        window: Window {
            partition,
            order,
            frame,
        },
    }
}

/// The first or last value that is not Null: nulls are ordered behind, or before, all others.
fn non_null(
    name: &str,
    args: Vec<Expr>,
    partition: Vec<Expr>,
    order: Vec<Order>,
) -> Result<Expr, SqlError> {
    let value = args
        .into_iter()
        .next()
        .ok_or_else(|| SqlError::WrongArguments(name.to_owned()))?;
    let first = name == "FirstNonNull";
    let by = Expr::IsNull {
        value: value.clone().into(),
        negated: !first,
    };
    let presence = Order {
        by,
        descending: false,
        nulls_first: true,
    };
    let call = Expr::call(
        if first { "first_value" } else { "last_value" },
        vec![value],
    );
    Ok(over(
        call,
        partition,
        std::iter::once(presence).chain(order).collect(),
        Some(WHOLE),
    ))
}

fn reads_window(expr: &relation::Expr, block: &Block) -> bool {
    let mut found = false;
    each_column(expr, &mut |index, _| {
        found |= block
            .columns
            .get(index)
            .and_then(Option::as_ref)
            .is_some_and(Expr::has_window);
    });
    found
}

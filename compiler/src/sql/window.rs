//! Window functions as SQL.

use super::block::{Block, Keep};
use super::build::Builder;
use super::error::SqlError;
use super::prune::{each_column, window_exprs};
use super::tree::{Bound, Expr, Order, Window};
use crate::formula::functions::{self, Frame, Lowering};
use crate::plan::relation::{self, ExprKind, NodeId, WindowFunction};
use crate::value::Value;

/// Every row of the partition.
const WHOLE: (Bound, Bound) = (Bound::Unbounded, Bound::Unbounded);
/// The rows up to the current one.
const RUNNING: (Bound, Bound) = (Bound::Unbounded, Bound::Row(0));

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
        id: &NodeId,
        input: &NodeId,
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
            block = self.fill_groups(block, input, live())?;
        }
        let mut fills = width;
        let mut results = Vec::with_capacity(functions.len());
        for (function, needed) in functions.iter().zip(&needed) {
            if !needed {
                results.push(None);
            } else if function.function == "FillDown" {
                results.push(Some(self.fill_down(function, &block, fills)?));
                fills += 1;
            } else {
                results.push(Some(self.function(function, &block)?));
            }
        }
        block.columns.truncate(width);
        block.columns.extend(results);
        Ok(block)
    }

    /// First step of `FillDown`: a column behind the input's own that numbers the runs from one value to the next.
    fn fill_groups<'f>(
        &mut self,
        mut block: Block,
        input: &NodeId,
        functions: impl Iterator<Item = &'f WindowFunction>,
    ) -> Result<Block, SqlError> {
        let width = block.columns.len();
        for function in functions.filter(|function| function.function == "FillDown") {
            let Parts {
                args,
                partition,
                order,
            } = self.parts(function, &block)?;
            let call = Expr::Aggregate {
                name: "count".into(),
                distinct: false,
                args,
                order: Vec::new(),
            };
            block
                .columns
                .push(Some(over(call, partition, order, Some(RUNNING))));
        }
        Ok(if block.columns.len() > width {
            self.wrap(block, input, Keep::Order)
        } else {
            block
        })
    }

    /// Second step: a run has one value at most.
    fn fill_down(
        &self,
        function: &WindowFunction,
        block: &Block,
        run: usize,
    ) -> Result<Expr, SqlError> {
        let Parts {
            args,
            mut partition,
            ..
        } = self.parts(function, block)?;
        partition.extend(block.columns.get(run).cloned().flatten());
        let call = Expr::Aggregate {
            name: "max".into(),
            distinct: false,
            args,
            order: Vec::new(),
        };
        Ok(over(call, partition, Vec::new(), None))
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
        let name = function.function.as_str();
        let declared =
            functions::function(name).and_then(|function| self.scalars.dialect.lowering(function));
        if let Some(Lowering::Window { call, frame }) = declared {
            let call_sql = self.scalars.fill(name, call, &args)?;
            let (order, frame) = framed(frame, function, &args, order)?;
            return Ok(over(call_sql, partition, order, frame));
        }
        match name {
            "FirstNonNull" | "LastNonNull" => non_null(name, args, partition, order),
            _ => self.whole_partition(function, args, partition, order),
        }
    }

    /// An aggregate over the whole partition.
    fn whole_partition(
        &self,
        function: &WindowFunction,
        args: Vec<Expr>,
        partition: Vec<Expr>,
        order: Vec<Order>,
    ) -> Result<Expr, SqlError> {
        let name = &function.function;
        let call = self
            .scalars
            .aggregate_call(name, &function.args, args, None, &order)?;
        match strip_order(call) {
            Expr::Aggregate { distinct: true, .. } => Err(SqlError::Unsupported {
                function: name.clone(),
                dialect: self.scalars.dialect.name(),
            }),
            // What keeps an order takes it from the window.
            call if matches!(name.as_str(), "ListAgg" | "ArrayAgg") => {
                Ok(over(call, partition, order, Some(WHOLE)))
            }
            call => Ok(over(call, partition, Vec::new(), None)),
        }
    }
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

/// Aggregates with an order of their own are no window functions.
fn strip_order(call: Expr) -> Expr {
    match call {
        Expr::Aggregate {
            name,
            distinct,
            args,
            ..
        } => Expr::Aggregate {
            name,
            distinct,
            args,
            order: Vec::new(),
        },
        Expr::Filtered { call, condition } => Expr::Filtered {
            call: strip_order(*call).into(),
            condition,
        },
        call => call,
    }
}

type Framed = (Vec<Order>, Option<(Bound, Bound)>);

fn framed(
    frame: Frame,
    function: &WindowFunction,
    args: &[Expr],
    order: Vec<Order>,
) -> Result<Framed, SqlError> {
    let wrong = || SqlError::WrongArguments(function.function.clone());
    Ok(match frame {
        Frame::Running => (order, Some(RUNNING)),
        Frame::Whole => (order, Some(WHOLE)),
        Frame::Position => (order, None),
        Frame::Moving(position) => {
            let above = constant(function.args.get(position)).ok_or_else(wrong)?;
            let below = match function.args.get(position + 1) {
                None => 0,
                below => constant(below).ok_or_else(wrong)?,
            };
            (
                order,
                Some((Bound::Row(above.saturating_neg()), Bound::Row(below))),
            )
        }
        Frame::Rank(position) => match args.get(position) {
            Some(value) => (vec![ranked(value, function, position)], None),
            None => (order, None),
        },
        Frame::RankUnique(position) => match args.get(position) {
            Some(value) => {
                let first = ranked(value, function, position);
                let rest = order.into_iter().filter(|key| key.by != first.by);
                (std::iter::once(first.clone()).chain(rest).collect(), None)
            }
            None => (order, None),
        },
    })
}

/// The order of a ranking: by its value, in the direction of the argument behind it.
fn ranked(value: &Expr, function: &WindowFunction, position: usize) -> Order {
    let direction = function
        .args
        .get(position + 1)
        .map(|direction| &direction.kind);
    let descending = matches!(direction, Some(ExprKind::Literal { value: Value::Text(word) })
        if word.eq_ignore_ascii_case("desc") || word.eq_ignore_ascii_case("descending"));
    Order {
        by: value.clone(),
        descending,
        nulls_first: !descending,
    }
}

fn constant(expr: Option<&relation::Expr>) -> Option<i64> {
    match &expr?.kind {
        ExprKind::Literal {
            value: Value::Integer(number),
        } => Some(*number),
        #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
        ExprKind::Literal {
            value: Value::Float(number),
        } if number.fract() == 0.0 && number.abs() < 1e15 => Some(*number as i64),
        _ => None,
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

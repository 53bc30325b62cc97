//! What the registry's frames mean in an `OVER` clause.

use super::dialect::Dialect;
use super::error::SqlError;
use super::tree::{Bound, Expr, Order};
use crate::formula::functions::Frame;
use crate::plan::relation::{self, ExprKind};
use crate::value::{Type, Value};

/// Every row of the partition.
pub(super) const WHOLE: (Bound, Bound) = (Bound::Unbounded, Bound::Unbounded);
/// The rows up to the current one.
pub(super) const RUNNING: (Bound, Bound) = (Bound::Unbounded, Bound::Row(0));

/// What stands in `OVER`.
pub(super) enum Framed {
    /// Order and frame.
    Over(Vec<Order>, Option<(Bound, Bound)>),
    /// The frame ends before it begins, which engines refuse: it holds no rows.
    Nothing,
    /// The width of the frame is Null, and so is the result on every row.
    Unknown,
}

/// Order and frame of a call of `name`; `order` is the plan's.
pub(super) fn framed(
    dialect: &dyn Dialect,
    frame: Frame,
    name: &str,
    plan: &[relation::Expr],
    args: &[Expr],
    order: Vec<Order>,
) -> Result<Framed, SqlError> {
    let wrong = || SqlError::WrongArguments(name.to_owned());
    let (order, frame) = match frame {
        Frame::Running => (order, Some(RUNNING)),
        Frame::Whole => (order, Some(WHOLE)),
        Frame::Position => (order, None),
        Frame::Moving(position) => {
            let above = plan.get(position).and_then(rows).ok_or_else(wrong)?;
            let below = match plan.get(position + 1) {
                None => Some(0),
                Some(below) => rows(below).ok_or_else(wrong)?,
            };
            let (Some(above), Some(below)) = (above, below) else {
                return Ok(Framed::Unknown);
            };
            if above.saturating_neg() > below {
                return Ok(Framed::Nothing);
            }
            (
                order,
                Some((Bound::Row(above.saturating_neg()), Bound::Row(below))),
            )
        }
        Frame::Rank(position) => match args.get(position) {
            Some(value) => (vec![ranked(dialect, value, plan, position)], None),
            None => (order, None),
        },
        Frame::RankUnique(position) => match args.get(position) {
            Some(value) => {
                let mut keys = vec![ranked(dialect, value, plan, position)];
                keys.extend(order.into_iter().filter(|key| key.by != *value));
                (keys, None)
            }
            None => (order, None),
        },
    };
    Ok(Framed::Over(order, frame))
}

/// The order of a ranking: by its value, in the direction of the argument behind it.
fn ranked(dialect: &dyn Dialect, value: &Expr, plan: &[relation::Expr], position: usize) -> Order {
    let direction = plan.get(position + 1);
    let ty = plan.get(position).map_or(Type::Unknown, |value| value.ty);
    let descending = matches!(direction.map(|direction| &direction.kind),
        Some(ExprKind::Literal { value: Value::Text(word) }) if word.eq_ignore_ascii_case("desc"));
    Order {
        by: dialect.sort_key(value.clone(), ty),
        descending,
        nulls_first: !descending,
    }
}

/// A number of rows that is known, cut to a whole one; `Some(None)` when it is Null.
fn rows(expr: &relation::Expr) -> Option<Option<i64>> {
    match &expr.kind {
        ExprKind::Literal { value } => Some(match value {
            Value::Integer(number) => Some(*number),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "saturating is what is wanted"
            )]
            Value::Float(number) => Some(*number as i64),
            _ => None,
        }),
        _ => None,
    }
}

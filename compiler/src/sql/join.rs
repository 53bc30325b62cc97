//! Joins: sides that are plain sources stay sources, everything else becomes a subquery.

use super::block::{Block, Keep};
use super::build::Builder;
use super::error::SqlError;
use super::scalar::comparison;
use super::tree::{Comparison, Expr, From};
use crate::plan::relation::{JoinCondition, JoinKind, NodeId};
use crate::value::Value;

/// Most sources of one SELECT: `SQLite` takes 64.
const MOST_SOURCES: usize = 60;

/// Which side of a join.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Left,
    Right,
}

impl Builder<'_> {
    /// Pairs rows. Columns: left ones, then right ones.
    pub(super) fn join(
        &mut self,
        left: NodeId,
        right: NodeId,
        kind: JoinKind,
        on: &[JoinCondition],
    ) -> Result<Block, SqlError> {
        // A join without a condition pairs everything; the others keep their unmatched rows.
        let kind = if on.is_empty() && kind == JoinKind::Inner {
            JoinKind::Cross
        } else {
            kind
        };
        let left_block = self.block(left)?;
        let left = self.side(left_block, left, kind, Side::Left);
        let right_block = self.block(right)?;
        let right = self.side(right_block, right, kind, Side::Right);
        let mut conditions = Vec::with_capacity(on.len());
        for condition in on {
            conditions.push(self.condition(condition, &left, &right)?);
        }
        // A filter of the side whose unmatched rows vanish decides about matching, so it belongs to the condition.
        let (matching, filters) = match kind {
            JoinKind::Left => (right.filters, left.filters),
            JoinKind::Right => (left.filters, right.filters),
            JoinKind::Inner | JoinKind::Full | JoinKind::Cross => {
                (Vec::new(), [left.filters, right.filters].concat())
            }
        };
        conditions.extend(matching);
        if conditions.is_empty() && kind != JoinKind::Cross {
            conditions.push(Expr::Value(Value::Logical(true)));
        }
        let from = match (left.from, right.from) {
            (Some(left), Some(right)) => Some(From::Join {
                left: left.into(),
                right: right.into(),
                kind,
                on: conditions,
            }),
            (left, right) => left.or(right),
        };
        Ok(Block {
            from,
            filters,
            columns: [left.columns, right.columns].concat(),
            level: left.level.max(right.level),
            ..Block::default()
        })
    }

    /// The block as a source of a join, a subquery if need be.
    fn side(&mut self, block: Block, id: NodeId, kind: JoinKind, side: Side) -> Block {
        // Rows of the other side may come without a partner here: then columns are Null, whatever computes them.
        let padded = match kind {
            JoinKind::Inner | JoinKind::Cross => false,
            JoinKind::Left => side == Side::Right,
            JoinKind::Right => side == Side::Left,
            JoinKind::Full => true,
        };
        let bare = |column: &Expr| matches!(column, Expr::Column { .. });
        let fits = block.is_rows()
            && block
                .from
                .as_ref()
                .is_some_and(|from| sources(from) < MOST_SOURCES)
            && (side == Side::Left || !matches!(block.from, Some(From::Join { .. })))
            && (kind != JoinKind::Full || block.filters.is_empty())
            && (!padded || block.columns.iter().flatten().all(bare));
        if fits {
            Block {
                order: Vec::new(),
                ..block
            }
        } else {
            self.wrap(block, id, Keep::Rows)
        }
    }

    fn condition(
        &self,
        condition: &JoinCondition,
        left: &Block,
        right: &Block,
    ) -> Result<Expr, SqlError> {
        let comparison = match (comparison(&condition.op), condition.null_safe) {
            (Some(Comparison::Equal), true) => Comparison::NullSafeEqual,
            (Some(Comparison::NotEqual), true) => Comparison::NullSafeNotEqual,
            (Some(comparison), _) => comparison,
            (None, _) => return Err(SqlError::UnknownFunction(condition.op.clone())),
        };
        let left = self.scalars.lower(&condition.left, &left.columns)?;
        let right = self.scalars.lower(&condition.right, &right.columns)?;
        Ok(Expr::compare(left, comparison, right))
    }
}

fn sources(from: &From) -> usize {
    match from {
        From::Join { left, .. } => 1 + sources(left),
        From::Table { .. }
        | From::Cte { .. }
        | From::Query { .. }
        | From::Raw { .. }
        | From::Values { .. } => 1,
    }
}

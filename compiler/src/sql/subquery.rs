//! Reading a SELECT as a subquery of another, with no more columns than are needed.

use super::block::{Block, Keep};
use super::build::Builder;
use super::prune::each_column;
use super::tree::{Alias, Expr, From, Order};
use crate::plan::relation::{self, NodeId};

impl Builder<'_> {
    /// Reads the block as a subquery when an expression would repeat a computed column, or use a computed group key
    /// in a larger expression, or an aggregate or window function where the engine does not take one.
    pub(super) fn settle<'e>(
        &mut self,
        block: Block,
        input: NodeId,
        read: impl Iterator<Item = &'e relation::Expr>,
        keep: Keep,
    ) -> Block {
        let mut uses = vec![0_usize; block.columns.len()];
        let mut repeats = false;
        let anywhere = self.scalars.dialect.takes_aggregates_anywhere();
        let is_grouped = block.grouping.is_some();
        for expr in read {
            each_column(expr, &mut |index, nested| {
                let Some((uses, Some(column))) = uses
                    .get_mut(index)
                    .zip(block.columns.get(index).map(Option::as_ref))
                else {
                    return;
                };
                *uses += 1;
                repeats |= (*uses > 1 && !column.is_trivial())
                    || (nested && block.is_computed_key(column))
                    || (nested
                        && !anywhere
                        && !column.is_trivial()
                        && (is_grouped || column.has_window()));
            });
        }
        if repeats {
            self.wrap(block, input, keep)
        } else {
            block
        }
    }

    /// Drops the columns of node `id` that only the node itself read. Columns behind the node's own stay.
    pub(super) fn read_only(&self, mut block: Block, id: NodeId) -> Block {
        for (index, column) in block
            .columns
            .iter_mut()
            .enumerate()
            .take(self.columns(id).len())
        {
            if !self.needs(id, index) {
                *column = None;
            }
        }
        block
    }

    /// Reads the block as a subquery. `id` is the node whose columns it has.
    pub(super) fn wrap(&mut self, block: Block, id: NodeId, keep: Keep) -> Block {
        let level = block.level + 1;
        let export = self.read_only(block, id).export(self.columns(id), keep);
        let alias = self.alias();
        let from = From::Query {
            query: export.query.into(),
            alias,
        };
        Block {
            level,
            ..reread(from, alias, &export.names, &export.order)
        }
    }
}

/// A block that reads exported columns, in the exported order.
pub(super) fn reread(
    from: From,
    alias: Alias,
    names: &[Option<String>],
    order: &[(String, Order)],
) -> Block {
    let read = |name: &String| Expr::Column {
        source: alias,
        name: name.clone(),
    };
    let columns = names.iter().map(|name| name.as_ref().map(read)).collect();
    let order = order
        .iter()
        .map(|(name, key)| Order {
            by: read(name),
            ..key.clone()
        })
        .collect();
    Block {
        order,
        ..Block::source(from, columns)
    }
}

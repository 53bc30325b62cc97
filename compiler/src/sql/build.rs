//! Nodes to SELECTs: each operator joins the SELECT below it when that means the same, else it reads it as a subquery.

use std::collections::BTreeMap;

use super::aggregate::plain;
use super::block::{Block, Export, Keep};
use super::dialect::Dialect;
use super::error::SqlError;
use super::idle::is_idle;
use super::prepare::Prepared;
use super::prune::{Usage, aggregate_exprs, is_cheap};
use super::render::Options;
use super::scalar::{Scalars, column};
use super::subquery::reread;
use super::tree::{Alias, Expr, From, Infix, Order, Query};
use super::window::is_positional;
use crate::bind::Bindings;
use crate::plan::relation::{
    self, Aggregate, Column, ExprKind, Node, NodeId, Nulls, Operator, ScanColumn, SortKey,
};

/// Deepest nesting of subqueries: engines and stacks have limits not far above.
const DEEPEST: usize = 250;

/// A common table expression and how to read it.
struct Shared {
    index: usize,
    names: Vec<Option<String>>,
    order: Vec<(String, Order)>,
}

/// Builds one statement.
pub(super) struct Builder<'a> {
    plan: &'a Prepared,
    usage: &'a BTreeMap<NodeId, Usage>,
    pub(super) scalars: Scalars<'a>,
    options: Options<'a>,
    aliases: usize,
    ctes: Vec<Query>,
    /// Nodes that became common table expressions.
    shared: BTreeMap<NodeId, Shared>,
    /// Nodes that are built and that the one node above them has not read yet.
    ready: BTreeMap<NodeId, Block>,
}

impl<'a> Builder<'a> {
    /// A builder for the root of a prepared plan.
    pub(super) fn new(
        plan: &'a Prepared,
        usage: &'a BTreeMap<NodeId, Usage>,
        bindings: &'a Bindings,
        dialect: &'a dyn Dialect,
        options: Options<'a>,
    ) -> Self {
        let scalars = Scalars { dialect, bindings };
        Self {
            plan,
            usage,
            scalars,
            options,
            aliases: 0,
            ctes: Vec::new(),
            shared: BTreeMap::new(),
            ready: BTreeMap::new(),
        }
    }

    /// Common table expressions and the query over them.
    pub(super) fn build(mut self) -> Result<(Vec<Query>, Query), SqlError> {
        let plan = self.plan;
        // Inputs first, so that long chains need no deep stack.
        for id in plan.order.iter().rev() {
            let Some(node) = plan.nodes.get(id) else {
                continue;
            };
            let Some(usage) = self.usage.get(id) else {
                continue;
            };
            let shared = usage.reads > 1;
            if shared && is_cheap(&plan.nodes, *id) {
                continue;
            }
            let block = self.operator(*id, node)?;
            if block.level > DEEPEST {
                return Err(SqlError::TooDeep);
            }
            if shared {
                let Export {
                    query,
                    names,
                    order,
                } = self
                    .read_only(block, *id)
                    .export(&node.columns, Keep::Order);
                self.shared.insert(
                    *id,
                    Shared {
                        index: self.ctes.len(),
                        names,
                        order,
                    },
                );
                self.ctes.push(query);
            } else {
                self.ready.insert(*id, block);
            }
        }
        let query = self
            .block(plan.root)?
            .into_statement(self.columns(plan.root));
        Ok((self.ctes, query))
    }

    pub(super) fn alias(&mut self) -> Alias {
        self.aliases += 1;
        Alias(self.aliases)
    }

    /// Output columns of a node.
    pub(super) fn columns(&self, id: NodeId) -> &'a [Column] {
        self.plan.nodes.get(&id).map_or(&[], |node| &node.columns)
    }

    /// Whether somebody reads an output column.
    pub(super) fn needs(&self, id: NodeId, column: usize) -> bool {
        self.usage
            .get(&id)
            .is_some_and(|usage| usage.columns.contains(&column))
    }

    /// The rows of a node.
    pub(super) fn block(&mut self, id: NodeId) -> Result<Block, SqlError> {
        if let Some(block) = self.ready.remove(&id) {
            return Ok(block);
        }
        if let Some(Shared {
            index,
            names,
            order,
        }) = self.shared.get(&id)
        {
            self.aliases += 1;
            let alias = Alias(self.aliases);
            return Ok(reread(
                From::Cte {
                    index: *index,
                    alias,
                },
                alias,
                names,
                order,
            ));
        }
        // What is cheap is built for every node that reads it.
        let node = self
            .plan
            .nodes
            .get(&id)
            .ok_or_else(|| SqlError::MissingNode(id.to_string()))?;
        self.operator(id, node)
    }

    fn operator(&mut self, id: NodeId, node: &'a Node) -> Result<Block, SqlError> {
        match &node.operator {
            Operator::Scan { table, columns } => {
                Ok(self.scan(id, table.clone(), columns, &node.columns))
            }
            Operator::InputTable { table, columns } => {
                let path = (self.options.input_table)(table);
                let columns: Vec<_> = columns
                    .iter()
                    .map(|name| ScanColumn {
                        name: name.clone(),
                        zoned: false,
                    })
                    .collect();
                Ok(self.scan(id, path, &columns, &node.columns))
            }
            Operator::Sql { parts, columns } => self.sql(id, parts, columns, &node.columns),
            Operator::Values { rows } => Ok(self.values(id, rows, &node.columns)),
            Operator::Project { input, expressions } => self.project(id, *input, expressions),
            Operator::Filter { input, predicates } => self.filter(*input, predicates),
            Operator::Aggregate {
                input,
                keys,
                aggregates,
            } => self.aggregate(id, *input, keys, aggregates),
            Operator::Join {
                left,
                right,
                kind,
                on,
            } => {
                let needed = self.usage.get(&id).map(|usage| &usage.columns);
                if needed.is_some_and(|needed| is_idle(&self.plan.nodes, &node.operator, needed)) {
                    let mut block = self.block(*left)?;
                    block.columns.resize(node.columns.len(), None);
                    return Ok(block);
                }
                self.join(*left, *right, *kind, on)
            }
            Operator::Union { inputs } => self.union(id, inputs, &node.columns),
            Operator::Window { input, functions } => self.window(id, *input, functions),
            Operator::Sort { input, keys } => self.sort(*input, keys),
            Operator::Limit {
                input,
                count,
                offset,
            } => self.limit(*input, *count, *offset),
        }
    }

    fn project(
        &mut self,
        id: NodeId,
        input: NodeId,
        expressions: &[relation::Expr],
    ) -> Result<Block, SqlError> {
        let mut block = self.block(input)?;
        let needed: Vec<bool> = (0..expressions.len())
            .map(|index| self.needs(id, index))
            .collect();
        if self.isolates(expressions) && (block.grouping.is_some() || block.is_windowed()) {
            block = self.wrap(block, input, Keep::Order);
        }
        let read = expressions
            .iter()
            .zip(&needed)
            .filter(|(_, needed)| **needed)
            .map(|(expr, _)| expr);
        let mut block = self.settle(block, input, read, Keep::Order);
        let columns = expressions.iter().zip(&needed);
        let columns = columns.map(|(expr, needed)| {
            needed
                .then(|| self.scalars.lower(expr, &block.columns))
                .transpose()
        });
        block.columns = columns.collect::<Result<_, _>>()?;
        Ok(block)
    }

    /// Whether one of some expressions is written as a subquery over its arguments.
    fn isolates(&self, expressions: &[relation::Expr]) -> bool {
        fn called(expr: &relation::Expr, dialect: &dyn Dialect) -> bool {
            match &expr.kind {
                ExprKind::Call { function, args } => {
                    dialect.isolates(function) || args.iter().any(|arg| called(arg, dialect))
                }
                _ => false,
            }
        }
        let dialect = self.scalars.dialect;
        expressions.iter().any(|expr| called(expr, dialect))
    }

    fn filter(&mut self, input: NodeId, predicates: &[relation::Expr]) -> Result<Block, SqlError> {
        let mut block = self.block(input)?;
        if predicates.is_empty() {
            return Ok(block);
        }
        // Without keys there is one group whatever the rows, and not every engine has HAVING then.
        let single = block.grouping.as_ref().is_some_and(Vec::is_empty)
            || (block.grouping.is_some() && self.isolates(predicates));
        if block.limit.is_some() || block.is_windowed() || single {
            block = self.wrap(block, input, Keep::Order);
        }
        for predicate in self.scalars.lower_all(predicates, &block.columns)? {
            let target = if block.grouping.is_some() {
                &mut block.having
            } else {
                &mut block.filters
            };
            match predicate {
                Expr::Infix {
                    operator: Infix::And,
                    operands,
                } => target.extend(operands),
                predicate => target.push(predicate),
            }
        }
        Ok(block)
    }

    fn aggregate(
        &mut self,
        id: NodeId,
        input: NodeId,
        keys: &[relation::Expr],
        aggregates: &[Aggregate],
    ) -> Result<Block, SqlError> {
        let mut block = self.block(input)?;
        if !block.is_rows() {
            block = self.wrap(block, input, Keep::Order);
        }
        let needed: Vec<bool> = (0..keys.len() + aggregates.len())
            .map(|index| self.needs(id, index))
            .collect();
        let read = aggregates
            .iter()
            .zip(needed.iter().skip(keys.len()))
            .filter(|(_, needed)| **needed);
        let read = keys
            .iter()
            .chain(read.flat_map(|(aggregate, _)| aggregate_exprs(aggregate)));
        let mut block = self.settle(block, input, read, Keep::Order);
        let live = aggregates.iter().zip(needed.iter().skip(keys.len()));
        let live = live
            .filter(|(_, needed)| **needed)
            .map(|(aggregate, _)| aggregate);
        let mut position = block.columns.len();
        block = self.group_positions(block, input, keys, live)?;
        block.order.clear();
        let keys = self.scalars.lower_all(keys, &block.columns)?;
        let mut columns: Vec<Option<Expr>> = keys
            .iter()
            .zip(&needed)
            .map(|(key, needed)| needed.then(|| key.clone()))
            .collect();
        for (aggregate, needed) in aggregates.iter().zip(needed.iter().skip(keys.len())) {
            columns.push(if !needed {
                None
            } else if is_positional(aggregate) {
                position += 1;
                Some(plain("max", vec![column(&block.columns, position - 1)?]))
            } else {
                Some(self.scalars.aggregate(aggregate, &block.columns)?)
            });
        }
        block.columns = columns;
        block.grouping = Some(keys);
        Ok(block)
    }

    fn union(
        &mut self,
        id: NodeId,
        inputs: &[NodeId],
        columns: &[Column],
    ) -> Result<Block, SqlError> {
        let mut members = Vec::with_capacity(inputs.len());
        let mut names = vec![None; columns.len()];
        let mut level = 0;
        for input in inputs {
            let mut block = self.block(*input)?;
            if block.limit.is_some() {
                block = self.wrap(block, *input, Keep::Rows);
            }
            level = level.max(block.level + 1);
            let export = self.read_only(block, id).export(columns, Keep::Rows);
            names = export.names;
            members.push(export.query);
        }
        let alias = self.alias();
        let query = if members.len() == 1 {
            members.swap_remove(0)
        } else {
            Query::UnionAll(members)
        };
        let from = From::Query {
            query: query.into(),
            alias,
        };
        Ok(Block {
            level,
            ..reread(from, alias, &names, &[])
        })
    }

    fn sort(&mut self, input: NodeId, keys: &[SortKey]) -> Result<Block, SqlError> {
        let mut block = self.block(input)?;
        if block.limit.is_some() {
            block = self.wrap(block, input, Keep::Rows);
        }
        block.order = self.order(keys, &block.columns)?;
        Ok(block)
    }

    /// Sort keys over columns. A constant orders nothing.
    pub(super) fn order(
        &self,
        keys: &[SortKey],
        columns: &[Option<Expr>],
    ) -> Result<Vec<Order>, SqlError> {
        let mut order: Vec<Order> = Vec::with_capacity(keys.len());
        for key in keys {
            let by = self.scalars.lower(&key.by, columns)?;
            if matches!(by, Expr::Value(_)) {
                continue;
            }
            let by = self.scalars.dialect.sort_key(by, key.by.ty);
            if !order.iter().any(|known| known.by == by) {
                order.push(Order {
                    by,
                    descending: key.descending,
                    nulls_first: key.nulls == Nulls::First,
                });
            }
        }
        Ok(order)
    }

    fn limit(&mut self, input: NodeId, count: u64, offset: u64) -> Result<Block, SqlError> {
        let mut block = self.block(input)?;
        block.limit = Some(match block.limit {
            None => (count, offset),
            Some((kept, skipped)) => (
                count.min(kept.saturating_sub(offset)),
                skipped.saturating_add(offset),
            ),
        });
        Ok(block)
    }
}

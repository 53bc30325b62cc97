//! Sources to relations whose columns are the source's, in order.

use std::sync::Arc;

use super::Lowerer;
use super::lookup::over_source;
use super::stage::null;
use crate::plan::relation::{Column, Expr, JoinCondition, NodeId, ScanColumn, SqlPart};
use crate::typing::{Leg, Source, SourceColumn, SourceKind, SqlText};
use crate::value::{Type, Value};

impl Lowerer<'_> {
    /// The rows of a source. `without` names a control whose filters are left out of everything beneath.
    pub(crate) fn source(&mut self, source: &Source, without: Option<&str>) -> NodeId {
        match &source.kind {
            SourceKind::Scan { table, zoned } => self
                .nodes
                .scan(table.clone(), physical(&source.columns, zoned)),
            SourceKind::Sql { parts, zoned } => {
                let parts = parts
                    .iter()
                    .map(|part| match part {
                        SqlText::Text(text) => SqlPart::Text(text.clone()),
                        SqlText::Table(path) => SqlPart::Table(path.clone()),
                        SqlText::Value(typed) => SqlPart::Value(over_source(typed)),
                    })
                    .collect();
                self.nodes.sql(parts, physical(&source.columns, zoned))
            }
            SourceKind::Element {
                element,
                depth,
                columns,
            } => self.rows(*element, *depth, columns, without),
            SourceKind::Input { table, columns } => {
                let columns = columns
                    .iter()
                    .zip(&source.columns)
                    .map(|(id, c)| (id.clone(), column(c)))
                    .collect();
                self.nodes.input_table(table.clone(), columns)
            }
            SourceKind::Join(legs) => self.join(legs, without),
            SourceKind::Union(inputs) => {
                let inputs = inputs
                    .iter()
                    .map(|(input, map)| self.union_input(input, map, &source.columns, without))
                    .collect();
                self.nodes.union(inputs)
            }
            SourceKind::Unit | SourceKind::Broken => {
                let one = Column {
                    name: "one".into(),
                    ty: Type::Number,
                };
                self.nodes.values(vec![one], vec![vec![Value::Integer(1)]])
            }
        }
    }

    fn join(&mut self, legs: &[Leg], without: Option<&str>) -> NodeId {
        let mut joined: Option<NodeId> = None;
        for leg in legs {
            let right = self.source(&leg.source, without);
            joined = Some(match joined {
                None => right,
                Some(left) => {
                    let on = leg
                        .on
                        .iter()
                        .map(|(left, op, right)| JoinCondition {
                            left: over_source(left),
                            op: op.clone(),
                            right: over_source(right),
                            null_safe: false,
                        })
                        .collect();
                    self.nodes.join(left, right, leg.kind, on)
                }
            });
        }
        joined.unwrap_or_else(|| self.source(&Source::unit(), without))
    }

    fn union_input(
        &mut self,
        input: &Source,
        map: &[Option<usize>],
        columns: &[SourceColumn],
        without: Option<&str>,
    ) -> NodeId {
        let node = self.source(input, without);
        let list = map
            .iter()
            .zip(columns)
            .map(|(position, column)| {
                let expr = position
                    .map_or_else(|| null(column.ty), |i| Expr::column(i, input.columns[i].ty));
                (Arc::clone(&column.name), expr)
            })
            .collect();
        self.nodes.project(node, list)
    }
}

fn column(column: &SourceColumn) -> Column {
    Column {
        name: Arc::clone(&column.name),
        ty: column.ty,
    }
}

fn physical(columns: &[SourceColumn], zoned: &[bool]) -> Vec<(ScanColumn, Type)> {
    columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let zoned = zoned.get(i).copied().unwrap_or_default();
            (
                ScanColumn {
                    name: column.name.to_string(),
                    zoned,
                },
                column.ty,
            )
        })
        .collect()
}

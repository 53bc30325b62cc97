//! Nodes without inputs: tables, custom statements, literal rows.

use super::block::Block;
use super::build::Builder;
use super::error::SqlError;
use super::scalar::element;
use super::tree::{Alias, Expr, From, Piece, values_column};
use crate::plan::relation::{self, Column, ExprKind, NodeId, ScanColumn, SqlPart};
use crate::value::{Type, Value};

impl Builder<'_> {
    /// Rows of a table.
    pub(super) fn scan(
        &mut self,
        id: NodeId,
        path: Vec<String>,
        physical: &[ScanColumn],
        columns: &[Column],
    ) -> Block {
        let alias = self.alias();
        let columns = self.physical(id, alias, physical, columns);
        Block::source(From::Table { path, alias }, columns)
    }

    /// The columns of a source that somebody needs, as wall-clock time where they hold instants.
    fn physical(
        &self,
        id: NodeId,
        alias: Alias,
        physical: &[ScanColumn],
        columns: &[Column],
    ) -> Vec<Option<Expr>> {
        let dialect = self.scalars.dialect;
        let zone = self.scalars.bindings.settings.time_zone.as_str();
        let differs = !dialect.stores_utc() || !zone.eq_ignore_ascii_case("UTC");
        let pairs = physical.iter().zip(columns).enumerate();
        pairs
            .map(|(index, (physical, column))| {
                self.needs(id, index).then(|| {
                    let bare = Expr::Column {
                        source: alias,
                        name: physical.name.clone(),
                    };
                    if physical.zoned && column.ty == Type::Date && differs {
                        dialect.wall_clock(bare, Expr::Value(Value::text(zone)))
                    } else {
                        bare
                    }
                })
            })
            .collect()
    }

    /// Rows of a custom statement.
    pub(super) fn sql(
        &mut self,
        id: NodeId,
        parts: &[SqlPart],
        physical: &[ScanColumn],
        columns: &[Column],
    ) -> Result<Block, SqlError> {
        let last = parts.len().saturating_sub(1);
        let mut pieces = Vec::with_capacity(parts.len());
        for (index, part) in parts.iter().enumerate() {
            match part {
                SqlPart::Text(text) if index == last => {
                    pieces.push(Piece::Text(
                        text.trim_end().trim_end_matches(';').to_owned().into(),
                    ));
                }
                SqlPart::Text(text) => pieces.push(Piece::Text(text.clone().into())),
                SqlPart::Table(path) => {
                    pieces.push(Piece::Text(self.scalars.dialect.table(path).into()));
                }
                SqlPart::Value(expr) => self.sql_value(expr, &mut pieces)?,
            }
        }
        let alias = self.alias();
        let columns = self.physical(id, alias, physical, columns);
        Ok(Block::source(From::Raw { pieces, alias }, columns))
    }

    /// A value in custom SQL; an array is a list in parentheses, an empty one holds a Null so that `IN` stays valid.
    fn sql_value(&self, expr: &relation::Expr, pieces: &mut Vec<Piece>) -> Result<(), SqlError> {
        let elements = match &expr.kind {
            ExprKind::Literal {
                value: Value::Variant(json),
            } => json.as_array(),
            _ => None,
        };
        let Some(elements) = elements else {
            pieces.push(Piece::Expr(self.scalars.lower(expr, &[])?));
            return Ok(());
        };
        let mut values: Vec<Value> = elements
            .iter()
            .filter_map(|json| element(json, Type::Unknown))
            .collect();
        if values.is_empty() {
            values.push(Value::Null);
        }
        for (index, value) in values.into_iter().enumerate() {
            pieces.push(Piece::Text(if index == 0 { "(" } else { ", " }.into()));
            pieces.push(Piece::Expr(Expr::Value(value)));
        }
        pieces.push(Piece::Text(")".into()));
        Ok(())
    }

    /// Literal rows.
    pub(super) fn values(&mut self, id: NodeId, rows: &[Vec<Value>], columns: &[Column]) -> Block {
        let declared = columns;
        let needed: Vec<bool> = (0..columns.len())
            .map(|index| self.needs(id, index))
            .collect();
        let pick = |row: &Vec<Value>| -> Vec<Option<Expr>> {
            let cells = needed.iter().enumerate();
            let cell = |index| row.get(index).cloned().unwrap_or(Value::Null);
            cells
                .map(|(index, needed)| needed.then(|| Expr::Value(cell(index))))
                .collect()
        };
        match rows {
            [] => Block {
                columns: pick(&Vec::new()),
                filters: vec![Expr::Value(Value::Logical(false))],
                ..Block::default()
            },
            [only] => Block {
                columns: pick(only),
                ..Block::default()
            },
            rows => {
                let alias = self.alias();
                let columns = needed.iter().enumerate();
                let columns = columns.map(|(index, needed)| {
                    needed.then(|| Expr::Column {
                        source: alias,
                        name: values_column(index),
                    })
                });
                Block::source(
                    From::Values {
                        rows: rows.to_vec(),
                        types: declared.iter().map(|column| column.ty).collect(),
                        alias,
                    },
                    columns.collect(),
                )
            }
        }
    }
}

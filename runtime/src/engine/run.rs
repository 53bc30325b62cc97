//! From a relation to rows: render, look into the cache, ask the engine.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use bookwright_compiler::bind::{Bindings, Bound};
use bookwright_compiler::plan::relation::{NodeId, Operator};
use bookwright_compiler::sql::{self, Options, render};
use bookwright_compiler::value::{Type, Value};

use super::derive::Derived;
use super::{Engine, EngineError};
use crate::adapter::{Batch, Limits, Statement};
use crate::store::{self, Allowed};

/// Time of one query.
const TIME: Duration = Duration::from_secs(30);

impl Engine {
    /// All rows of a relation, at most `limit`.
    pub(super) async fn run(
        &self,
        derived: &Derived,
        bindings: &Bindings,
        limit: u64,
    ) -> Result<Arc<Batch>, EngineError> {
        let statement = self.render(derived, bindings)?;
        let key = self.key(derived, &statement, limit);
        let types: Vec<Type> = statement.columns.iter().map(|column| column.ty).collect();
        let statement = Statement::new(statement.text, statement.params).returning(types);
        let query = async {
            let limits = Limits {
                time: TIME,
                rows: limit,
            };
            self.adapter.query(statement, limits).await?.collect().await
        };
        Ok(self.shared.cache.get(key, query).await?)
    }

    /// The statement of a relation, as sent to the engine.
    pub(super) fn render(
        &self,
        derived: &Derived,
        bindings: &Bindings,
    ) -> Result<sql::Statement, EngineError> {
        let bound = Bound {
            controls: &self.plan.controls,
            bindings,
        };
        let input_table = |table: &str| store::scanned(&self.plan.id, table);
        let options = Options {
            input_table: &input_table,
        };
        Ok(render(
            derived.nodes(),
            derived.root(),
            bound,
            &sql::Sqlite,
            options,
        )?)
    }

    /// Statement and values say what was asked (controls and now are among the values, when they matter at all);
    /// versions say of which data.
    fn key(&self, derived: &Derived, statement: &sql::Statement, limit: u64) -> super::cache::Key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(statement.text.as_bytes());
        hasher.update(&limit.to_le_bytes());
        for column in &statement.columns {
            hasher.update(column.ty.as_str().as_bytes());
        }
        for param in &statement.params {
            hasher.update(format!("\u{0}{param:?}").as_bytes());
        }
        hasher.update(&self.shared.generation().to_le_bytes());
        let mut tables = BTreeSet::new();
        for node in derived.nodes().values() {
            match &node.operator {
                Operator::InputTable { table, .. } => {
                    tables.insert(table.as_str());
                }
                // Custom SQL may read the views of any input table.
                Operator::Sql { .. } => {
                    tables.extend(self.plan.input_tables.keys().map(String::as_str));
                }
                _ => {}
            }
        }
        for table in tables {
            hasher.update(table.as_bytes());
            hasher.update(&self.store.edit_num(&self.plan.id, table).to_le_bytes());
        }
        *hasher.finalize().as_bytes()
    }

    /// Number of rows of a relation.
    pub(super) async fn count(
        &self,
        derived: Derived,
        bindings: &Bindings,
    ) -> Result<u64, EngineError> {
        let batch = self.run(&derived.counted(), bindings, 1).await?;
        Ok(match batch.row(0).first() {
            Some(Value::Integer(count)) => u64::try_from(*count).unwrap_or_default(),
            _ => 0,
        })
    }

    /// First column of the first row of a relation; Null when there is none.
    ///
    /// # Errors
    /// When the relation cannot be computed.
    pub async fn scalar(&self, node: NodeId, bindings: &Bindings) -> Result<Value, EngineError> {
        let batch = self
            .run(&Derived::of(&self.plan.nodes, node).page(0, 1), bindings, 1)
            .await?;
        Ok(batch
            .columns
            .first()
            .and_then(|column| column.first())
            .cloned()
            .unwrap_or(Value::Null))
    }

    /// First column of a relation, at most `limit` values.
    ///
    /// # Errors
    /// When the relation cannot be computed.
    pub async fn column(
        &self,
        node: NodeId,
        bindings: &Bindings,
        limit: u64,
    ) -> Result<Vec<Value>, EngineError> {
        self.first_column(&Derived::of(&self.plan.nodes, node), bindings, limit)
            .await
    }

    /// First column of a relation made for the request, at most `limit` values.
    ///
    /// # Errors
    /// When the relation cannot be computed.
    pub async fn first_column(
        &self,
        derived: &Derived,
        bindings: &Bindings,
        limit: u64,
    ) -> Result<Vec<Value>, EngineError> {
        Ok(self
            .run(derived, bindings, limit)
            .await?
            .columns
            .first()
            .cloned()
            .unwrap_or_default())
    }

    /// Options of the selects among `columns` of an input table that take them from data.
    ///
    /// # Errors
    /// When a relation cannot be computed.
    pub async fn allowed(
        &self,
        table: &str,
        columns: &BTreeSet<&str>,
        bindings: &Bindings,
    ) -> Result<Allowed, EngineError> {
        let mut allowed = Allowed::new();
        let all = self
            .plan
            .input_tables
            .get(table)
            .into_iter()
            .flat_map(|table| &table.columns);
        for column in all.filter(|column| columns.contains(column.id.as_str())) {
            if let Some(node) = &column.options_from {
                allowed.insert(
                    *node,
                    self.column(*node, bindings, super::OPTIONS_CHECKED).await?,
                );
            }
        }
        Ok(allowed)
    }
}

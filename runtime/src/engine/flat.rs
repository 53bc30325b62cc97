//! Rows of an element without groups, page by page.

use std::sync::Arc;

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::plan::element::{DataElement, DataKind, View};
use bookwright_compiler::plan::relation::{Expr, SortKey};
use bookwright_compiler::value::Value;

use super::derive::{Derived, sort_key};
use super::{Engine, EngineError, ROWS, wire};
use crate::adapter::Batch;
use crate::protocol::query::{Direction, Table, Want};

/// Name of the column that addresses the rows of an input table.
const ROW_ID: &str = "_row_id";

/// Which of the visitor's sorts apply to a relation.
#[derive(Clone, Copy)]
pub(super) enum Sorts {
    /// All of them.
    All,
    /// Those by columns of one level; `None` for base columns.
    Of(Option<usize>),
}

impl Engine {
    /// The page of a view that was asked for.
    pub(super) async fn flat(
        &self,
        data: &DataElement,
        view: &View,
        want: &Want,
        bindings: &Bindings,
    ) -> Result<Table, EngineError> {
        // Read before the rows: they hold at least these edits, and doing one again does no harm.
        let edit_num = (data.kind == DataKind::InputTable)
            .then(|| {
                data.input_tables
                    .iter()
                    .map(|table| self.store.edit_num(&self.plan.id, table))
                    .max()
            })
            .flatten();
        let (offset, asked) = want.rows.unwrap_or((0, ROWS));
        let size = asked.min(ROWS);
        let whole = self.ordered(data, view, Sorts::All, want, None);
        let batch = self
            .run(&whole.clone().page(offset, size), bindings, size)
            .await?;
        let rows = batch.rows as u64;
        let count = if rows < size && (rows > 0 || offset == 0) {
            offset + rows
        } else {
            self.count(whole, bindings).await?
        };
        let mut table = columnar(view, &batch);
        table.count = count;
        table.offset = offset;
        table.truncated = asked >= ROWS && rows == ROWS && offset + rows < count;
        table.edit_num = edit_num;
        let names = view
            .columns
            .iter()
            .map(|index| data.columns.get(*index).map(|column| &*column.id));
        if let Some(place) = names.into_iter().position(|id| id == Some(ROW_ID)) {
            table.keys = batch
                .columns
                .get(place)
                .map(|ids| ids.iter().map(plain).collect());
        }
        Ok(table)
    }

    /// The relation in the visitor's order, ties broken by the element's own. `sorts` are the visitor's that apply
    /// here; `predicate` keeps some rows.
    pub(super) fn ordered(
        &self,
        data: &DataElement,
        view: &View,
        sorts: Sorts,
        want: &Want,
        predicate: Option<Expr>,
    ) -> Derived {
        let derived = Derived::of(&self.plan.nodes, view.node);
        let mut keys = visitor_keys(data, view, sorts, want, &derived);
        if keys.is_empty() && predicate.is_none() {
            return derived;
        }
        keys.extend(view.order.iter().cloned());
        match predicate {
            Some(predicate) => derived.filtered(predicate).sorted(keys),
            None => derived.sorted(keys),
        }
    }
}

/// The visitor's own sort, over the columns of a view.
fn visitor_keys(
    data: &DataElement,
    view: &View,
    sorts: Sorts,
    want: &Want,
    derived: &Derived,
) -> Vec<SortKey> {
    let place = |id: &str| {
        let index = data.columns.iter().position(|column| *column.id == *id)?;
        let lives = data.columns.get(index)?.level;
        let here = match sorts {
            Sorts::All => true,
            Sorts::Of(level) => level == lives,
        };
        here.then(|| view.columns.iter().position(|column| *column == index))
            .flatten()
    };
    want.sort
        .iter()
        .filter_map(|(id, direction)| {
            Some(sort_key(
                derived.column(place(id)?),
                *direction == Direction::Desc,
            ))
        })
        .collect()
}

/// The wire form of a batch; counts are the caller's.
pub(super) fn columnar(view: &View, batch: &Arc<Batch>) -> Table {
    Table {
        count: batch.rows as u64,
        offset: 0,
        columns: view.columns.clone(),
        values: batch
            .columns
            .iter()
            .map(|column| column.iter().map(wire::cell).collect())
            .collect(),
        depth: None,
        kind: None,
        keys: None,
        edit_num: None,
        waiting_for: Vec::new(),
        truncated: batch.truncated,
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.as_ref().to_owned(),
        other => wire::cell(other).to_string(),
    }
}

//! An element's rows without end: batch by batch, for files, and read through for a text.

use std::time::Duration;

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::bind::date::iso_text;
use bookwright_compiler::plan::element::{DataElement, View};
use bookwright_compiler::value::{Type, Value};

use super::flat::Sorts;
use super::listing::{Grain, shown, view};
use super::{Engine, EngineError, wire};
use crate::adapter::{AdapterError, Batch, Limits, Rows, Statement};
use crate::protocol::find::{FindReply, MOST_FOUND};
use crate::protocol::query::Want;

/// Time that a file may take.
const LONGEST: Duration = Duration::from_mins(10);

/// All rows of an element, visible columns in display order. Dropping it stops the engine.
#[derive(Debug)]
pub struct Whole {
    /// Names and types of the columns.
    pub columns: Vec<(String, Type)>,
    /// Required controls that are empty; then there are no rows.
    pub waiting_for: Vec<String>,
    places: Vec<usize>,
    rows: Option<Rows>,
}

impl Whole {
    /// The next rows, as wide as the columns; `None` at the end.
    ///
    /// # Errors
    /// When the engine fails or the time is over.
    pub async fn next(&mut self) -> Result<Option<Batch>, AdapterError> {
        let Some(rows) = &mut self.rows else {
            return Ok(None);
        };
        let batch = rows.next().await?;
        Ok(batch.map(|mut batch| Batch {
            columns: self
                .places
                .iter()
                .map(|place| {
                    batch
                        .columns
                        .get_mut(*place)
                        .map(std::mem::take)
                        .unwrap_or_default()
                })
                .collect(),
            rows: batch.rows,
            truncated: batch.truncated,
        }))
    }
}

impl Engine {
    /// All rows of an element in the visitor's order.
    ///
    /// # Errors
    /// When there is no such element or level, or the engine refuses.
    pub async fn whole(
        &self,
        want: &Want,
        grain: &Grain,
        bindings: &Bindings,
    ) -> Result<Whole, EngineError> {
        let data = self.find(&want.el)?;
        let view = view(data, grain)?;
        let (places, columns) = shown(data, view);
        let columns = columns
            .into_iter()
            .map(|column| (column.name.to_string(), column.ty))
            .collect();
        let waiting_for = self.waiting.unmet(&self.plan, &data.id, bindings);
        let rows = if waiting_for.is_empty() {
            Some(self.stream(data, view, want, bindings).await?)
        } else {
            None
        };
        Ok(Whole {
            columns,
            waiting_for,
            places,
            rows,
        })
    }

    /// Rows of a view in the visitor's order, as the engine gives them, past the cache.
    async fn stream(
        &self,
        data: &DataElement,
        view: &View,
        want: &Want,
        bindings: &Bindings,
    ) -> Result<Rows, EngineError> {
        let derived = self.ordered(data, view, Sorts::All, want, None);
        let statement = self.render(&derived, bindings)?;
        let types = statement.columns.iter().map(|column| column.ty).collect();
        let statement = Statement::new(statement.text, statement.params).returning(types);
        let limits = Limits {
            time: LONGEST,
            rows: u64::MAX,
        };
        Ok(self.adapter.query(statement, limits).await?)
    }

    /// Where, in the list that the page shows, a visible cell holds one of the texts, ignoring case. In a grouped table
    /// the rows of closed groups are not in the list.
    ///
    /// # Errors
    /// When there is no such element, or the engine fails.
    pub async fn find_text(
        &self,
        want: &Want,
        texts: &[String],
        bindings: &Bindings,
    ) -> Result<FindReply, EngineError> {
        let data = self.find(&want.el)?;
        let needles: Vec<String> = texts
            .iter()
            .map(|text| text.to_lowercase())
            .filter(|text| !text.is_empty())
            .collect();
        let mut found = FindReply::default();
        if !self
            .waiting
            .unmet(&self.plan, &data.id, bindings)
            .is_empty()
        {
            return Ok(found);
        }
        let hit = |index: usize, value: &Value| {
            data.columns
                .get(index)
                .is_some_and(|column| !column.hidden && !column.summary)
                && holds(value, &needles)
        };
        if data.levels.is_empty() {
            let view = &data.rows;
            let mut rows = self.stream(data, view, want, bindings).await?;
            while let Some(batch) = rows.next().await? {
                for row in 0..batch.rows {
                    let cells = view.columns.iter().zip(&batch.columns);
                    let mut cells =
                        cells.filter_map(|(index, cells)| Some((*index, cells.get(row)?)));
                    note(&mut found, cells.any(|(index, value)| hit(index, value)));
                }
            }
        } else {
            for cells in self.tree(data, want, bindings).await?.cells(data) {
                note(
                    &mut found,
                    cells.iter().any(|(index, value)| hit(*index, value)),
                );
            }
        }
        Ok(found)
    }
}

/// Counts a row.
fn note(found: &mut FindReply, hit: bool) {
    if hit {
        if found.rows.len() < MOST_FOUND {
            found.rows.push(found.searched);
        }
        found.count += 1;
    }
    found.searched += 1;
}

fn holds(value: &Value, needles: &[String]) -> bool {
    let text = match value {
        Value::Null => return false,
        Value::Text(text) => text.to_lowercase(),
        Value::Logical(true) => "true yes".to_owned(),
        Value::Logical(false) => "false no".to_owned(),
        Value::Date(micros) => iso_text(*micros),
        other => wire::text(other).to_lowercase(),
    };
    needles.iter().any(|needle| text.contains(needle.as_str()))
}

//! Choices of a control, or of a select column of an input table.

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::plan::control::{ControlOption, Options};
use bookwright_compiler::plan::relation::NodeId;
use bookwright_compiler::value::Value;

use super::derive::{Derived, any, holds};
use super::{Engine, EngineError, wire};
use crate::protocol::query::{Table, Want};

/// Choices of one answer.
const CHOICES: u64 = 200;

/// Where choices come from.
enum Source<'a> {
    Fixed(&'a [ControlOption]),
    Data(&'a NodeId),
}

impl Engine {
    /// Choices that hold the searched text.
    pub(super) async fn options(
        &self,
        want: &Want,
        bindings: &Bindings,
    ) -> Result<Table, EngineError> {
        let (offset, size) = want.rows.unwrap_or((0, CHOICES));
        let size = size.min(CHOICES);
        let search = want.search.as_deref().filter(|text| !text.is_empty());
        match self.source(&want.el)? {
            Source::Fixed(options) => Ok(fixed(options, search, offset, size)),
            Source::Data(node) => self.of_data(*node, search, offset, size, bindings).await,
        }
    }

    fn source(&self, el: &str) -> Result<Source<'_>, EngineError> {
        if let Some(control) = self.plan.controls.get(el) {
            return match &control.options {
                Some(Options::Fixed(options)) => Ok(Source::Fixed(options)),
                Some(Options::From(node)) => Ok(Source::Data(node)),
                None => Ok(Source::Fixed(&[])),
            };
        }
        let column = el.split_once('/').and_then(|(table, column)| {
            let table = self.plan.input_tables.get(table)?;
            table
                .columns
                .iter()
                .find(|candidate| candidate.id == column)
        });
        match column {
            Some(column) => Ok(column
                .options_from
                .as_ref()
                .map_or(Source::Fixed(&column.options), Source::Data)),
            None => Err(EngineError::Unknown {
                what: "control or select column",
                id: el.to_owned(),
            }),
        }
    }

    async fn of_data(
        &self,
        node: NodeId,
        search: Option<&str>,
        offset: u64,
        size: u64,
        bindings: &Bindings,
    ) -> Result<Table, EngineError> {
        let mut derived = Derived::of(&self.plan.nodes, node);
        let width = derived.columns().len();
        if let Some(text) = search {
            // What people see: value and label, never the count.
            let shown = (0..width.min(2)).filter(|index| *index == 0 || width == 3);
            let predicate = any(shown
                .map(|index| holds(derived.column(index), text))
                .collect());
            derived = derived.filtered(predicate);
        }
        let batch = self
            .run(&derived.clone().page(offset, size), bindings, size)
            .await?;
        let rows = batch.rows as u64;
        let count = if rows < size && (rows > 0 || offset == 0) {
            offset + rows
        } else {
            self.count(derived, bindings).await?
        };
        // Two columns are value and count, three have the label between.
        let columns = match width {
            1 => vec![0],
            2 => vec![0, 2],
            _ => vec![0, 1, 2],
        };
        let cells = |index: usize| {
            batch
                .columns
                .get(index)
                .into_iter()
                .flatten()
                .map(wire::cell)
                .collect()
        };
        Ok(Table {
            count,
            ..table(
                offset,
                columns.clone(),
                (0..columns.len()).map(cells).collect(),
            )
        })
    }
}

fn fixed(options: &[ControlOption], search: Option<&str>, offset: u64, size: u64) -> Table {
    let search = search.map(str::to_lowercase);
    let matching = |option: &&ControlOption| {
        search.as_ref().is_none_or(|text| {
            option.label.to_lowercase().contains(text) || text_of(&option.value).contains(text)
        })
    };
    let found: Vec<&ControlOption> = options.iter().filter(matching).collect();
    let page = found
        .iter()
        .skip(usize::try_from(offset).unwrap_or(usize::MAX))
        .take(usize::try_from(size).unwrap_or_default());
    let (values, labels) = page
        .map(|option| (wire::cell(&option.value), option.label.clone().into()))
        .unzip();
    Table {
        count: found.len() as u64,
        ..table(offset, vec![0, 1], vec![values, labels])
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_lowercase(),
        other => wire::cell(other).to_string(),
    }
}

fn table(offset: u64, columns: Vec<usize>, values: Vec<Vec<serde_json::Value>>) -> Table {
    Table {
        count: 0,
        offset,
        columns,
        values,
        depth: None,
        kind: None,
        keys: None,
        edit_num: None,
        waiting_for: Vec::new(),
        truncated: false,
    }
}

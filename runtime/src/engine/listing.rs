//! An element's rows for programs: all of them, in display order, without hidden columns.

use std::sync::Arc;

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::plan::element::{DataColumn, DataElement, DataKind, View};
use bookwright_compiler::value::{Type, Value};

use super::derive::Derived;
use super::{Engine, EngineError};

/// Which rows of an element.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Grain {
    /// What the page shows: base rows, or one row per innermost group.
    #[default]
    Shown,
    /// A level by its name, `base` for the rows beneath the groups; of a KPI, its periods.
    Level(String),
    /// One row over everything.
    Totals,
}

/// Rows and what their columns are.
#[derive(Clone, Debug)]
pub struct Listing<'a> {
    /// Columns in display order.
    pub columns: Vec<&'a DataColumn>,
    /// Cells of each column.
    pub cells: Vec<Vec<Value>>,
    /// Number of rows.
    pub rows: usize,
    /// Required controls that are empty: the page shows nothing, and there are no rows.
    pub waiting_for: Vec<String>,
}

impl Engine {
    /// All rows of a data element, found by id or by name.
    ///
    /// # Errors
    /// When there is no such element or level, or the engine fails.
    pub async fn rows(
        &self,
        element: &str,
        grain: &Grain,
        bindings: &Bindings,
    ) -> Result<Listing<'_>, EngineError> {
        let data = self.find(element)?;
        let view = view(data, grain)?;
        let (places, columns) = shown(data, view);
        let waiting_for = self.waiting.unmet(&self.plan, &data.id, bindings);
        if !waiting_for.is_empty() {
            return Ok(Listing {
                cells: vec![Vec::new(); columns.len()],
                columns,
                rows: 0,
                waiting_for,
            });
        }
        let batch = self
            .run(
                &Derived::of(&self.plan.nodes, view.node),
                bindings,
                u64::MAX,
            )
            .await?;
        let cells = places
            .iter()
            .map(|place| batch.columns.get(*place).cloned().unwrap_or_default())
            .collect();
        Ok(Listing {
            columns,
            cells,
            rows: batch.rows,
            waiting_for,
        })
    }

    /// The statement behind [`rows`](Self::rows), with its values.
    ///
    /// # Errors
    /// When there is no such element or level, or the plan has no SQL on this engine.
    pub fn explain(
        &self,
        element: &str,
        grain: &Grain,
        bindings: &Bindings,
    ) -> Result<bookwright_compiler::sql::Statement, EngineError> {
        let view = view(self.find(element)?, grain)?;
        self.render(&Derived::of(&self.plan.nodes, view.node), bindings)
    }

    pub(super) fn find(&self, element: &str) -> Result<&DataElement, EngineError> {
        let by_name = || {
            self.plan
                .data
                .values()
                .find(|data| data.name == element && !element.is_empty())
        };
        let found = self.plan.data.get(element).or_else(by_name);
        found.map(Arc::as_ref).ok_or_else(|| EngineError::Unknown {
            what: "data element",
            id: element.to_owned(),
        })
    }
}

pub(super) fn view<'a>(data: &'a DataElement, grain: &Grain) -> Result<&'a View, EngineError> {
    match grain {
        Grain::Shown => Ok(&data.rows),
        Grain::Totals => data
            .totals
            .as_ref()
            .ok_or_else(|| EngineError::NoGrain(no_totals(data))),
        Grain::Level(name) => {
            let level = data
                .levels
                .iter()
                .find(|level| level.name == *name)
                .map(|level| &level.view);
            let series = data.series.as_ref().filter(|_| data.kind == DataKind::Kpi);
            if let Some(series) = series {
                return Ok(series);
            }
            let base = data
                .base
                .as_ref()
                .or_else(|| data.levels.is_empty().then_some(&data.rows));
            level
                .or(base.filter(|_| name == "base"))
                .ok_or_else(|| EngineError::NoGrain(no_level(data, name)))
        }
    }
}

/// Why an element has no totals, and how it comes to some.
fn no_totals(data: &DataElement) -> String {
    let name = &data.name;
    match data.kind {
        DataKind::Kpi | DataKind::Text => {
            format!("`{name}` has no totals: it is one row already")
        }
        DataKind::InputTable => format!(
            "`{name}` has no totals: an input table has none, a query that reads it may have a `summary`"
        ),
        DataKind::Chart => {
            format!("`{name}` has no totals: its marks are single rows; ask what it reads")
        }
        DataKind::Query | DataKind::Table => {
            let mut numbers = data
                .columns
                .iter()
                .filter(|c| c.ty == Type::Number && !c.hidden);
            let total = numbers
                .next()
                .map_or_else(|| "Count()".to_owned(), |c| format!("Sum([{}])", c.name));
            format!(
                "`{name}` has no totals: it has neither calculations of groupings nor a `summary`; \
                 add `summary: {{ Total: \"{total}\" }}`"
            )
        }
    }
}

/// Which levels there are, for one that is not.
fn no_level(data: &DataElement, level: &str) -> String {
    let base = (data.base.is_some() || data.levels.is_empty()).then_some("base");
    let names = data.levels.iter().map(|level| level.name.as_str());
    let names: Vec<String> = names.chain(base).map(|name| format!("`{name}`")).collect();
    format!(
        "there is no level `{level}`; `{}` has {}",
        data.name,
        names.join(", ")
    )
}

/// Places of the visible columns in the view, and the columns, in display order; the series of a KPI begins with its
/// period.
pub(super) fn shown<'a>(data: &'a DataElement, view: &View) -> (Vec<usize>, Vec<&'a DataColumn>) {
    let mut found: Vec<(usize, usize, &DataColumn)> = view
        .columns
        .iter()
        .enumerate()
        .filter_map(|(place, index)| {
            data.columns
                .get(*index)
                .map(|column| (*index, place, column))
        })
        .filter(|(_, _, column)| !column.hidden)
        .collect();
    if data.kind != DataKind::Kpi {
        found.sort_by_key(|(index, ..)| *index);
    }
    found
        .into_iter()
        .map(|(_, place, column)| (place, column))
        .unzip()
}

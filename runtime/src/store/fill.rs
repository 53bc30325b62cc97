//! Fills a new input table from its CSV file, once.

use std::collections::BTreeMap;

use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::input::{InputColumn, InputTable};
use bookwright_compiler::value::Type;
use indexmap::IndexMap;
use serde_json::Value as Json;

use super::{Author, ReadFile, Store, schema, validate};
use crate::engine::wire;
use crate::protocol::edit::{EditOp, EditRequest, EditResult};
use crate::seeds::describe::describe;
use crate::seeds::infer;
use crate::seeds::scan::Scanner;

impl Store {
    /// Adds the rows of the table's CSV file. Columns are matched by name or id; a field that does not fit its column
    /// is left empty and told.
    ///
    /// # Errors
    /// A sentence: the file cannot be read, or some fields do not fit.
    pub(super) async fn fill(
        &self,
        plan: &Plan,
        table: &InputTable,
        read: ReadFile<'_>,
        now: i64,
    ) -> Result<(), String> {
        let Some(file) = &table.csv else {
            return Ok(());
        };
        let text = read(file)?;
        let (ops, misfit) = operations(&text, file, table)?;
        let request = EditRequest {
            workbook: plan.id.clone(),
            table: table.id.clone(),
            by: String::new(),
            id: "csv".to_owned(),
            ops,
        };
        let author = Author {
            user: file.clone(),
            tab: String::new(),
            now,
        };
        // Options that come from data are not known yet, and what a file brings is its author's own choice.
        let open = without_rules(plan, &table.id);
        let reply = self
            .apply(&open, &request, &author, &validate::Allowed::new())
            .await
            .map_err(|e| e.message)?;
        let refused = reply.results.iter().find_map(|result| match result {
            EditResult::Rejected(sentence) => Some(sentence.clone()),
            EditResult::Ok => None,
        });
        refused.or(misfit).map_or(Ok(()), Err)
    }
}

/// The plan with a table whose cells take everything of their type.
fn without_rules(plan: &Plan, table: &str) -> Plan {
    let mut plan = plan.clone();
    for column in plan
        .input_tables
        .get_mut(table)
        .into_iter()
        .flat_map(|table| &mut table.columns)
    {
        column.required = false;
        column.min = bookwright_compiler::value::Value::Null;
        column.max = bookwright_compiler::value::Value::Null;
        column.max_length = None;
        column.options.clear();
        column.options_from = None;
    }
    plan
}

type Operations = (Vec<EditOp>, Option<String>);

fn operations(text: &str, file: &str, table: &InputTable) -> Result<Operations, String> {
    let shape = describe(text, file, &[], &BTreeMap::new())?;
    let find = |name: &str| -> Option<&InputColumn> {
        schema::stored(table).find(|column| column.name == name || column.id == name)
    };
    let columns: Vec<Option<&InputColumn>> = shape
        .columns
        .iter()
        .map(|column| find(&column.name))
        .collect();
    let mut scanner = Scanner::new(text);
    let mut fields = Vec::new();
    let mut ops = Vec::new();
    let mut misfit = None;
    let broken =
        |error: crate::seeds::scan::ScanError| format!("{file}:{}: {}", error.line, error.message);
    // The first record is the header.
    scanner.record(text, &mut fields).map_err(broken)?;
    while let Some(line) = scanner.record(text, &mut fields).map_err(broken)? {
        let mut values = IndexMap::new();
        for (field, column) in fields.iter().zip(&columns) {
            let Some(column) = column else { continue };
            let list = column.ty == Type::Variant && !field.is_null();
            let ty = if list { Type::Text } else { column.ty };
            match infer::value(field, ty) {
                Some(value) => {
                    let cell = wire::cell(&value);
                    values.insert(column.id.clone(), if list { items(&cell) } else { cell });
                }
                None => misfit = misfit.or_else(|| {
                    let (text, name, ty) = (&field.text, &column.name, column.ty.as_str());
                    Some(format!("{file}:{line}: `{text}` in column `{name}` is no {ty}; the cell is left empty"))
                }),
            }
        }
        ops.push(EditOp::Insert {
            key: format!("csv-{}", ops.len() + 1),
            after: None,
            values,
        });
    }
    Ok((ops, misfit))
}

/// A multiple selection in one field: a JSON array, or texts between semicolons.
fn items(cell: &Json) -> Json {
    let text = cell.as_str().unwrap_or_default();
    serde_json::from_str::<Vec<String>>(text).map_or_else(
        |_| {
            text.split(';')
                .map(|item| Json::from(item.trim()))
                .collect()
        },
        Json::from,
    )
}

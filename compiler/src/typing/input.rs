//! The grid of an input table: stored columns and computed ones.

use std::rc::Rc;
use std::sync::Arc;

use super::columns::{Body, Spec};
use super::element::{ROW_ID, typer};
use super::scope::Checker;
use super::{Element, Source, SourceColumn, SourceKind};
use crate::document::input::{InputColumn, InputTable, InputType};
use crate::document::primitive::{Entry, Prose};
use crate::plan::element::DataKind;
use crate::resolve::{Data, data_id};
use crate::value::Type;

pub(super) fn input_table<'d>(
    checker: &mut Checker<'_, 'd>,
    data: &Data<'d>,
    table: &'d InputTable,
) -> Element {
    let stored: Vec<(&'d Entry<InputColumn>, Type, String)> = table
        .columns
        .iter()
        .filter(|entry| entry.value.formula.is_none())
        .map(|entry| {
            let ty = entry
                .value
                .r#type
                .map_or(Type::Text, |t| input_type(t.value));
            (entry, ty, stored_name(entry))
        })
        .collect();
    let prefix: Arc<str> = data.name.value.as_str().into();
    let column = |name: &str, ty: Type, hidden: bool| SourceColumn {
        name: name.into(),
        prefix: Arc::clone(&prefix),
        loose: false,
        ty,
        format: None,
        hidden,
    };
    let mut columns: Vec<SourceColumn> = stored
        .iter()
        .map(|(entry, ty, _)| column(&entry.name.value, *ty, false))
        .collect();
    columns.push(column(ROW_ID, Type::Text, true));
    let ids = stored
        .iter()
        .map(|(_, _, id)| id.clone())
        .chain([ROW_ID.to_owned()])
        .collect();
    let kind = SourceKind::Input {
        table: data_id(data),
        columns: ids,
    };
    let source = Rc::new(Source {
        kind,
        columns,
        open: false,
        metrics: Rc::default(),
    });
    let mut typer = typer(checker, data, &source, 0);
    let mut next = 0;
    for entry in &table.columns {
        let column = &entry.value;
        let body = match &column.formula {
            Some(formula) => Body::Formula(&formula.expr),
            None => {
                next += 1;
                Body::Source(next - 1)
            }
        };
        let mut spec = Spec::new(entry.name.value.clone(), entry.name.span, 1, body);
        if let Some(id) = &column.id {
            spec.id = id.value.as_str().into();
        }
        spec.hidden = column.hidden.is_some_and(|h| h.value);
        spec.format = column.format.as_ref().and_then(|f| typer.format(f));
        spec.description = column.description.as_ref().and_then(Prose::plain);
        spec.width = column.width.map(|w| w.value);
        spec.align = column.align.map(|a| a.value.as_str().to_owned());
        typer.own.add(spec);
    }
    let mut row_id = Spec::new(ROW_ID, data.name.span, 1, Body::Source(next));
    row_id.id = ROW_ID.into();
    row_id.hidden = true;
    typer.own.add(row_id);
    let element = Element::new(data, DataKind::InputTable, Rc::clone(&source));
    typer.finish(element, Vec::new())
}

/// The stored column behind a column of an input table.
pub(crate) fn stored_name(entry: &Entry<InputColumn>) -> String {
    match entry.value.r#type.map(|t| t.value) {
        Some(InputType::CreatedAt) => "_created_at".to_owned(),
        Some(InputType::CreatedBy) => "_created_by".to_owned(),
        Some(InputType::UpdatedAt) => "_updated_at".to_owned(),
        Some(InputType::UpdatedBy) => "_updated_by".to_owned(),
        Some(InputType::RowId) => "_row_id".to_owned(),
        _ => entry.value.id.as_ref().map_or_else(
            || crate::resolve::ids::slug(&entry.name.value),
            |id| id.value.clone(),
        ),
    }
}

pub(crate) fn input_type(ty: InputType) -> Type {
    match ty {
        InputType::Number => Type::Number,
        InputType::Date | InputType::CreatedAt | InputType::UpdatedAt => Type::Date,
        InputType::Checkbox => Type::Logical,
        InputType::MultiSelect | InputType::File => Type::Variant,
        InputType::Text
        | InputType::Select
        | InputType::CreatedBy
        | InputType::UpdatedBy
        | InputType::RowId => Type::Text,
    }
}

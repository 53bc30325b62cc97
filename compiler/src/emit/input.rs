//! Input tables of the plan.

use indexmap::IndexMap;

use super::Emitter;
use crate::document::input::{InputColumn, InputTable, InputType};
use crate::document::primitive::{Constant, Entry};
use crate::plan::control::ControlOption;
use crate::plan::input::{InputColumn as Planned, InputKind, InputTable as PlannedTable};
use crate::resolve::{DataDef, data_id};
use crate::typing::control::fit;
use crate::typing::input::{input_type, stored_name};
use crate::value::{Type, Value};

impl Emitter<'_, '_, '_> {
    pub(super) fn input_tables(&mut self) -> IndexMap<String, PlannedTable> {
        let model = self.model;
        let mut tables = IndexMap::new();
        for data in model.data.values() {
            let DataDef::InputTable(table) = data.def else {
                continue;
            };
            let id = data_id(data);
            let planned = PlannedTable {
                id: id.clone(),
                name: data.name.value.clone(),
                columns: self.input_columns(table),
                csv: table.csv.as_ref().map(|c| c.value.clone()),
                entry: table
                    .entry
                    .map_or("published", |e| e.value.as_str())
                    .to_owned(),
            };
            tables.insert(id, planned);
        }
        tables
    }

    fn input_columns(&mut self, table: &InputTable) -> Vec<Planned> {
        table
            .columns
            .iter()
            .filter(|entry| entry.value.formula.is_none())
            .filter_map(|entry| self.input_column(entry))
            .collect()
    }

    fn input_column(&mut self, entry: &Entry<InputColumn>) -> Option<Planned> {
        let column = &entry.value;
        let written = column.r#type.map_or(InputType::Text, |t| t.value);
        let ty = input_type(written);
        let options = column
            .options
            .as_ref()
            .map(super::control::fixed_options)
            .unwrap_or_default();
        let options_from = column
            .options_from
            .as_ref()
            .and_then(|path| self.option_rows(path, None, None, None));
        Some(Planned {
            id: stored_name(entry),
            name: entry.name.value.clone(),
            kind: kind(written)?,
            ty,
            required: column.required.is_some_and(|r| r.value),
            min: self.limit(column.min.as_ref(), ty),
            max: self.limit(column.max.as_ref(), ty),
            max_length: column.max_length.map(|m| m.value),
            options: options
                .into_iter()
                .filter(|o: &ControlOption| !o.value.is_null())
                .collect(),
            options_from,
        })
    }

    fn limit(&mut self, limit: Option<&Constant>, ty: Type) -> Value {
        match limit {
            None => Value::Null,
            Some(Constant::Literal(value)) if fit(value, ty).is_some() => {
                fit(value, ty).unwrap_or(Value::Null)
            }
            Some(other) => {
                self.checker.sink.push(crate::diag::Diagnostic::new(
                    &crate::diag::codes::plan::FILTER_TYPE,
                    other.span(),
                    format!(
                        "a limit of a {} column is a {} constant",
                        ty.as_str(),
                        ty.as_str()
                    ),
                ));
                Value::Null
            }
        }
    }
}

fn kind(written: InputType) -> Option<InputKind> {
    Some(match written {
        InputType::Text => InputKind::Text,
        InputType::Number => InputKind::Number,
        InputType::Date => InputKind::Date,
        InputType::Checkbox => InputKind::Checkbox,
        InputType::Select => InputKind::Select,
        InputType::MultiSelect => InputKind::MultiSelect,
        InputType::CreatedAt => InputKind::CreatedAt,
        InputType::CreatedBy => InputKind::CreatedBy,
        InputType::UpdatedAt => InputKind::UpdatedAt,
        InputType::UpdatedBy => InputKind::UpdatedBy,
        InputType::File | InputType::RowId => return None,
    })
}

//! Gives a stored column another type, when every entry fits it.

use bookwright_compiler::plan::input::InputColumn;
use bookwright_compiler::value::{Type, Value};
use serde_json::Value as Json;

use super::names::Names;
use crate::adapter::sqlite::declared::{name as declare, quote};
use crate::adapter::{Adapter, Limits, Statement};
use crate::engine::wire;

/// Statements that rebuild the column with its new type.
///
/// # Errors
/// A sentence that names an entry that does not fit.
pub(crate) async fn retype(
    adapter: &dyn Adapter,
    names: &Names,
    column: &InputColumn,
    old: Type,
) -> Result<Vec<Statement>, String> {
    let (rows, id) = (&names.rows, quote(&column.id));
    let sql = format!(
        "SELECT _row_id, {id} FROM {rows} WHERE {id} IS NOT NULL ORDER BY _position, _row_id"
    );
    let select = Statement::new(sql, Vec::new()).returning(vec![Type::Text, old]);
    let found = match adapter.query(select, Limits::default()).await {
        Ok(rows) => rows.collect().await,
        Err(error) => Err(error),
    };
    let found = found.map_err(|error| error.message)?;
    let fresh = quote(&format!("{} new", column.id));
    let mut statements = vec![Statement::new(
        format!(
            "ALTER TABLE {rows} ADD COLUMN {fresh} {}",
            declare(column.ty, false)
        ),
        Vec::new(),
    )];
    for row in 0..found.rows {
        let Ok([key, value]) = <[Value; 2]>::try_from(found.row(row)) else {
            continue;
        };
        let Some(converted) = convert(&value, column.ty) else {
            return Err(format!(
                "`{}` cannot become a {}: it holds {}; change the entry, or give the new column another `id:`",
                column.name,
                column.ty.as_str(),
                wire::cell(&value)
            ));
        };
        let update = format!("UPDATE {rows} SET {fresh} = ?1 WHERE _row_id = ?2");
        statements.push(Statement::new(update, vec![converted, key]));
    }
    statements.push(Statement::new(
        format!("ALTER TABLE {rows} DROP COLUMN {id}"),
        Vec::new(),
    ));
    statements.push(Statement::new(
        format!("ALTER TABLE {rows} RENAME COLUMN {fresh} TO {id}"),
        Vec::new(),
    ));
    Ok(statements)
}

/// The same entry as another type; `None` when it has no form there.
fn convert(value: &Value, ty: Type) -> Option<Value> {
    let json = wire::cell(value);
    match (value, ty) {
        (Value::Text(text), Type::Logical) => {
            text.to_ascii_lowercase().parse().ok().map(Value::Logical)
        }
        (Value::Text(text), Type::Variant) => wire::value(&Json::from(vec![text.as_ref()]), ty),
        (Value::Date(_), Type::Text) => Some(Value::text(
            wire::date(as_micros(value)?).replace("T00:00:00", ""),
        )),
        (Value::Variant(json), Type::Text) => match json.as_array().map(Vec::as_slice) {
            Some([]) => Some(Value::Null),
            Some([Json::String(only)]) => Some(Value::text(only.as_str())),
            _ => None,
        },
        (Value::Logical(b), Type::Text) => Some(Value::text(if *b { "true" } else { "false" })),
        _ => wire::value(&json, ty),
    }
}

fn as_micros(value: &Value) -> Option<i64> {
    match value {
        Value::Date(micros) => Some(*micros),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_convert_where_they_have_a_form() {
        let cases = [
            (Value::text("12"), Type::Number, Some(Value::Integer(12))),
            (Value::text("many"), Type::Number, None),
            (Value::Integer(12), Type::Text, Some(Value::text("12"))),
            (
                Value::text("True"),
                Type::Logical,
                Some(Value::Logical(true)),
            ),
            (
                Value::text("1970-01-02"),
                Type::Date,
                Some(Value::Date(86_400_000_000)),
            ),
            (
                Value::Date(86_400_000_000),
                Type::Text,
                Some(Value::text("1970-01-02")),
            ),
            (Value::Logical(true), Type::Number, None),
        ];
        for (value, ty, expected) in cases {
            assert_eq!(convert(&value, ty), expected, "{value:?} as {ty:?}");
        }
    }
}

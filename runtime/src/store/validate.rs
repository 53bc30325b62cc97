//! Checks what people enter, again and here: the browser's checks are a convenience.

use std::collections::BTreeMap;

use bookwright_compiler::plan::input::{InputColumn, InputKind, InputTable};
use bookwright_compiler::plan::relation::NodeId;
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::engine::wire;
use crate::protocol::edit::EditOp;

/// Allowed values of selects whose options come from data, by the relation that gives them.
pub type Allowed = BTreeMap<NodeId, Vec<Value>>;

/// An operation whose values fit the table.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Checked {
    Update {
        key: String,
        values: IndexMap<String, Value>,
    },
    Insert {
        key: String,
        after: Option<String>,
        values: IndexMap<String, Value>,
    },
    Delete {
        key: String,
    },
}

/// The operation with typed values.
///
/// # Errors
/// A sentence for the person who edits.
pub(crate) fn check(table: &InputTable, op: &EditOp, allowed: &Allowed) -> Result<Checked, String> {
    match op {
        EditOp::Set { key, col, value } => {
            let value = cell(table, col, value, allowed)?;
            Ok(Checked::Update {
                key: row_id(key)?,
                values: IndexMap::from([(col.clone(), value)]),
            })
        }
        EditOp::Insert { key, after, values } => {
            insert(table, key, after.as_deref(), values, allowed)
        }
        EditOp::Delete { key } => Ok(Checked::Delete { key: row_id(key)? }),
    }
}

fn insert(
    table: &InputTable,
    key: &str,
    after: Option<&str>,
    values: &IndexMap<String, Json>,
    allowed: &Allowed,
) -> Result<Checked, String> {
    let mut checked = IndexMap::new();
    for (col, value) in values {
        checked.insert(col.clone(), cell(table, col, value, allowed)?);
    }
    for column in table.columns.iter().filter(|column| column.required) {
        if checked.get(&column.id).is_none_or(Value::is_null) {
            return Err(format!("`{}` must not be empty", column.name));
        }
    }
    Ok(Checked::Insert {
        key: row_id(key)?,
        after: after.map(row_id).transpose()?,
        values: checked,
    })
}

fn row_id(id: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if (1..=64).contains(&id.len()) && id.chars().all(fits) {
        Ok(id.to_owned())
    } else {
        Err("a row id has 1 to 64 letters, digits, `_` or `-`".to_owned())
    }
}

fn cell(table: &InputTable, id: &str, json: &Json, allowed: &Allowed) -> Result<Value, String> {
    let Some(column) = table.columns.iter().find(|column| column.id == id) else {
        return Err(format!("`{}` has no column `{id}`", table.name));
    };
    let name = &column.name;
    if is_history(column.kind) {
        return Err(format!("`{name}` is filled by the system"));
    }
    let Some(value) = wire::value(json, column.ty) else {
        return Err(format!(
            "`{name}` takes a {}, not {json}",
            column.ty.as_str()
        ));
    };
    check_value(column, &value, allowed)?;
    Ok(value)
}

/// Columns that nobody types into.
pub(crate) fn is_history(kind: InputKind) -> bool {
    matches!(
        kind,
        InputKind::CreatedAt | InputKind::CreatedBy | InputKind::UpdatedAt | InputKind::UpdatedBy
    )
}

/// Checks a typed value against the column's rules.
///
/// # Errors
/// A sentence for the person who edits.
pub(crate) fn check_value(
    column: &InputColumn,
    value: &Value,
    allowed: &Allowed,
) -> Result<(), String> {
    let name = &column.name;
    if value.is_null() {
        return if column.required {
            Err(format!("`{name}` must not be empty"))
        } else {
            Ok(())
        };
    }
    if column.required && matches!(value, Value::Text(text) if text.is_empty()) {
        return Err(format!("`{name}` must not be empty"));
    }
    if !column.min.is_null() && value.sort_cmp(&column.min).is_lt() {
        return Err(format!(
            "`{name}` must not be less than {}",
            shown(&column.min)
        ));
    }
    if !column.max.is_null() && value.sort_cmp(&column.max).is_gt() {
        return Err(format!(
            "`{name}` must not be greater than {}",
            shown(&column.max)
        ));
    }
    if let (Some(longest), Value::Text(text)) = (column.max_length, value)
        && text.chars().count() > longest as usize
    {
        return Err(format!("`{name}` takes at most {longest} characters"));
    }
    match column.kind {
        InputKind::Select => member(column, value, allowed),
        InputKind::MultiSelect => members(column, value, allowed),
        _ => Ok(()),
    }
}

fn member(column: &InputColumn, value: &Value, allowed: &Allowed) -> Result<(), String> {
    let mut fixed = column.options.iter().map(|option| &option.value);
    let from_data = column
        .options_from
        .as_ref()
        .and_then(|node| allowed.get(node));
    let open = column.options.is_empty() && column.options_from.is_none();
    if open
        || fixed.any(|option| option == value)
        || from_data.is_some_and(|values| values.contains(value))
    {
        return Ok(());
    }
    Err(format!(
        "{} is not one of the options of `{}`",
        shown(value),
        column.name
    ))
}

/// A multiple selection is an array of texts; numbers and dates from a source become text.
fn members(column: &InputColumn, value: &Value, allowed: &Allowed) -> Result<(), String> {
    let items = match value {
        Value::Variant(json) => json.as_array(),
        _ => None,
    };
    let Some(items) = items else {
        return Err(format!("`{}` takes a list of texts", column.name));
    };
    let ty = column
        .options
        .first()
        .map_or(Type::Text, |option| option.value.ty());
    for item in items {
        let Json::String(text) = item else {
            return Err(format!("`{}` takes a list of texts", column.name));
        };
        let typed = wire::value(item, ty).unwrap_or_else(|| Value::text(text.as_str()));
        let as_data = column
            .options_from
            .as_ref()
            .and_then(|node| allowed.get(node));
        let known = as_data.is_some_and(|values| values.iter().any(|value| plain(value) == *text));
        if !known {
            member(column, &typed, allowed)?;
        }
    }
    Ok(())
}

fn plain(value: &Value) -> String {
    match wire::cell(value) {
        Json::String(text) => text,
        other => other.to_string(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("\u{201c}{text}\u{201d}"),
        Value::Date(_) => plain(value).replace("T00:00:00", ""),
        _ => plain(value),
    }
}

#[cfg(test)]
mod tests {
    use bookwright_compiler::plan::control::ControlOption;
    use serde_json::json;

    use super::*;

    fn column(id: &str, kind: InputKind, ty: Type) -> InputColumn {
        InputColumn {
            id: id.to_owned(),
            name: id.to_uppercase(),
            kind,
            ty,
            required: false,
            min: Value::Null,
            max: Value::Null,
            max_length: None,
            options: Vec::new(),
            options_from: None,
        }
    }

    fn table() -> InputTable {
        let option = |text: &str| ControlOption {
            value: Value::text(text),
            label: text.to_owned(),
        };
        let node = NodeId(0x0123_4567_89ab_cdef);
        InputTable {
            id: "plans".to_owned(),
            name: "Plans".to_owned(),
            csv: None,
            entry: "published".to_owned(),
            columns: vec![
                InputColumn {
                    required: true,
                    max_length: Some(5),
                    ..column("name", InputKind::Text, Type::Text)
                },
                InputColumn {
                    min: Value::Integer(0),
                    max: Value::Float(0.5),
                    ..column("discount", InputKind::Number, Type::Number)
                },
                InputColumn {
                    options: vec![option("Call"), option("Mail")],
                    ..column("offer", InputKind::Select, Type::Text)
                },
                InputColumn {
                    options_from: Some(node),
                    ..column("owner", InputKind::Select, Type::Text)
                },
                InputColumn {
                    options: vec![option("a"), option("b")],
                    ..column("tags", InputKind::MultiSelect, Type::Variant)
                },
                column("due", InputKind::Date, Type::Date),
                column("at", InputKind::CreatedAt, Type::Date),
            ],
        }
    }

    #[test]
    fn every_rule_refuses_with_a_sentence() {
        let allowed = Allowed::from([(NodeId(0x0123_4567_89ab_cdef), vec![Value::text("Ann")])]);
        let cases = [
            ("name", json!("Bob"), None),
            ("name", json!(null), Some("`NAME` must not be empty")),
            ("name", json!(""), Some("`NAME` must not be empty")),
            (
                "name",
                json!("Robert"),
                Some("`NAME` takes at most 5 characters"),
            ),
            ("discount", json!(0.5), None),
            (
                "discount",
                json!(0.6),
                Some("`DISCOUNT` must not be greater than 0.5"),
            ),
            (
                "discount",
                json!(-1),
                Some("`DISCOUNT` must not be less than 0"),
            ),
            (
                "discount",
                json!("many"),
                Some("`DISCOUNT` takes a number, not \"many\""),
            ),
            ("offer", json!("Mail"), None),
            ("offer", json!(null), None),
            (
                "offer",
                json!("Fax"),
                Some("\u{201c}Fax\u{201d} is not one of the options of `OFFER`"),
            ),
            ("owner", json!("Ann"), None),
            (
                "owner",
                json!("Eve"),
                Some("\u{201c}Eve\u{201d} is not one of the options of `OWNER`"),
            ),
            ("tags", json!(["a", "b"]), None),
            (
                "tags",
                json!(["c"]),
                Some("\u{201c}c\u{201d} is not one of the options of `TAGS`"),
            ),
            ("tags", json!("a"), Some("`TAGS` takes a list of texts")),
            (
                "due",
                json!("2024-02-30"),
                Some("`DUE` takes a date, not \"2024-02-30\""),
            ),
            (
                "at",
                json!("2024-02-01"),
                Some("`AT` is filled by the system"),
            ),
            ("nope", json!(1), Some("`Plans` has no column `nope`")),
        ];
        for (col, value, expected) in cases {
            let op = EditOp::Set {
                key: "r1".to_owned(),
                col: col.to_owned(),
                value: value.clone(),
            };
            assert_eq!(
                check(&table(), &op, &allowed).err().as_deref(),
                expected,
                "{col} {value}"
            );
        }
    }

    #[test]
    fn a_new_row_needs_its_required_cells_and_a_good_id() {
        let insert = |key: &str, values: IndexMap<String, Json>| {
            check(
                &table(),
                &EditOp::Insert {
                    key: key.to_owned(),
                    after: None,
                    values,
                },
                &Allowed::new(),
            )
        };
        let named = || IndexMap::from([("name".to_owned(), json!("Bob"))]);
        assert!(insert("r-1_A", named()).is_ok());
        assert_eq!(
            insert("r", IndexMap::new()).unwrap_err(),
            "`NAME` must not be empty"
        );
        for key in ["", "a b", "x'--", &"x".repeat(65)] {
            assert!(
                insert(key, named()).unwrap_err().contains("row id"),
                "{key}"
            );
        }
    }
}

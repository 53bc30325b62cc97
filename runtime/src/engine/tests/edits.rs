//! Edits of input tables, seen by the next query.

use bookwright_compiler::plan::builder::Nodes;
use bookwright_compiler::plan::element::{DataColumn, DataElement, DataKind, View};
use bookwright_compiler::plan::input::{InputColumn, InputKind, InputTable};
use bookwright_compiler::plan::relation::Column;
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;
use serde_json::json;

use super::book::{data_column, element};
use super::{Fixture, want};
use crate::protocol::edit::{EditOp, EditRequest};
use crate::protocol::query::Want;
use crate::store::Author;

/// The input table of the book, and its grid.
pub(super) fn notes(nodes: &mut Nodes) -> (InputTable, DataElement) {
    let column = |id: &str, ty| InputColumn {
        id: id.to_owned(),
        name: id.to_uppercase(),
        kind: if ty == Type::Number {
            InputKind::Number
        } else {
            InputKind::Text
        },
        ty,
        required: false,
        min: Value::Null,
        max: Value::Null,
        max_length: None,
        options: Vec::new(),
        options_from: None,
    };
    let table = InputTable {
        id: "notes".to_owned(),
        name: "NOTES".to_owned(),
        columns: vec![column("note", Type::Text), column("score", Type::Number)],
        csv: None,
        entry: "published".to_owned(),
    };
    let output = |name: &str, ty| {
        (
            name.to_owned(),
            Column {
                name: name.into(),
                ty,
            },
        )
    };
    let columns = vec![
        output("_row_id", Type::Text),
        output("note", Type::Text),
        output("score", Type::Number),
    ];
    let node = nodes.input_table("notes", columns);
    let columns = vec![
        DataColumn {
            hidden: true,
            ..data_column("_row_id", Type::Text, None)
        },
        data_column("note", Type::Text, None),
        data_column("score", Type::Number, None),
    ];
    let view = View {
        node,
        columns: vec![0, 1, 2],
        order: Vec::new(),
    };
    let input_tables = vec!["notes".to_owned()];
    (
        table,
        DataElement {
            input_tables,
            ..element("notes", DataKind::InputTable, columns, view)
        },
    )
}

#[tokio::test]
async fn an_edit_is_seen_by_the_next_query_in_its_place() {
    let f = Fixture::new(|_, _| {}).await;
    assert_eq!(f.table(want("notes")).await.count, 0);
    let insert = |key: &str, after: Option<&str>| EditOp::Insert {
        key: key.to_owned(),
        after: after.map(str::to_owned),
        values: IndexMap::from([("note".to_owned(), json!(format!("note {key}")))]),
    };
    let request = EditRequest {
        workbook: "book".to_owned(),
        table: "notes".to_owned(),
        by: "t".to_owned(),
        id: "b1".to_owned(),
        ops: vec![
            insert("r1", None),
            insert("r2", None),
            insert("a", Some("r1")),
        ],
    };
    let author = Author {
        user: "ann".to_owned(),
        tab: "t".to_owned(),
        now: 0,
    };
    let reply = f
        .engine
        .edit(&request, &author, &f.bindings(json!({})))
        .await
        .unwrap();
    let table = f.table(want("notes")).await;
    assert_eq!(table.keys.unwrap(), ["r1", "a", "r2"]);
    assert_eq!(
        (table.edit_num, &table.values[1][1]),
        (Some(reply.edit_num), &json!("note a"))
    );
    let page = f
        .table(Want {
            rows: Some((1, 1)),
            ..want("notes")
        })
        .await;
    assert_eq!(
        (page.keys.unwrap().join(" "), page.count),
        ("a".to_owned(), 3)
    );
}

use std::sync::Arc;

use bookwright_compiler::plan::input::{InputColumn, InputKind, InputTable};
use bookwright_compiler::plan::{Plan, Settings, VERSION};
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::{Allowed, Author, Store, scanned};
use crate::adapter::mock::{Behaviour, MockWarehouse};
use crate::adapter::sqlite::declared::quote;
use crate::adapter::{Adapter, ErrorKind, Limits, Statement};
use crate::protocol::edit::{EditOp, EditReply, EditRequest, EditResult};

fn column(id: &str, ty: Type) -> InputColumn {
    let kind = if ty == Type::Number {
        InputKind::Number
    } else {
        InputKind::Text
    };
    InputColumn {
        id: id.to_owned(),
        name: format!("The {id}"),
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

fn plan(tables: Vec<InputTable>) -> Plan {
    Plan {
        version: VERSION,
        id: "churn".to_owned(),
        name: "Churn".to_owned(),
        description: None,
        settings: Settings::default(),
        needs: Vec::new(),
        nodes: std::collections::BTreeMap::new(),
        controls: IndexMap::new(),
        input_tables: tables
            .into_iter()
            .map(|table| (table.id.clone(), table))
            .collect(),
        data: IndexMap::new(),
        elements: IndexMap::new(),
        pages: Vec::new(),
        overlays: Vec::new(),
        actions: IndexMap::new(),
        origins: IndexMap::new(),
        files: Vec::new(),
    }
}

fn notes(columns: Vec<InputColumn>) -> InputTable {
    InputTable {
        id: "notes".to_owned(),
        name: "Notes".to_owned(),
        columns,
        csv: None,
        entry: "published".to_owned(),
    }
}

struct Fixture {
    _folder: tempfile::TempDir,
    engine: Arc<dyn Adapter>,
    store: Store,
    plan: Plan,
}

impl Fixture {
    async fn new(plan: Plan) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let behaviour = Behaviour {
            face: crate::adapter::Dialect::Snowflake,
            ..Behaviour::default()
        };
        let engine =
            MockWarehouse::open(&folder.path().join("a.db"), behaviour, &Settings::default())
                .unwrap();
        let engine: Arc<dyn Adapter> = Arc::new(engine);
        let store = Store::new(Arc::clone(&engine));
        let fixture = Self {
            _folder: folder,
            engine,
            store,
            plan,
        };
        let report = fixture.open().await;
        assert_eq!(report.problems, Vec::<String>::new());
        fixture
    }

    async fn standard() -> Self {
        Self::new(plan(vec![notes(vec![
            column("note", Type::Text),
            column("score", Type::Number),
        ])]))
        .await
    }

    async fn open(&self) -> super::OpenReport {
        self.store
            .open(&self.plan, &|file| Err(format!("no {file}")), 0)
            .await
            .unwrap()
    }

    async fn edit(&self, id: &str, ops: Vec<EditOp>) -> EditReply {
        let author = Author {
            user: "ann@example.com".to_owned(),
            tab: "t1".to_owned(),
            now: 1_000_000,
        };
        self.store
            .apply(&self.plan, &request(id, ops), &author, &Allowed::new())
            .await
            .unwrap()
    }

    async fn select(&self, sql: &str) -> Vec<Vec<Value>> {
        let batch = self
            .engine
            .query(Statement::new(sql, Vec::new()), Limits::default())
            .await
            .unwrap();
        let batch = batch.collect().await.unwrap();
        (0..batch.rows).map(|row| batch.row(row)).collect()
    }

    async fn keys(&self) -> String {
        let rows = self
            .select(&format!(
                "SELECT _row_id FROM {}",
                quote(&scanned("churn", "notes")[0])
            ))
            .await;
        let text = |row: &Vec<Value>| match &row[0] {
            Value::Text(text) => text.as_ref().to_owned(),
            other => format!("{other:?}"),
        };
        rows.iter().map(text).collect::<Vec<_>>().join(" ")
    }
}

fn request(id: &str, ops: Vec<EditOp>) -> EditRequest {
    EditRequest {
        workbook: "churn".to_owned(),
        table: "notes".to_owned(),
        by: "t1".to_owned(),
        id: id.to_owned(),
        ops,
    }
}

fn insert(key: &str, after: Option<&str>, values: &[(&str, Json)]) -> EditOp {
    let values = values
        .iter()
        .map(|(col, value)| ((*col).to_owned(), value.clone()))
        .collect();
    EditOp::Insert {
        key: key.to_owned(),
        after: after.map(str::to_owned),
        values,
    }
}

fn set(key: &str, col: &str, value: Json) -> EditOp {
    EditOp::Set {
        key: key.to_owned(),
        col: col.to_owned(),
        value,
    }
}

fn outcome(reply: &EditReply) -> String {
    let word = |result: &EditResult| match result {
        EditResult::Ok => "ok".to_owned(),
        EditResult::Rejected(sentence) => sentence.clone(),
    };
    reply
        .results
        .iter()
        .map(word)
        .collect::<Vec<_>>()
        .join("; ")
}

#[tokio::test]
async fn edits_reach_the_rows_and_the_readable_view() {
    let f = Fixture::standard().await;
    let ops = vec![
        insert("r1", None, &[("note", json!("hi")), ("score", json!(1.5))]),
        insert("r2", None, &[]),
        set("r2", "note", json!("there")),
        set("r1", "score", json!(null)),
    ];
    let reply = f.edit("b1", ops).await;
    assert_eq!(outcome(&reply), "ok; ok; ok; ok");
    let rows = f.select("SELECT \"The note\", \"The score\", _created_by, _updated_at FROM \"SIGDS_VIEW_churn.notes\"").await;
    let line = |note: &str| {
        vec![
            Value::text(note),
            Value::Null,
            Value::text("ann@example.com"),
            Value::text("1970-01-01 00:00:01"),
        ]
    };
    assert_eq!(rows, [line("hi"), line("there")]);
}

#[tokio::test]
async fn the_log_numbers_edits_without_gaps_and_names_its_operations() {
    let f = Fixture::standard().await;
    f.edit(
        "b1",
        vec![
            insert("r1", None, &[]),
            set("r1", "note", json!("a")),
            set("r1", "score", json!(2)),
        ],
    )
    .await;
    f.edit(
        "b2",
        vec![EditOp::Delete {
            key: "r1".to_owned(),
        }],
    )
    .await;
    let rows = f
        .select("SELECT EDIT_NUM, (SELECT key FROM json_each(EDIT)) FROM \"SIGDS_WAL_churn.notes\"")
        .await;
    let expected = [
        "createDatasheet",
        "addColumn",
        "addColumn",
        "addRow",
        "updateRow",
        "deleteRow",
    ];
    let expected: Vec<_> = expected
        .iter()
        .zip(1..)
        .map(|(key, number)| vec![Value::Integer(number), Value::text(*key)])
        .collect();
    assert_eq!(rows, expected);
}

#[tokio::test]
async fn what_is_refused_leaves_no_trace_and_the_rest_is_done() {
    let f = Fixture::standard().await;
    let ops = vec![
        insert("r1", None, &[("score", json!("many"))]),
        set("r9", "note", json!("x")),
        insert("r2", None, &[]),
        insert("r2", None, &[]),
    ];
    let reply = f.edit("b1", ops).await;
    let expected = "`The score` takes a number, not \"many\"; the row is not there any more; ok; \
                    a row with this id is already there";
    assert_eq!(
        (
            outcome(&reply).as_str(),
            reply.edit_num,
            f.keys().await.as_str()
        ),
        (expected, 4, "r2")
    );
}

#[tokio::test]
async fn a_batch_sent_twice_is_done_once_and_answered_alike() {
    let f = Fixture::standard().await;
    let ops = || {
        vec![
            insert("r1", None, &[]),
            set("r7", "note", json!("x")),
            insert("r2", None, &[]),
        ]
    };
    let first = f.edit("b1", ops()).await;
    f.edit(
        "b2",
        vec![EditOp::Delete {
            key: "r1".to_owned(),
        }],
    )
    .await;
    let again = f.edit("b1", ops()).await;
    assert_eq!(
        (outcome(&first), first.edit_num),
        (outcome(&again), again.edit_num)
    );
    assert_eq!(f.keys().await, "r2");
}

#[tokio::test]
async fn rows_stand_where_they_were_put() {
    let f = Fixture::standard().await;
    f.edit("b1", vec![insert("a", None, &[]), insert("z", None, &[])])
        .await;
    f.edit(
        "b2",
        vec![
            insert("b", Some("a"), &[]),
            insert("c", Some("b"), &[]),
            insert("d", Some("c"), &[]),
        ],
    )
    .await;
    assert_eq!(f.keys().await, "a b c d z");
    f.edit("b3", vec![insert("e", Some("gone"), &[])]).await;
    assert_eq!(f.keys().await, "a b c d z e");
    let first = vec![insert("x", Some(""), &[]), insert("y", Some("x"), &[])];
    f.edit("b4", first).await;
    assert_eq!(f.keys().await, "x y a b c d z e");
}

#[tokio::test]
async fn rows_are_spread_out_when_there_is_no_room_between_two() {
    let f = Fixture::standard().await;
    f.edit("b0", vec![insert("a", None, &[]), insert("z", None, &[])])
        .await;
    for n in 0..40 {
        f.edit(
            &format!("b-{n}"),
            vec![insert(&format!("n{n}"), Some("a"), &[])],
        )
        .await;
    }
    let expected: Vec<String> = (0..40).rev().map(|n| format!("n{n}")).collect();
    assert_eq!(f.keys().await, format!("a {} z", expected.join(" ")));
}

#[tokio::test]
async fn listeners_get_numbered_edits_in_order_and_can_catch_up() {
    let f = Arc::new(Fixture::standard().await);
    let mut live = f.store.subscribe();
    let tasks: Vec<_> = (0..20)
        .map(|n| {
            let f = Arc::clone(&f);
            tokio::spawn(async move {
                f.edit(&format!("b{n}"), vec![insert(&format!("r{n}"), None, &[])])
                    .await
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    for expected in 4..24 {
        let edits = live.recv().await.unwrap();
        assert_eq!(
            (edits.edit_num, edits.ops.len(), edits.by.as_str()),
            (expected, 1, "t1")
        );
    }
    let missed = f.store.edits_since(&f.plan, "notes", 20).await.unwrap();
    assert_eq!(
        missed
            .iter()
            .map(|edits| edits.edit_num)
            .collect::<Vec<_>>(),
        [21, 22, 23]
    );
    assert_eq!(f.store.edit_num("churn", "notes"), 23);
}

#[tokio::test]
async fn several_tables_change_together_or_not_at_all() {
    let f = Fixture::standard().await;
    let author = Author {
        user: "x".to_owned(),
        tab: "t".to_owned(),
        now: 0,
    };
    let good = request("b1", vec![insert("r1", None, &[])]);
    let bad = request("b2", vec![set("r1", "score", json!("x"))]);
    let refused = f
        .store
        .apply_together(&f.plan, &[good.clone(), bad], &author, &Allowed::new())
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Data);
    assert_eq!(f.keys().await, "");
    let other = request("b3", vec![set("r1", "score", json!(5))]);
    f.store
        .apply_together(&f.plan, &[good, other], &author, &Allowed::new())
        .await
        .unwrap();
    assert_eq!(f.keys().await, "r1");
}

#[tokio::test]
async fn a_new_plan_adds_converts_and_keeps_columns() {
    let mut f = Fixture::standard().await;
    f.edit(
        "b1",
        vec![insert(
            "r1",
            None,
            &[("note", json!("12")), ("score", json!(7))],
        )],
    )
    .await;
    f.plan = plan(vec![notes(vec![
        column("note", Type::Number),
        column("extra", Type::Text),
    ])]);
    assert_eq!(f.open().await.problems, Vec::<String>::new());
    f.edit("b2", vec![set("r1", "extra", json!("e"))]).await;
    let rows = f
        .select("SELECT typeof(note), note + 1, extra, score FROM \"SIGDS_ORDERED_churn.notes\"")
        .await;
    assert_eq!(
        rows,
        [vec![
            Value::text("integer"),
            Value::Integer(13),
            Value::text("e"),
            Value::Integer(7)
        ]]
    );
}

#[tokio::test]
async fn a_type_that_does_not_fit_the_entries_is_refused() {
    let mut f = Fixture::standard().await;
    f.edit("b1", vec![insert("r1", None, &[("note", json!("many"))])])
        .await;
    f.plan = plan(vec![notes(vec![column("note", Type::Number)])]);
    let problems = f.open().await.problems;
    assert!(
        problems[0].starts_with("`The note` cannot become a number: it holds \"many\""),
        "{problems:?}"
    );
    assert_eq!(f.keys().await, "r1");
}

#[tokio::test]
async fn a_renamed_table_is_told_with_both_names_and_keeps_its_rows() {
    let mut f = Fixture::standard().await;
    f.edit("b1", vec![insert("r1", None, &[])]).await;
    let renamed = InputTable {
        id: "remarks".to_owned(),
        name: "Remarks".to_owned(),
        ..notes(Vec::new())
    };
    f.plan = plan(vec![renamed]);
    let report = f.open().await;
    assert_eq!(report.made, ["Remarks"]);
    assert!(
        report.problems[0].contains("`Notes` is gone and `Remarks` appeared"),
        "{report:?}"
    );
    assert!(report.problems[0].contains("id: notes"));
    assert_eq!(f.keys().await, "r1");
}

#[tokio::test]
async fn a_csv_file_fills_a_new_table_once() {
    let mut f = Fixture::new(plan(Vec::new())).await;
    let table = InputTable {
        csv: Some("n.csv".to_owned()),
        ..notes(vec![
            InputColumn {
                required: true,
                ..column("note", Type::Text)
            },
            column("score", Type::Number),
        ])
    };
    f.plan = plan(vec![table]);
    let read = |_: &str| Ok("The note,score,other\nhello,5,x\n,oops,y\n".to_owned());
    let report = f.store.open(&f.plan, &read, 0).await.unwrap();
    assert_eq!(
        report.problems,
        ["n.csv:3: `oops` in column `The score` is no number; the cell is left empty"]
    );
    let again = f.store.open(&f.plan, &read, 0).await.unwrap();
    assert_eq!((again.made.len(), again.problems.len()), (0, 0));
    assert_eq!(f.keys().await, "csv-1 csv-2");
}

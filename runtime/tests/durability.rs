//! What was acknowledged is there after the process was killed.
#![expect(clippy::unwrap_used, reason = "a test; what fails must stop it")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use bookwright::adapter::sqlite::{Config, Sqlite};
use bookwright::adapter::{Adapter, Limits, Statement};
use bookwright::protocol::edit::{EditOp, EditRequest, EditResult};
use bookwright::store::{Allowed, Author, Store, scanned};
use bookwright_compiler::plan::input::{InputColumn, InputKind, InputTable};
use bookwright_compiler::plan::{Plan, Settings, VERSION};
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;

const DATABASE: &str = "BOOKWRIGHT_TEST_DATABASE";
/// Acknowledgements after which the writer is killed.
const ENOUGH: usize = 40;
/// Edits that are under way together.
const WRITERS: usize = 8;

#[test]
fn acknowledged_edits_survive_a_kill() {
    if let Some(database) = std::env::var_os(DATABASE) {
        runtime().block_on(write_until_killed(Path::new(&database)));
    }
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("notes.db");
    let acknowledged = kill_after_some(&database);
    assert!(acknowledged.len() >= ENOUGH);
    let (rows, numbers) = runtime().block_on(read(&database));
    let lost: Vec<_> = acknowledged.difference(&rows).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let expected: Vec<i64> = (1..).take(numbers.len()).collect();
    assert_eq!(numbers, expected, "the log has a gap");
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// Runs this test in another process as the writer, and kills it while it writes.
fn kill_after_some(database: &Path) -> BTreeSet<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "acknowledged_edits_survive_a_kill",
            "--nocapture",
        ])
        .env(DATABASE, database)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged = BTreeSet::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        if let Some(key) = line.unwrap().strip_prefix("ack ") {
            acknowledged.insert(key.to_owned());
        }
        if acknowledged.len() == ENOUGH {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    acknowledged
}

async fn write_until_killed(database: &Path) {
    let (_, store) = open(database).await;
    let store = Arc::new(store);
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| tokio::spawn(write(Arc::clone(&store), writer)))
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
}

async fn write(store: Arc<Store>, writer: usize) {
    let (plan, author) = (
        plan(),
        Author {
            user: "ann".to_owned(),
            tab: String::new(),
            now: 0,
        },
    );
    for number in 0.. {
        let key = format!("r{writer}-{number}");
        let values = IndexMap::from([("note".to_owned(), key.clone().into())]);
        let request = EditRequest {
            workbook: plan.id.clone(),
            table: "notes".to_owned(),
            by: String::new(),
            id: key.clone(),
            ops: vec![EditOp::Insert {
                key: key.clone(),
                after: None,
                values,
            }],
        };
        let reply = store
            .apply(&plan, &request, &author, &Allowed::new())
            .await
            .unwrap();
        assert!(matches!(reply.results.as_slice(), [EditResult::Ok]));
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nack {key}").unwrap();
        out.flush().unwrap();
    }
}

async fn open(database: &Path) -> (Arc<dyn Adapter>, Store) {
    let sqlite = Sqlite::open(&Config::new(database), &Settings::default()).unwrap();
    let adapter: Arc<dyn Adapter> = Arc::new(sqlite);
    let store = Store::new(Arc::clone(&adapter));
    let report = store
        .open(&plan(), &|_| Err(String::new()), 0)
        .await
        .unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    (adapter, store)
}

/// Row ids whose note is in place, and the numbers of the log.
async fn read(database: &Path) -> (BTreeSet<String>, Vec<i64>) {
    let (adapter, _) = open(database).await;
    let all = async |sql: String| {
        let rows = adapter
            .query(Statement::new(sql, Vec::new()), Limits::default())
            .await
            .unwrap();
        rows.collect().await.unwrap().columns.remove(0)
    };
    let view = scanned("book", "notes").concat();
    let rows = all(format!(
        "SELECT _row_id FROM \"{view}\" WHERE note = _row_id"
    ))
    .await;
    let numbers =
        all("SELECT EDIT_NUM FROM \"SIGDS_WAL_book.notes\" ORDER BY EDIT_NUM".to_owned()).await;
    let text = |value: Value| match value {
        Value::Text(text) => text.as_ref().to_owned(),
        other => panic!("{other:?}"),
    };
    let number = |value: Value| match value {
        Value::Integer(number) => number,
        other => panic!("{other:?}"),
    };
    (
        rows.into_iter().map(text).collect(),
        numbers.into_iter().map(number).collect(),
    )
}

fn plan() -> Plan {
    let note = InputColumn {
        id: "note".to_owned(),
        name: "Note".to_owned(),
        kind: InputKind::Text,
        ty: Type::Text,
        required: false,
        min: Value::Null,
        max: Value::Null,
        max_length: None,
        options: Vec::new(),
        options_from: None,
    };
    let table = InputTable {
        id: "notes".to_owned(),
        name: "Notes".to_owned(),
        columns: vec![note],
        csv: None,
        entry: "published".to_owned(),
    };
    Plan {
        version: VERSION,
        id: "book".to_owned(),
        name: "Book".to_owned(),
        description: None,
        settings: Settings::default(),
        needs: Vec::new(),
        nodes: std::collections::BTreeMap::new(),
        controls: IndexMap::new(),
        input_tables: IndexMap::from([(table.id.clone(), table)]),
        data: IndexMap::new(),
        elements: IndexMap::new(),
        pages: Vec::new(),
        overlays: Vec::new(),
        actions: IndexMap::new(),
        origins: IndexMap::new(),
        files: Vec::new(),
    }
}

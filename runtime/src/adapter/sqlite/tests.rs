use std::time::Duration;

use bookwright_compiler::host::{CatalogColumn, CatalogTable};
use bookwright_compiler::plan::Settings;
use bookwright_compiler::value::{Type, Value};

use super::{Config, Sqlite};
use crate::adapter::{Adapter, ErrorKind, Limits, Load, LoadMode, Statement};

fn database() -> (tempfile::TempDir, Sqlite) {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Sqlite::open(
        &Config::new(folder.path().join("deep/local.db")),
        &Settings::default(),
    )
    .unwrap();
    (folder, sqlite)
}

fn table(path: &[&str], columns: &[(&str, Type)]) -> CatalogTable {
    CatalogTable {
        path: path.iter().map(|&segment| segment.to_owned()).collect(),
        columns: columns
            .iter()
            .map(|&(name, ty)| CatalogColumn {
                name: name.to_owned(),
                ty,
                zoned: false,
            })
            .collect(),
    }
}

async fn load(sqlite: &Sqlite, table: &CatalogTable, rows: Vec<Vec<Value>>) -> u64 {
    let load = Load {
        table: table.clone(),
        mode: LoadMode::Append,
        rows: Box::new(rows.into_iter()),
        before: Vec::new(),
        after: Vec::new(),
    };
    sqlite.insert(load).await.unwrap()
}

async fn scalar(sqlite: &Sqlite, sql: &str, ty: Type) -> Value {
    let rows = sqlite
        .query(
            Statement::new(sql, Vec::new()).returning(vec![ty]),
            Limits::default(),
        )
        .await
        .unwrap();
    rows.collect().await.unwrap().row(0).remove(0)
}

#[tokio::test]
async fn a_sum_beyond_64_bits_is_a_float_on_every_connection() {
    let (_folder, sqlite) = database();
    let big = "SELECT sum(column1) FROM (VALUES (9223372036854775807), (9223372036854775807))";
    for _ in 0..9 {
        assert_eq!(
            scalar(&sqlite, big, Type::Number).await,
            Value::Float(18_446_744_073_709_551_614.0)
        );
        assert_eq!(
            scalar(&sqlite, "SELECT sum(2)", Type::Number).await,
            Value::Integer(2)
        );
    }
}

#[tokio::test]
async fn a_sum_that_overflows_behind_rows_already_sent_goes_on_behind_them() {
    let (_folder, sqlite) = database();
    let sql = "
        WITH RECURSIVE counted(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < 9000)
        SELECT n, sum(CASE WHEN n > 8000 THEN 9223372036854775807 ELSE n END)
                  OVER (ORDER BY n ROWS 1 PRECEDING)
        FROM counted";
    let statement = Statement::new(sql, Vec::new()).returning(vec![Type::Number; 2]);
    let mut rows = sqlite.query(statement, Limits::default()).await.unwrap();
    let mut all = rows.next().await.unwrap().unwrap();
    assert_eq!(all.rows, 4096, "the first rows leave before the overflow");
    all.append(rows.collect().await.unwrap());
    let numbers: Vec<Value> = (1..=9000).map(Value::Integer).collect();
    assert_eq!(all.columns[0], numbers);
    assert_eq!(all.row(7999)[1], Value::Integer(7999 + 8000));
    assert_eq!(all.row(8999)[1], Value::Float(18_446_744_073_709_551_614.0));
}

#[tokio::test]
async fn values_of_every_type_come_back_as_they_went_in() {
    let (_folder, sqlite) = database();
    let types = [
        Type::Text,
        Type::Number,
        Type::Number,
        Type::Date,
        Type::Logical,
        Type::Variant,
    ];
    let names = ["t", "i", "f", "d", "l", "v"];
    let columns: Vec<_> = names.into_iter().zip(types).collect();
    let table = table(&["growth", "all"], &columns);
    let row = vec![
        Value::text("007"),
        Value::Integer(9_007_199_254_740_993),
        Value::Float(0.1),
        Value::Date(1_714_979_405_250_000),
        Value::Logical(true),
        Value::Variant(std::sync::Arc::new(serde_json::json!(["a", 1]))),
    ];
    let nulls = vec![Value::Null; 6];
    assert_eq!(
        load(&sqlite, &table, vec![row.clone(), nulls.clone()]).await,
        2
    );
    let statement =
        Statement::new("select * from \"growth.all\"", Vec::new()).returning(types.to_vec());
    let batch = sqlite
        .query(statement, Limits::default())
        .await
        .unwrap()
        .collect()
        .await
        .unwrap();
    assert_eq!((batch.row(0), batch.row(1)), (row, nulls));
    assert_eq!(sqlite.catalog().await.unwrap(), vec![table]);
}

#[tokio::test]
async fn many_rows_arrive_in_order_and_stop_at_the_limit() {
    let (_folder, sqlite) = database();
    let table = table(&["n"], &[("n", Type::Number)]);
    load(
        &sqlite,
        &table,
        (0..10_001).map(|n| vec![Value::Integer(n)]).collect(),
    )
    .await;
    let statement = Statement::new("select n from n order by n", Vec::new());
    let all = sqlite
        .query(statement.clone(), Limits::default())
        .await
        .unwrap()
        .collect()
        .await
        .unwrap();
    assert_eq!((all.rows, all.truncated), (10_001, false));
    assert!(
        all.columns[0]
            .iter()
            .zip(0..)
            .all(|(value, n)| *value == Value::Integer(n))
    );
    let limits = Limits {
        rows: 5_000,
        ..Limits::default()
    };
    let some = sqlite
        .query(statement, limits)
        .await
        .unwrap()
        .collect()
        .await
        .unwrap();
    assert_eq!((some.rows, some.truncated), (5_000, true));
}

const ENDLESS: &str =
    "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t";

#[tokio::test]
async fn a_query_that_takes_too_long_is_stopped() {
    let (_folder, sqlite) = database();
    let limits = Limits {
        time: Duration::from_millis(50),
        ..Limits::default()
    };
    let error = match sqlite
        .query(Statement::new(ENDLESS, Vec::new()), limits)
        .await
    {
        Ok(rows) => rows.collect().await.unwrap_err(),
        Err(error) => error,
    };
    assert_eq!(error.kind, ErrorKind::Timeout);
}

#[tokio::test]
async fn dropping_a_query_frees_its_connection() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        readers: 1,
        ..Config::new(folder.path().join("a.db"))
    };
    let sqlite = Sqlite::open(&config, &Settings::default()).unwrap();
    let endless = Statement::new(format!("{ENDLESS} limit 1"), Vec::new());
    let running = tokio::time::timeout(
        Duration::from_millis(30),
        sqlite.query(endless, Limits::default()),
    )
    .await;
    assert!(running.is_err());
    let next = tokio::time::timeout(
        Duration::from_secs(5),
        scalar(&sqlite, "select 1", Type::Number),
    )
    .await;
    assert_eq!(next.unwrap(), Value::Integer(1));
}

#[tokio::test]
async fn a_reading_connection_does_not_write() {
    let (_folder, sqlite) = database();
    for sql in [
        "create table t (a)",
        "select 1; select 2",
        "delete from sqlite_schema",
    ] {
        let refused = sqlite
            .query(Statement::new(sql, Vec::new()), Limits::default())
            .await;
        assert!(refused.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn a_write_is_all_or_nothing() {
    let (_folder, sqlite) = database();
    sqlite
        .create_table(table(&["t"], &[("a", Type::Number)]))
        .await
        .unwrap();
    let insert = || Statement::new("insert into t values (1)", Vec::new());
    let unmet = Statement::new("update t set a = 2 where a = 9", Vec::new()).must_change();
    let error = sqlite.write(vec![insert(), unmet]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unmet(1));
    assert_eq!(
        scalar(&sqlite, "select count(*) from t", Type::Number).await,
        Value::Integer(0)
    );
    let returning = Statement::new("insert into t values (7) returning a", Vec::new());
    let written = sqlite.write(vec![insert(), returning]).await.unwrap();
    assert_eq!(
        (written[0].changed, &written[1].returned),
        (1, &vec![vec![Value::Integer(7)]])
    );
}

#[tokio::test]
async fn concurrent_writes_fail_one_by_one() {
    let (_folder, sqlite) = database();
    sqlite
        .write(vec![Statement::new(
            "create table t (a integer primary key)",
            Vec::new(),
        )])
        .await
        .unwrap();
    let sqlite = std::sync::Arc::new(sqlite);
    let tasks: Vec<_> = (0..100)
        .map(|n| {
            let sqlite = std::sync::Arc::clone(&sqlite);
            let key = Value::Integer(n / 2);
            tokio::spawn(async move {
                sqlite
                    .write(vec![Statement::new("insert into t values (?1)", vec![key])])
                    .await
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => done += 1,
            Err(error) => assert_eq!(error.kind, ErrorKind::Data),
        }
    }
    assert_eq!(done, 50);
    assert_eq!(
        scalar(&sqlite, "select count(*) from t", Type::Number).await,
        Value::Integer(50)
    );
}

#[tokio::test]
async fn statements_are_described_without_being_run_to_the_end() {
    let (_folder, sqlite) = database();
    load(
        &sqlite,
        &table(&["t"], &[("name", Type::Text), ("at", Type::Date)]),
        vec![vec![Value::text("x"), Value::Date(0)]],
    )
    .await;
    let sql = "select name, max(at) as last, count(*) as n, null as empty from t where name <> ?1 or ?1 is null group by 1";
    let columns = sqlite.describe(sql.to_owned()).await.unwrap().unwrap();
    let found: Vec<_> = columns
        .iter()
        .map(|column| (column.name.as_str(), column.ty))
        .collect();
    let expected = [
        ("name", Type::Text),
        ("last", Type::Date),
        ("n", Type::Number),
        ("empty", Type::Unknown),
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_statement_that_is_no_query_is_refused_with_its_place() {
    let (_folder, sqlite) = database();
    let refusal = |sql: &str| {
        let described = sqlite.describe(sql.to_owned());
        async { described.await.unwrap().unwrap_err() }
    };
    assert_eq!(
        refusal("select nme from sqlite_schema").await.offset,
        Some(7)
    );
    assert!(
        refusal("-- a\ndelete from t")
            .await
            .message
            .contains("only a statement that reads")
    );
    assert!(
        refusal("pragma user_version")
            .await
            .message
            .contains("only a statement that reads")
    );
    assert!(
        refusal("select 1; select 2")
            .await
            .message
            .contains("one statement")
    );
    assert!(refusal("  ").await.message.contains("empty"));
}

#[tokio::test]
async fn functions_of_the_formula_language_answer_in_sql() {
    let (_folder, sqlite) = database();
    let cases = [
        ("select bw_proper('new YORK')", Value::text("New York")),
        ("select bw_proper(null)", Value::Null),
        ("select 'order 66' regexp '\\d+'", Value::Integer(1)),
        (
            "select bw_from_utc('2024-07-01 10:00:00', 'Europe/Madrid')",
            Value::text("2024-07-01 12:00:00"),
        ),
        (
            "select bw_from_utc('2024-07-01 10:00:00', 'Mars/Olympus')",
            Value::Null,
        ),
        ("select sqrt(9)", Value::Integer(3)),
    ];
    for (sql, expected) in cases {
        assert_eq!(scalar(&sqlite, sql, Type::Unknown).await, expected, "{sql}");
    }
}

#[tokio::test]
async fn every_native_function_of_the_language_is_registered() {
    use bookwright_compiler::formula::functions::{Evaluator, Lowering, all, native_name};
    let (_folder, sqlite) = database();
    let mut missing = Vec::new();
    for function in all() {
        let native = matches!(
            function.lowering,
            Lowering::Native | Lowering::ByCount(_) | Lowering::ByLiteral { .. }
        );
        if !native || matches!(function.evaluate, Evaluator::Replaced) {
            continue;
        }
        let name = native_name(function.name);
        let sql = format!("select count(*) > 0 from pragma_function_list where name = '{name}'");
        if scalar(&sqlite, &sql, Type::Logical).await != Value::Logical(true) {
            missing.push(name);
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

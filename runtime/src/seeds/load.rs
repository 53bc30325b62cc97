//! Brings the engine's seed tables up to date with their files.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::UNIX_EPOCH;

use bookwright_compiler::host::{CatalogColumn, CatalogTable};
use bookwright_compiler::value::{Type, Value};
use indicatif::{ProgressBar, ProgressStyle};

use super::source::CsvRows;
use super::{Problem, Seed, describe, name};
use crate::adapter::sqlite::declared::quote;
use crate::adapter::{Adapter, AdapterError, Limits, Load, LoadMode, Statement};

/// Our own table: what is loaded, from where, with which content.
const BOOKS: &str = "_bookwright_seeds";
/// Files below this size load too fast for a progress bar.
const SHOW_PROGRESS_FROM: u64 = 8 << 20;

/// What loading did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Tables loaded, with their rows.
    pub loaded: Vec<(String, u64)>,
    /// Tables whose file is gone.
    pub dropped: Vec<String>,
    /// Tables that were up to date.
    pub unchanged: usize,
    /// Why, for every seed that could not be loaded.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Whether any table is another than before.
    pub fn changed(&self) -> bool {
        !self.loaded.is_empty() || !self.dropped.is_empty()
    }

    /// The problems in words, each with its place.
    pub fn sentences(&self) -> Vec<String> {
        self.problems.iter().map(ToString::to_string).collect()
    }
}

/// Loads the seeds whose content changed and drops the tables of seeds that are gone. A seed that fails leaves its old
/// table in place.
///
/// # Errors
/// When the engine cannot keep the books. What is wrong with a single file is in the report.
pub async fn load(adapter: &dyn Adapter, seeds: &[Seed]) -> Result<Report, AdapterError> {
    adapter.create_table(books()).await?;
    let known = read_books(adapter).await?;
    let tables = adapter.catalog().await?;
    let foreign = |name: &str| {
        let exists = tables
            .iter()
            .any(|table| table.path.join(".").eq_ignore_ascii_case(name));
        exists && !known.contains_key(name)
    };
    let mut report = Report {
        problems: name::clashes(seeds),
        ..Report::default()
    };
    if !report.problems.is_empty() {
        return Ok(report);
    }
    for seed in seeds {
        let table = seed.table.join(".");
        if foreign(&table) {
            report.problems.push(Problem::read(
                &seed.file,
                &format!("the table `{table}` exists in the database and was not made from a seed; give `table:` another name"),
            ));
            continue;
        }
        match one(adapter, seed, known.get(&table)).await {
            Ok(Some(rows)) => report.loaded.push((table, rows)),
            Ok(None) => report.unchanged += 1,
            Err(sentence) => report.problems.push(Problem::read(&seed.file, &sentence)),
        }
    }
    for gone in known
        .keys()
        .filter(|name| !seeds.iter().any(|seed| seed.table.join(".") == **name))
    {
        let forget = Statement::new(
            format!("DELETE FROM {BOOKS} WHERE name = ?1"),
            vec![Value::text(gone.as_str())],
        );
        let drop = Statement::new(format!("DROP TABLE IF EXISTS {}", quote(gone)), Vec::new());
        adapter.write(vec![drop, forget]).await?;
        report.dropped.push(gone.clone());
    }
    Ok(report)
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Entry {
    hash: String,
    size: i64,
    modified: i64,
}

fn books() -> CatalogTable {
    let column = |name: &str, ty| CatalogColumn {
        name: name.to_owned(),
        ty,
        zoned: false,
    };
    CatalogTable {
        path: vec![BOOKS.to_owned()],
        columns: vec![
            column("name", Type::Text),
            column("hash", Type::Text),
            column("size", Type::Number),
            column("modified", Type::Number),
        ],
    }
}

async fn read_books(adapter: &dyn Adapter) -> Result<BTreeMap<String, Entry>, AdapterError> {
    let types = vec![Type::Text, Type::Text, Type::Number, Type::Number];
    let statement = Statement::new(
        format!("SELECT name, hash, size, modified FROM {BOOKS}"),
        Vec::new(),
    );
    let batch = adapter
        .query(statement.returning(types), Limits::default())
        .await?
        .collect()
        .await?;
    let entry = |index| match <[Value; 4]>::try_from(batch.row(index)) {
        Ok(
            [
                Value::Text(name),
                Value::Text(hash),
                Value::Integer(size),
                Value::Integer(modified),
            ],
        ) => Some((
            name.as_ref().to_owned(),
            Entry {
                hash: hash.as_ref().to_owned(),
                size,
                modified,
            },
        )),
        _ => None,
    };
    Ok((0..batch.rows).filter_map(entry).collect())
}

/// Loads one seed when it changed; its rows when it did.
async fn one(
    adapter: &dyn Adapter,
    seed: &Seed,
    known: Option<&Entry>,
) -> Result<Option<u64>, String> {
    let (size, modified) = stat(&seed.path).map_err(|error| format!("{}: {error}", seed.file))?;
    let spec = spec(seed);
    if let Some(known) = known
        && (known.size, known.modified) == (size, modified)
        && known.hash.ends_with(&spec)
    {
        return Ok(None);
    }
    let bytes = read(&seed.path).map_err(|error| format!("{}: {error}", seed.file))?;
    let hash = format!("{}{spec}", blake3::hash(&bytes).to_hex());
    let entry = Entry {
        hash,
        size,
        modified,
    };
    if known.is_some_and(|known| known.hash == entry.hash) {
        let _written = adapter
            .write(remember(seed, &entry))
            .await
            .map_err(|error| format!("{}: {error}", seed.file))?;
        return Ok(None);
    }
    let (file, table, types) = (seed.file.clone(), seed.table.clone(), seed.types.clone());
    let prepared = tokio::task::spawn_blocking(move || {
        let text = describe::text_of(bytes, &file)?;
        let table = describe::describe(&text, &file, &table, &types)?;
        let progress = progress(&file, text.len() as u64);
        let rows = CsvRows::new(text, &file, &table, progress.clone())?;
        Ok::<_, String>((table, rows, progress))
    });
    let (table, rows, progress) = prepared
        .await
        .map_err(|error| format!("{}: {error}", seed.file))??;
    let load = Load {
        table,
        mode: LoadMode::Replace,
        rows: Box::new(rows),
        before: Vec::new(),
        after: remember(seed, &entry),
    };
    let count = adapter.insert(load).await;
    progress.finish_and_clear();
    count.map(Some).map_err(|error| error.message)
}

/// What else than content decides the table: the types the author gives.
fn spec(seed: &Seed) -> String {
    let types: Vec<String> = seed
        .types
        .iter()
        .map(|(name, ty)| format!("{name}={}", ty.as_str()))
        .collect();
    format!("/{}", types.join(","))
}

fn remember(seed: &Seed, entry: &Entry) -> Vec<Statement> {
    let name = Value::text(seed.table.join("."));
    let values = vec![
        name.clone(),
        Value::text(entry.hash.as_str()),
        Value::Integer(entry.size),
        Value::Integer(entry.modified),
    ];
    vec![
        Statement::new(format!("DELETE FROM {BOOKS} WHERE name = ?1"), vec![name]),
        Statement::new(
            format!("INSERT INTO {BOOKS} (name, hash, size, modified) VALUES (?1, ?2, ?3, ?4)"),
            values,
        ),
    ]
}

fn stat(path: &Path) -> std::io::Result<(i64, i64)> {
    let metadata = std::fs::metadata(path)?;
    let modified = metadata
        .modified()?
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Ok((
        i64::try_from(metadata.len()).unwrap_or(i64::MAX),
        i64::try_from(modified.as_micros()).unwrap_or(i64::MAX),
    ))
}

#[expect(
    clippy::disallowed_methods,
    reason = "seeds are read by the runtime; the compiler asks for their columns only"
)]
pub(super) fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// A bar on a terminal's stderr for big files; hidden otherwise.
fn progress(file: &str, size: u64) -> ProgressBar {
    if size < SHOW_PROGRESS_FROM {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes}");
    let bar = ProgressBar::new(size).with_message(file.to_owned());
    style.map_or_else(|_| ProgressBar::hidden(), |style| bar.with_style(style))
}

#[cfg(test)]
mod tests {
    use bookwright_compiler::plan::Settings;

    use super::*;
    use crate::adapter::sqlite::{Config, Sqlite};

    struct Project {
        folder: tempfile::TempDir,
        engine: Sqlite,
    }

    impl Project {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let engine = Sqlite::open(
                &Config::new(folder.path().join("a.db")),
                &Settings::default(),
            )
            .unwrap();
            Self { folder, engine }
        }

        fn seed(&self, file: &str, content: &str) -> Seed {
            let path = self.folder.path().join(file);
            std::io::Write::write_all(
                &mut std::fs::File::create(&path).unwrap(),
                content.as_bytes(),
            )
            .unwrap();
            let table = vec![
                "growth".to_owned(),
                file.trim_end_matches(".csv").to_owned(),
            ];
            Seed {
                file: file.to_owned(),
                path,
                table,
                types: BTreeMap::new(),
            }
        }

        async fn load(&self, seeds: &[Seed]) -> Report {
            load(&self.engine, seeds).await.unwrap()
        }

        async fn rows(&self, table: &str) -> Vec<Vec<Value>> {
            let tables = self.engine.catalog().await.unwrap();
            let table = tables
                .into_iter()
                .find(|t| t.path.join(".") == table)
                .unwrap();
            let types = table.columns.iter().map(|column| column.ty).collect();
            let sql = format!("SELECT * FROM {}", quote(&table.path.join(".")));
            let rows = self
                .engine
                .query(
                    Statement::new(sql, Vec::new()).returning(types),
                    Limits::default(),
                )
                .await;
            let batch = rows.unwrap().collect().await.unwrap();
            (0..batch.rows).map(|index| batch.row(index)).collect()
        }
    }

    #[tokio::test]
    async fn a_file_becomes_a_table_and_is_loaded_once() {
        let project = Project::new();
        let seed = project.seed(
            "customers.csv",
            "id,mrr,at\n007,5,2024-01-31\n008,,\n\"\",1.5,2024-02-01\n",
        );
        let report = project.load(std::slice::from_ref(&seed)).await;
        assert_eq!(report.loaded, [("growth.customers".to_owned(), 3)]);
        let day = 86_400_000_000;
        let expected = vec![
            vec![
                Value::text("007"),
                Value::Integer(5),
                Value::Date(19_753 * day),
            ],
            vec![Value::text("008"), Value::Null, Value::Null],
            vec![
                Value::text(""),
                Value::Float(1.5),
                Value::Date(19_754 * day),
            ],
        ];
        assert_eq!(project.rows("growth.customers").await, expected);
        let again = project.load(&[seed]).await;
        assert_eq!((again.unchanged, again.changed()), (1, false));
    }

    #[tokio::test]
    async fn changed_content_or_types_load_again_and_gone_files_drop() {
        let project = Project::new();
        let seed = project.seed("a.csv", "x\n1\n");
        project.load(std::slice::from_ref(&seed)).await;
        let seed = project.seed("a.csv", "x\n12\n13\n");
        assert_eq!(
            project.load(std::slice::from_ref(&seed)).await.loaded.len(),
            1
        );
        let typed = Seed {
            types: BTreeMap::from([("x".to_owned(), Type::Text)]),
            ..seed
        };
        project.load(&[typed]).await;
        assert_eq!(project.rows("growth.a").await[0][0].ty(), Type::Text);
        assert_eq!(project.load(&[]).await.dropped, ["growth.a"]);
        assert!(project.engine.catalog().await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_broken_file_keeps_the_old_table_and_others_load() {
        let project = Project::new();
        let good = project.seed("a.csv", "x\n1\n");
        project.load(std::slice::from_ref(&good)).await;
        let broken = project.seed("a.csv", "x\n1,2\n");
        let other = project.seed("b.csv", "y\nfoo\n");
        let report = project.load(&[broken, other]).await;
        assert_eq!(
            report.sentences(),
            ["a.csv:2: the row has 2 fields, but the header has 1"]
        );
        assert_eq!(report.loaded, [("growth.b".to_owned(), 1)]);
        assert_eq!(
            project.rows("growth.a").await,
            vec![vec![Value::Integer(1)]]
        );
    }

    #[tokio::test]
    async fn a_value_that_does_not_fit_the_given_type_is_told_with_its_line() {
        let project = Project::new();
        let seed = project.seed("a.csv", "x\n1\nmany\n");
        let seed = Seed {
            types: BTreeMap::from([("x".to_owned(), Type::Number)]),
            ..seed
        };
        assert_eq!(
            project.load(&[seed]).await.sentences(),
            ["a.csv:3: `many` in column `x` is no number"]
        );
    }

    #[tokio::test]
    async fn a_table_of_somebody_else_is_left_alone() {
        let project = Project::new();
        let table = CatalogTable {
            path: vec!["growth".into(), "a".into()],
            columns: books().columns,
        };
        project.engine.create_table(table).await.unwrap();
        let report = project.load(&[project.seed("a.csv", "x\n1\n")]).await;
        assert!(
            report.sentences()[0].contains("was not made from a seed"),
            "{report:?}"
        );
    }
}

//! The engine behind a target that the compiler chose.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bookwright_compiler::document::project::{AdapterName, DialectName, Mode};
use bookwright_compiler::plan::Settings;
use bookwright_compiler::project::ResolvedTarget;

use crate::adapter::mock::{Behaviour, MockWarehouse, WRITE_SCHEMA};
use crate::adapter::retry::Retrying;
use crate::adapter::sqlite::{Config, Sqlite};
use crate::adapter::{Adapter, AdapterError, Dialect};

/// Opens the engine of a target. Paths start at `project`.
///
/// # Errors
/// A sentence: an engine this build does not have, a target without a file, a database that cannot be opened.
pub fn connect(
    target: &ResolvedTarget,
    project: &Path,
    settings: &Settings,
) -> Result<Arc<dyn Adapter>, String> {
    let name = &target.name;
    if target.mode == Mode::Sigma || target.adapter != AdapterName::Sqlite {
        return Err(format!(
            "target `{name}`: the engine `{}` is not part of this build; `sqlite` is",
            target.adapter.as_str()
        ));
    }
    let file = target
        .options
        .get("database")
        .ok_or_else(|| format!("target `{name}` has no `database`"))?;
    let file = project.join(file);
    let failed = |error: AdapterError| format!("target `{name}`: {error}");
    if target.mode == Mode::Standalone {
        let mut sqlite = Sqlite::open(&Config::new(file), settings).map_err(failed)?;
        if !target.write_access {
            sqlite = sqlite.read_only();
        }
        return Ok(Arc::new(sqlite));
    }
    let mock = &target.mock;
    let behaviour = Behaviour {
        face: face(target.dialect),
        latency: Duration::from_millis(mock.latency_ms.into()),
        max_statements: usize::try_from(mock.max_statements).unwrap_or(usize::MAX),
        statement_limit: Duration::from_millis(mock.statement_limit_ms.into()),
        fail_every: mock.fail_every.into(),
        write_access: target.write_access,
        write_schema: target
            .options
            .get("write_schema")
            .map_or(WRITE_SCHEMA, String::as_str)
            .to_owned(),
    };
    let mock = MockWarehouse::open(&file, behaviour, settings).map_err(failed)?;
    Ok(Arc::new(Retrying::new(mock)))
}

/// Whose face a mock wears; Snowflake's unless said.
fn face(dialect: Option<DialectName>) -> Dialect {
    match dialect.unwrap_or(DialectName::Snowflake) {
        DialectName::Snowflake => Dialect::Snowflake,
        DialectName::Bigquery => Dialect::BigQuery,
        DialectName::Databricks => Dialect::Databricks,
        DialectName::Postgres => Dialect::Postgres,
    }
}

#[cfg(test)]
mod tests {
    use bookwright_compiler::plan::Feature;
    use bookwright_compiler::project::MockSettings;

    use super::*;

    fn target(mode: Mode, options: &[(&str, &str)]) -> ResolvedTarget {
        ResolvedTarget {
            name: "t".to_owned(),
            mode,
            adapter: AdapterName::Sqlite,
            dialect: None,
            options: options
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            mock: MockSettings::default(),
            write_access: true,
        }
    }

    #[test]
    fn a_mock_has_the_face_and_the_write_schema_it_is_given() {
        let folder = tempfile::tempdir().unwrap();
        let open =
            |target: &ResolvedTarget| connect(target, folder.path(), &Settings::default()).unwrap();
        let plain = open(&target(Mode::MockWarehouse, &[("database", "a.db")]));
        assert_eq!(
            (plain.capabilities().name.as_str(), plain.write_schema()),
            ("mock Snowflake", Some("sigds"))
        );
        assert!(folder.path().join("a.sigds.db").exists());
        let own = ResolvedTarget {
            dialect: Some(DialectName::Postgres),
            ..target(
                Mode::MockWarehouse,
                &[("database", "b.db"), ("write_schema", "SIGMA_WRITE")],
            )
        };
        let own = open(&own);
        assert_eq!(
            (own.capabilities().name.as_str(), own.write_schema()),
            ("mock PostgreSQL", Some("SIGMA_WRITE"))
        );
    }

    #[test]
    fn without_write_access_there_are_no_input_tables() {
        let folder = tempfile::tempdir().unwrap();
        for mode in [Mode::Standalone, Mode::MockWarehouse] {
            let closed = ResolvedTarget {
                write_access: false,
                ..target(mode, &[("database", "a.db")])
            };
            let engine = connect(&closed, folder.path(), &Settings::default()).unwrap();
            assert!(!engine.capabilities().supports(Feature::InputTables));
        }
    }

    #[test]
    fn what_cannot_be_opened_is_a_sentence() {
        let duckdb = ResolvedTarget {
            adapter: AdapterName::Duckdb,
            ..target(Mode::Standalone, &[("database", "a.db")])
        };
        let taken = target(
            Mode::MockWarehouse,
            &[("database", "a.db"), ("write_schema", "main")],
        );
        let folder = tempfile::tempdir().unwrap();
        for (target, expected) in [
            (duckdb, "`duckdb` is not part of this build"),
            (target(Mode::Standalone, &[]), "has no `database`"),
            (taken, "main"),
        ] {
            let error = connect(&target, folder.path(), &Settings::default());
            let error = error.err().unwrap();
            assert!(error.contains(expected), "{error}");
        }
    }
}

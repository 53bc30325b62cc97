//! Choosing targets, and what the tests of this folder share.

use std::sync::Arc;

use super::target::{ResolvedTarget, resolve_target, standalone};
use super::{Project, Target};
use crate::diag::Diagnostics;
use crate::document::primitive::Text;
use crate::document::project::{AdapterName, DialectName, Mode};
use crate::host::{CatalogColumn, CatalogTable, Host, SqlRefusal};
use crate::plan::Settings;
use crate::span::Span;

/// A host that knows an environment and nothing else.
pub(super) fn environment<'a>(env: &'a [(&'a str, &'a str)]) -> Files<'a> {
    Files { files: &[], env }
}

/// A host that knows some files and an environment.
pub(super) struct Files<'a> {
    pub(super) files: &'a [(&'a str, &'a str)],
    pub(super) env: &'a [(&'a str, &'a str)],
}

fn find<'a>(pairs: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| *value)
}

impl Host for Files<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        find(self.files, path)
            .map(Arc::from)
            .ok_or_else(|| format!("no file {path}"))
    }
    fn list(&self, pattern: &str) -> Vec<String> {
        find(self.files, pattern)
            .map(|_| pattern.to_owned())
            .into_iter()
            .collect()
    }
    fn env(&self, name: &str) -> Option<String> {
        find(self.env, name).map(str::to_owned)
    }
    fn tables(&self, _: &[String]) -> Option<Vec<CatalogTable>> {
        None
    }
    fn table_names(&self) -> Vec<String> {
        Vec::new()
    }
    fn describe_sql(&self, _: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        None
    }
    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String> {
        Err(format!("no file {path}"))
    }
}

fn target(name: &str, mode: Mode, adapter: AdapterName, dialect: Option<DialectName>) -> Target {
    Target {
        name: name.to_owned(),
        mode,
        adapter,
        dialect,
        ..standalone()
    }
}

fn project(default: Option<&str>, targets: Vec<Target>) -> Project {
    Project {
        name: "growth".to_owned(),
        default_target: default.map(str::to_owned),
        targets: targets
            .into_iter()
            .map(|target| (target.name.clone(), target))
            .collect(),
        workbooks: Vec::new(),
        seeds: Vec::new(),
        settings: Settings::default(),
    }
}

fn growth() -> Project {
    let mut prod = target("prod", Mode::Sigma, AdapterName::Snowflake, None);
    prod.options.insert(
        "token".to_owned(),
        Text::new("${TOKEN}".to_owned(), Span::default()),
    );
    project(
        None,
        vec![
            target("local", Mode::Standalone, AdapterName::Sqlite, None),
            target(
                "mock",
                Mode::MockWarehouse,
                AdapterName::Sqlite,
                Some(DialectName::Snowflake),
            ),
            target("reporting", Mode::Sigma, AdapterName::Postgres, None),
            prod,
        ],
    )
}

fn resolve(
    project: &Project,
    name: Option<&str>,
    env: &[(&str, &str)],
) -> Result<ResolvedTarget, Vec<String>> {
    let mut sink = Diagnostics::default();
    let found = resolve_target(project, name, &environment(env), &mut sink);
    found.ok_or_else(|| {
        sink.iter()
            .map(|d| format!("{}: {}", d.code.name, d.message))
            .collect()
    })
}

fn name(
    project: &Project,
    name: Option<&str>,
    env: &[(&str, &str)],
) -> Result<String, Vec<String>> {
    resolve(project, name, env).map(|target| target.name)
}

#[test]
fn the_order_is_flag_environment_default_only_target() {
    let mut growth = growth();
    let sigma = [("SIGMA_MODE", "mock_warehouse")];
    assert_eq!(
        name(&growth, Some("reporting"), &sigma),
        Ok("reporting".to_owned())
    );
    assert_eq!(name(&growth, None, &sigma), Ok("mock".to_owned()));
    growth.default_target = Some("reporting".to_owned());
    assert_eq!(name(&growth, None, &[]), Ok("reporting".to_owned()));
    let only = project(
        None,
        vec![target("one", Mode::Standalone, AdapterName::Sqlite, None)],
    );
    assert_eq!(name(&only, None, &[]), Ok("one".to_owned()));
}

#[test]
fn several_targets_and_none_chosen_is_an_error_that_lists_them() {
    let error = name(&growth(), None, &[]).unwrap_err();
    assert_eq!(
        error,
        ["ambiguous-target: several targets and none chosen: `local`, `mock`, `reporting`, `prod`"]
    );
}

#[test]
fn an_unknown_target_says_who_asked() {
    let error = name(&growth(), Some("prd"), &[]).unwrap_err();
    assert!(
        error[0].starts_with("unknown-target: --target: the project has no target `prd`"),
        "{error:?}"
    );
}

#[test]
fn variables_of_the_original_application_select_a_target() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("DATABASE_MODE", "sqlite")], "local"),
        (&[("DATABASE_MODE", "mock_warehouse")], "mock"),
        (
            &[("DATABASE_MODE", "sqlite"), ("SIGMA_MODE", "STANDALONE")],
            "local",
        ),
        (&[("MOCK_WAREHOUSE_TYPE", "snowflake")], "mock"),
        (
            &[
                ("SIGMA_MODE", "sigma"),
                ("SIGMA_WAREHOUSE_TYPE", "postgres"),
            ],
            "reporting",
        ),
        (&[("SIGMA_MODE", ""), ("DATABASE_MODE", "sqlite")], "local"),
    ];
    for (env, expected) in cases {
        assert_eq!(
            name(&growth(), None, env),
            Ok((*expected).to_owned()),
            "{env:?}"
        );
    }
}

#[test]
fn a_mode_without_target_has_a_built_in_one_unless_it_needs_a_warehouse() {
    let none = project(None, vec![standalone()]);
    let mock = resolve(&none, None, &[("MOCK_WAREHOUSE_TYPE", "bigquery")]).unwrap();
    assert_eq!(
        (mock.mode, mock.dialect),
        (Mode::MockWarehouse, Some(DialectName::Bigquery))
    );
    assert_eq!(mock.options["database"], ".bookwright/mock.db");
    let error = name(&none, None, &[("SIGMA_MODE", "sigma")]).unwrap_err();
    assert!(error[0].starts_with("unknown-target"), "{error:?}");
}

#[test]
fn a_contradictory_pair_is_an_error_that_names_both() {
    let error = name(
        &growth(),
        None,
        &[
            ("SIGMA_MODE", "standalone"),
            ("DATABASE_MODE", "real_warehouse"),
        ],
    );
    assert_eq!(
        error.unwrap_err(),
        [
            "contradictory-environment: `SIGMA_MODE=standalone` and `DATABASE_MODE=real_warehouse` ask for different targets"
        ]
    );
    let error = name(
        &growth(),
        None,
        &[
            ("SIGMA_MODE", "mock_warehouse"),
            ("MOCK_WAREHOUSE_TYPE", "bigquery"),
            ("SIGMA_WAREHOUSE_TYPE", "snowflake"),
        ],
    );
    assert!(
        error.unwrap_err()[0]
            .contains("`MOCK_WAREHOUSE_TYPE=bigquery` and `SIGMA_WAREHOUSE_TYPE=snowflake`")
    );
    let error = name(&growth(), None, &[("SIGMA_MODE", "local")]).unwrap_err();
    assert!(
        error[0].contains("expected `standalone`, `mock_warehouse`, `sigma`"),
        "{error:?}"
    );
}

#[test]
fn variables_shape_the_mock() {
    let none = project(None, vec![standalone()]);
    let env = [
        ("MOCK_WAREHOUSE_DATABASE", "/tmp/$m.db"),
        ("MOCK_WAREHOUSE_LATENCY_MS", "7"),
        ("SIGMA_WAREHOUSE_TYPE", "PostgreSQL"),
    ];
    let mock = resolve(&none, None, &env).unwrap();
    assert_eq!(
        (mock.mode, mock.dialect, mock.mock.latency_ms),
        (Mode::MockWarehouse, Some(DialectName::Postgres), 7)
    );
    assert_eq!(mock.options["database"], "/tmp/$m.db");
    let declared = target("dev", Mode::MockWarehouse, AdapterName::Sqlite, None);
    let own = project(None, vec![standalone(), declared]);
    let env = [
        ("MOCK_WAREHOUSE_TYPE", "bigquery"),
        ("MOCK_WAREHOUSE_PATH", "m.db"),
    ];
    let mock = resolve(&own, None, &env).unwrap();
    assert_eq!(
        (mock.name.as_str(), mock.dialect),
        ("dev", Some(DialectName::Bigquery))
    );
    assert_eq!(mock.options["database"], "m.db");
    let local = resolve(
        &none,
        None,
        &[
            ("SIGMA_MODE", "standalone"),
            ("MOCK_WAREHOUSE_PATH", "m.db"),
        ],
    );
    assert_eq!(local.unwrap().options["database"], ".bookwright/local.db");
}

#[test]
fn variables_of_the_mock_that_make_no_sense_are_errors() {
    let none = project(None, vec![standalone()]);
    let cases: [(&[(&str, &str)], &str); 4] = [
        (
            &[
                ("MOCK_WAREHOUSE_TYPE", "bigquery"),
                ("SIGMA_WAREHOUSE_TYPE", "snowflake"),
            ],
            "contradictory-environment: `MOCK_WAREHOUSE_TYPE=bigquery` and `SIGMA_WAREHOUSE_TYPE=snowflake` ask",
        ),
        (
            &[
                ("MOCK_WAREHOUSE_TYPE", "bigquery"),
                ("MOCK_WAREHOUSE_DIALECT", "snowflake"),
            ],
            "contradictory-environment: `MOCK_WAREHOUSE_DIALECT=snowflake` and `MOCK_WAREHOUSE_TYPE=bigquery` ask",
        ),
        (
            &[
                ("MOCK_WAREHOUSE_DATABASE", "a.db"),
                ("MOCK_WAREHOUSE_PATH", "b.db"),
            ],
            "contradictory-environment: `MOCK_WAREHOUSE_DATABASE=a.db` and `MOCK_WAREHOUSE_PATH=b.db` ask",
        ),
        (
            &[
                ("SIGMA_MODE", "mock_warehouse"),
                ("MOCK_WAREHOUSE_LATENCY_MS", "slow"),
            ],
            "invalid-setting: the environment variable `MOCK_WAREHOUSE_LATENCY_MS` is `slow`",
        ),
    ];
    for (env, expected) in cases {
        let error = resolve(&none, None, env).unwrap_err();
        assert!(error[0].starts_with(expected), "{error:?}");
    }
}

#[test]
fn several_targets_of_the_asked_mode_are_an_error() {
    let error = name(&growth(), None, &[("SIGMA_MODE", "sigma")]).unwrap_err();
    assert!(error[0].contains("`reporting`, `prod`"), "{error:?}");
}

#[test]
fn only_the_target_in_use_needs_its_variables_and_no_value_is_shown() {
    assert!(resolve(&growth(), Some("local"), &[]).is_ok());
    let error = resolve(&growth(), Some("prod"), &[]).unwrap_err();
    assert_eq!(
        error,
        ["missing-variable: the environment variable `TOKEN` is not set"]
    );
    let prod = resolve(&growth(), Some("prod"), &[("TOKEN", "s3cret")]).unwrap();
    assert_eq!(prod.options["token"], "s3cret");
    assert!(!format!("{prod:?}").contains("s3cret"));
}

#[test]
fn a_sigma_target_without_warehouse_is_an_error() {
    let project = project(
        None,
        vec![target("prod", Mode::Sigma, AdapterName::Sqlite, None)],
    );
    assert!(name(&project, None, &[]).unwrap_err()[0].starts_with("incomplete-target"));
}

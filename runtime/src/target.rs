//! Which target a command works on, and the engine behind it.
//!
//! Order: `--target`, the environment, `default_target`, the only target. A project without targets has `local`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bookwright_compiler::plan::Settings;

use crate::adapter::mock::{Behaviour, MockWarehouse};
use crate::adapter::sqlite::{Config, Sqlite};
use crate::adapter::{Adapter, Dialect};

/// Where the default targets keep their data, relative to the project.
const LOCAL: &str = ".bookwright/local.db";
const MOCK: &str = ".bookwright/mock.db";

/// What stands behind a target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// An embedded engine.
    Standalone,
    /// A local engine with a warehouse's face.
    MockWarehouse,
    /// A warehouse.
    Sigma,
}

impl Mode {
    /// The word of project files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standalone => "standalone",
            Self::MockWarehouse => "mock_warehouse",
            Self::Sigma => "sigma",
        }
    }
}

/// A target as the project declares it, as far as choosing and connecting need it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TargetSpec {
    /// Its name in the project.
    pub name: String,
    /// What stands behind it.
    pub mode: Mode,
    /// Engine: `sqlite`, `postgres`, `snowflake` …; the mode's own when absent.
    pub adapter: Option<String>,
    /// Warehouse whose face the mock wears; Snowflake when absent.
    pub dialect: Option<String>,
    /// Database file relative to the project; the mode's own when absent.
    pub database: Option<String>,
    /// Milliseconds the mock adds to every answer.
    pub latency_ms: u64,
    /// Whether the target has a write schema for input tables.
    pub write_access: bool,
}

impl TargetSpec {
    /// A target with nothing but its mode.
    pub fn plain(name: &str, mode: Mode) -> Self {
        Self {
            name: name.to_owned(),
            mode,
            adapter: None,
            dialect: None,
            database: None,
            latency_ms: 0,
            write_access: true,
        }
    }
}

/// Everything the choice depends on.
#[derive(Clone, Copy)]
pub struct Choice<'a> {
    /// Targets of the project, in order.
    pub targets: &'a [TargetSpec],
    /// The project's default.
    pub default_target: Option<&'a str>,
    /// `--target`.
    pub asked: Option<&'a str>,
    /// The environment.
    pub env: &'a dyn Fn(&str) -> Option<String>,
}

/// The target to use.
///
/// # Errors
/// A sentence: a name that no target has, variables that disagree or say nothing known, or no way to choose.
pub fn choose(choice: Choice<'_>) -> Result<TargetSpec, String> {
    let own = [TargetSpec::plain("local", Mode::Standalone)];
    let targets = if choice.targets.is_empty() {
        &own
    } else {
        choice.targets
    };
    if let Some(name) = choice.asked {
        return named(targets, name);
    }
    if let Some(wish) = Wish::read(choice.env)? {
        return wish.grant(targets, choice.default_target);
    }
    match (choice.default_target, targets) {
        (Some(name), _) => named(targets, name),
        (None, [only]) => Ok(only.clone()),
        (None, several) => Err(format!(
            "the project has the targets {}; choose one with `--target` or `default_target`",
            list(several)
        )),
    }
}

fn named(targets: &[TargetSpec], name: &str) -> Result<TargetSpec, String> {
    targets
        .iter()
        .find(|target| target.name == name)
        .cloned()
        .ok_or_else(|| {
            format!(
                "there is no target `{name}`; the project has {}",
                list(targets)
            )
        })
}

fn list(targets: &[TargetSpec]) -> String {
    targets
        .iter()
        .map(|target| format!("`{}`", target.name))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What the environment asks for.
struct Wish {
    mode: Mode,
    variable: &'static str,
    dialect: Option<String>,
    database: Option<String>,
    latency_ms: Option<u64>,
}

const SIGMA_MODE: &[(&str, Mode)] = &[
    ("standalone", Mode::Standalone),
    ("mock_warehouse", Mode::MockWarehouse),
    ("sigma", Mode::Sigma),
];
const DATABASE_MODE: &[(&str, Mode)] = &[
    ("sqlite", Mode::Standalone),
    ("mock_warehouse", Mode::MockWarehouse),
    ("real_warehouse", Mode::Sigma),
];

type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Wish {
    fn read(env: Env<'_>) -> Result<Option<Self>, String> {
        let sigma = mode(env, "SIGMA_MODE", SIGMA_MODE)?;
        let database = mode(env, "DATABASE_MODE", DATABASE_MODE)?;
        if let (Some((a, sigma)), Some((b, database))) = (&sigma, &database)
            && sigma != database
        {
            return Err(format!(
                "the variables `SIGMA_MODE={a}` and `DATABASE_MODE={b}` disagree"
            ));
        }
        let mock = first(env, &["MOCK_WAREHOUSE_TYPE", "MOCK_WAREHOUSE_DIALECT"]);
        let warehouse = first(env, &["SIGMA_WAREHOUSE_TYPE"]);
        if let (Some((a, mock)), Some((b, warehouse))) = (&mock, &warehouse)
            && !mock.eq_ignore_ascii_case(warehouse)
        {
            return Err(format!(
                "the variables `{a}={mock}` and `{b}={warehouse}` disagree"
            ));
        }
        let file = first(env, &["MOCK_WAREHOUSE_DATABASE", "MOCK_WAREHOUSE_PATH"]);
        let (mode, variable) = match (sigma, database, mock.as_ref().or(file.as_ref())) {
            (Some((_, mode)), ..) => (mode, "SIGMA_MODE"),
            (_, Some((_, mode)), _) => (mode, "DATABASE_MODE"),
            (None, None, Some((variable, _))) => (Mode::MockWarehouse, *variable),
            (None, None, None) => return Ok(None),
        };
        let is_mock = mode == Mode::MockWarehouse;
        let latency = first(env, &["MOCK_WAREHOUSE_LATENCY_MS"])
            .filter(|_| is_mock)
            .map(|(name, text)| {
                text.parse()
                    .map_err(|_| format!("`{name}` is a number of milliseconds, not `{text}`"))
            });
        Ok(Some(Self {
            mode,
            variable,
            dialect: mock.or(warehouse).map(|(_, word)| word),
            database: file.filter(|_| is_mock).map(|(_, path)| path),
            latency_ms: latency.transpose()?,
        }))
    }

    /// The project's target of that mode, or one made of the variables.
    fn grant(self, targets: &[TargetSpec], default: Option<&str>) -> Result<TargetSpec, String> {
        let fitting: Vec<&TargetSpec> = targets
            .iter()
            .filter(|target| target.mode == self.mode)
            .collect();
        let preferred = fitting
            .iter()
            .find(|target| Some(target.name.as_str()) == default);
        let mut target = match (preferred, fitting.as_slice()) {
            (Some(target), _) => (*target).clone(),
            (None, [only]) => (*only).clone(),
            (None, []) if self.mode == Mode::Sigma && self.dialect.is_none() => {
                let variable = self.variable;
                return Err(format!(
                    "`{variable}` asks for a warehouse, but the project has no target with `mode: sigma` and \
                     `SIGMA_WAREHOUSE_TYPE` is not set"
                ));
            }
            (None, []) => TargetSpec::plain(self.mode.as_str(), self.mode),
            (None, several) => {
                let names: Vec<String> = several
                    .iter()
                    .map(|target| format!("`{}`", target.name))
                    .collect();
                return Err(format!(
                    "`{}` fits the targets {}; choose one with `--target`",
                    self.variable,
                    names.join(", ")
                ));
            }
        };
        match self.mode {
            Mode::MockWarehouse => target.dialect = self.dialect.or(target.dialect),
            Mode::Sigma => target.adapter = self.dialect.or(target.adapter),
            Mode::Standalone => {}
        }
        target.database = self.database.or(target.database);
        target.latency_ms = self.latency_ms.unwrap_or(target.latency_ms);
        Ok(target)
    }
}

/// The word of a mode variable and what it means.
fn mode(
    env: Env<'_>,
    name: &'static str,
    words: &[(&str, Mode)],
) -> Result<Option<(String, Mode)>, String> {
    let Some((_, text)) = first(env, &[name]) else {
        return Ok(None);
    };
    if let Some((_, mode)) = words
        .iter()
        .find(|(word, _)| text.eq_ignore_ascii_case(word))
    {
        Ok(Some((text, *mode)))
    } else {
        let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        Err(format!(
            "`{name}` is `{text}`, but may be {}",
            known.join(", ")
        ))
    }
}

/// The first of these variables that is set and not empty.
fn first(env: Env<'_>, names: &[&'static str]) -> Option<(&'static str, String)> {
    names.iter().find_map(|name| {
        env(name)
            .filter(|text| !text.is_empty())
            .map(|text| (*name, text))
    })
}

/// Opens the engine of a target. Paths start at `project`.
///
/// # Errors
/// A sentence: an engine this build does not have, an unknown dialect, a database that cannot be opened.
pub fn connect(
    target: &TargetSpec,
    project: &Path,
    settings: &Settings,
) -> Result<Arc<dyn Adapter>, String> {
    let name = &target.name;
    let engine = target.adapter.as_deref().unwrap_or("sqlite");
    let file = |default: &str| project.join(target.database.as_deref().unwrap_or(default));
    let failed = |error: crate::adapter::AdapterError| format!("target `{name}`: {error}");
    match target.mode {
        Mode::Standalone if engine == "sqlite" => {
            let sqlite = Sqlite::open(&Config::new(file(LOCAL)), settings).map_err(failed)?;
            Ok(Arc::new(sqlite))
        }
        Mode::MockWarehouse if engine == "sqlite" => {
            let word = target.dialect.as_deref().unwrap_or("snowflake");
            let face = Dialect::parse(word).ok_or_else(|| {
                format!("target `{name}`: `{word}` is no dialect; known are snowflake, bigquery, databricks, postgres")
            })?;
            let latency = Duration::from_millis(target.latency_ms);
            let behaviour = Behaviour {
                face,
                latency,
                write_access: target.write_access,
            };
            let mock = MockWarehouse::open(&file(MOCK), behaviour, settings).map_err(failed)?;
            Ok(Arc::new(mock))
        }
        Mode::Standalone | Mode::MockWarehouse => Err(format!(
            "target `{name}`: the engine `{engine}` is not part of this build; `sqlite` is"
        )),
        Mode::Sigma => {
            let engine = target.adapter.as_deref().unwrap_or("warehouse");
            Err(format!(
                "target `{name}`: the engine `{engine}` is not part of this build"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets() -> Vec<TargetSpec> {
        let mock = TargetSpec {
            dialect: Some("bigquery".to_owned()),
            ..TargetSpec::plain("mock", Mode::MockWarehouse)
        };
        vec![
            TargetSpec::plain("local", Mode::Standalone),
            mock,
            TargetSpec::plain("prod", Mode::Sigma),
        ]
    }

    fn pick(
        targets: &[TargetSpec],
        default: Option<&str>,
        asked: Option<&str>,
        env: &[(&str, &str)],
    ) -> String {
        let get = |name: &str| {
            env.iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let choice = Choice {
            targets,
            default_target: default,
            asked,
            env: &get,
        };
        choose(choice).map_or_else(|sentence| sentence, |target| target.name)
    }

    #[test]
    fn flags_come_before_variables_before_the_default() {
        let env = [("SIGMA_MODE", "mock_warehouse")];
        assert_eq!(pick(&targets(), Some("local"), Some("prod"), &env), "prod");
        assert_eq!(pick(&targets(), Some("local"), None, &env), "mock");
        assert_eq!(pick(&targets(), Some("local"), None, &[]), "local");
        assert_eq!(pick(&targets()[1..2], None, None, &[]), "mock");
        assert_eq!(pick(&[], None, None, &[]), "local");
        assert_eq!(
            pick(
                &targets(),
                None,
                None,
                &[("DATABASE_MODE", "real_warehouse")]
            ),
            "prod"
        );
        assert_eq!(
            pick(
                &targets(),
                None,
                None,
                &[("MOCK_WAREHOUSE_TYPE", "snowflake")]
            ),
            "mock"
        );
    }

    #[test]
    fn what_cannot_be_chosen_is_a_sentence() {
        type Variables<'a> = &'a [(&'a str, &'a str)];
        let cases: [(Option<&str>, Variables<'_>, &str); 5] = [
            (
                Some("nope"),
                &[],
                "there is no target `nope`; the project has `local`, `mock`, `prod`",
            ),
            (
                None,
                &[],
                "the project has the targets `local`, `mock`, `prod`; choose one",
            ),
            (
                None,
                &[
                    ("SIGMA_MODE", "standalone"),
                    ("DATABASE_MODE", "real_warehouse"),
                ],
                "the variables `SIGMA_MODE=standalone` and `DATABASE_MODE=real_warehouse` disagree",
            ),
            (
                None,
                &[
                    ("MOCK_WAREHOUSE_TYPE", "bigquery"),
                    ("SIGMA_WAREHOUSE_TYPE", "snowflake"),
                ],
                "the variables `MOCK_WAREHOUSE_TYPE=bigquery` and `SIGMA_WAREHOUSE_TYPE=snowflake` disagree",
            ),
            (
                None,
                &[("SIGMA_MODE", "cloud")],
                "`SIGMA_MODE` is `cloud`, but may be `standalone`",
            ),
        ];
        for (asked, env, expected) in cases {
            let found = pick(&targets(), None, asked, env);
            assert!(found.starts_with(expected), "{found}");
        }
        let no_sigma = pick(&targets()[..1], None, None, &[("SIGMA_MODE", "sigma")]);
        assert!(
            no_sigma.contains("`SIGMA_WAREHOUSE_TYPE` is not set"),
            "{no_sigma}"
        );
    }

    #[test]
    fn variables_shape_the_mock() {
        let env = |name: &str| match name {
            "SIGMA_MODE" => Some("mock_warehouse".to_owned()),
            "MOCK_WAREHOUSE_TYPE" => Some("postgres".to_owned()),
            "MOCK_WAREHOUSE_DATABASE" => Some("m.db".to_owned()),
            "MOCK_WAREHOUSE_LATENCY_MS" => Some("7".to_owned()),
            _ => None,
        };
        let choice = Choice {
            targets: &[],
            default_target: None,
            asked: None,
            env: &env,
        };
        let target = choose(choice).unwrap();
        let found = (
            target.dialect.as_deref(),
            target.database.as_deref(),
            target.latency_ms,
        );
        assert_eq!(found, (Some("postgres"), Some("m.db"), 7));
        let folder = tempfile::tempdir().unwrap();
        let engine = connect(&target, folder.path(), &Settings::default()).unwrap();
        assert_eq!(
            (engine.capabilities().name.as_str(), engine.write_schema()),
            ("mock PostgreSQL", Some("sigds"))
        );
        assert!(folder.path().join("m.sigds.db").exists());
    }

    #[test]
    fn an_engine_that_is_not_built_in_is_told() {
        let target = TargetSpec {
            adapter: Some("duckdb".to_owned()),
            ..TargetSpec::plain("d", Mode::Standalone)
        };
        let error = connect(&target, Path::new("."), &Settings::default())
            .err()
            .unwrap();
        assert!(
            error.contains("`duckdb` is not part of this build"),
            "{error}"
        );
    }
}

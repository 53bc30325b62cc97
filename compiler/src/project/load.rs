//! From the project file to a [`Project`].

use indexmap::IndexMap;

use super::environment::substitute;
use super::settings::settings;
use super::target::standalone;
use super::{MockSettings, Project, Seed, Target};
use crate::diag::codes::project::{RESERVED_TARGET, UNREADABLE_PROJECT};
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::primitive::{Entry, NameOr, Text};
use crate::document::project::{
    AdapterName, Mode, Project as ProjectDocument, Seed as SeedDocument, Target as TargetDocument,
};
use crate::document::read::Reader;
use crate::host::Host;
use crate::plan::Settings;
use crate::source::SourceMap;
use crate::span::{Span, Spanned};
use crate::yaml;

/// Name of the project file.
pub const FILE: &str = "bookwright.yaml";

/// Reads the project file. Without one, or with one that cannot be read at all, the project has the default standalone
/// target. The project file is the first file of `sources`, also when there is none.
pub fn load(host: &dyn Host, sources: &mut SourceMap, sink: &mut Diagnostics) -> Project {
    let text = if host.list(FILE).is_empty() {
        Ok("".into())
    } else {
        host.read(FILE)
    };
    let file = sources.add(FILE, text.clone().unwrap_or_default());
    let text = match text {
        Ok(text) if text.is_empty() => return without_file(),
        Ok(text) => text,
        Err(problem) => {
            sink.push(Diagnostic::new(
                &UNREADABLE_PROJECT,
                Span::new(file, 0, 0),
                problem,
            ));
            return without_file();
        }
    };
    let node = yaml::parse(file, &text, sink);
    let document = node.and_then(|node| Reader::new(sources, sink).read::<ProjectDocument>(&node));
    match document {
        Some(document) => project(&document, host, sink),
        None => without_file(),
    }
}

fn without_file() -> Project {
    Project {
        name: String::new(),
        default_target: None,
        targets: only(standalone()),
        workbooks: default_workbooks(),
        seeds: default_seeds(),
        settings: Settings::default(),
    }
}

fn project(document: &ProjectDocument, host: &dyn Host, sink: &mut Diagnostics) -> Project {
    let mut targets: IndexMap<String, Target> = document
        .targets
        .iter()
        .map(|entry| (entry.name.value.clone(), target(entry, sink)))
        .collect();
    if targets.is_empty() {
        targets = only(standalone());
    }
    Project {
        name: document.project.value.clone(),
        default_target: document
            .default_target
            .as_ref()
            .map(|name| name.value.clone()),
        targets,
        workbooks: match &document.workbooks {
            Some(patterns) => patterns
                .iter()
                .filter_map(|pattern| substitute(pattern, host, sink))
                .collect(),
            None => default_workbooks(),
        },
        seeds: match &document.seeds {
            Some(seeds) => seeds
                .iter()
                .filter_map(|described| seed(described, host, sink))
                .collect(),
            None => default_seeds(),
        },
        settings: settings(document, sink),
    }
}

fn only(target: Target) -> IndexMap<String, Target> {
    [(target.name.clone(), target)].into()
}

fn default_workbooks() -> Vec<String> {
    vec!["workbooks/*.yaml".to_owned()]
}

fn default_seeds() -> Vec<Seed> {
    vec![Seed {
        pattern: "data/**/*.csv".to_owned(),
        table: None,
        types: IndexMap::new(),
    }]
}

fn target(entry: &Entry<TargetDocument>, sink: &mut Diagnostics) -> Target {
    let name = entry.name.value.clone();
    if name == "sigma" {
        sink.push(
            Diagnostic::new(
                &RESERVED_TARGET,
                entry.name.span,
                "`sigma` is not a name for a target",
            )
            .note("`check --target sigma` judges whether a workbook can move to the platform")
            .help("give the target another name"),
        );
    }
    let document = &entry.value;
    let mode = document.mode.value;
    let options = options(document);
    let mut options: IndexMap<String, Text> = options
        .into_iter()
        .filter_map(|(key, text)| Some((key.to_owned(), text.clone()?)))
        .collect();
    // Local engines need a file; it lies in the project's state folder unless said.
    if mode != Mode::Sigma && !options.contains_key("database") {
        let file = if mode == Mode::Standalone {
            "local"
        } else {
            name.as_str()
        };
        options.insert(
            "database".to_owned(),
            Text::new(format!(".bookwright/{file}.db"), entry.name.span),
        );
    }
    Target {
        name,
        mode,
        adapter: document
            .adapter
            .as_ref()
            .map_or(AdapterName::Sqlite, |adapter| adapter.value),
        dialect: document.dialect.as_ref().map(|dialect| dialect.value),
        options,
        mock: MockSettings {
            latency_ms: number(document.latency_ms),
            max_statements: number(document.max_statements),
            statement_limit_ms: number(document.statement_limit_ms),
            fail_every: number(document.fail_every),
        },
        write_access: document
            .write_access
            .as_ref()
            .is_none_or(|access| access.value),
        span: Some(entry.name.span),
    }
}

fn number(written: Option<Spanned<u32>>) -> u32 {
    written.map_or(0, |number| number.value)
}

fn options(document: &TargetDocument) -> [(&'static str, &Option<Text>); 14] {
    [
        ("database", &document.database),
        ("write_schema", &document.write_schema),
        ("url", &document.url),
        ("account", &document.account),
        ("user", &document.user),
        ("private_key_file", &document.private_key_file),
        ("warehouse", &document.warehouse),
        ("schema", &document.schema),
        ("role", &document.role),
        ("host", &document.host),
        ("http_path", &document.http_path),
        ("token", &document.token),
        ("project_id", &document.project_id),
        ("dataset", &document.dataset),
    ]
}

fn seed(described: &NameOr<SeedDocument>, host: &dyn Host, sink: &mut Diagnostics) -> Option<Seed> {
    let (pattern, table, types) = match described {
        NameOr::Name(pattern) => (pattern, None, IndexMap::new()),
        NameOr::Inline(seed) => {
            let types = seed
                .types
                .iter()
                .map(|entry| (entry.name.value.clone(), entry.value.value.ty()));
            (
                &seed.file,
                seed.table.as_ref().map(|table| table.value.clone()),
                types.collect(),
            )
        }
    };
    Some(Seed {
        pattern: substitute(pattern, host, sink)?,
        table,
        types,
    })
}

#[cfg(test)]
mod tests {
    use super::super::target::resolve_target;
    use super::super::tests::Files;
    use super::*;
    use crate::diag::render::concise;
    use crate::value::Type;

    fn check(text: &str, env: &[(&str, &str)]) -> (Project, Vec<String>) {
        let host = Files {
            files: &[(FILE, text)],
            env,
        };
        let (mut sources, mut sink) = (SourceMap::default(), Diagnostics::default());
        let project = load(&host, &mut sources, &mut sink);
        resolve_target(&project, None, &host, &mut sink);
        let lines = concise::render(&sink, &sources)
            .lines()
            .map(str::to_owned)
            .collect();
        (project, lines)
    }

    #[test]
    fn a_folder_without_project_file_has_the_defaults() {
        let host = Files {
            files: &[],
            env: &[],
        };
        let (mut sources, mut sink) = (SourceMap::default(), Diagnostics::default());
        let project = load(&host, &mut sources, &mut sink);
        assert!(sink.is_empty());
        assert_eq!(project.name, "");
        assert_eq!(project.workbooks, ["workbooks/*.yaml"]);
        assert_eq!(project.seeds[0].pattern, "data/**/*.csv");
        let target = resolve_target(&project, None, &host, &mut sink).unwrap();
        assert_eq!(
            (target.name.as_str(), target.mode),
            ("local", Mode::Standalone)
        );
        assert_eq!(target.options["database"], ".bookwright/local.db");
    }

    #[test]
    fn a_project_file_is_read_in_full() {
        let (project, findings) = check(
            "project: growth
default_target: mock
targets:
  local: { mode: standalone }
  mock: { mode: mock_warehouse, dialect: bigquery, latency_ms: 20, max_statements: 4, write_schema: SIGMA_WRITE }
workbooks: [books/*.yaml]
seeds: [data/*.csv, { file: 'data/${FILE:-zip}.csv', table: GEO.ZIP, types: { zip: text } }]
time_zone: Europe/Berlin
week_start: monday
locale: de-DE
currency: EUR
",
            &[],
        );
        assert_eq!(findings, Vec::<String>::new());
        assert_eq!(project.default_target.as_deref(), Some("mock"));
        assert_eq!(
            project.targets["local"].options["database"].value,
            ".bookwright/local.db"
        );
        assert_eq!(
            project.targets["mock"].options["database"].value,
            ".bookwright/mock.db"
        );
        let mock = MockSettings {
            latency_ms: 20,
            max_statements: 4,
            ..MockSettings::default()
        };
        assert_eq!(project.targets["mock"].mock, mock);
        assert_eq!(project.workbooks, ["books/*.yaml"]);
        assert_eq!(project.seeds[1].pattern, "data/zip.csv");
        assert_eq!(project.seeds[1].table.as_deref(), Some("GEO.ZIP"));
        assert_eq!(project.seeds[1].types["zip"], Type::Text);
        assert_eq!(project.settings.time_zone, "Europe/Berlin");
        assert_eq!(project.settings.currency, "EUR");
    }

    #[test]
    fn mistakes_are_reported_where_they_stand() {
        let cases = [
            (
                "project: a\ntime_zone: Europe/Berln\n",
                "bookwright.yaml:2:12: error[invalid-setting]",
            ),
            (
                "project: a\ntargets:\n  sigma: { mode: standalone }\n",
                "bookwright.yaml:3:3: error[reserved-target]",
            ),
            (
                "project: a\ntargets:\n  x: { mode: standalone, database: \"${NOWHERE}\" }\n",
                "bookwright.yaml:3:36: error[missing-variable]",
            ),
            (
                "project: a\ndefault_target: y\ntargets:\n  x: { mode: standalone }\n",
                "bookwright.yaml:1:1: error[unknown-target]",
            ),
        ];
        for (text, expected) in cases {
            let (_, findings) = check(text, &[]);
            assert_eq!(findings.len(), 1, "{findings:?}");
            assert!(findings[0].starts_with(expected), "{findings:?}");
        }
    }

    #[test]
    fn a_broken_project_file_still_gives_a_project() {
        let (project, findings) = check("targets: [", &[]);
        assert!(!findings.is_empty());
        assert!(project.targets.contains_key("local"));
    }
}

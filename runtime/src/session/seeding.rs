//! Seed files of a project, as the loader wants them.

use std::path::Path;

use bookwright_compiler::diag::Diagnostic;
use bookwright_compiler::diag::codes::runtime::SEED_FAILED;
use bookwright_compiler::project::Project;
use bookwright_compiler::span::Span;

use super::choice::Findings;
use crate::host::{glob, inside};
use crate::seeds::{Problem, Seed, name};

/// Every seed file below `root`, in the order of the project's patterns; a file that two patterns match counts once,
/// by the last of them, so that a description of one file wins over a glob before it.
pub fn seeds(root: &Path, project: &Project) -> Vec<Seed> {
    let mut out: Vec<Seed> = Vec::new();
    for described in &project.seeds {
        for file in glob::list(root, &described.pattern) {
            let Ok(path) = inside(root, &file) else {
                continue;
            };
            let table = match &described.table {
                Some(table) => table.split('.').map(str::to_owned).collect(),
                None => name::table_of(&described.pattern, &file),
            };
            let types = described
                .types
                .iter()
                .map(|(column, ty)| (column.clone(), *ty))
                .collect();
            out.retain(|seed| seed.file != file);
            out.push(Seed {
                file,
                path,
                table,
                types,
            });
        }
    }
    out
}

/// Files that queries read directly: each is a table named by its path.
pub(super) fn direct<'a>(root: &Path, files: impl IntoIterator<Item = &'a str>) -> Vec<Seed> {
    let seed = |file: &str| {
        Some(Seed {
            path: inside(root, file).ok()?,
            table: vec![file.to_owned()],
            types: std::collections::BTreeMap::new(),
            file: file.to_owned(),
        })
    };
    files.into_iter().filter_map(seed).collect()
}

/// What is wrong with seeds, each at its line.
pub(crate) fn findings(root: &Path, problems: &[Problem]) -> Findings {
    let mut out = Findings::default();
    for problem in problems {
        let known = out
            .sources
            .files()
            .find(|(_, file)| file.path == problem.file)
            .map(|(id, _)| id);
        let file =
            known.unwrap_or_else(|| out.sources.add(&problem.file, text(root, &problem.file)));
        let source = out.sources.file(file);
        let (start, end) = match problem.line {
            Some(line) => (source.offset(line, 1), source.offset(line, u32::MAX)),
            None => (0, 0),
        };
        out.diagnostics.push(Diagnostic::new(
            &SEED_FAILED,
            Span::new(file, start, end),
            &problem.message,
        ));
    }
    out.diagnostics.sort();
    out
}

/// The text of a seed for its findings; nothing for one that is no text.
#[expect(clippy::disallowed_methods, reason = "seeds are read by the runtime")]
fn text(root: &Path, file: &str) -> String {
    inside(root, file)
        .ok()
        .and_then(|path| std::fs::read_to_string(path).ok())
        .unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files")]
mod tests {
    use bookwright_compiler::project::Seed as Described;
    use bookwright_compiler::project::target::standalone;
    use bookwright_compiler::value::Type;

    use super::*;

    #[test]
    fn a_description_of_one_file_wins_over_a_glob() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("data/growth")).unwrap();
        std::fs::write(root.join("data/zip.csv"), "zip\n1\n").unwrap();
        std::fs::write(root.join("data/growth/plans.csv"), "a\n1\n").unwrap();
        let described = |pattern: &str, table: Option<&str>| Described {
            pattern: pattern.to_owned(),
            table: table.map(str::to_owned),
            types: [("zip".to_owned(), Type::Text)].into(),
        };
        let project = Project {
            name: String::new(),
            default_target: None,
            targets: [("local".to_owned(), standalone())].into(),
            workbooks: Vec::new(),
            seeds: vec![
                described("data/**/*.csv", None),
                described("data/zip.csv", Some("GEO.ZIP")),
            ],
            settings: bookwright_compiler::plan::Settings::default(),
        };
        let found = seeds(&root, &project);
        let tables: Vec<String> = found.iter().map(|seed| seed.table.join(".")).collect();
        assert_eq!(tables, ["growth.plans", "GEO.ZIP"]);
    }
}

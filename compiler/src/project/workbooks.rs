//! Which files of a project are workbooks.

use super::Project;
use crate::host::Host;

/// Paths of all workbooks: files that match the project's globs and have a `workbook` key at their top level, sorted
/// and without repetition. Files without that key are for `include`.
pub fn workbook_files(project: &Project, host: &dyn Host) -> Vec<String> {
    let mut paths: Vec<String> = project
        .workbooks
        .iter()
        .flat_map(|pattern| host.list(pattern))
        .filter(|path| host.read(path).is_ok_and(|text| is_workbook(&text)))
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Whether a text has the key `workbook` at its top level. Only lines are looked at, so that a file with a mistake
/// anywhere else still counts as the workbook it is meant to be.
pub fn is_workbook(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().any(|line| {
        let line = line.strip_prefix(['{']).map_or(line, str::trim_start);
        let key = ["workbook", "\"workbook\"", "'workbook'"]
            .iter()
            .find_map(|key| line.strip_prefix(key));
        key.and_then(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix(':'))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

#[cfg(test)]
mod tests {
    use super::is_workbook;

    #[test]
    fn a_workbook_has_the_key_at_its_top_level() {
        for text in [
            "workbook: A",
            "# comment\nqueries: {}\nworkbook : A\n",
            "\u{feff}workbook: A\r\n",
            "\"workbook\": A",
            "workbook:\n  broken: [",
            "{ workbook: A }",
        ] {
            assert!(is_workbook(text), "{text:?}");
        }
        for text in [
            "",
            "queries:\n  workbook: x",
            "workbooks: [a]",
            "# workbook: A",
            "workbook:A",
        ] {
            assert!(!is_workbook(text), "{text:?}");
        }
    }
}

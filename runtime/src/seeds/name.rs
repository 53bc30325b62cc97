//! Names of seed tables.

use std::collections::BTreeMap;

use super::{Problem, Seed};

/// The table of a file: its path below the pattern's fixed part, without extension. `data/growth/customers.csv` of
/// `data/**/*.csv` is `[growth, customers]`; a pattern without wildcard names the file's own stem.
pub fn table_of(pattern: &str, file: &str) -> Vec<String> {
    let fixed = pattern
        .split('/')
        .take_while(|segment| !segment.contains(['*', '?', '[']));
    let fixed: Vec<&str> = fixed.collect();
    let segments: Vec<&str> = file.split('/').collect();
    let shared = fixed
        .iter()
        .zip(&segments)
        .take_while(|(a, b)| a == b)
        .count();
    let below = shared.min(segments.len().saturating_sub(1));
    let mut path: Vec<String> = segments
        .into_iter()
        .skip(below)
        .map(str::to_owned)
        .collect();
    if let Some(last) = path.last_mut()
        && let Some((stem, _)) = last.rsplit_once('.')
        && !stem.is_empty()
    {
        *last = stem.to_owned();
    }
    path
}

/// A problem for every two files that would be one table.
pub fn clashes(seeds: &[Seed]) -> Vec<Problem> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for seed in seeds {
        let name = seed.table.join(".");
        match seen.get(&name.to_lowercase()) {
            Some(first) => found.push(Problem {
                file: seed.file.clone(),
                line: None,
                message: format!(
                    "`{first}` is the table `{name}` as well; give one of them `table:`"
                ),
            }),
            None => {
                seen.insert(name.to_lowercase(), &seed.file);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_named_below_the_fixed_part_of_its_pattern() {
        let cases = [
            ("data/*.csv", "data/customers.csv", "customers"),
            (
                "data/**/*.csv",
                "data/growth/customers.csv",
                "growth.customers",
            ),
            (
                "data/growth/customers.csv",
                "data/growth/customers.csv",
                "customers",
            ),
            ("**/*.csv", "a/b.c.csv", "a.b.c"),
            ("*.csv", "x.csv", "x"),
        ];
        for (pattern, file, expected) in cases {
            assert_eq!(
                table_of(pattern, file).join("."),
                expected,
                "{pattern} {file}"
            );
        }
    }

    #[test]
    fn two_files_of_one_name_are_named_both() {
        let seed = |file: &str| Seed {
            file: file.to_owned(),
            path: file.into(),
            table: vec![file.rsplit('/').next().unwrap().to_owned()],
            types: BTreeMap::new(),
        };
        let found = clashes(&[seed("a/X"), seed("b/y"), seed("b/x")]);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            ["b/x: `a/X` is the table `x` as well; give one of them `table:`"]
        );
    }
}

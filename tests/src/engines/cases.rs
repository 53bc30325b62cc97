//! Formulas to run, as data.

use bookwright_compiler::formula::functions::{self, Category, Kind, Lowering};

use super::folder;

/// A formula, and what it is run for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// Family, as the files of cases are named.
    pub family: String,
    /// Function it is about.
    pub function: String,
    /// Formula.
    pub formula: String,
    /// Table it reads.
    pub table: &'static str,
    /// Whether it is computed per group of `K`.
    pub grouped: bool,
}

impl Case {
    /// A case; groups and function are read from the formula.
    pub fn new(family: &str, function: Option<&str>, formula: &str, table: &'static str) -> Self {
        let names = called(formula);
        let grouped = names.iter().any(|name| {
            functions::function(name)
                .is_some_and(|known| matches!(known.kind, Kind::Aggregate | Kind::Total))
        });
        let first = || names.first().map_or("operators", |name| *name);
        Self {
            family: family.to_owned(),
            function: function.unwrap_or_else(first).to_owned(),
            formula: formula.to_owned(),
            table,
            grouped,
        }
    }
}

/// The family of a category, as files of cases and tables of dialects are named.
pub fn family(category: Category) -> &'static str {
    match category {
        Category::Operator => "operators",
        Category::Logical => "logical",
        Category::Text => "text",
        Category::Math => "math",
        Category::Date => "date",
        Category::Type => "types",
        Category::Aggregate => "aggregate",
        Category::Window => "window",
        Category::Array => "array",
        Category::System | Category::Join => "system",
        Category::Financial => "financial",
        Category::Passthrough => "passthrough",
        Category::Geography => "geography",
    }
}

/// Examples of every function of the registry, but those that read other elements.
pub fn examples() -> Vec<Case> {
    let functions = functions::all().filter(|f| f.kind != Kind::Lookup);
    functions
        .filter(|f| f.lowering != Lowering::Replaced || f.filtered.is_some())
        .map(|f| {
            let family = family(f.category);
            Case::new(family, Some(f.name), f.example.formula, "sample")
        })
        .collect()
}

/// The files of `tests/engines/cases`: a formula per line; `#` begins a comment.
///
/// # Errors
/// When they cannot be read.
#[expect(
    clippy::disallowed_methods,
    reason = "cases are read before anything runs"
)]
pub fn written() -> std::io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder().join("cases"))?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    for path in files {
        let family = path.file_stem().unwrap_or_default().to_string_lossy();
        for line in std::fs::read_to_string(&path)?.lines() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                cases.push(Case::new(&family, None, line, "cases"));
            }
        }
    }
    Ok(cases)
}

/// Names in front of parentheses, in order.
fn called(formula: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, _) in formula.match_indices('(') {
        let before = formula.get(..at).unwrap_or_default();
        let start = before
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |i| i + 1);
        let name = before.get(start..).unwrap_or_default();
        if functions::function(name).is_some() {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_function_is_what_a_case_is_about() {
        for (formula, function, grouped) in [
            ("Left([S], 3)", "Left", false),
            ("[I] + [J]", "operators", false),
            ("Round(Sum([F]), 2)", "Round", true),
            ("CumulativeSum([I])", "CumulativeSum", false),
        ] {
            let case = Case::new("x", None, formula, "cases");
            assert_eq!((&*case.function, case.grouped), (function, grouped));
        }
    }
}

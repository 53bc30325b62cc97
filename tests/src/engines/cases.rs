//! Formulas to run, as data.

use bookwright_compiler::formula::functions::{self, Category, Evaluator, Kind, Lowering};

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
    /// Where it is computed.
    pub shape: Shape,
}

/// Where a formula is computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// In the rows of the table.
    Rows,
    /// Per group of `K`.
    Groups,
    /// In the rows beneath groups of `K`: windows begin anew in each.
    Beneath,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Rows, Self::Groups, Self::Beneath];
}

impl Case {
    /// A case; shape and function are read from the formula.
    pub fn new(family: &str, function: Option<&str>, formula: &str, table: &'static str) -> Self {
        let names = called(formula);
        let grouped = has(&names, &[Kind::Aggregate, Kind::Total]);
        let first = || names.first().map_or("operators", |name| *name);
        Self {
            family: family.to_owned(),
            function: function.unwrap_or_else(first).to_owned(),
            formula: formula.to_owned(),
            table,
            shape: if grouped { Shape::Groups } else { Shape::Rows },
        }
    }
}

impl Case {
    /// Functions that it calls.
    pub fn calls(&self) -> Vec<&str> {
        called(&self.formula)
    }
}

fn has(names: &[&str], kinds: &[Kind]) -> bool {
    let mut known = names.iter().filter_map(|name| functions::function(name));
    known.any(|function| kinds.contains(&function.kind))
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
        // What the engine's own functions give, the reference does not know.
        .filter(|f| !matches!(f.evaluate, Evaluator::Engine))
        .map(|f| {
            let family = family(f.category);
            Case::new(family, Some(f.name), f.example.formula, "sample")
        })
        .collect()
}

/// The files of `tests/engines/cases`: a formula per line; `#` begins a comment, `<<a|b>>` stands for each of the words.
/// What follows the order of rows is computed in groups as well.
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
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            for formula in spelled_out(line) {
                let table = if family == "zoned" { "zoned" } else { "cases" };
                let case = Case::new(&family, None, &formula, table);
                if case.shape == Shape::Rows && has(&called(&formula), &[Kind::Window]) {
                    let shape = Shape::Beneath;
                    cases.push(Case {
                        shape,
                        ..case.clone()
                    });
                }
                cases.push(case);
            }
        }
    }
    Ok(cases)
}

/// The lines that a line with choices stands for.
fn spelled_out(line: &str) -> Vec<String> {
    let choice = line.split_once("<<").and_then(|(before, rest)| {
        let (words, after) = rest.split_once(">>")?;
        Some((before, words, after))
    });
    let Some((before, words, after)) = choice else {
        return vec![line.to_owned()];
    };
    let rest = spelled_out(after);
    let word = |word| rest.iter().map(move |rest| format!("{before}{word}{rest}"));
    words.split('|').flat_map(word).collect()
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
        for (formula, function, shape) in [
            ("Left([S], 3)", "Left", Shape::Rows),
            ("[I] + [J]", "operators", Shape::Rows),
            ("Round(Sum([F]), 2)", "Round", Shape::Groups),
            ("CumulativeSum([I])", "CumulativeSum", Shape::Rows),
        ] {
            let case = Case::new("x", None, formula, "cases");
            assert_eq!((&*case.function, case.shape), (function, shape));
        }
    }

    #[test]
    fn choices_stand_for_every_pair_of_words() {
        assert_eq!(
            spelled_out("f(<<a|b>>, <<1|2>>)"),
            ["f(a, 1)", "f(a, 2)", "f(b, 1)", "f(b, 2)"]
        );
    }
}

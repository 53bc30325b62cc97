//! Files that are generated from the code and checked in: each with its path from the project's root and its text.

use bookwright_compiler::diag::codes;
use bookwright_compiler::formula::functions::{self, signature::Category};
use bookwright_compiler::schema;
use serde_json::Value;

/// Every generated file.
pub fn files() -> Vec<(&'static str, String)> {
    vec![
        ("schemas/project.schema.json", pretty(&schema::project())),
        ("schemas/workbook.schema.json", pretty(&schema::workbook())),
        ("schemas/plan.schema.json", pretty(&schema::plan())),
        ("docs/diagnostics.md", diagnostics()),
        ("docs/functions.md", functions()),
    ]
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// One table per family of functions.
fn functions() -> String {
    let mut text = String::from(
        "# Functions\n\n\
         Generated from the registry of functions (`compiler/src/formula/functions`). Brackets hold\n\
         what may be left out, `…` stands behind what repeats. Examples read the five rows `N` 2, 4, Null, 4, 10; `T` b, a, Null,\n\
         empty text, a; `D` 2026-01-01, 2026-01-15, 2026-02-01, Null, 2026-03-01; `L` True, False, True, Null, True.\n",
    );
    let mut family = None;
    for function in functions::all().filter(|f| f.category != Category::Operator) {
        if family != Some(function.category) {
            family = Some(function.category);
            let heading = format!("\n## {:?}\n\n", function.category);
            text.push_str(&heading);
            text.push_str("| call | gives | example |\n|---|---|---|\n");
        }
        let cell = |text: &str| text.replace('|', "\\|");
        let example = match function.example.formula {
            "" => String::new(),
            formula => format!("`{formula}` is `{}`", function.example.expected),
        };
        let row = format!(
            "| `{}` | {} | {} |\n",
            cell(&functions::usage(function)),
            cell(function.doc),
            cell(&example)
        );
        text.push_str(&row);
    }
    text
}

/// One line per code.
fn diagnostics() -> String {
    let mut text = String::from(
        "# Diagnostics\n\n\
         Generated from the registry of codes (`compiler/src/diag/codes`). `bookwright explain NAME` prints a code's page.\n\n\
         | number | name | severity | what it says |\n|---|---|---|---|\n",
    );
    let mut all: Vec<_> = codes::all().collect();
    all.sort_by_key(|code| code.number);
    for code in all {
        let page = format!("../compiler/src/diag/pages/{}.md", code.name);
        let row = format!(
            "| {} | [`{}`]({page}) | {} | {} |\n",
            code.number,
            code.name,
            code.severity.as_str(),
            code.summary
        );
        text.push_str(&row);
    }
    text
}

//! Files that are generated from the code and checked in: each with its path from the project's root and its text.

use bookwright_compiler::diag::codes;
use bookwright_compiler::schema;
use serde_json::Value;

/// Every generated file.
pub fn files() -> Vec<(&'static str, String)> {
    vec![
        ("schemas/project.schema.json", pretty(&schema::project())),
        ("schemas/workbook.schema.json", pretty(&schema::workbook())),
        ("schemas/plan.schema.json", pretty(&schema::plan())),
        ("docs/diagnostics.md", diagnostics()),
    ]
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
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

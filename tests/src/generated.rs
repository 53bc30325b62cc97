//! Files that are generated from the code and checked in: each with its path from the project's root and its text.

use bookwright_compiler::diag::codes;
use bookwright_compiler::formula::functions::{self, page};
use bookwright_compiler::schema;
use serde_json::Value;

use crate::engines;

/// Every generated file.
pub fn files() -> Vec<(String, String)> {
    let mut files = vec![
        (
            "schemas/project.schema.json".to_owned(),
            pretty(&schema::project()),
        ),
        (
            "schemas/workbook.schema.json".to_owned(),
            pretty(&schema::workbook()),
        ),
        (
            "schemas/plan.schema.json".to_owned(),
            pretty(&schema::plan()),
        ),
        ("docs/diagnostics.md".to_owned(), diagnostics()),
        (
            "docs/engine-support.md".to_owned(),
            engines::support::page(),
        ),
    ];
    files.extend(pages());
    files
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Where the pages of functions are; nothing else is there.
pub const PAGES: &str = "docs/functions";

/// A page per function, one of constants, and the index of them.
fn pages() -> Vec<(String, String)> {
    let at = |stem: &str| format!("{PAGES}/{stem}.md");
    let mut files = vec![
        (at("README"), page::index()),
        (at("constants"), page::constants()),
    ];
    files.extend(
        functions::all().map(|function| (at(&page::file_stem(function)), page::page(function))),
    );
    files
}

/// Files in the folder of pages that no function has any more.
///
/// # Errors
/// When the folder cannot be read.
pub fn surplus(root: &std::path::Path) -> std::io::Result<Vec<String>> {
    let known: Vec<String> = pages().into_iter().map(|(path, _)| path).collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root.join(PAGES))? {
        let path = format!("{PAGES}/{}", entry?.file_name().to_string_lossy());
        if !known.contains(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
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

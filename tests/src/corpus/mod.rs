//! Documents that people made for the platform, checked as workbooks of our language.
//!
//! A document is read in any of its wire generations ([`document`]), every formula is rewritten to our names
//! ([`rewrite`]), the whole is written as a workbook of queries and controls ([`write`]), over tables whose columns have
//! the types their use tells ([`types`]), and that is compiled. Layout, looks and actions have no part in it.

mod document;
mod json;
mod names;
mod rewrite;
#[cfg(test)]
mod tests;
mod types;
mod write;

use std::fmt;
use std::path::Path;
use std::{fs, io};

use bookwright_compiler::compile::{Goal, Memory, compile_observed};
use bookwright_compiler::diag::{Diagnostics, Severity};
use bookwright_compiler::project;
use bookwright_compiler::source::SourceMap;

use self::document::Document;
use self::types::Warehouse;

/// What is wrong with a formula, or with a pointer to a column.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// Name of the element, or `controls`.
    pub element: String,
    /// Name of the column, or of what holds the pointer.
    pub column: String,
    /// Name of the diagnostic.
    pub code: String,
    /// What is told.
    pub message: String,
    /// The formula as the document has it; empty for pointers.
    pub formula: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {} | {}", self.element, self.column, self.code)
    }
}

/// What became of one document.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Elements, of every kind.
    pub elements: usize,
    /// Formulas as written.
    pub formulas: Vec<String>,
    /// Errors.
    pub findings: Vec<Finding>,
    /// Warnings.
    pub warnings: Vec<Finding>,
    /// The workbook it was checked as.
    pub workbook: String,
    /// Columns of tables whose type their use tells, and all of them.
    pub typed: (usize, usize),
}

/// Paths of the documents below a folder, sorted, with their texts.
///
/// # Errors
/// When a file cannot be read.
pub fn texts(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut list = Vec::new();
    for part in ["data-models", "workbooks"] {
        for entry in fs::read_dir(folder.join(part))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let known = path.extension().is_some_and(|e| e == "json" || e == "yaml");
            if known {
                let text = io::read_to_string(fs::File::open(&path)?)?;
                list.push((format!("{part}/{name}"), text));
            }
        }
    }
    list.sort();
    Ok(list)
}

/// Checks a document.
///
/// # Errors
/// A sentence, when it is no document.
pub fn check(text: &str) -> Result<Report, String> {
    let document = Document::read(&json::read(text)?)?;
    let mut report = Report {
        elements: document.count,
        formulas: document.formulas(),
        findings: document.pointers(),
        ..Report::default()
    };
    let book = rewrite::book(&document);
    report.findings.extend(book.findings.iter().cloned());
    let page = write::page(&document, &book);
    let warehouse = Warehouse::new(&document, &book, &page.text);
    report.typed = warehouse.typed();
    compile(&warehouse, &page, &mut report);
    report.findings.sort();
    report.workbook = page.text;
    Ok(report)
}

fn compile(warehouse: &Warehouse, page: &write::Page, report: &mut Report) {
    let mut sources = SourceMap::default();
    let project = project::load(warehouse, &mut sources, &mut Diagnostics::default());
    let compilation = compile_observed(
        warehouse,
        &project,
        types::FILE,
        Goal::Check,
        &mut Memory::forgetful(),
        &mut |_| (),
    );
    for found in &compilation.diagnostics {
        let file = compilation.sources.file(found.primary.span.file);
        let line = file.position(found.primary.span.start).line;
        let place = page.at(line);
        let finding = Finding {
            element: place.element.clone(),
            column: place.column.clone(),
            code: found.code.name.to_owned(),
            message: found.message.clone(),
            formula: place.formula.clone(),
        };
        match found.severity {
            Severity::Error => report.findings.push(finding),
            _ => report.warnings.push(finding),
        }
    }
}

//! The workbook that is made for one formula.

use std::sync::Arc;

use bookwright_compiler::compile::Compilation;
use bookwright_compiler::diag::{Diagnostic, Diagnostics};
use bookwright_compiler::host::{CatalogColumn, CatalogTable, Host, SqlRefusal};
use bookwright_compiler::plan::Settings;
use bookwright_compiler::project::Project;
use bookwright_compiler::project::target::standalone;
use bookwright_compiler::source::SourceMap;
use bookwright_compiler::span::{FileId, Span};

use super::rows::{Rows, TABLE};

/// Path of the workbook.
pub(super) const FILE: &str = "formula.yaml";
/// Name of the formula's column.
pub(super) const RESULT: &str = "Result of the formula";

/// Where the formula stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// One value over everything.
    Summary,
    /// One value per row.
    Column,
}

/// A workbook around a formula.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    formula: String,
    text: Arc<str>,
    /// Byte at which the formula begins.
    start: u32,
}

impl Sheet {
    /// A formula is one line here: line breaks become spaces.
    pub(super) fn new(formula: &str, place: Place) -> Self {
        let formula = formula.trim().replace(['\r', '\n', '\t'], " ");
        let head = match place {
            Place::Summary => format!("    summary:\n      {RESULT}: |-\n        "),
            Place::Column => {
                format!("    columns:\n      - \"*\"\n      - {RESULT}: |-\n          ")
            }
        };
        let head = format!("workbook: Formula\nqueries:\n  Rows:\n    table: {TABLE}\n{head}");
        Self {
            text: format!("{head}{formula}\n").into(),
            start: u32::try_from(head.len()).unwrap_or(u32::MAX),
            formula,
        }
    }

    /// The host of the compilation.
    pub(super) fn host<'a>(&'a self, rows: &Rows) -> SheetHost<'a> {
        SheetHost {
            sheet: self,
            table: rows.table(),
        }
    }

    /// Findings as findings in the formula alone.
    pub(super) fn relocate(&self, compilation: &Compilation) -> (Diagnostics, SourceMap) {
        let mut sources = SourceMap::default();
        let file = sources.add("formula", self.formula.as_str());
        let mut out = Diagnostics::default();
        compilation
            .diagnostics
            .iter()
            .for_each(|finding| out.push(self.relocated(finding, file)));
        (out, sources)
    }

    fn relocated(&self, finding: &Diagnostic, file: FileId) -> Diagnostic {
        let length = u32::try_from(self.formula.len()).unwrap_or(u32::MAX);
        let place = |span: Span| {
            let at = |byte: u32| byte.saturating_sub(self.start).min(length);
            Span::new(file, at(span.start), at(span.end))
        };
        let inside = |span: Span| span.start >= self.start;
        let mut finding = finding.clone();
        finding.primary.span = place(finding.primary.span);
        finding.secondary.retain(|label| inside(label.span));
        for label in &mut finding.secondary {
            label.span = place(label.span);
        }
        finding.fix = finding
            .fix
            .filter(|fix| fix.edits.iter().all(|edit| inside(edit.span)));
        for edit in finding.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = place(edit.span);
        }
        finding
    }
}

/// A project with the default settings.
pub(super) fn project() -> Project {
    let target = standalone();
    Project {
        name: String::new(),
        default_target: None,
        targets: [(target.name.clone(), target)].into(),
        workbooks: Vec::new(),
        seeds: Vec::new(),
        settings: Settings::default(),
    }
}

/// A host that knows the workbook and its one table.
pub(super) struct SheetHost<'a> {
    sheet: &'a Sheet,
    table: CatalogTable,
}

impl Host for SheetHost<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        if path == FILE {
            Ok(Arc::clone(&self.sheet.text))
        } else {
            Err(format!("there is no file `{path}`"))
        }
    }
    fn list(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
    fn env(&self, _: &str) -> Option<String> {
        None
    }
    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>> {
        Some(if path == self.table.path {
            vec![self.table.clone()]
        } else {
            Vec::new()
        })
    }
    fn table_names(&self) -> Vec<String> {
        vec![TABLE.to_owned()]
    }
    fn describe_sql(&self, _: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        None
    }
    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String> {
        Err(format!("there is no file `{path}`"))
    }
}

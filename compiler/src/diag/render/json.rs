//! `check --format json`.

use serde_json::{Value, json};

use super::Counts;
use crate::diag::{Diagnostic, Diagnostics, Fix};
use crate::source::{Position, SourceMap};
use crate::span::Span;

/// `{"version":1,"diagnostics":[…],"summary":{…}}` on one line, in the order of the list. Lines and columns from 1,
/// columns in characters; `help` is null when there is none, several are joined by line breaks.
pub fn render(diagnostics: &Diagnostics, sources: &SourceMap) -> String {
    value(diagnostics, sources).to_string()
}

/// The same as a value.
pub fn value(diagnostics: &Diagnostics, sources: &SourceMap) -> Value {
    let counts = Counts::of(diagnostics);
    json!({
        "version": 1,
        "diagnostics": diagnostics.iter().map(|d| finding(d, sources)).collect::<Vec<_>>(),
        "summary": { "errors": counts.errors, "warnings": counts.warnings },
    })
}

/// One finding as it stands in the list.
pub fn finding(finding: &Diagnostic, sources: &SourceMap) -> Value {
    let (start, end) = ends(finding.primary.span, sources);
    let mut help: Vec<&str> = finding.notes.iter().map(String::as_str).collect();
    help.extend(finding.help.iter().map(String::as_str));
    json!({
        "code": finding.code.name,
        "number": finding.code.number,
        "severity": finding.severity.as_str(),
        "message": finding.message,
        "file": sources.file(finding.primary.span.file).path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "help": (!help.is_empty()).then(|| help.join("\n")),
        "fix": finding.fix.as_ref().map(|fix| edits(fix, sources)),
    })
}

fn edits(fix: &Fix, sources: &SourceMap) -> Value {
    let edits = fix.edits.iter().map(|edit| {
        let (start, end) = ends(edit.span, sources);
        json!({
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
            "text": edit.text,
        })
    });
    json!({ "title": fix.title, "edits": edits.collect::<Vec<_>>() })
}

fn ends(span: Span, sources: &SourceMap) -> (Position, Position) {
    let file = sources.file(span.file);
    (file.position(span.start), file.position(span.end))
}

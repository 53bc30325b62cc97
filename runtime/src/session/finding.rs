//! Findings of the compiler as pages show them.

use bookwright_compiler::diag::{Diagnostic, Diagnostics};
use bookwright_compiler::source::{SourceFile, SourceMap};

use crate::protocol::live::DiagnosticView;

/// Lines shown before and after the place of a finding.
const AROUND: u32 = 2;

/// Characters of a line that are shown.
const WIDEST: usize = 240;

/// All findings, in the order of the list.
pub fn views(diagnostics: &Diagnostics, sources: &SourceMap) -> Vec<DiagnosticView> {
    diagnostics
        .iter()
        .map(|finding| view(finding, sources))
        .collect()
}

fn view(finding: &Diagnostic, sources: &SourceMap) -> DiagnosticView {
    let span = finding.primary.span;
    let file = sources.file(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    DiagnosticView {
        severity: finding.severity.as_str().to_owned(),
        code: finding.code.name.to_owned(),
        message: finding.message.clone(),
        file: file.path.clone(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        excerpt: excerpt(file, start.line, end.line),
        help: finding.notes.iter().chain(&finding.help).cloned().collect(),
        fix: finding.fix.as_ref().map(|fix| fix.title.clone()),
    }
}

/// A finding without a place, at the start of a file.
pub fn at_start(file: &str, code: &str, message: &str) -> DiagnosticView {
    DiagnosticView {
        severity: "error".to_owned(),
        code: code.to_owned(),
        message: message.to_owned(),
        file: file.to_owned(),
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
        excerpt: Vec::new(),
        help: Vec::new(),
        fix: None,
    }
}

/// Lines around a place, numbered from 1. A place of many lines shows its beginning.
fn excerpt(file: &SourceFile, first: u32, last: u32) -> Vec<(u32, String)> {
    let from = first.saturating_sub(AROUND).max(1);
    let to = last.min(first + 2 * AROUND) + AROUND;
    (1..)
        .zip(file.text.trim_start_matches('\u{feff}').lines())
        .skip_while(|(number, _)| *number < from)
        .take_while(|(number, _)| *number <= to)
        .map(|(number, line)| (number, line.chars().take(WIDEST).collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use bookwright_compiler::diag::codes::project::INVALID_SETTING;
    use bookwright_compiler::span::Span;

    use super::*;

    #[test]
    fn a_finding_brings_the_lines_around_its_place() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.yaml", "1\n2\n3\n4\n5: x\n6\n7\n8\n");
        let mut list = Diagnostics::default();
        list.push(
            Diagnostic::new(&INVALID_SETTING, Span::new(file, 11, 12), "no `x`").help("write y"),
        );
        let view = views(&list, &sources).remove(0);
        assert_eq!((view.line, view.column, view.end_column), (5, 4, 5));
        let numbers: Vec<u32> = view.excerpt.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [3, 4, 5, 6, 7]);
        assert_eq!(view.help, ["write y"]);
    }

    #[test]
    fn a_finding_in_an_empty_file_has_no_lines() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.yaml", "");
        let mut list = Diagnostics::default();
        list.push(Diagnostic::new(
            &INVALID_SETTING,
            Span::new(file, 0, 0),
            "nothing",
        ));
        assert!(views(&list, &sources)[0].excerpt.is_empty());
    }
}

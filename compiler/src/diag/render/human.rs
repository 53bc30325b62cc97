//! Findings for people: excerpt, underlines, notes, help, and the patched line where a fix is known.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use super::Counts;
use crate::diag::{Diagnostic, Diagnostics, Label, Severity};
use crate::source::{SourceFile, SourceMap};
use crate::span::{FileId, Span};

/// Whether escape codes for colours are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colors {
    /// Plain text.
    Off,
    /// For a terminal.
    On,
}

/// Widest excerpt in columns.
const WIDTH: usize = 140;

/// All findings, an empty line between, and a last line that counts errors and warnings.
pub fn render(diagnostics: &Diagnostics, sources: &SourceMap, colors: Colors) -> String {
    let renderer = match colors {
        Colors::Off => Renderer::plain(),
        Colors::On => Renderer::styled(),
    };
    let renderer = renderer.term_width(WIDTH);
    let mut out = String::new();
    for finding in diagnostics {
        out.push_str(&report(finding, sources, &renderer));
        out.push_str("\n\n");
    }
    let counts = Counts::of(diagnostics);
    if counts != Counts::default() {
        out.push_str(&counts.to_string());
        out.push('\n');
    }
    out
}

fn report(finding: &Diagnostic, sources: &SourceMap, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut main = level
        .primary_title(&finding.message)
        .id(finding.code.name)
        .elements(snippets(finding, sources));
    main = main.elements(finding.notes.iter().map(|note| Level::NOTE.message(note)));
    // With a fix, the words of help go above the patched line instead of standing alone.
    let fix = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty());
    let mut groups = Vec::new();
    match fix {
        None => main = main.elements(finding.help.iter().map(|help| Level::HELP.message(help))),
        Some(fix) => {
            let above = finding.help.iter().filter(|help| **help != fix.title);
            main = main.elements(above.map(|help| Level::HELP.message(help)));
            groups.push(patch(fix, sources));
        }
    }
    groups.insert(0, main);
    renderer.render(&groups)
}

fn snippets<'a>(
    finding: &'a Diagnostic,
    sources: &'a SourceMap,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut files: Vec<FileId> = vec![finding.primary.span.file];
    for label in &finding.secondary {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let of = |id: FileId| {
        let file = sources.file(id);
        let primary =
            Some((&finding.primary, AnnotationKind::Primary)).filter(|(l, _)| l.span.file == id);
        let others = finding
            .secondary
            .iter()
            .filter(move |l| l.span.file == id)
            .map(|l| (l, AnnotationKind::Context));
        let marks = primary
            .into_iter()
            .chain(others)
            .map(|(label, kind)| mark(file, label, kind));
        Snippet::source(&*file.text)
            .path(&file.path)
            .annotations(marks)
    };
    files.into_iter().map(of).collect()
}

fn mark<'a>(
    file: &SourceFile,
    label: &'a Label,
    kind: AnnotationKind,
) -> annotate_snippets::Annotation<'a> {
    let mark = kind.span(range(file, label.span));
    if label.message.is_empty() {
        mark
    } else {
        mark.label(&label.message)
    }
}

fn patch<'a>(fix: &'a crate::diag::Fix, sources: &'a SourceMap) -> Group<'a> {
    let file = sources.file(fix.edits.first().map_or(FileId(0), |edit| edit.span.file));
    let edits = fix
        .edits
        .iter()
        .map(|edit| Patch::new(range(file, edit.span), &edit.text));
    let snippet = Snippet::source(&*file.text).path(&file.path).patches(edits);
    Level::HELP.secondary_title(&fix.title).element(snippet)
}

/// The bytes of a span, kept inside the file.
fn range(file: &SourceFile, span: Span) -> Range<usize> {
    let len = file.text.len();
    let (start, end) = ((span.start as usize).min(len), (span.end as usize).min(len));
    start..end.max(start)
}

//! What holds for the text of a formula.

use std::ops::Range;

use bookwright_compiler::diag::{Diagnostic, Diagnostics};
use bookwright_compiler::formula::ast::Expr;
use bookwright_compiler::formula::{self, TemplatePart};
use bookwright_compiler::span::{FileId, Span};
use bookwright_compiler::yaml::TextMap;

use super::shape;

/// Tokens are in order, within the text, not empty, and begin and end with whole characters.
///
/// # Panics
/// When they are not.
pub fn tokens(text: &str) {
    let mut last = 0;
    for Range { start, end } in formula::tokens(text) {
        assert!(
            last <= start,
            "{text:?}: a token at {start} begins before {last}"
        );
        assert!(start < end, "{text:?}: an empty token at {start}");
        assert!(
            text.get(start..end).is_some(),
            "{text:?}: no token at {start}..{end}"
        );
        last = end;
    }
}

/// A formula parses to a tree with places within its text, and one without findings is printed as text that parses to
/// the same tree. Gives whether it had no findings.
///
/// # Panics
/// When this does not hold.
pub fn formula(text: &str) -> bool {
    let (tree, findings) = parse(text);
    shape::spans(&tree, &mut |span| within(text, span));
    findings
        .iter()
        .for_each(|finding| places(finding, &|_| text));
    if findings.is_empty() {
        printed(&tree);
    }
    findings.is_empty()
}

/// A tree is printed as text that parses to it, and that is printed the same.
///
/// # Panics
/// When it is not.
pub fn printed(tree: &Expr) {
    let text = formula::print(tree);
    let (again, findings) = parse(&text);
    assert!(findings.is_empty(), "{text:?} does not parse: {findings:?}");
    assert!(
        shape::same(tree, &again),
        "{text:?} is of another tree: {tree:?}"
    );
    assert_eq!(text, formula::print(&again), "printing is no fixed point");
}

/// Prose with formulas splits into parts with places within its text.
///
/// # Panics
/// When it does not.
pub fn prose(text: &str) {
    let mut sink = Diagnostics::default();
    for part in formula::parse_template(text, &map(text), &mut sink) {
        match part {
            TemplatePart::Formula(tree) => shape::spans(&tree, &mut |span| within(text, span)),
            TemplatePart::Text(literal) => assert!(!literal.is_empty(), "{text:?}: an empty part"),
        }
    }
    sink.iter().for_each(|finding| places(finding, &|_| text));
}

/// The formulas that a formula is made of, the shortest first; itself not among them.
pub fn parts(text: &str) -> Vec<&str> {
    let (tree, _) = parse(text);
    let mut parts = Vec::new();
    shape::spans(&tree, &mut |span| {
        let range = span.start as usize..span.end as usize;
        parts.extend(text.get(range).filter(|part| part.len() < text.len()));
    });
    parts.sort_by_key(|part| part.len());
    parts.dedup();
    parts
}

fn parse(text: &str) -> (Expr, Diagnostics) {
    let mut sink = Diagnostics::default();
    let tree = formula::parse(text, &map(text), &mut sink);
    (tree, sink)
}

fn map(text: &str) -> TextMap {
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    TextMap::linear(Span::new(FileId(0), 0, end), 0)
}

/// All places of a finding lie within the text of their file.
pub(super) fn places<'t>(finding: &Diagnostic, text: &dyn Fn(Span) -> &'t str) {
    let labels = [&finding.primary].into_iter().chain(&finding.secondary);
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    let spans = labels
        .map(|label| label.span)
        .chain(edits.map(|edit| edit.span));
    spans.for_each(|span| within(text(span), span));
    assert!(!finding.message.is_empty(), "a finding without words");
}

fn within(text: &str, span: Span) {
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(
        text.get(start..end).is_some(),
        "{text:?}: no place {start}..{end}"
    );
}

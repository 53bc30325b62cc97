//! Edits that fit the YAML they stand in.
//!
//! Findings about formulas and names offer the text that is meant, without a thought of how the scalar around it is
//! written. Here each such edit is escaped for its scalar, or its scalar is quoted when it needs to be from now on.
//! Findings about YAML and structure (codes below 3000) already speak YAML and are left alone.

use std::collections::BTreeMap;

use crate::diag::{Diagnostics, Edit, Fix};
use crate::source::SourceMap;
use crate::span::FileId;
use crate::yaml::written::{self, Written};
use crate::yaml::{self, Kind, Style};

/// Codes from here on say nothing about YAML.
const FIRST_OF_FORMULAS: u16 = 3000;

/// Makes the fixes of all findings fit.
pub(super) fn fit(findings: &mut Diagnostics, sources: &SourceMap) {
    let mut files = BTreeMap::new();
    findings.each_mut(|finding| {
        let speaks_yaml = finding.code.number < FIRST_OF_FORMULAS;
        if let Some(fix) = finding.fix.as_mut().filter(|_| !speaks_yaml) {
            fit_fix(fix, sources, &mut files);
        }
    });
}

fn fit_fix(fix: &mut Fix, sources: &SourceMap, files: &mut BTreeMap<FileId, Vec<Written>>) {
    let mut groups: Vec<(Option<&Written>, Vec<Edit>)> = Vec::new();
    for edit in &fix.edits {
        let file = edit.span.file;
        files
            .entry(file)
            .or_insert_with(|| written::scalars(file, &sources.file(file).text));
    }
    for edit in fix.edits.drain(..) {
        let around = files
            .get(&edit.span.file)
            .and_then(|scalars| written::around(scalars, edit.span));
        match groups.last_mut() {
            Some((last, edits)) if last.map(|w| w.span) == around.map(|w| w.span) => {
                edits.push(edit);
            }
            _ => groups.push((around, vec![edit])),
        }
    }
    for (around, edits) in groups {
        match around {
            Some(written) => fix.edits.extend(fitted(written, edits, sources)),
            None => fix.edits.extend(edits),
        }
    }
}

fn fitted(written: &Written, edits: Vec<Edit>, sources: &SourceMap) -> Vec<Edit> {
    let whole = |edit: &Edit| edit.span == written.span && !written.span.is_empty();
    match (written.style, edits.as_slice()) {
        (Style::Plain, _) => plain(written, edits, sources),
        (Style::Single | Style::Double, [edit]) if whole(edit) => {
            let escaped = written.escaped(&edit.text);
            let quote = if written.style == Style::Double {
                '"'
            } else {
                '\''
            };
            vec![Edit {
                span: edit.span,
                text: format!("{quote}{escaped}{quote}"),
            }]
        }
        (Style::Single | Style::Double, _) => edits
            .into_iter()
            .map(|edit| Edit {
                text: written.escaped(&edit.text),
                ..edit
            })
            .collect(),
        (Style::Literal | Style::Folded, _) => edits,
    }
}

/// Edits of a plain scalar, or one that quotes it when what they make is no plain scalar any more.
fn plain(written: &Written, edits: Vec<Edit>, sources: &SourceMap) -> Vec<Edit> {
    let mut text = sources.text(written.span).to_owned();
    if text.contains('\n') {
        return edits;
    }
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span.start);
    for edit in sorted.into_iter().rev() {
        let start = (edit.span.start - written.span.start) as usize;
        let end = (edit.span.end - written.span.start) as usize;
        if text.get(start..end).is_none() {
            return edits;
        }
        text.replace_range(start..end, &edit.text);
    }
    if text.is_empty() || stays_plain(&text, written.in_flow) {
        return edits;
    }
    vec![Edit {
        span: written.span,
        text: yaml::quoted(&text),
    }]
}

/// Whether YAML reads a text as the plain scalar it shows.
fn stays_plain(text: &str, in_flow: bool) -> bool {
    let document = if in_flow {
        format!("{{ k: {text} }}")
    } else {
        format!("k: {text}")
    };
    let mut sink = Diagnostics::default();
    let node = yaml::parse(FileId(0), &document, &mut sink);
    let Some(Kind::Mapping(pairs)) = node.map(|node| node.kind) else {
        return false;
    };
    match pairs.as_slice() {
        [pair] if sink.is_empty() => {
            matches!(&pair.value.kind, Kind::Scalar(s) if s.style == Style::Plain && s.text == text)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;
    use crate::diag::codes::formula::MISSING_OPERATOR;
    use crate::span::Span;

    /// What a fix that replaces `X` by `new` makes of a line.
    fn fixed(line: &str, new: &str) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add("a.yaml", line);
        let at = u32::try_from(line.find('X').unwrap()).unwrap();
        let span = Span::new(file, at, at + 1);
        let mut findings = Diagnostics::default();
        findings.push(Diagnostic::new(&MISSING_OPERATOR, span, "").fix("", span, new));
        fit(&mut findings, &sources);
        let mut out = line.to_owned();
        for edit in findings.iter().flat_map(|d| &d.fix.as_ref().unwrap().edits) {
            out.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        }
        out
    }

    #[test]
    fn an_edit_is_escaped_for_the_scalar_it_stands_in() {
        for (line, new, expected) in [
            ("k: \"[A] X 1\"", "\"a\"", "k: \"[A] \\\"a\\\" 1\""),
            ("k: '[A] X 1'", "'a'", "k: '[A] ''a'' 1'"),
            ("k: '[A] X 1'", "\"a\"", "k: '[A] \"a\" 1'"),
            ("k: If(X, 1)", "[A]", "k: If([A], 1)"),
            ("k: X", "[A] = 1", "k: \"[A] = 1\""),
            ("k: \"X\"", "[A]", "k: \"[A]\""),
            ("k: X + \"b\"", "\"a\"", "k: '\"a\" + \"b\"'"),
            ("k: { f: Sum(X) }", "A", "k: { f: Sum(A) }"),
            ("k: { f: X }", "[A]", "k: { f: \"[A]\" }"),
            ("k: [X, b]", "a, b", "k: [\"a, b\", b]"),
            ("k: |\n  X\n", "\"a\"", "k: |\n  \"a\"\n"),
            ("X: 1", "a: b", "\"a: b\": 1"),
            ("k: 'X'", "a", "k: 'a'"),
            ("k: f(X)", "\"a # b\"", "k: 'f(\"a # b\")'"),
        ] {
            assert_eq!(fixed(line, new), expected, "{line} with {new}");
        }
    }
}

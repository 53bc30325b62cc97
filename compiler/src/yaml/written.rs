//! How the scalars of a file are written, for edits inside of them.

use super::text_map::unescape;
use super::{Kind, Node, Style};
use crate::diag::Diagnostics;
use crate::span::{FileId, Span};

/// A scalar of a file, keys included.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Written {
    /// Its token, with its quotes.
    pub(crate) span: Span,
    /// How it is written.
    pub(crate) style: Style,
    /// Inside `{ … }` or `[ … ]`, where commas and brackets end a plain scalar.
    pub(crate) in_flow: bool,
}

impl Written {
    /// Text as it is written inside of the scalar.
    pub(crate) fn escaped(&self, text: &str) -> String {
        match self.style {
            Style::Double => text.replace('\\', "\\\\").replace('"', "\\\""),
            Style::Single => text.replace('\'', "''"),
            Style::Plain | Style::Literal | Style::Folded => text.to_owned(),
        }
    }

    /// What a part of the scalar means. An escape that is none stays as it is.
    pub(crate) fn content(&self, raw: &str) -> String {
        match self.style {
            Style::Double => unescaped(raw),
            Style::Single => raw.replace("''", "'"),
            Style::Plain | Style::Literal | Style::Folded => raw.to_owned(),
        }
    }
}

fn unescaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let (made, len) = unescape(after).unwrap_or(('\\', 0));
        out.push(made);
        rest = after.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// All scalars of a file in order of their places.
pub(crate) fn scalars(file: FileId, text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    if let Some(root) = super::parse(file, text, &mut Diagnostics::default()) {
        collect(&root, text, false, &mut found);
    }
    found.sort_by_key(|written| written.span);
    found
}

/// The scalar that a place lies in.
pub(crate) fn around(scalars: &[Written], span: Span) -> Option<&Written> {
    let after = scalars.partition_point(|w| w.span.start <= span.start);
    let written = scalars.get(after.checked_sub(1)?)?;
    (span.end <= written.span.end).then_some(written)
}

fn collect(node: &Node, text: &str, in_flow: bool, found: &mut Vec<Written>) {
    let start = text.get(node.span.start as usize..).unwrap_or_default();
    match &node.kind {
        Kind::Scalar(scalar) => found.push(Written {
            span: node.span,
            style: scalar.style,
            in_flow,
        }),
        Kind::Sequence(items) => {
            let in_flow = in_flow || start.starts_with('[');
            for item in items {
                collect(item, text, in_flow, found);
            }
        }
        Kind::Mapping(pairs) => {
            let in_flow = in_flow || start.starts_with('{');
            for pair in pairs {
                let key = text.get(pair.key_span.start as usize..).unwrap_or_default();
                let style = match key.chars().next() {
                    Some('"') => Style::Double,
                    Some('\'') => Style::Single,
                    _ => Style::Plain,
                };
                found.push(Written {
                    span: pair.key_span,
                    style,
                    in_flow,
                });
                collect(&pair.value, text, in_flow, found);
            }
        }
    }
}

//! YAML 1.2 core schema into a tree in which every key and every value knows its bytes.
//!
//! Enters: the text of a file. Leaves: a [`Node`] tree and diagnostics. Aliases are expanded here (with a budget);
//! duplicate keys, tags, complex keys and `<<` are findings. Nothing here knows what a workbook is.
//!
//! A syntax error does not end the reading: the text that cannot be read is masked by as many bytes of filler and the
//! rest is parsed again, so that one run reports every mistake. Where the mistake is a formula that should have been
//! quoted, the finding carries the quoted form, and the tree holds the text that was meant.

mod anchors;
mod balance;
mod bite;
mod build;
mod lines;
mod recover;
mod resolve;
mod syntax;
#[cfg(test)]
mod tests;
mod text_map;
pub(crate) mod written;

pub(crate) use bite::quoted;

use crate::diag::Diagnostics;
use crate::span::{FileId, Span};

/// Reads one document. `text` is the text of `file`; every finding goes to `sink`.
///
/// `None` when nothing of it can be used (too deep, too large). An empty file is a null scalar. A part that could not
/// be read is a node for which [`Node::is_unreadable`] holds; readers pass over it without another word.
pub fn parse(file: FileId, text: &str, sink: &mut Diagnostics) -> Option<Node> {
    recover::parse(file, text, sink)
}

/// Places of all comments, from `#` to the end of the line, in order. Ends early at a syntax error.
pub fn comments(file: FileId, text: &str) -> Vec<Span> {
    build::comments(file, text)
}

impl Node {
    /// A stand-in for a part that is already reported.
    pub fn unreadable(span: Span) -> Self {
        let map = TextMap::linear(span.at_start(), span.start);
        let scalar = Scalar {
            text: String::new(),
            style: Style::Plain,
            value: Resolved::Text,
            map,
        };
        Self {
            span,
            kind: Kind::Scalar(scalar),
        }
    }

    /// Whether this stands in for a part that is already reported. (An absent value is null, never empty plain text.)
    pub fn is_unreadable(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(s) if s.text.is_empty() && s.style == Style::Plain && s.value == Resolved::Text)
    }
}

/// A value in the tree.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// Bytes of the value: a scalar's token with its quotes, a collection from its first to its last byte.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// One scalar.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// A map, in order, keys unique.
    Mapping(Vec<Pair>),
}

/// A key and its value.
#[derive(Clone, PartialEq, Debug)]
pub struct Pair {
    /// Text of the key.
    pub key: String,
    /// Bytes of the key token.
    pub key_span: Span,
    /// The value; an absent one is a null scalar with an empty span behind the colon.
    pub value: Node,
}

/// A scalar: its text after unescaping, its resolved value, and the way back to bytes.
#[derive(Clone, PartialEq, Debug)]
pub struct Scalar {
    /// Text after unescaping and folding.
    pub text: String,
    /// How it was written.
    pub style: Style,
    /// Meaning under the core schema; quoted and block scalars are always text.
    pub value: Resolved,
    /// Maps offsets in `text` to bytes of the file.
    pub map: TextMap,
}

/// Meaning of a scalar under the core schema.
#[derive(Clone, PartialEq, Debug)]
pub enum Resolved {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Decimal, `0o` or `0x` within 64 bits.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Everything else.
    Text,
}

/// How a scalar was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Bare.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// Maps byte offsets of a scalar's text to byte offsets of its file. Sorted runs, in each of which both advance alike.
#[derive(Clone, PartialEq, Debug)]
pub struct TextMap {
    /// File and whole extent of the scalar.
    pub span: Span,
    /// Offset in the file where the first run begins, at offset 0 of the text.
    pub start: u32,
    /// `(offset in text, offset in file)` where each later run begins; none for most scalars.
    pub runs: Vec<(u32, u32)>,
}

impl TextMap {
    /// A text that stands in the file as it is, from byte `start` of `span`'s file.
    pub fn linear(span: Span, start: u32) -> Self {
        Self {
            span,
            start,
            runs: Vec::new(),
        }
    }

    /// The bytes of the file for a range of the text. An escape is covered whole.
    pub fn span(&self, start: u32, end: u32) -> Span {
        let first = self.offset(start);
        Span::new(self.span.file, first, self.offset(end).max(first))
    }

    /// The map of the text without its first `start` bytes.
    #[must_use]
    pub fn tail(&self, start: u32) -> Self {
        let later = self
            .runs
            .iter()
            .filter(|(text, _)| *text > start)
            .map(|(text, file)| (text - start, *file));
        Self {
            span: self.span,
            start: self.offset(start),
            runs: later.collect(),
        }
    }

    fn offset(&self, at: u32) -> u32 {
        let before = self.runs.partition_point(|(text, _)| *text <= at);
        let run = before.checked_sub(1).map(|last| self.runs[last]);
        let (text, file) = run.unwrap_or((0, self.start));
        (file + (at - text.min(at))).min(self.span.end)
    }
}

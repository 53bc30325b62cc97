//! From nodes to document types: tolerant, exact, and the source of the JSON Schemas.
//!
//! Enters: a [`Node`]. Leaves: a document type, or `None` when something it cannot do without is missing or wrong; the
//! finding is then in the sink. A wrong value never hides the rest: everything is read, whatever fails.

mod alias;
mod collection;
mod color;
mod control;
mod data;
mod effect;
mod element;
mod fields;
mod formula;
mod kinds;
pub(crate) mod macros;
mod path;
mod scalar;
mod window;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::diag::codes::{structure as codes, yaml as yaml_codes};
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::source::SourceMap;
use crate::span::{FileId, Span};
use crate::yaml::{Kind, Node, Resolved};

pub use fields::{FieldDoc, FieldReader, Fields};
pub(crate) use fields::{described, key, lines};
pub(crate) use kinds::{any_kind, find_kind, kind_schema};
pub use scalar::ReadScalar;
pub(crate) use scalar::{read_word, word_schema};

/// A type that is read from a node and described by a schema.
pub trait Read: Sized {
    /// Whether null is one of its values; elsewhere a key without a value is a finding.
    const TAKES_NULL: bool = false;

    /// Reads a node. `None` means that a finding was pushed.
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self>;

    /// The value when the key is left out; `None` when it may not be.
    fn absent() -> Option<Self> {
        None
    }

    /// The schema of what `read` accepts. Large types are registered once and referred to.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// Reads a list of these; entries of a named map are written as one.
    fn read_list(reader: &mut Reader<'_>, node: &Node) -> Option<Vec<Self>> {
        collection::read_sequence(reader, node)
    }

    /// The schema of what `read_list` accepts.
    fn list_schema(generator: &mut SchemaGenerator) -> Schema {
        let items = Self::schema(generator);
        json_schema!({ "type": "array", "items": items })
    }
}

/// What reading needs and leaves behind besides the document.
pub struct Reader<'a> {
    sources: &'a SourceMap,
    sink: &'a mut Diagnostics,
    /// Place and text of the key whose value is being read.
    key: (Span, &'static str),
    /// Files with a syntax error: what is missing there may be in the part that was not read.
    broken: BTreeSet<FileId>,
    /// Names of map entries and elements that could not be read, so that nothing more is said about references to them.
    pub failed: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    /// A reader of nodes of `sources`. `sink` already holds what reading the YAML found.
    pub fn new(sources: &'a SourceMap, sink: &'a mut Diagnostics) -> Self {
        let broken = sink
            .iter()
            .filter(|d| yaml_codes::hides_lines(d.code))
            .map(|d| d.primary.span.file)
            .collect();
        Self {
            sources,
            sink,
            key: (Span::default(), ""),
            broken,
            failed: BTreeSet::new(),
        }
    }

    /// Reads a node as a `T`; nothing more is said about a part that is already reported.
    pub fn read<T: Read>(&mut self, node: &Node) -> Option<T> {
        if node.is_unreadable() {
            None
        } else {
            T::read(self, node)
        }
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.sink.push(finding);
    }

    /// Source text under a span.
    pub fn text(&self, span: Span) -> &'a str {
        self.sources.text(span)
    }

    /// Reports a node of the wrong kind and gives `None`.
    pub fn wrong<T>(&mut self, node: &Node, expected: &str) -> Option<T> {
        // What YAML took for something else is already reported, with the cause.
        let bitten =
            |d: &Diagnostic| d.code == &yaml_codes::UNQUOTED_VALUE && d.primary.span == node.span;
        if !node.is_unreadable() && !self.sink.iter().any(bitten) {
            let message = format!("expected {expected}, found {}", found(node));
            let finding = Diagnostic::new(&codes::WRONG_KIND, node.span, message);
            let list = expected == "a list" || expected.contains(" or a list");
            self.sink.push(match &node.kind {
                Kind::Scalar(scalar) if list && scalar.value == Resolved::Text => {
                    let written = self.sources.text(node.span);
                    finding.fix("make it a list", node.span, format!("[{written}]"))
                }
                Kind::Mapping(_) if list => finding.help("begin each item of a list with `- `"),
                _ => finding,
            });
        }
        None
    }

    fn is_broken(&self, span: Span) -> bool {
        self.broken.contains(&span.file)
    }
}

/// What a node is, in words.
fn found(node: &Node) -> String {
    match &node.kind {
        Kind::Sequence(_) => "a list".to_owned(),
        Kind::Mapping(_) => "a map".to_owned(),
        Kind::Scalar(scalar) => match &scalar.value {
            Resolved::Null => "nothing".to_owned(),
            Resolved::Bool(value) => format!("`{value}`"),
            Resolved::Integer(_) | Resolved::Float(_) => format!("the number `{}`", scalar.text),
            Resolved::Text => format!("the text `{}`", short(&scalar.text)),
        },
    }
}

/// The beginning of a text, for messages.
fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.trim_end().split('\n').next().unwrap_or_default();
    let mut cut: String = line.chars().take(LONGEST).collect();
    if cut.len() < text.trim_end().len() {
        cut.push('…');
    }
    cut
}

/// The candidate that `found` is a slip of the pen of: nearer than for a mere suggestion, because it is then read as
/// that.
fn similar<'c>(found: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let near = nearest(found, candidates)?;
    let distance = strsim::damerau_levenshtein(&found.to_lowercase(), &near.to_lowercase());
    (distance <= 1 + found.chars().count() / 6).then_some(near)
}

/// Registers a schema under a name, once, and refers to it. Recursive types are fine.
pub(crate) fn named(
    generator: &mut SchemaGenerator,
    name: &str,
    build: impl FnOnce(&mut SchemaGenerator) -> Schema,
) -> Schema {
    if !generator.definitions().contains_key(name) {
        generator
            .definitions_mut()
            .insert(name.to_owned(), serde_json::Value::Bool(true));
        let schema = build(generator);
        generator
            .definitions_mut()
            .insert(name.to_owned(), schema.to_value());
    }
    Schema::new_ref(format!("#/$defs/{name}"))
}

/// A schema that accepts what any of these does.
pub(crate) fn any_of(schemas: impl IntoIterator<Item = Schema>) -> Schema {
    let schemas: Vec<Schema> = schemas.into_iter().collect();
    json_schema!({ "anyOf": schemas })
}

//! Items of a body: which kind a map is.

use std::borrow::Cow;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::scalar::{scalar, text_of};
use super::{Read, Reader, alias, similar};
use crate::diag::Diagnostic;
use crate::diag::codes::structure as codes;
use crate::span::Span;
use crate::yaml::{Kind, Node, Pair, Resolved, Scalar, Style, TextMap};

/// Kinds that need no key of their own: `- divider`.
const BARE: &[&str] = &["divider", "spacer", "page_break"];

/// An item whose kind is known.
pub(crate) struct FoundKind<'n> {
    /// One of the kinds asked for.
    pub(crate) kind: &'static str,
    key: Span,
    node: Cow<'n, Node>,
}

impl FoundKind<'_> {
    /// Reads the item. The name of one that cannot be read is remembered.
    pub(crate) fn read<T: Read>(&self, reader: &mut Reader<'_>) -> Option<T> {
        let outer = std::mem::replace(&mut reader.key, (self.key, self.kind));
        let item = T::read(reader, &self.node);
        reader.key = outer;
        if item.is_none()
            && let Kind::Mapping(pairs) = &self.node.kind
            && let Some(name) = pairs
                .iter()
                .find(|p| p.key == self.kind)
                .and_then(|p| text_of(&p.value))
        {
            reader.failed.insert(name.text.clone());
        }
        item
    }
}

/// The kind of an item: the first key that is one. A misspelt first key is reported and read as the kind that was meant.
pub(crate) fn find_kind<'n>(
    reader: &mut Reader<'_>,
    node: &'n Node,
    kinds: &'static [&'static str],
) -> Option<FoundKind<'n>> {
    let kind_of = |key: &str| kinds.iter().find(|kind| **kind == key).copied();
    match &node.kind {
        Kind::Mapping(pairs) => {
            if let Some((pair, kind)) = pairs
                .iter()
                .find_map(|pair| kind_of(&pair.key).map(|kind| (pair, kind)))
            {
                return Some(FoundKind {
                    kind,
                    key: pair.key_span,
                    node: Cow::Borrowed(node),
                });
            }
            misspelt(reader, node, pairs, kinds)
        }
        Kind::Scalar(_) => {
            if let Some(kind) = text_of(node)
                .and_then(|s| kind_of(&s.text))
                .filter(|kind| BARE.contains(kind))
            {
                return Some(FoundKind {
                    kind,
                    key: node.span,
                    node: Cow::Owned(bare(kind, node.span)),
                });
            }
            reader.wrong(node, "an item, which is a map such as `text: Hello`")
        }
        Kind::Sequence(_) => reader.wrong(node, "an item, which is a map such as `text: Hello`"),
    }
}

fn misspelt<'n>(
    reader: &mut Reader<'_>,
    node: &'n Node,
    pairs: &[Pair],
    kinds: &'static [&'static str],
) -> Option<FoundKind<'n>> {
    let first = pairs.first();
    let place = first.map_or(node.span, |pair| pair.key_span);
    let alias = first.and_then(|pair| alias::of_kind(&pair.key, kinds));
    let meant = alias.or_else(|| first.and_then(|pair| similar(&pair.key, kinds.iter().copied())));
    let listed = kinds
        .iter()
        .map(|kind| format!("`{kind}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let (Some(first), Some(meant)) = (first, meant) else {
        let finding = Diagnostic::new(
            &codes::UNKNOWN_KIND,
            place,
            "no key of this item names its kind",
        );
        reader.push(finding.note(format!("kinds: {listed}")));
        return None;
    };
    let finding = Diagnostic::new(
        &codes::UNKNOWN_KIND,
        place,
        format!("unknown kind of item `{}`", first.key),
    );
    let finding = finding.label(if alias.is_some() {
        format!("this is called `{meant}`")
    } else {
        format!("a similar kind exists: `{meant}`")
    });
    reader.push(finding.fix(format!("rename it to `{meant}`"), place, meant));
    let kind = kinds.iter().find(|kind| **kind == meant)?;
    let mut renamed = node.clone();
    if let Kind::Mapping(pairs) = &mut renamed.kind
        && let Some(pair) = pairs.first_mut()
    {
        meant.clone_into(&mut pair.key);
    }
    Some(FoundKind {
        kind,
        key: place,
        node: Cow::Owned(renamed),
    })
}

/// A kind that stands bare, as the map `{ kind: null }`.
fn bare(kind: &str, span: Span) -> Node {
    let map = TextMap::linear(span.at_end(), span.end);
    let scalar = Scalar {
        text: String::new(),
        style: Style::Plain,
        value: Resolved::Null,
        map,
    };
    let value = Node {
        span: span.at_end(),
        kind: Kind::Scalar(scalar),
    };
    Node {
        span,
        kind: Kind::Mapping(vec![Pair {
            key: kind.to_owned(),
            key_span: span,
            value,
        }]),
    }
}

/// Schema of one kind of item: its map, which must have the key of its kind.
pub(crate) fn kind_schema<T: Read>(generator: &mut SchemaGenerator, kind: &str) -> Schema {
    let mut schema = T::schema(generator);
    schema.insert("required".to_owned(), serde_json::json!([kind]));
    schema
}

/// Schema of any kind of item.
pub(crate) fn any_kind(mut kinds: Vec<Schema>, doc: &str) -> Schema {
    kinds.push(json_schema!({ "enum": BARE }));
    json_schema!({ "description": super::lines(doc), "anyOf": kinds })
}

/// The text of the pair that names an item's kind.
pub(super) fn name_of(node: &Node, kind: &str) -> Option<crate::document::primitive::Text> {
    let Kind::Mapping(pairs) = &node.kind else {
        return None;
    };
    let value = &pairs.iter().find(|pair| pair.key == kind)?.value;
    scalar(value)
        .filter(|s| s.value == Resolved::Text)
        .map(|s| crate::document::primitive::Text::new(s.text.clone(), value.span))
}

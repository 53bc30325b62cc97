//! Scalars with their places: text, numbers, switches, literals, words.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::{Read, Reader, alias, found, named};
use crate::diag::codes::structure as codes;
use crate::diag::{Diagnostic, nearest};
use crate::span::Spanned;
use crate::value::Value;
use crate::yaml::{Kind, Node, Resolved, Scalar, Style};

/// A type that is written as one scalar. [`Spanned`] of it is what documents hold.
pub trait ReadScalar: Sized {
    /// Whether null is one of its values.
    const TAKES_NULL: bool = false;

    /// Reads a node. `None` means that a finding was pushed.
    fn read_scalar(reader: &mut Reader<'_>, node: &Node) -> Option<Self>;

    /// The schema of what `read_scalar` accepts.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

impl<T: ReadScalar> Read for Spanned<T> {
    const TAKES_NULL: bool = T::TAKES_NULL;

    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        T::read_scalar(reader, node).map(|value| Self::new(value, node.span))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

/// The scalar of a node.
pub(super) fn scalar(node: &Node) -> Option<&Scalar> {
    match &node.kind {
        Kind::Scalar(scalar) => Some(scalar),
        Kind::Sequence(_) | Kind::Mapping(_) => None,
    }
}

/// The scalar of a node, when it holds a value.
pub(super) fn text_of(node: &Node) -> Option<&Scalar> {
    scalar(node).filter(|scalar| scalar.value != Resolved::Null && !node.is_unreadable())
}

/// Schema of a scalar that is read as text: a number or a switch is taken as it is written.
pub(super) fn text_schema() -> Schema {
    json_schema!({ "type": ["string", "number", "boolean"] })
}

impl ReadScalar for String {
    fn read_scalar(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match text_of(node) {
            Some(scalar) => Some(scalar.text.clone()),
            None => reader.wrong(node, "a text"),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        text_schema()
    }
}

impl ReadScalar for bool {
    fn read_scalar(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match scalar(node).map(|scalar| (&scalar.value, scalar)) {
            Some((Resolved::Bool(value), _)) => Some(*value),
            Some((Resolved::Text, scalar)) if !node.is_unreadable() => {
                let meant = match scalar.text.to_lowercase().as_str() {
                    "yes" | "on" | "y" | "true" => Some("true"),
                    "no" | "off" | "n" | "false" => Some("false"),
                    _ => None,
                };
                let message = format!("expected `true` or `false`, found {}", found(node));
                let finding = Diagnostic::new(&codes::WRONG_KIND, node.span, message);
                reader.push(match meant {
                    Some(meant) => finding.fix(format!("write `{meant}`"), node.span, meant),
                    None => finding,
                });
                None
            }
            _ => reader.wrong(node, "`true` or `false`"),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "boolean" })
    }
}

impl ReadScalar for u64 {
    fn read_scalar(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        whole(reader, node, i64::MAX).and_then(|whole| Self::try_from(whole).ok())
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 0, "maximum": i64::MAX })
    }
}

impl ReadScalar for u32 {
    fn read_scalar(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        whole(reader, node, Self::MAX.into()).and_then(|whole| Self::try_from(whole).ok())
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 0, "maximum": Self::MAX })
    }
}

/// A whole number from 0 to `most`.
fn whole(reader: &mut Reader<'_>, node: &Node, most: i64) -> Option<i64> {
    match scalar(node).map(|scalar| &scalar.value) {
        Some(Resolved::Integer(value)) if (0..=most).contains(value) => Some(*value),
        Some(Resolved::Integer(value)) => {
            let expected = if most == i64::MAX {
                "a whole number, 0 or more".to_owned()
            } else {
                format!("a whole number from 0 to {most}")
            };
            let message = format!("expected {expected}, found `{value}`");
            reader.push(Diagnostic::new(&codes::OUT_OF_RANGE, node.span, message));
            None
        }
        _ => reader.wrong(node, "a whole number"),
    }
}

impl ReadScalar for f64 {
    fn read_scalar(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match scalar(node).map(|scalar| &scalar.value) {
            #[expect(
                clippy::cast_precision_loss,
                reason = "the setting is a float; digits beyond 2^53 do not matter"
            )]
            Some(Resolved::Integer(value)) => Some(*value as Self),
            Some(Resolved::Float(value)) if value.is_finite() => Some(*value),
            _ => reader.wrong(node, "a number"),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

impl ReadScalar for Value {
    const TAKES_NULL: bool = true;

    fn read_scalar(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let Some(scalar) = scalar(node).filter(|_| !node.is_unreadable()) else {
            return reader.wrong(node, "one value");
        };
        Some(match &scalar.value {
            Resolved::Null => Self::Null,
            Resolved::Bool(value) => Self::Logical(*value),
            Resolved::Integer(value) => Self::Integer(*value),
            Resolved::Float(value) if value.is_finite() => Self::Float(*value),
            Resolved::Float(_) | Resolved::Text => Self::text(scalar.text.as_str()),
        })
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean", "null"] })
    }
}

/// One of the words, which is then returned as it stands in the list.
pub(crate) fn read_word(
    reader: &mut Reader<'_>,
    node: &Node,
    words: &[&'static str],
) -> Option<&'static str> {
    let Some(scalar) = text_of(node) else {
        return reader.wrong(node, &format!("one of {}", listed(words)));
    };
    if let Some(word) = words.iter().find(|word| **word == scalar.text) {
        return Some(word);
    }
    let shown = super::short(&scalar.text);
    let message = match reader.key.1 {
        "" => format!("unknown word `{shown}`"),
        key => format!("`{key}` has no value `{shown}`"),
    };
    let finding = Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message);
    let alias = alias::of_word(&scalar.text, words);
    let near = alias.or_else(|| nearest(&scalar.text, words.iter().copied()));
    reader.push(match near {
        Some(word) => {
            let quoted = match scalar.style {
                Style::Single => format!("'{word}'"),
                Style::Double => format!("\"{word}\""),
                Style::Plain | Style::Literal | Style::Folded => word.to_owned(),
            };
            let label = if alias.is_some() {
                format!("this is called `{word}` here")
            } else {
                format!("a similar word exists: `{word}`")
            };
            finding
                .label(label)
                .fix(format!("write `{word}`"), node.span, quoted)
        }
        None => finding.note(format!("allowed: {}", listed(words))),
    });
    // What follows from the word is judged as if the one that was meant stood there.
    near.and_then(|near| words.iter().find(|word| **word == near).copied())
}

/// Schema of a closed set of words.
pub(crate) fn word_schema(
    generator: &mut SchemaGenerator,
    name: &str,
    doc: &str,
    words: &[&str],
) -> Schema {
    let description = super::lines(doc);
    named(
        generator,
        name,
        |_| json_schema!({ "description": description, "enum": words }),
    )
}

fn listed(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

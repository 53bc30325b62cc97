//! Titles, channels, colours, and kinds that do not run yet.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::data::word_or;
use super::{Fields, Read, Reader, any_of, color, formula, kinds, named};
use crate::document::element::{
    Channel, Channels, ColorChannel, KpiCompare, Other, Title, TitleText,
};
use crate::document::forms::SplitForm;
use crate::document::primitive::{Color, Entries, Formula, Raw, Text};
use crate::yaml::{Kind, Node, Resolved};

impl Read for Title {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Scalar(scalar) if scalar.value == Resolved::Bool(false) => Some(Self::Hidden),
            _ => TitleText::read_record(reader, node).map(Self::Shown),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        any_of([
            json_schema!({ "const": false }),
            TitleText::schema(generator),
        ])
    }
}

impl Read for KpiCompare {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        if formula::is_word(node, "previous") {
            return Some(Self::Previous(node.span));
        }
        Formula::read(reader, node).map(Self::Formula)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        word_or("previous", Formula::schema(generator))
    }
}

impl Read for Channels {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let list = match &node.kind {
            Kind::Sequence(items) if !is_reference(items, reader.text(node.span)) => {
                Vec::<Channel>::read(reader, node)?
            }
            Kind::Mapping(pairs) if !pairs.iter().any(|pair| is_formula_key(&pair.key)) => {
                let named = Entries::<Channel>::read(reader, node)?;
                named
                    .into_iter()
                    .map(|entry| Channel {
                        name: Some(entry.name),
                        ..entry.value
                    })
                    .collect()
            }
            Kind::Scalar(_) | Kind::Sequence(_) | Kind::Mapping(_) => {
                vec![Channel::read(reader, node)?]
            }
        };
        Some(Self {
            list,
            span: node.span,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Channels", |generator| {
            let one = Channel::schema(generator);
            let many = Vec::<Channel>::schema(generator);
            let mut names = Entries::<Channel>::schema(generator);
            names.insert(
                "not".to_owned(),
                serde_json::json!({ "required": ["formula"] }),
            );
            let mut schema = any_of([one, many, names]);
            schema.insert(
                "description".to_owned(),
                "A formula, a list of them, or a map name to formula.".into(),
            );
            schema
        })
    }
}

/// Whether a key is `formula`, or a slip of the pen for it: names of channels are written like names.
fn is_formula_key(key: &str) -> bool {
    key == "formula" || (key.starts_with('f') && super::similar(key, ["formula"]).is_some())
}

/// Whether a list is a reference that lost its quotes: `[Plan]`. Formulas of a list are rarely one bare word.
fn is_reference(items: &[Node], written: &str) -> bool {
    let [
        Node {
            kind: Kind::Scalar(scalar),
            ..
        },
    ] = items
    else {
        return false;
    };
    let name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '/' | '-');
    written.starts_with('[')
        && scalar.style == crate::yaml::Style::Plain
        && scalar.text.chars().all(name)
}

impl Read for ColorChannel {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        if let Kind::Scalar(scalar) = &node.kind
            && let Some(value) = color::normal(&scalar.text)
        {
            return Some(Self::Fixed(Color {
                value,
                span: node.span,
            }));
        }
        if matches!(node.kind, Kind::Mapping(_)) {
            let SplitForm {
                channel, scheme, ..
            } = SplitForm::read_record(reader, node)?;
            return Some(Self::Split { channel, scheme });
        }
        Channel::read(reader, node).map(|channel| Self::Split {
            channel,
            scheme: None,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        any_of([Formula::schema(generator), SplitForm::schema(generator)])
    }
}

impl Read for Other {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let (span, kind) = reader.key;
        let name = kinds::name_of(node, kind);
        let raw = Raw::read(reader, node)?;
        Some(Self {
            kind: Text::new(kind.to_owned(), span),
            name,
            raw,
        })
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object" })
    }
}

//! Defaults and choices of controls.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::scalar::text_of;
use super::{Fields, Read, Reader, any_of, named, window};
use crate::document::control::{Default, Options};
use crate::document::data::Window;
use crate::document::forms::RangeForm;
use crate::document::primitive::{Constant, Text};
use crate::span::Spanned;
use crate::value::Value;
use crate::yaml::{Kind, Node};

impl Read for Default {
    const TAKES_NULL: bool = true;

    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Sequence(_) => {
                Vec::<Spanned<Value>>::read(reader, node).map(|list| Self::List(list, node.span))
            }
            Kind::Mapping(pairs) if pairs.iter().any(|pair| pair.key == "value") => {
                Constant::read(reader, node).map(Self::Constant)
            }
            Kind::Mapping(_) => {
                let RangeForm { min, max, span } = RangeForm::read_record(reader, node)?;
                Some(Self::Range { min, max, span })
            }
            Kind::Scalar(_) => {
                if let Some(scalar) = text_of(node)
                    && let Some(window) = window::parse(&scalar.text)
                {
                    let text = Text::new(scalar.text.clone(), node.span);
                    return Some(Self::Window(
                        Window {
                            window,
                            span: node.span,
                        },
                        text,
                    ));
                }
                Constant::read(reader, node).map(Self::Constant)
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Default", |generator| {
            let mut schema = any_of([Constant::schema(generator), RangeForm::schema(generator)]);
            let description = "A constant, a list of them, `{ min, max }`, or a window of time such as `last 90 days`.";
            schema.insert("description".to_owned(), description.into());
            schema
        })
    }
}

impl Read for Options {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let entries = match &node.kind {
            Kind::Sequence(_) => {
                let values = Vec::<Spanned<Value>>::read(reader, node)?;
                values.into_iter().map(|value| (value, None)).collect()
            }
            Kind::Mapping(pairs) => {
                let labelled = pairs.iter().filter_map(|pair| {
                    let label = reader.read::<Text>(&pair.value)?;
                    Some((
                        Spanned::new(Value::text(pair.key.as_str()), pair.key_span),
                        Some(label),
                    ))
                });
                labelled.collect()
            }
            Kind::Scalar(_) => {
                return reader.wrong(node, "a list of values, or a map of values to labels");
            }
        };
        Some(Self {
            entries,
            span: node.span,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Options", |generator| {
            let values = Vec::<Spanned<Value>>::schema(generator);
            let label = Text::schema(generator);
            let labelled = json_schema!({ "type": "object", "additionalProperties": label });
            let mut schema = any_of([values, labelled]);
            schema.insert(
                "description".to_owned(),
                "A list of values, or a map of values to labels.".into(),
            );
            schema
        })
    }
}

//! Values made of others: optional ones, lists, named entries, and the forms that are a name or a thing.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::{Read, Reader};
use crate::diag::Diagnostic;
use crate::diag::codes::structure as codes;
use crate::document::primitive::{Entry, Later, NameOr, OneOrMany, Raw, Text};
use crate::span::Spanned;
use crate::yaml::{Kind, Node, Pair, Resolved};

impl<T: Read> Read for Option<T> {
    const TAKES_NULL: bool = T::TAKES_NULL;

    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let null = matches!(&node.kind, Kind::Scalar(s) if s.value == Resolved::Null);
        if null && !T::TAKES_NULL {
            return Some(None);
        }
        T::read(reader, node).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    /// As a field: null is no value there. Lists of optional values accept it.
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }

    fn list_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = super::any_of([T::schema(generator), json_schema!({ "type": "null" })]);
        json_schema!({ "type": "array", "items": item })
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        T::read_list(reader, node)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::list_schema(generator)
    }
}

impl<T: Read> Read for Box<T> {
    const TAKES_NULL: bool = T::TAKES_NULL;

    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        T::read(reader, node).map(Self::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

/// The items of a list that could be read.
pub(super) fn read_sequence<T: Read>(reader: &mut Reader<'_>, node: &Node) -> Option<Vec<T>> {
    match &node.kind {
        Kind::Sequence(items) => Some(items.iter().filter_map(|item| reader.read(item)).collect()),
        Kind::Scalar(_) | Kind::Mapping(_) => reader.wrong(node, "a list"),
    }
}

/// A map with one entry as that entry; a list of entries is one map.
impl<T: Read> Read for Entry<T> {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Mapping(pairs) if pairs.len() == 1 => {
                pairs.first().and_then(|pair| read_entry(reader, pair))
            }
            _ => reader.wrong(node, "a map with one entry"),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Self::list_schema(generator);
        schema.insert("minProperties".to_owned(), 1.into());
        schema.insert("maxProperties".to_owned(), 1.into());
        schema
    }

    fn read_list(reader: &mut Reader<'_>, node: &Node) -> Option<Vec<Self>> {
        match &node.kind {
            Kind::Mapping(pairs) => Some(
                pairs
                    .iter()
                    .filter_map(|pair| read_entry(reader, pair))
                    .collect(),
            ),
            Kind::Scalar(_) | Kind::Sequence(_) => reader.wrong(node, "a map of names"),
        }
    }

    fn list_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = T::schema(generator);
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": r"^[^\s/\[\]]([^/\[\]]*[^\s/\[\]])?$" },
            "additionalProperties": value,
        })
    }
}

fn read_entry<T: Read>(reader: &mut Reader<'_>, pair: &Pair) -> Option<Entry<T>> {
    let name = Text::new(check_name(reader, pair), pair.key_span);
    let outer = std::mem::replace(&mut reader.key, (pair.key_span, ""));
    let null = matches!(&pair.value.kind, Kind::Scalar(s) if s.value == Resolved::Null);
    let value = if null && !T::TAKES_NULL && reader.is_broken(pair.key_span) {
        None
    } else if null && !T::TAKES_NULL {
        let finding = Diagnostic::new(
            &codes::WRONG_KIND,
            pair.key_span,
            format!("`{}` has no value", *name),
        );
        reader.push(finding.help("give it a value, or `{}` for one without settings"));
        None
    } else {
        reader.read(&pair.value)
    };
    reader.key = outer;
    if value.is_none() {
        reader.failed.insert(name.value.clone());
    }
    value.map(|value| Entry { name, value })
}

/// The name of an entry, without what names may not hold.
fn check_name(reader: &mut Reader<'_>, pair: &Pair) -> String {
    let name = pair.key.trim();
    let clean: String = name.chars().filter(|c| !matches!(c, '[' | ']')).collect();
    let finding = |message: String| Diagnostic::new(&codes::INVALID_NAME, pair.key_span, message);
    if name.is_empty() {
        reader.push(finding("a name is empty".to_owned()));
    } else if name.len() != pair.key.len() {
        let message = format!("the name `{name}` has spaces around it");
        reader.push(finding(message).fix("drop the spaces", pair.key_span, quoted_key(name)));
    } else if clean != name {
        let message = format!("the name `{name}` holds `[` or `]`");
        let fixed = quoted_key(&clean);
        reader.push(
            finding(message)
                .note("brackets enclose a name in formulas")
                .fix("drop the brackets", pair.key_span, fixed),
        );
    } else if name.contains('/') {
        let message = format!("the name `{name}` holds `/`");
        reader.push(
            finding(message).note("`/` stands between an element and its column in formulas"),
        );
    }
    clean
}

/// A name as a YAML key.
fn quoted_key(name: &str) -> String {
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | '%'))
        && name.starts_with(|c: char| c.is_alphabetic());
    if plain {
        name.to_owned()
    } else {
        crate::yaml::quoted(name)
    }
}

impl<T: Read> Read for OneOrMany<T> {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Sequence(_) => T::read_list(reader, node).map(Self),
            Kind::Scalar(_) | Kind::Mapping(_) => T::read(reader, node).map(|one| Self(vec![one])),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        super::any_of([T::schema(generator), T::list_schema(generator)])
    }
}

impl<T: Read> Read for NameOr<T> {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Scalar(_) => Spanned::read(reader, node).map(Self::Name),
            Kind::Mapping(_) => T::read(reader, node).map(|inline| Self::Inline(Box::new(inline))),
            Kind::Sequence(_) => reader.wrong(node, "a name or a map"),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        super::any_of([Text::schema(generator), T::schema(generator)])
    }
}

impl<T: Read> Read for Later<T> {
    const TAKES_NULL: bool = T::TAKES_NULL;

    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let (span, key) = reader.key;
        let what = if key.is_empty() {
            reader.text(span)
        } else {
            key
        };
        let message = format!("`{what}` is not supported yet");
        reader.push(Diagnostic::new(&codes::NOT_SUPPORTED_YET, span, message));
        T::read(reader, node).map(Self)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

impl Read for Raw {
    const TAKES_NULL: bool = true;

    fn read(_: &mut Reader<'_>, node: &Node) -> Option<Self> {
        Some(Self {
            json: json(node),
            span: node.span,
        })
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({})
    }
}

fn json(node: &Node) -> serde_json::Value {
    match &node.kind {
        Kind::Sequence(items) => items.iter().map(json).collect(),
        Kind::Mapping(pairs) => pairs
            .iter()
            .map(|pair| (pair.key.clone(), json(&pair.value)))
            .collect(),
        Kind::Scalar(scalar) => match &scalar.value {
            Resolved::Null => serde_json::Value::Null,
            Resolved::Bool(value) => (*value).into(),
            Resolved::Integer(value) => (*value).into(),
            Resolved::Float(value) if value.is_finite() => (*value).into(),
            Resolved::Float(_) | Resolved::Text => scalar.text.clone().into(),
        },
    }
}

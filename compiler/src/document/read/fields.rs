//! Keys of a map against the keys a record has.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::{Read, Reader, alias, similar};
use crate::diag::Diagnostic;
use crate::diag::codes::structure as codes;
use crate::span::Span;
use crate::yaml::{Kind, Node};

/// Most allowed keys that are listed in a note.
const LISTED: usize = 14;

/// A key of a record and what it is for.
#[derive(Clone, Copy, Debug)]
pub struct FieldDoc {
    /// Key as it is written.
    pub key: &'static str,
    /// First line of its description.
    pub doc: &'static str,
}

/// A record: a struct whose fields are keys of one map.
pub trait Fields: Sized {
    /// Name of the type, also in the schema.
    const NAME: &'static str;
    /// Description.
    const DOC: &'static str;
    /// The key that a value stands for when it is no map.
    const SHORT: Option<&'static str>;

    /// Keys in order, those of flattened records included.
    fn keys() -> &'static [FieldDoc];

    /// Reads all fields, whatever fails.
    fn read_fields(reader: &mut Reader<'_>, fields: &mut FieldReader<'_>) -> Option<Self>;

    /// Adds each key's schema, and the names of those that are needed.
    fn schema_fields(
        generator: &mut SchemaGenerator,
        properties: &mut Map<String, Value>,
        required: &mut Vec<Value>,
    );

    /// Reads a map, or the short form.
    fn read_record(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let keys = Self::keys();
        let mut fields = match (&node.kind, Self::SHORT) {
            (Kind::Mapping(_), _) => FieldReader::of_map(reader, node, keys),
            (Kind::Scalar(_) | Kind::Sequence(_), Some(short)) => {
                FieldReader::of_short(node, short)
            }
            (Kind::Scalar(_) | Kind::Sequence(_), None) => {
                return reader.wrong(node, &format!("a map with the keys {}", list(keys, 6)));
            }
        };
        Self::read_fields(reader, &mut fields)
    }

    /// Schema of the map, and of the short form beside it.
    fn record_schema(generator: &mut SchemaGenerator) -> Schema {
        super::named(generator, Self::NAME, |generator| {
            let (mut properties, mut required) = (Map::new(), Vec::new());
            Self::schema_fields(generator, &mut properties, &mut required);
            let short = Self::SHORT.and_then(|key| properties.get(key).cloned());
            let mut map = json_schema!({ "type": "object", "properties": properties, "additionalProperties": false });
            if !required.is_empty() {
                map.insert("required".to_owned(), Value::Array(required));
            }
            let mut schema = match short {
                Some(short) => json_schema!({ "anyOf": [short, map] }),
                None => map,
            };
            schema.insert("description".to_owned(), Value::String(lines(Self::DOC)));
            schema
        })
    }
}

/// The pairs of one map, found by the keys of a record.
pub struct FieldReader<'n> {
    /// Place of the whole map.
    pub span: Span,
    /// Where a missing key is reported.
    start: Span,
    slots: Vec<Slot<'n>>,
}

/// A key of the record, and the pair that is read for it.
struct Slot<'n> {
    key: &'static str,
    span: Span,
    node: &'n Node,
    /// Whether the key was written otherwise.
    guessed: bool,
}

impl<'n> FieldReader<'n> {
    /// Sorts the pairs of a map. Keys that are none of `keys` are reported; one that is clearly misspelt is read as the
    /// key that was meant, so that nothing is said to be missing.
    pub fn of_map(reader: &mut Reader<'_>, node: &'n Node, keys: &[FieldDoc]) -> Self {
        let Kind::Mapping(pairs) = &node.kind else {
            return Self {
                span: node.span,
                start: node.span.at_start(),
                slots: Vec::new(),
            };
        };
        let start = pairs.first().map_or(node.span, |pair| pair.key_span);
        let mut slots = Vec::with_capacity(pairs.len());
        let known = |key: &str| keys.iter().find(|k| k.key == key).map(|k| k.key);
        for pair in pairs {
            if let Some(key) = known(&pair.key) {
                slots.push(Slot {
                    key,
                    span: pair.key_span,
                    node: &pair.value,
                    guessed: false,
                });
            }
        }
        for pair in pairs.iter().filter(|pair| known(&pair.key).is_none()) {
            let free = keys
                .iter()
                .map(|k| k.key)
                .filter(|key| slots.iter().all(|slot: &Slot<'_>| slot.key != *key));
            let alias = alias::of_key(&pair.key, free.clone());
            let meant = alias.or_else(|| similar(&pair.key, free)).and_then(known);
            let label = if alias.is_some() {
                "this is called"
            } else {
                "a key with a similar name exists:"
            };
            let finding = unknown_key(&pair.key, pair.key_span, meant.map(|m| (m, label)), keys);
            reader.push(finding);
            if let Some(meant) = meant {
                slots.push(Slot {
                    key: meant,
                    span: pair.key_span,
                    node: &pair.value,
                    guessed: true,
                });
            }
        }
        Self {
            span: node.span,
            start,
            slots,
        }
    }

    /// The value of one key, written without it.
    pub fn of_short(node: &'n Node, key: &'static str) -> Self {
        Self {
            span: node.span,
            start: node.span,
            slots: vec![Slot {
                key,
                span: node.span,
                node,
                guessed: false,
            }],
        }
    }

    /// A map without any pair, for a kind that stands bare.
    pub fn empty(span: Span) -> Self {
        Self {
            span,
            start: span,
            slots: Vec::new(),
        }
    }

    /// Reads the value of a key. A key that is absent, or whose value is wrong, gives the type's absent value.
    pub fn read<T: Read>(
        &self,
        reader: &mut Reader<'_>,
        key: &'static str,
        doc: &str,
    ) -> Option<T> {
        let Some(slot) = self.slots.iter().find(|slot| slot.key == key) else {
            return T::absent().or_else(|| self.missing(reader, key, doc));
        };
        if slot.node.is_unreadable() {
            return T::absent();
        }
        let before = reader.sink.len();
        let outer = std::mem::replace(&mut reader.key, (slot.span, key));
        let value = if !T::TAKES_NULL && is_null(slot.node) && reader.is_broken(slot.span) {
            // The value may be in the part that was not read.
            None
        } else if !T::TAKES_NULL && is_null(slot.node) {
            let message = format!("the key `{key}` has no value");
            let finding = Diagnostic::new(&codes::WRONG_KIND, slot.span, message);
            reader.push(finding.help("give it a value, or remove the key"));
            None
        } else {
            T::read(reader, slot.node)
        };
        reader.key = outer;
        if value.is_none() && slot.guessed {
            // The guess was wrong, and so is what was said about the value.
            reader.sink.truncate(before);
        }
        value.or_else(T::absent)
    }

    fn missing<T>(&self, reader: &mut Reader<'_>, key: &str, doc: &str) -> Option<T> {
        if !reader.is_broken(self.span) {
            let finding = Diagnostic::new(
                &codes::MISSING_KEY,
                self.start,
                format!("the key `{key}` is missing"),
            );
            let about = about(doc);
            reader.push(finding.help(format!("add `{key}:` ({about})")));
        }
        None
    }
}

fn is_null(node: &Node) -> bool {
    matches!(&node.kind, Kind::Scalar(s) if s.value == crate::yaml::Resolved::Null)
}

fn unknown_key(
    key: &str,
    span: Span,
    meant: Option<(&str, &str)>,
    keys: &[FieldDoc],
) -> Diagnostic {
    let finding = Diagnostic::new(&codes::UNKNOWN_KEY, span, format!("unknown key `{key}`"));
    match meant {
        Some((meant, label)) => {
            let title = format!("rename it to `{meant}`");
            finding
                .label(format!("{label} `{meant}`"))
                .fix(title, span, meant)
        }
        None => finding.note(format!("known keys: {}", list(keys, LISTED))),
    }
}

/// Keys in backticks, the first so many.
fn list(keys: &[FieldDoc], most: usize) -> String {
    let mut listed: Vec<String> = keys
        .iter()
        .take(most)
        .map(|k| format!("`{}`", k.key))
        .collect();
    if keys.len() > most {
        listed.push("…".to_owned());
    }
    listed.join(", ")
}

/// The first line of a doc comment as part of a sentence.
fn about(doc: &str) -> String {
    let line = first_line(doc).trim_end_matches('.');
    let mut chars = line.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => line.to_owned(),
    }
}

/// The first line of a doc comment.
pub(crate) fn first_line(doc: &str) -> &str {
    doc.trim().lines().next().unwrap_or_default().trim()
}

/// The lines of a doc comment, without the blank each begins with.
pub(crate) fn lines(doc: &str) -> String {
    doc.lines()
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

/// A field's name as a key: `r#type` is `type`.
pub(crate) const fn key(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// A field's schema with its description.
pub(crate) fn described(schema: Schema, doc: &str) -> Value {
    let mut value = schema.to_value();
    if let Value::Object(object) = &mut value {
        object.insert("description".to_owned(), Value::String(lines(doc)));
        return value;
    }
    json_schema!({ "description": lines(doc) }).to_value()
}

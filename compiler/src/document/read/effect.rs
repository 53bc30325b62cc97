//! Effects, actions, and what runs them.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::scalar::text_of;
use super::{Fields, Read, Reader, alias, any_of, fields, named, similar};
use crate::diag::Diagnostic;
use crate::diag::codes::structure as codes;
use crate::document::action::{
    Action, Delete, Effect, EffectKind, If, Insert, OpenUrl, Sequence, Trigger, Update,
};
use crate::document::primitive::{Constant, Entries, Later, OneOrMany, Prose, Raw, Text};
use crate::span::Span;
use crate::yaml::{Kind, Node, Resolved};

/// Effects that run.
const RUNNING: &[&str] = &[
    "insert",
    "update",
    "delete",
    "set",
    "clear",
    "open",
    "close",
    "navigate",
    "select_tab",
    "refresh",
    "open_url",
    "notify",
    "run",
    "if",
];
/// Effects that may stand without a value.
const BARE: &[&str] = &["close", "refresh"];
/// Effects that are read and do not run yet.
const LATER: &[&str] = &[
    "open_document",
    "sort",
    "export",
    "call_api",
    "call_procedure",
    "run_python",
    "trigger_plugin",
    "clear_chat",
    "set_form",
    "reset_form",
    "set_single_row",
    "modify",
    "webhook",
    "call_agent",
    "generate",
];

impl Read for Effect {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let (word, key, value) = match &node.kind {
            Kind::Scalar(_) => match text_of(node) {
                Some(scalar) => (scalar.text.as_str(), node.span, None),
                None => return reader.wrong(node, EXPECTED),
            },
            Kind::Mapping(pairs) => match pairs.as_slice() {
                [pair] => (pair.key.as_str(), pair.key_span, Some(&pair.value)),
                _ => return reader.wrong(node, EXPECTED),
            },
            Kind::Sequence(_) => return reader.wrong(node, EXPECTED),
        };
        let word = known(reader, word, key)?;
        let value = value
            .filter(|value| !matches!(&value.kind, Kind::Scalar(s) if s.value == Resolved::Null));
        let outer = std::mem::replace(&mut reader.key, (key, word));
        let kind = match value {
            Some(value) => read_kind(reader, word, key, value),
            None => bare(reader, word, key),
        };
        reader.key = outer;
        Some(Self {
            kind: kind?,
            key,
            span: node.span,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Effect", |generator| {
            let mut properties = Map::new();
            for word in RUNNING {
                let mut schema = value_schema(generator, word);
                if BARE.contains(word) {
                    schema = any_of([schema, json_schema!({ "type": "null" })]);
                }
                properties.insert((*word).to_owned(), schema.to_value());
            }
            for word in LATER {
                properties.insert((*word).to_owned(), Value::Bool(true));
            }
            let bare: Vec<&str> = BARE.iter().chain(LATER).copied().collect();
            json_schema!({
                "description": "One effect: a bare word, or a map with one key.",
                "anyOf": [
                    { "enum": bare },
                    {
                        "type": "object", "properties": properties, "additionalProperties": false,
                        "minProperties": 1, "maxProperties": 1,
                    },
                ],
            })
        })
    }
}

const EXPECTED: &str =
    "an effect, which is a word such as `close` or a map with one key such as `open: Name`";

/// The word of an effect, spelt right.
fn known(reader: &mut Reader<'_>, word: &str, span: Span) -> Option<&'static str> {
    let all = || RUNNING.iter().chain(LATER).copied();
    if let Some(found) = all().find(|known| *known == word) {
        return Some(found);
    }
    let alias = alias::of_effect(word);
    let meant = alias
        .or_else(|| similar(word, all()))
        .and_then(|near| all().find(|known| *known == near));
    let finding = Diagnostic::new(
        &codes::UNKNOWN_EFFECT,
        span,
        format!("unknown effect `{word}`"),
    );
    reader.push(if let Some(meant) = meant {
        finding
            .label(if alias.is_some() {
                format!("this is called `{meant}`")
            } else {
                format!("a similar effect exists: `{meant}`")
            })
            .fix(format!("rename it to `{meant}`"), span, meant)
    } else {
        let listed: Vec<String> = all().map(|known| format!("`{known}`")).collect();
        finding.note(format!("effects: {}", listed.join(", ")))
    });
    meant
}

fn bare(reader: &mut Reader<'_>, word: &'static str, key: Span) -> Option<EffectKind> {
    match word {
        "close" => Some(EffectKind::Close(None)),
        "refresh" => Some(EffectKind::Refresh(Vec::new())),
        _ if LATER.contains(&word) => later(reader, word, key, &null(key)),
        _ => {
            let finding = Diagnostic::new(
                &codes::WRONG_KIND,
                key,
                format!("the effect `{word}` has no value"),
            );
            reader.push(finding.help(format!("write `{word}:` with what it needs")));
            None
        }
    }
}

fn null(span: Span) -> Node {
    let map = crate::yaml::TextMap::linear(span.at_end(), span.end);
    let scalar = crate::yaml::Scalar {
        text: String::new(),
        style: crate::yaml::Style::Plain,
        value: Resolved::Null,
        map,
    };
    Node {
        span: span.at_end(),
        kind: Kind::Scalar(scalar),
    }
}

fn read_kind(
    reader: &mut Reader<'_>,
    word: &'static str,
    key: Span,
    value: &Node,
) -> Option<EffectKind> {
    Some(match word {
        "insert" => EffectKind::Insert(reader.read::<Insert>(value)?),
        "update" => EffectKind::Update(reader.read::<Update>(value)?),
        "delete" => EffectKind::Delete(reader.read::<Delete>(value)?),
        "set" => EffectKind::Set(reader.read::<Entries<Constant>>(value)?),
        "clear" => EffectKind::Clear(reader.read::<OneOrMany<Text>>(value)?),
        "open" => EffectKind::Open(reader.read::<Text>(value)?),
        "close" => EffectKind::Close(Some(reader.read::<Text>(value)?)),
        "navigate" => EffectKind::Navigate(reader.read::<Text>(value)?),
        "select_tab" => EffectKind::SelectTab(reader.read::<Text>(value)?),
        "refresh" => EffectKind::Refresh(reader.read::<OneOrMany<Text>>(value)?.0),
        "open_url" => EffectKind::OpenUrl(reader.read::<OpenUrl>(value)?),
        "notify" => EffectKind::Notify(reader.read::<Prose>(value)?),
        "run" => EffectKind::Run(reader.read::<Text>(value)?),
        "if" => EffectKind::If(reader.read::<If>(value)?),
        _ => return later(reader, word, key, value),
    })
}

fn later(reader: &mut Reader<'_>, word: &str, key: Span, value: &Node) -> Option<EffectKind> {
    let raw = reader.read::<Later<Raw>>(value)?;
    Some(EffectKind::Later(Text::new(word.to_owned(), key), raw))
}

fn value_schema(generator: &mut SchemaGenerator, word: &str) -> Schema {
    match word {
        "insert" => Insert::schema(generator),
        "update" => Update::schema(generator),
        "delete" => Delete::schema(generator),
        "set" => Entries::<Constant>::schema(generator),
        "clear" | "refresh" => OneOrMany::<Text>::schema(generator),
        "open_url" => OpenUrl::schema(generator),
        "notify" => Prose::schema(generator),
        "if" => If::schema(generator),
        _ => Text::schema(generator),
    }
}

/// Sequences of a map (one), a list of maps with `do`, or a list of effects.
fn sequences(reader: &mut Reader<'_>, node: &Node) -> Option<Vec<Sequence>> {
    match &node.kind {
        Kind::Mapping(pairs) => {
            if let [pair] = pairs.as_slice()
                && RUNNING.contains(&pair.key.as_str())
                && pair.key != "if"
                && pair.key != "notify"
            {
                let written = reader.text(node.span);
                let finding = Diagnostic::new(
                    &codes::WRONG_KIND,
                    node.span,
                    "one effect stands where a list of them is expected",
                );
                let flow = written.starts_with('{');
                reader.push(if flow {
                    finding.fix("put it in a list", node.span, format!("[{written}]"))
                } else {
                    finding.help("put `- ` before it")
                });
                return Some(vec![of_effects(vec![reader.read(node)?], node.span)]);
            }
            Sequence::read_record(reader, node).map(|one| vec![one])
        }
        Kind::Sequence(items) if items.iter().any(is_sequence) => Vec::read(reader, node),
        Kind::Sequence(_) => {
            Vec::read(reader, node).map(|effects| vec![of_effects(effects, node.span)])
        }
        Kind::Scalar(_) => reader.wrong(node, "a list of effects, or a map with `do`"),
    }
}

fn is_sequence(node: &Node) -> bool {
    matches!(&node.kind, Kind::Mapping(pairs) if pairs.iter().any(|pair| pair.key == "do"))
}

fn of_effects(effects: Vec<Effect>, span: Span) -> Sequence {
    Sequence {
        span,
        r#if: None,
        r#do: effects,
        r#else: Vec::new(),
        notify: None,
        atomic: None,
    }
}

fn sequences_schema(generator: &mut SchemaGenerator) -> Schema {
    any_of([
        Sequence::schema(generator),
        Vec::<Effect>::schema(generator),
        Vec::<Sequence>::schema(generator),
    ])
}

impl Read for Action {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        sequences(reader, node).map(|sequences| Self {
            sequences,
            span: node.span,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Action", |generator| {
            described(
                sequences_schema(generator),
                "One sequence, a list of them, or a list of effects.",
            )
        })
    }
}

impl Read for Trigger {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Scalar(_) => Text::read(reader, node).map(Self::Run),
            Kind::Sequence(_) | Kind::Mapping(_) => {
                sequences(reader, node).map(|all| Self::Sequences(all, node.span))
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Trigger", |generator| {
            let schema = any_of([Text::schema(generator), sequences_schema(generator)]);
            described(
                schema,
                "The name of an action, a list of effects, one sequence, or a list of sequences.",
            )
        })
    }
}

fn described(mut schema: Schema, doc: &str) -> Schema {
    schema.insert("description".to_owned(), Value::String(fields::lines(doc)));
    schema
}

//! Formulas, constants and prose.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::scalar::{scalar, text_of, text_schema};
use super::{Fields, Read, Reader, any_of, named};
use crate::diag::Diagnostic;
use crate::diag::codes::yaml as yaml_codes;
use crate::document::forms::ValueForm;
use crate::document::primitive::{Constant, Formula, Prose, ProsePart};
use crate::formula::ast::{Expr, ExprKind};
use crate::formula::{TemplatePart, parse, parse_template};
use crate::span::{Span, Spanned};
use crate::value::Value;
use crate::yaml::{Kind, Node, Resolved, Scalar, TextMap, quoted};

impl Read for Formula {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        if let Some(scalar) = text_of(node) {
            return Some(of_scalar(reader, scalar, node.span));
        }
        let written = reader.text(node.span);
        if matches!(node.kind, Kind::Sequence(_)) && written.starts_with('[') {
            return Some(of_list(reader, written, node.span));
        }
        reader.wrong(node, "a formula")
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Formula", |_| {
            json_schema!({
                "description": "A formula, such as `Sum([MRR]) / 2`. Quote it when it starts with `[`.",
                "type": ["string", "number", "boolean"],
            })
        })
    }
}

fn of_scalar(reader: &mut Reader<'_>, scalar: &Scalar, span: Span) -> Formula {
    let literal = |kind| Expr { kind, span };
    let expr = match &scalar.value {
        Resolved::Bool(value) => literal(ExprKind::Logical(*value)),
        // `where: all` says aloud that every row is meant.
        _ if reader.key.1 == "where" && scalar.text == "all" => literal(ExprKind::Logical(true)),
        _ => parse(&scalar.text, &scalar.map, reader.sink),
    };
    Formula {
        text: scalar.text.clone(),
        expr,
        span,
    }
}

/// `x: [Plan]` is a list to YAML; the reference that was meant is read nevertheless.
fn of_list(reader: &mut Reader<'_>, written: &str, span: Span) -> Formula {
    let finding = Diagnostic::new(
        &yaml_codes::UNQUOTED_VALUE,
        span,
        "the formula starts with an unquoted `[`",
    )
    .note("YAML reads `[…]` as a list")
    .fix("quote the formula", span, quoted(written));
    reader.push(finding);
    let expr = parse(written, &TextMap::linear(span, span.start), reader.sink);
    Formula {
        text: written.to_owned(),
        expr,
        span,
    }
}

impl Read for Prose {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let Some(scalar) = text_of(node) else {
            return reader.wrong(node, "a text");
        };
        let parts = parse_template(&scalar.text, &scalar.map, reader.sink)
            .into_iter()
            .map(|part| match part {
                TemplatePart::Text(text) => ProsePart::Text(text),
                TemplatePart::Formula(expr) => ProsePart::Formula(expr),
            })
            .collect();
        Some(Self {
            parts,
            span: node.span,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Prose", |_| {
            let mut schema = text_schema();
            let description =
                "Text; `{{formula}}` inside shows a value, `\\{{` stands for the braces.";
            schema.insert("description".to_owned(), description.into());
            schema
        })
    }
}

impl Read for Constant {
    const TAKES_NULL: bool = true;

    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Mapping(_) => {
                ValueForm::read_record(reader, node).map(|form| Self::Literal(form.value))
            }
            Kind::Sequence(_) => {
                let list = Vec::<Spanned<Value>>::read(reader, node)?;
                Some(Self::List(Spanned::new(list, node.span)))
            }
            Kind::Scalar(scalar) => match scalar
                .text
                .strip_prefix('=')
                .filter(|_| scalar.value == Resolved::Text)
            {
                Some(text) => {
                    let expr = parse(text, &scalar.map.tail(1), reader.sink);
                    Some(Self::Formula(Formula {
                        text: text.to_owned(),
                        expr,
                        span: node.span,
                    }))
                }
                None => Spanned::read(reader, node).map(Self::Literal),
            },
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Constant", |generator| {
            let mut schema = any_of([
                Spanned::<Value>::schema(generator),
                Vec::<Spanned<Value>>::schema(generator),
                ValueForm::schema(generator),
            ]);
            let description = "A constant; a text that starts with `=` is a formula. `{ value: \"=x\" }` is the text `=x`.";
            schema.insert("description".to_owned(), description.into());
            schema
        })
    }
}

/// Whether a node is exactly this word.
pub(super) fn is_word(node: &Node, word: &str) -> bool {
    scalar(node).is_some_and(|scalar| scalar.text == word && scalar.value == Resolved::Text)
}

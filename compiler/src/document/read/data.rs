//! Columns, keys of groupings, filters, formats.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::scalar::{text_of, text_schema};
use super::{Fields, Read, Reader, any_of, named};
use crate::diag::Diagnostic;
use crate::diag::codes::structure as codes;
use crate::document::data::{Column, ColumnEntry, ColumnFilter, Columns, Filter, Format, LevelKey};
use crate::document::forms::FormatForm;
use crate::document::primitive::{Entries, Entry, Formula, Text};
use crate::yaml::{Kind, Node};

impl Read for Columns {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let entries = match &node.kind {
            Kind::Mapping(_) => Entries::<Column>::read(reader, node)?
                .into_iter()
                .map(column)
                .collect(),
            Kind::Sequence(_) => Vec::read(reader, node)?,
            Kind::Scalar(_) => return reader.wrong(node, "a map of columns, or a list of names"),
        };
        Some(Self {
            entries,
            span: node.span,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "Columns", |generator| {
            let mut schema = any_of([
                Entries::<Column>::schema(generator),
                Vec::<ColumnEntry>::schema(generator),
            ]);
            let description = "A map name to formula in display order, or a list of names, `\"*\"` and one-entry maps.";
            schema.insert("description".to_owned(), description.into());
            schema
        })
    }
}

fn column(entry: Entry<Column>) -> ColumnEntry {
    ColumnEntry::Column(Box::new(entry))
}

impl Read for ColumnEntry {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        if super::formula::is_word(node, "*") {
            return Some(Self::All(node.span));
        }
        match &node.kind {
            Kind::Mapping(_) => Entry::read(reader, node).map(column),
            Kind::Scalar(_) | Kind::Sequence(_) => name(reader, node).map(Self::Name),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        any_of([name_schema(), Entry::<Column>::schema(generator)])
    }
}

impl Read for LevelKey {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Mapping(_) => {
                Entry::read(reader, node).map(|entry| Self::Column(Box::new(entry)))
            }
            Kind::Scalar(_) | Kind::Sequence(_) => name(reader, node).map(Self::Name),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        any_of([name_schema(), Entry::<Column>::schema(generator)])
    }
}

fn name_schema() -> Schema {
    let mut schema = text_schema();
    schema.insert("pattern".to_owned(), r"^[^\[\]]*$".into());
    schema
}

/// The name of a column in a list; brackets around it are reported and dropped.
fn name(reader: &mut Reader<'_>, node: &Node) -> Option<Text> {
    let written = reader.text(node.span);
    let (text, items) = match &node.kind {
        Kind::Sequence(items) => (items.first().and_then(text_of), items.len()),
        Kind::Scalar(_) | Kind::Mapping(_) => (text_of(node), 1),
    };
    let Some(scalar) = text.filter(|_| items == 1) else {
        return reader.wrong(node, "the name of a column");
    };
    let inner = scalar.text.trim_matches(['[', ']']);
    if written.starts_with('[') || inner != scalar.text {
        let finding = Diagnostic::new(
            &codes::BRACKETS_IN_PATH,
            node.span,
            "a column is named without brackets here",
        );
        reader.push(finding.fix("drop the brackets", node.span, inner));
    }
    Some(Text::new(inner.to_owned(), node.span))
}

impl Read for Filter {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Mapping(_) => {
                ColumnFilter::read_record(reader, node).map(|filter| Self::Column(Box::new(filter)))
            }
            Kind::Scalar(_) | Kind::Sequence(_) => Formula::read(reader, node).map(Self::Formula),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        any_of([Formula::schema(generator), ColumnFilter::schema(generator)])
    }
}

impl Read for Format {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let FormatForm {
            pattern,
            prefix,
            suffix,
            null_as,
            symbol,
            span,
        } = FormatForm::read_record(reader, node)?;
        Some(Self {
            pattern,
            prefix,
            suffix,
            null_as,
            symbol,
            span,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        FormatForm::schema(generator)
    }
}

/// Schema of a value that is one of some words or something else.
pub(super) fn word_or(word: &str, other: Schema) -> Schema {
    any_of([json_schema!({ "const": word }), other])
}

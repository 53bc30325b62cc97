//! Paths to columns, and sort entries.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::scalar::text_of;
use super::{Fields, Read, Reader, any_of, named};
use crate::diag::Diagnostic;
use crate::diag::codes::structure as codes;
use crate::document::forms::{NullPlace, SortForm};
use crate::document::primitive::{ColumnPath, SortEntry, Text};
use crate::span::Span;
use crate::yaml::{Kind, Node, TextMap};

impl Read for ColumnPath {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        if let Some(scalar) = text_of(node) {
            return of_text(reader, &scalar.text, &scalar.map, 0, node.span);
        }
        of_brackets(reader, node)
            .or_else(|| reader.wrong(node, "a column, as `Column` or `Element/Column`"))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        named(generator, "ColumnPath", |_| {
            json_schema!({
                "description": "A column, as `Column` or `Element/Column`, without brackets.",
                "type": ["string", "number", "boolean"],
                "pattern": r"^\s*[^\s/\[\]]([^/\[\]]*)(/[^/\[\]]*[^\s/\[\]]\s*)?$",
            })
        })
    }
}

/// `[Team/Name]` written as YAML: a list of one text. The path that was meant is read nevertheless.
fn of_brackets(reader: &mut Reader<'_>, node: &Node) -> Option<ColumnPath> {
    let Kind::Sequence(items) = &node.kind else {
        return None;
    };
    let written = reader.text(node.span);
    let [item] = items.as_slice() else {
        return None;
    };
    let inner = written
        .strip_prefix('[')?
        .strip_suffix(']')?
        .trim()
        .to_owned();
    let scalar = text_of(item)?;
    reader.push(brackets(node.span, &inner));
    of_text(reader, &scalar.text, &scalar.map, 0, node.span)
}

fn brackets(span: Span, inner: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::BRACKETS_IN_PATH,
        span,
        "a column is named without brackets here",
    )
    .note("brackets belong to formulas; this is a path")
    .fix("drop the brackets", span, inner)
}

/// A path in `text`, which begins at `base` of the mapped text.
pub(super) fn of_text(
    reader: &mut Reader<'_>,
    text: &str,
    map: &TextMap,
    base: usize,
    span: Span,
) -> Option<ColumnPath> {
    let lead = text.len() - text.trim_start().len();
    let (text, base) = (text.trim(), base + lead);
    if let Some(inner) = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        reader.push(brackets(
            map.span(offset(base), offset(base + text.len())),
            inner,
        ));
        return of_text(reader, inner, map, base + 1, span);
    }
    let part = |part: &str, at: usize| {
        let lead = part.len() - part.trim_start().len();
        let (start, name) = (base + at + lead, part.trim());
        Text::new(
            name.to_owned(),
            map.span(offset(start), offset(start + name.len())),
        )
    };
    let (element, column) = match text.split_once('/') {
        Some((element, column)) => (Some(part(element, 0)), part(column, element.len() + 1)),
        None => (None, part(text, 0)),
    };
    let bad = |name: &Text| name.is_empty() || name.contains(['/', '[', ']']);
    if bad(&column) || element.as_ref().is_some_and(bad) {
        let message = format!("`{}` is not a path to a column", super::short(text));
        reader.push(
            Diagnostic::new(&codes::INVALID_PATH, span, message)
                .help("write `Column` or `Element/Column`"),
        );
        return None;
    }
    Some(ColumnPath {
        element,
        column,
        span,
    })
}

impl Read for SortEntry {
    fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Self> {
        if matches!(node.kind, Kind::Mapping(_)) {
            let form = SortForm::read_record(reader, node)?;
            return Some(Self {
                column: form.column,
                descending: form.descending.is_some_and(|d| d.value),
                nulls_first: form.nulls.map(|place| place.value == NullPlace::First),
            });
        }
        let Some(scalar) = text_of(node) else {
            return ColumnPath::read(reader, node).map(|column| Self {
                column,
                descending: false,
                nulls_first: None,
            });
        };
        let descending = scalar.text.starts_with('-');
        let start = usize::from(descending);
        let text = scalar.text.get(start..).unwrap_or_default();
        let column = of_text(reader, text, &scalar.map, start, node.span)?;
        Some(Self {
            column,
            descending,
            nulls_first: None,
        })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let short = json_schema!({
            "type": ["string", "number", "boolean"],
            "description": "A column; `-` in front sorts from the largest.",
            "pattern": r"^-?\s*[^\s/\[\]]([^/\[\]]*)(/[^/\[\]]*[^\s/\[\]]\s*)?$",
        });
        any_of([short, SortForm::schema(generator)])
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

//! Scalars: meaning, place, and the way back to bytes.

use std::ops::Range;

use granit_parser::ScalarStyle;

use super::{Builder, Masked};
use crate::span::Span;
use crate::yaml::{Kind, Node, Resolved, Scalar, Style, TextMap, lines, resolve, text_map};

impl Builder<'_> {
    pub(super) fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        range: Range<usize>,
        tag: Option<Range<usize>>,
    ) {
        let tagged = self.report_tag(tag, false);
        let node = if tagged && range.is_empty() {
            Node::unreadable(self.span(range.start, range.end))
        } else {
            self.scalar_node(text, style, range)
        };
        self.after = self.after.max(node.span.end as usize);
        if self.expects_key() {
            self.key(node);
            return;
        }
        self.last_plain =
            matches!(&node.kind, Kind::Scalar(s) if s.style == Style::Plain).then_some(node.span);
        self.anchors.close(anchor, &node);
        self.place(node);
    }

    fn scalar_node(&self, text: &str, style: ScalarStyle, range: Range<usize>) -> Node {
        if let Some(masked) = self.masked.iter().find(|m| m.range.start == range.start) {
            return self.masked_node(masked);
        }
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        if style == Style::Plain && range.is_empty() {
            let at = lines::colon_after(self.text, range.start);
            return null(self.span(at, at));
        }
        let (span, content) = match style {
            Style::Plain => (range.clone(), range),
            Style::Single | Style::Double => (range.clone(), range.start + 1..range.end - 1),
            Style::Literal | Style::Folded => {
                let header = lines::block_header(self.text, self.after, range.start);
                let below = lines::next_line(self.text, header).min(range.start);
                let end = range.start
                    + self
                        .text
                        .get(range.clone())
                        .map_or(0, |raw| raw.trim_end().len());
                (header..end.max(header + 1), below..range.end)
            }
        };
        let span = self.span(span.start, span.end);
        let map = text_map::build(span, style, self.text, content, text);
        let value = if style == Style::Plain {
            resolve::resolve(text)
        } else {
            Resolved::Text
        };
        Node {
            span,
            kind: Kind::Scalar(Scalar {
                text: text.to_owned(),
                style,
                value,
                map,
            }),
        }
    }

    fn masked_node(&self, masked: &Masked) -> Node {
        let span = self.span(masked.range.start, masked.range.end);
        if !masked.as_text {
            return Node::unreadable(span);
        }
        let text = lines::fold(self.text.get(masked.range.clone()).unwrap_or_default());
        let map = text_map::build(span, Style::Plain, self.text, masked.range.clone(), &text);
        Node {
            span,
            kind: Kind::Scalar(Scalar {
                text,
                style: Style::Plain,
                value: Resolved::Text,
                map,
            }),
        }
    }
}

/// A value that is not there.
pub(super) fn null(span: Span) -> Node {
    let map = TextMap::linear(span, span.start);
    let scalar = Scalar {
        text: String::new(),
        style: Style::Plain,
        value: Resolved::Null,
        map,
    };
    Node {
        span,
        kind: Kind::Scalar(scalar),
    }
}

//! Events of the parser to a tree.

use std::hash::BuildHasher;

use granit_parser::{
    ErrorKind, Event, Parser, Placement, ScalarStyle, ScanError, StructureStyle, options,
};
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::anchors::{Anchors, DEPTH_LIMIT};
use super::{Kind, Node, Pair, Resolved, Scalar, Style, balance, lines, resolve, text_map};
use crate::diag::codes::yaml as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::span::{FileId, Span};

/// What one pass over the text gave.
pub(super) struct Built {
    /// The tree, or what there is of it.
    pub(super) root: Option<Node>,
    /// Why the pass stopped early.
    pub(super) failure: Option<Failure>,
}

/// Why and where a pass stopped.
pub(super) struct Failure {
    /// The parser's reason; `None` when the text is YAML but surely not what was meant.
    pub(super) kind: Option<ErrorKind>,
    /// The parser's words.
    pub(super) words: String,
    /// Byte offset.
    pub(super) at: usize,
    /// End of the last value or key that was read.
    pub(super) after: usize,
    /// Start of the outermost open `[` or `{`.
    pub(super) flow: Option<usize>,
}

/// A range of the source that was replaced by filler before this pass.
pub(super) struct Masked {
    /// Bytes of the file.
    pub(super) range: std::ops::Range<usize>,
    /// Whether the original text is taken as the value; else the value is unreadable.
    pub(super) as_text: bool,
}

/// Places of all comments.
pub(super) fn comments(file: FileId, text: &str) -> Vec<Span> {
    let events = Parser::new_from_str_with_options(text, parser_options()).map_while(Result::ok);
    events
        .filter(|(event, _)| matches!(event, Event::Comment(..)))
        .filter_map(|(_, span)| span.byte_range())
        .map(|range| Span::new(file, offset(range.start), offset(range.end)))
        .collect()
}

fn parser_options() -> granit_parser::Options {
    options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: DEPTH_LIMIT,
        block_nesting_limit: DEPTH_LIMIT,
    }
}

/// Parses `source`, which is `text` with the `masked` ranges filled.
pub(super) fn build(
    file: FileId,
    text: &str,
    source: &str,
    masked: &[Masked],
    sink: &mut Diagnostics,
) -> Built {
    let mut builder = Builder {
        file,
        text,
        masked,
        sink,
        open: Vec::new(),
        root: None,
        anchors: Anchors::default(),
        after: 0,
        last_plain: None,
        documents: 0,
    };
    for event in Parser::new_from_str_with_options(source, parser_options()) {
        let step = match event {
            Ok((event, span)) => builder.event(event, &span),
            Err(error) => Step::Fail(builder.scan_failure(&error)),
        };
        match step {
            Step::Next => {}
            Step::End => break,
            Step::Fail(failure) => {
                let root = builder.abandon();
                return Built {
                    root,
                    failure: Some(failure),
                };
            }
        }
    }
    let empty = Span::new(file, 0, 0);
    let root = builder.root.take().unwrap_or_else(|| null(empty));
    Built {
        root: Some(root),
        failure: None,
    }
}

enum Step {
    Next,
    End,
    Fail(Failure),
}

/// An open collection.
struct Frame {
    start: usize,
    flow: bool,
    anchor: usize,
    /// Whether this is a key that is no scalar and will be dropped.
    is_key: bool,
    items: Items,
}

enum Items {
    Sequence(Vec<Node>),
    Mapping {
        pairs: Vec<Pair>,
        key: Key,
        seen: FxHashSet<u64>,
    },
}

/// State of a map between its key and its value.
enum Key {
    Expected,
    Read(String, Span),
    /// The key is already reported; its value is read and dropped.
    Dropped,
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    masked: &'a [Masked],
    sink: &'a mut Diagnostics,
    open: Vec<Frame>,
    root: Option<Node>,
    anchors: Anchors,
    after: usize,
    /// Where the last unquoted scalar lies, for comments that follow it.
    last_plain: Option<Span>,
    documents: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: &granit_parser::Span) -> Step {
        let range = span.byte_range().unwrap_or(self.after..self.after);
        let tag = span.tag_span().and_then(|t| t.byte_range());
        match event {
            Event::DocumentStart(..) => return self.document(range.start),
            Event::Comment(_, placement) => return self.comment(placement, range.start),
            Event::Scalar(text, style, anchor, _) => self.scalar(&text, style, anchor, range, tag),
            Event::SequenceStart(style, anchor, _) => {
                self.report_tag(tag, true);
                return self.start(style, anchor, range.start, Items::Sequence(Vec::new()));
            }
            Event::MappingStart(style, anchor, _) => {
                if style == StructureStyle::Flow && self.slice(range.start).starts_with("{{") {
                    return Step::Fail(self.failure(range.start));
                }
                self.report_tag(tag, true);
                let items = Items::Mapping {
                    pairs: Vec::new(),
                    key: Key::Expected,
                    seen: FxHashSet::default(),
                };
                return self.start(style, anchor, range.start, items);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
            Event::Alias(id) => self.alias(id, self.span(range.start, range.end)),
            Event::UnresolvedAlias(name) => {
                self.unknown_alias(&name, self.span(range.start, range.end))
            }
            // Anchors come with the node they name; the stream's own events say nothing about values.
            _ => {}
        }
        Step::Next
    }

    fn document(&mut self, at: usize) -> Step {
        self.documents += 1;
        if self.documents == 1 {
            return Step::Next;
        }
        let span = self.span(at, at + 3);
        let finding = Diagnostic::new(
            &codes::SEVERAL_DOCUMENTS,
            span,
            "a second document begins in this file",
        )
        .help("remove the `---`, or move what follows it to a file of its own");
        self.sink.push(finding);
        Step::End
    }

    /// A comment right behind an unquoted scalar that it cuts in the middle of a quotation or a bracket.
    fn comment(&mut self, placement: Placement, at: usize) -> Step {
        let cut = self.last_plain.is_some_and(|plain| {
            let plain = self
                .text
                .get(plain.start as usize..plain.end as usize)
                .unwrap_or_default();
            balance::is_cut(plain, self.line_rest(at))
        });
        if placement == Placement::Right && cut {
            return Step::Fail(self.failure(at));
        }
        Step::Next
    }

    fn start(&mut self, style: StructureStyle, anchor: usize, start: usize, items: Items) -> Step {
        if self.open.len() >= DEPTH_LIMIT {
            return Step::Fail(Failure {
                kind: Some(ErrorKind::RecursionLimitExceeded),
                ..self.failure(start)
            });
        }
        let flow = style == StructureStyle::Flow;
        let start = match items {
            Items::Sequence(_) if !flow => lines::dash_before(self.text, start),
            _ => start,
        };
        let is_key = self.expects_key();
        if is_key {
            self.report_complex_key(start, &items);
        }
        self.anchors.open(anchor);
        self.open.push(Frame {
            start,
            flow,
            anchor,
            is_key,
            items,
        });
        Step::Next
    }

    fn end(&mut self, event_end: usize) {
        let Some(frame) = self.open.pop() else { return };
        if frame.flow {
            self.after = event_end.max(self.after);
        }
        let end = self.after.max(frame.start);
        let (is_key, anchor) = (frame.is_key, frame.anchor);
        let node = self.close(frame, end);
        self.anchors.close(anchor, &node);
        if is_key {
            self.set_key(Key::Dropped);
        } else {
            self.place(node);
        }
    }

    fn close(&self, frame: Frame, end: usize) -> Node {
        let kind = match frame.items {
            Items::Sequence(items) => Kind::Sequence(items),
            Items::Mapping { pairs, .. } => Kind::Mapping(pairs),
        };
        Node {
            span: self.span(frame.start, end),
            kind,
        }
    }

    /// Closes everything that is open, so that the part that was read is not lost.
    fn abandon(&mut self) -> Option<Node> {
        while let Some(frame) = self.open.pop() {
            let end = self.after.max(frame.start);
            let node = self.close(frame, end);
            self.place(node);
        }
        self.root.take()
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Frame {
                items: Items::Mapping {
                    key: Key::Expected,
                    ..
                },
                ..
            })
        )
    }

    fn set_key(&mut self, new: Key) {
        if let Some(Frame {
            items: Items::Mapping { key, .. },
            ..
        }) = self.open.last_mut()
        {
            *key = new;
        }
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node) {
        match self.open.last_mut().map(|frame| &mut frame.items) {
            None => self.root = Some(node),
            Some(Items::Sequence(items)) => items.push(node),
            Some(Items::Mapping { pairs, key, .. }) => {
                match std::mem::replace(key, Key::Expected) {
                    Key::Read(text, span) => pairs.push(Pair {
                        key: text,
                        key_span: span,
                        value: node,
                    }),
                    Key::Expected | Key::Dropped => {}
                }
            }
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        range: std::ops::Range<usize>,
        tag: Option<std::ops::Range<usize>>,
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

    fn scalar_node(&self, text: &str, style: ScalarStyle, range: std::ops::Range<usize>) -> Node {
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

    fn key(&mut self, node: Node) {
        let Kind::Scalar(scalar) = node.kind else {
            return;
        };
        if scalar.style == Style::Plain && node.span.is_empty() {
            let finding = Diagnostic::new(
                &codes::COMPLEX_KEY,
                node.span,
                "a key is missing before `:`",
            );
            self.sink.push(finding);
            return self.set_key(Key::Dropped);
        }
        if scalar.style == Style::Plain && scalar.text == "<<" {
            let finding = Diagnostic::new(
                &codes::MERGE_KEY,
                node.span,
                "the merge key `<<` is not supported",
            )
            .help("write the entries out, or share a whole value with an alias")
            .note("`<<` was dropped from YAML with version 1.2");
            self.sink.push(finding);
            return self.set_key(Key::Dropped);
        }
        if let Some(first) = self.earlier_key(&scalar.text) {
            let message = format!("the key `{}` stands twice in one map", scalar.text);
            let finding = Diagnostic::new(&codes::DUPLICATE_KEY, node.span, message)
                .also(first, "first written here");
            self.sink.push(finding);
            return self.set_key(Key::Dropped);
        }
        self.set_key(Key::Read(scalar.text, node.span));
    }

    fn earlier_key(&mut self, text: &str) -> Option<Span> {
        let Some(Frame {
            items: Items::Mapping { pairs, seen, .. },
            ..
        }) = self.open.last_mut()
        else {
            return None;
        };
        // The hashes keep a long map from being searched for each of its keys.
        if seen.insert(FxBuildHasher.hash_one(text)) {
            return None;
        }
        pairs.iter().find(|p| p.key == text).map(|p| p.key_span)
    }

    fn alias(&mut self, id: usize, span: Span) {
        self.after = self.after.max(span.end as usize);
        if self.expects_key() {
            let finding = Diagnostic::new(&codes::COMPLEX_KEY, span, "a key cannot be an alias")
                .help("write the key out");
            self.sink.push(finding);
            return self.set_key(Key::Dropped);
        }
        let node = self.anchors.expand(id, span, self.open.len(), self.sink);
        self.place(node);
    }

    fn unknown_alias(&mut self, name: &str, span: Span) {
        self.after = self.after.max(span.end as usize);
        let finding = Diagnostic::new(
            &codes::UNKNOWN_ANCHOR,
            span,
            format!("no earlier value has the anchor `&{name}`"),
        );
        let finding = finding.help(format!(
            "a text that starts with `*` needs quotes: `\"*{name}\"`"
        ));
        self.sink.push(finding);
        if self.expects_key() {
            return self.set_key(Key::Dropped);
        }
        self.place(Node::unreadable(span));
    }

    fn report_tag(&mut self, tag: Option<std::ops::Range<usize>>, collection: bool) -> bool {
        let Some(tag) = tag else { return false };
        let span = self.span(tag.start, tag.end);
        let written = self.text.get(tag).unwrap_or_default();
        let finding = Diagnostic::new(
            &codes::TAG,
            span,
            format!("the tag `{written}` is not supported"),
        );
        let finding = if collection {
            finding.help("remove the tag")
        } else {
            finding.help("remove the tag; a text that starts with `!` needs quotes")
        };
        self.sink.push(finding);
        true
    }

    fn report_complex_key(&mut self, start: usize, items: &Items) {
        let what = if matches!(items, Items::Sequence(_)) {
            "list"
        } else {
            "map"
        };
        let written = lines::bracketed(self.text, start);
        let span = self.span(start, start + written.map_or(1, str::len));
        let mut finding = Diagnostic::new(
            &codes::COMPLEX_KEY,
            span,
            format!("a key cannot be a {what}"),
        );
        finding = match written.and_then(|w| w.strip_prefix('[')?.strip_suffix(']')) {
            Some(name) => finding
                .help("names of columns are keys without brackets")
                .fix("drop the brackets", span, name),
            None => finding.help("a key is text; quote it when it starts with `[` or `{`"),
        };
        self.sink.push(finding);
    }

    fn scan_failure(&self, error: &ScanError) -> Failure {
        let at = error.marker().byte_offset().unwrap_or(self.after);
        Failure {
            kind: Some(error.kind().clone()),
            words: error.info(),
            ..self.failure(at)
        }
    }

    fn failure(&self, at: usize) -> Failure {
        let flow = self
            .open
            .iter()
            .find(|frame| frame.flow)
            .map(|frame| frame.start);
        Failure {
            kind: None,
            words: String::new(),
            at: at.min(self.text.len()),
            after: self.after,
            flow,
        }
    }

    fn slice(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn line_rest(&self, at: usize) -> &str {
        self.slice(at).split('\n').next().unwrap_or_default()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, offset(start), offset(end.max(start)))
    }
}

fn null(span: Span) -> Node {
    let map = super::TextMap::linear(span, span.start);
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

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

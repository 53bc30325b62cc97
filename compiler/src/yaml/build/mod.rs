//! Events of the parser to a tree.

mod key;
mod scalar;

use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, Placement, ScanError, StructureStyle, options};
use rustc_hash::FxHashSet;

use super::anchors::{Anchors, DEPTH_LIMIT};
use super::{Kind, Node, Pair, balance, lines};
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
    pub(super) range: Range<usize>,
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
    let root = builder.root.take().unwrap_or_else(|| scalar::null(empty));
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
                self.unknown_alias(&name, self.span(range.start, range.end));
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

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

//! Keys, and everything YAML allows in a map that the language does not.

use std::hash::BuildHasher;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use super::{Builder, Frame, Items, Key};
use crate::diag::Diagnostic;
use crate::diag::codes::yaml as codes;
use crate::span::Span;
use crate::yaml::{Kind, Node, Style, lines};

impl Builder<'_> {
    pub(super) fn key(&mut self, node: Node) {
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
            let finding = match self.same_line(first, node.span) {
                Some(line) => finding.fix("remove the second", line, ""),
                None => finding.help("keep one of them"),
            };
            self.sink.push(finding);
            return self.set_key(Key::Dropped);
        }
        self.set_key(Key::Read(scalar.text, node.span));
    }

    /// The line of a key, with its break, when another line of the file says the very same.
    fn same_line(&self, first: Span, second: Span) -> Option<Span> {
        let line = |key: Span| {
            let at = key.start as usize;
            let start = lines::line_start(self.text, at);
            (start, lines::line_end(self.text, at))
        };
        let ((a, a_end), (b, b_end)) = (line(first), line(second));
        let same = self.text.get(a..a_end)? == self.text.get(b..b_end)?;
        // A key that opens a map or a list, or shares its line with others, is not removed with its line.
        let value = self.text.get(second.end as usize..b_end)?.trim_start();
        let value = value.strip_prefix(':')?.trim();
        let alone = self.text.get(b..second.start as usize)?.trim().is_empty();
        let plain = !value.is_empty() && !value.starts_with(['|', '>', '&', '*', '{', '[']);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let end = lines::next_line(self.text, b);
        (same && alone && plain && a != b).then(|| Span::new(first.file, offset(b), offset(end)))
    }

    pub(super) fn earlier_key(&mut self, text: &str) -> Option<Span> {
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

    pub(super) fn report_complex_key(&mut self, start: usize, items: &Items) {
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

    pub(super) fn expects_key(&self) -> bool {
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

    pub(super) fn set_key(&mut self, new: Key) {
        if let Some(Frame {
            items: Items::Mapping { key, .. },
            ..
        }) = self.open.last_mut()
        {
            *key = new;
        }
    }

    pub(super) fn alias(&mut self, id: usize, span: Span) {
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

    pub(super) fn unknown_alias(&mut self, name: &str, span: Span) {
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

    pub(super) fn report_tag(&mut self, tag: Option<Range<usize>>, collection: bool) -> bool {
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
}

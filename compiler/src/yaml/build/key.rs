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
            self.sink.push(finding);
            return self.set_key(Key::Dropped);
        }
        self.set_key(Key::Read(scalar.text, node.span));
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

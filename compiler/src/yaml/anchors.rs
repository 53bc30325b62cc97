//! Anchors and what aliases repeat, within limits that keep a small file from becoming a large tree.

use std::collections::BTreeMap;

use super::{Kind, Node};
use crate::diag::codes::yaml as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::span::Span;

/// How deep lists and maps may be nested, aliases expanded.
pub(super) const DEPTH_LIMIT: usize = 64;
/// How many nodes the aliases of one file may add.
const NODE_BUDGET: usize = 200_000;

/// Nodes with an anchor, by the parser's number for it (0 means none).
#[derive(Default)]
pub(super) struct Anchors {
    known: BTreeMap<usize, Option<Anchored>>,
    expanded: usize,
    exhausted: bool,
}

struct Anchored {
    node: Node,
    size: usize,
    depth: usize,
}

impl Anchors {
    /// Notes that the node of an anchor has begun.
    pub(super) fn open(&mut self, id: usize) {
        if id != 0 {
            self.known.insert(id, None);
        }
    }

    /// Keeps the finished node of an anchor.
    pub(super) fn close(&mut self, id: usize, node: &Node) {
        if id != 0 {
            let (size, depth) = measure(node);
            self.known.insert(
                id,
                Some(Anchored {
                    node: node.clone(),
                    size,
                    depth,
                }),
            );
        }
    }

    /// The node an alias stands for, with the alias as its place; what lies inside keeps its own places.
    pub(super) fn expand(
        &mut self,
        id: usize,
        span: Span,
        open: usize,
        sink: &mut Diagnostics,
    ) -> Node {
        let Some(Some(anchored)) = self.known.get(&id) else {
            sink.push(Diagnostic::new(
                &codes::ALIAS_CYCLE,
                span,
                "this alias stands inside the value it repeats",
            ));
            return Node::unreadable(span);
        };
        if open + anchored.depth > DEPTH_LIMIT {
            let message =
                format!("this alias nests lists and maps more than {DEPTH_LIMIT} levels deep");
            sink.push(Diagnostic::new(&codes::TOO_DEEP, span, message));
            return Node::unreadable(span);
        }
        self.expanded = self.expanded.saturating_add(anchored.size);
        if self.expanded > NODE_BUDGET {
            if !std::mem::replace(&mut self.exhausted, true) {
                let message =
                    format!("the aliases of this file expand to more than {NODE_BUDGET} values");
                sink.push(Diagnostic::new(&codes::TOO_MANY_NODES, span, message));
            }
            return Node::unreadable(span);
        }
        Node {
            span,
            kind: anchored.node.kind.clone(),
        }
    }
}

/// Number of nodes, and levels of lists and maps.
fn measure(node: &Node) -> (usize, usize) {
    let children: &mut dyn Iterator<Item = &Node> = match &node.kind {
        Kind::Scalar(_) => return (1, 0),
        Kind::Sequence(items) => &mut items.iter(),
        Kind::Mapping(pairs) => &mut pairs.iter().map(|p| &p.value),
    };
    let (size, depth) = children
        .map(measure)
        .fold((1, 0), |(size, depth), (s, d)| (size + s, depth.max(d)));
    (size, depth + 1)
}

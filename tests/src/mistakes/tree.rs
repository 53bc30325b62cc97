//! A workbook as the places where a mistake can be made.

use std::ops::Range;

use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::source::SourceMap;
use bookwright_compiler::span::Span;
use bookwright_compiler::yaml::{self, Kind, Node, Style};

/// A key of a map and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Text of the key.
    pub key: String,
    /// Place of the key.
    pub at: Range<usize>,
    /// Place of the value, quotes included.
    pub value: Range<usize>,
    /// Text of the value when it is a scalar.
    pub text: Option<String>,
    /// How a scalar is written.
    pub style: Option<Style>,
    /// Key of the map that holds it; empty in lists and at the top.
    pub parent: String,
    /// Keys of its own map, in order.
    pub siblings: Vec<String>,
    /// Place of the first key of its map.
    pub first: Range<usize>,
    /// Whether its map is an item of a list.
    pub in_item: bool,
    /// Whether its map is written in braces, or within some.
    pub in_flow: bool,
}

/// A scalar that holds a formula.
#[derive(Clone, Debug)]
pub struct Formula {
    /// Place of its raw text, without quotes.
    pub inside: Range<usize>,
    /// Place with quotes.
    pub whole: Range<usize>,
    /// How it is written.
    pub style: Style,
}

/// All places of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Every entry of every map.
    pub entries: Vec<Entry>,
    /// Every formula on one line.
    pub formulas: Vec<Formula>,
    /// Scalars in lists: key of the list, place, text.
    pub items: Vec<(String, Range<usize>, String)>,
}

/// Keys whose values show brackets and are no formulas.
const PROSE: &[&str] = &[
    "text",
    "title",
    "notify",
    "description",
    "label",
    "sql",
    "url",
    "open_url",
    "placeholder",
];

/// Looks through a workbook that has no mistake.
pub fn tree(text: &str) -> Tree {
    let mut sources = SourceMap::default();
    let file = sources.add("workbook.yaml", text);
    let mut tree = Tree::default();
    if let Some(root) = yaml::parse(file, text, &mut Diagnostics::default()) {
        walk(text, &root, "", false, false, &mut tree);
    }
    tree
}

fn walk(text: &str, node: &Node, parent: &str, in_item: bool, in_flow: bool, tree: &mut Tree) {
    let range = bytes(node.span);
    match &node.kind {
        Kind::Scalar(scalar) => {
            if in_item {
                tree.items
                    .push((parent.to_owned(), range.clone(), scalar.text.clone()));
            }
            let quoted = matches!(scalar.style, Style::Single | Style::Double);
            let inside = if quoted {
                range.start + 1..range.end - 1
            } else {
                range.clone()
            };
            let raw = text.get(inside.clone()).unwrap_or_default();
            let formula = raw.contains('[') && !raw.contains("{{") && !raw.contains('\n');
            if formula && !PROSE.contains(&parent) {
                tree.formulas.push(Formula {
                    inside,
                    whole: range,
                    style: scalar.style,
                });
            }
        }
        Kind::Sequence(items) => {
            let in_flow = in_flow || text.get(range).is_some_and(|t| t.starts_with('['));
            for item in items {
                walk(text, item, parent, true, in_flow, tree);
            }
        }
        Kind::Mapping(pairs) => {
            let in_flow = in_flow || text.get(range).is_some_and(|t| t.starts_with('{'));
            let siblings: Vec<String> = pairs.iter().map(|pair| pair.key.clone()).collect();
            let first = pairs.first().map_or(0..0, |pair| bytes(pair.key_span));
            for pair in pairs {
                let scalar = match &pair.value.kind {
                    Kind::Scalar(scalar) => Some(scalar),
                    Kind::Sequence(_) | Kind::Mapping(_) => None,
                };
                tree.entries.push(Entry {
                    key: pair.key.clone(),
                    at: bytes(pair.key_span),
                    value: bytes(pair.value.span),
                    text: scalar.map(|s| s.text.clone()),
                    style: scalar.map(|s| s.style),
                    parent: parent.to_owned(),
                    siblings: siblings.clone(),
                    first: first.clone(),
                    in_item,
                    in_flow,
                });
                walk(text, &pair.value, &pair.key, false, in_flow, tree);
            }
        }
    }
}

fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

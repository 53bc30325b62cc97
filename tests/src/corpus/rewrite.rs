//! Formulas of a document in our names: prefixes are keys of queries, relationships are lookups.

use bookwright_compiler::formula::ast::{Expr, ExprKind, Reference};
use bookwright_compiler::formula::functions::{self, Kind};
use bookwright_compiler::formula::{self};
use bookwright_compiler::span::Span;

use super::document::{Column, Document, Element, Source};
use super::{Finding, names};
use crate::invariants::children;

/// The data elements of a document in our names.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    /// By element.
    pub(super) entries: Vec<Entry>,
    /// Formulas that do not parse.
    pub(super) findings: Vec<Finding>,
}

/// A data element in our names.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Key of its query.
    pub(super) key: String,
    /// What children write before `/` in the document.
    pub(super) name: String,
    /// What formulas may write before `/`, folded, and what we write.
    pub(super) prefixes: Vec<(String, String)>,
    /// Formulas of its columns; `None` for those that do not parse.
    pub(super) columns: Vec<Option<Expr>>,
    /// Formulas of its metrics.
    pub(super) metrics: Vec<Option<Expr>>,
}

/// Names and rewrites all.
pub(super) fn book(document: &Document) -> Book {
    let mut taken = Vec::new();
    let mut book = Book::default();
    for (index, element) in document.data.iter().enumerate() {
        let name = name(document, index, document.data.len());
        let key = names::unique(&names::plain(&name), &mut taken);
        book.entries.push(Entry {
            key,
            name,
            ..Entry::default()
        });
        let all = element.columns.iter().chain(&element.metrics);
        let broken = all.filter(|column| column.tree.is_none());
        book.findings.extend(broken.map(|column| Finding {
            element: element.id.clone(),
            column: column.name.clone(),
            code: "does-not-parse".to_owned(),
            message: "the formula does not parse".to_owned(),
            formula: column.formula.clone(),
        }));
    }
    for index in 0..document.data.len() {
        let prefixes = prefixes(document, &book, index);
        book.entries[index].prefixes = prefixes;
    }
    for (index, element) in document.data.iter().enumerate() {
        let scope = Scope {
            document,
            book: &book,
            index,
        };
        let rewrite = |column: &Column| column.tree.as_ref().map(|tree| scope.rewrite(tree));
        let columns = element.columns.iter().map(rewrite).collect();
        let metrics = element.metrics.iter().map(rewrite).collect();
        let entry = &mut book.entries[index];
        (entry.columns, entry.metrics) = (columns, metrics);
    }
    book
}

/// The table we read for an element of a model that is not here.
pub(super) fn model_table(element: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    format!("MODEL_{}", element.chars().map(plain).collect::<String>())
}

/// The name of an element: its own, else that of its source. `depth` bounds a circle of nameless ones.
fn name(document: &Document, index: usize, depth: usize) -> String {
    let element = &document.data[index];
    if !element.name.is_empty() {
        return element.name.clone();
    }
    let derived = match &element.source {
        Source::Table(path) => path.last().cloned(),
        Source::Model(_) => written_prefix(element),
        Source::Sql(_) => Some("Custom SQL".to_owned()),
        Source::Element(id, _) => {
            let parent = document.element(id).filter(|_| depth > 0);
            parent.map(|parent| name(document, parent, depth - 1))
        }
        Source::Join(legs) => legs.first().map(|leg| leg.name.clone()),
        Source::Union(_) | Source::Unknown => None,
    };
    derived.unwrap_or_else(|| element.id.clone())
}

/// What formulas of an element write before `/`.
fn written_prefix(element: &Element) -> Option<String> {
    let mut trees = element
        .columns
        .iter()
        .filter_map(|column| column.tree.as_ref());
    trees.find_map(first_prefix)
}

fn first_prefix(tree: &Expr) -> Option<String> {
    let mut found = None;
    each_reference(tree, &mut |reference| {
        if let [(prefix, _), _] = reference.segments.as_slice()
            && prefix != "Metrics"
        {
            found.get_or_insert_with(|| prefix.clone());
        }
    });
    found
}

/// Every reference of a tree.
pub(super) fn each_reference(tree: &Expr, see: &mut dyn FnMut(&Reference)) {
    match &tree.kind {
        ExprKind::Reference(reference) => see(reference),
        _ => children(tree)
            .into_iter()
            .for_each(|child| each_reference(child, see)),
    }
}

/// Whether an expression computes one value of many rows.
pub(super) fn aggregates(tree: &Expr) -> bool {
    match &tree.kind {
        ExprKind::Reference(reference) => {
            let prefix = reference.segments.first();
            reference.segments.len() == 2 && prefix.is_some_and(|(prefix, _)| prefix == "Metrics")
        }
        ExprKind::Call { name, args, .. } => match functions::function(name) {
            Some(f) if matches!(f.name, "Lookup" | "Rollup") => args.iter().skip(1).any(aggregates),
            Some(f) if f.kind == Kind::Aggregate => true,
            _ => args.iter().any(aggregates),
        },
        _ => children(tree).into_iter().any(aggregates),
    }
}

fn prefixes(document: &Document, book: &Book, index: usize) -> Vec<(String, String)> {
    let entry = |id: &str| document.element(id).map(|index| &book.entries[index]);
    let of_element = |id: &str| entry(id).map(|e| (names::folded(&e.name), e.key.clone()));
    let element = &document.data[index];
    match &element.source {
        Source::Table(path) => {
            let last = path.last().cloned().unwrap_or_default();
            vec![(names::folded(&last), last)]
        }
        Source::Model(id) => {
            let written = written_prefix(element).unwrap_or_default();
            vec![(names::folded(&written), model_table(id))]
        }
        Source::Sql(_) => vec![("custom sql".to_owned(), "Custom SQL".to_owned())],
        Source::Element(id, _) => of_element(id).into_iter().collect(),
        Source::Join(legs) => {
            let legs = legs.iter();
            legs.map(|leg| (names::folded(&leg.name), names::plain(&leg.name)))
                .collect()
        }
        Source::Union(ids) => ids.iter().filter_map(|id| of_element(id)).collect(),
        Source::Unknown => Vec::new(),
    }
}

/// Where a formula stands.
struct Scope<'b> {
    document: &'b Document,
    book: &'b Book,
    index: usize,
}

impl Scope<'_> {
    fn rewrite(&self, tree: &Expr) -> Expr {
        let each = |tree: &Expr| Box::new(self.rewrite(tree));
        let kind = match &tree.kind {
            ExprKind::Reference(reference) => self.reference(reference),
            ExprKind::Call {
                name,
                name_span,
                args,
            } => ExprKind::Call {
                name: name.clone(),
                name_span: *name_span,
                args: args.iter().map(|arg| self.rewrite(arg)).collect(),
            },
            ExprKind::Unary { op, operand } => ExprKind::Unary {
                op: *op,
                operand: each(operand),
            },
            ExprKind::Binary {
                op,
                op_span,
                left,
                right,
            } => ExprKind::Binary {
                op: *op,
                op_span: *op_span,
                left: each(left),
                right: each(right),
            },
            ExprKind::Path { base, key } => ExprKind::Path {
                base: each(base),
                key: key.clone(),
            },
            ExprKind::Index { base, index } => ExprKind::Index {
                base: each(base),
                index: each(index),
            },
            leaf => leaf.clone(),
        };
        Expr {
            kind,
            span: tree.span,
        }
    }

    fn reference(&self, reference: &Reference) -> ExprKind {
        let names: Vec<&str> = reference
            .segments
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        match names.as_slice() {
            ["Metrics" | "Selection", _] => ExprKind::Reference(reference.clone()),
            [prefix, column] => to(&self.prefix(prefix), column),
            [prefix, relationship, column] => self
                .related(prefix, relationship, column)
                .unwrap_or_else(|| ExprKind::Reference(reference.clone())),
            _ => ExprKind::Reference(reference.clone()),
        }
    }

    /// Our word for a prefix: of the source, else of any element.
    fn prefix(&self, written: &str) -> String {
        let folded = names::folded(written);
        let own = self.book.entries[self.index].prefixes.iter();
        let own = own
            .filter(|(name, _)| *name == folded)
            .map(|(_, ours)| ours.clone())
            .next();
        let any = || {
            self.book
                .entries
                .iter()
                .find(|entry| names::folded(&entry.name) == folded)
        };
        own.or_else(|| any().map(|entry| entry.key.clone()))
            .unwrap_or_else(|| written.to_owned())
    }

    /// A column at the end of a relationship of the source.
    fn related(&self, prefix: &str, relationship: &str, column: &str) -> Option<ExprKind> {
        let Source::Element(id, _) = &self.document.data[self.index].source else {
            return None;
        };
        let here = self.document.element(id)?;
        let element = &self.document.data[here];
        let wanted = names::folded(relationship);
        let known = |r: &&super::document::Relationship| names::folded(&r.name) == wanted;
        let relationship = element.relationships.iter().find(known)?;
        let there = self.document.element(&relationship.target)?;
        let target = &self.document.data[there];
        let key = &self.book.entries[there].key;
        let mut args = vec![to(key, column)];
        for (from, to_id) in &relationship.keys {
            let from = &element.columns[element.column(from)?].name;
            let far = &target.columns[target.column(to_id)?].name;
            args.push(to(&self.prefix(prefix), from));
            args.push(to(key, far));
        }
        let args = args.into_iter().map(|kind| Expr {
            kind,
            span: Span::default(),
        });
        Some(ExprKind::Call {
            name: "Lookup".to_owned(),
            name_span: Span::default(),
            args: args.collect(),
        })
    }
}

fn to(prefix: &str, column: &str) -> ExprKind {
    let segment = |name: &str| (name.to_owned(), Span::default());
    ExprKind::Reference(Reference {
        segments: vec![segment(prefix), segment(column)],
    })
}

/// The text of a formula.
pub(super) fn printed(tree: &Expr) -> String {
    formula::print(tree)
}

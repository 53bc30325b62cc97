//! Types of the columns of tables, which documents do not have: their use tells most of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use bookwright_compiler::formula::ast::{Expr, ExprKind, Reference};
use bookwright_compiler::formula::functions::{self, Accepts};
use bookwright_compiler::host::{CatalogColumn, CatalogTable, Host, SqlRefusal};
use bookwright_compiler::value::Type;

use super::document::{Document, Leg, Source};
use super::names;
use super::rewrite::{self, Book};
use crate::invariants::children;

/// The workbook's file.
pub(super) const FILE: &str = "book.yaml";

/// Longest chain of columns that only show another one.
const CHAIN: usize = 50;

/// Tables by their path, columns by their folded names as they were written first.
type Tables = BTreeMap<Vec<String>, BTreeMap<String, (String, Type)>>;

/// The tables of a document, and its workbook.
pub(super) struct Warehouse {
    tables: Tables,
    text: Arc<str>,
}

/// A column of a table.
struct Physical {
    table: Vec<String>,
    name: String,
}

impl Warehouse {
    pub(super) fn new(document: &Document, book: &Book, text: &str) -> Self {
        let mut reader = Reader {
            document,
            book,
            tables: Tables::new(),
        };
        reader.columns();
        reader.controls();
        reader.formats();
        Self {
            tables: reader.tables,
            text: text.into(),
        }
    }

    /// Columns whose type is known, and all.
    pub(super) fn typed(&self) -> (usize, usize) {
        let all = self.tables.values().flat_map(BTreeMap::values);
        let known = all.clone().filter(|(_, ty)| *ty != Type::Unknown);
        (known.count(), all.count())
    }
}

struct Reader<'d> {
    document: &'d Document,
    book: &'d Book,
    tables: Tables,
}

impl Reader<'_> {
    /// Every column that formulas read, with the type their functions want.
    fn columns(&mut self) {
        for index in 0..self.document.data.len() {
            let entry = &self.book.entries[index];
            for tree in entry.columns.iter().chain(&entry.metrics).flatten() {
                self.walk(index, tree, Type::Unknown);
            }
            if let Source::Join(legs) = &self.document.data[index].source {
                for leg in legs {
                    for (to, left, right) in &leg.on {
                        self.leg(legs.get(*to), left);
                        self.leg(Some(leg), right);
                    }
                }
            }
        }
    }

    fn leg(&mut self, leg: Option<&Leg>, column: &str) {
        if let Some(table) = leg.and_then(|leg| table(&leg.source)) {
            let name = column.to_owned();
            self.note(Physical { table, name }, Type::Unknown);
        }
    }

    fn walk(&mut self, index: usize, tree: &Expr, wanted: Type) {
        match &tree.kind {
            ExprKind::Reference(reference) => {
                if let Some(column) = self.physical(index, reference, CHAIN) {
                    self.note(column, wanted);
                }
            }
            ExprKind::Call { name, args, .. } => {
                self.arguments(index, name, &args.iter().collect::<Vec<_>>());
            }
            ExprKind::Binary {
                op, left, right, ..
            } => self.arguments(index, op.as_str(), &[left, right]),
            _ => {
                for child in children(tree) {
                    self.walk(index, child, Type::Unknown);
                }
            }
        }
    }

    fn arguments(&mut self, index: usize, name: &str, args: &[&Expr]) {
        let function = functions::function(name);
        let literal = args
            .iter()
            .map(|arg| literal(arg))
            .find(|ty| *ty != Type::Unknown);
        for (at, arg) in args.iter().enumerate() {
            let param = function.and_then(|function| function.param(at, args.len()));
            let wanted = match param.map(|param| param.accepts) {
                Some(Accepts::One(ty)) => ty,
                Some(Accepts::Same) => literal.unwrap_or(Type::Unknown),
                _ => Type::Unknown,
            };
            self.walk(index, arg, wanted);
        }
    }

    /// What controls that filter a column say of its type.
    fn controls(&mut self) {
        for control in &self.document.controls {
            let ty = match control.kind.as_str() {
                "date" | "date-range" => Type::Date,
                "number" | "number-range" | "slider" | "range-slider" => Type::Number,
                "text" | "text-area" => Type::Text,
                "checkbox" | "switch" => Type::Logical,
                _ => Type::Unknown,
            };
            for (element, column) in &control.filters {
                self.shown(element, column, ty);
            }
        }
    }

    /// What formats say of the columns that have them.
    fn formats(&mut self) {
        for element in &self.document.data {
            for column in &element.columns {
                let ty = match column.format.as_str() {
                    "number" => Type::Number,
                    "datetime" => Type::Date,
                    _ => Type::Unknown,
                };
                self.shown(&element.id, &column.id, ty);
            }
        }
    }

    /// A column of an element has a type; so has what it shows.
    fn shown(&mut self, element: &str, column: &str, ty: Type) {
        let Some(index) = self.document.element(element) else {
            return;
        };
        let at = self.document.data[index].column(column);
        let tree = at.and_then(|at| self.book.entries[index].columns[at].as_ref());
        if let Some(ExprKind::Reference(reference)) = tree.map(|tree| &tree.kind)
            && let Some(column) = self.physical(index, reference, CHAIN)
        {
            self.note(column, ty);
        }
    }

    /// The first word on a type holds; a later one that differs is a finding of the compiler.
    fn note(&mut self, column: Physical, ty: Type) {
        let table = self.tables.entry(column.table).or_default();
        let name = column.name;
        let known = table.entry(names::folded(&name)).or_insert((name, ty));
        if known.1 == Type::Unknown {
            known.1 = ty;
        }
    }

    /// The column of a table that a reference in an element shows.
    fn physical(&self, index: usize, reference: &Reference, depth: usize) -> Option<Physical> {
        let depth = depth.checked_sub(1)?;
        let element = &self.document.data[index];
        let follow =
            |index: usize, at: usize| match &self.book.entries[index].columns[at].as_ref()?.kind {
                ExprKind::Reference(reference) => self.physical(index, reference, depth),
                _ => None,
            };
        let column = |index: usize, name: &str| {
            let columns = &self.document.data[index].columns;
            columns.iter().position(|column| column.name == name)
        };
        match reference.segments.as_slice() {
            [(name, _)] => match column(index, name)? {
                at if !self.shows_itself(index, at) => follow(index, at),
                _ => table(&element.source).map(|table| Physical {
                    table,
                    name: name.clone(),
                }),
            },
            [(prefix, _), (name, _)] => {
                if let Some(other) = self
                    .book
                    .entries
                    .iter()
                    .position(|entry| entry.key == *prefix)
                    && !own_table(&element.source, prefix)
                {
                    return follow(other, column(other, name)?);
                }
                let source = match &element.source {
                    Source::Join(legs) => {
                        &legs
                            .iter()
                            .find(|leg| names::plain(&leg.name) == *prefix)?
                            .source
                    }
                    source if own_table(source, prefix) => source,
                    _ => return None,
                };
                let name = name.clone();
                table(source).map(|table| Physical { table, name })
            }
            _ => None,
        }
    }

    /// Whether a column is a bare reference of its own name, which means the source's.
    fn shows_itself(&self, index: usize, at: usize) -> bool {
        let name = &self.document.data[index].columns[at].name;
        match self.book.entries[index].columns[at]
            .as_ref()
            .map(|tree| &tree.kind)
        {
            Some(ExprKind::Reference(reference)) => {
                matches!(reference.segments.as_slice(), [(bare, _)] if bare == name)
            }
            _ => false,
        }
    }
}

fn own_table(source: &Source, prefix: &str) -> bool {
    table(source).is_some_and(|table| table.last().is_some_and(|last| last == prefix))
}

fn table(source: &Source) -> Option<Vec<String>> {
    match source {
        Source::Table(path) => Some(path.clone()),
        Source::Model(id) => Some(vec![rewrite::model_table(id)]),
        _ => None,
    }
}

fn literal(tree: &Expr) -> Type {
    match &tree.kind {
        ExprKind::Number(_) => Type::Number,
        ExprKind::Text(_) => Type::Text,
        ExprKind::Logical(_) => Type::Logical,
        _ => Type::Unknown,
    }
}

impl Host for Warehouse {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        match path {
            FILE => Ok(Arc::clone(&self.text)),
            "bookwright.yaml" => Ok("project: corpus\nworkbooks: [\"*.yaml\"]\n".into()),
            _ => Err(format!("there is no file `{path}`")),
        }
    }

    fn list(&self, _: &str) -> Vec<String> {
        vec![FILE.to_owned()]
    }

    fn env(&self, _: &str) -> Option<String> {
        None
    }

    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>> {
        let columns = self.tables.get(path).map(|columns| CatalogTable {
            path: path.to_vec(),
            columns: columns
                .values()
                .map(|(name, ty)| CatalogColumn {
                    name: name.clone(),
                    ty: *ty,
                    zoned: false,
                })
                .collect(),
        });
        Some(columns.into_iter().collect())
    }

    fn table_names(&self) -> Vec<String> {
        self.tables.keys().map(|path| path.join(".")).collect()
    }

    fn describe_sql(&self, _: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        None
    }

    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String> {
        Err(format!("there is no file `{path}`"))
    }
}

//! A document as the text of a workbook: its data elements as queries, and its controls.

use std::collections::BTreeSet;

use bookwright_compiler::formula::ast::Expr;
use serde_json::Value;

use super::document::{Control, Document, Element, Leg, Source};
use super::names;
use super::rewrite::{Book, each_reference, model_table, printed};

/// The text, and what each line of it says.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    lines: Vec<Place>,
}

/// What a line says.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) element: String,
    pub(super) column: String,
    /// The formula as the document has it.
    pub(super) formula: String,
}

impl Page {
    /// What a line says; lines count from 1.
    pub(super) fn at(&self, line: u32) -> &Place {
        let index = usize::try_from(line).unwrap_or(1).saturating_sub(1);
        &self.lines[index.min(self.lines.len() - 1)]
    }

    /// A key and the lines below it; nothing when there are none.
    fn map(
        &mut self,
        indent: usize,
        key: &str,
        inner: usize,
        lines: Vec<(String, Place)>,
        at: &Place,
    ) {
        if !lines.is_empty() {
            self.line(indent, &format!("{key}:"), at);
        }
        for (line, place) in lines {
            self.line(inner, &line, &place);
        }
    }

    fn line(&mut self, indent: usize, text: &str, place: &Place) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(text);
        self.text.push('\n');
        self.lines.push(place.clone());
    }
}

/// Writes a document.
pub(super) fn page(document: &Document, book: &Book) -> Page {
    let mut page = Page::default();
    let none = Place::default();
    page.line(0, "workbook: Corpus", &none);
    if !document.controls.is_empty() {
        page.line(0, "controls:", &none);
    }
    for control in &document.controls {
        let place = Place {
            element: "controls".to_owned(),
            column: control.id.clone(),
            formula: String::new(),
        };
        let line = format!(
            "{}: {}",
            quoted(&control.id),
            self::control(control, document, book)
        );
        page.line(2, &line, &place);
    }
    page.line(0, "queries:", &none);
    for index in 0..document.data.len() {
        let writer = Writer {
            document,
            book,
            index,
        };
        writer.query(&mut page);
    }
    page
}

struct Writer<'d> {
    document: &'d Document,
    book: &'d Book,
    index: usize,
}

impl Writer<'_> {
    fn element(&self) -> &Element {
        &self.document.data[self.index]
    }

    fn place(&self, column: &str, formula: &str) -> Place {
        Place {
            element: self.element().id.clone(),
            column: column.to_owned(),
            formula: formula.to_owned(),
        }
    }

    fn query(&self, page: &mut Page) {
        let entry = &self.book.entries[self.index];
        let place = self.place("source", "");
        page.line(2, &format!("{}:", quoted(&entry.key)), &place);
        self.source(page, &place);
        self.columns(page);
        self.levels(page);
        let summary = self.entries(&self.element().summary);
        page.map(4, "summary", 6, summary, &place);
        self.metrics(page);
    }

    fn source(&self, page: &mut Page, place: &Place) {
        match &self.element().source {
            Source::Table(path) => {
                page.line(4, &format!("table: {}", quoted(&path.join("."))), place);
            }
            Source::Model(id) => page.line(4, &format!("table: {}", model_table(id)), place),
            Source::Sql(statement) => page.line(4, &format!("sql: {}", quoted(statement)), place),
            Source::Element(id, level) => {
                page.line(4, &format!("query: {}", quoted(&self.key(id))), place);
                if let Some(level) = level {
                    let name = self.document.element(id).and_then(|index| {
                        let levels = self.document.data[index].levels.iter();
                        levels.zip(0..).find(|(known, _)| known.id == *level)
                    });
                    let name = name
                        .map_or_else(|| "base".to_owned(), |(_, at): (_, usize)| level_name(at));
                    page.line(4, &format!("level: {name}"), place);
                }
            }
            Source::Join(legs) => {
                page.line(4, "join:", place);
                legs.iter()
                    .for_each(|leg| page.line(6, &self.leg(leg, legs), place));
            }
            Source::Union(ids) => {
                let keys: Vec<String> = ids.iter().map(|id| quoted(&self.key(id))).collect();
                page.line(4, &format!("union: [{}]", keys.join(", ")), place);
            }
            Source::Unknown => {}
        }
    }

    fn leg(&self, leg: &Leg, legs: &[Leg]) -> String {
        let source = match &leg.source {
            Source::Element(id, _) => format!("query: {}", quoted(&self.key(id))),
            Source::Model(id) => format!("table: {}", model_table(id)),
            Source::Table(path) => format!("table: {}", quoted(&path.join("."))),
            _ => String::new(),
        };
        let name = names::plain(&leg.name);
        let conditions = leg.on.iter().map(|(to, left, right)| {
            let to = legs
                .get(*to)
                .map(|leg| names::plain(&leg.name))
                .unwrap_or_default();
            quoted(&format!("[{to}/{left}] = [{name}/{right}]"))
        });
        let conditions: Vec<String> = conditions.collect();
        let on = match conditions.as_slice() {
            [] => String::new(),
            on => format!(", type: {}, on: [{}]", leg.kind, on.join(", ")),
        };
        format!("{}: {{ {source}{on} }}", quoted(&name))
    }

    fn key(&self, id: &str) -> String {
        let index = self.document.element(id);
        index.map_or_else(
            || id.to_owned(),
            |index| self.book.entries[index].key.clone(),
        )
    }

    /// Columns of base rows.
    fn columns(&self, page: &mut Page) {
        let element = self.element();
        let mut other: BTreeSet<usize> = element.summary.iter().copied().collect();
        for level in &element.levels {
            other.extend(level.keys.iter().chain(&level.calculations));
        }
        let base: Vec<usize> = (0..element.columns.len())
            .filter(|at| !other.contains(at))
            .collect();
        let place = self.place("columns", "");
        match self.entries(&base) {
            none if none.is_empty() => page.line(4, "columns: {}", &place),
            some => page.map(4, "columns", 6, some, &place),
        }
    }

    fn levels(&self, page: &mut Page) {
        for (number, level) in self.element().levels.iter().enumerate() {
            let place = self.place("groupings", "");
            if number == 0 {
                page.line(4, "group_by:", &place);
            }
            page.line(6, &format!("- name: {}", level_name(number)), &place);
            let keys = self.entries(&level.keys).into_iter();
            let items = keys.map(|(line, place)| (format!("- {line}"), place));
            page.map(8, "keys", 10, items.collect(), &place);
            page.map(8, "columns", 10, self.entries(&level.calculations), &place);
        }
    }

    /// Columns as lines, without those that do not parse.
    fn entries(&self, columns: &[usize]) -> Vec<(String, Place)> {
        columns.iter().filter_map(|at| self.entry(*at)).collect()
    }

    fn entry(&self, at: usize) -> Option<(String, Place)> {
        let column = &self.element().columns[at];
        let tree = self.book.entries[self.index].columns[at].as_ref()?;
        let line = format!("{}: {}", quoted(&column.name), quoted(&printed(tree)));
        Some((line, self.place(&column.name, &column.formula)))
    }

    /// Metrics of its own, and those that readers of a model use: the model, which is not here, has them.
    fn metrics(&self, page: &mut Page) {
        let element = self.element();
        let trees = self.book.entries[self.index].metrics.iter();
        let own: Vec<(&str, &Expr, &str)> = element
            .metrics
            .iter()
            .zip(trees)
            .filter_map(|(metric, tree)| {
                Some((
                    metric.name.as_str(),
                    tree.as_ref()?,
                    metric.formula.as_str(),
                ))
            })
            .collect();
        let foreign = match element.source {
            Source::Model(_) => self.used_metrics(),
            _ => BTreeSet::new(),
        };
        if own.is_empty() && foreign.is_empty() {
            return;
        }
        page.line(4, "metrics:", &self.place("metrics", ""));
        for (name, tree, formula) in own {
            let line = format!("{}: {}", quoted(name), quoted(&printed(tree)));
            page.line(6, &line, &self.place(name, formula));
        }
        for name in foreign {
            page.line(
                6,
                &format!("{}: {{ type: number }}", quoted(&name)),
                &self.place(&name, ""),
            );
        }
    }

    /// Metrics that this element and what reads it speak of.
    fn used_metrics(&self) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        for index in (0..self.document.data.len()).filter(|index| self.reads(*index)) {
            for tree in self.book.entries[index].columns.iter().flatten() {
                each_reference(tree, &mut |reference| {
                    if let [(prefix, _), (name, _)] = reference.segments.as_slice()
                        && prefix == "Metrics"
                    {
                        used.insert(name.clone());
                    }
                });
            }
        }
        used
    }

    /// Whether an element is this one or reads it, directly or not.
    fn reads(&self, mut index: usize) -> bool {
        for _ in 0..=self.document.data.len() {
            if index == self.index {
                return true;
            }
            let parent = match &self.document.data[index].source {
                Source::Element(id, _) => self.document.element(id),
                _ => None,
            };
            match parent {
                Some(parent) => index = parent,
                None => return false,
            }
        }
        false
    }
}

fn level_name(number: usize) -> String {
    format!("Level {}", number + 1)
}

fn control(control: &Control, document: &Document, book: &Book) -> String {
    let path = |(element, column): &(String, String)| {
        let index = document.element(element)?;
        let column = document.data[index].column(column)?;
        let (key, column) = (
            &book.entries[index].key,
            &document.data[index].columns[column].name,
        );
        Some(quoted(&format!("{key}/{column}")))
    };
    let mut parts = vec![format!("type: {}", control.kind)];
    if control.single {
        parts.push("selection: single".to_owned());
    }
    let options: Vec<String> = control.options.iter().map(Value::to_string).collect();
    if !options.is_empty() {
        parts.push(format!("options: [{}]", options.join(", ")));
    } else if let Some(choices) = control.choices.as_ref().and_then(path) {
        parts.push(format!("options_from: {choices}"));
    }
    let filters: Vec<String> = control.filters.iter().filter_map(path).collect();
    if !filters.is_empty() {
        parts.push(format!("filters: [{}]", filters.join(", ")));
    }
    if control.value.is_string() && control.value != "" || control.value.is_number() {
        parts.push(format!("default: {}", control.value));
    }
    format!("{{ {} }}", parts.join(", "))
}

/// A text as a scalar of YAML.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

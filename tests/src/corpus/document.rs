//! What formulas need of a document, whatever its wire generation.

use std::collections::BTreeSet;

use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::formula;
use bookwright_compiler::formula::ast::Expr;
use bookwright_compiler::span::{FileId, Span};
use bookwright_compiler::yaml::TextMap;
use serde_json::Value;

use super::{Finding, names};

/// Data elements and controls, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    /// Elements of every kind.
    pub(super) count: usize,
    pub(super) data: Vec<Element>,
    pub(super) controls: Vec<Control>,
    /// Formulas in other places: prose, actions.
    pub(super) others: Vec<(String, String)>,
}

/// A table, pivot, chart or key figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub(super) id: String,
    /// As the document has it; empty when it has none.
    pub(super) name: String,
    pub(super) source: Source,
    pub(super) columns: Vec<Column>,
    /// Groupings, outermost first, by index into `columns`.
    pub(super) levels: Vec<Level>,
    /// Columns that are one value for the whole, by index.
    pub(super) summary: Vec<usize>,
    pub(super) metrics: Vec<Column>,
    pub(super) relationships: Vec<Relationship>,
    /// Ids of columns that something points to, and what does.
    pointers: Vec<(String, &'static str)>,
}

/// A column or a metric.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    pub(super) id: String,
    /// The one it has or the platform gives it; unique in its element.
    pub(super) name: String,
    pub(super) formula: String,
    /// `None` when the formula does not parse.
    pub(super) tree: Option<Expr>,
    /// `number` or `datetime`, when its format says.
    pub(super) format: String,
}

/// A grouping.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    pub(super) id: String,
    pub(super) keys: Vec<usize>,
    pub(super) calculations: Vec<usize>,
}

/// A way from rows of an element to one row of another.
#[derive(Clone, Debug, Default)]
pub(super) struct Relationship {
    pub(super) name: String,
    pub(super) target: String,
    /// Ids of columns here and there.
    pub(super) keys: Vec<(String, String)>,
}

/// Where rows come from.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) enum Source {
    /// Path of a table.
    Table(Vec<String>),
    /// An element of a model that is not here.
    Model(String),
    /// A statement.
    Sql(String),
    /// Id of an element and of its grouping.
    Element(String, Option<String>),
    /// The primary leg first.
    Join(Vec<Leg>),
    /// Ids of elements.
    Union(Vec<String>),
    /// Of a kind that is not read.
    #[default]
    Unknown,
}

/// A leg of a join.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Leg {
    pub(super) name: String,
    pub(super) source: Source,
    /// `left`, `inner`, `right`, `full`.
    pub(super) kind: &'static str,
    /// Number of the leg it is joined to, and the names of the columns there and here.
    pub(super) on: Vec<(usize, String, String)>,
}

/// A control.
#[derive(Clone, Debug, Default)]
pub(super) struct Control {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) single: bool,
    pub(super) options: Vec<Value>,
    /// Element and column of its choices.
    pub(super) choices: Option<(String, String)>,
    /// Elements and columns it filters.
    pub(super) filters: Vec<(String, String)>,
    pub(super) value: Value,
}

impl Document {
    pub(super) fn read(json: &Value) -> Result<Self, String> {
        let wrapped = ["contents", "document", "sigmaDataModel"]
            .iter()
            .find_map(|key| json.get(key));
        let body = wrapped.unwrap_or(json);
        let nested = list(body, "pages")
            .iter()
            .flat_map(|page| list(page, "elements"));
        let all: Vec<&Value> = list(body, "elements").iter().chain(nested).collect();
        if all.is_empty() {
            return Err("there are no elements".to_owned());
        }
        let mut document = Self {
            count: all.len(),
            ..Self::default()
        };
        for element in all {
            match text(element, "kind").as_str() {
                "control" => document.controls.push(control(element)),
                _ if element.get("columns").is_some() => document.data.push(data(element)),
                _ => {}
            }
            others(element, &text(element, "id"), &mut document.others);
        }
        Ok(document)
    }

    /// Every formula as written.
    pub(super) fn formulas(&self) -> Vec<String> {
        let columns = self
            .data
            .iter()
            .flat_map(|e| e.columns.iter().chain(&e.metrics));
        let columns = columns.map(|column| column.formula.clone());
        columns
            .chain(self.others.iter().map(|(_, formula)| formula.clone()))
            .collect()
    }

    pub(super) fn element(&self, id: &str) -> Option<usize> {
        self.data.iter().position(|element| element.id == id)
    }

    /// Findings of pointers that lead to no element or no column.
    pub(super) fn pointers(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut missing = |element: &str, column: &str, code: &str, message: String| {
            found.push(Finding {
                element: element.to_owned(),
                column: column.to_owned(),
                code: code.to_owned(),
                message,
                formula: String::new(),
            });
        };
        for element in &self.data {
            for (id, what) in &element.pointers {
                if element.column(id).is_none() {
                    missing(
                        &element.id,
                        what,
                        "unknown-column-id",
                        format!("no column has the id `{id}`"),
                    );
                }
            }
            if let Source::Element(id, _) = &element.source
                && self.element(id).is_none()
            {
                missing(
                    &element.id,
                    "source",
                    "unknown-element-id",
                    format!("no element has the id `{id}`"),
                );
            }
        }
        for control in &self.controls {
            for (element, column) in control.filters.iter().chain(&control.choices) {
                let index = self.element(element);
                if index.is_none_or(|index| self.data[index].column(column).is_none()) {
                    missing(
                        "controls",
                        &control.id,
                        "unknown-column-id",
                        format!("`{element}` has no column with the id `{column}`"),
                    );
                }
            }
        }
        found
    }
}

impl Element {
    pub(super) fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }
}

fn data(json: &Value) -> Element {
    let mut taken = Vec::new();
    let mut columns: Vec<Column> = list(json, "columns").iter().map(column).collect();
    // Names that were chosen come before those that are inferred.
    let chosen = |json: &Value| !text(json, "name").is_empty();
    for pass in [true, false] {
        for (column, json) in columns.iter_mut().zip(list(json, "columns")) {
            if chosen(json) == pass {
                column.name = names::unique(&column.name, &mut taken);
            }
        }
    }
    let mut element = Element {
        id: text(json, "id"),
        name: named(json),
        source: source(&json["source"]),
        columns,
        metrics: list(json, "metrics").iter().map(column).collect(),
        relationships: list(json, "relationships")
            .iter()
            .map(relationship)
            .collect(),
        ..Element::default()
    };
    groups(json, &mut element);
    element
}

fn named(json: &Value) -> String {
    let name = &json["name"];
    name.as_str()
        .or_else(|| name["text"].as_str())
        .unwrap_or_default()
        .to_owned()
}

fn column(json: &Value) -> Column {
    let formula = text(json, "formula");
    let tree = parse(&formula);
    let name = match named(json) {
        name if name.is_empty() => names::inferred(&formula, tree.as_ref()),
        name => name,
    };
    Column {
        id: text(json, "id"),
        name: names::plain(&name),
        format: text(&json["format"], "kind"),
        formula,
        tree,
    }
}

/// The tree of a formula without mistakes.
fn parse(formula: &str) -> Option<Expr> {
    let end = u32::try_from(formula.len()).unwrap_or(u32::MAX);
    let map = TextMap::linear(Span::new(FileId(0), 0, end), 0);
    let mut sink = Diagnostics::default();
    let tree = formula::parse(formula, &map, &mut sink);
    sink.is_empty().then_some(tree)
}

fn relationship(json: &Value) -> Relationship {
    let key = |key: &Value| (text(key, "sourceColumnId"), text(key, "targetColumnId"));
    Relationship {
        name: text(json, "name"),
        target: text(json, "targetElementId"),
        keys: list(json, "keys").iter().map(key).collect(),
    }
}

fn source(json: &Value) -> Source {
    match text(json, "kind").as_str() {
        "warehouse-table" => {
            let path = list(json, "path").iter().filter_map(Value::as_str);
            Source::Table(path.map(str::to_owned).collect())
        }
        "data-model" => Source::Model(text(json, "elementId")),
        "sql" => Source::Sql(text(json, "statement")),
        "table" => {
            let level = json.get("groupingId").and_then(Value::as_str);
            Source::Element(text(json, "elementId"), level.map(str::to_owned))
        }
        "join" => join(json),
        "union" => {
            let sources = list(json, "sources").iter().chain(list(json, "elements"));
            Source::Union(sources.map(|source| text(source, "elementId")).collect())
        }
        _ => Source::Unknown,
    }
}

fn join(json: &Value) -> Source {
    let first = list(json, "joins").first();
    let primary = json
        .get("primarySource")
        .or_else(|| first.map(|join| &join["left"]));
    let mut legs = vec![Leg {
        name: text(json, "name"),
        source: primary.map(source).unwrap_or_default(),
        ..Leg::default()
    }];
    for join in list(json, "joins") {
        let left = source(&join["left"]);
        let to = legs.iter().position(|leg| leg.source == left).unwrap_or(0);
        let on = list(join, "columns").iter().map(|pair| {
            let name = |side: &str| text(pair, side).trim_matches(['[', ']']).to_owned();
            (to, name("left"), name("right"))
        });
        legs.push(Leg {
            name: text(join, "name"),
            source: source(&join["right"]),
            kind: match text(join, "joinType").as_str() {
                "inner" => "inner",
                "right-outer" => "right",
                "full-outer" => "full",
                _ => "left",
            },
            on: on.collect(),
        });
    }
    Source::Join(legs)
}

/// Groupings of a table; keys and calculations that the channels of others make.
fn groups(json: &Value, element: &mut Element) {
    let mut pointers = Vec::new();
    for level in list(json, "groupings") {
        let mut all = |key: &str, what: &'static str| -> Vec<usize> {
            let ids: Vec<String> = list(level, key).iter().filter_map(pointer).collect();
            let found = ids.iter().filter_map(|id| element.column(id)).collect();
            pointers.extend(ids.into_iter().map(|id| (id, what)));
            found
        };
        let level = Level {
            id: text(level, "id"),
            keys: all("groupBy", "groupings"),
            calculations: all("calculations", "groupings"),
        };
        element.levels.push(level);
    }
    let filters = list(json, "filters").iter().filter_map(pointer);
    pointers.extend(filters.map(|id| (id, "filters")));
    let mut channels = BTreeSet::new();
    for channel in [
        "xAxis",
        "yAxis",
        "color",
        "size",
        "value",
        "holeValue",
        "values",
        "rowsBy",
        "columnsBy",
    ] {
        for id in channel_ids(&json[channel]) {
            channels.extend(element.column(&id));
            pointers.push((id, channel));
        }
    }
    element.pointers = pointers;
    if text(json, "kind") == "kpi-chart" {
        element.summary = channels.into_iter().collect();
    } else if channels
        .iter()
        .any(|index| aggregates(&element.columns[*index]))
    {
        let split = channels
            .into_iter()
            .partition(|index| aggregates(&element.columns[*index]));
        let (calculations, keys): (Vec<usize>, Vec<usize>) = split;
        if keys.is_empty() {
            element.summary = calculations;
        } else {
            element.levels.push(Level {
                id: String::new(),
                keys,
                calculations,
            });
        }
    }
}

fn channel_ids(json: &Value) -> Vec<String> {
    match json {
        Value::Array(items) => items.iter().filter_map(pointer).collect(),
        Value::Object(map) => match map.get("columnIds") {
            Some(Value::Array(items)) => items.iter().filter_map(pointer).collect(),
            _ => pointer(json).into_iter().collect(),
        },
        _ => Vec::new(),
    }
}

/// The id in a pointer of any generation: the id itself, or a map with it.
fn pointer(json: &Value) -> Option<String> {
    let keys = ["columnId", "id", "column"];
    let inside = if json.get("kind").is_some() {
        &keys[..1]
    } else {
        &keys[..]
    };
    let id = json
        .as_str()
        .or_else(|| inside.iter().find_map(|key| json.get(key)?.as_str()));
    id.map(str::to_owned)
}

/// Whether a formula computes one value of many rows.
fn aggregates(column: &Column) -> bool {
    column.tree.as_ref().is_some_and(super::rewrite::aggregates)
}

fn control(json: &Value) -> Control {
    let target = |json: &Value| {
        let nested = json["source"].get("source").unwrap_or(&json["source"]);
        let column = json["source"].get("columnId").unwrap_or(&json["columnId"]);
        Some((
            nested["elementId"].as_str()?.to_owned(),
            column.as_str()?.to_owned(),
        ))
    };
    Control {
        id: text(json, "controlId"),
        kind: text(json, "controlType"),
        single: text(json, "selectionMode") == "single",
        options: list(&json["source"], "values").to_vec(),
        choices: target(json),
        filters: list(json, "filters").iter().filter_map(target).collect(),
        value: json["value"].clone(),
    }
}

/// Formulas outside of columns: `{{…}}` in any text, and `formula` of actions.
fn others(json: &Value, id: &str, found: &mut Vec<(String, String)>) {
    match json {
        Value::String(text) => {
            let parts = text
                .split("{{")
                .skip(1)
                .filter_map(|part| part.split_once("}}"));
            found.extend(parts.map(|(formula, _)| (id.to_owned(), formula.to_owned())));
        }
        Value::Array(items) => items.iter().for_each(|item| others(item, id, found)),
        Value::Object(map) => {
            for (key, value) in map
                .iter()
                .filter(|(key, _)| !["columns", "metrics", "statement"].contains(&key.as_str()))
            {
                match value.as_str() {
                    Some(formula) if key == "formula" => {
                        found.push((id.to_owned(), formula.to_owned()));
                    }
                    _ => others(value, id, found),
                }
            }
        }
        _ => {}
    }
}

fn text(json: &Value, key: &str) -> String {
    json[key].as_str().unwrap_or_default().to_owned()
}

fn list<'j>(json: &'j Value, key: &str) -> &'j [Value] {
    json.get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

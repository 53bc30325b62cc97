//! What a page shows, as a tree that the template draws.
//!
//! With the front end in the program only the frame is drawn (titles and places, no data), so that something stands on
//! the screen before the script runs. Without it, texts, figures and the first rows of tables are drawn as well.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bookwright_compiler::plan::layout::{Element, ElementKind, Placement, Prose, ProsePart};
use bookwright_compiler::value::Type;
use serde::Serialize;
use tokio::task::JoinSet;

use super::figure;
use crate::protocol::query::{Part, Table, Want};
use crate::protocol::view::{DataView, ViewPlan};
use crate::session::backend::{Ask, Backend};

/// Rows of a table that are drawn.
const ROWS: u64 = 20;

/// Time that one element's data may take.
const SLOWEST: Duration = Duration::from_secs(5);

/// Levels of containers that are drawn.
const DEEPEST: usize = 12;

/// Results by id of the data element; the sentence of a failure.
pub type Results = BTreeMap<String, Result<Table, String>>;

/// One element in its place.
#[derive(Debug, Default, Serialize)]
pub struct Drawn {
    id: String,
    kind: &'static str,
    column: u32,
    row: u32,
    width: u32,
    height: u32,
    title: Option<String>,
    description: Option<String>,
    /// Sanitised HTML of a text.
    html: Option<String>,
    /// The value of a KPI, the words on a button, the label of a control.
    words: Option<String>,
    /// Address of a picture.
    address: Option<String>,
    /// Header of a table.
    header: Vec<String>,
    /// Whether each column is right-aligned.
    numeric: Vec<bool>,
    rows: Vec<Vec<String>>,
    /// What is not shown, and why.
    remark: Option<String>,
    children: Vec<Drawn>,
    tabs: Vec<DrawnTab>,
}

/// A tab: all are drawn, one below the other.
#[derive(Debug, Serialize)]
struct DrawnTab {
    title: String,
    children: Vec<Drawn>,
}

/// Asks for everything that a body shows. Elements that fail or are too slow are sentences in the results.
pub async fn results(
    backend: &Arc<dyn Backend>,
    ask: &Ask,
    view: &ViewPlan,
    body: &[Placement],
) -> Results {
    let mut ids = Vec::new();
    data_ids(view, body, DEEPEST, &mut ids);
    ids.sort();
    ids.dedup();
    let mut tasks = JoinSet::new();
    for id in ids {
        let (backend, ask) = (Arc::clone(backend), ask.clone());
        tasks.spawn(async move {
            let want = Want {
                el: id.clone(),
                part: Part::Rows,
                rows: Some((0, ROWS)),
                sort: Vec::new(),
                open: None,
                search: None,
            };
            let result = match tokio::time::timeout(SLOWEST, backend.query(ask, want)).await {
                Ok(result) => result.map_err(|failure| failure.message),
                Err(_) => Err("this took too long".to_owned()),
            };
            (id, result)
        });
    }
    let mut out = Results::new();
    while let Some(done) = tasks.join_next().await {
        if let Ok((id, result)) = done {
            out.insert(id, result);
        }
    }
    out
}

fn data_ids(view: &ViewPlan, body: &[Placement], depth: usize, ids: &mut Vec<String>) {
    for element in body
        .iter()
        .filter_map(|placement| view.elements.get(&placement.element))
    {
        ids.extend(element.data.iter().chain(&element.prose).cloned());
        if depth == 0 {
            continue;
        }
        match &element.kind {
            ElementKind::Container { body, .. } => data_ids(view, body, depth - 1, ids),
            ElementKind::Tabs { tabs, .. } => {
                for tab in tabs.values() {
                    data_ids(view, &tab.body, depth - 1, ids);
                }
            }
            _ => {}
        }
    }
}

/// Draws a body in reading order; `results` is `None` when only the frame is wanted.
pub fn draw(view: &ViewPlan, body: &[Placement], results: Option<&Results>) -> Vec<Drawn> {
    Drawing { view, results }.body(body, DEEPEST)
}

struct Drawing<'a> {
    view: &'a ViewPlan,
    results: Option<&'a Results>,
}

impl Drawing<'_> {
    fn body(&self, body: &[Placement], depth: usize) -> Vec<Drawn> {
        let mut placements: Vec<&Placement> = body.iter().collect();
        placements.sort_by_key(|place| (place.row, place.column));
        placements
            .into_iter()
            .filter_map(|place| Some((place, self.view.elements.get(&place.element)?)))
            .map(|(place, element)| self.element(place, element, depth))
            .collect()
    }

    fn element(&self, place: &Placement, element: &Element, depth: usize) -> Drawn {
        let values = self.table(element.prose.as_deref()).and_then(Result::ok);
        let mut drawn = Drawn {
            id: element.id.clone(),
            column: place.column,
            row: place.row,
            width: place.width,
            height: place.height,
            title: element
                .title
                .as_ref()
                .map(|title| self.prose(&title.text, element, values)),
            description: element.description.clone(),
            ..Drawn::default()
        };
        self.content(&mut drawn, element, values, depth);
        drawn
    }

    fn content(&self, drawn: &mut Drawn, element: &Element, values: Option<&Table>, depth: usize) {
        let prose = |prose: &Prose| self.prose(prose, element, values);
        drawn.kind = match &element.kind {
            ElementKind::Text { text, .. } => {
                drawn.html = Some(self.html(text, element, values));
                "text"
            }
            ElementKind::Image { url, alt, .. } => {
                let address = prose(url);
                drawn.address = address.starts_with("http").then_some(address);
                drawn.words = Some(alt.clone());
                "image"
            }
            ElementKind::Button { label, .. } => {
                drawn.words = Some(prose(label));
                "button"
            }
            ElementKind::Control { control } => {
                drawn.words = self
                    .view
                    .controls
                    .get(control)
                    .map(|control| control.label.clone());
                "control"
            }
            ElementKind::Kpi { format, .. } => {
                self.kpi(drawn, element, format.as_ref());
                "kpi"
            }
            ElementKind::Table { .. } | ElementKind::InputTable { .. } => {
                self.rows(drawn, element);
                "table"
            }
            ElementKind::Chart(_) => {
                self.rows(drawn, element);
                "chart"
            }
            ElementKind::Container { body, .. } if depth > 0 => {
                drawn.children = self.body(body, depth - 1);
                "container"
            }
            ElementKind::Tabs { tabs, .. } if depth > 0 => {
                drawn.tabs = tabs
                    .values()
                    .map(|tab| DrawnTab {
                        title: tab.title.clone(),
                        children: self.body(&tab.body, depth - 1),
                    })
                    .collect();
                "tabs"
            }
            ElementKind::Unsupported { what } => {
                drawn.remark = Some(format!("`{what}` is not drawn yet"));
                "remark"
            }
            ElementKind::Divider => "divider",
            ElementKind::Spacer | ElementKind::Container { .. } | ElementKind::Tabs { .. } => {
                "spacer"
            }
        };
    }

    fn table(&self, id: Option<&str>) -> Option<Result<&Table, &str>> {
        let result = self.results?.get(id?)?;
        Some(result.as_ref().map_err(String::as_str))
    }

    fn kpi(
        &self,
        drawn: &mut Drawn,
        element: &Element,
        format: Option<&bookwright_compiler::plan::layout::Format>,
    ) {
        match self.table(element.data.as_deref()) {
            Some(Ok(table)) => {
                let cell = table.values.first().and_then(|column| column.first());
                let ty = self.column_type(element, table.columns.first());
                drawn.words = Some(figure::text(
                    cell.unwrap_or(&serde_json::Value::Null),
                    ty,
                    format,
                ));
            }
            Some(Err(sentence)) => drawn.remark = Some(sentence.to_owned()),
            None => {}
        }
    }

    fn column_type(&self, element: &Element, index: Option<&usize>) -> Type {
        let data = element.data.as_ref().and_then(|id| self.view.data.get(id));
        data.zip(index)
            .and_then(|(data, index)| data.columns.get(*index))
            .map_or(Type::Unknown, |column| column.ty)
    }

    fn rows(&self, drawn: &mut Drawn, element: &Element) {
        let Some(data) = element.data.as_ref().and_then(|id| self.view.data.get(id)) else {
            return;
        };
        match self.table(element.data.as_deref()) {
            Some(Ok(table)) => fill(drawn, data, table),
            Some(Err(sentence)) => drawn.remark = Some(sentence.to_owned()),
            None => {}
        }
    }

    /// Prose as text; a value that is not known yet is a dash.
    fn prose(&self, prose: &Prose, element: &Element, values: Option<&Table>) -> String {
        prose
            .0
            .iter()
            .map(|part| match part {
                ProsePart::Text(text) => text.clone(),
                ProsePart::Value(index) => self.value(*index, element, values),
            })
            .collect()
    }

    fn value(&self, index: usize, element: &Element, values: Option<&Table>) -> String {
        let column = element
            .prose
            .as_ref()
            .and_then(|id| self.view.data.get(id))
            .and_then(|data| data.columns.get(index));
        let cell = values.and_then(|table| {
            let at = table.columns.iter().position(|column| *column == index)?;
            table.values.get(at)?.first()
        });
        let format = column.and_then(|column| column.format.as_deref());
        let ty = column.map_or(Type::Unknown, |column| column.ty);
        figure::text(cell.unwrap_or(&serde_json::Value::Null), ty, format)
    }

    /// Sanitised HTML with its values in place, escaped.
    fn html(&self, text: &Prose, element: &Element, values: Option<&Table>) -> String {
        let html: String = text
            .0
            .iter()
            .filter_map(|part| match part {
                ProsePart::Text(html) => Some(html.as_str()),
                ProsePart::Value(_) => None,
            })
            .collect();
        if values.is_none() {
            return html;
        }
        let mut out = String::with_capacity(html.len());
        let mut rest = html.as_str();
        while let Some((before, after)) = rest.split_once("<span data-value=\"") {
            out.push_str(before);
            let (index, after) = after.split_once("\"></span>").unwrap_or((after, ""));
            let value = index.parse().map_or_else(
                |_| String::new(),
                |index| self.value(index, element, values),
            );
            out.push_str(&ammonia::clean_text(&value));
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

fn fill(drawn: &mut Drawn, data: &DataView, table: &Table) {
    let shown: Vec<(usize, &bookwright_compiler::plan::element::DataColumn)> = table
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, index)| Some((at, data.columns.get(*index)?)))
        .filter(|(_, column)| !column.hidden)
        .collect();
    drawn.header = shown
        .iter()
        .map(|(_, column)| column.name.to_string())
        .collect();
    drawn.numeric = shown
        .iter()
        .map(|(_, column)| column.ty == Type::Number)
        .collect();
    let sent = table.values.first().map_or(0, Vec::len);
    drawn.rows = (0..sent)
        .map(|row| {
            shown
                .iter()
                .map(|(at, column)| {
                    let cell = table.values.get(*at).and_then(|cells| cells.get(row));
                    figure::text(
                        cell.unwrap_or(&serde_json::Value::Null),
                        column.ty,
                        column.format.as_deref(),
                    )
                })
                .collect()
        })
        .collect();
    if !table.waiting_for.is_empty() {
        drawn.remark = Some("waiting for a control that must be filled".to_owned());
    } else if table.count > sent as u64 {
        drawn.remark = Some(format!("the first {sent} of {} rows", table.count));
    }
}

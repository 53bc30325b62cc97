//! Plan to view plan: what the browser needs, and no more.

use std::sync::Arc;

use bookwright_compiler::bind::{date, json};
use bookwright_compiler::plan::control::{Control, ControlOption, Options};
use bookwright_compiler::plan::element::DataElement;
use bookwright_compiler::plan::input::{InputColumn, InputKind, InputTable};
use bookwright_compiler::plan::layout::{Element, ElementKind, Overlay, Page, Prose, ProsePart};
use bookwright_compiler::plan::{Plan, Settings};
use bookwright_compiler::value::Value;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value as Json;

use super::markdown;
use super::revision::Revision;
use crate::protocol::view::{
    ControlView, DataView, InputColumnView, InputTableView, LevelView, OptionView, ViewPlan,
};

/// Integers beyond this are text on the wire.
const EXACT: i64 = 1 << 53;

/// The view of a plan, with revision 0. Elements that are the same as `before` share its views.
pub fn view_plan(plan: &Plan, before: Option<&Revision>) -> ViewPlan {
    let mut view = ViewPlan {
        v: 1,
        rev: 0,
        hash: String::new(),
        workbook: plan.id.clone(),
        title: plan.name.clone(),
        description: plan.description.clone(),
        settings: plan.settings.clone(),
        pages: plan.pages.clone(),
        overlays: plan.overlays.clone(),
        elements: map(&plan.elements, |id, drawn| {
            known_element(before, id, drawn).unwrap_or_else(|| Arc::new(element(drawn)))
        }),
        data: map(&plan.data, |id, data| {
            known_data(before, id, data, plan).unwrap_or_else(|| Arc::new(data_view(data, plan)))
        }),
        controls: map(&plan.controls, |_, one| control(one)),
        input_tables: map(&plan.input_tables, |_, table| input_table(table)),
    };
    view.hash = hash(&Digest::of(&view));
    view
}

/// What tells one view from another: elements and data by their own hashes.
#[derive(Serialize)]
struct Digest<'a> {
    names: (&'a str, &'a str, &'a Option<String>),
    settings: &'a Settings,
    pages: &'a [Page],
    overlays: &'a [Overlay],
    elements: Vec<(&'a str, &'a str)>,
    data: Vec<(&'a str, &'a str)>,
    controls: &'a IndexMap<String, ControlView>,
    input_tables: &'a IndexMap<String, InputTableView>,
}

impl<'a> Digest<'a> {
    fn of(view: &'a ViewPlan) -> Self {
        let elements = view.elements.iter();
        let data = view.data.iter();
        Self {
            names: (&view.workbook, &view.title, &view.description),
            settings: &view.settings,
            pages: &view.pages,
            overlays: &view.overlays,
            elements: elements
                .map(|(id, one)| (id.as_str(), one.hash.as_str()))
                .collect(),
            data: data
                .map(|(id, one)| (id.as_str(), one.hash.as_str()))
                .collect(),
            controls: &view.controls,
            input_tables: &view.input_tables,
        }
    }
}

/// The view of an element that is the very one of the revision before.
fn known_element(
    before: Option<&Revision>,
    id: &str,
    element: &Arc<Element>,
) -> Option<Arc<Element>> {
    let before = before?;
    let same = before.plan.elements.get(id)?;
    Arc::ptr_eq(same, element).then(|| before.view.elements.get(id).cloned())?
}

/// The view of a data element that is the very one of the revision before, with the same controls.
fn known_data(
    before: Option<&Revision>,
    id: &str,
    data: &Arc<DataElement>,
    plan: &Plan,
) -> Option<Arc<DataView>> {
    let before = before?;
    let controls = |id: &String| before.plan.controls.get(id) == plan.controls.get(id);
    let same = Arc::ptr_eq(before.plan.data.get(id)?, data)
        && before.plan.settings == plan.settings
        && data.controls.iter().all(controls);
    same.then(|| before.view.data.get(id).cloned())?
}

/// Origins of pictures that the plan shows from elsewhere, sorted and unique.
pub fn image_origins(view: &ViewPlan) -> Vec<String> {
    let mut origins: Vec<String> = view
        .elements
        .values()
        .flat_map(|element| match &element.kind {
            ElementKind::Text { text, .. } => first_text(text)
                .map(markdown::image_origins)
                .unwrap_or_default(),
            ElementKind::Image { url, .. } => first_text(url)
                .and_then(markdown::origin)
                .into_iter()
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    origins.sort();
    origins.dedup();
    origins
}

/// A value as a cell on the wire.
pub fn cell(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Logical(value) => Json::Bool(*value),
        Value::Integer(value) if (-EXACT..=EXACT).contains(value) => Json::from(*value),
        Value::Integer(value) => Json::String(value.to_string()),
        Value::Float(value) => Json::from(*value),
        Value::Text(text) => Json::String(text.to_string()),
        Value::Date(micros) => Json::String(date::iso_instant(*micros)),
        Value::Variant(value) => value.as_ref().clone(),
    }
}

fn map<A, B>(items: &IndexMap<String, A>, view: impl Fn(&str, &A) -> B) -> IndexMap<String, B> {
    items
        .iter()
        .map(|(id, item)| (id.clone(), view(id, item)))
        .collect()
}

/// 16 hexadecimal digits of the content hash of anything that serialises.
fn hash(value: &impl Serialize) -> String {
    // Plans hold nothing that cannot be serialised; an empty text would still be a valid, constant hash.
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    blake3::hash(&bytes).to_hex().chars().take(16).collect()
}

fn first_text(prose: &Prose) -> Option<&str> {
    match prose.0.first() {
        Some(ProsePart::Text(text)) => Some(text),
        _ => None,
    }
}

/// Text elements leave as sanitised HTML in one part.
fn element(element: &Element) -> Element {
    let mut element = element.clone();
    if let ElementKind::Text { text, .. } = &mut element.kind {
        *text = Prose(vec![ProsePart::Text(markdown::render(text))]);
    }
    element
}

fn data_view(data: &DataElement, plan: &Plan) -> DataView {
    DataView {
        name: data.name.clone(),
        columns: data.columns.clone(),
        levels: data
            .levels
            .iter()
            .map(|level| LevelView {
                name: level.name.clone(),
                keys: level.keys.clone(),
                columns: level.view.columns.clone(),
            })
            .collect(),
        base: data.base.is_some(),
        totals: data.totals.is_some(),
        controls: data.controls.clone(),
        input_tables: data.input_tables.clone(),
        hash: hash(&DataContent {
            name: &data.name,
            columns: &data.columns,
            views: (
                &data.rows,
                &data.levels,
                &data.base,
                &data.totals,
                &data.series,
            ),
            controls: data
                .controls
                .iter()
                .filter_map(|id| plan.controls.get(id))
                .collect(),
            settings: &plan.settings,
        }),
    }
}

/// What results depend on beside data and control values. Relations are addressed by content, so their ids suffice.
#[derive(Serialize)]
struct DataContent<'a, V: Serialize> {
    name: &'a str,
    columns: &'a [bookwright_compiler::plan::element::DataColumn],
    views: V,
    controls: Vec<&'a Control>,
    settings: &'a Settings,
}

fn control(control: &Control) -> ControlView {
    ControlView {
        name: control.name.clone(),
        label: control.label.clone(),
        kind: control.kind.clone(),
        default: json::to_json(&control.default),
        required: control.required,
        clearable: control.clearable,
        options: match &control.options {
            Some(Options::Fixed(options)) => Some(options.iter().map(option).collect()),
            Some(Options::From(_)) | None => None,
        },
        options_query: matches!(control.options, Some(Options::From(_))),
        on_change: control.on_change.clone(),
        hash: hash(&(
            &control.kind,
            &control.default,
            &control.options,
            control.required,
        )),
    }
}

fn option(option: &ControlOption) -> OptionView {
    OptionView {
        value: cell(&option.value),
        label: option.label.clone(),
    }
}

fn input_table(table: &InputTable) -> InputTableView {
    InputTableView {
        name: table.name.clone(),
        columns: table.columns.iter().map(input_column).collect(),
        editable: true,
    }
}

fn input_column(column: &InputColumn) -> InputColumnView {
    InputColumnView {
        id: column.id.clone(),
        name: column.name.clone(),
        kind: column.kind,
        ty: column.ty,
        required: column.required,
        min: cell(&column.min),
        max: cell(&column.max),
        max_length: column.max_length,
        options: column.options.iter().map(option).collect(),
        options_query: column.options_from.is_some()
            && matches!(column.kind, InputKind::Select | InputKind::MultiSelect),
    }
}

//! Names and ids: which things a document defines, what they are called, and what their ids are.
//!
//! Enters: a `Document`. Leaves: a `Model`, in which every data element, control, place and action has an id
//! and can be found by name, and findings about clashes. Formulas are not looked at here.

pub mod ids;
mod names;
mod walk;

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::document::action::Action;
use crate::document::control::Control;
use crate::document::data::Query;
use crate::document::element::{Chart, Kpi, Table};
use crate::document::input::InputTable;
use crate::document::item::Item;
use crate::document::load::Document;
use crate::document::primitive::Text;
use crate::document::workbook::{Overlay, Page};
use crate::span::Span;

pub(crate) use names::{Kind as NameKind, unknown_name};
pub(crate) use walk::{item_name, item_span};

/// Everything a workbook defines, by name.
#[derive(Debug, Default)]
pub(crate) struct Model<'d> {
    /// Data elements: queries and input tables first, then elements in the order of the pages.
    pub(crate) data: IndexMap<String, Data<'d>>,
    pub(crate) controls: IndexMap<String, ControlDef<'d>>,
    pub(crate) places: IndexMap<String, Place<'d>>,
    pub(crate) actions: IndexMap<String, ActionDef<'d>>,
    /// Items of all bodies in order, with their ids; a row has none.
    pub(crate) items: IndexMap<String, ItemDef<'d>>,
    /// Ids of items by their place in the file.
    pub(crate) item_ids: IndexMap<Span, String>,
    /// Tabs by the name of their element: id of the element, and tab names with ids.
    pub(crate) tabs: IndexMap<String, TabsDef<'d>>,
    /// Names of entries that could not be read: references to them are not reported again.
    pub(crate) failed: BTreeSet<String>,
    /// Names that differ only in case find each other here.
    folded: names::Folded,
}

/// A data element as defined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Data<'d> {
    pub(crate) name: &'d Text,
    /// Pinned id.
    pub(crate) pinned: Option<&'d Text>,
    pub(crate) def: DataDef<'d>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum DataDef<'d> {
    Query(&'d Query),
    InputTable(&'d InputTable),
    Table(&'d Table),
    Chart(&'d Chart),
    Kpi(&'d Kpi),
}

/// A control as defined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ControlDef<'d> {
    pub(crate) name: &'d Text,
    pub(crate) def: &'d Control,
}

/// A page or overlay.
#[derive(Clone, Debug)]
pub(crate) struct Place<'d> {
    pub(crate) id: String,
    pub(crate) name: &'d Text,
    pub(crate) def: PlaceDef<'d>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum PlaceDef<'d> {
    Page(&'d Page),
    Modal(&'d Overlay),
    Drawer(&'d Overlay),
}

impl<'d> PlaceDef<'d> {
    pub(crate) fn body(self) -> &'d [Item] {
        match self {
            Self::Page(page) => &page.body,
            Self::Modal(overlay) | Self::Drawer(overlay) => &overlay.body,
        }
    }
}

/// A named action.
#[derive(Clone, Debug)]
pub(crate) struct ActionDef<'d> {
    pub(crate) id: String,
    pub(crate) name: &'d Text,
    pub(crate) def: &'d Action,
}

/// An item of a body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemDef<'d> {
    pub(crate) item: &'d Item,
}

/// Tabs that something may address.
#[derive(Clone, Debug)]
pub(crate) struct TabsDef<'d> {
    pub(crate) id: String,
    pub(crate) tabs: Vec<(&'d Text, String)>,
}

/// A grid shows the rows of an input table; a table element without `from` shows the query of its name.
pub(crate) fn shows_existing(model: &Model<'_>, table: &Table) -> bool {
    table.from.is_none() && model.data.contains_key(&table.table.value)
}

/// Builds the model of a document.
pub(crate) fn resolve<'d>(
    document: &'d Document,
    failed: BTreeSet<String>,
    sink: &mut crate::diag::Diagnostics,
) -> Model<'d> {
    let mut model = Model {
        failed,
        ..Model::default()
    };
    names::define(&mut model, document, sink);
    walk::bodies(&mut model, sink);
    names::check_ids(&model, sink);
    model
}

/// Id of a data element.
pub(crate) fn data_id(data: &Data<'_>) -> String {
    data.pinned
        .map_or_else(|| ids::slug(&data.name.value), |id| id.value.clone())
}

/// Id of a control.
pub(crate) fn control_id(control: &ControlDef<'_>) -> String {
    control
        .def
        .id
        .as_ref()
        .map_or_else(|| ids::slug(&control.name.value), |id| id.value.clone())
}

//! The bodies of pages and overlays: ids of items, and the data elements that stand there.

use super::ids::slug;
use super::names::{define_data, duplicate_id};
use super::{Data, DataDef, ItemDef, Model, TabsDef, shows_existing};
use crate::diag::Diagnostics;
use crate::document::element::Common;
use crate::document::item::Item;
use crate::span::Span;

struct Walk<'m, 'd, 's> {
    model: &'m mut Model<'d>,
    sink: &'s mut Diagnostics,
}

/// Gives every item an id and defines the data elements among them.
pub(super) fn bodies(model: &mut Model<'_>, sink: &mut Diagnostics) {
    let places: Vec<_> = model
        .places
        .values()
        .map(|p| (p.id.clone(), p.def.body()))
        .collect();
    let mut walk = Walk { model, sink };
    for (id, body) in places {
        walk.body(&id, body, &mut Counts::default());
    }
}

/// How many unnamed items of each kind a parent has had.
#[derive(Default)]
struct Counts(std::collections::BTreeMap<&'static str, u32>);

impl Counts {
    fn next(&mut self, kind: &'static str) -> u32 {
        let count = self.0.entry(kind).or_default();
        *count += 1;
        *count
    }
}

impl<'d> Walk<'_, 'd, '_> {
    fn body(&mut self, parent: &str, body: &'d [Item], counts: &mut Counts) {
        for item in body {
            if let Item::Row(row) = item {
                self.body(parent, &row.row, counts);
                continue;
            }
            self.item(parent, item, counts);
        }
    }

    fn item(&mut self, parent: &str, item: &'d Item, counts: &mut Counts) {
        let view = View::of(item);
        let id = match (view.common.and_then(|c| c.id.as_ref()), &view.name) {
            (Some(id), _) => id.value.clone(),
            (None, Some(name)) => format!("{parent}.{}", slug(name)),
            (None, None) => format!("{parent}.{}-{}", view.kind, counts.next(view.kind)),
        };
        let id = self.free_id(
            id,
            view.kind,
            view.common.is_some_and(|c| c.id.is_some()),
            view.span,
            counts,
        );
        self.data(item);
        self.model.item_ids.insert(view.span, id.clone());
        self.model.items.insert(id.clone(), ItemDef { item });
        match item {
            Item::Container(container) => self.body(&id, &container.body, &mut Counts::default()),
            Item::Tabs(tabs) => self.tabs(&id, tabs),
            _ => {}
        }
    }

    /// The same control or query may stand in several places of one page: later ones get a number. An id that was
    /// pinned must be free.
    fn free_id(
        &mut self,
        id: String,
        kind: &'static str,
        pinned: bool,
        span: Span,
        counts: &mut Counts,
    ) -> String {
        let Some(taken) = self.model.items.get(&id) else {
            return id;
        };
        if pinned {
            let first = View::of(taken.item).span;
            self.sink.push(duplicate_id(&id, span, first));
        }
        loop {
            let next = format!("{id}-{}", counts.next(kind) + 1);
            if !self.model.items.contains_key(&next) {
                return next;
            }
        }
    }

    fn tabs(&mut self, id: &str, tabs: &'d crate::document::element::Tabs) {
        let mut list = Vec::new();
        for tab in &tabs.tabs {
            let tab_id = slug(&tab.name.value);
            self.body(
                &format!("{id}.{tab_id}"),
                &tab.value,
                &mut Counts::default(),
            );
            list.push((&tab.name, tab_id));
        }
        if let Some(name) = &tabs.common.name {
            self.model.tabs.insert(
                name.value.clone(),
                TabsDef {
                    id: id.to_owned(),
                    tabs: list,
                },
            );
        }
    }

    /// Defines the data element that an item is, unless it shows one that is there.
    fn data(&mut self, item: &'d Item) {
        let (name, def) = match item {
            Item::Table(table) => (&table.table, DataDef::Table(table)),
            Item::Chart(chart) => (&chart.chart, DataDef::Chart(chart)),
            Item::Kpi(kpi) => (&kpi.kpi, DataDef::Kpi(kpi)),
            _ => return,
        };
        if let DataDef::Table(table) = def
            && shows_existing(self.model, table)
        {
            return;
        }
        define_data(
            self.model,
            Data {
                name,
                pinned: None,
                def,
            },
            self.sink,
        );
    }
}

/// What the walk needs of an item.
struct View<'d> {
    kind: &'static str,
    name: Option<String>,
    common: Option<&'d Common>,
    span: Span,
}

impl<'d> View<'d> {
    fn of(item: &'d Item) -> Self {
        let named = |kind, name: &str, common: &'d Common, span| Self {
            kind,
            name: Some(
                common
                    .name
                    .as_ref()
                    .map_or_else(|| name.to_owned(), |n| n.value.clone()),
            ),
            common: Some(common),
            span,
        };
        let unnamed = |kind, common: &'d Common, span| Self {
            kind,
            name: common.name.as_ref().map(|n| n.value.clone()),
            common: Some(common),
            span,
        };
        match item {
            Item::Text(i) => unnamed("text", &i.common, i.span),
            Item::Image(i) => unnamed("image", &i.common, i.span),
            Item::Divider(i) => unnamed("divider", &i.common, i.span),
            Item::Spacer(i) => unnamed("spacer", &i.common, i.span),
            Item::Row(i) => unnamed("row", &i.common, i.span),
            Item::Tabs(i) => unnamed("tabs", &i.common, i.span),
            Item::Button(i) => match i.button.plain() {
                Some(name) => named("button", &name, &i.common, i.span),
                None => unnamed("button", &i.common, i.span),
            },
            Item::Control(i) => named("control", &i.control.value, &i.common, i.span),
            Item::Table(i) => named("table", &i.table.value, &i.common, i.span),
            Item::InputTable(i) => named("input-table", &i.input_table.value, &i.common, i.span),
            Item::Kpi(i) => named("kpi", &i.kpi.value, &i.common, i.span),
            Item::Chart(i) => named("chart", &i.chart.value, &i.common, i.span),
            Item::Container(i) => named("container", &i.container.value, &i.common, i.span),
            Item::Pivot(i)
            | Item::ValueList(i)
            | Item::Map(i)
            | Item::Form(i)
            | Item::Progress(i)
            | Item::Navigation(i)
            | Item::Chat(i)
            | Item::Code(i)
            | Item::Embed(i)
            | Item::Plugin(i)
            | Item::Repeat(i)
            | Item::SingleRow(i)
            | Item::PageBreak(i) => Self {
                kind: "other",
                name: i.0.name.as_ref().map(|n| n.value.clone()),
                common: None,
                span: i.0.raw.span,
            },
        }
    }
}

/// Place of an item.
pub(crate) fn item_span(item: &Item) -> Span {
    View::of(item).span
}

/// Name of an item, as its id is made of.
pub(crate) fn item_name(item: &Item) -> Option<String> {
    View::of(item).name
}

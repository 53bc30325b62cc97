//! Items to elements.

use std::sync::Arc;

use indexmap::IndexMap;

use super::Emitter;
use super::layout::{common, rows_of};
use super::prose::{Numbered, plain};
use crate::document::data::{Format as WrittenFormat, Style as WrittenStyle};
use crate::document::element::{Button, Common, Tabs, Title as WrittenTitle};
use crate::document::item::Item;
use crate::document::primitive::{Color, Prose as WrittenProse, Text};
use crate::plan::layout::{Element, ElementKind, Prose, Style, Tab, Title};
use crate::resolve::{NameKind, control_id, ids::slug, item_name, item_span, unknown_name};

/// What an item becomes: kind, data element behind it, grid rows it likes.
pub(super) struct Drawn {
    pub(super) kind: ElementKind,
    pub(super) data: Option<String>,
    pub(super) height: u32,
    /// Shows its name as a heading unless told otherwise.
    pub(super) named: bool,
}

impl<'d> Emitter<'_, '_, 'd> {
    /// Adds the element of an item and gives its id and height; none when it is in error.
    pub(super) fn item(&mut self, item: &'d Item, width: u32) -> Option<(String, u32)> {
        let id = self.model.item_ids.get(&item_span(item))?.clone();
        self.checker.note_item(item_span(item), &id);
        let mut numbered = Numbered::default();
        let drawn = self.draw(item, &id, width, &mut numbered)?;
        let words = common(item);
        let title = title(item, words, drawn.named, &mut numbered);
        let prose = self.prose_data(&id, &numbered);
        let mut element = Element {
            id: id.clone(),
            title,
            description: words
                .and_then(|c| c.description.as_ref())
                .and_then(WrittenProse::plain),
            style: style(words.and_then(|c| c.style.as_ref())),
            kind: drawn.kind,
            data: drawn.data,
            prose,
            hash: String::new(),
        };
        element.hash = hash(&element);
        self.elements.insert(id.clone(), Arc::new(element));
        let height = words
            .and_then(|c| c.height)
            .map_or(drawn.height, |h| h.value.max(1));
        Some((id, height))
    }

    fn draw(
        &mut self,
        item: &'d Item,
        id: &str,
        width: u32,
        numbered: &mut Numbered<'d>,
    ) -> Option<Drawn> {
        let quiet = |kind, height| {
            Some(Drawn {
                kind,
                data: None,
                height,
                named: false,
            })
        };
        match item {
            Item::Text(text) => {
                let kind = ElementKind::Text {
                    text: numbered.add(&text.text),
                    align: text.align.map(|a| a.value.as_str().to_owned()),
                };
                quiet(kind, text_rows(&text.text, width))
            }
            Item::Image(image) => {
                let kind = ElementKind::Image {
                    url: numbered.add(&image.image),
                    alt: image
                        .alt
                        .as_ref()
                        .map_or_else(String::new, |a| a.value.clone()),
                    fit: image.fit.map(|f| f.value.as_str().to_owned()),
                };
                quiet(kind, 6)
            }
            Item::Divider(_) => quiet(ElementKind::Divider, 1),
            Item::Spacer(_) => quiet(ElementKind::Spacer, 1),
            Item::Button(button) => quiet(self.button(button, id, numbered), 2),
            Item::Control(control) => {
                let kind = ElementKind::Control {
                    control: self.placed_control(&control.control)?,
                };
                quiet(kind, 2)
            }
            Item::Table(table) => Some(self.table(table, id)),
            Item::InputTable(grid) => self.grid(grid, id),
            Item::Kpi(kpi) => Some(self.kpi(kpi)),
            Item::Chart(chart) => {
                let kind = self.chart(chart, id);
                Some(Drawn {
                    kind,
                    data: self.data_of(&chart.chart),
                    height: 9,
                    named: true,
                })
            }
            Item::Container(container) => {
                let body = self.body(&container.body);
                let height = rows_of(&body) + 1;
                let kind = ElementKind::Container {
                    body,
                    scroll: container.scroll.is_some_and(|s| s.value),
                };
                Some(Drawn {
                    kind,
                    data: None,
                    height,
                    named: true,
                })
            }
            Item::Tabs(tabs) => Some(self.tabs(tabs)),
            Item::Row(_) => None,
            other => quiet(
                ElementKind::Unsupported {
                    what: item_name(other).unwrap_or_default(),
                },
                4,
            ),
        }
    }

    fn button(&mut self, button: &'d Button, id: &str, numbered: &mut Numbered<'d>) -> ElementKind {
        ElementKind::Button {
            label: numbered.add(&button.button),
            variant: button
                .variant
                .map_or("secondary", |v| v.value.as_str())
                .to_owned(),
            icon: button.icon.as_ref().map(|i| i.value.clone()),
            on_click: self.trigger(button.on_click.as_ref(), &format!("{id}.on-click"), None),
        }
    }

    fn placed_control(&mut self, name: &Text) -> Option<String> {
        let model = self.model;
        match self.checker.control(&name.value) {
            Some(control) => Some(control_id(&control)),
            None => {
                if !model.failed.contains(&name.value) {
                    let found = unknown_name(
                        NameKind::Control,
                        name,
                        "",
                        model.controls.keys().map(String::as_str),
                    );
                    self.checker.sink.push(found);
                }
                None
            }
        }
    }

    fn tabs(&mut self, tabs: &'d Tabs) -> Drawn {
        let mut list = IndexMap::new();
        let mut height = 0;
        for tab in &tabs.tabs {
            let body = self.body(&tab.value);
            height = height.max(rows_of(&body));
            list.insert(
                slug(&tab.name.value),
                Tab {
                    title: tab.name.value.clone(),
                    body,
                },
            );
        }
        let first = list.keys().next().cloned().unwrap_or_default();
        let default = tabs.default.as_ref().map_or(first.clone(), |d| {
            let id = slug(&d.value);
            if list.contains_key(&id) {
                return id;
            }
            let names = tabs.tabs.iter().map(|t| t.name.value.as_str());
            self.checker
                .sink
                .push(unknown_name(NameKind::Tab, d, "", names));
            first.clone()
        });
        Drawn {
            kind: ElementKind::Tabs {
                tabs: list,
                default,
            },
            data: None,
            height: height + 1,
            named: false,
        }
    }

    pub(super) fn format(
        &mut self,
        written: Option<&WrittenFormat>,
    ) -> Option<crate::plan::layout::Format> {
        crate::typing::format::format(written?, self.checker.settings, &mut self.checker.sink)
    }
}

/// The heading of an item: what is written, or its name where it shows one.
fn title<'d>(
    item: &'d Item,
    words: Option<&'d Common>,
    named: bool,
    numbered: &mut Numbered<'d>,
) -> Option<Title> {
    let bare = |text: Prose| Title {
        text,
        size: None,
        color: None,
        weight: None,
    };
    match words.and_then(|c| c.title.as_ref()) {
        Some(WrittenTitle::Hidden) => None,
        Some(WrittenTitle::Shown(title)) => Some(Title {
            text: match &title.text {
                Some(text) => numbered.add(text),
                None => plain(&item_name(item).unwrap_or_default()),
            },
            size: title.size.map(|s| s.value),
            color: color(title.color.as_ref()),
            weight: title.weight.map(|w| w.value.as_str().to_owned()),
        }),
        None if named => item_name(item).map(|name| bare(plain(&name))),
        None => None,
    }
}

/// Grid rows for prose of a width: lines of 21 px, headings of 29 with 4 below. It counts on a wide screen: a row grows for text that
/// needs more, but one reserved in vain stays blank.
fn text_rows(prose: &WrittenProse, width: u32) -> u32 {
    let mut text = String::new();
    for part in &prose.parts {
        match part {
            crate::document::primitive::ProsePart::Text(part) => text.push_str(part),
            crate::document::primitive::ProsePart::Formula(_) => text.push_str("1234"),
        }
    }
    let per_line = (width.max(1) * 8) as usize;
    let pixels: usize = text
        .trim()
        .lines()
        .map(|line| match line.trim() {
            "" => 8,
            line if line.starts_with('#') => 33,
            line => 21 * line.chars().count().div_ceil(per_line),
        })
        .sum();
    // A heading at the end has nothing below; a row and its gap are 42 px.
    let last_is_heading = text
        .trim()
        .lines()
        .last()
        .is_some_and(|line| line.starts_with('#'));
    let pixels = pixels - if last_is_heading { 4 } else { 0 };
    u32::try_from((pixels + 12).div_ceil(42))
        .unwrap_or(1)
        .max(1)
}

pub(super) fn style(written: Option<&WrittenStyle>) -> Style {
    let Some(written) = written else {
        return Style::default();
    };
    Style {
        background: color(written.background.as_ref()),
        border_color: color(written.border_color.as_ref()),
        border_width: written.border_width.map(|w| w.value),
        radius: written.radius.map(|r| r.value),
        padding: written.padding.map(|p| p.value),
        color: color(written.color.as_ref()),
    }
}

pub(super) fn color(color: Option<&Color>) -> Option<String> {
    color.map(|c| c.value.clone())
}

fn hash(element: &Element) -> String {
    let json = serde_json::to_vec(element).unwrap_or_default();
    let mut hex = blake3::hash(&json).to_hex().to_string();
    hex.truncate(16);
    hex
}

//! Bodies to placements on the grid of 24 columns.

use super::Emitter;
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::element::{At, Common, Footer};
use crate::document::item::Item;
use crate::document::primitive::NameOr;
use crate::document::workbook::{Overlay as WrittenOverlay, Page as WrittenPage, Side};
use crate::plan::layout::{FooterButton, Overlay, OverlayKind, Page, Placement};
use crate::resolve::Place;
use crate::span::Span;

/// Columns of every body.
const COLUMNS: u32 = 24;

impl<'d> Emitter<'_, '_, 'd> {
    pub(super) fn page(place: &Place<'_>, page: &WrittenPage, body: Vec<Placement>) -> Page {
        let title = page
            .title
            .as_ref()
            .map_or_else(|| place.name.value.clone(), |t| t.value.clone());
        Page {
            id: place.id.clone(),
            title,
            hidden: page.hidden.is_some_and(|h| h.value),
            body,
        }
    }

    pub(super) fn overlay(
        &mut self,
        place: &Place<'d>,
        overlay: &'d WrittenOverlay,
        body: Vec<Placement>,
        drawer: bool,
    ) -> Overlay {
        let mut numbered = super::prose::Numbered::default();
        let title = overlay.title.as_ref().map_or_else(
            || super::prose::plain(&place.name.value),
            |t| numbered.add(t),
        );
        let prose = self.prose_data(&place.id, &numbered);
        let kind = match (drawer, overlay.side.map(|s| s.value)) {
            (false, _) => OverlayKind::Modal,
            (true, Some(Side::Left)) => OverlayKind::DrawerLeft,
            (true, _) => OverlayKind::DrawerRight,
        };
        Overlay {
            id: place.id.clone(),
            title,
            prose,
            kind,
            width: overlay
                .width
                .map_or("medium", |w| w.value.as_str())
                .to_owned(),
            body,
            primary: self.footer(overlay.primary.as_ref(), &format!("{}.primary", place.id)),
            secondary: self.footer(
                overlay.secondary.as_ref(),
                &format!("{}.secondary", place.id),
            ),
            on_close: self.trigger(
                overlay.on_close.as_ref(),
                &format!("{}.on-close", place.id),
                None,
            ),
        }
    }

    fn footer(&mut self, footer: Option<&Footer>, id: &str) -> Option<FooterButton> {
        match footer? {
            NameOr::Name(text) => Some(FooterButton {
                text: text.value.clone(),
                action: None,
            }),
            NameOr::Inline(button) => {
                let action = match &button.run {
                    Some(name) => self.action_named(name),
                    None => self.trigger(button.r#do.as_ref(), id, None),
                };
                Some(FooterButton {
                    text: button.text.value.clone(),
                    action,
                })
            }
        }
    }

    /// Places the items of a body and adds their elements.
    pub(super) fn body(&mut self, items: &'d [Item]) -> Vec<Placement> {
        let explicit: Vec<&Item> = items.iter().filter(|item| at(item).is_some()).collect();
        if !explicit.is_empty() && explicit.len() < items.len() {
            self.mixed(items);
        } else if !explicit.is_empty() {
            return self.explicit(items);
        }
        let mut placements = Vec::new();
        let mut row = 1;
        for item in items {
            let list = match item {
                Item::Row(row) => row.row.as_slice(),
                other => std::slice::from_ref(other),
            };
            row += self.row(list, row, &mut placements);
        }
        placements
    }

    /// Places items side by side from grid row `row` on; gives the rows they take.
    fn row(&mut self, items: &'d [Item], row: u32, placements: &mut Vec<Placement>) -> u32 {
        let widths = self.widths(items);
        let mut placed = Vec::new();
        let mut column = 1;
        for (item, width) in items.iter().zip(widths) {
            if let Some((element, height)) = self.item(item, width) {
                placed.push(Placement {
                    element,
                    column,
                    row,
                    width,
                    height,
                });
            }
            column += width;
        }
        let height = placed.iter().map(|p| p.height).max().unwrap_or(0);
        for mut placement in placed {
            placement.height = height;
            placements.push(placement);
        }
        height
    }

    /// Widths given are kept, the rest is shared equally.
    fn widths(&mut self, items: &[Item]) -> Vec<u32> {
        let given: Vec<Option<u32>> = items
            .iter()
            .map(|item| common(item).and_then(|c| c.width).map(|w| w.value))
            .collect();
        let taken: u32 = given.iter().flatten().sum();
        let open = u32::try_from(given.iter().filter(|w| w.is_none()).count()).unwrap_or(COLUMNS);
        if taken + open > COLUMNS {
            let span = items
                .iter()
                .rev()
                .find_map(|i| common(i).and_then(|c| c.width))
                .map(|w| w.span);
            if let Some(span) = span {
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::LAYOUT_OUT_OF_GRID,
                        span,
                        format!(
                            "the row is {} columns wide, a body has {COLUMNS}",
                            taken + open
                        ),
                    )
                    .label("does not fit")
                    .help("make the widths of the row add up to 24, or start a second row"),
                );
            } else if let Some(item) = items.get(COLUMNS as usize) {
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::LAYOUT_OUT_OF_GRID,
                        crate::resolve::item_span(item),
                        format!("a row holds at most {COLUMNS} items"),
                    )
                    .label("does not fit"),
                );
            }
            return vec![1; items.len()];
        }
        let mut rest = COLUMNS - taken;
        let mut left = open;
        given
            .into_iter()
            .map(|width| {
                width.unwrap_or_else(|| {
                    let share = rest.div_ceil(left.max(1));
                    rest -= share;
                    left -= 1;
                    share
                })
            })
            .collect()
    }

    fn explicit(&mut self, items: &'d [Item]) -> Vec<Placement> {
        let mut placements: Vec<(Placement, &Item, Span)> = Vec::new();
        for item in items {
            let Some(at) = at(item) else { continue };
            let Some((element, _)) = self.item(item, at.width.value.clamp(1, COLUMNS)) else {
                continue;
            };
            let (column, row) = (at.column.value.max(1), at.row.value.max(1));
            let (mut width, height) = (at.width.value.max(1), at.height.value.max(1));
            if column + width - 1 > COLUMNS {
                self.beyond_the_grid(item, at);
                // What sticks out is told; it takes only the cells that were meant at least.
                width = 1;
            }
            let placement = Placement {
                element,
                column,
                row,
                width,
                height,
            };
            let clash = placements.iter().find(|(p, ..)| overlap(p, &placement));
            if let Some((other, first, span)) = clash {
                let (item, first) = (self.written(item), self.written(first));
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::LAYOUT_OVERLAP,
                        at.span,
                        format!("`{item}` overlaps `{first}`"),
                    )
                    .label(format!(
                        "columns {column} to {}, rows {row} to {}",
                        column + width - 1,
                        row + height - 1
                    ))
                    .also(
                        *span,
                        format!(
                            "columns {} to {}, rows {} to {}",
                            other.column,
                            other.column + other.width - 1,
                            other.row,
                            other.row + other.height - 1
                        ),
                    )
                    .help("move one of them, or make it smaller"),
                );
            }
            placements.push((placement, item, at.span));
        }
        placements
            .into_iter()
            .map(|(placement, ..)| placement)
            .collect()
    }

    /// Place of the first line of an item.
    fn first_line(&self, item: &Item) -> Span {
        let span = crate::resolve::item_span(item);
        let len = self.written(item).len();
        let end = span.start + u32::try_from(len).unwrap_or_default();
        Span::new(span.file, span.start, end.min(span.end))
    }

    /// An item as its first line is written, for messages.
    fn written(&self, item: &Item) -> String {
        let text = self.checker.sources.text(crate::resolve::item_span(item));
        text.lines()
            .next()
            .unwrap_or_default()
            .trim_end()
            .to_owned()
    }

    /// An item whose place ends behind the last column: blames its column when nothing fits there, else its width.
    fn beyond_the_grid(&mut self, item: &Item, at: &At) {
        let (column, width) = (at.column.value.max(1), at.width.value.max(1));
        let (span, label) = if column > COLUMNS {
            (at.column.span, format!("columns are 1 to {COLUMNS}"))
        } else {
            let most = COLUMNS - column + 1;
            (
                at.width.span,
                format!("at most {most} from column {column} on"),
            )
        };
        let end = column.saturating_add(width) - 1;
        let message = format!(
            "`{}` ends at column {end}, a body has {COLUMNS}",
            self.written(item)
        );
        let found = Diagnostic::new(&codes::LAYOUT_OUT_OF_GRID, span, message).label(label);
        self.checker.sink.push(if column > COLUMNS {
            found
        } else {
            let most = COLUMNS - column + 1;
            found.fix(format!("make it {most} wide"), span, most.to_string())
        });
    }

    fn mixed(&mut self, items: &[Item]) {
        let with = items.iter().find_map(at);
        let without = items.iter().find(|item| at(item).is_none());
        if let (Some(with), Some(without)) = (with, without) {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::MIXED_LAYOUT,
                    self.first_line(without),
                    format!(
                        "`{}` has no `at`, and other items of the body have",
                        self.written(without)
                    ),
                )
                .label("where does it stand?")
                .also(with.span, "placed by hand")
                .help("give every item of the body `at`, or none"),
            );
        }
    }
}

fn overlap(a: &Placement, b: &Placement) -> bool {
    a.column < b.column + b.width
        && b.column < a.column + a.width
        && a.row < b.row + b.height
        && b.row < a.row + a.height
}

fn at(item: &Item) -> Option<&At> {
    common(item)?.at.as_ref()
}

/// Shared words of an item.
pub(super) fn common(item: &Item) -> Option<&Common> {
    match item {
        Item::Text(i) => Some(&i.common),
        Item::Image(i) => Some(&i.common),
        Item::Divider(i) => Some(&i.common),
        Item::Spacer(i) => Some(&i.common),
        Item::Button(i) => Some(&i.common),
        Item::Control(i) => Some(&i.common),
        Item::Table(i) => Some(&i.common),
        Item::InputTable(i) => Some(&i.common),
        Item::Kpi(i) => Some(&i.common),
        Item::Chart(i) => Some(&i.common),
        Item::Container(i) => Some(&i.common),
        Item::Row(i) => Some(&i.common),
        Item::Tabs(i) => Some(&i.common),
        Item::Pivot(_)
        | Item::ValueList(_)
        | Item::Map(_)
        | Item::Form(_)
        | Item::Progress(_)
        | Item::Navigation(_)
        | Item::Chat(_)
        | Item::Code(_)
        | Item::Embed(_)
        | Item::Plugin(_)
        | Item::Repeat(_)
        | Item::SingleRow(_)
        | Item::PageBreak(_) => None,
    }
}

/// Grid rows a body takes.
pub(super) fn rows_of(body: &[Placement]) -> u32 {
    body.iter().map(|p| p.row + p.height - 1).max().unwrap_or(0)
}

//! Pages and overlays, drawn again only when something on them has changed.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Emitter;
use super::filters::Filtered;
use crate::plan::action::Action;
use crate::plan::element::DataElement;
use crate::plan::layout::{Element, Overlay, Page};
use crate::resolve::{Place, PlaceDef};
use crate::typing::trail::Trail;

/// A page or overlay with everything that drawing it added to the plan.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    /// By what each element that was looked at is filtered.
    filtered: Vec<Filtered>,
    place: Whole,
    elements: Vec<Arc<Element>>,
    actions: Vec<Action>,
    prose: Vec<Arc<DataElement>>,
}

/// Places by the address of their definition, with what drawing them looked at.
pub(crate) type KeptPlaces = FxHashMap<usize, (Trail, Drawn)>;

#[derive(Clone, Debug)]
enum Whole {
    Page(Page),
    Overlay(Overlay),
}

impl<'d> Emitter<'_, '_, 'd> {
    /// Draws all places in order; `kept` are those of the last compilation, and afterwards those of this one.
    pub(super) fn places(
        &mut self,
        kept: &mut KeptPlaces,
        filtered: &[Filtered],
    ) -> (Vec<Page>, Vec<Overlay>) {
        let mut known = std::mem::take(kept);
        let (mut pages, mut overlays) = (Vec::new(), Vec::new());
        for place in self.model.places.values() {
            let key = address(place.def);
            let before = known.remove(&key);
            let (trail, drawn) = match before.filter(|(trail, drawn)| {
                drawn.filtered == of(trail, filtered) && self.is_same(trail)
            }) {
                Some((trail, drawn)) => {
                    self.take_over(&trail, &drawn);
                    (Some(trail), drawn)
                }
                None => {
                    let (trail, mut drawn) = self.draw_place(place);
                    drawn.filtered = trail.as_ref().map_or_else(Vec::new, |t| of(t, filtered));
                    (trail, drawn)
                }
            };
            match drawn.place.clone() {
                Whole::Page(page) => pages.push(page),
                Whole::Overlay(overlay) => overlays.push(overlay),
            }
            if let Some(trail) = trail {
                kept.insert(key, (trail, drawn));
            }
        }
        (pages, overlays)
    }

    /// Whether all that a drawing looked at is as it was.
    fn is_same(&mut self, trail: &Trail) -> bool {
        let shown = trail.shown.iter().all(|(item, before)| {
            self.shown
                .get(item)
                .and_then(|index| self.checked.elements.get(*index))
                .is_some_and(|now| Arc::ptr_eq(now, before))
        });
        let ids = &self.model.item_ids;
        let items = trail
            .items
            .iter()
            .all(|(item, id)| ids.get(item) == Some(id));
        shown && items && self.lower.is_some() && self.checker.holds(trail)
    }

    fn take_over(&mut self, trail: &Trail, drawn: &Drawn) {
        self.checker.follow(trail);
        for element in &drawn.elements {
            self.elements
                .insert(element.id.clone(), Arc::clone(element));
        }
        for action in &drawn.actions {
            self.actions.insert(action.id.clone(), action.clone());
        }
        for prose in &drawn.prose {
            self.prose.insert(prose.id.clone(), Arc::clone(prose));
        }
    }

    /// Draws a place; without a trail it cannot be kept.
    fn draw_place(&mut self, place: &Place<'d>) -> (Option<Trail>, Drawn) {
        let before = (self.elements.len(), self.actions.len(), self.prose.len());
        self.checker.begin_trail();
        let body = self.body(place.def.body());
        let whole = match place.def {
            PlaceDef::Page(page) => Whole::Page(Self::page(place, page, body)),
            PlaceDef::Modal(overlay) => Whole::Overlay(self.overlay(place, overlay, body, false)),
            PlaceDef::Drawer(overlay) => Whole::Overlay(self.overlay(place, overlay, body, true)),
        };
        let trail = self.checker.end_trail().filter(|_| self.lower.is_some());
        let drawn = Drawn {
            filtered: Vec::new(),
            place: whole,
            elements: self.elements.values().skip(before.0).cloned().collect(),
            actions: self.actions.values().skip(before.1).cloned().collect(),
            prose: self.prose.values().skip(before.2).cloned().collect(),
        };
        (trail, drawn)
    }
}

/// By what the elements on a trail are filtered.
fn of(trail: &Trail, filtered: &[Filtered]) -> Vec<Filtered> {
    let read = trail.read().filter_map(|index| filtered.get(index));
    read.cloned().collect()
}

fn address(def: PlaceDef<'_>) -> usize {
    match def {
        PlaceDef::Page(page) => std::ptr::from_ref(page).addr(),
        PlaceDef::Modal(overlay) | PlaceDef::Drawer(overlay) => std::ptr::from_ref(overlay).addr(),
    }
}

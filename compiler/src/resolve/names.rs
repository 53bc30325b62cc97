//! Definitions by name, and what is said about names that clash or are not there.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::ids::{folded, slug};
use super::{ActionDef, ControlDef, Data, DataDef, Model, Place, PlaceDef, control_id, data_id};
use crate::diag::codes::names as codes;
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::document::load::Document;
use crate::document::primitive::Text;
use crate::span::Span;

/// Name spaces and other things with names, for messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Data,
    Control,
    Page,
    Overlay,
    Action,
    Column,
    InputTable,
    Tab,
    Level,
    Metric,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Data => "data element",
            Self::Control => "control",
            Self::Page => "page",
            Self::Overlay => "overlay",
            Self::Action => "action",
            Self::Column => "column",
            Self::InputTable => "input table",
            Self::Tab => "tab",
            Self::Level => "level",
            Self::Metric => "metric",
        }
    }

    /// The word with its article.
    fn one(self) -> String {
        let article = if matches!(self, Self::Action | Self::InputTable | Self::Overlay) {
            "an"
        } else {
            "a"
        };
        format!("{article} {}", self.word())
    }

    fn code(self) -> &'static crate::diag::Code {
        match self {
            Self::Data | Self::InputTable => &codes::UNKNOWN_ELEMENT,
            Self::Control => &codes::UNKNOWN_CONTROL,
            Self::Page | Self::Overlay => &codes::UNKNOWN_PLACE,
            Self::Action => &codes::UNKNOWN_ACTION,
            Self::Column => &codes::UNKNOWN_COLUMN,
            Self::Tab => &codes::UNKNOWN_TAB,
            Self::Level => &codes::UNKNOWN_LEVEL,
            Self::Metric => &codes::UNKNOWN_METRIC,
        }
    }
}

/// A finding for a name that is not there, with the nearest one as its fix and a short list of what there is.
pub(crate) fn unknown_name<'a>(
    kind: Kind,
    name: &Text,
    whose: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let of = if whose.is_empty() {
        String::new()
    } else {
        format!(" in `{whose}`")
    };
    let found = Diagnostic::new(
        kind.code(),
        name.span,
        format!("no {} named `{}`{of}", kind.word(), name.value),
    );
    let same = candidates
        .iter()
        .find(|c| folded(c) == folded(&name.value))
        .copied();
    let near = same.or_else(|| nearest(&name.value, candidates.iter().copied()));
    let listed = listing(&candidates);
    match near {
        Some(near) if same.is_some() => found.label(format!("the name is written `{near}`")).fix(
            format!("write `{near}`"),
            name.span,
            near,
        ),
        Some(near) => found
            .label(format!(
                "{} with a similar name exists: `{near}`",
                kind.one()
            ))
            .fix(format!("write `{near}`"), name.span, near),
        None if listed.is_empty() => found.label("not found"),
        None => found.label("not found").note(listed),
    }
}

fn listing(candidates: &[&str]) -> String {
    const SHOWN: usize = 12;
    let mut list = candidates
        .iter()
        .take(SHOWN)
        .map(|c| format!("`{c}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if candidates.len() > SHOWN {
        list.push_str(&format_args!(" and {} more", candidates.len() - SHOWN).to_string());
    }
    if list.is_empty() {
        list
    } else {
        format!("there are {list}")
    }
}

pub(super) fn define<'d>(model: &mut Model<'d>, document: &'d Document, sink: &mut Diagnostics) {
    for entry in document.parts().flat_map(|part| &part.queries) {
        let data = Data {
            name: &entry.name,
            pinned: entry.value.id.as_ref(),
            def: DataDef::Query(&entry.value),
        };
        define_data(model, data, sink);
    }
    for entry in document.parts().flat_map(|part| &part.input_tables) {
        let data = Data {
            name: &entry.name,
            pinned: entry.value.id.as_ref(),
            def: DataDef::InputTable(&entry.value),
        };
        define_data(model, data, sink);
    }
    for entry in document.parts().flat_map(|part| &part.controls) {
        if clear_of_clash(
            &model.controls,
            &mut model.folded,
            &entry.name,
            |c| c.name.span,
            "control",
            sink,
        ) {
            model.controls.insert(
                entry.name.value.clone(),
                ControlDef {
                    name: &entry.name,
                    def: &entry.value,
                },
            );
        }
    }
    for entry in document.parts().flat_map(|part| &part.actions) {
        if clear_of_clash(
            &model.actions,
            &mut model.folded,
            &entry.name,
            |a| a.name.span,
            "action",
            sink,
        ) {
            let id = slug(&entry.name.value);
            model.actions.insert(
                entry.name.value.clone(),
                ActionDef {
                    id,
                    name: &entry.name,
                    def: &entry.value,
                },
            );
        }
    }
    let pages = document
        .parts()
        .flat_map(|part| &part.pages)
        .map(|e| (&e.name, e.value.id.as_ref(), PlaceDef::Page(&e.value)));
    let modals = document
        .parts()
        .flat_map(|part| &part.modals)
        .map(|e| (&e.name, e.value.id.as_ref(), PlaceDef::Modal(&e.value)));
    let drawers = document
        .parts()
        .flat_map(|part| &part.drawers)
        .map(|e| (&e.name, e.value.id.as_ref(), PlaceDef::Drawer(&e.value)));
    for (name, pinned, def) in pages.chain(modals).chain(drawers) {
        if clear_of_clash(
            &model.places,
            &mut model.folded,
            name,
            |p| p.name.span,
            "page or overlay",
            sink,
        ) {
            let id = pinned.map_or_else(|| slug(&name.value), |id| id.value.clone());
            model
                .places
                .insert(name.value.clone(), Place { id, name, def });
        }
    }
}

/// Adds a data element unless its name is taken.
pub(super) fn define_data<'d>(model: &mut Model<'d>, data: Data<'d>, sink: &mut Diagnostics) {
    if clear_of_clash(
        &model.data,
        &mut model.folded,
        data.name,
        |d| d.name.span,
        "data element",
        sink,
    ) {
        model.data.insert(data.name.value.clone(), data);
    }
}

/// Folded names with their name space, and the place of each in it.
pub(crate) type Folded = FxHashMap<(&'static str, String), usize>;

/// Whether a name may be added to its name space, as the caller does then; says why not.
fn clear_of_clash<T>(
    space: &IndexMap<String, T>,
    folds: &mut Folded,
    name: &Text,
    place: impl Fn(&T) -> Span,
    word: &'static str,
    sink: &mut Diagnostics,
) -> bool {
    if let Some(first) = space.get(&name.value) {
        sink.push(
            Diagnostic::new(
                &codes::DUPLICATE_NAME,
                name.span,
                format!("a second {word} is named `{}`", name.value),
            )
            .label("the name is taken")
            .also(place(first), "first defined here")
            .help("give one of them another name"),
        );
        return false;
    }
    let key = (word, folded(&name.value));
    if let Some((other, first)) = folds.get(&key).and_then(|at| space.get_index(*at)) {
        sink.push(
            Diagnostic::new(
                &codes::NAME_DIFFERS_ONLY_BY_CASE,
                name.span,
                format!(
                    "`{}` and `{other}` differ only in case or in `_` for a space",
                    name.value
                ),
            )
            .label(format!("second {word}"))
            .also(place(first), "first defined here")
            .help("engines and file systems fold them: give one of them another name"),
        );
        return false;
    }
    folds.insert(key, space.len());
    true
}

/// Two things of one name space with one id.
pub(super) fn check_ids(model: &Model<'_>, sink: &mut Diagnostics) {
    check_space(model.data.values().map(|d| (data_id(d), d.name)), sink);
    check_space(
        model.controls.values().map(|c| (control_id(c), c.name)),
        sink,
    );
    check_space(model.places.values().map(|p| (p.id.clone(), p.name)), sink);
    check_space(model.actions.values().map(|a| (a.id.clone(), a.name)), sink);
}

fn check_space<'d>(ids: impl Iterator<Item = (String, &'d Text)>, sink: &mut Diagnostics) {
    let mut seen: IndexMap<String, &Text> = IndexMap::new();
    for (id, name) in ids {
        if let Some(first) = seen.get(&id) {
            sink.push(duplicate_id(&id, name.span, first.span));
        } else {
            seen.insert(id, name);
        }
    }
}

/// A finding for an id that is taken.
pub(crate) fn duplicate_id(id: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::DUPLICATE_ID,
        span,
        format!("two things have the id `{id}`"),
    )
    .label("its id is derived from its name")
    .also(first, "the first one")
    .help("add `id:` with another id to one of them")
}

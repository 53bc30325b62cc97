//! Effects to steps.

use std::sync::Arc;

use super::Emitter;
use crate::diag::Diagnostic;
use crate::diag::codes::{names as name_codes, plan as codes};
use crate::document::action::{Effect, EffectKind};
use crate::document::input::InputTable;
use crate::document::primitive::{Constant, Entries, Formula, Text};
use crate::plan::action::{Rows, Scalar, Step};
use crate::plan::relation::ControlPart;
use crate::resolve::{DataDef, NameKind, PlaceDef, control_id, data_id, unknown_name};
use crate::span::{Span, Spanned};
use crate::typing::Element;
use crate::typing::control::control_type;
use crate::typing::input::{input_type, stored_name};

type Clicked<'s> = Option<&'s Arc<Element>>;

impl<'d> Emitter<'_, '_, 'd> {
    pub(super) fn steps(&mut self, effects: &[Effect], clicked: Clicked<'_>) -> Vec<Step> {
        effects
            .iter()
            .flat_map(|effect| self.step(effect, clicked))
            .collect()
    }

    fn step(&mut self, effect: &Effect, clicked: Clicked<'_>) -> Vec<Step> {
        let step = match &effect.kind {
            EffectKind::Set(entries) => return self.set(entries, clicked),
            EffectKind::Clear(names) => {
                let ids: Vec<String> = names
                    .0
                    .iter()
                    .filter_map(|name| self.control_named(name))
                    .collect();
                return ids
                    .into_iter()
                    .map(|control| Step::Clear { control })
                    .collect();
            }
            EffectKind::Insert(insert) => {
                self.input_named(&insert.into)
                    .map(|(table, def)| Step::Insert {
                        table,
                        values: self.values(def, &insert.into.value, &insert.values, clicked),
                    })
            }
            EffectKind::Update(update) => self.input_named(&update.r#in).map(|(table, def)| {
                let name = &update.r#in.value;
                let rows = self.rows(
                    def,
                    name,
                    (
                        update.r#where.as_ref(),
                        update.row.as_ref(),
                        update.selected,
                    ),
                    effect.key,
                    clicked,
                );
                Step::Update {
                    table,
                    rows,
                    values: self.values(def, name, &update.values, clicked),
                }
            }),
            EffectKind::Delete(delete) => self.input_named(&delete.from).map(|(table, def)| {
                let name = &delete.from.value;
                let rows = self.rows(
                    def,
                    name,
                    (
                        delete.r#where.as_ref(),
                        delete.row.as_ref(),
                        delete.selected,
                    ),
                    effect.key,
                    clicked,
                );
                Step::Delete { table, rows }
            }),
            EffectKind::Open(name) => self
                .place_named(name, false)
                .map(|overlay| Step::Open { overlay }),
            EffectKind::Close(None) => Some(Step::Close { overlay: None }),
            EffectKind::Close(Some(name)) => self
                .place_named(name, false)
                .map(|id| Step::Close { overlay: Some(id) }),
            EffectKind::Navigate(name) => self
                .place_named(name, true)
                .map(|page| Step::Navigate { page }),
            EffectKind::SelectTab(path) => self.tab(path),
            EffectKind::Refresh(names) => Some(Step::Refresh {
                elements: names
                    .iter()
                    .filter_map(|name| self.data_named(name))
                    .collect(),
            }),
            EffectKind::OpenUrl(open) => Some(Step::OpenUrl {
                url: self.template(&open.url, clicked),
                new_tab: open.new_tab.is_none_or(|n| n.value),
            }),
            EffectKind::Notify(prose) => Some(Step::Notify {
                text: self.template(prose, clicked),
            }),
            EffectKind::Run(name) => self.action_named(name).map(|action| Step::Run { action }),
            EffectKind::If(branch) => Some(Step::If {
                condition: self.condition(&branch.when, clicked),
                then: self.steps(&branch.r#do, clicked),
                otherwise: self.steps(&branch.r#else, clicked),
            }),
            EffectKind::Later(..) => None,
        };
        step.into_iter().collect()
    }

    fn set(&mut self, entries: &Entries<Constant>, clicked: Clicked<'_>) -> Vec<Step> {
        let mut steps = Vec::new();
        for entry in entries {
            let Some(control) = self.control_named(&entry.name) else {
                continue;
            };
            let ty = self
                .checker
                .control(&entry.name.value)
                .map(|c| control_type(c.def, ControlPart::Value));
            let ty = ty.unwrap_or(crate::value::Type::Unknown);
            // A list takes one value as well as several.
            let ty = if ty == crate::value::Type::Variant {
                crate::value::Type::Unknown
            } else {
                ty
            };
            let value = self.constant(
                &entry.value,
                ty,
                &format!("`{}`", entry.name.value),
                clicked,
            );
            steps.push(Step::Set { control, value });
        }
        steps
    }

    fn control_named(&mut self, name: &Text) -> Option<String> {
        let model = self.model;
        if let Some(control) = self.checker.control(&name.value) {
            return Some(control_id(&control));
        }
        self.unknown(
            NameKind::Control,
            name,
            model.controls.keys().map(String::as_str),
        )
    }

    fn unknown<'n>(
        &mut self,
        kind: NameKind,
        name: &Text,
        names: impl Iterator<Item = &'n str>,
    ) -> Option<String> {
        if !self.model.failed.contains(&name.value) {
            let found = unknown_name(kind, name, "", names);
            self.checker.sink.push(found);
        }
        None
    }

    fn data_named(&mut self, name: &Text) -> Option<String> {
        let model = self.model;
        match model.data.get(&name.value) {
            Some(data) => {
                // An element that is renamed or moved is another one.
                self.checker.named(&name.value, name.span);
                Some(data_id(data))
            }
            None => self.unknown(NameKind::Data, name, model.data.keys().map(String::as_str)),
        }
    }

    /// An input table by name; another data element is a finding of its own.
    fn input_named(&mut self, name: &Text) -> Option<(String, &'d InputTable)> {
        let model = self.model;
        match model.data.get(&name.value) {
            Some(data) => {
                if let DataDef::InputTable(table) = data.def {
                    // Its definition is looked at without its check: both stay the same together.
                    self.checker.named(&name.value, name.span);
                    return Some((data_id(data), table));
                }
                let message = format!(
                    "`{}` is not an input table, so nothing can be written to it",
                    name.value
                );
                self.checker.sink.push(
                    Diagnostic::new(&name_codes::WRONG_KIND_OF_NAME, name.span, message)
                        .label("is only read")
                        .also(data.name.span, "defined here"),
                );
                None
            }
            None => {
                let tables = model
                    .data
                    .iter()
                    .filter(|(_, d)| matches!(d.def, DataDef::InputTable(_)));
                self.unknown(NameKind::InputTable, name, tables.map(|(n, _)| n.as_str()));
                None
            }
        }
    }

    /// A page, or an overlay; one where the other is wanted is a finding of its own.
    fn place_named(&mut self, name: &Text, page: bool) -> Option<String> {
        let model = self.model;
        let fits = |def: PlaceDef<'_>| matches!(def, PlaceDef::Page(_)) == page;
        match model.places.get(&name.value) {
            Some(place) if fits(place.def) => Some(place.id.clone()),
            Some(place) => {
                let (is, wants) = if page {
                    ("an overlay", "`open` it")
                } else {
                    ("a page", "`navigate` to it")
                };
                self.checker.sink.push(
                    Diagnostic::new(
                        &name_codes::WRONG_KIND_OF_NAME,
                        name.span,
                        format!("`{}` is {is}", name.value),
                    )
                    .also(place.name.span, "defined here")
                    .help(wants),
                );
                None
            }
            None => {
                let names = model
                    .places
                    .iter()
                    .filter(|(_, p)| fits(p.def))
                    .map(|(n, _)| n.as_str());
                let kind = if page {
                    NameKind::Page
                } else {
                    NameKind::Overlay
                };
                self.unknown(kind, name, names)
            }
        }
    }

    fn tab(&mut self, path: &Text) -> Option<Step> {
        let model = self.model;
        let (tabs_name, tab_name) = path.value.split_once('/').unwrap_or((&path.value, ""));
        let Some(tabs) = model.tabs.get(tabs_name) else {
            let name = Spanned::new(tabs_name.to_owned(), path.span);
            self.unknown(NameKind::Tab, &name, model.tabs.keys().map(String::as_str));
            return None;
        };
        if let Some((_, tab)) = tabs.tabs.iter().find(|(name, _)| name.value == tab_name) {
            return Some(Step::SelectTab {
                tabs: tabs.id.clone(),
                tab: tab.clone(),
            });
        }
        let full: Vec<String> = tabs
            .tabs
            .iter()
            .map(|(name, _)| format!("{tabs_name}/{}", name.value))
            .collect();
        self.unknown(NameKind::Tab, path, full.iter().map(String::as_str));
        None
    }

    /// Values by stored column, each of its column's type.
    fn values(
        &mut self,
        table: &'d InputTable,
        whose: &str,
        entries: &Entries<Constant>,
        clicked: Clicked<'_>,
    ) -> Vec<(String, Scalar)> {
        let mut list = Vec::new();
        for entry in entries {
            let Some(column) = table
                .columns
                .iter()
                .find(|c| c.name.value == entry.name.value)
            else {
                let names = table.columns.iter().map(|c| c.name.value.as_str());
                let found = unknown_name(NameKind::Column, &entry.name, whose, names);
                if !self.model.failed.contains(&entry.name.value) {
                    self.checker.sink.push(found);
                }
                continue;
            };
            let stored = stored_name(column);
            if column.value.formula.is_some() || stored.starts_with('_') {
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::READ_ONLY_COLUMN,
                        entry.name.span,
                        format!("`{}` of `{whose}` is filled by the store", entry.name.value),
                    )
                    .label("cannot be written")
                    .also(column.name.span, "defined here"),
                );
                continue;
            }
            let ty = column
                .value
                .r#type
                .map_or(crate::value::Type::Text, |t| input_type(t.value));
            let value = self.constant(
                &entry.value,
                ty,
                &format!("`{}`", entry.name.value),
                clicked,
            );
            list.push((stored, value));
        }
        list
    }

    /// Which rows an update or delete means; saying none is an error.
    fn rows(
        &mut self,
        table: &'d InputTable,
        name: &str,
        said: (
            Option<&Formula>,
            Option<&Entries<Constant>>,
            Option<Spanned<bool>>,
        ),
        span: Span,
        clicked: Clicked<'_>,
    ) -> Rows {
        match said {
            (Some(formula), ..) if formula.text.trim().eq_ignore_ascii_case("all") => Rows::All,
            (Some(formula), ..) => self.rows_where(name, formula, clicked),
            (None, Some(row), _) => Rows::Key(self.values(table, name, row, clicked)),
            (None, None, Some(selected)) if selected.value => {
                if clicked.is_none() {
                    self.checker.sink.push(
                        Diagnostic::new(
                            &codes::SELECTION_WITHOUT_ELEMENT,
                            selected.span,
                            "nothing can be selected here",
                        )
                        .label("selected where?")
                        .help("use it in `on_select` of a table, or say the rows with `where`"),
                    );
                }
                Rows::Selected
            }
            _ => {
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::MISSING_WHERE,
                        span,
                        format!("nothing says which rows of `{name}` are meant"),
                    )
                        .label("which rows?")
                        .help("add `where:` with a formula, `row:` with key values, or `selected: true`; every row is `where: all`"),
                );
                Rows::Key(Vec::new())
            }
        }
    }

    /// Rows of an input table for which a formula is True: a relation whose first column is the row id.
    fn rows_where(&mut self, name: &str, formula: &Formula, clicked: Clicked<'_>) -> Rows {
        let Some((index, element)) = self.checker.named(name, formula.span) else {
            return Rows::Key(Vec::new());
        };
        let predicate = self.row_formula(index, &element, formula, clicked);
        match &mut self.lower {
            Some(lower) => Rows::Where(lower.row_ids(index, &predicate)),
            None => Rows::Key(Vec::new()),
        }
    }
}

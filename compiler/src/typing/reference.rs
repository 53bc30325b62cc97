//! What a bracketed name means.

use super::scope::{Bare, Place, Typer};
use super::{SourceColumn, Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::{names as codes, plan as plan_codes};
use crate::document::primitive::Text;
use crate::formula::ast::Reference;
use crate::plan::relation::{ControlPart, Parameter};
use crate::resolve::ids::same_folded;
use crate::resolve::{ControlDef, NameKind, control_id, unknown_name};
use crate::span::{Span, Spanned};
use crate::typing::control::control_type;
use crate::typing::grain::{aggregates, has_window};
use crate::value::Type;

impl Typer<'_, '_, '_> {
    /// Types a reference.
    pub(crate) fn reference(
        &mut self,
        reference: &Reference,
        span: Span,
        place: Place<'_>,
    ) -> Typed {
        match reference.segments.as_slice() {
            [(name, _)] if place.item && name.eq_ignore_ascii_case("Item") => {
                self.operator("Item", span, Vec::new(), span)
            }
            [(name, at)] => self.bare(&Spanned::new(name.clone(), *at), span, place),
            [(prefix, prefix_at), (name, name_at)] => {
                let prefix = Spanned::new(prefix.clone(), *prefix_at);
                self.prefixed(&prefix, &Spanned::new(name.clone(), *name_at), span, place)
            }
            [.., last] => {
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::UNKNOWN_COLUMN,
                        span,
                        "a reference has at most two parts here",
                    )
                    .label("relationships of data models are not available yet")
                    .help(format!("write `[Element/{}]`", last.0)),
                );
                Typed::error(span)
            }
            [] => Typed::error(span),
        }
    }

    fn bare(&mut self, name: &Text, span: Span, place: Place<'_>) -> Typed {
        if place.bare == Bare::Own
            && let Some(index) = self.own.find(&name.value)
            && Some(index) != place.column
        {
            self.warn_shadowed(name);
            let ty = self.column(index, span);
            return Typed {
                kind: TypedKind::Own(index),
                ty,
                span,
            };
        }
        if place.bare != Bare::Controls {
            match self.source_matches(None, &name.value).as_slice() {
                [] => {}
                [index] => {
                    let index = *index;
                    self.warn_shadowed(name);
                    return self.source_column(index, span);
                }
                several => return self.ambiguous(name, several, span),
            }
        }
        let model = self.checker.model;
        if let Some(control) = self.checker.control(&name.value) {
            return control_value(&control, ControlPart::Value, span);
        }
        if self.source.open || model.failed.contains(&name.value) {
            return Typed::error(span);
        }
        // The column itself is in its way when it has the name that was written.
        let names = self.bare_names(place.bare).into_iter();
        let names = names.filter(|known| *known != name.value);
        let mut found = unknown_name(NameKind::Column, name, &self.name, names);
        if place
            .column
            .is_some_and(|i| *self.own.specs[i].name == *name.value)
        {
            found = found.note("inside a column, its own name means the column of the source");
        }
        self.checker.sink.push(found);
        Typed::error(span)
    }

    fn prefixed(&mut self, prefix: &Text, name: &Text, span: Span, place: Place<'_>) -> Typed {
        let model = self.checker.model;
        match prefix.value.as_str() {
            "Controls" => {
                if let Some(control) = self.checker.control(&name.value) {
                    return control_value(&control, ControlPart::Value, span);
                }
                if !model.failed.contains(&name.value) {
                    let found = unknown_name(
                        NameKind::Control,
                        name,
                        "",
                        model.controls.keys().map(String::as_str),
                    );
                    self.checker.sink.push(found);
                }
                return Typed::error(span);
            }
            "Metrics" => return self.metric(name, span, place),
            "Selection" => return self.selected(name, span),
            _ => {}
        }
        self.source_reference(prefix, name, span)
    }

    /// `[Prefix/Name]` as a column of the source.
    pub(crate) fn source_reference(&mut self, prefix: &Text, name: &Text, span: Span) -> Typed {
        match self
            .source_matches(Some(&prefix.value), &name.value)
            .as_slice()
        {
            [] => {}
            [index, ..] => return self.source_column(*index, span),
        }
        let model = self.checker.model;
        if self.source.open
            || model.failed.contains(&prefix.value)
            || model.failed.contains(&name.value)
        {
            return Typed::error(span);
        }
        let prefixes = prefixes(&self.source.columns);
        let found = if let Some(known) = prefixes.iter().find(|p| **p == prefix.value) {
            let names = self
                .source
                .columns
                .iter()
                .filter(|c| *c.prefix == **known && !c.hidden);
            unknown_name(NameKind::Column, name, known, names.map(|c| &*c.name))
        } else if model.data.contains_key(&prefix.value) {
            let source = prefixes.first().copied().unwrap_or_default();
            let found = Diagnostic::new(
                &codes::NOT_THE_SOURCE,
                prefix.span,
                format!("`{}` is not the source of `{}`", prefix.value, self.name),
            )
            .help(format!(
                "read it by key: `Lookup([{}/{}], local key, [{}/key])`",
                prefix.value, name.value, prefix.value
            ));
            if source.is_empty() {
                found
            } else {
                found.label(format!("its source is `{source}`"))
            }
        } else {
            unknown_name(NameKind::Data, prefix, "", prefixes)
        };
        self.checker.sink.push(found);
        Typed::error(span)
    }

    /// Indexes of the source columns a name could mean. A prefix that is the only one also answers to the bare name.
    fn source_matches(&self, prefix: Option<&str>, name: &str) -> Vec<usize> {
        let columns = self.source.columns.iter().enumerate();
        let in_prefix = columns.filter(|(_, c)| prefix.is_none_or(|p| prefix_matches(c, p)));
        let (exact, loose): (Vec<_>, Vec<_>) = in_prefix
            .filter(|(_, c)| column_matches(c, name))
            .partition(|(_, c)| *c.name == *name);
        let best = if exact.is_empty() { loose } else { exact };
        best.into_iter().map(|(index, _)| index).collect()
    }

    fn ambiguous(&mut self, name: &Text, several: &[usize], span: Span) -> Typed {
        let choices: Vec<String> = several
            .iter()
            .map(|i| &self.source.columns[*i])
            .map(|c| format!("`[{}/{}]`", c.prefix, c.name))
            .collect();
        let found = Diagnostic::new(
            &codes::AMBIGUOUS_COLUMN,
            span,
            format!("`[{}]` could be any of {}", name.value, choices.join(", ")),
        )
        .label("say which")
        .help("put the name of the source in front");
        self.checker.sink.push(found);
        Typed::error(span)
    }

    fn warn_shadowed(&mut self, name: &Text) {
        if let Some(control) = self.checker.control(&name.value) {
            let at = control.name.span;
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::SHADOWED_CONTROL,
                    name.span,
                    format!(
                        "`[{}]` is the column here, and a control has the same name",
                        name.value
                    ),
                )
                .label("the column wins")
                .also(at, "the control")
                .help(format!("write `[Controls/{}]` for the control", name.value)),
            );
        }
    }

    fn metric(&mut self, name: &Text, span: Span, place: Place<'_>) -> Typed {
        if place.metrics.contains(&name.value.as_str()) {
            let start = place.metrics.iter().position(|known| *known == name.value);
            let circle = place
                .metrics
                .get(start.unwrap_or_default()..)
                .unwrap_or_default();
            // A circle is told where the first of its metrics closes it: every one of them is checked.
            let first = self
                .metrics
                .iter()
                .find(|m| circle.contains(&m.name.as_str()));
            if first.is_none_or(|first| first.name == name.value) {
                let path = [circle, &[name.value.as_str()]].concat().join(" → ");
                let message = format!("metric `{}` depends on itself: {path}", name.value);
                self.checker.sink.push(
                    Diagnostic::new(&codes::CIRCULAR_REFERENCE, span, message)
                        .label("closes the circle"),
                );
            }
            return Typed::error(span);
        }
        let own = self.metrics.iter().find(|m| m.name == name.value).cloned();
        let bare = if own.is_some() {
            Bare::Own
        } else {
            Bare::Source
        };
        let Some(metric) = own.or_else(|| {
            self.source
                .metrics
                .iter()
                .find(|m| m.name == name.value)
                .cloned()
        }) else {
            if !self.source.open {
                let names = self
                    .metrics
                    .iter()
                    .chain(self.source.metrics.iter())
                    .map(|m| &*m.name);
                let found = unknown_name(NameKind::Metric, name, &self.name, names);
                self.checker.sink.push(found);
            }
            return Typed::error(span);
        };
        let Some(formula) = &metric.formula else {
            return Typed {
                ty: metric.ty.unwrap_or(Type::Unknown),
                ..Typed::error(span)
            };
        };
        let mut enclosing = place.metrics.to_vec();
        enclosing.push(&metric.name);
        let mut typed = self.expr(
            formula,
            Place {
                bare,
                column: None,
                metrics: &enclosing,
                // What is wrong with it inside of an aggregate is said where it is used.
                aggregate: None,
                ..place
            },
        );
        let windowed = has_window(&typed);
        if let Some(outer) = place.aggregate.filter(|_| windowed || aggregates(&typed)) {
            let (code, label) = if windowed {
                (&plan_codes::WINDOW_IN_AGGREGATE, "a window function")
            } else {
                (
                    &plan_codes::AGGREGATE_OF_AGGREGATE,
                    "an aggregate of an aggregate",
                )
            };
            self.checker.sink.push(
                Diagnostic::new(
                    code,
                    span,
                    format!("metric `{}` looks at several rows, so inside `{outer}` it has no level of its own", name.value),
                )
                .label(label)
                .help("compute the metric as a column of a grouping, then aggregate that column in an outer one"),
            );
            return Typed::error(span);
        }
        typed.span = span;
        typed
    }

    fn selected(&mut self, name: &Text, span: Span) -> Typed {
        let Some(element) = self.selection.clone() else {
            self.checker.sink.push(
                Diagnostic::new(&codes::NO_SELECTION, span, "there is no selection here")
                    .label("`[Selection/…]` is known in actions that a table or chart starts"),
            );
            return Typed::error(span);
        };
        if let Some(column) = element.columns.iter().find(|c| *c.name == *name.value) {
            let parameter = Parameter::Selection {
                column: column.id.to_string(),
            };
            return Typed {
                kind: TypedKind::Parameter(parameter),
                ty: column.expr.ty,
                span,
            };
        }
        if !element.broken {
            let names = element
                .columns
                .iter()
                .filter(|c| !c.hidden)
                .map(|c| &*c.name);
            let found = unknown_name(NameKind::Column, name, &element.name, names);
            self.checker.sink.push(found);
        }
        Typed::error(span)
    }
}

/// The value of a control, or one end of it.
pub(crate) fn control_value(control: &ControlDef<'_>, part: ControlPart, span: Span) -> Typed {
    let ty = control_type(control.def, part);
    let parameter = Parameter::Control {
        id: control_id(control),
        part,
    };
    Typed {
        kind: TypedKind::Parameter(parameter),
        ty,
        span,
    }
}

/// Distinct prefixes of source columns, in order.
pub(crate) fn prefixes(columns: &[SourceColumn]) -> Vec<&str> {
    let mut list: Vec<&str> = Vec::new();
    for column in columns {
        if !list.contains(&&*column.prefix) {
            list.push(&column.prefix);
        }
    }
    list
}

fn prefix_matches(column: &SourceColumn, written: &str) -> bool {
    *column.prefix == *written || (column.loose && same_folded(&column.prefix, written))
}

fn column_matches(column: &SourceColumn, written: &str) -> bool {
    *column.name == *written || (column.loose && same_folded(&column.name, written))
}

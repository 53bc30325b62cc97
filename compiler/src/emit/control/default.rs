//! The value a control starts with.

use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::control::{Control as Written, Default as WrittenDefault};
use crate::document::primitive::{Constant, Text};
use crate::emit::Emitter;
use crate::emit::scalar::json;
use crate::plan::control::{ControlKind, ControlValue, DateBound, DateWindow, Options};
use crate::span::{Span, Spanned};
use crate::typing::control::fit;
use crate::value::{Type, Value};

impl Emitter<'_, '_, '_> {
    pub(super) fn default(
        &mut self,
        def: &Written,
        kind: &ControlKind,
        options: Option<&Options>,
        ty: Type,
    ) -> ControlValue {
        let Some(default) = &def.default else {
            let clearable = def.clear.is_some_and(|c| c.value);
            return no_default(kind, options, clearable);
        };
        let value = match default {
            WrittenDefault::Window(window, text) => match kind {
                ControlKind::DateRange => return ControlValue::Window(window.window.clone()),
                ControlKind::Date { .. } => self.one_day(&window.window, text),
                _ => ControlValue::One(Value::text(text.value.as_str())),
            },
            WrittenDefault::Constant(Constant::Literal(literal)) => self.single(literal, kind, ty),
            WrittenDefault::Constant(Constant::List(list)) => {
                self.many(&list.value, list.span, kind, ty)
            }
            WrittenDefault::List(list, span) => self.many(list, *span, kind, ty),
            WrittenDefault::Range { min, max, span } => {
                self.range(min.as_ref(), max.as_ref(), *span, kind)
            }
            WrittenDefault::Constant(Constant::Formula(formula)) => {
                self.checker.sink.push(
                    Diagnostic::new(
                        &crate::diag::codes::structure::NOT_SUPPORTED_YET,
                        formula.span,
                        "a computed default is not supported yet",
                    )
                    .label("known, not supported yet"),
                );
                ControlValue::Empty
            }
        };
        self.among_options(&value, def, options);
        value
    }

    fn one_day(&mut self, window: &DateWindow, text: &Text) -> ControlValue {
        match window {
            DateWindow::On { date } => ControlValue::One(date.clone()),
            DateWindow::Between {
                start: DateBound::Day(day),
                ..
            } => ControlValue::One(Value::Date(*day)),
            _ => {
                self.setting(
                    text.span,
                    "a date control holds one day, this is a window of time",
                );
                ControlValue::Empty
            }
        }
    }

    fn single(&mut self, literal: &Spanned<Value>, kind: &ControlKind, ty: Type) -> ControlValue {
        if literal.value.is_null() {
            return ControlValue::Empty;
        }
        match kind {
            ControlKind::DateRange => {
                let shown = self.checker.sources.text(literal.span);
                let message = format!("`{shown}` is not a window of time");
                self.setting(literal.span, message);
                self.note_window();
                return ControlValue::Empty;
            }
            ControlKind::NumberRange | ControlKind::RangeSlider { .. } => {
                self.setting(literal.span, "the default of a range is `{ min, max }`");
                return ControlValue::Empty;
            }
            _ => {}
        }
        match fit(literal, ty) {
            Some(value) if matches!(kind, ControlKind::List { multiple: true, .. }) => {
                ControlValue::Many(vec![value])
            }
            Some(value) => ControlValue::One(value),
            None => {
                self.setting(
                    literal.span,
                    format!(
                        "the default is {}, this is {}",
                        ty.as_str(),
                        literal.value.ty().as_str()
                    ),
                );
                ControlValue::Empty
            }
        }
    }

    fn note_window(&mut self) {
        // The words a window may be written with belong to every such message.
        if let Some(last) = self.checker.sink.last_mut() {
            last.help.push(
                "write `last 90 days`, `this month`, `2026-01-01 to 2026-03-31` or the like"
                    .to_owned(),
            );
        }
    }

    fn many(
        &mut self,
        list: &[Spanned<Value>],
        span: Span,
        kind: &ControlKind,
        ty: Type,
    ) -> ControlValue {
        if !matches!(kind, ControlKind::List { multiple: true, .. }) {
            self.setting(span, "this control holds one value, the default is a list");
            return ControlValue::Empty;
        }
        let mut values = Vec::new();
        for value in list {
            match fit(value, ty) {
                Some(value) => values.push(value),
                None => self.setting(
                    value.span,
                    format!(
                        "the options are {}, this is {}",
                        ty.as_str(),
                        value.value.ty().as_str()
                    ),
                ),
            }
        }
        ControlValue::Many(values)
    }

    fn range(
        &mut self,
        min: Option<&Constant>,
        max: Option<&Constant>,
        span: Span,
        kind: &ControlKind,
    ) -> ControlValue {
        let ty = match kind {
            ControlKind::NumberRange | ControlKind::RangeSlider { .. } => Type::Number,
            ControlKind::DateRange => Type::Date,
            _ => {
                self.setting(span, "only ranges have a default with `min` and `max`");
                return ControlValue::Empty;
            }
        };
        let mut end = |bound: Option<&Constant>| match bound {
            None => Value::Null,
            Some(Constant::Literal(value)) => fit(value, ty).unwrap_or_else(|| {
                self.setting(
                    value.span,
                    format!(
                        "an end of this range is {}, this is {}",
                        ty.as_str(),
                        value.value.ty().as_str()
                    ),
                );
                Value::Null
            }),
            Some(other) => {
                self.setting(other.span(), "an end of a range is a constant");
                Value::Null
            }
        };
        ControlValue::Range(end(min), end(max))
    }

    fn among_options(&mut self, value: &ControlValue, def: &Written, options: Option<&Options>) {
        let Some(Options::Fixed(options)) = options else {
            return;
        };
        let values: &[Value] = match value {
            ControlValue::One(value) => std::slice::from_ref(value),
            ControlValue::Many(values) => values,
            _ => return,
        };
        let span = match &def.default {
            Some(WrittenDefault::Constant(constant)) => constant.span(),
            Some(WrittenDefault::List(_, span)) => *span,
            Some(WrittenDefault::Window(window, _)) => window.span,
            _ => return,
        };
        for value in values
            .iter()
            .filter(|v| !options.iter().any(|o| o.value == **v))
        {
            let shown = json(value);
            let shown = shown
                .as_str()
                .map_or_else(|| shown.to_string(), str::to_owned);
            let labels: Vec<&str> = options.iter().map(|o| o.label.as_str()).collect();
            let listed: Vec<String> = labels.iter().map(|label| format!("`{label}`")).collect();
            let found = Diagnostic::new(
                &codes::UNUSED_DEFAULT,
                span,
                format!("`{shown}` is not one of the options"),
            )
            .note(format!("the options are {}", listed.join(", ")));
            let near = crate::diag::nearest(&shown, labels.iter().copied());
            self.checker.sink.push(match near {
                Some(near) => found.fix(format!("write `{near}`"), span, near),
                None => found,
            });
        }
    }
}

/// The value of a control that says none.
/// A segmented control stands on its first segment unless it can be cleared.
fn no_default(kind: &ControlKind, options: Option<&Options>, clearable: bool) -> ControlValue {
    match (kind, options) {
        (ControlKind::Segmented { .. }, Some(Options::Fixed(options))) if !clearable => options
            .first()
            .map_or(ControlValue::Empty, |o| ControlValue::One(o.value.clone())),
        (ControlKind::Switch { .. } | ControlKind::Checkbox { .. }, _) => {
            ControlValue::One(Value::Logical(false))
        }
        _ => ControlValue::Empty,
    }
}

//! Controls: settings checked against their type, what they filter, what they offer.

mod default;
mod filter;
mod kind;
mod options;

use indexmap::IndexMap;

pub(super) use self::filter::{Controls, check_all};
pub(super) use self::options::fixed_options;
use super::Emitter;
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::control::Control as Written;
use crate::document::data::NullWord;
use crate::plan::control::{Control, ControlKind, NullRule};
use crate::resolve::{ControlDef, control_id};
use crate::span::Span;
use crate::value::Type;

impl<'d> Emitter<'_, '_, 'd> {
    pub(super) fn controls(&mut self, controls: Controls<'d>) -> IndexMap<String, Control> {
        let mut planned = IndexMap::new();
        for (control, ty) in controls.list {
            if let Some(control) = self.control(&control, ty) {
                planned.insert(control.id.clone(), control);
            }
        }
        planned
    }

    fn control(&mut self, control: &ControlDef<'d>, ty: Type) -> Option<Control> {
        let def = control.def;
        let id = control_id(control);
        let kind = self.kind(def, if ty == Type::Unknown { Type::Text } else { ty })?;
        let options = self.options(def, &id, ty);
        let default = self.default(def, &kind, options.as_ref(), ty);
        let needs_options = matches!(
            kind,
            ControlKind::List { .. } | ControlKind::Segmented { .. }
        );
        if needs_options && def.options.is_none() && def.options_from.is_none() {
            self.setting(
                def.r#type.span,
                format!(
                    "a {} control needs `options` or `options_from`",
                    def.r#type.value.as_str()
                ),
            );
            if let Some(last) = self.checker.sink.last_mut() {
                let help = "add `options: [A, B]`, or `options_from: Element/Column`";
                last.help.push(help.to_owned());
            }
        }
        Some(Control {
            name: control.name.value.clone(),
            label: def
                .label
                .as_ref()
                .map_or_else(|| control.name.value.clone(), |l| l.value.clone()),
            default,
            required: def.required.is_some_and(|r| r.value),
            clearable: def.clear.map_or(
                !matches!(
                    kind,
                    ControlKind::Segmented { .. } | ControlKind::Switch { .. }
                ),
                |c| c.value,
            ),
            nulls: nulls(def),
            options,
            on_change: self.trigger(def.on_change.as_ref(), &format!("{id}.on-change"), None),
            affects: Vec::new(),
            kind,
            id,
        })
    }

    fn setting(&mut self, span: Span, message: impl Into<String>) {
        self.checker
            .sink
            .push(Diagnostic::new(&codes::CONTROL_OPTION, span, message));
    }
}

fn nulls(def: &Written) -> NullRule {
    match def.nulls.map(|n| n.value) {
        Some(NullWord::Always) => NullRule::Always,
        Some(NullWord::Never) => NullRule::Never,
        Some(NullWord::WhenUnset) | None => NullRule::WhenUnset,
    }
}

//! Controls that steps change, and the programs that answer such changes.

use bookwright_compiler::bind::json;
use bookwright_compiler::plan::control::{Control, ControlValue};
use bookwright_compiler::value::Value;

use super::{DEPTH, Run, Stop};
use crate::engine::wire;
use crate::protocol::action::{ActionFailure, Effect};

impl<'a> Run<'a> {
    pub(super) async fn set(&mut self, id: &str, value: &Value) -> Result<(), Stop> {
        let control = self.control(id)?;
        let settings = &self.engine.plan().settings;
        let value =
            json::from_json(&control.kind, &wire::cell(value), settings).map_err(|error| {
                Stop(format!(
                    "`{}` cannot have this value: {error}",
                    control.name
                ))
            })?;
        self.store(control, "set", value).await;
        Ok(())
    }

    /// A control that cannot be empty goes back to its default.
    pub(super) async fn clear(&mut self, id: &str) -> Result<(), Stop> {
        let control = self.control(id)?;
        let value = if control.clearable {
            ControlValue::Empty
        } else {
            control.default.clone()
        };
        self.store(control, "cleared", value).await;
        Ok(())
    }

    fn control(&self, id: &str) -> Result<&'a Control, Stop> {
        let control = self.engine.plan().controls.get(id);
        control.ok_or_else(|| Stop(format!("there is no control `{id}`")))
    }

    async fn store(&mut self, control: &'a Control, verb: &str, value: ControlValue) {
        self.effects.push(Effect::Set {
            control: control.id.clone(),
            value: json::to_json(&value),
        });
        self.done.push(format!("{verb} `{}`", control.name));
        let before = self.bindings.controls.get(&control.id);
        let changed = *before.unwrap_or(&control.default) != value;
        self.bindings.controls.insert(control.id.clone(), value);
        if changed && !self.raised.contains(&control.id) {
            self.raised.push(control.id.clone());
            self.changed(control).await;
            self.raised.pop();
        }
    }

    /// Runs the program of a changed control. Nothing is selected in it.
    async fn changed(&mut self, control: &'a Control) {
        let plan = self.engine.plan();
        let program = control.on_change.as_ref();
        let Some(action) = program.and_then(|id| plan.actions.get(id)) else {
            return;
        };
        let failure = if self.depth == DEPTH {
            Some(ActionFailure {
                step: 1,
                message: format!("controls change each other more than {DEPTH} deep"),
                done: Vec::new(),
            })
        } else {
            let selection = std::mem::take(&mut self.selection);
            let selected = std::mem::take(&mut self.bindings.selection);
            self.depth += 1;
            let result = Box::pin(self.action(action)).await;
            self.depth -= 1;
            self.selection = selection;
            self.bindings.selection = selected;
            result.err()
        };
        if let Some(failure) = failure
            && self.of_change.is_none()
        {
            let message = format!(
                "after the change of `{}`: {}",
                control.name, failure.message
            );
            self.of_change = Some(ActionFailure { message, ..failure });
        }
    }
}

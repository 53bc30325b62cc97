//! Runs action programs.
//!
//! In: a request with control values and the clicked rows. Out: interface effects in order, and why a sequence stopped,
//! when one did. Conditions of all sequences are looked at first, as the platform does; a value is computed when its
//! step runs, and control effects change a copy of the controls that later steps see. A failing step stops its
//! sequence and leaves what was done; `atomic` keeps data effects back and writes them as one transaction at the end,
//! so later steps of that sequence do not see them. A control that a step changes runs its `on_change` before the next
//! step, once in a chain; its failure is told and does not stop the sequence.

mod control;
mod data;
mod selection;
#[cfg(test)]
mod tests;
mod text;

use std::pin::Pin;

use bookwright_compiler::bind::{Bindings, bind};
use bookwright_compiler::formula::eval::{Context, eval};
use bookwright_compiler::plan::action::{Action, Scalar, Sequence, Step, Template, TemplatePart};
use bookwright_compiler::value::Value;
use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::engine::{Engine, EngineError};
use crate::protocol::action::{ActionFailure, ActionReply, ActionRequest, Effect};
use crate::protocol::edit::EditRequest;
use crate::store::Author;

/// How deep actions may call each other.
const DEPTH: u32 = 16;

/// Runs an action. `bindings` come from [`Engine::bindings`] with the request's controls.
///
/// # Errors
/// A sentence, when the plan has no such action. A step that fails is told in the reply.
pub async fn run(
    engine: &Engine,
    request: &ActionRequest,
    bindings: Bindings,
    author: &Author,
) -> Result<ActionReply, String> {
    let plan = engine.plan();
    let action = plan.actions.get(&request.action);
    let action = action.ok_or_else(|| format!("there is no action `{}`", request.action))?;
    let context = Context::new(plan.settings.clone(), bindings.now);
    let mut run = Run {
        engine,
        author,
        bindings,
        context,
        selection: &request.selection,
        effects: Vec::new(),
        done: Vec::new(),
        pending: None,
        depth: 0,
        raised: request.host.iter().cloned().collect(),
        of_change: None,
    };
    run.bindings.selection = selection::typed(plan, action, &request.selection);
    let failure = run.action(action).await.err();
    Ok(ActionReply {
        failure: failure.or(run.of_change),
        effects: run.effects,
    })
}

/// Why a step did not work, as a sentence.
struct Stop(String);

impl From<EngineError> for Stop {
    fn from(error: EngineError) -> Self {
        // The page is no place for the engine's own words about statements nobody wrote.
        Self(match error {
            EngineError::Unknown { .. } | EngineError::NoGrain(_) => error.to_string(),
            EngineError::Sql(_) | EngineError::Adapter(_) => {
                "a value of the step could not be computed".to_owned()
            }
        })
    }
}

/// One run.
struct Run<'a> {
    engine: &'a Engine,
    author: &'a Author,
    bindings: Bindings,
    context: Context,
    selection: &'a [IndexMap<String, Json>],
    effects: Vec<Effect>,
    /// What happened so far, in words.
    done: Vec<String>,
    /// Edits held back, within an atomic sequence.
    pending: Option<Vec<(EditRequest, String)>>,
    depth: u32,
    /// The host of the run, and controls whose change is being answered: their own programs do not run again.
    raised: Vec<String>,
    /// The first failure of a program that a changed control ran.
    of_change: Option<ActionFailure>,
}

type Steps<'r> = Pin<Box<dyn Future<Output = Result<(), Failed>> + Send + 'r>>;

/// A failing step: its number, from 1, and why.
struct Failed {
    step: u32,
    message: String,
}

impl Run<'_> {
    /// Runs all sequences whose condition holds; the first failure is given back after the others ran.
    async fn action(&mut self, action: &Action) -> Result<(), ActionFailure> {
        let mut failure = None;
        let mut holds = Vec::with_capacity(action.sequences.len());
        for sequence in &action.sequences {
            let condition = match &sequence.condition {
                Some(condition) => self.is_true(condition).await,
                None => Ok(true),
            };
            holds.push(condition);
        }
        for (sequence, holds) in action.sequences.iter().zip(holds) {
            let done = self.done.len();
            let result = match holds {
                Ok(holds) => self.sequence(sequence, holds).await,
                Err(Stop(message)) => Err(Failed {
                    step: 1,
                    message: format!("the condition failed: {message}"),
                }),
            };
            if let Err(Failed { step, message }) = result
                && failure.is_none()
            {
                failure = Some(ActionFailure {
                    step,
                    message,
                    done: self.done.split_off(done),
                });
            }
        }
        failure.map_or(Ok(()), Err)
    }

    async fn sequence(&mut self, sequence: &Sequence, holds: bool) -> Result<(), Failed> {
        let steps = if holds {
            &sequence.steps
        } else {
            &sequence.otherwise
        };
        let begins = sequence.atomic && self.pending.is_none();
        if begins {
            self.pending = Some(Vec::new());
        }
        let mut result = self.steps(steps).await;
        if begins {
            let pending = self.pending.take().unwrap_or_default();
            if result.is_ok() {
                let last = u32::try_from(steps.len()).unwrap_or(u32::MAX);
                result = self.commit(pending).await.map_err(|Stop(message)| Failed {
                    step: last,
                    message,
                });
            }
        }
        result?;
        if let Some(notify) = sequence.notify.as_ref().filter(|_| holds) {
            let step = u32::try_from(steps.len()).unwrap_or(u32::MAX);
            let text = self
                .text(notify)
                .await
                .map_err(|Stop(message)| Failed { step, message })?;
            self.effects.push(Effect::Notify { text });
        }
        Ok(())
    }

    /// Runs steps in order; a failure carries the number of the outermost step.
    fn steps<'r>(&'r mut self, steps: &'r [Step]) -> Steps<'r> {
        Box::pin(async move {
            for (step, number) in steps.iter().zip(1..) {
                self.step(step).await.map_err(|Stop(message)| Failed {
                    step: number,
                    message,
                })?;
            }
            Ok(())
        })
    }

    async fn step(&mut self, step: &Step) -> Result<(), Stop> {
        match step {
            Step::Insert { table, values } => self.insert(table, values).await,
            Step::Update {
                table,
                rows,
                values,
            } => self.update(table, rows, values).await,
            Step::Delete { table, rows } => self.delete(table, rows).await,
            Step::Set { control, value } => {
                let value = self.value(value).await?;
                self.set(control, &value).await
            }
            Step::Clear { control } => self.clear(control).await,
            Step::OpenUrl { url, new_tab } => {
                let text = self.text(url).await?;
                let url = text::address(&text)
                    .ok_or_else(|| Stop(format!("`{text}` is no http, https or mailto address")))?;
                self.effect(Effect::OpenUrl {
                    url,
                    new_tab: *new_tab,
                })
            }
            Step::Notify { text } => {
                let text = self.text(text).await?;
                self.effect(Effect::Notify { text })
            }
            Step::Run { action } => self.call(action).await,
            Step::If {
                condition,
                then,
                otherwise,
            } => {
                let steps = if self.is_true(condition).await? {
                    then
                } else {
                    otherwise
                };
                self.steps(steps)
                    .await
                    .map_err(|failed| Stop(failed.message))
            }
            Step::Open { overlay } => self.effect(Effect::Open {
                overlay: overlay.clone(),
            }),
            Step::Close { overlay } => self.effect(Effect::Close {
                overlay: overlay.clone(),
            }),
            Step::Navigate { page } => self.effect(Effect::Navigate { page: page.clone() }),
            Step::SelectTab { tabs, tab } => self.effect(Effect::SelectTab {
                tabs: tabs.clone(),
                tab: tab.clone(),
            }),
            Step::Refresh { elements } => self.effect(Effect::Refresh {
                elements: elements.clone(),
            }),
        }
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "an arm of `step`, all of which can fail"
    )]
    fn effect(&mut self, effect: Effect) -> Result<(), Stop> {
        self.effects.push(effect);
        Ok(())
    }

    async fn call(&mut self, id: &str) -> Result<(), Stop> {
        let plan = self.engine.plan();
        let action = plan
            .actions
            .get(id)
            .ok_or_else(|| Stop(format!("there is no action `{id}`")))?;
        if self.depth == DEPTH {
            return Err(Stop(format!(
                "actions call each other more than {DEPTH} deep"
            )));
        }
        self.depth += 1;
        let result = Box::pin(self.action(action)).await;
        self.depth -= 1;
        result.map_err(|failure| {
            self.done.extend(failure.done);
            Stop(format!(
                "`{}`, step {}: {}",
                action.name, failure.step, failure.message
            ))
        })
    }

    async fn is_true(&self, condition: &Scalar) -> Result<bool, Stop> {
        Ok(matches!(self.value(condition).await?, Value::Logical(true)))
    }

    async fn value(&self, scalar: &Scalar) -> Result<Value, Stop> {
        match scalar {
            Scalar::Expression(expr) => {
                let bound = bind(expr, &self.engine.plan().controls, &self.bindings);
                Ok(eval(&bound, &[], &self.context))
            }
            Scalar::Query(node) => Ok(self.engine.scalar(*node, &self.bindings).await?),
        }
    }

    async fn text(&self, template: &Template) -> Result<String, Stop> {
        let mut text = String::new();
        for part in &template.parts {
            match part {
                TemplatePart::Text(words) => text.push_str(words),
                TemplatePart::Value(scalar) => {
                    text.push_str(&text::shown(&self.value(scalar).await?));
                }
            }
        }
        Ok(text)
    }
}

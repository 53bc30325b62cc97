//! Totals: an aggregate taken at a coarser level.

use super::call::Call;
use super::scope::Typer;
use super::{Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::types as codes;
use crate::formula::functions::{self, Function};
use crate::value::Value;

impl Typer<'_, '_, '_> {
    /// `GrandTotal`, `Subtotal`, `PercentOfTotal`.
    pub(super) fn total(&mut self, call: Call<'_>) -> Typed {
        let (args, ty) = self.checked(call);
        let mut list = args.into_iter();
        let Some(aggregate) = list.next() else {
            return call.error();
        };
        let rest: Vec<Typed> = list.collect();
        let Some(outwards) = self.total_mode(call.function, &rest) else {
            return call.error();
        };
        let result = aggregate.ty;
        let total = |aggregate: Typed| {
            let aggregate = Box::new(aggregate);
            call.typed(
                TypedKind::Total {
                    aggregate,
                    outwards,
                },
                result,
            )
        };
        if call.function.name != "PercentOfTotal" {
            return total(aggregate);
        }
        let Some(function) = functions::function("/") else {
            return call.error();
        };
        let args = vec![aggregate.clone(), total(aggregate)];
        call.typed(TypedKind::Call { function, args }, ty)
    }

    /// How many levels outwards a total reaches; `Some(None)` is the whole element. `None` after a finding.
    fn total_mode(&mut self, function: &Function, rest: &[Typed]) -> Option<Option<usize>> {
        let default = if self.chart || function.name == "GrandTotal" {
            "grand_total"
        } else {
            "parent_grouping"
        };
        let mode = match rest.first().map(|m| &m.kind) {
            Some(TypedKind::Literal(Value::Text(mode))) => mode.to_lowercase(),
            Some(_) => return None,
            None => default.to_owned(),
        };
        match mode.as_str() {
            "grand_total" => Some(None),
            "parent_grouping" => Some(Some(match rest.get(1).map(|n| &n.kind) {
                Some(TypedKind::Literal(Value::Integer(n))) => usize::try_from(*n).unwrap_or(1),
                _ => 1,
            })),
            other => {
                let span = rest[0].span;
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::FUNCTION_NOT_AVAILABLE,
                        span,
                        format!("mode `{other}` of `{}` is not available yet", function.name),
                    )
                    .help("`\"grand_total\"` and `\"parent_grouping\"` are"),
                );
                None
            }
        }
    }
}

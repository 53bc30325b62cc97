//! `bookwright eval FORMULA`
//!
//! The formula is compiled as part of a workbook made for it, so that it means here what it means everywhere, and its
//! relation is run by the reference evaluator. As a summary it gives one value (aggregates, constants); what is no
//! summary is a column and gives one value per row.

mod bound;
mod rows;
mod sheet;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use bookwright_compiler::bind::Bindings;
use bookwright_compiler::compile::{Compilation, compile};
use bookwright_compiler::diag::render::human;
use bookwright_compiler::formula::{eval, reference};
use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::element::View;
use bookwright_compiler::plan::relation::Operator;
use bookwright_compiler::value::{Type, Value};
use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use super::rows::json_cell;
use super::{Outcome, terminal};
use crate::session::clock;
use rows::Rows;
use sheet::{Place, Sheet};

/// Evaluate a formula in the reference evaluator
#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// The formula
    #[arg(allow_hyphen_values = true)]
    formula: String,
    /// Rows that references such as `[MRR]` read: an array of objects, or `{"columns": {"At": "date"}, "rows": […]}`
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
    /// Form of the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
enum Format {
    /// `{"type":"number","value":3}`
    #[default]
    Json,
    /// The value alone, a line per row
    Text,
}

impl Eval {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let rows = match &self.rows {
            Some(file) => {
                #[expect(
                    clippy::disallowed_methods,
                    reason = "the command reads the file it is given"
                )]
                let text = std::fs::read_to_string(file);
                let text = text.with_context(|| format!("cannot read `{}`", file.display()))?;
                Rows::read(&text).with_context(|| format!("`{}`", file.display()))?
            }
            None => Rows::none(),
        };
        match evaluate(&self.formula, &rows) {
            Ok((ty, value)) => {
                terminal::result_line(&self.printed(ty, &value))?;
                Ok(Outcome::Done)
            }
            Err((compilation, sheet)) => {
                let (diagnostics, sources) = sheet.relocate(&compilation);
                let colors = terminal::colors(std::io::stderr().is_terminal());
                terminal::notice(human::render(&diagnostics, &sources, colors).trim_end());
                Ok(Outcome::Found)
            }
        }
    }

    fn printed(&self, ty: Type, value: &Json) -> String {
        match (self.format, value) {
            (Format::Json, _) => json!({ "type": ty.as_str(), "value": value }).to_string(),
            (Format::Text, Json::Array(values)) if ty != Type::Variant => {
                values.iter().map(plain).collect::<Vec<_>>().join("\n")
            }
            (Format::Text, value) => plain(value),
        }
    }
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Type and value of a formula over rows.
fn evaluate(formula: &str, rows: &Rows) -> Result<(Type, Json), (Box<Compilation>, Sheet)> {
    let summary = Sheet::new(formula, Place::Summary);
    if let Ok(plan) = compiled(&summary, rows)
        && let Some(view) = plan.data.get("rows").and_then(|data| data.totals.as_ref())
        && let Some((ty, mut values)) = values(&plan, view, rows)
    {
        return Ok((ty, values.pop().unwrap_or(Json::Null)));
    }
    let column = Sheet::new(formula, Place::Column);
    match compiled(&column, rows) {
        Ok(plan) => {
            let view = plan.data.get("rows").map(|data| &data.rows);
            let (ty, values) = view
                .and_then(|view| values(&plan, view, rows))
                .unwrap_or((Type::Unknown, Vec::new()));
            Ok((ty, Json::Array(values)))
        }
        // As a column, an aggregate is a remark of its own beside the mistake in it.
        Err(compilation) => match compiled(&summary, rows) {
            Err(other) if other.diagnostics.len() < compilation.diagnostics.len() => {
                Err((other, summary))
            }
            _ => Err((compilation, column)),
        },
    }
}

fn compiled(sheet: &Sheet, rows: &Rows) -> Result<Arc<Plan>, Box<Compilation>> {
    let mut compilation = compile(&sheet.host(rows), &sheet::project(), sheet::FILE);
    compilation.plan.take().ok_or_else(|| Box::new(compilation))
}

/// Type and cells of the formula's column in a view.
fn values(plan: &Plan, view: &View, rows: &Rows) -> Option<(Type, Vec<Json>)> {
    let data = plan.data.get("rows")?;
    let index = data
        .columns
        .iter()
        .position(|column| *column.name == *sheet::RESULT)?;
    let at = view.columns.iter().position(|column| *column == index)?;
    let now = clock::now(&plan.settings.time_zone);
    let bindings = Bindings {
        now,
        settings: plan.settings.clone(),
        ..Bindings::default()
    };
    let nodes = bound::nodes(plan, &bindings);
    let context = eval::Context::new(plan.settings.clone(), now);
    let scan = |operator: &Operator| match operator {
        Operator::Scan { columns, .. } => Some(rows.scan(columns)),
        _ => None,
    };
    let found = reference::run(&nodes, view.node, &scan, &context);
    let cells = found
        .iter()
        .map(|row| row.get(at).unwrap_or(&Value::Null))
        .map(json_cell)
        .collect();
    Some((data.columns.get(index)?.ty, cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(
        clippy::needless_pass_by_value,
        reason = "cases read better without references"
    )]
    fn check(formula: &str, rows: &str, expected: Json) {
        let rows = if rows.is_empty() {
            Rows::none()
        } else {
            Rows::read(rows).unwrap()
        };
        match evaluate(formula, &rows) {
            Ok((ty, value)) => assert_eq!(
                json!({ "type": ty.as_str(), "value": value }),
                expected,
                "{formula}"
            ),
            Err((compilation, _)) => panic!("{formula}: {:?}", compilation.diagnostics),
        }
    }

    #[test]
    fn constants_give_one_value() {
        check("1 + 2", "", json!({ "type": "number", "value": 3 }));
        check("-1", "", json!({ "type": "number", "value": -1 }));
        check(
            "\"a\" & \"é\"",
            "",
            json!({ "type": "text", "value": "aé" }),
        );
        check("1 = 2", "", json!({ "type": "logical", "value": false }));
        check(
            "Date(\"2026-05-13\")",
            "",
            json!({ "type": "date", "value": "2026-05-13" }),
        );
        check("Null", "", json!({ "type": "null", "value": null }));
    }

    #[test]
    fn aggregates_give_one_value_and_row_formulas_one_per_row() {
        let rows = "[{\"MRR\": 10, \"Plan\": \"Pro\"}, {\"MRR\": 2.5}, {\"Plan\": \"Free\", \"MRR\": null}]";
        check(
            "Sum([MRR])",
            rows,
            json!({ "type": "number", "value": 12.5 }),
        );
        check(
            "[MRR] * 2",
            rows,
            json!({ "type": "number", "value": [20, 5.0, null] }),
        );
        check(
            "CountIf(IsNull([Plan]))",
            rows,
            json!({ "type": "number", "value": 1 }),
        );
        check(
            "Upper([Plan])",
            rows,
            json!({ "type": "text", "value": ["PRO", null, "FREE"] }),
        );
        check(
            "Sum([MRR])",
            "{\"columns\": {\"MRR\": \"number\"}, \"rows\": []}",
            json!({ "type": "number", "value": null }),
        );
    }

    #[test]
    fn declared_columns_have_their_type() {
        let rows =
            "{\"columns\": {\"At\": \"date\"}, \"rows\": [{\"At\": \"2026-05-13T10:00:00\"}, {}]}";
        check(
            "Year([At])",
            rows,
            json!({ "type": "number", "value": [2026, null] }),
        );
        check(
            "Max([At])",
            rows,
            json!({ "type": "date", "value": "2026-05-13T10:00:00" }),
        );
    }

    #[test]
    fn a_mistake_is_shown_in_the_formula_itself() {
        let Err((compilation, sheet)) = evaluate("1 + [Nope]", &Rows::none()) else {
            panic!("this is no formula");
        };
        let (diagnostics, sources) = sheet.relocate(&compilation);
        let finding = diagnostics.iter().next().unwrap();
        assert_eq!(
            sources.file(finding.primary.span.file).text.as_ref(),
            "1 + [Nope]"
        );
        assert_eq!(
            sources.text(finding.primary.span).trim_matches(['[', ']']),
            "Nope"
        );
    }
}

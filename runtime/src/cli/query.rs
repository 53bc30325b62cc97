//! `bookwright query PATH ELEMENT`

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use bookwright_compiler::bind::{json, url};
use bookwright_compiler::plan::Plan;
use clap::Args;
use indexmap::IndexMap;

use super::rows::{RowFormat, render};
use super::serve::open;
use super::{Outcome, parts, place, terminal};
use crate::session::backend::Grain;
use crate::session::revision::Revision;
use crate::session::workspace::Workspace;

/// Print the rows of one element, exactly what the page shows
#[derive(Debug, Args)]
pub(crate) struct Query {
    /// Workbook file, project or folder
    path: PathBuf,
    /// A data name (query, input table, table, chart, KPI …) or an id
    element: String,
    /// Give a control a value, as in addresses: `Plan=Pro,Team`, `MRR=min:1,max:9`, `Day=prior-month-3`, `Plan=:null`
    #[arg(long, value_name = "CONTROL=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
    /// The target
    #[arg(long)]
    target: Option<String>,
    /// Form of the rows
    #[arg(long, value_enum, default_value_t)]
    format: RowFormat,
    /// Rows of one level of a grouped element, or `base`
    #[arg(long, value_name = "NAME", conflicts_with = "totals")]
    level: Option<String>,
    /// One row over everything
    #[arg(long)]
    totals: bool,
    /// Print the statement instead of running it
    #[arg(long)]
    explain: bool,
}

impl Query {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let location = place::find(Some(self.path.clone()))?;
        parts::block_on(async move {
            let Some((workspace, _)) = open(location, self.target.clone()).await? else {
                return Ok(Outcome::Found);
            };
            let good: Vec<Arc<Revision>> = workspace
                .slots()
                .iter()
                .filter_map(|slot| slot.current().revision.clone())
                .collect();
            // What is wrong with the others has been told; the element may be one of theirs.
            let others = good.len() < workspace.slots().len();
            if others && !good.iter().any(|one| has(&one.plan, &self.element)) {
                return Ok(Outcome::Found);
            }
            let revision = self.workbook(good)?;
            let text = self.answer(&workspace, &revision).await?;
            terminal::result(&text)?;
            Ok(Outcome::Done)
        })
    }

    /// The only workbook, or the only one that has the element.
    fn workbook(&self, mut good: Vec<Arc<Revision>>) -> anyhow::Result<Arc<Revision>> {
        if good.len() > 1 {
            let all: Vec<String> = good
                .iter()
                .map(|revision| format!("`{}`", revision.plan.name))
                .collect();
            good.retain(|revision| has(&revision.plan, &self.element));
            if good.is_empty() {
                bail!(
                    "none of the workbooks {} has an element `{}`",
                    all.join(", "),
                    self.element
                );
            }
        }
        place::only(good, "workbook", |revision| revision.plan.name.clone())
    }

    async fn answer(&self, workspace: &Workspace, revision: &Revision) -> anyhow::Result<String> {
        let plan = &revision.plan;
        let id = element_id(plan, &self.element)?;
        let ask = workspace.ask(plan, &control_values(plan, &self.set)?)?;
        let grain = match (&self.level, self.totals) {
            (Some(name), _) => Grain::Level(name.clone()),
            (None, true) => Grain::Totals,
            (None, false) => Grain::Shown,
        };
        let backend = workspace.backend();
        if self.explain {
            return backend.explain(ask, id, grain).await.map_err(detailed);
        }
        let rows = backend.listing(ask, id, grain).await.map_err(detailed)?;
        if !rows.waiting_for.is_empty() {
            terminal::notice(&format!(
                "no rows: these controls must be filled: {}",
                rows.waiting_for.join(", ")
            ));
        }
        render(&rows, self.format)
    }
}

/// The command line is the author's: details are shown.
fn detailed(failure: crate::session::backend::Failure) -> anyhow::Error {
    match failure.detail {
        // The engine's words may say the same with a place.
        Some(detail) if detail.contains(&failure.message) => anyhow::Error::msg(detail),
        Some(detail) => anyhow::anyhow!("{}: {detail}", failure.message),
        None => anyhow::Error::msg(failure.message),
    }
}

fn has(plan: &Plan, element: &str) -> bool {
    element_id(plan, element).is_ok()
}

fn element_id(plan: &Plan, element: &str) -> anyhow::Result<String> {
    let by_name = || {
        plan.data
            .values()
            .find(|data| !data.name.is_empty() && data.name == element)
    };
    if let Some(data) = plan.data.get(element).or_else(by_name) {
        return Ok(data.id.clone());
    }
    let names: Vec<&str> = plan
        .data
        .values()
        .map(|data| data.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    match bookwright_compiler::diag::nearest(element, names.iter().copied()) {
        Some(near) => bail!("there is no element `{element}`; there is `{near}`"),
        None => bail!(
            "there is no element `{element}`; there are {}",
            names.join(", ")
        ),
    }
}

/// Control values by id from `NAME=VALUE`, where NAME is a name or an id.
fn control_values(
    plan: &Plan,
    set: &[String],
) -> anyhow::Result<IndexMap<String, serde_json::Value>> {
    set.iter()
        .map(|text| {
            let (name, value) = text
                .split_once('=')
                .with_context(|| format!("`--set {text}`: expected CONTROL=VALUE"))?;
            let name = name.trim();
            let control = plan
                .controls
                .values()
                .find(|control| control.name == name)
                .or_else(|| plan.controls.get(name))
                .with_context(|| {
                    let names: Vec<&str> = plan
                        .controls
                        .values()
                        .map(|control| control.name.as_str())
                        .collect();
                    format!(
                        "there is no control `{name}`; there are {}",
                        names.join(", ")
                    )
                })?;
            let value = url::parse(&control.kind, value, &plan.settings)
                .with_context(|| format!("the control `{}` cannot be `{value}`", control.name))?;
            Ok((control.id.clone(), json::to_json(&value)))
        })
        .collect()
}

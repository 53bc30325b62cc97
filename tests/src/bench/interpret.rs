//! A plan run in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use bookwright::engine::Grain;
use bookwright::store::scanned;
use bookwright_compiler::bind::{Bindings, Bound};
use bookwright_compiler::formula::eval::{Context, eval};
use bookwright_compiler::formula::reference;
use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::element::{DataElement, DataKind, View};
use bookwright_compiler::plan::relation::{Expr, Node, NodeId, NodeTable, Operator, SqlPart};
use bookwright_compiler::value::{Type, Value};

use super::{Ask, Rows, Workbook};
use crate::invariants::bound::bind;

/// Rows of an element by the reference interpreter.
pub(super) async fn rows(
    workbook: &Workbook<'_>,
    ask: &Ask,
    bindings: &Bindings,
) -> anyhow::Result<Rows> {
    let (data, view) = asked(workbook.plan(), ask)?;
    let read = read(workbook, view, bindings).await?;
    let all = read.run();
    let mut shown: Vec<(usize, usize)> = view.columns.iter().copied().zip(0..).collect();
    shown.retain(|(column, _)| !data.columns[*column].hidden);
    if data.kind != DataKind::Kpi {
        shown.sort_unstable();
    }
    Ok(Rows {
        columns: shown
            .iter()
            .map(|(column, _)| data.columns[*column].name.to_string())
            .collect(),
        rows: all
            .iter()
            .map(|row| shown.iter().map(|(_, at)| row[*at].clone()).collect())
            .collect(),
    })
}

/// A view with its parameters bound, and the rows of every source beneath it.
pub(super) struct Read {
    pub(super) root: NodeId,
    pub(super) nodes: NodeTable,
    /// Rows by the operator that reads them.
    pub(super) sources: Vec<(Operator, Vec<reference::Row>)>,
    context: Context,
}

impl Read {
    /// Its rows.
    pub(super) fn run(&self) -> Vec<reference::Row> {
        let find = |operator: &Operator| {
            let found = self.sources.iter().find(|(known, _)| known == operator);
            found.map(|(_, rows)| rows.clone())
        };
        reference::run(&self.nodes, self.root, &find, &self.context)
    }
}

pub(super) async fn read(
    workbook: &Workbook<'_>,
    view: &View,
    bindings: &Bindings,
) -> anyhow::Result<Read> {
    let plan = workbook.plan();
    let bound = Bound {
        controls: &plan.controls,
        bindings,
    };
    let nodes: NodeTable = beneath(&plan.nodes, view.node)
        .into_iter()
        .map(|(id, node)| (id, Arc::new(bind(node, bound))))
        .collect();
    let context = Context::new(bindings.settings.clone(), bindings.now);
    let mut sources = Vec::new();
    for node in nodes.values() {
        if let Some((text, params)) = statement(workbook, &node.operator, &context) {
            let types: Vec<Type> = node.columns.iter().map(|c| c.ty).collect();
            let rows = workbook.bench.query(text, params, types).await?;
            sources.push((node.operator.clone(), rows));
        }
    }
    Ok(Read {
        root: view.node,
        nodes,
        sources,
        context,
    })
}

/// The element that is asked for, and which of its views.
pub(super) fn asked<'p>(plan: &'p Plan, ask: &Ask) -> anyhow::Result<(&'p DataElement, &'p View)> {
    let data = plan
        .data
        .get(&ask.element)
        .or_else(|| plan.data.values().find(|d| d.name == ask.element))
        .with_context(|| format!("there is no element `{}`", ask.element))?;
    let view = view(data, &ask.grain).context("there is no such level")?;
    Ok((data, view))
}

fn view<'d>(data: &'d DataElement, grain: &Grain) -> Option<&'d View> {
    match grain {
        Grain::Shown => Some(&data.rows),
        Grain::Totals => data.totals.as_ref(),
        Grain::Level(name) => {
            let level = data.levels.iter().find(|level| level.name == *name);
            let base = data.base.as_ref().filter(|_| name == "base");
            data.series
                .as_ref()
                .or(level.map(|level| &level.view))
                .or(base)
                .or((name == "base").then_some(&data.rows))
        }
    }
}

pub(crate) fn beneath(nodes: &NodeTable, root: NodeId) -> BTreeMap<NodeId, &Node> {
    let mut found = BTreeMap::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        if let Some(node) = nodes.get(&id)
            && found.insert(id, node.as_ref()).is_none()
        {
            open.extend(node.operator.inputs());
        }
    }
    found
}

/// The statement that reads a table as it is.
fn statement(
    workbook: &Workbook<'_>,
    operator: &Operator,
    context: &Context,
) -> Option<(String, Vec<Value>)> {
    let quote = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let list = |names: &mut dyn Iterator<Item = &str>| {
        let names: Vec<String> = names.map(quote).collect();
        if names.is_empty() {
            "1".to_owned()
        } else {
            names.join(", ")
        }
    };
    match operator {
        Operator::Scan { table, columns } => {
            let columns = list(&mut columns.iter().map(|c| c.name.as_str()));
            let table = quote(&table.join("."));
            Some((format!("SELECT {columns} FROM {table}"), Vec::new()))
        }
        Operator::InputTable { table, columns } => {
            let columns = list(&mut columns.iter().map(String::as_str));
            let path = scanned(&workbook.plan().id, table);
            let table = path.iter().map(|s| quote(s)).collect::<Vec<_>>().join(".");
            Some((format!("SELECT {columns} FROM {table}"), Vec::new()))
        }
        Operator::Sql { parts, columns } => {
            let columns = list(&mut columns.iter().map(|c| c.name.as_str()));
            let mut text = format!("SELECT {columns} FROM (");
            let mut params = Vec::new();
            for part in parts {
                match part {
                    SqlPart::Text(sql) => text.push_str(sql),
                    SqlPart::Table(path) => text.push_str(&quote(&path.join("."))),
                    SqlPart::Value(expr) => text.push_str(&placed(expr, context, &mut params)),
                }
            }
            text.push(')');
            Some((text, params))
        }
        _ => None,
    }
}

/// A value in a statement; an array is a list in parentheses.
fn placed(expr: &Expr, context: &Context, params: &mut Vec<Value>) -> String {
    let value = eval(expr, &[], context);
    let mut place = |value| {
        params.push(value);
        format!("?{}", params.len())
    };
    let list = match &value {
        Value::Variant(json) => json.as_array(),
        _ => None,
    };
    let Some(list) = list else {
        return place(value);
    };
    let texts = list.iter().filter_map(|item| item.as_str());
    let places: Vec<String> = texts.map(|text| place(Value::text(text))).collect();
    format!("({})", places.join(", "))
}

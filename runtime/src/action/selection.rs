//! Types of the clicked cells: the browser sends text for a date, and only the program knows that it means one.

use std::collections::{BTreeMap, BTreeSet};

use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::action::{Action, Rows, Scalar, Step, Template, TemplatePart};
use bookwright_compiler::plan::relation::{
    Expr, ExprKind, NodeId, Operator, Parameter, SortKey, SqlPart,
};
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::engine::wire;

/// Values of the clicked rows by column id, typed as the program reads them. A cell that does not fit is Null.
pub(crate) fn typed(
    plan: &Plan,
    action: &Action,
    rows: &[IndexMap<String, Json>],
) -> BTreeMap<String, Vec<Value>> {
    let mut reader = Reader {
        plan,
        types: BTreeMap::new(),
        nodes: BTreeSet::new(),
        actions: BTreeSet::new(),
    };
    reader.action(action);
    let columns: BTreeSet<&String> = rows.iter().flat_map(IndexMap::keys).collect();
    columns
        .into_iter()
        .map(|column| {
            let ty = reader.types.get(column).copied().unwrap_or(Type::Unknown);
            let cell = |row: &IndexMap<String, Json>| {
                row.get(column)
                    .and_then(|json| wire::value(json, ty))
                    .unwrap_or(Value::Null)
            };
            (column.clone(), rows.iter().map(cell).collect())
        })
        .collect()
}

struct Reader<'a> {
    plan: &'a Plan,
    types: BTreeMap<String, Type>,
    nodes: BTreeSet<NodeId>,
    actions: BTreeSet<&'a str>,
}

impl<'a> Reader<'a> {
    fn action(&mut self, action: &'a Action) {
        if !self.actions.insert(&action.id) {
            return;
        }
        for sequence in &action.sequences {
            sequence
                .condition
                .iter()
                .for_each(|condition| self.scalar(condition));
            self.steps(&sequence.steps);
            self.steps(&sequence.otherwise);
            sequence
                .notify
                .iter()
                .for_each(|template| self.template(template));
        }
    }

    fn steps(&mut self, steps: &'a [Step]) {
        for step in steps {
            match step {
                Step::Insert { values, .. } => self.values(values),
                Step::Update { rows, values, .. } => {
                    self.rows(rows);
                    self.values(values);
                }
                Step::Delete { rows, .. } => self.rows(rows),
                Step::Set { value, .. } => self.scalar(value),
                Step::OpenUrl { url: text, .. } | Step::Notify { text } => self.template(text),
                Step::Run { action } => {
                    if let Some(action) = self.plan.actions.get(action) {
                        self.action(action);
                    }
                }
                Step::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    self.scalar(condition);
                    self.steps(then);
                    self.steps(otherwise);
                }
                Step::Clear { .. }
                | Step::Open { .. }
                | Step::Close { .. }
                | Step::Navigate { .. }
                | Step::SelectTab { .. }
                | Step::Refresh { .. } => {}
            }
        }
    }

    fn rows(&mut self, rows: &'a Rows) {
        match rows {
            Rows::Where(node) => self.node(*node),
            Rows::Key(values) => self.values(values),
            Rows::Selected | Rows::All => {}
        }
    }

    fn values(&mut self, values: &'a [(String, Scalar)]) {
        for (_, scalar) in values {
            self.scalar(scalar);
        }
    }

    fn template(&mut self, template: &'a Template) {
        for part in &template.parts {
            if let TemplatePart::Value(scalar) = part {
                self.scalar(scalar);
            }
        }
    }

    fn scalar(&mut self, scalar: &'a Scalar) {
        match scalar {
            Scalar::Expression(expr) => self.expr(expr),
            Scalar::Query(node) => self.node(*node),
        }
    }

    fn node(&mut self, root: NodeId) {
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            let Some(node) = self
                .plan
                .nodes
                .get(&id)
                .filter(|_| !self.nodes.contains(&id))
            else {
                continue;
            };
            self.nodes.insert(id);
            open.extend(node.operator.inputs());
            self.operator(&node.operator);
        }
    }

    fn operator(&mut self, operator: &Operator) {
        let by = |keys: &[SortKey]| keys.iter().map(|key| key.by.clone()).collect::<Vec<_>>();
        match operator {
            Operator::Sql { parts, .. } => {
                for part in parts {
                    if let SqlPart::Value(expr) = part {
                        self.expr(expr);
                    }
                }
            }
            Operator::Project {
                expressions: list, ..
            }
            | Operator::Filter {
                predicates: list, ..
            } => self.exprs(list),
            Operator::Aggregate {
                keys, aggregates, ..
            } => {
                self.exprs(keys);
                for aggregate in aggregates {
                    self.exprs(&aggregate.args);
                    aggregate.filter.iter().for_each(|filter| self.expr(filter));
                }
            }
            Operator::Join { on, .. } => {
                for condition in on {
                    self.expr(&condition.left);
                    self.expr(&condition.right);
                }
            }
            Operator::Window { functions, .. } => {
                for function in functions {
                    self.exprs(&function.args);
                    self.exprs(&function.partition);
                    self.exprs(&by(&function.order));
                }
            }
            Operator::Sort { keys, .. } => self.exprs(&by(keys)),
            Operator::Scan { .. }
            | Operator::InputTable { .. }
            | Operator::Values { .. }
            | Operator::Union { .. }
            | Operator::Limit { .. } => {}
        }
    }

    fn exprs(&mut self, list: &[Expr]) {
        for expr in list {
            self.expr(expr);
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Parameter {
                parameter: Parameter::Selection { column },
            } => {
                // Several rows read as an array come typed by their own JSON.
                if expr.ty != Type::Variant {
                    self.types.insert(column.clone(), expr.ty);
                }
            }
            ExprKind::Call { args, .. } => self.exprs(args),
            ExprKind::ControlFilter { value, .. } | ExprKind::ColumnFilter { value, .. } => {
                self.expr(value);
            }
            ExprKind::Column { .. } | ExprKind::Literal { .. } | ExprKind::Parameter { .. } => {}
        }
    }
}

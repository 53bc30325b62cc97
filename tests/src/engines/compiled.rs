//! Formulas through the compiler: a workbook of columns in, a plan and a statement out.

use std::sync::Arc;

use bookwright_compiler::bind::{Bindings, Bound};
use bookwright_compiler::compile::compile;
use bookwright_compiler::formula::datetime::parse_date;
use bookwright_compiler::formula::eval::Context;
use bookwright_compiler::formula::reference;
use bookwright_compiler::host::{CatalogColumn, CatalogTable, Host, SqlRefusal};
use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::element::View;
use bookwright_compiler::plan::relation::{NodeTable, Operator};
use bookwright_compiler::project::Project;
use bookwright_compiler::sql::dialect::Dialect;
use bookwright_compiler::sql::{self, SqlError, Statement};
use bookwright_compiler::value::{Type, Value};

use super::cases::{Case, Shape};
use super::table::{self, Table};
use crate::bench::{interpret, told};
use crate::invariants::bound::bind;

/// The instant of every request.
const NOW: &str = "2026-02-15 10:30:00";
const PATH: &str = "workbooks/cases.yaml";

/// Cases of one table and one shape as a plan.
pub(super) struct Compiled {
    plan: Arc<Plan>,
    shape: Shape,
    bindings: Bindings,
    /// For each case its column in the rows; the key is last.
    columns: Vec<usize>,
}

impl Compiled {
    /// Compiles cases together.
    ///
    /// # Errors
    /// What the compiler says.
    pub(super) fn new(cases: &[&Case]) -> Result<Self, String> {
        let project = Project {
            settings: table::settings(cases.first().map_or("", |case| case.table)),
            ..Project::default()
        };
        let compilation = compile(&Workbook(workbook(cases)), &project, PATH);
        let Some(plan) = compilation.plan else {
            return Err(told(&compilation.diagnostics));
        };
        let shape = cases.first().map_or(Shape::Rows, |case| case.shape);
        let view = view(&plan, shape).ok_or("the plan has no element")?;
        let data = plan.data.values().next().ok_or("the plan has no element")?;
        let place = |name: &str| {
            view.columns
                .iter()
                .position(|column| data.columns.get(*column).is_some_and(|c| *c.name == *name))
        };
        let mut columns = Vec::new();
        for index in 0..cases.len() {
            columns.push(place(&format!("X{index}")).ok_or("a column is missing")?);
        }
        columns.push(place(key(shape)).ok_or("the key is missing")?);
        let bindings = Bindings {
            now: parse_date(NOW).unwrap_or_default(),
            settings: plan.settings.clone(),
            user: [("email".to_owned(), Value::text("ada@example.com"))].into(),
            ..Bindings::default()
        };
        Ok(Self {
            plan,
            shape,
            bindings,
            columns,
        })
    }

    fn bound(&self) -> Bound<'_> {
        Bound {
            controls: &self.plan.controls,
            bindings: &self.bindings,
        }
    }

    /// The statement in a dialect.
    pub(super) fn statement(&self, dialect: &dyn Dialect) -> Result<Statement, SqlError> {
        let input_table = |id: &str| vec![id.to_owned()];
        let options = sql::Options {
            input_table: &input_table,
        };
        let root = view(&self.plan, self.shape)
            .map(|view| view.node)
            .ok_or_else(|| SqlError::MissingNode("cases".to_owned()))?;
        sql::render(&self.plan.nodes, root, self.bound(), dialect, options)
    }

    /// What the reference evaluator gives.
    pub(super) fn reference(&self) -> Vec<Vec<Value>> {
        let Some(view) = view(&self.plan, self.shape) else {
            return Vec::new();
        };
        let nodes: NodeTable = interpret::beneath(&self.plan.nodes, view.node)
            .into_iter()
            .map(|(id, node)| (id, Arc::new(bind(node, self.bound()))))
            .collect();
        let context = Context::new(self.bindings.settings.clone(), self.bindings.now);
        reference::run(&nodes, view.node, &scanned, &context)
    }

    /// The cells of each case, in the order of the key.
    pub(super) fn cells(&self, mut rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
        let (key, cases) = self
            .columns
            .split_last()
            .map_or((0, &[][..]), |(k, c)| (*k, c));
        rows.sort_by(|a, b| match (a.get(key), b.get(key)) {
            (Some(a), Some(b)) => a.sort_cmp(b),
            _ => std::cmp::Ordering::Equal,
        });
        let cell = |row: &Vec<Value>, at: usize| row.get(at).cloned().unwrap_or(Value::Null);
        cases
            .iter()
            .map(|at| rows.iter().map(|row| cell(row, *at)).collect())
            .collect()
    }

    /// Types of the statement's columns.
    pub(super) fn types(statement: &Statement) -> Vec<Type> {
        statement.columns.iter().map(|column| column.ty).collect()
    }
}

fn view(plan: &Plan, shape: Shape) -> Option<&View> {
    let data = plan.data.values().next()?;
    match shape {
        Shape::Rows | Shape::Groups => Some(&data.rows),
        Shape::Beneath => data.base.as_ref(),
    }
}

fn key(shape: Shape) -> &'static str {
    match shape {
        Shape::Groups => "K",
        Shape::Rows | Shape::Beneath => "id",
    }
}

/// Rows of a scanned table, in the order of its columns in the plan.
fn scanned(operator: &Operator) -> Option<Vec<Vec<Value>>> {
    let Operator::Scan { table, columns } = operator else {
        return None;
    };
    let source = table::all()
        .into_iter()
        .find(|known| table.last().is_some_and(|name| *name == *known.name))?;
    let places: Vec<usize> = columns
        .iter()
        .filter_map(|column| {
            source
                .columns
                .iter()
                .position(|(name, ..)| *name == column.name)
        })
        .collect();
    let pick = |row: &Vec<Value>| {
        places
            .iter()
            .filter_map(|at| row.get(*at).cloned())
            .collect()
    };
    Some(table::as_read(&source).iter().map(pick).collect())
}

/// A workbook with a column per case.
fn workbook(cases: &[&Case]) -> String {
    let table = cases.first().map_or("cases", |case| case.table);
    let shape = cases.first().map_or(Shape::Rows, |case| case.shape);
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let column = |(index, case): (usize, &&Case)| {
        let formula = quoted(&case.formula);
        match shape {
            Shape::Groups => format!("          X{index}: {formula}\n"),
            Shape::Rows | Shape::Beneath => format!("      - X{index}: {formula}\n"),
        }
    };
    let columns: String = cases.iter().enumerate().map(column).collect();
    let head = format!("workbook: Cases\nqueries:\n  Cases:\n    table: {table}\n");
    let grouped = "    group_by:\n      - keys: [K]\n";
    let listed = "    columns:\n      - \"*\"\n";
    match shape {
        Shape::Rows => format!("{head}{listed}{columns}    sort: id\n"),
        Shape::Groups => format!("{head}{grouped}        columns:\n{columns}"),
        Shape::Beneath => format!("{head}{grouped}{listed}{columns}    sort: id\n"),
    }
}

/// One workbook over the tables.
struct Workbook(String);

impl Host for Workbook {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        if path == PATH {
            Ok(self.0.as_str().into())
        } else {
            Err(format!("there is no `{path}`"))
        }
    }

    fn list(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn env(&self, _: &str) -> Option<String> {
        None
    }

    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>> {
        let found = table::all().into_iter().filter(|known| {
            path.last()
                .is_some_and(|name| name.eq_ignore_ascii_case(&known.name))
        });
        Some(found.map(|table: Table| table.catalog()).collect())
    }

    fn table_names(&self) -> Vec<String> {
        table::all().iter().map(|t| t.name.to_string()).collect()
    }

    fn describe_sql(&self, _: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        None
    }

    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String> {
        Err(format!("there is no `{path}`"))
    }
}

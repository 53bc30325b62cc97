//! Whole compilations over a host in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Compilation, compile};
use crate::diag::codes;
use crate::host::{CatalogColumn, CatalogTable, Host, SqlRefusal};
use crate::plan::relation::Operator;
use crate::project::Project;
use crate::value::Type;

/// Files in memory, and one table `sales.csv`.
pub(crate) struct MemoryHost {
    pub(crate) files: BTreeMap<String, String>,
}

impl MemoryHost {
    pub(crate) fn new(workbook: &str) -> Self {
        let mut files = BTreeMap::new();
        files.insert("workbook.yaml".to_owned(), workbook.to_owned());
        files.insert("shared.yaml".to_owned(), "queries: {}\n".to_owned());
        files.insert("other.yaml".to_owned(), "workbook: Other\n".to_owned());
        Self { files }
    }
}

fn sales(path: &[&str]) -> CatalogTable {
    let column = |name: &str, ty| CatalogColumn {
        name: name.to_owned(),
        ty,
        zoned: false,
    };
    CatalogTable {
        path: path.iter().map(|s| (*s).to_owned()).collect(),
        columns: vec![
            column("Region", Type::Text),
            column("Amount", Type::Number),
            column("Sold At", Type::Date),
            column("Paid", Type::Logical),
        ],
    }
}

impl Host for MemoryHost {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        self.files
            .get(path)
            .map(|t| t.as_str().into())
            .ok_or_else(|| format!("no file `{path}`"))
    }

    fn list(&self, _pattern: &str) -> Vec<String> {
        Vec::new()
    }

    fn env(&self, _name: &str) -> Option<String> {
        None
    }

    fn tables(&self, path: &[String]) -> Option<Vec<CatalogTable>> {
        Some(match path.last().map(|s| s.to_lowercase()).as_deref() {
            Some("sales") => vec![sales(&["growth", "sales"])],
            Some("events") => vec![sales(&["a", "events"]), sales(&["b", "events"])],
            _ => Vec::new(),
        })
    }

    fn table_names(&self) -> Vec<String> {
        vec![
            "growth.sales".to_owned(),
            "a.events".to_owned(),
            "b.events".to_owned(),
        ]
    }

    fn describe_sql(&self, sql: &str) -> Option<Result<Vec<CatalogColumn>, SqlRefusal>> {
        if sql.starts_with("select 1 as a") {
            return Some(Ok(vec![CatalogColumn {
                name: "a".to_owned(),
                ty: Type::Number,
                zoned: false,
            }]));
        }
        Some(Err(SqlRefusal {
            message: "near \"selec\": syntax error".to_owned(),
            offset: Some(0),
        }))
    }

    fn describe_csv(&self, path: &str) -> Result<CatalogTable, String> {
        if path == "sales.csv" {
            Ok(sales(&["sales"]))
        } else {
            Err(format!("no file `{path}`"))
        }
    }
}

pub(crate) fn compiled(workbook: &str) -> Compilation {
    compile(
        &MemoryHost::new(workbook),
        &Project::default(),
        "workbook.yaml",
    )
}

fn found(compilation: &Compilation) -> String {
    crate::diag::render::concise::render(&compilation.diagnostics, &compilation.sources)
}

/// The YAML block of a section of a page.
fn example<'p>(page: &'p str, section: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("## {section}"))?;
    let (_, rest) = rest.split_once("```yaml\n")?;
    rest.split_once("\n```").map(|(block, _)| block)
}

/// Codes of stages that a workbook alone can show: not those of the project file, and not that of a huge file.
fn shown_by_a_workbook() -> impl Iterator<Item = &'static codes::Code> {
    codes::all()
        .filter(|c| (1000..2900).contains(&c.number) || (3000..7000).contains(&c.number))
        .filter(|c| c.name != codes::yaml::FILE_TOO_LARGE.name)
}

#[test]
fn the_wrong_example_of_a_page_gives_exactly_its_code_and_the_right_one_nothing() {
    let mut wrongs = Vec::new();
    for code in shown_by_a_workbook() {
        let (Some(wrong), Some(right)) = (example(code.page, "Wrong"), example(code.page, "Right"))
        else {
            wrongs.push(format!("{}: no examples", code.name));
            continue;
        };
        let compilation = compiled(wrong);
        let names: Vec<&str> = compilation
            .diagnostics
            .iter()
            .map(|d| d.code.name)
            .collect();
        if names.is_empty() || names.iter().any(|n| *n != code.name) {
            wrongs.push(format!(
                "{} (wrong example):\n{}",
                code.name,
                found(&compilation)
            ));
        }
        let compilation = compiled(right);
        if !compilation.diagnostics.is_empty() {
            wrongs.push(format!(
                "{} (right example):\n{}",
                code.name,
                found(&compilation)
            ));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n\n"));
}

#[test]
fn a_window_of_another_order_is_computed_apart() {
    let compilation = compiled(
        "workbook: Windows
queries:
  Sales:
    table: sales
    columns:
      Before: Lag([Amount])
      Before In Order: Lag([Amount])
    sort: Before
",
    );
    let plan = compilation.plan.as_ref().unwrap();
    let mut orders = Vec::new();
    for node in plan.nodes.values() {
        if let Operator::Window { functions, .. } = &node.operator {
            orders.extend(functions.iter().map(|function| function.order.len()));
        }
    }
    orders.sort_unstable();
    assert_eq!(
        orders,
        [0, 1],
        "the column that gives the order is computed without it"
    );
}

#[test]
fn a_table_that_shows_an_element_applies_its_filters_as_it_does() {
    let compilation = compiled(
        "workbook: Shown
queries:
  Sales:
    table: sales
    columns: { Region: \"[Region]\", Amount: \"[Amount]\" }
    group_by: [{ keys: [Region], columns: { Sold: \"Sum([Amount])\" } }]
    filters:
      - \"[Amount] > Lookup(Avg([Sales/Amount]), [Region], [Sales/Region])\"
pages:
  One:
    body:
      - { table: Best, from: Sales }
",
    );
    let plan = compilation.plan.as_ref().unwrap();
    let rows = |id: &str| plan.data[id].rows.node;
    assert_eq!(rows("best"), rows("sales"));
}

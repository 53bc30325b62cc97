//! What holds for the tables of every engine.

use super::{
    Dialect, NO_LOWERING, Support, all, bigquery, databricks, duckdb, named, postgres, snowflake,
    standard, support, table::Table,
};
use crate::formula::functions::lowering::{Case, Lowering, Written};
use crate::formula::functions::{Category, all as functions, function, lowering::pieces};

fn tables() -> [(&'static str, &'static [Table]); 6] {
    [
        ("standard", standard::FAMILIES),
        ("duckdb", duckdb::FAMILIES),
        ("postgres", postgres::FAMILIES),
        ("snowflake", snowflake::FAMILIES),
        ("bigquery", bigquery::FAMILIES),
        ("databricks", databricks::FAMILIES),
    ]
}

fn templates(lowering: Lowering) -> Vec<&'static str> {
    let of = |cases: &'static [Case]| {
        let templates = cases.iter().filter_map(|case| match case.written {
            Written::Sql(template) => Some(template),
            Written::Refused(_) => None,
        });
        templates.collect()
    };
    match lowering {
        Lowering::Template(template) | Lowering::Window { call: template, .. } => vec![template],
        Lowering::Cases(cases) | Lowering::WindowCases { cases, .. } => of(cases),
        Lowering::Pattern(specifiers) => specifiers.iter().map(|(_, template)| *template).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn dialects_are_found_by_their_names() {
    for dialect in all() {
        assert_eq!(
            named(dialect.name()).map(Dialect::name),
            Some(dialect.name())
        );
    }
    assert!(named("oracle").is_none());
}

#[test]
fn tables_name_functions_that_exist_and_each_once() {
    for (engine, families) in tables() {
        let mut names: Vec<&str> = families
            .iter()
            .flat_map(|t| t.iter())
            .map(|e| e.0)
            .collect();
        for name in &names {
            let known = function(name).unwrap_or_else(|| panic!("{engine}: no function {name}"));
            assert_eq!(known.name, *name, "{engine}");
            let replaced = known.lowering == Lowering::Replaced && *name != "Item";
            assert!(!replaced, "{engine}: {name}");
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{engine} has a function twice");
    }
}

#[test]
fn templates_have_balanced_parentheses_and_known_holes() {
    for (engine, families) in tables() {
        for (name, lowering) in families.iter().flat_map(|table| table.iter()) {
            for template in templates(*lowering) {
                // What stands in quotes, as a regular expression, need not balance.
                let bare: String = template.split('\'').step_by(2).collect();
                let open = bare.matches('(').count();
                assert_eq!(open, bare.matches(')').count(), "{engine}: {template}");
                assert!(!pieces(template).is_empty(), "{engine}: {name}");
            }
        }
    }
}

#[test]
fn operators_that_every_engine_has_are_in_the_standard_tables() {
    let operators = functions().filter(|f| f.category == Category::Operator);
    for operator in
        operators.filter(|f| !matches!(f.name, "%" | "^" | "Path" | "Index" | "Item" | "GeoJson"))
    {
        let known = standard::FAMILIES
            .iter()
            .any(|table| table.iter().any(|(name, _)| *name == operator.name));
        assert!(known, "{}", operator.name);
    }
}

#[test]
fn nesting_of_templates_that_repeat_their_arguments_is_bounded() {
    use crate::bind::{Bindings, Bound};
    use crate::plan::builder::Nodes;
    use crate::plan::relation::{Expr, ScanColumn};
    use crate::sql::{Options, SqlError, render};
    use crate::value::Type;
    let mut nodes = Nodes::new();
    let column = ScanColumn {
        name: "n".into(),
        zoned: false,
    };
    let rows = nodes.scan(vec!["t".into()], vec![(column, Type::Number)]);
    let deep = (0..60).fold(Expr::column(0, Type::Number), |inner, _| {
        Expr::call("Sqrt", vec![inner], Type::Number)
    });
    let root = nodes.project(rows, vec![("x", deep)]);
    let (controls, bindings) = (indexmap::IndexMap::new(), Bindings::default());
    let bound = Bound {
        controls: &controls,
        bindings: &bindings,
    };
    let input_table = |id: &str| vec![id.to_owned()];
    let options = Options {
        input_table: &input_table,
    };
    let printed = render(&nodes.all(), root, bound, &super::Postgres, options);
    assert_eq!(printed, Err(SqlError::TooLong));
}

#[test]
fn every_engine_has_an_entry_for_every_function() {
    for dialect in all() {
        let missing: Vec<&str> = functions()
            .filter(|f| support(dialect, f) == Support::No(NO_LOWERING))
            .map(|f| f.name)
            .collect();
        assert!(missing.is_empty(), "{}: {missing:?}", dialect.name());
    }
}

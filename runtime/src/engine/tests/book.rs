//! The book: a table of five orders, grouped and not, an input table, two controls.

use std::collections::BTreeMap;
use std::sync::Arc;

use bookwright_compiler::host::{CatalogColumn, CatalogTable};
use bookwright_compiler::plan::builder::Nodes;
use bookwright_compiler::plan::control::{
    Control, ControlKind, ControlOption, ControlValue, NullRule, Options,
};
use bookwright_compiler::plan::element::{DataColumn, DataElement, DataKind, Level, View};
use bookwright_compiler::plan::relation::{Aggregate, Expr, ExprKind, NodeId, ScanColumn};
use bookwright_compiler::plan::{Plan, Settings, VERSION};
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;

use super::edits::notes;
use crate::adapter::{Load, LoadMode};
use crate::engine::derive::sort_key;

pub(super) fn plan(nodes: &mut Nodes) -> Plan {
    let filtered = scan(nodes);
    let count = Aggregate {
        function: "Count".into(),
        args: Vec::new(),
        filter: None,
        ty: Type::Number,
    };
    let key = ("value".into(), nodes.column(filtered, 1));
    let regions = nodes.aggregate(filtered, vec![key], vec![("count".into(), count)]);
    let order = vec![sort_key(nodes.column(regions, 0), false)];
    let regions = nodes.sort(regions, order);
    let list = ControlKind::List {
        multiple: true,
        exclude: false,
        value_type: Type::Text,
    };
    let offer = ControlKind::Segmented {
        value_type: Type::Text,
    };
    let offers = ["Call", "Mail"].map(|text| ControlOption {
        value: Value::text(text),
        label: text.to_owned(),
    });
    let (table, notes) = notes(nodes);
    let data = [flat(nodes), grouped(nodes), notes];
    let controls = [
        control("region", list, Some(Options::From(regions))),
        control("offer", offer, Some(Options::Fixed(offers.to_vec()))),
    ];
    Plan {
        version: VERSION,
        id: "book".to_owned(),
        name: "Book".to_owned(),
        description: None,
        settings: Settings::default(),
        needs: Vec::new(),
        nodes: BTreeMap::new(),
        controls: controls
            .into_iter()
            .map(|control| (control.id.clone(), control))
            .collect(),
        input_tables: IndexMap::from([(table.id.clone(), table)]),
        data: data
            .into_iter()
            .map(|data| (data.id.clone(), Arc::new(data)))
            .collect(),
        elements: IndexMap::new(),
        pages: Vec::new(),
        overlays: Vec::new(),
        actions: IndexMap::new(),
        origins: IndexMap::new(),
        files: Vec::new(),
    }
}

pub(super) fn orders() -> Load {
    let column = |name: &str, ty| CatalogColumn {
        name: name.to_owned(),
        ty,
        zoned: false,
    };
    let row = |id: i64, region: Option<&str>, plan: &str, mrr: i64| {
        let region = region.map_or(Value::Null, Value::text);
        vec![
            Value::Integer(id),
            region,
            Value::text(plan),
            Value::Integer(mrr),
        ]
    };
    let rows = vec![
        row(1, Some("West"), "Pro", 10),
        row(2, Some("West"), "Free", 0),
        row(3, Some("East"), "Pro", 30),
        row(4, Some("East"), "Pro", 40),
        row(5, None, "Free", 5),
    ];
    Load {
        table: CatalogTable {
            path: vec!["orders".to_owned()],
            columns: vec![
                column("id", Type::Number),
                column("region", Type::Text),
                column("plan", Type::Text),
                column("mrr", Type::Number),
            ],
        },
        mode: LoadMode::Replace,
        rows: Box::new(rows.into_iter()),
        before: Vec::new(),
        after: Vec::new(),
    }
}

pub(super) fn scan(nodes: &mut Nodes) -> NodeId {
    let column = |name: &str, ty| {
        (
            ScanColumn {
                name: name.to_owned(),
                zoned: false,
            },
            ty,
        )
    };
    let columns = vec![
        column("id", Type::Number),
        column("region", Type::Text),
        column("plan", Type::Text),
        column("mrr", Type::Number),
    ];
    let scan = nodes.scan(vec!["orders".to_owned()], columns);
    let value = Box::new(nodes.column(scan, 1));
    let kind = ExprKind::ControlFilter {
        control: "region".to_owned(),
        value,
    };
    nodes.filter(
        scan,
        vec![Expr {
            kind,
            ty: Type::Logical,
        }],
    )
}

pub(crate) fn control(id: &str, kind: ControlKind, options: Option<Options>) -> Control {
    Control {
        id: id.to_owned(),
        name: id.to_uppercase(),
        label: id.to_uppercase(),
        kind,
        default: ControlValue::Empty,
        required: false,
        clearable: true,
        nulls: NullRule::WhenUnset,
        options,
        on_change: None,
        affects: Vec::new(),
    }
}

fn flat(nodes: &mut Nodes) -> DataElement {
    let filtered = scan(nodes);
    let order = vec![sort_key(nodes.column(filtered, 0), false)];
    let node = nodes.sort(filtered, order.clone());
    let columns = vec![
        data_column("id", Type::Number, None),
        data_column("region", Type::Text, None),
        data_column("plan", Type::Text, None),
        data_column("mrr", Type::Number, None),
    ];
    element(
        "orders",
        DataKind::Table,
        columns,
        View {
            node,
            columns: vec![0, 1, 2, 3],
            order,
        },
    )
}

/// Columns: 0 region, 1 plan, 2 region total, 3 plan total, 4 id, 5 mrr.
fn grouped(nodes: &mut Nodes) -> DataElement {
    let base = scan(nodes);
    let level = |nodes: &mut Nodes, keys: &[usize], columns: Vec<usize>| {
        let names = ["id", "region", "plan", "mrr"];
        let by = keys
            .iter()
            .map(|key| (names[*key].into(), nodes.column(base, *key)))
            .collect();
        let total = sum(nodes.column(base, 3));
        let node = nodes.aggregate(base, by, vec![("total".into(), total)]);
        let order: Vec<_> = (0..keys.len())
            .map(|index| sort_key(nodes.column(node, index), false))
            .collect();
        View {
            node: nodes.sort(node, order.clone()),
            columns,
            order,
        }
    };
    let outer = level(nodes, &[1], vec![0, 2]);
    let inner = level(nodes, &[1, 2], vec![0, 1, 3]);
    let totals = level(nodes, &[], vec![3]);
    let order = vec![sort_key(nodes.column(base, 0), false)];
    let rows = View {
        node: nodes.sort(base, order.clone()),
        columns: vec![4, 0, 1, 5],
        order,
    };
    let columns = vec![
        data_column("region", Type::Text, Some(0)),
        data_column("plan", Type::Text, Some(1)),
        data_column("region-total", Type::Number, Some(0)),
        data_column("plan-total", Type::Number, Some(1)),
        data_column("id", Type::Number, None),
        data_column("mrr", Type::Number, None),
    ];
    DataElement {
        levels: vec![
            Level {
                name: "REGION".to_owned(),
                keys: vec![0],
                view: outer,
            },
            Level {
                name: "PLAN".to_owned(),
                keys: vec![1],
                view: inner.clone(),
            },
        ],
        base: Some(rows),
        totals: Some(totals),
        ..element("grouped", DataKind::Table, columns, inner)
    }
}

pub(super) fn element(
    id: &str,
    kind: DataKind,
    columns: Vec<DataColumn>,
    rows: View,
) -> DataElement {
    DataElement {
        id: id.to_owned(),
        name: id.to_uppercase(),
        kind,
        columns,
        rows,
        levels: Vec::new(),
        base: None,
        totals: None,
        series: None,
        controls: vec!["region".to_owned()],
        input_tables: Vec::new(),
    }
}

pub(super) fn data_column(id: &str, ty: Type, level: Option<usize>) -> DataColumn {
    DataColumn {
        id: id.into(),
        name: id.to_uppercase().into(),
        ty,
        format: None,
        hidden: false,
        description: None,
        width: None,
        align: None,
        level,
        key: false,
        summary: false,
    }
}

fn sum(of: Expr) -> Aggregate {
    Aggregate {
        function: "Sum".into(),
        args: vec![of],
        filter: None,
        ty: Type::Number,
    }
}

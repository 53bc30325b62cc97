use std::collections::BTreeMap;
use std::sync::Arc;

use bookwright_compiler::bind::Bindings;
use bookwright_compiler::host::{CatalogColumn, CatalogTable};
use bookwright_compiler::plan::builder::Nodes;
use bookwright_compiler::plan::control::{
    Control, ControlKind, ControlOption, ControlValue, NullRule, Options,
};
use bookwright_compiler::plan::element::{DataColumn, DataElement, DataKind, Level, View};
use bookwright_compiler::plan::input::{InputColumn, InputKind, InputTable};
use bookwright_compiler::plan::layout::{Element, ElementKind, Page, Placement, Style};
use bookwright_compiler::plan::relation::{Aggregate, Column, Expr, ExprKind, NodeId, ScanColumn};
use bookwright_compiler::plan::{Origin, Plan, Settings, VERSION};
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::derive::sort_key;
use super::{Engine, Grain, Shared};
use crate::adapter::sqlite::{Config, Sqlite};
use crate::adapter::{Adapter, Load, LoadMode};
use crate::protocol::edit::{EditOp, EditRequest};
use crate::protocol::query::{Direction, Part, QueryLine, RowKind, Table, Want};
use crate::store::{Author, Store};

pub(crate) struct Fixture {
    _folder: tempfile::TempDir,
    pub(crate) engine: Arc<Engine>,
}

impl Fixture {
    pub(crate) async fn new(change: impl FnOnce(&mut Plan, &mut Nodes)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Sqlite::open(
            &Config::new(folder.path().join("a.db")),
            &Settings::default(),
        )
        .unwrap();
        let adapter: Arc<dyn Adapter> = Arc::new(sqlite);
        adapter.insert(orders()).await.unwrap();
        let mut nodes = Nodes::new();
        let mut plan = plan(&mut nodes);
        change(&mut plan, &mut nodes);
        plan.nodes = nodes.into_all();
        let store = Arc::new(Store::new(Arc::clone(&adapter)));
        store.open(&plan, &|_| Err(String::new()), 0).await.unwrap();
        let engine = Arc::new(Engine::new(
            Arc::new(plan),
            adapter,
            store,
            Arc::default(),
            true,
        ));
        Self {
            _folder: folder,
            engine,
        }
    }

    pub(crate) fn bindings(&self, controls: Json) -> Bindings {
        let controls: IndexMap<String, Json> = serde_json::from_value(controls).unwrap();
        self.engine.bindings(&controls, 0, BTreeMap::new()).unwrap()
    }

    async fn line(&self, want: Want, controls: Json) -> QueryLine {
        self.engine.line(1, &want, &self.bindings(controls)).await
    }

    async fn table(&self, want: Want) -> Table {
        let line = self.line(want, json!({})).await;
        line.ok.unwrap_or_else(|| panic!("{:?}", line.err))
    }
}

pub(crate) fn want(el: &str) -> Want {
    Want {
        el: el.to_owned(),
        part: Part::Rows,
        rows: None,
        sort: Vec::new(),
        open: None,
        toggled: Vec::new(),
        search: None,
    }
}

fn orders() -> Load {
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

fn data_column(id: &str, ty: Type, level: Option<usize>) -> DataColumn {
    DataColumn {
        id: id.to_owned(),
        name: id.to_uppercase(),
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

fn element(id: &str, kind: DataKind, columns: Vec<DataColumn>, rows: View) -> DataElement {
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

fn scan(nodes: &mut Nodes) -> NodeId {
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
    let value = Box::new(nodes.column(&scan, 1));
    let kind = ExprKind::ControlFilter {
        control: "region".to_owned(),
        value,
    };
    nodes.filter(
        &scan,
        vec![Expr {
            kind,
            ty: Type::Logical,
        }],
    )
}

fn sum(of: Expr) -> Aggregate {
    Aggregate {
        function: "Sum".to_owned(),
        args: vec![of],
        filter: None,
        ty: Type::Number,
    }
}

fn flat(nodes: &mut Nodes) -> DataElement {
    let filtered = scan(nodes);
    let order = vec![sort_key(nodes.column(&filtered, 0), false)];
    let node = nodes.sort(&filtered, order.clone());
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
            .map(|key| (names[*key].to_owned(), nodes.column(&base, *key)))
            .collect();
        let total = sum(nodes.column(&base, 3));
        let node = nodes.aggregate(&base, by, vec![("total".to_owned(), total)]);
        let order: Vec<_> = (0..keys.len())
            .map(|index| sort_key(nodes.column(&node, index), false))
            .collect();
        View {
            node: nodes.sort(&node, order.clone()),
            columns,
            order,
        }
    };
    let outer = level(nodes, &[1], vec![0, 2]);
    let inner = level(nodes, &[1, 2], vec![0, 1, 3]);
    let totals = level(nodes, &[], vec![3]);
    let order = vec![sort_key(nodes.column(&base, 0), false)];
    let rows = View {
        node: nodes.sort(&base, order.clone()),
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

fn notes(nodes: &mut Nodes) -> (InputTable, DataElement) {
    let column = |id: &str, ty| InputColumn {
        id: id.to_owned(),
        name: id.to_uppercase(),
        kind: if ty == Type::Number {
            InputKind::Number
        } else {
            InputKind::Text
        },
        ty,
        required: false,
        min: Value::Null,
        max: Value::Null,
        max_length: None,
        options: Vec::new(),
        options_from: None,
    };
    let table = InputTable {
        id: "notes".to_owned(),
        name: "NOTES".to_owned(),
        columns: vec![column("note", Type::Text), column("score", Type::Number)],
        csv: None,
        entry: "published".to_owned(),
    };
    let output = |name: &str, ty| {
        (
            name.to_owned(),
            Column {
                name: name.into(),
                ty,
            },
        )
    };
    let columns = vec![
        output("_row_id", Type::Text),
        output("note", Type::Text),
        output("score", Type::Number),
    ];
    let node = nodes.input_table("notes", columns);
    let columns = vec![
        DataColumn {
            hidden: true,
            ..data_column("_row_id", Type::Text, None)
        },
        data_column("note", Type::Text, None),
        data_column("score", Type::Number, None),
    ];
    let view = View {
        node,
        columns: vec![0, 1, 2],
        order: Vec::new(),
    };
    let input_tables = vec!["notes".to_owned()];
    (
        table,
        DataElement {
            input_tables,
            ..element("notes", DataKind::InputTable, columns, view)
        },
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

fn plan(nodes: &mut Nodes) -> Plan {
    let filtered = scan(nodes);
    let count = Aggregate {
        function: "Count".to_owned(),
        args: Vec::new(),
        filter: None,
        ty: Type::Number,
    };
    let key = ("value".to_owned(), nodes.column(&filtered, 1));
    let regions = nodes.aggregate(&filtered, vec![key], vec![("count".to_owned(), count)]);
    let order = vec![sort_key(nodes.column(&regions, 0), false)];
    let regions = nodes.sort(&regions, order);
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
            .map(|data| (data.id.clone(), data))
            .collect(),
        elements: IndexMap::new(),
        pages: Vec::new(),
        overlays: Vec::new(),
        actions: IndexMap::new(),
        origins: IndexMap::new(),
        files: Vec::new(),
    }
}

#[tokio::test]
async fn a_page_of_rows_knows_how_many_there_are() {
    let f = Fixture::new(|_, _| {}).await;
    let table = f
        .table(Want {
            rows: Some((1, 2)),
            ..want("orders")
        })
        .await;
    assert_eq!(
        (table.count, table.offset, &table.columns),
        (5, 1, &vec![0, 1, 2, 3])
    );
    assert_eq!(table.values[0], [json!(2), json!(3)]);
    assert_eq!(f.table(want("orders")).await.count, 5);
    let behind = f
        .table(Want {
            rows: Some((9, 2)),
            ..want("orders")
        })
        .await;
    assert_eq!((behind.count, behind.values[0].len()), (5, 0));
}

#[tokio::test]
async fn a_visitors_sort_is_tied_by_the_elements_own_order() {
    let f = Fixture::new(|_, _| {}).await;
    let sort = vec![
        ("plan".to_owned(), Direction::Desc),
        ("nope".to_owned(), Direction::Asc),
    ];
    let table = f
        .table(Want {
            sort,
            ..want("orders")
        })
        .await;
    assert_eq!(table.values[0], [1, 3, 4, 2, 5].map(|id| json!(id)));
}

#[tokio::test]
async fn controls_filter_and_results_are_not_mixed_up() {
    let f = Fixture::new(|_, _| {}).await;
    for (value, expected) in [
        (json!(["West"]), vec![1, 2]),
        (json!([null, "East"]), vec![3, 4, 5]),
        (json!(null), vec![1, 2, 3, 4, 5]),
    ] {
        let table = f
            .line(want("orders"), json!({ "region": value }))
            .await
            .ok
            .unwrap();
        assert_eq!(json!(table.values[0]), json!(expected));
    }
}

fn outline(table: &Table, columns: &[usize]) -> Vec<String> {
    let cell = |column: usize, row: usize| {
        let place = table
            .columns
            .iter()
            .position(|index| *index == column)
            .unwrap();
        table.values[place][row].to_string()
    };
    let kind = |row: usize| match table.kind.as_ref().unwrap()[row] {
        RowKind::Leaf => ".",
        RowKind::Open => "-",
        RowKind::Closed => "+",
    };
    (0..table.depth.as_ref().unwrap().len())
        .map(|row| {
            let depth = table.depth.as_ref().unwrap()[row];
            let cells: Vec<_> = columns.iter().map(|column| cell(*column, row)).collect();
            format!("{depth}{} {}", kind(row), cells.join(" "))
        })
        .collect()
}

#[tokio::test]
async fn groups_are_flattened_in_order_and_open_to_the_innermost_level() {
    let f = Fixture::new(|_, _| {}).await;
    let table = f.table(want("grouped")).await;
    let expected = [
        "0- null null 5 null",
        "1+ null \"Free\" null 5",
        "0- \"East\" null 70 null",
        "1+ \"East\" \"Pro\" null 70",
        "0- \"West\" null 10 null",
        "1+ \"West\" \"Free\" null 0",
        "1+ \"West\" \"Pro\" null 10",
    ];
    assert_eq!(outline(&table, &[0, 1, 2, 3]), expected);
    assert_eq!(
        (table.count, table.keys.unwrap()[6].as_str()),
        (7, "[\"West\",\"Pro\"]")
    );
}

#[tokio::test]
async fn toggled_groups_are_the_other_way_round() {
    let f = Fixture::new(|_, _| {}).await;
    let toggled = vec!["[\"East\",\"Pro\"]".to_owned(), "[null]".to_owned()];
    let table = f
        .table(Want {
            toggled: toggled.clone(),
            ..want("grouped")
        })
        .await;
    let expected = [
        "0+ null null null",
        "0- \"East\" null null",
        "1- \"East\" \"Pro\" null",
        "2. \"East\" \"Pro\" 3",
        "2. \"East\" \"Pro\" 4",
        "0- \"West\" null null",
        "1+ \"West\" \"Free\" null",
        "1+ \"West\" \"Pro\" null",
    ];
    assert_eq!(outline(&table, &[0, 1, 4]), expected);
    let closed = Want {
        open: Some(Vec::new()),
        toggled,
        ..want("grouped")
    };
    let expected = [
        "0- null null",
        "1+ null \"Free\"",
        "0+ \"East\" null",
        "0+ \"West\" null",
    ];
    assert_eq!(outline(&f.table(closed).await, &[0, 1]), expected);
}

#[tokio::test]
async fn a_text_is_found_where_the_list_shows_it() {
    let f = Fixture::new(|_, _| {}).await;
    let cases: [(Want, &[&str], &[u64], u64); 6] = [
        (want("orders"), &["PRO"], &[0, 2, 3], 5),
        (want("orders"), &["nothing", "west"], &[0, 1], 5),
        (
            Want {
                sort: vec![("id".to_owned(), Direction::Desc)],
                ..want("orders")
            },
            &["west"],
            &[3, 4],
            5,
        ),
        (want("orders"), &[""], &[], 5),
        // The group of the plan shows the region only in the row above.
        (want("grouped"), &["east"], &[2], 7),
        (want("grouped"), &["70"], &[2, 3], 7),
    ];
    for (want, texts, rows, searched) in cases {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let found = f
            .engine
            .find_text(&want, &texts, &f.bindings(json!({})))
            .await;
        let found = found.unwrap();
        assert_eq!(
            (found.rows.as_slice(), found.searched),
            (rows, searched),
            "{texts:?}"
        );
        assert_eq!(found.count, rows.len() as u64);
    }
}

#[tokio::test]
async fn listed_groups_are_open_down_to_their_base_rows() {
    let f = Fixture::new(|_, _| {}).await;
    let open = vec![
        "[\"East\"]".to_owned(),
        "[\"East\",\"Pro\"]".to_owned(),
        "[null]".to_owned(),
    ];
    let table = f
        .table(Want {
            open: Some(open),
            ..want("grouped")
        })
        .await;
    let expected = [
        "0- null null null",
        "1+ null \"Free\" null",
        "0- \"East\" null null",
        "1- \"East\" \"Pro\" null",
        "2. \"East\" \"Pro\" 3",
        "2. \"East\" \"Pro\" 4",
        "0+ \"West\" null null",
    ];
    assert_eq!(outline(&table, &[0, 1, 4]), expected);
    let page = f
        .table(Want {
            open: Some(Vec::new()),
            rows: Some((1, 1)),
            ..want("grouped")
        })
        .await;
    assert_eq!(
        (page.count, outline(&page, &[0])),
        (3, vec!["0+ \"East\"".to_owned()])
    );
}

#[tokio::test]
async fn a_sort_orders_the_level_its_column_lives_at() {
    let f = Fixture::new(|_, _| {}).await;
    let sort = vec![
        ("region-total".to_owned(), Direction::Desc),
        ("plan".to_owned(), Direction::Desc),
    ];
    let table = f
        .table(Want {
            sort,
            ..want("grouped")
        })
        .await;
    let found = outline(&table, &[0, 1]);
    assert_eq!(found[0], "0- \"East\" null");
    assert_eq!(
        found[2..5],
        [
            "0- \"West\" null",
            "1+ \"West\" \"Pro\"",
            "1+ \"West\" \"Free\""
        ]
    );
}

#[tokio::test]
async fn totals_are_one_row() {
    let f = Fixture::new(|_, _| {}).await;
    let table = f
        .table(Want {
            part: Part::Totals,
            ..want("grouped")
        })
        .await;
    assert_eq!(
        (table.columns, table.values),
        (vec![3], vec![vec![json!(85)]])
    );
}

#[tokio::test]
async fn options_are_searched_and_counted() {
    let f = Fixture::new(|_, _| {}).await;
    let ask = |el: &str, search: Option<&str>| Want {
        part: Part::Options,
        search: search.map(str::to_owned),
        ..want(el)
    };
    let all = f.table(ask("region", None)).await;
    assert_eq!(all.columns, [0, 2]);
    assert_eq!(
        all.values,
        [
            vec![json!(null), json!("East"), json!("West")],
            vec![json!(1), json!(2), json!(2)]
        ]
    );
    let some = f.table(ask("region", Some("EA"))).await;
    assert_eq!((some.count, &some.values[0]), (1, &vec![json!("East")]));
    let fixed = f.table(ask("offer", Some("ma"))).await;
    assert_eq!(
        (fixed.count, fixed.columns, &fixed.values[1]),
        (1, vec![0, 1], &vec![json!("Mail")])
    );
    let line = f.line(ask("notes/nope", None), json!({})).await;
    assert!(line.err.unwrap().message.contains("`notes/nope`"));
}

#[tokio::test]
async fn a_required_empty_control_empties_the_data_of_its_page() {
    let f = Fixture::new(|plan, _| {
        plan.controls["region"].required = true;
        let element = |id: &str, kind: ElementKind, data: Option<&str>| Element {
            id: id.to_owned(),
            title: None,
            description: None,
            style: Style::default(),
            kind,
            data: data.map(str::to_owned),
            prose: None,
            hash: String::new(),
        };
        let place = |id: &str| Placement {
            element: id.to_owned(),
            column: 1,
            row: 1,
            width: 24,
            height: 1,
        };
        let table = ElementKind::Table {
            highlight: Vec::new(),
            on_select: None,
        };
        let elements = [
            element(
                "p.c",
                ElementKind::Control {
                    control: "region".to_owned(),
                },
                None,
            ),
            element("p.t", table, Some("orders")),
            element(
                "p.box",
                ElementKind::Container {
                    body: vec![place("p.t")],
                    scroll: false,
                },
                None,
            ),
        ];
        plan.elements = elements
            .into_iter()
            .map(|element| (element.id.clone(), element))
            .collect();
        let body = vec![place("p.c"), place("p.box")];
        plan.pages = vec![Page {
            id: "p".to_owned(),
            title: String::new(),
            hidden: false,
            body,
        }];
    })
    .await;
    let waiting = f.table(want("orders")).await;
    assert_eq!(
        (waiting.waiting_for, waiting.count),
        (vec!["region".to_owned()], 0)
    );
    assert_eq!(f.table(want("grouped")).await.count, 7, "stands on no page");
    let line = f.line(want("orders"), json!({ "region": ["West"] })).await;
    assert_eq!(line.ok.unwrap().count, 2);
    let listed = f
        .engine
        .rows("orders", &Grain::Shown, &f.bindings(json!({})))
        .await
        .unwrap();
    assert_eq!((listed.waiting_for.len(), listed.rows), (1, 0));
}

#[tokio::test]
async fn a_failure_shows_the_engines_words_to_authors_only() {
    let f = Fixture::new(|plan, nodes| {
        let column = ScanColumn {
            name: "gone".to_owned(),
            zoned: false,
        };
        let node = nodes.scan(vec!["orders".to_owned()], vec![(column, Type::Number)]);
        plan.data["orders"].rows = View {
            node,
            columns: vec![0],
            order: Vec::new(),
        };
        let origin = Origin {
            file: "book.yaml".to_owned(),
            line: 7,
            column: 3,
        };
        plan.origins.insert("orders".to_owned(), origin);
    })
    .await;
    let failure = f.line(want("orders"), json!({})).await.err.unwrap();
    assert_eq!(
        (failure.code.as_str(), failure.message.as_str()),
        ("query-failed", "`ORDERS` could not be computed")
    );
    assert!(
        failure
            .detail
            .unwrap()
            .starts_with("book.yaml:7:3: no such column: ")
    );
    let error = f
        .engine
        .rows("orders", &Grain::Shown, &f.bindings(json!({})))
        .await
        .unwrap_err();
    assert_eq!(
        error.describe(f.engine.plan(), "orders", false).detail,
        None
    );
}

#[tokio::test]
async fn a_batch_is_answered_line_by_line() {
    let f = Fixture::new(|_, _| {}).await;
    let wants = vec![
        want("orders"),
        want("grouped"),
        want("nope"),
        want("orders"),
    ];
    let mut lines = f.engine.answer(9, wants, f.bindings(json!({})));
    let mut found = Vec::new();
    while let Some(line) = lines.recv().await {
        assert_eq!(line.seq, 9);
        found.push(format!("{} {}", line.el, line.ok.is_some()));
    }
    found.sort();
    assert_eq!(
        found,
        ["grouped true", "nope false", "orders true", "orders true"]
    );
}

#[tokio::test]
async fn a_listing_has_visible_columns_in_display_order() {
    let f = Fixture::new(|plan, _| plan.data["grouped"].columns[0].hidden = true).await;
    let bindings = f.bindings(json!({}));
    let names = |listing: &super::Listing<'_>| {
        listing
            .columns
            .iter()
            .map(|c| c.id.clone())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let cases = [
        (Grain::Shown, "plan plan-total", 4),
        (Grain::Level("REGION".to_owned()), "region-total", 3),
        (Grain::Level("base".to_owned()), "plan id mrr", 5),
        (Grain::Totals, "plan-total", 1),
    ];
    for (grain, columns, rows) in cases {
        let listing = f.engine.rows("GROUPED", &grain, &bindings).await.unwrap();
        assert_eq!(
            (names(&listing).as_str(), listing.rows),
            (columns, rows),
            "{grain:?}"
        );
    }
    assert!(
        f.engine
            .rows("grouped", &Grain::Level("nope".to_owned()), &bindings)
            .await
            .is_err()
    );
    assert!(
        f.engine
            .explain("grouped", &Grain::Totals, &bindings)
            .unwrap()
            .text
            .contains("orders")
    );
}

#[tokio::test]
async fn an_edit_is_seen_by_the_next_query_in_its_place() {
    let f = Fixture::new(|_, _| {}).await;
    assert_eq!(f.table(want("notes")).await.count, 0);
    let insert = |key: &str, after: Option<&str>| EditOp::Insert {
        key: key.to_owned(),
        after: after.map(str::to_owned),
        values: IndexMap::from([("note".to_owned(), json!(format!("note {key}")))]),
    };
    let request = EditRequest {
        workbook: "book".to_owned(),
        table: "notes".to_owned(),
        by: "t".to_owned(),
        id: "b1".to_owned(),
        ops: vec![
            insert("r1", None),
            insert("r2", None),
            insert("a", Some("r1")),
        ],
    };
    let author = Author {
        user: "ann".to_owned(),
        tab: "t".to_owned(),
        now: 0,
    };
    let reply = f
        .engine
        .edit(&request, &author, &f.bindings(json!({})))
        .await
        .unwrap();
    let table = f.table(want("notes")).await;
    assert_eq!(table.keys.unwrap(), ["r1", "a", "r2"]);
    assert_eq!(
        (table.edit_num, &table.values[1][1]),
        (Some(reply.edit_num), &json!("note a"))
    );
    let page = f
        .table(Want {
            rows: Some((1, 1)),
            ..want("notes")
        })
        .await;
    assert_eq!(
        (page.keys.unwrap().join(" "), page.count),
        ("a".to_owned(), 3)
    );
}

#[tokio::test]
async fn numbers_are_searched_as_they_are_written() {
    let f = Fixture::new(|plan, nodes| {
        let filtered = scan(nodes);
        let key = ("value".to_owned(), nodes.column(&filtered, 3));
        let amounts = nodes.aggregate(&filtered, vec![key], Vec::new());
        let list = ControlKind::List {
            multiple: true,
            exclude: false,
            value_type: Type::Number,
        };
        plan.controls.insert(
            "amount".to_owned(),
            control("amount", list, Some(Options::From(amounts))),
        );
    })
    .await;
    let search = Some("0".to_owned());
    let table = f
        .table(Want {
            part: Part::Options,
            search,
            ..want("amount")
        })
        .await;
    assert_eq!(
        (table.columns, table.count),
        (vec![0], 4),
        "0, 10, 30 and 40, not 5"
    );
}

#[test]
fn data_of_before_is_not_used_after_a_load() {
    let shared = Shared::default();
    let before = shared.generation();
    shared.data_changed();
    assert_ne!(shared.generation(), before);
}

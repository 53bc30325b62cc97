//! Rows of an element: pages of them, sorted, filtered, waiting, failed.

use bookwright_compiler::plan::Origin;
use bookwright_compiler::plan::element::View;
use bookwright_compiler::plan::layout::{Element, ElementKind, Page, Placement, Style};
use bookwright_compiler::plan::relation::ScanColumn;
use bookwright_compiler::value::Type;
use serde_json::json;

use super::{Fixture, want};
use crate::engine::{Grain, Shared};
use crate::protocol::query::{Direction, Want};

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

#[test]
fn data_of_before_is_not_used_after_a_load() {
    let shared = Shared::default();
    let before = shared.generation();
    shared.data_changed();
    assert_ne!(shared.generation(), before);
}

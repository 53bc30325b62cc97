//! Options of controls, searched.

use bookwright_compiler::plan::control::{ControlKind, Options};
use bookwright_compiler::value::Type;
use serde_json::json;

use super::book::{control, scan};
use super::{Fixture, want};
use crate::protocol::query::{Part, Want};

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
async fn numbers_are_searched_as_they_are_written() {
    let f = Fixture::new(|plan, nodes| {
        let filtered = scan(nodes);
        let key = ("value".into(), nodes.column(filtered, 3));
        let amounts = nodes.aggregate(filtered, vec![key], Vec::new());
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

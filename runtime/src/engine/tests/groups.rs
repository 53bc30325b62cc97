//! Groups, their totals, and listings by level.

use std::sync::Arc;

use serde_json::json;

use super::{Fixture, want};
use crate::engine::{Grain, Listing};
use crate::protocol::query::{Direction, Part, RowKind, Table, Want};

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
async fn a_listing_has_visible_columns_in_display_order() {
    let f = Fixture::new(|plan, _| {
        Arc::make_mut(&mut plan.data["grouped"]).columns[0].hidden = true;
    })
    .await;
    let bindings = f.bindings(json!({}));
    let names = |listing: &Listing<'_>| {
        listing
            .columns
            .iter()
            .map(|c| c.id.to_string())
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

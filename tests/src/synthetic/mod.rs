//! Workbooks of any size for benches: the same number gives the same bytes.
//!
//! Twenty elements make a page: eight charts, five key figures, three tables and three controls around a line of text,
//! over one query per ten elements. Queries read a seed of orders, compute columns from columns and are filtered by the
//! controls of their page; every third one is grouped. Numbers in formulas and names differ from element to element, so
//! that no two compile to the same plan.

mod host;

use std::io;
use std::ops::Range;
use std::path::Path;

pub use host::MemoryHost;

/// Elements on a page.
const PER_PAGE: usize = 20;
/// Elements over one query.
const PER_QUERY: usize = 10;

/// The project file.
pub const PROJECT: &str = "project: synthetic\nworkbooks: [\"*.yaml\"]\nseeds: [data/*.csv]\n";

/// Name of the workbook's file in the project.
pub const FILE: &str = "synthetic.yaml";

/// Elements of one file, as people cut a large workbook: by groups of pages.
pub const PER_FILE: usize = 100;

/// Files that a large workbook includes.
pub const PARTS: &str = "parts/*.yaml";

/// Writes a project: its file, a workbook of `elements` elements, and a seed of `rows` orders.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path, elements: usize, rows: usize) -> io::Result<()> {
    std::fs::create_dir_all(folder.join("data"))?;
    std::fs::create_dir_all(folder.join("parts"))?;
    let put = |name: &str, text: &str| {
        #[expect(clippy::disallowed_methods, reason = "this makes a project on disk")]
        std::fs::write(folder.join(name), text)
    };
    put("bookwright.yaml", PROJECT)?;
    for (path, text) in files(elements) {
        put(&path, &text)?;
    }
    put("data/orders.csv", &orders(rows))
}

/// The files of a workbook of that many elements, its own first: one, or one per [`PER_FILE`] elements.
pub fn files(elements: usize) -> Vec<(String, String)> {
    if elements <= PER_FILE {
        return vec![(FILE.to_owned(), workbook(elements))];
    }
    let main = format!("workbook: Synthetic\ninclude: \"{PARTS}\"\n");
    let parts = (0..elements.div_ceil(PER_FILE)).map(|part| {
        let first = part * PER_FILE;
        let range = first..elements.min(first + PER_FILE);
        (format!("parts/{part:04}.yaml"), fragment(range))
    });
    std::iter::once((FILE.to_owned(), main))
        .chain(parts)
        .collect()
}

/// A workbook of that many elements (text, controls and data elements; its queries are not counted) in one file.
pub fn workbook(elements: usize) -> String {
    format!("workbook: Synthetic\n\n{}", fragment(0..elements))
}

/// Queries, controls and pages of a range of elements that begins with a page.
fn fragment(elements: Range<usize>) -> String {
    let mut text = String::from("queries:\n");
    for query in elements.start / PER_QUERY..elements.end.div_ceil(PER_QUERY) {
        text.push_str(&query_text(query));
    }
    text.push_str("\ncontrols:\n");
    let placed = |element: &usize| matches!(Kind::of(*element), Kind::Control(_));
    for element in elements.clone().filter(placed) {
        text.push_str(&control_text(element));
    }
    text.push_str("\npages:\n");
    for page in elements.start / PER_PAGE..elements.end.div_ceil(PER_PAGE) {
        let head = format!("  Page {page}:\n    body:\n");
        text.push_str(&head);
        let first = page * PER_PAGE;
        for element in first..elements.end.min(first + PER_PAGE) {
            text.push_str(&element_text(element));
        }
    }
    text
}

/// A seed of orders, as CSV.
pub fn orders(rows: usize) -> String {
    let mut text = String::from("ORDER_ID,STORE,PRODUCT,ORDERED_ON,QUANTITY,AMOUNT,COST\n");
    for row in 0..rows {
        let (year, month, day) = (2023 + row % 3, 1 + row / 3 % 12, 1 + row / 7 % 28);
        let (store, product) = (row % 11, row * 7 % 53);
        let (quantity, amount) = (1 + row * 5 % 9, 200 + row * 37 % 4001);
        let line = format!(
            "{row},Store {store},Product {product},{year}-{month:02}-{day:02},{quantity},{}.{:02},{}.5\n",
            amount / 100,
            amount % 100,
            amount / 200
        );
        text.push_str(&line);
    }
    text
}

/// What stands at a place of a page.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Control(usize),
    Kpi,
    Chart(usize),
    Table(usize),
}

impl Kind {
    fn of(element: usize) -> Self {
        match element % PER_PAGE {
            0 => Self::Text,
            at @ 1..=3 => Self::Control(at - 1),
            4..=8 => Self::Kpi,
            at @ 9..=16 => Self::Chart(at - 9),
            at => Self::Table(at - 17),
        }
    }
}

/// The query an element reads. Controls stand on the first ten places of a page, so they belong to its first query.
fn query_of(element: usize) -> usize {
    element / PER_QUERY
}

fn query_text(query: usize) -> String {
    let mut text = format!(
        r#"  Orders {query}:
    table: ORDERS
    columns:
      Order: "[ORDERS/ORDER_ID]"
      Ordered: {{ formula: "[ORDERS/ORDERED_ON]", format: date }}
      Store: "[ORDERS/STORE]"
      Product: "[ORDERS/PRODUCT]"
      Quantity: "[ORDERS/QUANTITY]"
      Amount: {{ formula: "[ORDERS/AMOUNT]", format: currency }}
      Cost: "[ORDERS/COST]"
      Margin: "[Amount] - [Cost] * {factor}"
      Margin Share: {{ formula: "If([Amount] > 0, [Margin] / [Amount], 0)", format: percent }}
      Days Ago: DateDiff("day", [Ordered], Date("2026-01-01"))
      Size: If([Amount] > {large}, "Large", [Amount] > {medium}, "Medium", "Small")
      Label: Concat(Upper(Left([Store], 3)), " · ", [Product])
    filters:
      - "[Quantity] > 0 and [Days Ago] >= 0"
"#,
        factor = 1 + query % 7,
        large = 30 + query % 10,
        medium = 10 + query % 10,
    );
    if query % 3 == 2 {
        let grouped = format!(
            r#"  Stores {query}:
    query: Orders {query}
    group_by:
      - keys: [Store]
        columns:
          Store Amount: {{ formula: "Sum([Amount])", format: currency }}
          Products: CountDistinct([Product])
      - keys: [Size]
        columns:
          Size Amount: {{ formula: "Sum([Amount])", format: currency }}
          Share: {{ formula: "[Size Amount] / [Store Amount]", format: percent }}
    sort: [-Store Amount, Size]
"#
        );
        text.push_str(&grouped);
    }
    text
}

fn control_text(element: usize) -> String {
    let query = query_of(element);
    match Kind::of(element) {
        Kind::Control(0) => format!(
            "  Store {element}: {{ type: list, options_from: Orders {query}/Store, filters: [Orders {query}/Store] }}\n"
        ),
        Kind::Control(1) => {
            format!(
                "  Ordered {element}: {{ type: date-range, filters: [Orders {query}/Ordered] }}\n"
            )
        }
        _ => format!(
            "  Amount {element}: {{ type: number-range, filters: [Orders {query}/Amount] }}\n"
        ),
    }
}

fn element_text(element: usize) -> String {
    let query = query_of(element);
    match Kind::of(element) {
        Kind::Text => format!(
            "      - text: \"# Page of {{{{Count([Orders {query}/Order])}}}} orders ({element})\"\n"
        ),
        Kind::Control(which) => {
            let name = ["Store", "Ordered", "Amount"]
                .get(which)
                .unwrap_or(&"Amount");
            format!("      - control: {name} {element}\n")
        }
        Kind::Kpi => format!(
            r#"      - kpi: Figure {element}
        from: Orders {query}
        value: SumIf([Amount], [Size] = "Large") / Sum([Amount]) + {element}
        format: percent
"#
        ),
        Kind::Chart(which) => chart_text(element, query, which),
        Kind::Table(which) => table_text(element, query, which),
    }
}

fn chart_text(element: usize, query: usize, which: usize) -> String {
    let kind = ["bar", "line", "area", "bar"][which % 4];
    let x = match which % 3 {
        0 => r#"DateTrunc("month", [Ordered])"#,
        1 => r#""[Store]""#,
        _ => r#""[Product]""#,
    };
    let mut text = format!(
        r#"      - chart: Chart {element}
        type: {kind}
        from: Orders {query}
        x: {x}
        y: {{ Value: "Sum([Margin]) * {factor}" }}
"#,
        factor = 1 + element % 13
    );
    if which.is_multiple_of(2) {
        text.push_str("        color: \"[Size]\"\n        stack: normal\n");
    }
    text
}

fn table_text(element: usize, query: usize, which: usize) -> String {
    let mut text = String::new();
    let head = format!("      - table: Table {element}\n        from: Orders {query}\n");
    text.push_str(&head);
    let body = match which {
        0 => format!(
            r#"        columns:
          - Order
          - Label
          - Amount
          - With Tax {element}: "Round([Amount] * (1 + {rate} / 100), 2)"
        filters: ["[Amount] > {rate}"]
        sort: -Amount
        limit: 500
"#,
            rate = 5 + element % 20
        ),
        1 => format!(
            r#"        group_by:
          - keys: [{{ Month: 'DateTrunc("month", [Ordered])' }}]
            columns:
              Orders Count: CountDistinct([Order])
              Amount {element}: {{ formula: "Sum([Amount])", format: currency }}
              Growth: "[Amount {element}] / Lag([Amount {element}]) - 1"
"#
        ),
        _ => format!(
            r#"        columns: ["*", {{ Rank {element}: "Rank([Amount], \"desc\")" }}]
        sort: Ordered
"#
        ),
    };
    text.push_str(&body);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_workbook_and_more_elements_give_more() {
        assert_eq!(workbook(100), workbook(100));
        assert!(workbook(200).len() > workbook(100).len());
        assert_eq!(orders(3).lines().count(), 4);
    }

    #[test]
    fn the_files_of_a_large_workbook_hold_what_one_would() {
        let parts: String = files(250)
            .into_iter()
            .skip(1)
            .map(|(_, text)| text)
            .collect();
        let lines = |text: &str, part: &str| text.lines().filter(|l| l.contains(part)).count();
        for part in ["- chart:", "- kpi:", "table: ORDERS", "type: list"] {
            assert_eq!(lines(&parts, part), lines(&workbook(250), part), "{part}");
        }
    }
}

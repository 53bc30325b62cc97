use serde_json::{Value, json};

use super::{Report, check};

/// A model of orders with a way to customers, and a chart and a table over it.
fn elements() -> Value {
    json!([
        { "id": "customers", "kind": "table", "source": { "kind": "warehouse-table", "path": ["D", "S", "CUSTOMERS"] },
          "columns": [
            { "id": "c-id", "formula": "[CUSTOMERS/Customer Id]" },
            { "id": "c-region", "formula": "[CUSTOMERS/Region]" } ] },
        { "id": "orders", "kind": "table", "name": "Orders",
          "source": { "kind": "warehouse-table", "path": ["D", "S", "ORDERS"] },
          "columns": [
            { "id": "o-id", "formula": "[ORDERS/ORDER_ID]", "name": "Order Id" },
            { "id": "o-customer", "formula": "[ORDERS/Customer Id]" },
            { "id": "o-day", "formula": "[ORDERS/Day]" },
            { "id": "o-amount", "formula": "[ORDERS/Amount]" } ],
          "metrics": [{ "id": "m", "name": "Revenue", "formula": "Sum([Amount])" }],
          "relationships": [{ "id": "r", "name": "Buyer", "targetElementId": "customers",
            "keys": [{ "sourceColumnId": "o-customer", "targetColumnId": "c-id" }] }] },
        { "id": "chart", "kind": "bar-chart", "name": { "text": "By month" }, "source": { "kind": "table", "elementId": "orders" },
          "columns": [
            { "id": "x", "formula": "DateTrunc(\"month\", [Orders/Day])" },
            { "id": "y", "formula": "[Metrics/Revenue]" },
            { "id": "z", "formula": "[Month of Day]", "name": "Again" } ],
          "xAxis": { "columnId": "x" }, "yAxis": { "columnIds": ["y"] } },
        { "id": "wide", "kind": "table", "name": "Wide", "source": { "kind": "table", "elementId": "orders" },
          "columns": [
            { "id": "w-region", "formula": "[Orders/Buyer/Region]" },
            { "id": "w-amount", "formula": "Sum([Orders/Amount])" } ],
          "groupings": [{ "id": "g", "groupBy": ["w-region"], "calculations": ["w-amount"] }] },
        { "id": "grain", "kind": "control", "controlId": "Grain", "controlType": "segmented", "value": "month",
          "source": { "kind": "manual", "values": ["month", "year"] } },
    ])
}

fn checked(elements: &Value) -> Report {
    check(&json!({ "pages": [{ "elements": elements }] }).to_string()).unwrap_or_default()
}

/// The findings of the document in which one text is replaced.
fn findings(from: &str, to: &str) -> Vec<String> {
    let text = elements().to_string();
    assert!(text.contains(from), "{from}");
    let changed = serde_json::from_str(&text.replace(from, to)).unwrap_or_default();
    let report = checked(&changed);
    report.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_sound_document_has_no_findings_in_any_generation() {
    let bodies = [
        json!({ "pages": [{ "elements": elements() }] }),
        json!({ "document": { "elements": elements(), "pages": [{ "id": "p" }] } }),
        json!({ "contents": { "elements": elements() } }),
        json!({ "sigmaDataModel": { "pages": [{ "elements": elements() }] } }),
    ];
    for body in bodies {
        let report = check(&body.to_string()).unwrap_or_default();
        assert_eq!(report.findings, []);
        assert_eq!((report.elements, report.formulas.len()), (5, 12));
        assert_eq!(report.typed, (2, 6));
    }
}

#[test]
fn relationships_become_lookups_and_nameless_columns_get_the_names_of_the_platform() {
    let workbook = checked(&elements()).workbook;
    let lines = [
        r#""Region": "Lookup([CUSTOMERS/Region], [Orders/Customer Id], [CUSTOMERS/Customer Id])""#,
        r#"- "Month of Day": "DateTrunc(\"month\", [Orders/Day])""#,
        r#""Revenue": "[Metrics/Revenue]""#,
        r#""Sum of Amount": "Sum([Orders/Amount])""#,
        r#""Grain": { type: segmented, options: ["month", "year"], default: "month" }"#,
    ];
    for line in lines {
        assert!(workbook.contains(line), "{line} in\n{workbook}");
    }
}

#[test]
fn faults_of_a_document_are_found_where_they_are() {
    let cases = [
        (
            "[Orders/Amount]",
            "[Orders/Amuont]",
            "wide | Sum of Amuont | unknown-column",
        ),
        (
            "Sum([Amount])",
            "[Amount]",
            "orders | Revenue | aggregate-required",
        ),
        (
            "Sum([Orders/Amount])",
            "Sum([Orders/Amount]",
            "wide | Sum( Orders Amount | does-not-parse",
        ),
        (
            "[Month of Day]",
            "[Metrics/Profit]",
            "chart | Again | unknown-metric",
        ),
        (
            "[Orders/Buyer/Region]",
            "[Orders/Seller/Region]",
            "wide | Region | unknown-column",
        ),
        (
            "[\"w-region\"]",
            "[\"w-regoin\"]",
            "wide | groupings | unknown-column-id",
        ),
        (
            "[Month of Day]",
            "[Month of Day] + 1",
            "chart | Again | date-arithmetic",
        ),
    ];
    for (from, to, expected) in cases {
        let found = findings(from, to);
        assert!(
            found.iter().any(|finding| finding == expected),
            "{to}: {found:?}"
        );
    }
}

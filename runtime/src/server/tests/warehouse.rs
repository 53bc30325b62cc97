//! A page on a warehouse that is slow, busy and not always there.

use serde_json::{Value as Json, json};

use super::{Fixture, Mode};

const WORKBOOK: &str = "
workbook: Shop
queries:
  Orders: { table: orders, columns: [region, amount] }
  Endless:
    sql: WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c) SELECT n FROM c
    columns: [n]
pages:
  Overview:
    body:
      - kpi: Total
        from: Orders
        value: Sum([amount])
      - kpi: All Of It
        from: Endless
        value: Sum([n])
      - table: By Region
        from: Orders
        group_by:
          - keys: [region]
            columns: { Earned: \"Sum([amount])\" }
";

async fn lines(settings: &str, elements: &[&str]) -> Vec<Json> {
    let project =
        format!("project: test\ntargets: {{ mock: {{ mode: mock_warehouse, {settings} }} }}\n");
    let fixture = Fixture::of(Mode::Dev, &project, WORKBOOK).await;
    let want: Vec<Json> = elements.iter().map(|el| json!({ "el": el })).collect();
    let mut lines = fixture
        .query(&json!({ "workbook": "shop", "seq": 1, "want": want }))
        .await;
    lines.sort_by_key(|line| line["el"].as_str().map(str::to_owned));
    lines
}

#[tokio::test]
async fn passing_failures_are_not_seen() {
    for settings in [
        "fail_every: 3",
        "max_statements: 1",
        "fail_every: 2, max_statements: 1, latency_ms: 1",
    ] {
        let lines = lines(settings, &["by-region", "total"]).await;
        assert_eq!(lines[0]["ok"]["count"], 2, "{settings}: {}", lines[0]);
        assert_eq!(lines[1]["ok"]["values"], json!([[1014.5]]), "{settings}");
    }
}

#[tokio::test]
async fn an_element_over_the_limit_fails_and_the_others_live() {
    let settings = "statement_limit_ms: 3000, max_statements: 2";
    let lines = lines(settings, &["all-of-it", "by-region", "total"]).await;
    assert_eq!(lines[0]["err"]["code"], "query-timeout", "{}", lines[0]);
    assert_eq!(
        lines[0]["err"]["message"],
        "`All Of It` took too long and was stopped"
    );
    assert_eq!(lines[1]["ok"]["count"], 2, "{}", lines[1]);
    assert_eq!(lines[2]["ok"]["values"], json!([[1014.5]]));
}

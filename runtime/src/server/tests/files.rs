//! Files that queries read directly.

use serde_json::json;

use super::{Fixture, Mode};

const WORKBOOK: &str = "
workbook: Shop
queries:
  Amounts: { csv: lists/amounts.csv, columns: [amount] }
pages:
  Overview:
    body:
      - kpi: Total
        from: Amounts
        value: Sum([amount])
";

async fn total(fixture: &Fixture) -> serde_json::Value {
    let want = json!([{ "el": "total" }]);
    let lines = fixture
        .query(&json!({ "workbook": "shop", "seq": 1, "want": want }))
        .await;
    lines[0]["ok"]["values"].clone()
}

#[tokio::test]
async fn a_file_that_a_query_begins_to_read_is_loaded_and_followed() {
    let fixture = Fixture::open(Mode::Dev).await;
    let folder = fixture.folder.path();
    let save = async |path: &str, text: &str| {
        std::fs::write(folder.join(path), text).unwrap();
        fixture.workspace.refresh(&[path.to_owned()]).await;
    };
    std::fs::create_dir(folder.join("lists")).unwrap();
    std::fs::write(folder.join("lists/amounts.csv"), "amount\n1\n2\n").unwrap();
    save("workbooks/shop.yaml", WORKBOOK).await;
    assert_eq!(total(&fixture).await, json!([[3]]));
    save("lists/amounts.csv", "amount\n1\n2\n4\n").await;
    assert_eq!(total(&fixture).await, json!([[7]]));
    std::fs::write(folder.join("lists/others.csv"), "amount\n10\n").unwrap();
    save(
        "workbooks/shop.yaml",
        &WORKBOOK.replace("amounts.csv", "others.csv"),
    )
    .await;
    assert_eq!(total(&fixture).await, json!([[10]]));
}

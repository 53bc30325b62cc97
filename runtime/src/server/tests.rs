//! The router over a small project, with the real compiler and engine.

#![expect(clippy::disallowed_methods, reason = "tests make files")]

mod files;
mod warehouse;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use bookwright_compiler::compile::compile_observed;
use serde_json::{Value as Json, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;

use super::app::{App, Mode};
use super::{listen, router};
use crate::host::locate::locate;
use crate::session::local;
use crate::session::workspace::{Parts, Workspace};

const WORKBOOK: &str = r##"
workbook: Shop
description: "</script><script>alert('&')</script>"
queries:
  Orders:
    table: orders
    columns:
      Region: "[orders/region]"
      Amount: { formula: "[orders/amount]", format: "$,.2f" }
input_tables:
  Notes:
    columns:
      Note: { type: text, required: true }
      Done: checkbox
controls:
  Pick Region: { type: list, options_from: Orders/Region, filters: [Orders/Region] }
actions:
  add note:
    do:
      - insert: { into: Notes, values: { Note: written } }
pages:
  Overview:
    body:
      - text: "# Shop\n\nIn all **{{Sum([Orders/Amount])}}** <img src=https://pictures.example/x.png onerror=alert(1)>"
      - control: Pick Region
      - kpi: Total
        from: Orders
        value: Sum([Amount])
        format: "$,.2f"
      - table: By region
        from: Orders
        group_by:
          - keys: [Region]
            columns: { Earned: "Sum([Amount])" }
      - input_table: Notes
      - button: Add
        on_click: add note
  Second:
    body:
      - text: Nothing here
"##;

struct Fixture {
    folder: tempfile::TempDir,
    workspace: Arc<Workspace>,
    app: Arc<App>,
}

impl Fixture {
    async fn open(mode: Mode) -> Self {
        Self::with(mode, WORKBOOK).await
    }

    async fn with(mode: Mode, workbook: &str) -> Self {
        Self::of(mode, "project: test\n", workbook).await
    }

    async fn of(mode: Mode, project: &str, workbook: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("data")).unwrap();
        std::fs::create_dir_all(folder.path().join("workbooks")).unwrap();
        std::fs::write(folder.path().join("bookwright.yaml"), project).unwrap();
        std::fs::write(folder.path().join("workbooks/shop.yaml"), workbook).unwrap();
        let rows = "region,amount\nNorth,10.5\nSouth,1000\nNorth,4\n";
        std::fs::write(folder.path().join("data/orders.csv"), rows).unwrap();
        let parts = Parts {
            open: local::open,
            compile: compile_observed,
            csv: Arc::default(),
            progress: Arc::new(|_, _, _| {}),
        };
        let (workspace, _) = Workspace::open(locate(folder.path()).unwrap(), None, parts)
            .await
            .unwrap();
        let app = Arc::new(App {
            workspace: Arc::clone(&workspace),
            mode,
            bundle: None,
            ui_dev: None,
        });
        Self {
            folder,
            workspace,
            app,
        }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let response = router::router(Arc::clone(&self.app))
            .oneshot(request)
            .await
            .unwrap();
        let (head, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 << 20).await.unwrap();
        (
            head.status,
            head.headers,
            String::from_utf8(bytes.to_vec()).unwrap(),
        )
    }

    async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(path)
            .header(header::HOST, "127.0.0.1:4600")
            .header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, body: &Json) -> (StatusCode, Json) {
        let request = Request::post(path)
            .header(header::HOST, "127.0.0.1:4600")
            .header(header::CONTENT_TYPE, "application/json");
        let (status, _, text) = self
            .send(request.body(Body::from(body.to_string())).unwrap())
            .await;
        (
            status,
            serde_json::from_str(&text).unwrap_or(Json::String(text)),
        )
    }

    async fn query(&self, body: &Json) -> Vec<Json> {
        let request = Request::post("/api/v1/query")
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/json");
        let (status, _, text) = self
            .send(request.body(Body::from(body.to_string())).unwrap())
            .await;
        assert_eq!(status, StatusCode::OK, "{text}");
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

#[tokio::test]
async fn the_only_workbook_is_where_the_root_leads() {
    let fixture = Fixture::open(Mode::Dev).await;
    let (status, headers, _) = fixture.get("/").await;
    assert_eq!(
        (status, &headers[header::LOCATION]),
        (
            StatusCode::TEMPORARY_REDIRECT,
            &"/w/shop/overview".parse().unwrap()
        )
    );
    let (_, headers, _) = fixture.get("/w/shop").await;
    assert_eq!(headers[header::LOCATION], "/w/shop/overview");
}

#[tokio::test]
async fn a_renamed_workbook_is_found_under_its_old_id_and_leads_to_the_new_one() {
    let fixture = Fixture::open(Mode::Dev).await;
    let file = fixture.folder.path().join("workbooks/shop.yaml");
    let renamed = WORKBOOK.replacen("workbook: Shop", "workbook: Book Store", 1);
    std::fs::write(file, renamed).unwrap();
    let changed = ["workbooks/shop.yaml".to_owned()];
    fixture.workspace.refresh(&changed).await;
    let leads = async |path: &str| {
        let (status, headers, _) = fixture.get(path).await;
        assert_eq!(status, StatusCode::TEMPORARY_REDIRECT, "{path}");
        headers[header::LOCATION].to_str().unwrap().to_owned()
    };
    assert_eq!(leads("/w/shop").await, "/w/book-store/overview");
    assert_eq!(
        leads("/w/shop/overview?pick-region=North").await,
        "/w/book-store/overview?pick-region=North"
    );
    for id in ["shop", "book-store"] {
        let want = json!([{ "el": "total" }]);
        let lines = fixture
            .query(&json!({ "workbook": id, "seq": 1, "want": want }))
            .await;
        assert_eq!(lines[0]["ok"]["values"], json!([[1014.5]]), "{id}");
    }
}

#[tokio::test]
async fn the_shell_carries_the_plan_and_lets_nothing_out_of_it() {
    let fixture = Fixture::open(Mode::Dev).await;
    let (status, headers, html) = fixture
        .get("/w/shop/overview?pick-region=North,South&nope=1")
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("<title>Overview · Shop</title>"));
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.contains("img-src 'self' data: blob: https://pictures.example;"),
        "{policy}"
    );
    assert!(policy.contains("script-src 'self';"), "{policy}");
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert!(!html.contains("<script>alert") && !html.contains("onerror"));
    let (_, rest) = html.split_once("id=\"boot\">").unwrap();
    let (boot, _) = rest.split_once("</script>").unwrap();
    let boot: Json = serde_json::from_str(boot).unwrap();
    assert_eq!(boot["page"], "overview");
    assert_eq!(boot["values"], json!({ "pick-region": ["North", "South"] }));
    assert_eq!(
        boot["plan"]["description"],
        "</script><script>alert('&')</script>"
    );
    let text = &boot["plan"]["elements"]["overview.text-1"]["kind"]["text"][0]["text"];
    assert!(
        text.as_str()
            .unwrap()
            .contains("<strong><span data-value=\"0\"></span></strong>"),
        "{text}"
    );
}

#[tokio::test]
async fn without_a_bundle_the_page_is_readable() {
    let fixture = Fixture::open(Mode::Dev).await;
    let (_, _, html) = fixture.get("/w/shop/overview").await;
    assert!(html.contains("This is the plain view"));
    assert!(
        html.contains("<p class=\"kpi-value\">$1,014.50</p>"),
        "{html}"
    );
    assert!(html.contains("<strong>$1,014.50</strong>"));
    assert!(html.contains("<th scope=\"col\">Region</th>") && html.contains("<td>North</td>"));
    let (_, _, html) = fixture.get("/w/shop/overview?pick-region=North").await;
    assert!(html.contains("<p class=\"kpi-value\">$14.50</p>"));
}

#[tokio::test]
async fn a_query_gives_a_line_per_request() {
    let fixture = Fixture::open(Mode::Dev).await;
    let want = json!([{ "el": "total" }, { "el": "by-region" }, { "el": "nope" }, { "el": "pick-region", "part": "options" }]);
    let lines = fixture.query(&json!({ "workbook": "shop", "seq": 7, "controls": { "pick-region": ["North"] }, "want": want })).await;
    assert_eq!(lines.len(), 4);
    let line = |el: &str| lines.iter().find(|line| line["el"] == el).unwrap();
    assert_eq!(line("total")["ok"]["values"], json!([[14.5]]));
    assert_eq!(line("by-region")["ok"]["values"][0], json!(["North"]));
    assert_eq!(
        line("pick-region")["ok"]["values"][0],
        json!(["North", "South"])
    );
    assert_eq!(line("nope")["err"]["code"], "query-failed");
    assert!(lines.iter().all(|line| line["seq"] == 7));
}

#[tokio::test]
async fn all_rows_of_an_element_leave_as_a_file() {
    let fixture = Fixture::open(Mode::Serve).await;
    let notes = [
        "plain",
        "with \"quotes\", and\nlines",
        "=1+1",
        "Grüße, 你好",
    ];
    let ops: Vec<Json> = notes
        .iter()
        .enumerate()
        .map(|(at, note)| json!({ "op": "insert", "key": format!("r{at}"), "after": null, "values": { "note": note } }))
        .collect();
    let edit = json!({ "workbook": "shop", "table": "notes", "by": "t", "id": "b", "ops": ops });
    assert_eq!(fixture.post("/api/v1/edit", &edit).await.0, StatusCode::OK);
    let ask = |el: &str, more: &Json| {
        let mut body = json!({ "workbook": "shop", "el": el });
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    let cases = [
        (
            ask("notes", &json!({})),
            "\u{feff}Note,Done\r\nplain,\r\n\"with \"\"quotes\"\", and\nlines\",\r\n=1+1,\r\n\"Grüße, 你好\",\r\n",
        ),
        (
            ask(
                "orders",
                &json!({ "form": "tsv", "sort": [["amount", "desc"]], "controls": { "pick-region": ["North"] } }),
            ),
            "Region\tAmount\r\nNorth\t10.5\r\nNorth\t4\r\n",
        ),
        (
            ask("by-region", &json!({})),
            "\u{feff}Region,Earned\r\nNorth,14.5\r\nSouth,1000\r\n",
        ),
    ];
    for (body, expected) in cases {
        let (status, text) = fixture.post("/api/v1/export", &body).await;
        assert_eq!((status, text), (StatusCode::OK, json!(expected)), "{body}");
    }
    let (status, error) = fixture
        .post("/api/v1/export", &ask("nope", &json!({})))
        .await;
    assert_eq!(
        (status.is_success(), &error["code"]),
        (false, &json!("query-failed"))
    );
}

#[tokio::test]
async fn requests_that_the_protocol_does_not_know_are_refused_with_a_code() {
    let fixture = Fixture::open(Mode::Serve).await;
    let many: Vec<Json> = (0..501).map(|_| json!({ "el": "total" })).collect();
    let cases = [
        (
            "/api/v1/query",
            json!({ "workbook": "nope", "seq": 1, "want": [] }),
            404,
            "unknown-workbook",
        ),
        (
            "/api/v1/query",
            json!({ "workbook": "shop", "seq": 1, "want": [], "more": 1 }),
            400,
            "invalid-request",
        ),
        (
            "/api/v1/query",
            json!({ "workbook": "shop", "seq": 1, "want": many }),
            413,
            "request-too-large",
        ),
        (
            "/api/v1/query",
            json!({ "workbook": "shop", "seq": 1, "controls": { "pick-region": { "x": 1 } }, "want": [] }),
            400,
            "control-value",
        ),
        (
            "/api/v1/edit",
            json!({ "workbook": "shop", "table": "x", "by": "t", "id": "1", "ops": [] }),
            400,
            "invalid-request",
        ),
        (
            "/api/v1/action",
            json!({ "workbook": "shop", "action": "x", "by": "t" }),
            400,
            "invalid-request",
        ),
        ("/api/v1/nothing", json!({}), 404, "element-not-found"),
    ];
    for (path, body, status, code) in cases {
        let (found, reply) = fixture.post(path, &body).await;
        assert_eq!(
            (found.as_u16(), reply["code"].as_str().unwrap()),
            (status, code),
            "{path} {reply}"
        );
        assert_eq!(reply["detail"], Json::Null);
    }
    let large = json!({ "workbook": "x".repeat(9 << 20), "seq": 1, "want": [] });
    assert_eq!(
        fixture.post("/api/v1/query", &large).await.1["code"],
        "request-too-large"
    );
}

#[tokio::test]
async fn other_sites_get_nothing() {
    let fixture = Fixture::open(Mode::Dev).await;
    let request = Request::get("/")
        .header(header::HOST, "rebound.example")
        .body(Body::empty())
        .unwrap();
    let (status, _, body) = fixture.send(request).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(body.contains("origin-refused"));
    let request = Request::post("/api/v1/edit")
        .header(header::HOST, "127.0.0.1:4600")
        .header(header::ORIGIN, "http://evil.example")
        .header(header::CONTENT_TYPE, "application/json");
    let (status, ..) = fixture.send(request.body(Body::from("{}")).unwrap()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn people_get_pages_for_what_is_not_there() {
    let fixture = Fixture::open(Mode::Serve).await;
    for (path, words) in [
        ("/w/nope/x", "there is no workbook `nope`"),
        ("/w/shop/nope", "no page `nope`"),
        ("/x", "nothing at this address"),
    ] {
        let (status, headers, html) = fixture.get(path).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(
            headers[header::CONTENT_TYPE]
                .to_str()
                .unwrap()
                .starts_with("text/html")
        );
        assert!(html.contains(words), "{html}");
    }
}

#[tokio::test]
async fn edits_and_actions_are_stored_and_told_to_the_pages() {
    let fixture = Fixture::open(Mode::Dev).await;
    let mut live = fixture.workspace.slot("shop").unwrap().live();
    let ops = json!([{ "op": "insert", "key": "r1", "after": null, "values": { "note": "hello" } }, { "op": "set", "key": "r1", "col": "note", "value": null }]);
    let edit = json!({ "workbook": "shop", "table": "notes", "by": "tab", "id": "b1", "ops": ops });
    let (status, reply) = fixture.post("/api/v1/edit", &edit).await;
    assert_eq!(
        (status, &reply["results"][0]),
        (StatusCode::OK, &json!("ok")),
        "{reply}"
    );
    assert!(reply["results"][1]["rejected"].is_string(), "{reply}");
    let message: Json = serde_json::from_str(&live.recv().await.unwrap()).unwrap();
    assert_eq!(
        (message["t"].as_str(), message["by"].as_str()),
        (Some("edits"), Some("tab"))
    );
    let message: Json = serde_json::from_str(&live.recv().await.unwrap()).unwrap();
    assert_eq!(message, json!({ "t": "stale", "els": ["notes"] }));

    let action = json!({ "workbook": "shop", "action": "add-note", "by": "tab" });
    let (status, reply) = fixture.post("/api/v1/action", &action).await;
    assert_eq!(
        (status, &reply["failure"]),
        (StatusCode::OK, &Json::Null),
        "{reply}"
    );
    let lines = fixture
        .query(&json!({ "workbook": "shop", "seq": 1, "want": [{ "el": "notes" }] }))
        .await;
    assert_eq!(lines[0]["ok"]["count"], 2);
}

#[tokio::test]
async fn a_save_reaches_the_pages_and_a_mistake_keeps_the_last_good_plan() {
    let fixture = Fixture::open(Mode::Dev).await;
    let file = fixture.folder.path().join("workbooks/shop.yaml");
    let slot = fixture.workspace.slot("shop").unwrap();
    let mut live = slot.live();
    let path = ["workbooks/shop.yaml".to_owned()];

    std::fs::write(&file, WORKBOOK.replace("kpi: Total", "kpi: Sum")).unwrap();
    assert_eq!(fixture.workspace.refresh(&path).await.len(), 1);
    let message: Json = serde_json::from_str(&live.recv().await.unwrap()).unwrap();
    assert_eq!(
        (message["t"].as_str(), message["plan"]["rev"].as_u64()),
        (Some("change"), Some(2))
    );
    assert!(message["plan"]["data"].get("sum").is_some());

    std::fs::write(&file, WORKBOOK.replace("Sum([Amount])", "Sum([Amuont])")).unwrap();
    fixture.workspace.refresh(&path).await;
    let message: Json = serde_json::from_str(&live.recv().await.unwrap()).unwrap();
    assert_eq!(message["t"], "diag");
    assert_eq!(message["diagnostics"][0]["code"], "unknown-column");
    assert_eq!(slot.current().revision.as_ref().unwrap().rev, 2);
    let (status, _, html) = fixture.get("/w/shop/overview").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("The last save has errors"));
}

#[tokio::test]
async fn changed_seeds_are_loaded_again() {
    let fixture = Fixture::open(Mode::Dev).await;
    let mut live = fixture.workspace.slot("shop").unwrap().live();
    std::fs::write(
        fixture.folder.path().join("data/orders.csv"),
        "region,amount\nWest,7\n",
    )
    .unwrap();
    fixture
        .workspace
        .refresh(&["data/orders.csv".to_owned()])
        .await;
    let message: Json = serde_json::from_str(&live.recv().await.unwrap()).unwrap();
    assert_eq!(message, json!({ "t": "stale", "els": [] }));
    let lines = fixture
        .query(&json!({ "workbook": "shop", "seq": 1, "want": [{ "el": "total" }] }))
        .await;
    assert_eq!(lines[0]["ok"]["values"], json!([[7]]));
}

#[tokio::test]
async fn a_workbook_that_never_compiled_shows_why_to_its_author_only() {
    let broken = WORKBOOK.replace("Sum([Amount])", "Sum([Amuont])");
    let fixture = Fixture::with(Mode::Dev, &broken).await;
    let (_, _, html) = fixture.get("/w/shop/overview").await;
    assert!(
        html.contains("no column named `Amuont`") && html.contains("workbooks&#x2f;shop.yaml:"),
        "{html}"
    );
    let fixture = Fixture::with(Mode::Serve, &broken).await;
    let (_, _, html) = fixture.get("/w/shop/overview").await;
    assert!(html.contains("shop has errors") && !html.contains("Amuont"));
}

#[tokio::test]
async fn the_head_of_an_answer_and_its_first_line_are_one_piece() {
    let fixture = Fixture::open(Mode::Dev).await;
    let listener = listen::bind(listen::address(None, Some(0)).unwrap())
        .await
        .unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(listen::serve(
        listener,
        router::router(Arc::clone(&fixture.app)),
    ));
    let body = json!({ "workbook": "shop", "seq": 1, "want": [{ "el": "total" }] }).to_string();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST /api/v1/query HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut buffer = vec![0; 64 << 10];
    let read = stream.read(&mut buffer).await.unwrap();
    let text = String::from_utf8_lossy(&buffer[..read]);
    assert!(
        text.starts_with("HTTP/1.1 200 OK") && text.contains("\"el\":\"total\""),
        "{text}"
    );
}

#[tokio::test]
async fn the_live_channel_greets_and_follows() {
    let fixture = Fixture::open(Mode::Dev).await;
    let listener = listen::bind(listen::address(None, Some(0)).unwrap())
        .await
        .unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(listen::serve(
        listener,
        router::router(Arc::clone(&fixture.app)),
    ));
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /ws?workbook=shop HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut seen = String::new();
    let mut buffer = vec![0; 64 << 10];
    while !seen.contains("\"t\":\"hello\"") {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "{seen}");
        seen.push_str(&String::from_utf8_lossy(&buffer[..read]));
    }
    assert!(seen.starts_with("HTTP/1.1 101"));
    let slot = fixture.workspace.slot("shop").unwrap();
    slot.tell(&crate::protocol::live::ServerMessage::Stale {
        els: vec!["total".to_owned()],
    });
    while !seen.contains("\"t\":\"stale\"") {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "{seen}");
        seen.push_str(&String::from_utf8_lossy(&buffer[..read]));
    }
}

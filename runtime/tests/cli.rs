//! The command line as a process: arguments in, exit status and streams out.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

fn bookwright(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bookwright"))
        .args(arguments)
        .current_dir(folder)
        .env("BOOKWRIGHT_NOW", "2026-06-15T12:00:00")
        .env_remove("SIGMA_MODE")
        .env_remove("DATABASE_MODE")
        .output()
        .unwrap()
}

/// One case: arguments, exit status, what stdout is (`=`) or holds, what stderr holds; empty holds nothing at all.
struct Case {
    arguments: &'static [&'static str],
    status: i32,
    stdout: &'static str,
    stderr: &'static str,
}

fn case(
    arguments: &'static [&'static str],
    status: i32,
    stdout: &'static str,
    stderr: &'static str,
) -> Case {
    Case {
        arguments,
        status,
        stdout,
        stderr,
    }
}

fn check(folder: &Path, cases: &[Case]) {
    for case in cases {
        let output = bookwright(folder, case.arguments);
        let (stdout, stderr) = (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        );
        let told = format!("{:?}\nstdout: {stdout}\nstderr: {stderr}", case.arguments);
        assert_eq!(output.status.code(), Some(case.status), "{told}");
        match case.stdout.strip_prefix('=') {
            Some(exact) => assert_eq!(stdout.trim_end(), exact, "{told}"),
            None if case.stdout.is_empty() => assert_eq!(stdout, "", "{told}"),
            None => assert!(stdout.contains(case.stdout), "{told}"),
        }
        if case.stderr.is_empty() {
            assert_eq!(stderr, "", "{told}");
        } else {
            assert!(stderr.contains(case.stderr), "{told}");
        }
    }
}

#[test]
fn commands_that_need_no_project() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("data.json"),
        r#"[{"MRR": 10}, {"MRR": 2.5}, {}]"#,
    )
    .unwrap();
    check(
        folder.path(),
        &[
            case(&["eval", "1 + 2"], 0, r#"={"type":"number","value":3}"#, ""),
            case(
                &["eval", "-1 * 2"],
                0,
                r#"={"type":"number","value":-2}"#,
                "",
            ),
            case(
                &["eval", "Sum([MRR])", "--rows", "data.json"],
                0,
                r#"={"type":"number","value":12.5}"#,
                "",
            ),
            case(
                &["eval", "[MRR]", "--rows", "data.json", "--format", "text"],
                0,
                "=10\n2.5\nnull",
                "",
            ),
            case(
                &["eval", "Today()"],
                0,
                r#"={"type":"date","value":"2026-06-15"}"#,
                "",
            ),
            case(&["eval", "[Nope]"], 1, "", "error[unknown-column]"),
            case(
                &["eval", "1", "--rows", "none.json"],
                2,
                "",
                "cannot read `none.json`",
            ),
            case(
                &["explain", "unknown-column"],
                0,
                "# unknown-column (4001)",
                "",
            ),
            case(&["explain", "8001"], 0, "# query-failed (8001)", ""),
            case(
                &["explain", "unknown-colunm"],
                2,
                "",
                "there is `unknown-column`",
            ),
            case(&["schema", "project"], 0, "\"$schema\"", ""),
            case(&["schema"], 0, "\"queries\"", ""),
            case(&["completions", "bash"], 0, "_bookwright()", ""),
            case(
                &["check", "nowhere"],
                2,
                "",
                "there is nothing at `nowhere`",
            ),
            case(&["check"], 2, "", "there is no workbook here"),
            case(&["serve", "--bind", "0.0.0.0:80"], 2, "", "no sign-in yet"),
            case(&["dev", "--bind", "192.168.1.1"], 2, "", "no sign-in yet"),
            case(&["nonsense"], 2, "", "unrecognized subcommand"),
        ],
    );
}

#[test]
fn a_new_project_runs() {
    let folder = tempfile::tempdir().unwrap();
    check(
        folder.path(),
        &[
            case(&["new", "shop"], 0, "", "made `shop`"),
            case(&["new", "shop"], 2, "", "`shop` is not empty"),
            case(&["new", "crm", "--template", "crm"], 0, "", "made `crm`"),
            case(
                &["check", "shop", "crm"],
                0,
                "",
                "2 workbooks checked, nothing found",
            ),
            case(
                &["check", "shop", "--deny", "warnings", "--format", "concise"],
                0,
                "",
                "",
            ),
            case(
                &["check", "shop", "--format", "json"],
                0,
                r#"={"version":1,"diagnostics":[],"summary":{"errors":0,"warnings":0}}"#,
                "",
            ),
        ],
    );
    assert!(folder.path().join("shop/.gitignore").exists());
}

#[test]
fn a_project_answers_questions() {
    let folder = tempfile::tempdir().unwrap();
    assert!(bookwright(folder.path(), &["new", "shop"]).status.success());
    assert!(
        bookwright(folder.path(), &["new", "crm", "--template", "crm"])
            .status
            .success()
    );
    check(
        folder.path(),
        &[
            case(
                &["query", "shop", "By product", "--format", "csv"],
                0,
                "Product,Sold,Earned\nDesk lamp,70,3430\n",
                "",
            ),
            case(
                &[
                    "query",
                    "shop",
                    "Total revenue",
                    "--set",
                    "Pick Region=North,South",
                    "--format",
                    "json",
                ],
                0,
                r#"{"columns":[{"name":"Total revenue","type":"number"}],"rows":[["#,
                "",
            ),
            case(
                &["query", "shop", "By product", "--totals", "--format", "csv"],
                0,
                "Sold,Earned\n294,",
                "",
            ),
            case(
                &["query", "shop", "By product", "--level", "nope"],
                2,
                "",
                "nope",
            ),
            case(&["query", "shop", "Ordrs"], 2, "", "there is `Orders`"),
            case(
                &["query", "shop", "Orders", "--set", "Nope=1"],
                2,
                "",
                "there is no control `Nope`",
            ),
            case(
                &["query", "shop", "Orders", "--set", "Nope"],
                2,
                "",
                "expected CONTROL=VALUE",
            ),
            case(
                &["query", "shop", "Total revenue", "--explain"],
                0,
                "SELECT",
                "",
            ),
            case(
                &["compile", "shop", "--sql", "sqlite"],
                0,
                "-- element: Orders\nSELECT",
                "",
            ),
            case(
                &["compile", "crm/workbooks/crm.yaml"],
                0,
                "\"version\": 1",
                "",
            ),
            case(
                &["doctor", "shop"],
                0,
                "target      local (standalone, sqlite)",
                "",
            ),
            case(
                &["check", "shop", "--target", "nope"],
                1,
                "unknown-target",
                "",
            ),
        ],
    );
}

#[test]
fn findings_set_the_exit_status() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        "workbook: A\nqueries:\n  Rows:\n    csv: rows.csv\n    columns: { B: \"[rows/c]\" }\n";
    std::fs::write(folder.path().join("a.yaml"), text).unwrap();
    std::fs::write(folder.path().join("rows.csv"), "a\n1\n").unwrap();
    check(
        folder.path(),
        &[
            case(&["check", "a.yaml"], 1, "error[unknown-column]", ""),
            case(
                &["check", "--format", "concise"],
                1,
                "a.yaml:5:26: error[unknown-column]",
                "",
            ),
            case(
                &["check", "--format", "json"],
                1,
                r#""summary":{"errors":1,"warnings":0}"#,
                "",
            ),
            case(&["compile", "a.yaml"], 1, "", "error[unknown-column]"),
            case(&["query", "a.yaml", "Rows"], 1, "", "error[unknown-column]"),
            case(
                &["serve", "--bind", "127.0.0.1:0"],
                1,
                "",
                "error[unknown-column]",
            ),
        ],
    );
    std::fs::write(
        folder.path().join("a.yaml"),
        text.replace("rows/c", "rows/a"),
    )
    .unwrap();
    check(
        folder.path(),
        &[case(
            &["query", "a.yaml", "Rows", "--format", "csv"],
            0,
            "=B\n1",
            "",
        )],
    );
    let output = bookwright(folder.path(), &["compile", ".", "-o", "plan.json"]);
    assert!(output.status.success() && output.stdout.is_empty());
    let plan: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("plan.json")).unwrap())
            .unwrap();
    assert_eq!(plan["id"], "a");
}

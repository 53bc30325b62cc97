//! What is said about mistakes of structure, and where.

use std::fmt::Write;

use super::{Read, Reader};
use crate::diag::Diagnostics;
use crate::document::workbook::Workbook;
use crate::source::SourceMap;

/// Reads a workbook and gives one line per finding: `code line:column "text" message => fix`.
fn report(text: &str) -> (Option<Workbook>, String, Vec<String>) {
    let mut sources = SourceMap::default();
    let file = sources.add("a.yaml", text);
    let mut sink = Diagnostics::default();
    let node = crate::yaml::parse(file, text, &mut sink).unwrap();
    let mut reader = Reader::new(&sources, &mut sink);
    let workbook = reader.read::<Workbook>(&node);
    let failed = reader.failed.into_iter().collect();
    sink.sort();
    let mut out = String::new();
    for d in &sink {
        let at = sources.file(file).position(d.primary.span.start);
        write!(
            out,
            "{} {}:{} `{}` {}",
            d.code.name,
            at.line,
            at.column,
            sources.text(d.primary.span),
            d.message
        )
        .unwrap();
        if let Some(fix) = &d.fix {
            write!(out, " => {}", fix.edits[0].text).unwrap();
        }
        out.push('\n');
    }
    (workbook, out, failed)
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let (_, found, _) = report(text);
    assert_eq!(found.trim_end(), expected, "{text}");
}

#[test]
fn an_unknown_key_shows_the_nearest_and_is_read_as_it() {
    check(
        "pages:\n  A:\n    body:\n      - chart: X\n        tpye: bar\n        from: Q\n        x: '[Plan]'\n",
        "unknown-key 5:9 `tpye` unknown key `tpye` => type",
    );
    check(
        "wokbook: A\nzzzzzzzzz: 1\n",
        "unknown-key 1:1 `wokbook` unknown key `wokbook` => workbook\nunknown-key 2:1 `zzzzzzzzz` unknown key `zzzzzzzzz`",
    );
}

#[test]
fn a_missing_key_is_told_at_the_first_key_of_its_map() {
    check(
        "pages: { A: { body: [{ kpi: X, from: Q }] } }",
        "missing-key 1:24 `kpi` the key `value` is missing",
    );
    check(
        "workbook: A\nPages: 1\n",
        "unknown-key 2:1 `Pages` unknown key `Pages` => pages",
    );
}

#[test]
fn a_wrong_optional_value_does_not_lose_the_rest() {
    let (workbook, found, failed) =
        report("queries:\n  A: { table: T, limit: many }\n  B: 5\npages:\n  P: { hidden: yes }\n");
    assert_eq!(
        found,
        "wrong-kind 2:25 `many` expected a whole number, found the text `many`\n\
         wrong-kind 3:6 `5` expected a map with the keys `id`, `description`, `table`, `sql`, `query`, `input_table`, …, found the number `5`\n\
         wrong-kind 5:16 `yes` expected `true` or `false`, found the text `yes` => true\n"
    );
    let workbook = workbook.unwrap();
    assert_eq!(workbook.queries.len(), 1);
    assert_eq!(
        workbook.queries[0]
            .value
            .source
            .table
            .as_ref()
            .unwrap()
            .value,
        "T"
    );
    assert_eq!(workbook.pages.len(), 1);
    assert_eq!(failed, ["B"]);
}

#[test]
fn a_misspelt_kind_is_told_once() {
    let head = "pages: { A: { body: [";
    check(
        &format!("{head}{{ tabel: X, from: Q }}] }} }}"),
        "unknown-kind 1:24 `tabel` unknown kind of item `tabel` => table",
    );
    check(
        &format!("{head}{{ zzzzz: X }}] }} }}"),
        "unknown-kind 1:24 `zzzzz` no key of this item names its kind",
    );
}

#[test]
fn words_show_what_is_allowed() {
    check(
        "controls: { A: { type: lsit } }",
        "unknown-word 1:24 `lsit` `type` has no value `lsit` => list",
    );
    check(
        "actions: { A: [{ opne: X }] }",
        "unknown-effect 1:18 `opne` unknown effect `opne` => open",
    );
}

#[test]
fn formulas_and_paths_without_quotes_are_read_as_meant() {
    let (workbook, found, _) = report(
        "queries:\n  A:\n    table: T\n    columns:\n      Plan: [T/PLAN]\n    sort: ['[Plan]']\n",
    );
    assert_eq!(
        found,
        "unquoted-value 5:13 `[T/PLAN]` the formula starts with an unquoted `[` => \"[T/PLAN]\"\n\
         brackets-in-path 6:13 `[Plan]` a column is named without brackets here => Plan\n"
    );
    let workbook = workbook.unwrap();
    let shape = &workbook.queries[0].value.shape;
    let columns = shape.columns.as_ref().unwrap();
    let crate::document::data::ColumnEntry::Column(column) = &columns.entries[0] else {
        panic!("a column")
    };
    assert_eq!(column.value.formula.as_ref().unwrap().text, "[T/PLAN]");
    assert_eq!(
        shape.sort.as_ref().unwrap().0[0].column.column.value,
        "Plan"
    );
}

#[test]
fn formula_findings_lie_at_the_exact_bytes_of_every_kind_of_scalar() {
    for text in [
        "queries: { A: { table: T, filters: ['[A] = \"x\" ) '] } }",
        "queries: { A: { table: T, filters: [\"[A] = \\\"x\\\" ) \"] } }",
        "queries:\n  A:\n    table: T\n    filters:\n      - |\n        [A] =\n          \"x\" )\n",
        "queries:\n  A:\n    table: T\n    filters:\n      - >-\n        [A] =\n        \"x\" )\n",
    ] {
        let (_, found, _) = report(text);
        let line = text.lines().position(|line| line.contains(')')).unwrap();
        let column = text.lines().nth(line).unwrap().find(')').unwrap();
        assert_eq!(found.lines().count(), 1, "{text}\n{found}");
        assert!(
            found.contains(&format!(" {}:{} `)`", line + 1, column + 1)),
            "{text}\n{found}"
        );
    }
}

#[test]
fn what_does_not_run_yet_is_read_and_told_at_its_key() {
    check(
        "pages: { A: { body: [{ pivot: X, rows: [A] }, page_break], header: 5 } }",
        "not-supported-yet 1:24 `pivot` `pivot` is not supported yet\n\
         not-supported-yet 1:47 `page_break` `page_break` is not supported yet\n\
         not-supported-yet 1:60 `header` `header` is not supported yet",
    );
}

#[test]
fn names_may_not_hold_what_formulas_use() {
    check(
        "queries: { A/B: { table: T } }",
        "invalid-name 1:12 `A/B` the name `A/B` holds `/`",
    );
    check(
        "queries: { ' A': { table: T } }",
        "invalid-name 1:12 `' A'` the name `A` has spaces around it => A",
    );
}

#[test]
fn a_part_that_yaml_could_not_read_is_told_once() {
    check(
        "queries:\n  A: { table: T, limit: *x }\n",
        "unknown-anchor 2:25 `*x` no earlier value has the anchor `&x`",
    );
    check(
        "pages:\n  A:\n    body:\n      - chart: X\n        type bar\n        from: Q\n",
        "yaml-syntax 5:9 `type bar` a key with its `:` is expected here",
    );
}

#[test]
fn a_value_that_yaml_bit_is_not_judged_again() {
    check(
        "actions:\n  a:\n    do:\n      - insert: into: T\n",
        "unquoted-value 4:17 `into: T` a value that holds `: ` needs quotes => \"into: T\"",
    );
    check(
        "queries:\n  Q: { table: 'it's' }\n",
        "unquoted-value 2:15 `'it's'` a single quote inside single quotes is written twice => 'it''s'",
    );
}

#[test]
fn short_forms_mean_their_field() {
    let (workbook, found, _) = report(
        "input_tables: { T: { columns: { Due: date } } }\nactions:\n  a: { do: [close, { open_url: 'https://x' }, { set: { C: '=[D]', E: 5 } }] }\npages:\n  P:\n    body:\n      - divider\n      - { kpi: K, from: Q, value: Sum(1), title: false }\n",
    );
    assert_eq!(found, "");
    let workbook = workbook.unwrap();
    let due = &workbook.input_tables[0].value.columns[0];
    assert_eq!(due.value.r#type.unwrap().value.as_str(), "date");
    let effects = &workbook.actions[0].value.sequences[0].r#do;
    assert_eq!(effects.len(), 3);
    let kinds: Vec<_> = workbook.pages[0]
        .value
        .body
        .iter()
        .map(std::mem::discriminant)
        .collect();
    assert_eq!(kinds.len(), 2);
}

#[test]
fn any_type_reads_through_the_same_reader() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.yaml", "project: A");
    let mut sink = Diagnostics::default();
    let node = crate::yaml::parse(file, "project: A", &mut sink).unwrap();
    let project =
        crate::document::project::Project::read(&mut Reader::new(&sources, &mut sink), &node)
            .unwrap();
    assert_eq!(project.project.value, "A");
    assert_eq!(sources.text(project.project.span), "A");
}

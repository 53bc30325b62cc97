//! The reader and the schema agree, type by type.

use serde_json::Value;

use crate::diag::Diagnostics;
use crate::document::action::{Action, Effect, Trigger};
use crate::document::control::{Control, Default, Options};
use crate::document::data::{Column, Columns, Filter, Format, Level, Query, Style, Window};
use crate::document::element::{At, Channels, ColorChannel, Highlight, KpiCompare, Title};
use crate::document::input::{InputColumn, InputTable};
use crate::document::item::Item;
use crate::document::primitive::{
    Color, ColumnPath, Constant, Entries, Formula, NameOr, OneOrMany, Prose, Raw, SortEntry, Text,
};
use crate::document::project::{Project, Seed};
use crate::document::read::{Read, Reader};
use crate::document::workbook::{Overlay, Page, Workbook};
use crate::source::SourceMap;
use crate::span::Spanned;

/// Codes that a schema cannot know about.
const BEYOND_STRUCTURE: &[&str] = &["not-supported-yet"];

fn reads<T: Read>(text: &str) -> (bool, Value, Vec<String>) {
    let mut sources = SourceMap::default();
    let file = sources.add("a.yaml", text);
    let mut sink = Diagnostics::default();
    let node = crate::yaml::parse(file, text, &mut sink).unwrap();
    assert!(
        sink.is_empty(),
        "{text}: {:?}",
        sink.iter().map(|d| &d.message).collect::<Vec<_>>()
    );
    let mut reader = Reader::new(&sources, &mut sink);
    let json = Raw::read(&mut reader, &node).unwrap().json;
    let read = reader.read::<T>(&node);
    let structural = |d: &&crate::diag::Diagnostic| {
        d.code.number < 3000 && !BEYOND_STRUCTURE.contains(&d.code.name)
    };
    let found: Vec<String> = sink
        .iter()
        .filter(structural)
        .map(|d| format!("{}: {}", d.code.name, d.message))
        .collect();
    assert!(
        read.is_some() || !found.is_empty(),
        "{text}: refused without a word"
    );
    (found.is_empty(), json, found)
}

/// Every accepted snippet is read without a finding and is valid; every rejected one is neither.
#[track_caller]
fn agree<T: Read>(accepted: &[&str], rejected: &[&str]) {
    let validator = jsonschema::validator_for(&super::of::<T>()).unwrap();
    let name = std::any::type_name::<T>();
    for (snippets, expected) in [(accepted, true), (rejected, false)] {
        for text in snippets {
            let (read, json, found) = reads::<T>(text);
            assert_eq!(read, expected, "reader of {name}: {text}\n{found:#?}");
            assert_eq!(
                validator.is_valid(&json),
                expected,
                "schema of {name}: {text}"
            );
        }
    }
}

#[test]
fn scalars_agree() {
    agree::<Text>(&["a", "5", "true", "'null'"], &["~", "[a]", "{ a: 1 }"]);
    agree::<Spanned<bool>>(&["true", "False"], &["yes", "1", "'true'", "[true]"]);
    agree::<Spanned<u32>>(&["0", "24"], &["-1", "1.5", "'1'", "5000000000", "~"]);
    agree::<Spanned<f64>>(&["0", "-1.5", "1e3"], &["'1'", "x", "~", "[1]"]);
    agree::<Color>(
        &["red", "'#fff'", "'#E31837'", "theme.accent"],
        &["reed", "'#ff'", "theme.", "5"],
    );
    agree::<Window>(
        &[
            "last 90 days",
            "last 90 days to date",
            "this month",
            "on 2026-01-31",
            "2026-01-01 to",
            "to 2026-01-31 10:00",
        ],
        &["last 90 dyas", "soon", "on May 1", "5", "to"],
    );
    agree::<Formula>(
        &["Sum([A])", "5", "true", "'[A]'"],
        &["~", "{ a: 1 }", "[Plan]", "[a, b]"],
    );
    agree::<Prose>(&["Hello {{[A]}}", "5"], &["~", "[a]"]);
    agree::<Constant>(
        &["5", "~", "'=[A]'", "{ value: '=x' }", "[1, a, ~]"],
        &["{ vlaue: 1 }", "[[1]]", "{}"],
    );
    agree::<ColumnPath>(
        &["Plan", "Team/Name", "Customer Id"],
        &["'[Plan]'", "a/b/c", "/a", "a/", "[Plan]", "{ a: b }"],
    );
    agree::<SortEntry>(
        &[
            "Plan",
            "-At Risk",
            "Team/Name",
            "{ column: Plan, descending: true, nulls: last }",
        ],
        &[
            "{ descending: true }",
            "{ column: Plan, nulls: lst }",
            "a/b/c",
        ],
    );
}

#[test]
fn collections_agree() {
    agree::<Vec<Text>>(&["[a, b]", "[]"], &["a", "{ a: b }", "[[a]]"]);
    agree::<OneOrMany<Text>>(&["a", "[a, b]"], &["{ a: b }", "[{}]"]);
    agree::<Entries<Text>>(
        &["{ a: b, Customer Id: c }", "{}"],
        &[
            "[a]",
            "a",
            "{ a/b: c }",
            "{ ' a': b }",
            "{ '': b }",
            "{ a: ~ }",
            "{ '[a]': b }",
        ],
    );
    agree::<Entries<Vec<Option<Text>>>>(&["{ a: [b, ~] }"], &["{ a: b }"]);
    agree::<NameOr<Seed>>(
        &["data/*.csv", "{ file: a.csv, types: { zip: text } }"],
        &["[a]", "{ table: a }"],
    );
}

#[test]
fn data_agrees() {
    agree::<Column>(
        &[
            "Sum([A])",
            "{ formula: 'Sum([A])', format: currency, hidden: true }",
            "{ type: number }",
        ],
        &["{ formla: a }", "{ type: nubmer }", "{ width: wide }", "~"],
    );
    agree::<Columns>(
        &["{ A: '[A]' }", "[A, '*', { B: '[A]' }]", "[]"],
        &["A", "[{ A: '[A]', B: '[B]' }]", "[['A']]", "['[A]']"],
    );
    agree::<Format>(
        &["currency", "'$,.2f'", "{ pattern: '%b', prefix: x }"],
        &["{ patern: x }", "[a]"],
    );
    agree::<Filter>(
        &[
            "'[A] > 1'",
            "{ column: Plan, include: [Pro, ~] }",
            "{ column: A, range: last 3 days }",
            "{ column: A, top: 5, percent: true }",
        ],
        &[
            "{ include: [Pro] }",
            "{ column: Plan, inlcude: [Pro] }",
            "{ column: Plan, include: Pro }",
            "[Plan]",
        ],
    );
    agree::<Level>(
        &[
            "{ keys: [Region] }",
            "{ keys: [{ Month: 'DateTrunc(\"month\", [At])' }], columns: { A: 'Sum([B])' }, limit: 5 }",
        ],
        &[
            "{ key: [Region] }",
            "{ keys: Region }",
            "[Region]",
            "{ keys: [Region], limit: -1 }",
        ],
    );
    agree::<Query>(
        &[
            "{ table: A.B }",
            "{ join: { A: { query: A }, B: { table: B, type: left, on: '[A/x] = [B/x]' } } }",
            "{ union: [A, B], match: { S: [S, ~] } }",
            "{ query: A, group_by: [{ keys: [R] }], sort: [R, -S], limit: 10, metrics: { M: 'Sum([A])' } }",
        ],
        &[
            "{ tabel: A.B }",
            "{ table: [A] }",
            "A",
            "{ join: { B: { type: outer } } }",
            "{ query: A, sort: { desc: true } }",
        ],
    );
    agree::<Style>(
        &["{ background: red, bold: true }"],
        &["{ background: reed }", "red"],
    );
}

#[test]
fn controls_and_input_tables_agree() {
    agree::<Default>(
        &[
            "5",
            "a",
            "~",
            "[a, ~]",
            "{ min: 1, max: 5 }",
            "{ min: '=[A]' }",
            "{ value: '=x' }",
            "last 90 days",
        ],
        &["{ mn: 1 }", "[{ a: 1 }]"],
    );
    agree::<Options>(
        &["[Call, 7, ~]", "{ month: By month }"],
        &["Call", "{ month: [a] }", "[[a]]"],
    );
    agree::<Control>(
        &[
            "{ type: list, options_from: A/B, filters: [A/B] }",
            "{ type: slider, min: 0, max: 1.5, filters: A/B }",
        ],
        &[
            "{ type: lsit }",
            "{ filters: [A/B] }",
            "{ type: list, required: yes }",
            "list",
        ],
    );
    agree::<InputColumn>(
        &[
            "date",
            "{ type: select, options: [a, b], pills: color-by-option }",
            "{ formula: '[A]' }",
        ],
        &["dat", "{ type: number, mni: 0 }", "[date]"],
    );
    agree::<InputTable>(
        &["{ entry: published, columns: { A: text } }", "{}"],
        &["{ entry: all }", "{ columns: [A] }", "x"],
    );
}

#[test]
fn actions_agree() {
    agree::<Effect>(
        &[
            "close",
            "refresh",
            "{ refresh: [A, B] }",
            "{ close: ~ }",
            "{ insert: { into: A, values: { B: '=[C]', D: 5 } } }",
            "{ set: { A: '=[Selection/B]' } }",
            "{ if: { when: '[A]', do: [close] } }",
            "{ open_url: 'https://x' }",
            "{ open_url: { url: x, new_tab: false } }",
            "{ webhook: { url: x } }",
        ],
        &[
            "open",
            "{ open: ~ }",
            "clsoe",
            "{ open: A, close: B }",
            "{ insert: { into: A, vals: {} } }",
            "{ insert: { values: {} } }",
            "[close]",
            "{}",
        ],
    );
    agree::<Action>(
        &[
            "{ if: '[A]', do: [close], notify: Done }",
            "[close, { open: A }]",
            "[{ if: '[A]', do: [close] }, { do: [close] }]",
        ],
        &[
            "close",
            "{ open: A }",
            "{ doo: [close] }",
            "[{ do: close }]",
        ],
    );
    agree::<Trigger>(
        &["save plan", "[{ open: A }]", "{ do: [close] }"],
        &["{ close: A }", "[1]"],
    );
}

#[test]
fn elements_agree() {
    agree::<Title>(
        &["false", "A {{[B]}}", "{ text: A, size: 20, weight: bold }"],
        &["{ txt: A }", "[a]"],
    );
    agree::<KpiCompare>(&["previous", "Sum([A])"], &["{ a: 1 }", "~"]);
    agree::<Channels>(
        &[
            "'[A]'",
            "['[A]', { formula: 'Sum([B])', axis: right }]",
            "{ Revenue: 'Sum([A])' }",
            "{ formula: '[A]', sort: -Revenue }",
        ],
        &[
            "{ formula: '[A]', axs: right }",
            "{ A: { axis: right } }",
            "~",
        ],
    );
    agree::<ColorChannel>(
        &[
            "'#e31837'",
            "red",
            "'[Risk]'",
            "{ formula: '[A]', scheme: x }",
        ],
        &["{ scheme: x }", "[Risk]"],
    );
    agree::<Highlight>(
        &["{ when: '[A]', style: { background: red } }"],
        &["{ wen: '[A]' }"],
    );
    agree::<At>(
        &["{ column: 1, row: 1, width: 12, height: 8 }"],
        &["{ column: 1, row: 1, width: 12 }", "[1, 1]"],
    );
    agree::<Item>(
        &[
            "divider",
            "{ divider: ~ }",
            "{ text: Hello, width: 12 }",
            "{ row: [{ text: a }, { control: B }] }",
            "{ kpi: A, from: B, value: 'Sum([C])', by: '[D]', compare: previous, trend: line }",
            "{ chart: A, type: bar, from: B, x: '[C]', y: { D: 'Sum([E])' }, color: '[F]', stack: normal }",
            "{ table: A, columns: [B], filters: ['[C] > 1'], on_select: [{ open: D }] }",
            "{ tabs: { A: [{ text: a }] }, default: A }",
            "{ container: A, body: [{ spacer: ~ }, divider] }",
            "{ button: A, on_click: save }",
            "{ pivot: A, rows: [B], anything: 5 }",
        ],
        &[
            "text",
            "{ width: 12 }",
            "{ chrat: A }",
            "{ chart: A, from: B }",
            "{ chart: A, type: bra, from: B }",
            "{ text: Hello, widht: 12 }",
            "{ row: { text: a } }",
            "{ tabs: [a] }",
            "[a]",
        ],
    );
}

#[test]
fn files_agree() {
    agree::<Page>(
        &["{ hidden: true }", "{ body: [{ text: a }] }", "{}"],
        &["{ body: { text: a } }", "{ hiden: true }", "[]"],
    );
    agree::<Overlay>(
        &["{ width: medium, primary: { text: Save, run: save }, secondary: Cancel, body: [] }"],
        &["{ width: huge }", "{ primary: { run: save } }"],
    );
    agree::<Workbook>(
        &[
            "{ workbook: A, pages: { B: {} } }",
            "{}",
            "{ include: [a.yaml] }",
        ],
        &["{ wrkbook: A }", "{ pages: [] }", "[]"],
    );
    agree::<Project>(
        &[
            "{ project: a }",
            "{ project: a, targets: { local: { mode: standalone, adapter: sqlite } }, seeds: [a.csv, { file: b.csv }] }",
        ],
        &[
            "{}",
            "{ project: a, targets: { local: { adapter: sqlite } } }",
            "{ project: a, week_start: tuesday }",
            "{ project: ~ }",
        ],
    );
}

#[test]
fn schemas_are_valid_and_described() {
    for (schema, id) in [
        (super::workbook(), "workbook"),
        (super::project(), "project"),
    ] {
        assert!(jsonschema::meta::is_valid(&schema), "{id}");
        assert!(
            schema["$id"]
                .as_str()
                .unwrap()
                .ends_with(&format!("/{id}.schema.json"))
        );
        let definitions = schema["$defs"].as_object().unwrap();
        for (name, definition) in definitions {
            assert!(
                definition["description"]
                    .as_str()
                    .is_some_and(|d| !d.is_empty()),
                "{name} has no description"
            );
            for (key, property) in definition["properties"].as_object().into_iter().flatten() {
                assert!(
                    property["description"].is_string() || name == "Effect",
                    "{name}.{key} has no description"
                );
            }
        }
    }
}

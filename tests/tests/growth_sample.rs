//! The sample of the growth-marketing data that is kept with the sources is what the generator makes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use bookwright_tests::growth::dataset::{Settings, write};
use bookwright_tests::growth::table::Memory;

const COMMAND: &str = "cargo growth-data workbooks/growth/data/sample --users 850";

fn generated(settings: Settings) -> BTreeMap<String, Vec<u8>> {
    let mut memory = Memory::default();
    write(&mut memory, settings).expect("memory takes every table");
    memory.tables
}

#[test]
fn the_committed_sample_is_what_the_generator_makes() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../workbooks/growth/data/sample/growth");
    let tables = generated(Settings::SAMPLE);
    let files = fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}; run: {COMMAND}", folder.display()))
        .count();
    assert_eq!(
        files,
        tables.len(),
        "other files than tables in {}; run: {COMMAND}",
        folder.display()
    );
    for (name, expected) in &tables {
        let mut found = Vec::new();
        File::open(folder.join(format!("{name}.csv")))
            .and_then(|mut f| f.read_to_end(&mut found))
            .unwrap();
        assert!(
            found == *expected,
            "{name}.csv is not what the generator makes; run: {COMMAND}"
        );
    }
    assert!(tables.values().map(Vec::len).sum::<usize>() < 1_500_000);
}

#[test]
fn every_row_has_as_many_fields_as_its_header_and_none_needs_quotes() {
    for (name, text) in generated(Settings {
        customers: 300,
        seed: 42,
    }) {
        let text = String::from_utf8(text).unwrap();
        let mut lines = text.lines();
        let fields = lines.next().unwrap().split(',').count();
        assert!(
            lines.all(|line| line.split(',').count() == fields && !line.contains('"')),
            "{name}"
        );
    }
}

#[test]
fn every_reference_has_its_row() {
    let tables = generated(Settings {
        customers: 300,
        seed: 42,
    });
    let column = |table: &str, name: &str| -> Vec<String> {
        let text = std::str::from_utf8(&tables[table]).unwrap();
        let mut lines = text.lines();
        let index = lines
            .next()
            .unwrap()
            .split(',')
            .position(|n| n == name)
            .unwrap();
        lines
            .map(|line| line.split(',').nth(index).unwrap().to_owned())
            .collect()
    };
    let references = [
        ("events", "customer_id", "customers", "customer_id"),
        ("events", "session_id", "sessions", "session_id"),
        ("subscriptions", "customer_id", "customers", "customer_id"),
        ("touches", "customer_id", "customers", "customer_id"),
        ("touches", "campaign_id", "campaigns", "campaign_id"),
        ("campaign_spend", "campaign_id", "campaigns", "campaign_id"),
        ("customers", "campaign_id", "campaigns", "campaign_id"),
        ("customers", "owner", "team", "name"),
        ("campaigns", "owner", "team", "name"),
    ];
    for (from, name, to, key) in references {
        let keys = column(to, key);
        for value in column(from, name).iter().filter(|v| !v.is_empty()) {
            assert!(
                keys.contains(value),
                "{from}.{name} `{value}` is not in {to}.{key}"
            );
        }
    }
}

//! Formulas of documents that people made: each parses, resolves and has a type, or the fault is the document's and
//! is listed with its reason in `fixtures/corpus-findings.txt`.
//!
//! The documents lie beside the project, in `../shared/corpus` or where `BOOKWRIGHT_CORPUS` says; without them nothing
//! is tested, which is said.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a harness reads the corpus from disk, says what is in it, and stops at the first thing that is wrong"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bookwright_tests::corpus::{self, Report};
use bookwright_tests::invariants;

/// The documents and what became of them; `None` when there is no corpus.
fn reports() -> Option<Vec<(String, Report)>> {
    let folder = std::env::var_os("BOOKWRIGHT_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"),
        PathBuf::from,
    );
    if !folder.is_dir() {
        println!("skipped: there is no corpus at {}", folder.display());
        return None;
    }
    let texts = corpus::texts(&folder).unwrap();
    let check = |(name, text): (String, String)| {
        let report = corpus::check(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, report)
    };
    Some(texts.into_iter().map(check).collect())
}

/// Lines of the list without their reasons.
fn listed() -> BTreeSet<String> {
    let text = include_str!("../fixtures/corpus-findings.txt");
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let without_reason = lines.map(|line| {
        let (finding, reason) = line.rsplit_once(" | ").unwrap();
        assert!(reason.len() > 20, "no reason: {line}");
        finding.to_owned()
    });
    without_reason.collect()
}

#[test]
fn every_formula_of_a_real_document_has_a_type_or_a_listed_fault() {
    let Some(reports) = reports() else { return };
    let mut found = BTreeSet::new();
    for (name, report) in &reports {
        println!(
            "{name}: {} elements, {} formulas, {} of {} columns of tables typed, {} findings, {} warnings",
            report.elements,
            report.formulas.len(),
            report.typed.0,
            report.typed.1,
            report.findings.len(),
            report.warnings.len(),
        );
        for finding in &report.findings {
            println!("  {finding}: {} in `{}`", finding.message, finding.formula);
            found.insert(format!("{name} | {finding}"));
        }
        for warning in &report.warnings {
            println!(
                "  warning: {warning}: {} in `{}`",
                warning.message, warning.formula
            );
        }
        assert!(!report.formulas.is_empty(), "{name} has no formulas");
    }
    let listed = listed();
    let new: Vec<&String> = found.difference(&listed).collect();
    let gone: Vec<&String> = listed.difference(&found).collect();
    assert!(new.is_empty(), "findings that are not listed: {new:#?}");
    assert!(gone.is_empty(), "listed, and no longer found: {gone:#?}");
}

#[test]
fn formulas_of_real_documents_print_and_parse_to_the_same() {
    let Some(reports) = reports() else { return };
    for (name, report) in reports {
        for formula in report.formulas {
            invariants::tokens(&formula);
            assert!(
                invariants::formula(&formula),
                "{name}: `{formula}` has a finding"
            );
        }
    }
}

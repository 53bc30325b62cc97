//! Pages of codes: complete, and true where the reader alone can tell.

use std::collections::BTreeSet;

use super::{Code, all, explain, structure, yaml};
use crate::diag::Diagnostics;
use crate::document::read::Reader;
use crate::document::workbook::Workbook;
use crate::source::SourceMap;

/// The first example below a heading, and the language it is marked with.
fn example<'p>(page: &'p str, heading: &str) -> Option<(&'p str, &'p str)> {
    let section = page.split_once(heading)?.1;
    let section = section.split("\n## ").next()?;
    let fenced = section.split_once("```")?.1.split_once("\n```")?.0;
    fenced.split_once('\n')
}

/// Codes found by reading the text as a workbook.
fn codes_of(text: &str) -> BTreeSet<&'static str> {
    let mut sources = SourceMap::default();
    let file = sources.add("workbook.yaml", text);
    let mut sink = Diagnostics::default();
    if let Some(node) = crate::yaml::parse(file, text, &mut sink) {
        Reader::new(&sources, &mut sink).read::<Workbook>(&node);
    }
    sink.iter().map(|d| d.code.name).collect()
}

#[test]
fn every_code_is_unique_and_has_a_page_with_the_three_sections() {
    let (mut names, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    for code in all() {
        assert!(names.insert(code.name), "{} stands twice", code.name);
        assert!(numbers.insert(code.number), "{} stands twice", code.number);
        let means = code
            .page
            .strip_prefix("## What it means\n\n")
            .unwrap_or_default();
        assert!(
            means.split("\n## ").next().unwrap().trim().len() > 15,
            "{} does not say what it means",
            code.name
        );
        for heading in ["\n## Wrong\n", "\n## Right\n"] {
            let (_, text) = example(code.page, heading)
                .unwrap_or_else(|| panic!("{} lacks {heading:?}", code.name));
            assert!(
                !text.trim().is_empty(),
                "{} has an empty example",
                code.name
            );
        }
        assert!(!code.summary.is_empty(), "{} has no summary", code.name);
    }
}

#[test]
fn wrong_examples_of_reading_yield_their_code_and_right_ones_nothing() {
    let reading: Vec<&Code> = yaml::ALL.iter().chain(structure::ALL).copied().collect();
    for code in reading {
        for (heading, expected) in [("\n## Wrong\n", Some(code.name)), ("\n## Right\n", None)] {
            let (language, text) = example(code.page, heading).unwrap();
            if language == "yaml" {
                assert_eq!(
                    codes_of(text),
                    expected.into_iter().collect(),
                    "{} {heading}",
                    code.name
                );
            }
        }
    }
}

#[test]
fn a_page_is_found_by_name_and_by_number() {
    assert!(
        explain("unknown-key")
            .unwrap()
            .starts_with("# unknown-key (2001)\n")
    );
    assert_eq!(explain("2001"), explain("unknown-key"));
    assert_eq!(explain("no-such-code"), None);
}

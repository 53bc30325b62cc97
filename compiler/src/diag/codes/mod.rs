//! The registry of diagnostic codes. One file per stage, one page per code in `diag/pages/NAME.md`.
//!
//! Ranges: 1xxx YAML, 2xxx structure, 3xxx formula syntax, 4xxx names, 5xxx types, 6xxx plan, 7xxx target support,
//! 8xxx runtime, 9xxx internal. Numbers are never used again. A page has the sections `## What it means`,
//! `## Wrong` and `## Right`; the two examples are YAML blocks that a test compiles: the wrong one yields exactly
//! this code, the right one nothing.

use super::Severity;

/// A registered kind of finding.
#[derive(PartialEq, Eq, Debug)]
pub struct Code {
    /// Kebab-case name, stable.
    pub name: &'static str,
    /// Number, stable.
    pub number: u16,
    /// Severity unless a project says otherwise.
    pub severity: Severity,
    /// One line.
    pub summary: &'static str,
    /// Markdown page shown by `explain`.
    pub page: &'static str,
}

/// Declares the codes of one stage: constants, and `ALL` in the order given.
macro_rules! codes {
    ($($constant:ident = $number:literal, $name:literal, $severity:ident, $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $constant: $crate::diag::codes::Code = $crate::diag::codes::Code {
                name: $name,
                number: $number,
                severity: $crate::diag::Severity::$severity,
                summary: $summary,
                page: include_str!(concat!("../pages/", $name, ".md")),
            };
        )*
        /// Every code of this stage.
        pub static ALL: &[&$crate::diag::codes::Code] = &[$(&$constant),*];
    };
}

pub mod formula;
pub mod names;
pub mod plan;
pub mod project;
pub mod runtime;
pub mod structure;
pub mod target;
#[cfg(test)]
mod tests;
pub mod types;
pub mod yaml;

/// Every registered code, by number.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [
        yaml::ALL,
        structure::ALL,
        project::ALL,
        formula::ALL,
        names::ALL,
        types::ALL,
        plan::ALL,
        target::ALL,
        runtime::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Finds a code by its name or its number.
pub fn find(text: &str) -> Option<&'static Code> {
    let number = text
        .trim_start_matches(['B', 'W', 'b', 'w'])
        .parse::<u16>()
        .ok();
    all().find(|c| c.name == text || Some(c.number) == number)
}

/// Whether a finding of this code may only mean that something stands in lines that were not read.
pub(crate) fn may_be_unread(code: &Code) -> bool {
    let unknown_name = (4001..=4009).contains(&code.number);
    let missing = [
        &names::MISSING_SOURCE,
        &names::MISSING_JOIN_CONDITION,
        &plan::FILTER_WITHOUT_TEST,
        &plan::MISSING_CHANNEL,
        &plan::COMPARE_WITHOUT_PERIOD,
        &plan::MISSING_WHERE,
        &plan::CONTROL_OPTION,
    ];
    unknown_name || missing.contains(&code)
}

/// The page of a code, by its name or its number: a heading, the summary, and the three sections.
pub fn explain(text: &str) -> Option<String> {
    find(text).map(|code| {
        format!(
            "# {} ({})\n\n{}\n\n{}",
            code.name, code.number, code.summary, code.page
        )
    })
}

//! Regular expressions in the flavour of the engine.
//!
//! The engine prefers the longest of alternatives where the language prefers the first, and one repetition's greed
//! decides for the whole. A pattern that could tell the difference is refused, where more is asked than whether it fits.

use regex_syntax::ast::parse::Parser;
use regex_syntax::hir::{Hir, HirKind};

use super::iso::literal;
use super::regex::{CLASSES, FLAGS, Printer, TOO_OFTEN};
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;
use crate::value::Value;

/// Every reason why a pattern is refused.
pub(super) const REASONS: &[&str] = &[
    NEEDS_PATTERN,
    CLASSES,
    FLAGS,
    TOO_OFTEN,
    GREED,
    ALIKE,
    EMPTY,
];
/// The same for what also has a replacement.
pub(super) const REPLACING: &[&str] = &[
    NEEDS_PATTERN,
    CLASSES,
    FLAGS,
    TOO_OFTEN,
    GREED,
    ALIKE,
    EMPTY,
    NEEDS_REPLACEMENT,
];

const NEEDS_PATTERN: &str = "needs a literal pattern";
const NEEDS_REPLACEMENT: &str = "needs a literal replacement";
const GREED: &str = "the engine does not mix greedy and lazy repetition";
const ALIKE: &str = "of alternatives that may begin alike the engine takes the longest";
const EMPTY: &str = "the engine counts matches of nothing differently";

/// Text with the rules of Unicode, which classes and letter case follow.
const TEXT: &str = "{0} COLLATE \"und-x-icu\"";

/// A pattern the engine takes.
struct Pattern {
    regex: String,
    ignores_case: bool,
    groups: u32,
}

/// How much the engine is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Whether there is a match.
    Whether,
    /// Which texts match.
    Which,
}

/// `RegexpMatch`
pub(super) fn regexp_match(args: &[Expr]) -> Result<Writing, &'static str> {
    let Some(pattern) = translated(args, Asked::Whether)? else {
        return Ok(null("BOOLEAN"));
    };
    let operator = if pattern.ignores_case { "~*" } else { "~" };
    Ok(writing(
        format!("({TEXT} {operator} {{{}}})", args.len()),
        pattern,
    ))
}

/// `RegexpCount`
pub(super) fn regexp_count(args: &[Expr]) -> Result<Writing, &'static str> {
    let Some(pattern) = translated(args, Asked::Which)? else {
        return Ok(null("BIGINT"));
    };
    Ok(writing(
        format!(
            "CAST(regexp_count({TEXT}, {{{}}}, 1, '{}') AS BIGINT)",
            args.len(),
            flags(&pattern)
        ),
        pattern,
    ))
}

/// `RegexpExtract`
pub(super) fn regexp_extract(args: &[Expr]) -> Result<Writing, &'static str> {
    let Some(pattern) = translated(args, Asked::Which)? else {
        return Ok(null("TEXT"));
    };
    let position = if args.len() > 2 {
        "CASE WHEN {2} >= 1 THEN CAST(trunc(least({2}, 999999999)) AS INTEGER) END"
    } else {
        "1"
    };
    let group = u32::from(pattern.groups > 0);
    Ok(writing(
        format!(
            "(regexp_substr({TEXT}, {{{}}}, 1, {position}, '{}', {group}) COLLATE \"default\")",
            args.len(),
            flags(&pattern)
        ),
        pattern,
    ))
}

/// `RegexpReplace`
pub(super) fn regexp_replace(args: &[Expr]) -> Result<Writing, &'static str> {
    let Some(pattern) = translated(args, Asked::Which)? else {
        return Ok(null("TEXT"));
    };
    let by = replacement(literal(args, 2).ok_or(NEEDS_REPLACEMENT)?);
    let template = format!(
        "(regexp_replace({TEXT}, {{{}}}, {{{}}}, 'g{}') COLLATE \"default\")",
        args.len(),
        args.len() + 1,
        flags(&pattern)
    );
    let mut writing = writing(template, pattern);
    writing.values.push(Value::text(by));
    Ok(writing)
}

fn null(ty: &str) -> Writing {
    Writing::plain(format!("CAST(NULL AS {ty})"))
}

fn writing(template: String, pattern: Pattern) -> Writing {
    Writing {
        template,
        values: vec![Value::text(pattern.regex)],
    }
}

fn flags(pattern: &Pattern) -> &'static str {
    if pattern.ignores_case { "i" } else { "" }
}

/// A replacement, in which `\0` is the match.
fn replacement(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('0') => out.push_str("\\&"),
                Some(digit) if digit.is_ascii_digit() => out.extend(['\\', digit]),
                Some(other) => out.push(other),
                None => out.push_str("\\\\"),
            },
            other => out.push(other),
        }
    }
    out
}

/// The pattern of a call; `None` when it is not valid.
fn translated(args: &[Expr], asked: Asked) -> Result<Option<Pattern>, &'static str> {
    let text = literal(args, 1).ok_or(NEEDS_PATTERN)?;
    let (Ok(ast), Ok(hir)) = (Parser::new().parse(text), regex_syntax::parse(text)) else {
        return Ok(None);
    };
    let mut printer = Printer::default();
    printer.print(&ast)?;
    if asked == Asked::Which {
        if hir.properties().minimum_len() == Some(0) {
            return Err(EMPTY);
        }
        if printer.lazy && (printer.greedy || printer.alternatives) {
            return Err(GREED);
        }
        if may_begin_alike(&hir) {
            return Err(ALIKE);
        }
    }
    Ok(Some(Pattern {
        regex: printer.regex,
        ignores_case: printer.ignores_case,
        groups: printer.groups,
    }))
}

/// Whether alternatives of a pattern may match at the same place and differ in length.
fn may_begin_alike(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Alternation(branches) => {
            let firsts: Option<Vec<Vec<(char, char)>>> = branches.iter().map(first).collect();
            let alike = firsts.is_none_or(|firsts| {
                firsts.iter().enumerate().any(|(index, one)| {
                    let rest = firsts.iter().skip(index + 1);
                    rest.flatten()
                        .any(|(a, b)| one.iter().any(|(c, d)| a <= d && c <= b))
                })
            });
            // Of plain texts the order decides nothing when none begins with an earlier one.
            let same_length = branches.iter().all(|branch| {
                let properties = branch.properties();
                properties.minimum_len() == properties.maximum_len()
                    && properties.minimum_len()
                        == branches.first().and_then(|b| b.properties().minimum_len())
            });
            (alike && !same_length) || branches.iter().any(may_begin_alike)
        }
        HirKind::Repetition(repetition) => may_begin_alike(&repetition.sub),
        HirKind::Capture(capture) => may_begin_alike(&capture.sub),
        HirKind::Concat(parts) => parts.iter().any(may_begin_alike),
        _ => false,
    }
}

/// The characters a pattern may begin with; `None` when that is not plain.
fn first(hir: &Hir) -> Option<Vec<(char, char)>> {
    match hir.kind() {
        HirKind::Literal(text) => {
            let text = std::str::from_utf8(&text.0).ok()?;
            text.chars().next().map(|c| vec![(c, c)])
        }
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => Some(
            class
                .iter()
                .map(|range| (range.start(), range.end()))
                .collect(),
        ),
        HirKind::Repetition(repetition) if repetition.min > 0 => first(&repetition.sub),
        HirKind::Capture(capture) => first(&capture.sub),
        HirKind::Concat(parts) => first(parts.first()?),
        HirKind::Alternation(branches) => {
            let each: Option<Vec<_>> = branches.iter().map(first).collect();
            each.map(|each| each.concat())
        }
        _ => None,
    }
}

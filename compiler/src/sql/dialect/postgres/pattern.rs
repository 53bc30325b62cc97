//! Regular expressions in the flavour of the engine.
//!
//! The engine prefers the longest of alternatives where the language prefers the first, and one repetition's greed
//! decides for the whole. A pattern that could tell the difference is refused, where more is asked than whether it fits.

use regex_syntax::ast::{
    Assertion, AssertionKind, Ast, ClassAscii, ClassAsciiKind, ClassBracketed, ClassPerl,
    ClassPerlKind, ClassSet, ClassSetItem, Flag, FlagsItemKind, GroupKind, Literal, Repetition,
    RepetitionKind, RepetitionRange, parse::Parser,
};
use regex_syntax::hir::{Hir, HirKind};

use super::iso::literal;
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
const CLASSES: &str = "the engine has no such character class";
const FLAGS: &str = "the engine has no flags within a pattern";
const TOO_OFTEN: &str = "the engine repeats at most 255 times";
const GREED: &str = "the engine does not mix greedy and lazy repetition";
const ALIKE: &str = "of alternatives that may begin alike the engine takes the longest";
const EMPTY: &str = "the engine counts matches of nothing differently";

/// Text with the rules of Unicode, which classes and letter case follow.
const TEXT: &str = "{0} COLLATE \"und-x-icu\"";

/// Characters of words, within brackets: the engine's own leave out combining accents and joiners.
const WORD: &str = "\\w\\u0300-\\u036F\\u200C\\u200D";

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

/// A pattern in the making, and what it holds.
#[derive(Default)]
struct Printer {
    regex: String,
    ignores_case: bool,
    /// Whether `.` is any character.
    dot_is_any: bool,
    greedy: bool,
    lazy: bool,
    alternatives: bool,
    groups: u32,
}

impl Printer {
    fn print(&mut self, ast: &Ast) -> Result<(), &'static str> {
        match ast {
            Ast::Empty(_) => {}
            Ast::Flags(set) => self.set_flags(&set.flags.items)?,
            Ast::Literal(literal) => self.literal(literal),
            Ast::Dot(_) => self
                .regex
                .push_str(if self.dot_is_any { "." } else { "[^\\n]" }),
            Ast::Assertion(assertion) => self.assertion(assertion)?,
            Ast::ClassUnicode(_) => return Err(CLASSES),
            Ast::ClassPerl(class) if class.kind == ClassPerlKind::Word => {
                self.regex.push_str(if class.negated { "[^" } else { "[" });
                self.regex.push_str(WORD);
                self.regex.push(']');
            }
            Ast::ClassPerl(class) => self.regex.push_str(perl(class)),
            Ast::ClassBracketed(class) => self.bracketed(class)?,
            Ast::Repetition(repetition) => self.repetition(repetition)?,
            Ast::Group(group) => {
                match &group.kind {
                    GroupKind::CaptureIndex(_) | GroupKind::CaptureName { .. } => {
                        self.groups += 1;
                        self.regex.push('(');
                    }
                    GroupKind::NonCapturing(flags) if flags.items.is_empty() => {
                        self.regex.push_str("(?:")
                    }
                    GroupKind::NonCapturing(_) => return Err(FLAGS),
                }
                self.print(&group.ast)?;
                self.regex.push(')');
            }
            Ast::Alternation(alternation) => {
                self.alternatives = true;
                for (index, branch) in alternation.asts.iter().enumerate() {
                    if index > 0 {
                        self.regex.push('|');
                    }
                    self.print(branch)?;
                }
            }
            Ast::Concat(concat) => {
                for ast in &concat.asts {
                    self.print(ast)?;
                }
            }
        }
        Ok(())
    }

    /// Flags at the very start hold for the whole pattern.
    fn set_flags(&mut self, items: &[regex_syntax::ast::FlagsItem]) -> Result<(), &'static str> {
        if !self.regex.is_empty() {
            return Err(FLAGS);
        }
        for item in items {
            match item.kind {
                FlagsItemKind::Flag(Flag::CaseInsensitive) => self.ignores_case = true,
                FlagsItemKind::Flag(Flag::DotMatchesNewLine) => self.dot_is_any = true,
                _ => return Err(FLAGS),
            }
        }
        Ok(())
    }

    fn literal(&mut self, literal: &Literal) {
        self.character(literal.c);
    }

    fn character(&mut self, c: char) {
        if c.is_ascii_punctuation() {
            self.regex.push('\\');
            self.regex.push(c);
        } else if c.is_ascii_control() {
            self.regex.push_str(&format!("\\x{:02x}", u32::from(c)));
        } else {
            self.regex.push(c);
        }
    }

    fn assertion(&mut self, assertion: &Assertion) -> Result<(), &'static str> {
        self.regex.push_str(match assertion.kind {
            AssertionKind::StartLine | AssertionKind::StartText => "\\A",
            AssertionKind::EndLine | AssertionKind::EndText => "\\Z",
            AssertionKind::WordBoundary => "\\y",
            AssertionKind::NotWordBoundary => "\\Y",
            _ => return Err(CLASSES),
        });
        Ok(())
    }

    fn repetition(&mut self, repetition: &Repetition) -> Result<(), &'static str> {
        // Two signs of repetition in a row are one of another kind to the engine.
        let nested = matches!(*repetition.ast, Ast::Repetition(_));
        if nested {
            self.regex.push_str("(?:");
        }
        self.print(&repetition.ast)?;
        if nested {
            self.regex.push(')');
        }
        let mut fixed = false;
        match &repetition.op.kind {
            RepetitionKind::ZeroOrOne => self.regex.push('?'),
            RepetitionKind::ZeroOrMore => self.regex.push('*'),
            RepetitionKind::OneOrMore => self.regex.push('+'),
            RepetitionKind::Range(range) => {
                let (least, most) = match range {
                    RepetitionRange::Exactly(count) => (*count, Some(*count)),
                    RepetitionRange::AtLeast(least) => (*least, None),
                    RepetitionRange::Bounded(least, most) => (*least, Some(*most)),
                };
                if least > 255 || most.is_some_and(|most| most > 255) {
                    return Err(TOO_OFTEN);
                }
                fixed = most == Some(least);
                let most = most
                    .filter(|_| !fixed)
                    .map_or_else(String::new, |most| most.to_string());
                let comma = if fixed { "" } else { "," };
                self.regex.push_str(&format!("{{{least}{comma}{most}}}"));
            }
        }
        if fixed {
            return Ok(());
        }
        if repetition.greedy {
            self.greedy = true;
        } else {
            self.lazy = true;
            self.regex.push('?');
        }
        Ok(())
    }

    fn bracketed(&mut self, class: &ClassBracketed) -> Result<(), &'static str> {
        self.regex.push_str(if class.negated { "[^" } else { "[" });
        let ClassSet::Item(item) = &class.kind else {
            return Err(CLASSES);
        };
        self.item(item)?;
        self.regex.push(']');
        Ok(())
    }

    fn item(&mut self, item: &ClassSetItem) -> Result<(), &'static str> {
        match item {
            ClassSetItem::Empty(_) => {}
            ClassSetItem::Literal(literal) => self.literal(literal),
            ClassSetItem::Range(range) => {
                self.literal(&range.start);
                self.regex.push('-');
                self.literal(&range.end);
            }
            ClassSetItem::Ascii(class) => self.regex.push_str(ascii(class).ok_or(CLASSES)?),
            ClassSetItem::Perl(class) => self.regex.push_str(perl(class)),
            ClassSetItem::Union(union) => {
                for item in &union.items {
                    self.item(item)?;
                }
            }
            ClassSetItem::Unicode(_) | ClassSetItem::Bracketed(_) => return Err(CLASSES),
        }
        Ok(())
    }
}

fn perl(class: &ClassPerl) -> &'static str {
    match (&class.kind, class.negated) {
        (ClassPerlKind::Digit, false) => "\\d",
        (ClassPerlKind::Digit, true) => "\\D",
        (ClassPerlKind::Space, false) => "\\s",
        (ClassPerlKind::Space, true) => "\\S",
        (ClassPerlKind::Word, false) => WORD,
        (ClassPerlKind::Word, true) => "\\W",
    }
}

/// Members of a class of ASCII characters, within brackets: the engine's own classes hold more.
fn ascii(class: &ClassAscii) -> Option<&'static str> {
    if class.negated {
        return None;
    }
    Some(match class.kind {
        ClassAsciiKind::Alnum => "0-9A-Za-z",
        ClassAsciiKind::Alpha => "A-Za-z",
        ClassAsciiKind::Ascii => "\\x01-\\x7f",
        ClassAsciiKind::Blank => " \\t",
        ClassAsciiKind::Cntrl => "\\x01-\\x1f\\x7f",
        ClassAsciiKind::Digit => "0-9",
        ClassAsciiKind::Graph => "!-~",
        ClassAsciiKind::Lower => "a-z",
        ClassAsciiKind::Print => " -~",
        ClassAsciiKind::Punct => "!-\\/:-@\\[-`{-~",
        ClassAsciiKind::Space => " \\t\\n\\v\\f\\r",
        ClassAsciiKind::Upper => "A-Z",
        ClassAsciiKind::Word => "0-9A-Z_a-z",
        ClassAsciiKind::Xdigit => "0-9A-Fa-f",
    })
}

//! Prints a regular expression in the flavour of the engine.

use std::fmt::Write as _;

use regex_syntax::ast::{
    Assertion, AssertionKind, Ast, ClassAscii, ClassAsciiKind, ClassBracketed, ClassPerl,
    ClassPerlKind, ClassSet, ClassSetItem, Flag, FlagsItem, FlagsItemKind, GroupKind, Literal,
    Repetition, RepetitionKind, RepetitionRange,
};

pub(super) const CLASSES: &str = "the engine has no such character class";
pub(super) const FLAGS: &str = "the engine has no flags within a pattern";
pub(super) const TOO_OFTEN: &str = "the engine repeats at most 255 times";

/// Characters of words, within brackets: the engine's own leave out combining accents and joiners.
const WORD: &str = "\\w\\u0300-\\u036F\\u200C\\u200D";

/// A pattern in the making, and what it holds.
#[derive(Default)]
pub(super) struct Printer {
    pub(super) regex: String,
    pub(super) ignores_case: bool,
    /// Whether `.` is any character.
    dot_is_any: bool,
    pub(super) greedy: bool,
    pub(super) lazy: bool,
    pub(super) alternatives: bool,
    pub(super) groups: u32,
}

impl Printer {
    /// Adds a part of a pattern, or says why the engine has nothing like it.
    pub(super) fn print(&mut self, ast: &Ast) -> Result<(), &'static str> {
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
                        self.regex.push_str("(?:");
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
    fn set_flags(&mut self, items: &[FlagsItem]) -> Result<(), &'static str> {
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
            // Writing to a String does not fail.
            let _ = write!(self.regex, "\\x{:02x}", u32::from(c));
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
                let _ = write!(self.regex, "{{{least}{comma}{most}}}");
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

//! Arguments that must be literals, or one of a few words, or of a certain form.

use super::{ArgInfo, Call};
use crate::diag::codes::types as codes;
use crate::diag::{Diagnostic, nearest};
use crate::formula::datetime::parse_date;
use crate::formula::eval::check_pattern;
use crate::formula::functions::signature::{Accepts, Fixed, Param, Valid, is_engine_function};
use crate::value::Value;

impl Call<'_> {
    /// The first finding about literals.
    pub(super) fn literals(&self) -> Option<Diagnostic> {
        self.params().find_map(|(index, arg, param)| {
            self.must_be_known(index, arg, param)
                .or_else(|| self.one_of(arg, param))
                .or_else(|| self.valid(index, arg, param))
        })
    }

    fn subject(&self, index: usize) -> String {
        format!("argument {} of `{}`", index + 1, self.function.name)
    }

    fn must_be_known(&self, index: usize, arg: &ArgInfo<'_>, param: &Param) -> Option<Diagnostic> {
        if arg.literal.is_some() || arg.ty == crate::value::Type::Unknown {
            return None;
        }
        let span = arg.span;
        match param.fixed {
            Fixed::Literal => {
                let finding = Diagnostic::new(
                    &codes::LITERAL_REQUIRED,
                    span,
                    format!("{} must be a literal", self.subject(index)),
                );
                Some(match param.accepts {
                    Accepts::Choice(words) => finding.help(format!("one of {}", quoted(words))),
                    _ => finding,
                })
            }
            Fixed::Constant if !arg.constant => Some(
                Diagnostic::new(
                    &codes::CONSTANT_REQUIRED,
                    span,
                    format!("{} must not depend on the row", self.subject(index)),
                )
                .help("a literal or a control may stand here"),
            ),
            Fixed::Constant | Fixed::No => None,
        }
    }

    fn one_of(&self, arg: &ArgInfo<'_>, param: &Param) -> Option<Diagnostic> {
        let Accepts::Choice(words) = param.accepts else {
            return None;
        };
        let found = match arg.literal? {
            Value::Text(text) => text.as_ref(),
            _ => "Null",
        };
        if words.iter().any(|w| w.eq_ignore_ascii_case(found)) {
            return None;
        }
        let span = arg.span;
        let finding = Diagnostic::new(
            &codes::UNKNOWN_CHOICE,
            span,
            format!("`{}` knows no {} `{found}`", self.function.name, param.name),
        )
        .note(format!("it knows {}", quoted(words)));
        Some(match nearest(found, words.iter().copied()) {
            Some(near) => finding.fix(format!("write `\"{near}\"`"), span, format!("\"{near}\"")),
            None => finding,
        })
    }

    fn valid(&self, index: usize, arg: &ArgInfo<'_>, param: &Param) -> Option<Diagnostic> {
        let literal = arg.literal?;
        let span = arg.span;
        let number = literal.as_f64();
        match (param.valid, literal) {
            (Valid::Fraction, _) if number.is_some_and(|n| !(0.0..=1.0).contains(&n)) => Some(
                Diagnostic::new(
                    &codes::ARGUMENT_RANGE,
                    span,
                    format!("{} is a fraction from 0 to 1", self.subject(index)),
                )
                .help("the 90th percentile is `0.9`"),
            ),
            (Valid::Positive, _) if number.is_some_and(|n| n < 1.0) => Some(Diagnostic::new(
                &codes::ARGUMENT_RANGE,
                span,
                format!("{} is 1 or more", self.subject(index)),
            )),
            (Valid::Pattern, Value::Text(pattern)) => {
                let reason = check_pattern(pattern).err()?;
                let reason = reason
                    .lines()
                    .last()
                    .unwrap_or_default()
                    .trim_start_matches("error: ")
                    .to_owned();
                Some(
                    Diagnostic::new(
                        &codes::INVALID_PATTERN,
                        span,
                        "the regular expression is not valid",
                    )
                    .label(reason),
                )
            }
            (Valid::EngineFunction, Value::Text(name)) if !is_engine_function(name) => Some(
                Diagnostic::new(
                    &codes::ARGUMENT_RANGE,
                    span,
                    format!("{} is the name of a function of the engine", self.subject(index)),
                )
                .help("a plain name, such as `\"soundex\"` or `\"analytics.score\"`: its arguments follow it"),
            ),
            (Valid::DateFormat, Value::Text(format)) if !format.contains('%') => {
                let finding = Diagnostic::new(
                    &codes::ARGUMENT_RANGE,
                    span,
                    format!("{} holds no part of a date", self.subject(index)),
                )
                .help("parts begin with `%`: `\"%Y-%m-%d %H:%M:%S\"`");
                Some(match percent_format(format) {
                    Some(meant) => finding.fix(format!("write `\"{meant}\"`"), span, format!("\"{meant}\"")),
                    None => finding,
                })
            }
            (Valid::IsoDate, Value::Text(text)) if parse_date(text).is_none() => Some(
                Diagnostic::new(
                    &codes::INVALID_DATE,
                    span,
                    format!("`{text}` is not an ISO date"),
                )
                .help("a date is written `Date(\"2026-01-31\")` or `Date(\"2026-01-31 13:00:00\")`")
                .help("`DateParse(text, \"%d/%m/%Y\")` reads other forms"),
            ),
            _ => None,
        }
    }
}

fn quoted(words: &[&str]) -> String {
    words
        .iter()
        .map(|w| format!("`\"{w}\"`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A format of repeated letters (`yyyy-MM-dd`) in the language's own parts; `None` when a word in it is none.
fn percent_format(format: &str) -> Option<String> {
    const PARTS: &[(&str, &str)] = &[
        ("yyyy", "%Y"),
        ("yy", "%y"),
        ("mmmm", "%B"),
        ("mmm", "%b"),
        ("mon", "%b"),
        ("month", "%B"),
        ("dddd", "%A"),
        ("ddd", "%a"),
        ("dd", "%d"),
        ("d", "%d"),
        ("hh24", "%H"),
        ("hh", "%H"),
        ("mi", "%M"),
        ("ss", "%S"),
    ];
    let mut out = String::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_ascii_alphanumeric();
        let end = rest.find(|c| word(c) != word(first)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        let after_hour = out.contains("%H");
        match run {
            _ if !word(first) => out.push_str(run),
            // Minutes stand behind an hour.
            "mm" | "MM" | "M" | "m" => out.push_str(if after_hour { "%M" } else { "%m" }),
            _ => {
                let (_, part) = PARTS
                    .iter()
                    .find(|(known, _)| known.eq_ignore_ascii_case(run))?;
                out.push_str(part);
            }
        }
    }
    Some(out).filter(|meant| meant.contains('%'))
}

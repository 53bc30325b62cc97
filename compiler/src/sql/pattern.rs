//! Dates as text by `%` patterns, on engines whose templates write one specifier at a time.

use std::borrow::Cow;

use super::dialect::NEEDS_PATTERN;
use super::error::SqlError;
use super::scalar::Scalars;
use super::tree::{Expr, Piece};
use crate::formula::functions::Function;
use crate::plan::relation::{self, ExprKind};
use crate::value::Value;

/// Under which specifier the template stands that takes leading zeros off.
const BARE: char = '-';

impl Scalars<'_> {
    /// The date that is the first argument, by the pattern that is the second.
    pub(super) fn pattern(
        &self,
        function: &Function,
        specifiers: &'static [(char, &'static str)],
        plan: &[relation::Expr],
        args: &[Expr],
    ) -> Result<Expr, SqlError> {
        let Some(ExprKind::Literal {
            value: Value::Text(pattern),
        }) = plan.get(1).map(|pattern| &pattern.kind)
        else {
            return Err(self.unsupported(function.name, NEEDS_PATTERN));
        };
        let wrong = || SqlError::WrongArguments(function.name.to_owned());
        let template = |letter: char| {
            let found = specifiers.iter().find(|(known, _)| *known == letter);
            found.map(|(_, template)| *template)
        };
        let date = args.first().ok_or_else(wrong)?;
        let mut parts = Vec::new();
        for token in tokens(pattern, |letter| template(letter).is_some()) {
            let (letter, bare) = match token {
                Token::Text(text) => {
                    parts.push(Expr::Inline(Value::text(text)));
                    continue;
                }
                Token::Specifier { letter, bare } => (letter, bare),
            };
            let written = template(letter).ok_or_else(wrong)?;
            let date = std::slice::from_ref(date);
            let mut part = self.fill(function.name, written, plan, date)?;
            if bare {
                let trimmed = template(BARE).ok_or_else(wrong)?;
                part = self.fill(function.name, trimmed, plan, &[part])?;
            }
            parts.push(part);
        }
        Ok(joined(date, parts))
    }
}

/// Parts one behind the other; Null for a Null date, even when no part reads it.
fn joined(date: &Expr, parts: Vec<Expr>) -> Expr {
    let mut pieces = vec![Piece::Text(Cow::Borrowed("("))];
    if parts.iter().all(|part| matches!(part, Expr::Inline(_))) {
        let present = Expr::IsNull {
            value: date.clone().into(),
            negated: true,
        };
        let text: String = parts.iter().filter_map(text).collect();
        let branches = vec![(present, Expr::Inline(Value::text(text)))];
        return Expr::Case {
            subject: None,
            branches,
            otherwise: None,
        };
    }
    for (position, part) in parts.into_iter().enumerate() {
        if position > 0 {
            pieces.push(Piece::Text(Cow::Borrowed(" || ")));
        }
        pieces.push(Piece::Expr(part));
    }
    pieces.push(Piece::Text(Cow::Borrowed(")")));
    Expr::Template(pieces)
}

fn text(part: &Expr) -> Option<String> {
    match part {
        Expr::Inline(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    }
}

/// A part of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// Text that stands for itself.
    Text(String),
    /// `%Y`, or `%-d` without leading zeros.
    Specifier {
        /// The letter.
        letter: char,
        /// Whether leading zeros are left out.
        bare: bool,
    },
}

/// Takes a pattern apart. What is no specifier stands for itself, as in the evaluator.
pub(super) fn tokens(pattern: &str, is_specifier: impl Fn(char) -> bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut text = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        let mut letter = match c {
            '%' => chars.next(),
            _ => None,
        };
        let bare = letter == Some(BARE);
        if bare {
            letter = chars.next();
        }
        match letter {
            Some(letter) if letter != BARE && is_specifier(letter) => {
                if !text.is_empty() {
                    tokens.push(Token::Text(std::mem::take(&mut text)));
                }
                tokens.push(Token::Specifier { letter, bare });
            }
            Some('%') => text.push('%'),
            _ if bare => {}
            Some(letter) => text.extend([c, letter]),
            None => text.push(c),
        }
    }
    if !text.is_empty() {
        tokens.push(Token::Text(text));
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_come_apart_into_specifiers_and_texts() {
        let known = |letter| "Yd".contains(letter);
        let written = |pattern: &str| {
            let tokens = tokens(pattern, known);
            let parts = tokens.into_iter().map(|token| match token {
                Token::Text(text) => format!("'{text}'"),
                Token::Specifier { letter, bare: true } => format!("-{letter}"),
                Token::Specifier { letter, .. } => letter.to_string(),
            });
            parts.collect::<Vec<_>>().join(" ")
        };
        for (pattern, expected) in [
            ("%Y-%-d", "Y '-' -d"),
            ("100%% %x %", "'100% %x %'"),
            ("%Y%d", "Y d"),
            ("%-x.", "'.'"),
            ("", ""),
        ] {
            assert_eq!(written(pattern), expected, "{pattern}");
        }
    }
}

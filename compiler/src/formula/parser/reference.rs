//! Bracketed names.

use super::token::{Token, TokenKind};
use super::{Parser, codes};
use crate::diag::Diagnostic;
use crate::formula::ast::{Expr, ExprKind, Reference};
use crate::span::Span;

/// Characters that hardly occur in a name and therefore end one whose bracket is missing.
const ENDS: &[char] = &['[', ',', ')', '=', '<', '>', '+', '*', '"', '\n'];

impl Parser<'_> {
    /// `[A]`, `[A/B]`, with `[` as the current token.
    pub(super) fn reference(&mut self) -> Expr {
        let start = self.token.start;
        let inside = self.token.end;
        let rest = self.text.get(inside..).unwrap_or_default();
        let close = rest
            .find(['[', ']'])
            .filter(|at| rest.get(*at..).is_some_and(|r| r.starts_with(']')));
        let name = match close {
            Some(at) => rest.get(..at).unwrap_or_default(),
            None => unclosed_name(rest),
        };
        let end = inside + name.len() + usize::from(close.is_some());
        let segments = self.segments(name, inside);
        self.token = Token {
            kind: TokenKind::Mark("]"),
            start,
            end,
        };
        let span = self.token_span();
        if close.is_none() {
            self.report(
                Diagnostic::new(&codes::UNCLOSED_BRACKET, span, "this `[` is never closed").fix(
                    "add `]`",
                    span.at_end(),
                    "]",
                ),
            );
        } else if segments.iter().any(|(name, _)| name.is_empty()) {
            self.report(
                Diagnostic::new(&codes::EMPTY_REFERENCE, span, "a name in brackets is empty")
                    .help("a reference is written `[Column]` or `[Element/Column]`"),
            );
            self.advance();
            return Expr {
                kind: ExprKind::Error,
                span,
            };
        }
        self.advance();
        Expr {
            kind: ExprKind::Reference(Reference { segments }),
            span,
        }
    }

    fn segments(&self, name: &str, start: usize) -> Vec<(String, Span)> {
        let mut at = start;
        let mut segments = Vec::new();
        for part in name.split('/') {
            let trimmed = part.trim();
            let from = at + (part.len() - part.trim_start().len());
            segments.push((trimmed.to_owned(), self.span(from, from + trimmed.len())));
            at += part.len() + 1;
        }
        segments
    }
}

/// The part of the text that was probably meant as a name.
fn unclosed_name(rest: &str) -> &str {
    let end = rest.find(ENDS).unwrap_or(rest.len());
    let spaced = [" - ", " & ", " / ", " And ", " Or "]
        .iter()
        .filter_map(|op| rest.find(op))
        .min();
    let end = spaced.map_or(end, |at| at.min(end));
    rest.get(..end).unwrap_or_default().trim_end()
}

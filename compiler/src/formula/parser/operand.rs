//! Operands: literals, prefix operators, parentheses, and what follows them without a space.

use super::token::{Closing, TokenKind, is_word_start};
use super::{NEGATE, NOT, Parser, codes, level};
use crate::diag::{Diagnostic, Edit, Fix};
use crate::formula::ast::{Expr, ExprKind, UnaryOp};

impl Parser<'_> {
    /// An operand with its paths and indexes. `min` is the level of the expression it begins.
    pub(super) fn operand(&mut self, min: u8) -> Expr {
        let start = self.token.start;
        let mut expr = self.primary(min);
        while self.last_end == self.token.start && self.operators < super::MAX_OPERATORS {
            let Some(grown) = self.postfix(&expr, start) else {
                break;
            };
            self.operators += 1;
            expr = grown;
        }
        expr
    }

    fn primary(&mut self, min: u8) -> Expr {
        let span = self.token_span();
        match self.token.kind.clone() {
            TokenKind::Number => {
                let text = self.token_text().to_owned();
                self.advance();
                Expr {
                    kind: ExprKind::Number(text),
                    span,
                }
            }
            TokenKind::BadNumber => self.bad_number(),
            TokenKind::Text {
                value,
                closing,
                curly,
                bad_escapes,
            } => {
                self.check_literal(closing, curly, &bad_escapes);
                self.advance();
                Expr {
                    kind: ExprKind::Text(value),
                    span,
                }
            }
            TokenKind::Word => self.word(min),
            TokenKind::Mark("(") => self.parenthesis(),
            TokenKind::Mark("[") => self.reference(),
            TokenKind::Mark("-" | "\u{2212}" | "+" | "!") => self.prefix(min),
            _ => self.missing_operand(),
        }
    }

    fn prefix(&mut self, min: u8) -> Expr {
        let start = self.token.start;
        let mark = self.token_text().to_owned();
        let span = self.token_span();
        self.advance();
        let (op, strength) =
            match mark.as_str() {
                "+" => {
                    self.report(
                        Diagnostic::new(&codes::FOREIGN_OPERATOR, span, "there is no prefix `+`")
                            .fix("remove `+`", span, ""),
                    );
                    return self.expression(NEGATE.max(min));
                }
                "!" => {
                    self.report(
                        Diagnostic::new(&codes::FOREIGN_OPERATOR, span, "`!` is written `Not`")
                            .fix("write `Not`", span, "Not "),
                    );
                    (UnaryOp::Not, NOT)
                }
                "-" => (UnaryOp::Negate, NEGATE),
                _ => {
                    self.report(
                        Diagnostic::new(
                            &codes::FOREIGN_OPERATOR,
                            span,
                            "a minus sign is written `-`",
                        )
                        .fix("write `-`", span, "-"),
                    );
                    (UnaryOp::Negate, NEGATE)
                }
            };
        self.unary(op, strength, min, start)
    }

    /// A prefix operator that was taken. Behind a tighter operator it takes only what that operator would.
    pub(super) fn unary(&mut self, op: UnaryOp, strength: u8, min: u8, start: usize) -> Expr {
        let strength = if op == UnaryOp::Not {
            strength.max(min)
        } else {
            strength
        };
        let operand = Box::new(self.expression(strength));
        Expr {
            kind: ExprKind::Unary { op, operand },
            span: self.span(start, self.last_end),
        }
    }

    fn parenthesis(&mut self) -> Expr {
        let open = self.token_span();
        self.advance();
        self.open += 1;
        let inner = self.expression(level::OR);
        self.close(open);
        self.open = self.open.saturating_sub(1);
        inner
    }

    /// Takes `)`. At the end of the text one finding closes everything that is open.
    pub(super) fn close(&mut self, open: crate::span::Span) {
        if self.is(")") {
            self.advance();
            return;
        }
        if self.token.kind == TokenKind::End {
            let end = self.token_span().at_end();
            let missing = ")".repeat(self.open);
            self.report(
                Diagnostic::new(
                    &codes::UNCLOSED_PARENTHESIS,
                    open,
                    "this `(` is never closed",
                )
                .also(end, "expected `)` before the end")
                .fix(format!("add `{missing}` at the end"), end, missing),
            );
            self.gave_up = true;
            return;
        }
        let span = self.token_span();
        let found = self.token_text().to_owned();
        self.report(
            Diagnostic::new(
                &codes::UNEXPECTED_TOKEN,
                span,
                format!("expected `)`, found `{found}`"),
            )
            .also(open, "opened here"),
        );
        self.recover_to_close();
    }

    fn recover_to_close(&mut self) {
        self.recover();
        while self.is(",") {
            self.advance();
            self.recover();
        }
        if self.is(")") {
            self.advance();
        }
    }

    /// `.key` and `[index]`, when they touch what stands before.
    fn postfix(&mut self, base: &Expr, start: usize) -> Option<Expr> {
        if self.is("[") {
            let open = self.token_span();
            self.advance();
            let index = self.expression(level::OR);
            if self.is("]") {
                self.advance();
            } else {
                self.report(
                    Diagnostic::new(&codes::UNCLOSED_BRACKET, open, "this `[` is never closed")
                        .fix("add `]`", index.span.at_end(), "]"),
                );
            }
            let span = self.span(start, self.last_end);
            return Some(Expr {
                kind: ExprKind::Index {
                    base: Box::new(base.clone()),
                    index: Box::new(index),
                },
                span,
            });
        }
        if !self.is(".") {
            return None;
        }
        let next = self.peek();
        let key = match next.kind {
            TokenKind::Word => self
                .text
                .get(next.start..next.end)
                .unwrap_or_default()
                .to_owned(),
            TokenKind::Text {
                value,
                closing: Closing::Quote,
                ..
            } => value,
            _ => {
                let span = self.token_span();
                self.report(
                    Diagnostic::new(&codes::UNEXPECTED_TOKEN, span, "expected a key behind `.`")
                        .help("a path into a variant is written `[Payload].key`"),
                );
                self.recover();
                return Some(Expr {
                    kind: ExprKind::Error,
                    span,
                });
            }
        };
        self.advance();
        self.advance();
        let span = self.span(start, self.last_end);
        Some(Expr {
            kind: ExprKind::Path {
                base: Box::new(base.clone()),
                key,
            },
            span,
        })
    }

    fn bad_number(&mut self) -> Expr {
        let span = self.token_span();
        let text = self.token_text().to_owned();
        let mut finding = Diagnostic::new(
            &codes::BAD_NUMBER,
            span,
            format!("`{text}` is not a number"),
        );
        if let Some(whole) = text.strip_suffix('.') {
            finding = finding.fix(format!("write `{whole}`"), span, whole);
        } else if text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(is_word_start) {
            finding =
                finding.help("names are written in brackets, `[2nd Visit]`, and text in quotes");
        }
        self.report(finding);
        self.advance();
        Expr {
            kind: ExprKind::Error,
            span,
        }
    }

    /// Where the quote that closes the current text makes the formula whole: before a comma or a parenthesis, else at
    /// the end.
    fn closing_place(&self) -> Option<(usize, String)> {
        const TRIED: usize = 40;
        if self.trial {
            return None;
        }
        let token = self.token_text();
        let quote = match token.chars().next()? {
            '\'' => "'",
            _ => "\"",
        };
        let within = token.char_indices().filter(|(_, c)| matches!(c, ',' | ')'));
        let ends = within.map(|(at, _)| at).chain([token.len()]);
        let places = ends.map(|at| {
            let trimmed = token.get(..at).map_or(at, |text| text.trim_end().len());
            self.token.start + trimmed
        });
        let whole = |at: &usize| {
            let (before, after) = (self.text.get(..*at), self.text.get(*at..));
            before
                .zip(after)
                .is_some_and(|(before, after)| super::parses(&format!("{before}{quote}{after}")))
        };
        let place = places.take(TRIED).find(whole);
        Some((place.unwrap_or(self.token.end), quote.to_owned()))
    }

    fn check_literal(&mut self, closing: Closing, curly: bool, bad_escapes: &[usize]) {
        let span = self.token_span();
        if closing == Closing::Missing {
            let finding = Diagnostic::new(&codes::UNCLOSED_TEXT, span, "this text is never closed");
            self.report(match self.closing_place() {
                Some((at, quote)) => {
                    let place = self.span(self.token.start, at).at_end();
                    finding.fix(format!("close it with `{quote}`"), place, quote)
                }
                None => finding,
            });
            self.gave_up = true;
            return;
        }
        if curly {
            let quote_end = self.token_text().chars().next().map_or(0, char::len_utf8);
            let last = self
                .token_text()
                .chars()
                .next_back()
                .map_or(0, char::len_utf8);
            let first = self.span(self.token.start, self.token.start + quote_end);
            let second = self.span(self.token.end - last, self.token.end);
            let mut finding = Diagnostic::new(
                &codes::CURLY_QUOTES,
                span,
                "text is written in straight quotes",
            )
            .label("typographic quotes");
            let edits = [first, second].map(|span| Edit {
                span,
                text: "\"".into(),
            });
            finding.fix = Some(Fix {
                title: "use straight quotes".into(),
                edits: edits.into(),
            });
            self.report(finding);
        }
        if let Some(at) = bad_escapes.first() {
            let place = self.span(self.token.start + at, self.token.start + at + 1);
            let edits = bad_escapes.iter().map(|at| {
                let at = self.token.start + at;
                Edit {
                    span: self.span(at, at).at_start(),
                    text: "\\".into(),
                }
            });
            let edits = edits.collect();
            let mut finding = Diagnostic::new(&codes::UNKNOWN_ESCAPE, place, "a backslash in text is written twice")
                .note("`\\n`, `\\t`, `\\r`, `\\\"` and `\\\\` are the escapes; a regular expression is written `\"\\\\d+\"`");
            finding.fix = Some(Fix {
                title: "double the backslash".into(),
                edits,
            });
            self.report(finding);
        }
    }

    /// Where a value should stand.
    fn missing_operand(&mut self) -> Expr {
        let span = self.token_span();
        let found = self.token_text().to_owned();
        let (code, message) = match &self.token.kind {
            TokenKind::End => (
                &codes::MISSING_OPERAND,
                "the formula ends where a value is expected".to_owned(),
            ),
            TokenKind::Unknown(c) => (
                &codes::UNKNOWN_CHARACTER,
                format!("`{c}` means nothing in a formula"),
            ),
            _ => (
                &codes::MISSING_OPERAND,
                format!("expected a value, found `{found}`"),
            ),
        };
        let finding = Diagnostic::new(code, span, message);
        self.report(if found == "{" {
            finding.help(
                "a level of detail is a grouping; a value per key whatever the grouping is `Rollup(aggregate, [Key], [Self/Key])`",
            )
        } else {
            finding
        });
        if self.token.kind == TokenKind::End {
            self.gave_up = true;
        }
        if !matches!(self.token.kind, TokenKind::Mark(")" | ",")) {
            self.recover();
        } else if self.open == 0 {
            let end = self.text.len();
            self.token = super::Token {
                kind: TokenKind::End,
                start: end,
                end,
            };
        }
        Expr {
            kind: ExprKind::Error,
            span,
        }
    }
}

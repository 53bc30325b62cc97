//! Spellings of other languages: one directed finding each, and the tree that was meant.

use std::ops::ControlFlow;

use super::token::TokenKind;
use super::{Parser, codes, level};
use crate::diag::Diagnostic;
use crate::formula::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::formula::print;
use crate::span::Span;

impl Parser<'_> {
    /// Reports an operator that was written as elsewhere. `<>` is simply accepted.
    pub(super) fn check_spelling(&mut self, op: BinaryOp) {
        let span = self.token_span();
        let found = self.token_text().to_owned();
        let right = op.as_str();
        if matches!(
            found.as_str(),
            "==" | "&&"
                | "||"
                | "\u{2212}"
                | "\u{d7}"
                | "\u{f7}"
                | "\u{2264}"
                | "\u{2265}"
                | "\u{2260}"
        ) {
            let spaced = |side: Option<char>| side.is_some_and(|c| !c.is_whitespace());
            let before = self
                .text
                .get(..self.token.start)
                .and_then(|t| t.chars().next_back());
            let after = self
                .text
                .get(self.token.end..)
                .and_then(|t| t.chars().next());
            let word = right.starts_with(char::is_alphabetic);
            let left_gap = if word && spaced(before) { " " } else { "" };
            let right_gap = if word && spaced(after) { " " } else { "" };
            self.report(
                Diagnostic::new(
                    &codes::FOREIGN_OPERATOR,
                    span,
                    format!("`{found}` is written `{right}`"),
                )
                .fix(
                    format!("write `{right}`"),
                    span,
                    format!("{left_gap}{right}{right_gap}"),
                ),
            );
        }
    }

    /// What follows an operand and is no operator: the end, or a mistake.
    pub(super) fn foreign_infix(
        &mut self,
        left: Expr,
        start: usize,
        min: u8,
    ) -> ControlFlow<Expr, Expr> {
        match &self.token.kind {
            TokenKind::End | TokenKind::Mark(_)
                if !self.is("(") && !self.is("[") && !self.is("!") =>
            {
                return ControlFlow::Break(left);
            }
            TokenKind::Word if self.ends_foreign_conditional() => return ControlFlow::Break(left),
            _ => {}
        }
        if min > level::COMPARISON {
            return ControlFlow::Break(left);
        }
        if self.word_is("is") {
            return self.null_test(left, start);
        }
        let negated = self.word_is("not");
        if negated || self.word_is("in") || self.word_is("like") || self.word_is("between") {
            let next = self.peek();
            let next = self
                .text
                .get(next.start..next.end)
                .unwrap_or_default()
                .to_ascii_lowercase();
            if !negated || matches!(next.as_str(), "in" | "like" | "between") {
                return self.infix_call(left, start, negated);
            }
        }
        self.missing_operator(&left)
    }

    /// `x is null`, `x is not null`.
    fn null_test(&mut self, left: Expr, start: usize) -> ControlFlow<Expr, Expr> {
        let from = self.token.start;
        self.advance();
        let negated = self.word_is("not");
        if negated {
            self.advance();
        }
        if !self.word_is("null") {
            let span = self.span(from, self.last_end);
            self.report(
                Diagnostic::new(&codes::UNEXPECTED_TOKEN, span, "`is` is no operator")
                    .help("compare with `=`"),
            );
            self.recover();
            return ControlFlow::Break(Expr {
                kind: ExprKind::Error,
                span: left.span,
            });
        }
        self.advance();
        let place = self.span(from, self.last_end);
        let span = self.span(start, self.last_end);
        let name = if negated { "IsNotNull" } else { "IsNull" };
        let expr = call(name, span, vec![left]);
        let text = print(&expr);
        self.report(
            Diagnostic::new(
                &codes::NULL_TEST,
                place,
                format!("a test for Null is written `{name}(…)`"),
            )
            .fix(format!("write `{text}`"), span, text),
        );
        ControlFlow::Continue(expr)
    }

    /// `x in (a, b)`, `x like p`, `x between a and b`, and each with `not`.
    fn infix_call(&mut self, left: Expr, start: usize, negated: bool) -> ControlFlow<Expr, Expr> {
        let word_start = self.token.start;
        if negated {
            self.advance();
        }
        let list = self.word_is("in");
        let range = self.word_is("between");
        self.advance();
        let place = self.span(word_start, self.last_end);
        let mut args = vec![left];
        if list && self.is("(") {
            self.open += 1;
            let open = self.token_span();
            self.advance();
            while !self.is(")") && self.token.kind != TokenKind::End {
                args.push(self.expression(level::OR));
                if !self.is(",") {
                    break;
                }
                self.advance();
            }
            self.close(open);
            self.open = self.open.saturating_sub(1);
        } else {
            args.push(self.expression(level::COMPARISON + 1));
            if range && self.word_is("and") {
                self.advance();
                args.push(self.expression(level::COMPARISON + 1));
            }
        }
        let span = self.span(start, self.last_end);
        let name = match (list, range) {
            (true, _) => "In",
            (_, true) => "Between",
            _ => "Like",
        };
        let mut expr = call(name, span, args);
        if negated {
            expr = Expr {
                kind: ExprKind::Unary {
                    op: UnaryOp::Not,
                    operand: Box::new(expr),
                },
                span,
            };
        }
        let text = print(&expr);
        self.report(
            Diagnostic::new(
                &codes::FOREIGN_OPERATOR,
                place,
                format!("`{name}` is a function, not an operator"),
            )
            .fix(format!("write `{text}`"), span, text),
        );
        ControlFlow::Continue(expr)
    }

    fn missing_operator(&mut self, left: &Expr) -> ControlFlow<Expr, Expr> {
        let mut span = self.token_span();
        if self.is("[") {
            let name = self.text.get(self.token.start..).unwrap_or_default();
            let close = name
                .find(']')
                .map_or(self.token.end, |at| self.token.start + at + 1);
            span = self.span(self.token.start, close);
        }
        let found = match self.token.kind {
            TokenKind::Mark("[") => "a reference".to_owned(),
            TokenKind::Text { .. } => "a text".to_owned(),
            TokenKind::Unknown(_) => {
                let found = self.token_text().to_owned();
                let finding = Diagnostic::new(
                    &codes::UNKNOWN_CHARACTER,
                    span,
                    format!("`{found}` means nothing in a formula"),
                );
                self.report(if found == "?" {
                    finding.help("`If(condition, value, else)` chooses")
                } else {
                    finding
                });
                self.recover();
                return ControlFlow::Break(Expr {
                    kind: ExprKind::Error,
                    span: left.span,
                });
            }
            _ => format!("`{}`", self.token_text()),
        };
        if self.word_is("over") || self.word_is("within") {
            let finding = Diagnostic::new(
                &codes::MISSING_OPERATOR,
                span,
                format!("{found} has no place here: a column's level says which rows it reads"),
            );
            self.report(finding.help(
                "groups are keys of a grouping, the order is the sort of its level; `Subtotal` and `GrandTotal` read coarser ones",
            ));
            self.recover();
            return ControlFlow::Break(Expr {
                kind: ExprKind::Error,
                span: left.span,
            });
        }
        self.report(
            Diagnostic::new(
                &codes::MISSING_OPERATOR,
                span,
                format!("expected an operator before {found}"),
            )
            .label("a second value")
            .also(left.span, "a value stands here")
            .help("write an operator between them, such as `+`, `*` or `&`, or a comma between arguments"),
        );
        self.recover();
        ControlFlow::Break(Expr {
            kind: ExprKind::Error,
            span: left.span,
        })
    }

    fn ends_foreign_conditional(&self) -> bool {
        ["when", "then", "else", "elseif", "elsif", "end"]
            .iter()
            .any(|w| self.word_is(w))
    }

    /// `CASE [x] WHEN … THEN … ELSE … END` and `IF … THEN … ELSE … END`, as `If` or `Switch`.
    pub(super) fn foreign_conditional(&mut self) -> Expr {
        let start = self.token.start;
        let place = self.token_span();
        let word = self.token_text().to_ascii_uppercase();
        self.advance();
        let mut args = Vec::new();
        let mut name = "If";
        let mut complete = true;
        if word == "CASE" {
            if !self.word_is("when") {
                name = "Switch";
                args.push(self.expression(level::OR));
            }
            while complete && self.word_is("when") {
                self.advance();
                complete = self.condition_and_value(&mut args);
            }
            complete &= !args.is_empty();
        } else {
            complete = self.condition_and_value(&mut args);
            while complete && (self.word_is("elseif") || self.word_is("elsif")) {
                self.advance();
                complete = self.condition_and_value(&mut args);
            }
        }
        if complete && self.word_is("else") {
            self.advance();
            args.push(self.expression(level::OR));
        }
        if self.word_is("end") {
            self.advance();
        }
        self.conditional(name, &word, args, complete, place, start)
    }

    /// `condition THEN value`; whether `THEN` was there.
    fn condition_and_value(&mut self, args: &mut Vec<Expr>) -> bool {
        args.push(self.expression(level::OR));
        let then = self.word_is("then");
        if then {
            self.advance();
            args.push(self.expression(level::OR));
        }
        then
    }

    fn conditional(
        &mut self,
        name: &str,
        word: &str,
        args: Vec<Expr>,
        complete: bool,
        place: Span,
        start: usize,
    ) -> Expr {
        let span = self.span(start, self.last_end);
        let finding = Diagnostic::new(
            &codes::FOREIGN_CONDITIONAL,
            place,
            format!("`{word}` is written as a call: `{name}(…)`"),
        )
        .help("`If(condition, value, …, else)` takes any number of pairs; `Switch(value, case, result, …, else)` compares");
        if !complete {
            self.report(finding);
            self.recover();
            return Expr {
                kind: ExprKind::Error,
                span,
            };
        }
        let expr = call(name, span, args);
        let text = print(&expr);
        self.report(finding.fix(format!("write `{text}`"), span, text));
        expr
    }
}

fn call(name: &str, span: Span, args: Vec<Expr>) -> Expr {
    Expr {
        kind: ExprKind::Call {
            name: name.to_owned(),
            name_span: span,
            args,
        },
        span,
    }
}

//! Words and calls.

use super::token::TokenKind;
use super::{NOT, Parser, codes, level};
use crate::diag::{Diagnostic, Edit, Fix};
use crate::formula::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::formula::functions::function;
use crate::span::Span;

impl Parser<'_> {
    /// A literal word, `Not`, a call, or a name that lacks its brackets.
    pub(super) fn word(&mut self, min: u8) -> Expr {
        let start = self.token.start;
        let span = self.token_span();
        let word = self.token_text().to_owned();
        let called = self.peek().kind == TokenKind::Mark("(");
        let small = word.to_ascii_lowercase();
        let literal = match small.as_str() {
            "true" => Some(ExprKind::Logical(true)),
            "false" => Some(ExprKind::Logical(false)),
            "null" => Some(ExprKind::Null),
            _ => None,
        };
        if let Some(kind) = literal {
            self.advance();
            return Expr { kind, span };
        }
        match small.as_str() {
            "not" => {
                self.advance();
                self.unary(UnaryOp::Not, NOT, min, start)
            }
            "and" if called => self.connective(BinaryOp::And),
            "or" if called => self.connective(BinaryOp::Or),
            "case" | "if" if !called => self.foreign_conditional(),
            _ if called => self.call(),
            _ => self.bare_name(),
        }
    }

    /// `Name(…)`, with the name as the current token.
    fn call(&mut self) -> Expr {
        let start = self.token.start;
        let name = self.token_text().to_owned();
        let name_span = self.token_span();
        self.advance();
        let args = self.arguments();
        Expr {
            kind: ExprKind::Call {
                name,
                name_span,
                args,
            },
            span: self.span(start, self.last_end),
        }
    }

    /// `And(a, b)` as `a And b`.
    fn connective(&mut self, op: BinaryOp) -> Expr {
        let start = self.token.start;
        let word_span = self.token_span();
        self.advance();
        let args = self.arguments();
        let span = self.span(start, self.last_end);
        let word = op.as_str();
        let finding = Diagnostic::new(
            &codes::CONNECTIVE_CALL,
            word_span,
            format!("`{word}` stands between its operands, it is not a function"),
        );
        let joined = args.into_iter().reduce(|left, right| Expr {
            kind: ExprKind::Binary {
                op,
                op_span: word_span,
                left: Box::new(left),
                right: Box::new(right),
            },
            span,
        });
        let Some(expr) = joined else {
            self.report(finding);
            return Expr {
                kind: ExprKind::Error,
                span,
            };
        };
        let text = crate::formula::print(&expr);
        self.report(finding.fix(format!("write `{text}`"), span, format!("({text})")));
        expr
    }

    /// The arguments, with `(` as the current token; takes the closing parenthesis.
    fn arguments(&mut self) -> Vec<Expr> {
        let open = self.token_span();
        self.advance();
        self.open += 1;
        let mut args = Vec::new();
        let mut semicolons = Vec::new();
        if self.is(")") {
            self.advance();
            self.open -= 1;
            return args;
        }
        loop {
            args.push(self.argument());
            if !self.is(",") && !self.is(";") {
                break;
            }
            let comma = self.token_span();
            if self.is(";") {
                semicolons.push(comma);
            }
            self.advance();
            if self.is(")") {
                self.report(
                    Diagnostic::new(
                        &codes::MISSING_ARGUMENT,
                        comma,
                        "an argument is missing behind the last comma",
                    )
                    .fix("remove the comma", comma, ""),
                );
                break;
            }
        }
        self.check_separators(&semicolons);
        self.close(open);
        self.open = self.open.saturating_sub(1);
        args
    }

    fn argument(&mut self) -> Expr {
        if self.is(",") || self.is(";") {
            let span = self.token_span();
            self.report(Diagnostic::new(
                &codes::MISSING_ARGUMENT,
                span,
                "an argument is missing before this comma",
            ));
            return Expr {
                kind: ExprKind::Error,
                span: span.at_start(),
            };
        }
        self.expression(level::OR)
    }

    fn check_separators(&mut self, semicolons: &[Span]) {
        let Some(first) = semicolons.first() else {
            return;
        };
        let mut finding = Diagnostic::new(
            &codes::ARGUMENT_SEPARATOR,
            *first,
            "arguments are separated by commas",
        );
        let edits = semicolons
            .iter()
            .map(|span| Edit {
                span: *span,
                text: ",".into(),
            })
            .collect();
        finding.fix = Some(Fix {
            title: "use commas".into(),
            edits,
        });
        self.report(finding);
    }

    /// `Sold At` where `[Sold At]` is meant: takes the words that follow, too.
    fn bare_name(&mut self) -> Expr {
        let start = self.token.start;
        self.advance();
        while self.token.kind == TokenKind::Word && !self.is_reserved_word() {
            self.advance();
        }
        let mut end = self.last_end;
        if self.is("/") && self.peek().kind == TokenKind::Word && self.last_end == self.token.start
        {
            self.advance();
            while self.token.kind == TokenKind::Word && !self.is_reserved_word() {
                self.advance();
            }
            end = self.last_end;
        }
        let name = self.text.get(start..end).unwrap_or_default().to_owned();
        let span = self.span(start, end);
        let finding = Diagnostic::new(
            &codes::BARE_NAME,
            span,
            format!("`{name}` is neither a call nor a reference"),
        );
        // `Today`, where `Today()` is meant.
        if let Some(function) = function(&name).filter(|f| f.arity() == (0, Some(0))) {
            let text = format!("{}()", function.name);
            self.report(finding.fix(format!("write `{text}`"), span, text));
            return Expr {
                kind: ExprKind::Error,
                span,
            };
        }
        self.report(
            finding
                .help(format!(
                    "a column or control is written `[{name}]`, text is written `\"{name}\"`"
                ))
                .fix(format!("write `[{name}]`"), span, format!("[{name}]")),
        );
        Expr {
            kind: ExprKind::Error,
            span,
        }
    }

    /// Words that end a bare name.
    fn is_reserved_word(&self) -> bool {
        const WORDS: &[&str] = &[
            "and", "or", "not", "is", "in", "like", "between", "when", "then", "else", "elseif",
            "elsif", "end", "true", "false", "null",
        ];
        WORDS.iter().any(|w| self.word_is(w)) || self.peek().kind == TokenKind::Mark("(")
    }
}

//! Formula text to a tree.
//!
//! A hand-written Pratt parser that never fails: a part that does not parse becomes [`ExprKind::Error`] with one
//! finding, and parsing goes on behind it. Precedence, tight first: path and index, `^`, prefix `-`, `* / %`, `+ -`,
//! `&`, comparison (does not chain), `Not`, `And`, `Or`.

mod call;
mod foreign;
mod operand;
mod reference;
mod template;
mod token;

#[cfg(test)]
mod tests;

pub use template::{TemplatePart, parse_template};

use std::ops::ControlFlow;

use self::token::{Token, TokenKind};
use super::ast::{BinaryOp, Expr, ExprKind};
use crate::diag::codes::formula as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::span::Span;
use crate::yaml::TextMap;

/// Deepest nesting of parentheses, calls and prefix operators.
const MAX_NESTING: usize = 200;

/// Most operators in one formula, which bounds the height of a tree that grows to the left.
const MAX_OPERATORS: usize = 1000;

/// Binding strength of the operators, loosest first.
mod level {
    pub(super) const OR: u8 = 1;
    pub(super) const AND: u8 = 2;
    pub(super) const NOT: u8 = 3;
    pub(super) const COMPARISON: u8 = 4;
    pub(super) const CONCAT: u8 = 5;
    pub(super) const ADDITIVE: u8 = 6;
    pub(super) const TERM: u8 = 7;
    pub(super) const NEGATE: u8 = 8;
    pub(super) const POWER: u8 = 9;
}

/// Parses one formula. Spans of the tree and of findings are places of the file, by `map`.
pub fn parse(text: &str, map: &TextMap, sink: &mut Diagnostics) -> Expr {
    parse_at(text, 0, map, sink)
}

/// Parses a formula that begins at byte `base` of the mapped text.
fn parse_at(text: &str, base: usize, map: &TextMap, sink: &mut Diagnostics) -> Expr {
    Parser::new(text, base, map, sink).formula()
}

/// Whether a text is a formula without a mistake.
fn parses(text: &str) -> bool {
    let map = TextMap::linear(Span::default(), 0);
    let mut sink = Diagnostics::default();
    let mut parser = Parser::new(text, 0, &map, &mut sink);
    parser.trial = true;
    parser.formula();
    sink.is_empty()
}

/// Bytes of the tokens of a formula, in order; a name in brackets is a bracket, words and a bracket.
pub fn tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut list = Vec::new();
    let mut token = token::next(text, 0);
    while token.kind != TokenKind::End {
        list.push(token.start..token.end);
        token = token::next(text, token.end);
    }
    list
}

/// How tightly an operator binds, and whether it groups to the right.
fn binding(op: BinaryOp) -> (u8, bool) {
    match op {
        BinaryOp::Or => (level::OR, false),
        BinaryOp::And => (level::AND, false),
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterEqual => (level::COMPARISON, false),
        BinaryOp::Concat => (level::CONCAT, false),
        BinaryOp::Add | BinaryOp::Subtract => (level::ADDITIVE, false),
        BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => (level::TERM, false),
        BinaryOp::Power => (level::POWER, true),
    }
}

/// How tightly an operator binds, for the printer: its level, that of prefix `-`, and that of `Not`.
pub(super) fn strength(op: BinaryOp) -> u8 {
    binding(op).0
}

/// Level of prefix `-`.
pub(super) const NEGATE: u8 = level::NEGATE;
/// Level of `Not`.
pub(super) const NOT: u8 = level::NOT;

struct Parser<'a> {
    text: &'a str,
    /// Where `text` begins in the mapped text.
    base: usize,
    map: &'a TextMap,
    sink: &'a mut Diagnostics,
    /// End of the token before the current one.
    last_end: usize,
    token: Token,
    nesting: usize,
    operators: usize,
    /// Parentheses that wait for their end.
    open: usize,
    /// A finding covers the rest of the text: no more are made.
    gave_up: bool,
    /// Only whether the text parses is asked for.
    trial: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, base: usize, map: &'a TextMap, sink: &'a mut Diagnostics) -> Self {
        Self {
            text,
            base,
            map,
            sink,
            last_end: 0,
            token: token::next(text, 0),
            nesting: 0,
            operators: 0,
            open: 0,
            gave_up: false,
            trial: false,
        }
    }
}

impl Parser<'_> {
    fn formula(&mut self) -> Expr {
        if self.is("=") {
            let span = self.token_span();
            self.report(
                Diagnostic::new(
                    &codes::LEADING_EQUALS,
                    span,
                    "a formula does not begin with `=`",
                )
                .fix("remove `=`", span, ""),
            );
            self.advance();
        }
        if self.token.kind == TokenKind::End {
            // In prose only the braces are empty, else the whole scalar is.
            let whole = if self.base == 0 {
                self.map.span
            } else {
                self.map
                    .span(self.file_offset(0), self.file_offset(self.text.len()))
            };
            self.report(Diagnostic::new(
                &codes::EMPTY_FORMULA,
                whole,
                "the formula is empty",
            ));
            return Expr {
                kind: ExprKind::Error,
                span: whole,
            };
        }
        let expr = self.expression(level::OR);
        if self.token.kind != TokenKind::End {
            self.stray();
        }
        if self.gave_up {
            // What is missing is not known, so nothing can be said about what there is.
            return Expr {
                kind: ExprKind::Error,
                span: expr.span,
            };
        }
        expr
    }

    /// What stands behind a complete formula.
    fn stray(&mut self) {
        let span = self.token_span();
        let found = self.token_text().to_owned();
        let finding = match found.as_str() {
            ")" => Diagnostic::new(&codes::STRAY_PARENTHESIS, span, "`)` closes nothing").fix(
                "remove `)`",
                span,
                "",
            ),
            "," | ";" => Diagnostic::new(
                &codes::UNEXPECTED_TOKEN,
                span,
                format!("`{found}` stands outside of a call"),
            )
            .label("expected the end of the formula")
            .help("arguments stand in a call, such as `Coalesce(a, b)`; decimals have a point, `12.5`"),
            _ => Diagnostic::new(
                &codes::UNEXPECTED_TOKEN,
                span,
                format!("expected the end of the formula, found `{found}`"),
            ),
        };
        self.report(finding);
    }

    /// An expression of operators that bind at least as tightly as `min`.
    fn expression(&mut self, min: u8) -> Expr {
        if self.nesting >= MAX_NESTING {
            return self.give_up(
                &codes::NESTING_TOO_DEEP,
                &format!("the formula nests deeper than {MAX_NESTING} levels"),
            );
        }
        self.nesting += 1;
        let start = self.token.start;
        let mut step = ControlFlow::Continue(self.operand(min));
        while let ControlFlow::Continue(left) = step {
            step = self.infix(left, start, min);
        }
        self.nesting -= 1;
        match step {
            ControlFlow::Break(done) | ControlFlow::Continue(done) => done,
        }
    }

    /// Takes one infix operator and its right side; `start` is where the left side began. Breaks with the left side
    /// when no operator follows.
    fn infix(&mut self, left: Expr, start: usize, min: u8) -> ControlFlow<Expr, Expr> {
        let Some(op) = self.operator() else {
            return self.foreign_infix(left, start, min);
        };
        let (strength, right_grouping) = binding(op);
        if strength < min {
            return ControlFlow::Break(left);
        }
        if self.operators >= MAX_OPERATORS {
            let message = format!("the formula has more than {MAX_OPERATORS} operators");
            return ControlFlow::Break(self.give_up(&codes::FORMULA_TOO_LONG, &message));
        }
        self.operators += 1;
        self.check_spelling(op);
        let op_span = self.token_span();
        self.advance();
        let right = self.expression(if right_grouping {
            strength
        } else {
            strength + 1
        });
        let grown = self.binary(op, op_span, left, right, start);
        let comparison = |o: BinaryOp| binding(o).0 == level::COMPARISON;
        if comparison(op) && self.operator().is_some_and(comparison) {
            return ControlFlow::Continue(self.chained(grown, start));
        }
        ControlFlow::Continue(grown)
    }

    /// An operation that began at `start` and ends with the token before the current one.
    fn binary(&self, op: BinaryOp, op_span: Span, left: Expr, right: Expr, start: usize) -> Expr {
        let span = self.span(start, self.last_end);
        Expr {
            kind: ExprKind::Binary {
                op,
                op_span,
                left: Box::new(left),
                right: Box::new(right),
            },
            span,
        }
    }

    /// The infix operator the current token stands for, foreign spellings included.
    fn operator(&self) -> Option<BinaryOp> {
        match &self.token.kind {
            TokenKind::Mark(mark) => Some(match *mark {
                "||" => BinaryOp::Or,
                "&&" => BinaryOp::And,
                "=" | "==" => BinaryOp::Equal,
                "!=" | "<>" | "\u{2260}" => BinaryOp::NotEqual,
                "<" => BinaryOp::Less,
                "<=" | "\u{2264}" => BinaryOp::LessEqual,
                ">" => BinaryOp::Greater,
                ">=" | "\u{2265}" => BinaryOp::GreaterEqual,
                "&" => BinaryOp::Concat,
                "+" => BinaryOp::Add,
                "-" | "\u{2212}" => BinaryOp::Subtract,
                "*" | "\u{d7}" => BinaryOp::Multiply,
                "/" | "\u{f7}" => BinaryOp::Divide,
                "%" => BinaryOp::Modulo,
                "^" => BinaryOp::Power,
                _ => return None,
            }),
            TokenKind::Word if self.word_is("and") => Some(BinaryOp::And),
            TokenKind::Word if self.word_is("or") => Some(BinaryOp::Or),
            _ => None,
        }
    }

    /// `a < b < c`: one finding, and the tree that was meant.
    fn chained(&mut self, first: Expr, start: usize) -> Expr {
        let mut all = first.clone();
        let mut last = first;
        let place = self.token_span();
        while let (Some(op), ExprKind::Binary { right, .. }) = (self.operator(), &last.kind) {
            if binding(op).0 != level::COMPARISON || self.operators >= MAX_OPERATORS {
                break;
            }
            self.operators += 1;
            let left = (**right).clone();
            let op_span = self.token_span();
            self.advance();
            let right = self.expression(level::COMPARISON + 1);
            last = self.binary(op, op_span, left, right, start);
            all = self.binary(BinaryOp::And, op_span, all, last.clone(), start);
        }
        let meant = super::print(&all);
        self.report(
            Diagnostic::new(
                &codes::CHAINED_COMPARISON,
                place,
                "comparisons do not chain",
            )
            .help(format!("compare twice: `{meant}`"))
            .fix("compare twice", all.span, format!("({meant})")),
        );
        // What the comparisons would say of their types is no second mistake.
        Expr {
            kind: ExprKind::Error,
            span: all.span,
        }
    }

    /// One finding for the rest of the text.
    fn give_up(&mut self, code: &'static crate::diag::Code, message: &str) -> Expr {
        let span = self.token_span();
        self.report(Diagnostic::new(code, span, message));
        self.gave_up = true;
        let end = self.text.len();
        self.token = Token {
            kind: TokenKind::End,
            start: end,
            end,
        };
        Expr {
            kind: ExprKind::Error,
            span,
        }
    }

    fn report(&mut self, finding: Diagnostic) {
        if !self.gave_up {
            self.sink.push(finding);
        }
    }

    /// Skips to the next comma or closing parenthesis that belongs to what is being parsed.
    fn recover(&mut self) {
        let mut depth = 0_usize;
        loop {
            match &self.token.kind {
                TokenKind::End => return,
                TokenKind::Mark("(") => depth += 1,
                TokenKind::Mark(")" | ",") if depth == 0 => return,
                TokenKind::Mark(")") => depth -= 1,
                TokenKind::Mark("[") => {
                    let skipped = self.text.get(self.token.end..).and_then(|t| t.find(']'));
                    self.token.end += skipped.map_or(0, |n| n + 1);
                }
                _ => {}
            }
            self.advance();
        }
    }

    fn advance(&mut self) {
        self.last_end = self.token.end;
        self.token = token::next(self.text, self.token.end);
    }

    fn is(&self, mark: &str) -> bool {
        matches!(self.token.kind, TokenKind::Mark(m) if m == mark)
    }

    fn token_text(&self) -> &str {
        self.text
            .get(self.token.start..self.token.end)
            .unwrap_or_default()
    }

    /// Whether the current token is this word (in small letters) and is not called like a function.
    fn word_is(&self, word: &str) -> bool {
        self.token.kind == TokenKind::Word && self.token_text().eq_ignore_ascii_case(word)
    }

    /// The token behind the current one.
    fn peek(&self) -> Token {
        token::next(self.text, self.token.end)
    }

    fn token_span(&self) -> Span {
        self.span(self.token.start, self.token.end)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        self.map
            .span(self.file_offset(start), self.file_offset(end))
    }

    fn file_offset(&self, at: usize) -> u32 {
        u32::try_from(self.base + at).unwrap_or(u32::MAX)
    }
}

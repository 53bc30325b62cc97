//! Expressions: operators, calls, windows, and where parentheses stand.

use std::fmt::Write;

use super::{Binding, Printer};
use crate::sql::tree::{Bound, Expr, Infix, Order, Piece, Window};
use crate::value::Value;

impl Printer<'_> {
    /// An expression where a condition is expected.
    pub(super) fn condition(&mut self, expr: &Expr, around: Binding) {
        match expr {
            Expr::Value(Value::Logical(truth)) => self.push(self.dialect.truth(*truth)),
            _ => self.expr(expr, around),
        }
    }

    pub(super) fn expr(&mut self, expr: &Expr, around: Binding) {
        let binding = binding(expr);
        let enclosed = binding != Binding::Atom && binding <= around && around != Binding::Loosest;
        // A chain of one operator needs no parentheses: conditions of a WHERE are joined by AND as well.
        let enclosed = enclosed && !(binding == Binding::And && around == Binding::And);
        if enclosed {
            self.push("(");
        }
        self.bare(expr);
        if enclosed {
            self.push(")");
        }
    }

    fn bare(&mut self, expr: &Expr) {
        match expr {
            Expr::Column { source, name } => {
                self.push(&format!("t{}.", source.0));
                self.identifier(name);
            }
            Expr::Value(value) => self.value(value),
            Expr::Inline(value) => {
                let literal = self.dialect.literal(value);
                self.push(&literal);
            }
            Expr::Word(word) => self.push(word),
            Expr::Call { name, args } => self.call(name, "", args, &[]),
            Expr::Infix { operator, operands } => self.infix(*operator, operands),
            Expr::Not(value) => {
                self.push("NOT ");
                self.condition(value, Binding::Not);
            }
            Expr::IsNull { value, negated } => {
                self.expr(value, Binding::Comparison);
                self.push(if *negated { " IS NOT NULL" } else { " IS NULL" });
            }
            Expr::In { value, candidates } => {
                self.expr(value, Binding::Comparison);
                self.push(" IN (");
                self.exprs(candidates);
                self.push(")");
            }
            Expr::Case {
                subject,
                branches,
                otherwise,
            } => self.case(subject.as_deref(), branches, otherwise.as_deref()),
            Expr::Template(pieces) => self.pieces(pieces),
            Expr::Aggregate {
                name,
                distinct,
                args,
                order,
            } => {
                self.call(name, if *distinct { "DISTINCT " } else { "" }, args, order);
            }
            Expr::Filtered { call, condition } => {
                self.before(call, &|printer| printer.filter(condition));
            }
            Expr::Over { call, window } => match &**call {
                Expr::Filtered { call, condition } => self.before(call, &|printer| {
                    printer.filter(condition);
                    printer.over(window);
                }),
                call => self.before(call, &|printer| printer.over(window)),
            },
        }
    }

    /// An aggregate with what stands behind it, or where its template says.
    fn before(&mut self, call: &Expr, behind: &dyn Fn(&mut Self)) {
        let Expr::Template(pieces) = call else {
            self.expr(call, Binding::Comparison);
            return behind(self);
        };
        for piece in pieces {
            match piece {
                Piece::Behind => behind(self),
                piece => self.piece(piece),
            }
        }
        if !pieces.contains(&Piece::Behind) {
            behind(self);
        }
    }

    fn filter(&mut self, condition: &Expr) {
        self.push(" FILTER (WHERE ");
        self.condition(condition, Binding::Loosest);
        self.push(")");
    }

    fn over(&mut self, window: &Window) {
        self.push(" OVER (");
        self.window(window);
        self.push(")");
    }

    fn call(&mut self, name: &str, before: &str, args: &[Expr], order: &[Order]) {
        self.push(name);
        self.push("(");
        self.push(before);
        self.exprs(args);
        self.clause(" ORDER BY ", order, ", ", Self::order_key);
        self.push(")");
    }

    pub(super) fn exprs(&mut self, exprs: &[Expr]) {
        self.list(exprs, ", ", |printer, expr| {
            printer.expr(expr, Binding::Loosest);
        });
    }

    pub(super) fn order_key(&mut self, key: &Order) {
        self.expr(&key.by, Binding::Loosest);
        self.direction(key);
    }

    fn infix(&mut self, operator: Infix, operands: &[Expr]) {
        match operator {
            Infix::Or => self.list(operands, " OR ", |printer, operand| {
                printer.condition(operand, Binding::Or);
            }),
            Infix::And => self.list(operands, " AND ", |printer, operand| {
                printer.condition(operand, Binding::And);
            }),
            Infix::Compare(comparison) => {
                let separator = format!(" {} ", self.dialect.comparison(comparison));
                self.list(operands, &separator, |printer, operand| {
                    printer.expr(operand, Binding::Comparison);
                });
            }
        }
    }

    fn case(
        &mut self,
        subject: Option<&Expr>,
        branches: &[(Expr, Expr)],
        otherwise: Option<&Expr>,
    ) {
        self.push("CASE");
        if let Some(subject) = subject {
            self.push(" ");
            self.expr(subject, Binding::Loosest);
        }
        for (condition, result) in branches {
            self.push(" WHEN ");
            self.condition(condition, Binding::Loosest);
            self.push(" THEN ");
            self.expr(result, Binding::Loosest);
        }
        if let Some(otherwise) = otherwise {
            self.push(" ELSE ");
            self.expr(otherwise, Binding::Loosest);
        }
        self.push(" END");
    }

    /// A template is self-contained as a whole; its holes are arguments or operands, so what is not an atom in them
    /// is enclosed.
    pub(super) fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            self.piece(piece);
        }
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) => self.push(text),
            Piece::Expr(expr) => self.expr(expr, Binding::Comparison),
            Piece::Behind => {}
        }
    }

    fn window(&mut self, window: &Window) {
        let start = self.text.len();
        self.clause("PARTITION BY ", &window.partition, ", ", |printer, key| {
            printer.expr(key, Binding::Loosest);
        });
        let gap = |printer: &Self| if printer.text.len() == start { "" } else { " " };
        let word = format!("{}ORDER BY ", gap(self));
        self.clause(&word, &window.order, ", ", Self::order_key);
        if let Some((from, to)) = window.frame {
            let text = format!(
                "{}ROWS BETWEEN {} AND {}",
                gap(self),
                bound(from, "PRECEDING"),
                bound(to, "FOLLOWING")
            );
            self.push(&text);
        }
    }
}

fn binding(expr: &Expr) -> Binding {
    match expr {
        Expr::Infix {
            operator: Infix::Or,
            ..
        } => Binding::Or,
        Expr::Infix {
            operator: Infix::And,
            ..
        } => Binding::And,
        Expr::Not(_) => Binding::Not,
        Expr::Infix {
            operator: Infix::Compare(_),
            ..
        }
        | Expr::IsNull { .. }
        | Expr::In { .. } => Binding::Comparison,
        Expr::Column { .. }
        | Expr::Value(_)
        | Expr::Inline(_)
        | Expr::Word(_)
        | Expr::Call { .. }
        | Expr::Case { .. }
        | Expr::Template(_)
        | Expr::Aggregate { .. }
        | Expr::Filtered { .. }
        | Expr::Over { .. } => Binding::Atom,
    }
}

fn bound(bound: Bound, unbounded: &str) -> String {
    let mut text = String::new();
    match bound {
        Bound::Unbounded => text.push_str("UNBOUNDED "),
        Bound::Row(0) => return "CURRENT ROW".to_owned(),
        Bound::Row(distance) => {
            // Writing to a String does not fail.
            let _ = write!(text, "{} ", distance.unsigned_abs());
            text.push_str(if distance < 0 {
                "PRECEDING"
            } else {
                "FOLLOWING"
            });
            return text;
        }
    }
    text + unbounded
}

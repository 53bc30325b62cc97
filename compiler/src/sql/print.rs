//! Writes a query tree as text and collects the values it binds.

use std::fmt::Write;

use super::dialect::Dialect;
use super::tree::{
    Alias, Bound, Expr, From, Infix, Order, Piece, Query, Select, Window, values_column,
};
use crate::plan::relation::JoinKind;
use crate::value::Value;

/// Text in the making.
pub(super) struct Printer<'a> {
    dialect: &'a dyn Dialect,
    text: String,
    params: Vec<Value>,
}

/// How tightly an operator binds: an operand that binds no tighter than its surroundings gets parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Loosest,
    Or,
    And,
    Not,
    Comparison,
    Atom,
}

impl<'a> Printer<'a> {
    /// Prints a query with its common table expressions.
    pub(super) fn print(
        dialect: &'a dyn Dialect,
        ctes: &[Query],
        query: &Query,
    ) -> (String, Vec<Value>) {
        let mut printer = Self {
            dialect,
            text: String::new(),
            params: Vec::new(),
        };
        for (index, cte) in ctes.iter().enumerate() {
            printer.push(if index == 0 { "WITH " } else { ",\n" });
            let name = cte_name(index);
            printer.push(&name);
            printer.push(" AS (");
            printer.query(cte);
            printer.push(")");
        }
        if !ctes.is_empty() {
            printer.push("\n");
        }
        printer.query(query);
        (printer.text, printer.params)
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn query(&mut self, query: &Query) {
        match query {
            Query::Select(select) => self.select(select),
            Query::UnionAll(members) => self.list(members, " UNION ALL ", Self::query),
        }
    }

    fn select(&mut self, select: &Select) {
        self.push("SELECT ");
        self.list(&select.columns, ", ", |printer, (expr, name)| {
            printer.expr(expr, Binding::Loosest);
            printer.push(" AS ");
            printer.identifier(name);
        });
        if let Some(from) = &select.from {
            self.push(" FROM ");
            self.from(from);
        }
        self.clause(" WHERE ", &select.filters, " AND ", |printer, filter| {
            printer.condition(filter, Binding::And);
        });
        self.clause(" GROUP BY ", &select.group_by, ", ", |printer, key| {
            printer.key(key, &select.columns);
        });
        self.clause(" HAVING ", &select.having, " AND ", |printer, filter| {
            printer.condition(filter, Binding::And);
        });
        self.clause(" ORDER BY ", &select.order_by, ", ", |printer, key| {
            printer.key(&key.by, &select.columns);
            printer.direction(key);
        });
        if let Some((count, offset)) = select.limit {
            self.push(&format!(" LIMIT {count}"));
            if offset > 0 {
                self.push(&format!(" OFFSET {offset}"));
            }
        }
    }

    fn clause<T>(
        &mut self,
        word: &str,
        items: &[T],
        separator: &str,
        print: impl Fn(&mut Self, &T),
    ) {
        if !items.is_empty() {
            self.push(word);
            self.list(items, separator, print);
        }
    }

    fn list<T>(&mut self, items: &[T], separator: &str, print: impl Fn(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(separator);
            }
            print(self, item);
        }
    }

    /// A computed key that is an output column is named by its position, so that the engine computes it once.
    fn key(&mut self, key: &Expr, columns: &[(Expr, String)]) {
        match columns.iter().position(|(column, _)| column == key) {
            Some(position) if !matches!(key, Expr::Column { .. }) => {
                self.push(&(position + 1).to_string());
            }
            _ => self.expr(key, Binding::Loosest),
        }
    }

    fn direction(&mut self, key: &Order) {
        if key.descending {
            self.push(" DESC");
        }
        if key.nulls_first != self.dialect.default_nulls_first(key.descending) {
            self.push(if key.nulls_first {
                " NULLS FIRST"
            } else {
                " NULLS LAST"
            });
        }
    }

    fn from(&mut self, from: &From) {
        match from {
            From::Table { path, alias } => {
                let table = self.dialect.table(path);
                self.push(&table);
                self.alias(*alias);
            }
            From::Cte { index, alias } => {
                self.push(&cte_name(*index));
                self.alias(*alias);
            }
            From::Query { query, alias } => {
                self.push("(");
                self.query(query);
                self.push(")");
                self.alias(*alias);
            }
            From::Raw { pieces, alias } => {
                self.push("(");
                self.pieces(pieces);
                // The author's text may end in a line comment.
                self.push("\n)");
                self.alias(*alias);
            }
            From::Values { rows, alias } => self.values(rows, *alias),
            From::Join {
                left,
                right,
                kind,
                on,
            } => {
                self.from(left);
                self.push(match kind {
                    JoinKind::Inner => " JOIN ",
                    JoinKind::Left => " LEFT JOIN ",
                    JoinKind::Right => " RIGHT JOIN ",
                    JoinKind::Full => " FULL JOIN ",
                    JoinKind::Cross => " CROSS JOIN ",
                });
                self.from(right);
                self.clause(" ON ", on, " AND ", |printer, condition| {
                    printer.condition(condition, Binding::And);
                });
            }
        }
    }

    fn alias(&mut self, alias: Alias) {
        self.push(&format!(" AS t{}", alias.0));
    }

    fn values(&mut self, rows: &[Vec<Value>], alias: Alias) {
        self.push("(VALUES ");
        self.list(rows, ", ", |printer, row| {
            printer.push("(");
            printer.list(row, ", ", Self::value);
            printer.push(")");
        });
        self.push(")");
        self.alias(alias);
        if !self.dialect.names_values() {
            let width = rows.first().map_or(0, Vec::len);
            let names: Vec<_> = (0..width)
                .map(|index| self.dialect.quote(&values_column(index)))
                .collect();
            self.push(&format!("({})", names.join(", ")));
        }
    }

    fn identifier(&mut self, name: &str) {
        let quoted = self.dialect.quote(name);
        self.push(&quoted);
    }

    fn value(&mut self, value: &Value) {
        if value.is_null() {
            return self.push("NULL");
        }
        let bound = self
            .dialect
            .numbers_placeholders()
            .then(|| self.params.iter().position(|known| same(known, value)));
        let number = bound.flatten().map_or_else(
            || {
                self.params.push(value.clone());
                self.params.len()
            },
            |position| position + 1,
        );
        let placeholder = self.dialect.placeholder(number);
        self.push(&placeholder);
    }

    /// An expression where a condition is expected.
    fn condition(&mut self, expr: &Expr, around: Binding) {
        match expr {
            Expr::Value(Value::Logical(truth)) => self.push(self.dialect.truth(*truth)),
            _ => self.expr(expr, around),
        }
    }

    fn expr(&mut self, expr: &Expr, around: Binding) {
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
                self.expr(call, Binding::Comparison);
                self.push(" FILTER (WHERE ");
                self.condition(condition, Binding::Loosest);
                self.push(")");
            }
            Expr::Over { call, window } => {
                self.expr(call, Binding::Comparison);
                self.push(" OVER (");
                self.window(window);
                self.push(")");
            }
        }
    }

    fn call(&mut self, name: &str, before: &str, args: &[Expr], order: &[Order]) {
        self.push(name);
        self.push("(");
        self.push(before);
        self.exprs(args);
        self.clause(" ORDER BY ", order, ", ", Self::order_key);
        self.push(")");
    }

    fn exprs(&mut self, exprs: &[Expr]) {
        self.list(exprs, ", ", |printer, expr| {
            printer.expr(expr, Binding::Loosest);
        });
    }

    fn order_key(&mut self, key: &Order) {
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
    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.push(text),
                Piece::Expr(expr) => self.expr(expr, Binding::Comparison),
            }
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

/// Names of common table expressions are ours, so they need no quotes.
fn cte_name(index: usize) -> String {
    format!("c{}", index + 1)
}

/// Equal in type as well: an integer is not bound as a float.
fn same(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b) && a == b
}

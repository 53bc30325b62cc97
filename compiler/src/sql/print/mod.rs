//! Writes a query tree as text and collects the values it binds.

mod expr;

use super::dialect::{Dialect, ValuesForm};
use super::error::SqlError;
use super::tree::{Alias, Expr, From, Order, Query, Select, values_column};
use crate::plan::relation::JoinKind;
use crate::value::{Type, Value};

/// Longest statement, in bytes, on engines whose templates repeat their arguments.
const LONGEST: usize = 1 << 20;

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
    ) -> Result<(String, Vec<Value>), SqlError> {
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
        if !dialect.has_natives() && printer.text.len() > LONGEST {
            return Err(SqlError::TooLong);
        }
        Ok((printer.text, printer.params))
    }

    /// Adds text. What is too long for an engine grows no further; [`print`](Self::print) refuses it.
    fn push(&mut self, text: &str) {
        if self.dialect.has_natives() || self.text.len() <= LONGEST {
            self.text.push_str(text);
        }
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
            From::Values { rows, types, alias } => self.values(rows, types, *alias),
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

    fn values(&mut self, rows: &[Vec<Value>], types: &[Type], alias: Alias) {
        let form = self.dialect.values_form();
        if form == ValuesForm::Selects {
            return self.selects(rows, types, alias);
        }
        self.push("(VALUES ");
        self.list(rows, ", ", |printer, row| {
            printer.push("(");
            printer.cells(row, types);
            printer.push(")");
        });
        self.push(")");
        self.alias(alias);
        if form == ValuesForm::Aliased {
            let width = rows.first().map_or(0, Vec::len);
            let names: Vec<_> = (0..width)
                .map(|index| self.dialect.quote(&values_column(index)))
                .collect();
            self.push(&format!("({})", names.join(", ")));
        }
    }

    /// Literal rows on engines that take no `VALUES` there.
    fn selects(&mut self, rows: &[Vec<Value>], types: &[Type], alias: Alias) {
        self.push("(");
        self.list(rows, " UNION ALL ", |printer, row| {
            printer.push("SELECT ");
            for (index, value) in row.iter().enumerate() {
                printer.push(if index > 0 { ", " } else { "" });
                printer.typed(value, types.get(index).copied());
                printer.push(" AS ");
                printer.identifier(&values_column(index));
            }
        });
        self.push(")");
        self.alias(alias);
    }

    fn cells(&mut self, row: &[Value], types: &[Type]) {
        for (index, value) in row.iter().enumerate() {
            self.push(if index > 0 { ", " } else { "" });
            self.typed(value, types.get(index).copied());
        }
    }

    /// A value of a column of that type: a Null says so, where the engine asks.
    fn typed(&mut self, value: &Value, ty: Option<Type>) {
        if value.is_null() {
            let null = self.dialect.null(ty.unwrap_or(Type::Unknown));
            return self.push(&null);
        }
        self.value(value);
    }

    fn identifier(&mut self, name: &str) {
        let quoted = self.dialect.quote(name);
        self.push(&quoted);
    }

    fn value(&mut self, value: &Value) {
        if value.is_null() {
            return self.push("NULL");
        }
        if !self.dialect.binds(value) {
            let literal = self.dialect.literal(value);
            return self.push(&literal);
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
        let placeholder = self.dialect.bound(number, value);
        self.push(&placeholder);
    }
}

/// Names of common table expressions are ours, so they need no quotes.
fn cte_name(index: usize) -> String {
    format!("c{}", index + 1)
}

/// Equal in type as well: an integer is not bound as a float.
fn same(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b) && a == b
}

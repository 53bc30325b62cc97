//! A SELECT in the making, whose output columns are known by their position in the plan node.

use std::collections::BTreeSet;

use super::tree::{Expr, From, Order, Query, Select};
use crate::plan::relation::Column;

/// One SELECT that still takes operators.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Sources.
    pub(super) from: Option<From>,
    /// Conditions on source rows.
    pub(super) filters: Vec<Expr>,
    /// Keys, once rows are grouped.
    pub(super) grouping: Option<Vec<Expr>>,
    /// Conditions on groups.
    pub(super) having: Vec<Expr>,
    /// Order of rows.
    pub(super) order: Vec<Order>,
    /// Rows kept and skipped.
    pub(super) limit: Option<(u64, u64)>,
    /// How deeply its sources nest subqueries.
    pub(super) level: usize,
    /// Output columns by position in the node; `None` where nobody needs them.
    pub(super) columns: Vec<Option<Expr>>,
}

/// A finished query and how to read it.
#[derive(Clone, Debug)]
pub(super) struct Export {
    /// Query.
    pub(super) query: Query,
    /// Names of its columns, by position in the node.
    pub(super) names: Vec<Option<String>>,
    /// Columns that restore its order, in the order of keys.
    pub(super) order: Vec<(String, Order)>,
}

/// Whether the order of rows matters to whoever reads them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Keep {
    /// It does.
    Order,
    /// It does not.
    Rows,
}

impl Block {
    /// A source whose columns are as given.
    pub(super) fn source(from: From, columns: Vec<Option<Expr>>) -> Self {
        Self {
            from: Some(from),
            columns,
            ..Self::default()
        }
    }

    /// Whether any output column is a window function.
    pub(super) fn is_windowed(&self) -> bool {
        self.columns.iter().flatten().any(Expr::has_window)
    }

    /// Whether it is rows of its sources, filtered perhaps.
    pub(super) fn is_rows(&self) -> bool {
        self.grouping.is_none() && self.limit.is_none() && !self.is_windowed()
    }

    /// Whether a column is a group key that has to be computed.
    pub(super) fn is_computed_key(&self, column: &Expr) -> bool {
        !column.is_trivial()
            && self
                .grouping
                .as_ref()
                .is_some_and(|keys| keys.contains(column))
    }

    /// Ends it. Columns are named as the node's, made unique; with [`Keep::Order`] the keys of its order are exported.
    pub(super) fn export(mut self, columns: &[Column], keep: Keep) -> Export {
        let mut taken = BTreeSet::new();
        let mut select = Select::default();
        let mut names = Vec::with_capacity(self.columns.len());
        for (index, expr) in std::mem::take(&mut self.columns).into_iter().enumerate() {
            names.push(expr.map(|expr| {
                let wanted = columns.get(index).map_or("", |column| &*column.name);
                let name = unique(wanted, &mut taken);
                select.columns.push((expr, name.clone()));
                name
            }));
        }
        let mut order = Vec::new();
        if keep == Keep::Order {
            for key in &self.order {
                let known = select
                    .columns
                    .iter()
                    .find(|(expr, _)| *expr == key.by)
                    .map(|(_, name)| name.clone());
                let name = known.unwrap_or_else(|| {
                    let name = unique("order", &mut taken);
                    select.columns.push((key.by.clone(), name.clone()));
                    name
                });
                order.push((name, key.clone()));
            }
        }
        // Inside a statement only a limit makes the order of a part matter.
        if self.limit.is_none() {
            self.order.clear();
        }
        Export {
            query: self.into_query(select),
            names,
            order,
        }
    }

    /// Ends it as the whole statement, with every column in place and its order kept.
    pub(super) fn into_statement(mut self, columns: &[Column]) -> Query {
        let mut taken = BTreeSet::new();
        let exprs = std::mem::take(&mut self.columns).into_iter().flatten();
        let names = columns
            .iter()
            .map(|column| unique(&column.name, &mut taken));
        let columns = exprs.zip(names).collect();
        self.into_query(Select {
            columns,
            ..Select::default()
        })
    }

    fn into_query(self, select: Select) -> Query {
        let plain = self.filters.is_empty()
            && self.grouping.is_none()
            && self.order.is_empty()
            && self.limit.is_none();
        let from = match self.from {
            Some(From::Query { mut query, alias }) => {
                match plain.then(|| passed_through(&mut query, &select)).flatten() {
                    Some(inner) => {
                        for ((_, name), (_, outer)) in inner.columns.iter_mut().zip(select.columns)
                        {
                            *name = outer;
                        }
                        return *query;
                    }
                    None => Some(From::Query { query, alias }),
                }
            }
            from => from,
        };
        let mut columns = select.columns;
        if columns.is_empty() {
            // Somebody counts the rows and reads none of their columns.
            let any = if self.grouping.as_ref().is_some_and(Vec::is_empty) {
                "count(*)"
            } else {
                "1"
            };
            columns.push((Expr::word(any), "present".to_owned()));
        }
        Query::Select(Box::new(Select {
            columns,
            from,
            filters: self.filters,
            group_by: self.grouping.unwrap_or_default(),
            having: self.having,
            order_by: self.order,
            limit: self.limit,
        }))
    }
}

/// The SELECT that names the columns of `inner`, when `outer` passes exactly these on, in order. A limited query stays
/// a subquery: as a part of a union its limit would become that of the union.
fn passed_through<'q>(inner: &'q mut Query, outer: &Select) -> Option<&'q mut Select> {
    let first = match inner {
        Query::Select(select) => select,
        Query::UnionAll(members) => match members.first_mut()? {
            Query::Select(select) => select,
            union @ Query::UnionAll(_) => return passed_through(union, outer),
        },
    };
    let same = |((expr, _), (_, name)): (&(Expr, String), &(Expr, String))| matches!(expr, Expr::Column { name: read, .. } if read == name);
    let all = first.columns.len() == outer.columns.len()
        && outer.columns.iter().zip(&first.columns).all(same);
    (all && first.limit.is_none()).then_some(first)
}

/// A name that no other column of the SELECT has: engines compare names ignoring case.
fn unique(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let wanted = if wanted.is_empty() { "column" } else { wanted };
    let mut name = wanted.to_owned();
    let mut number = 1;
    while !taken.insert(name.to_lowercase()) {
        number += 1;
        name = format!("{wanted} ({number})");
    }
    name
}

//! Formulas that belong to no element: dynamic text, action values, conditions.
//!
//! Each aggregate in them reads one data element and becomes a relation of one row; these are put side by side, and the
//! formulas are computed over them.

use std::sync::Arc;

use super::Lowerer;
use super::lookup::grouped;
use crate::plan::relation::{Column, Expr, ExprKind, JoinCondition, JoinKind, NodeId};
use crate::typing::{Source, Typed, TypedKind};
use crate::value::{Type, Value};

/// Formulas over the columns of several sources. [`TypedKind::Source`] counts through all of them in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scalars {
    pub(crate) sources: Vec<Arc<Source>>,
    pub(crate) formulas: Vec<Typed>,
}

impl Lowerer<'_> {
    /// One row, one column per formula.
    pub(crate) fn scalars(&mut self, scalars: &Scalars) -> NodeId {
        let one = Column {
            name: "one".into(),
            ty: Type::Number,
        };
        let mut row = Row {
            node: self.nodes.values(vec![one], vec![vec![Value::Integer(1)]]),
            width: 1,
            known: Vec::new(),
        };
        let mut list = Vec::new();
        for (i, formula) in scalars.formulas.iter().enumerate() {
            let expr = self.scalar(formula, &scalars.sources, &mut row);
            list.push((format!("value {}", i + 1), expr));
        }
        self.nodes.project(row.node, list)
    }

    /// Ids of the rows of an input table for which a formula over its columns (hidden ones too, in order) is True.
    pub(crate) fn row_ids(&mut self, index: usize, predicate: &Typed) -> NodeId {
        let element = self.element(index);
        let columns: Vec<usize> = (0..element.columns.len()).collect();
        let node = self.rows(index, element.base_depth(), &columns, None);
        let kept = self
            .nodes
            .filter(node, vec![super::lookup::over_source(predicate)]);
        let position = element
            .columns
            .iter()
            .position(|c| *c.id == *crate::typing::element::ROW_ID)
            .unwrap_or_default();
        let row_id = self.nodes.column(kept, position);
        self.nodes
            .project(kept, vec![("_row_id".to_owned(), row_id)])
    }

    fn scalar(&mut self, typed: &Typed, sources: &[Arc<Source>], row: &mut Row) -> Expr {
        match &typed.kind {
            TypedKind::Call { function, args } => {
                let args = args
                    .iter()
                    .map(|arg| self.scalar(arg, sources, row))
                    .collect();
                Expr {
                    kind: ExprKind::Call {
                        function: function.name.into(),
                        args,
                    },
                    ty: typed.ty,
                }
            }
            TypedKind::Aggregate { .. } | TypedKind::Total { .. } => {
                self.one_row(typed, sources, row)
            }
            TypedKind::Lookup(lookup) => {
                let right = super::lookup::per_key(self, lookup, &[&lookup.formula], None);
                let on = lookup
                    .keys
                    .iter()
                    .enumerate()
                    .map(|(i, (local, _))| JoinCondition {
                        left: self.scalar(local, sources, row),
                        op: "=".to_owned(),
                        right: self.nodes.column(right, i),
                        null_safe: lookup.null_safe,
                    });
                let on: Vec<JoinCondition> = on.collect();
                row.node = self.nodes.join(row.node, right, JoinKind::Left, on);
                row.width += lookup.keys.len() + 1;
                Expr::column(row.width - 1, typed.ty)
            }
            _ => super::lookup::over_source(typed),
        }
    }

    /// An aggregate as a column of the row.
    fn one_row(&mut self, typed: &Typed, sources: &[Arc<Source>], row: &mut Row) -> Expr {
        let (source, shifted) = match single_source(typed, sources) {
            Some((index, offset)) => (&sources[index], shift(typed, offset)),
            None => return super::stage::null(typed.ty),
        };
        let node = self.source(source, None);
        let right = grouped(self, node, Vec::new(), &[&shifted]);
        let position = match row.known.iter().find(|(known, _)| *known == right) {
            Some((_, position)) => *position,
            None => {
                row.node = self
                    .nodes
                    .join(row.node, right, JoinKind::Cross, Vec::new());
                row.known.push((right, row.width));
                row.width += 1;
                row.width - 1
            }
        };
        Expr::column(position, typed.ty)
    }
}

struct Row {
    node: NodeId,
    width: usize,
    known: Vec<(NodeId, usize)>,
}

/// The source whose columns an aggregate reads, and where its columns begin. `Count()` of nothing reads the first.
fn single_source(typed: &Typed, sources: &[Arc<Source>]) -> Option<(usize, usize)> {
    let mut least = None;
    typed.walk(&mut |t| {
        if let TypedKind::Source(column) = t.kind {
            least = Some(least.map_or(column, |l: usize| l.min(column)));
        }
    });
    let column = least.unwrap_or(0);
    let mut offset = 0;
    for (index, source) in sources.iter().enumerate() {
        if column < offset + source.columns.len() {
            return Some((index, offset));
        }
        offset += source.columns.len();
    }
    None
}

/// The same formula with columns counted from the start of its own source.
fn shift(typed: &Typed, offset: usize) -> Typed {
    let all = |list: &[Typed]| list.iter().map(|t| shift(t, offset)).collect::<Vec<_>>();
    let kind = match &typed.kind {
        TypedKind::Source(column) => TypedKind::Source(column - offset),
        TypedKind::Call { function, args } => TypedKind::Call {
            function,
            args: all(args),
        },
        TypedKind::Window { function, args } => TypedKind::Window {
            function,
            args: all(args),
        },
        TypedKind::Aggregate {
            function,
            args,
            filter,
        } => TypedKind::Aggregate {
            function,
            args: all(args),
            filter: filter.as_deref().map(|f| Box::new(shift(f, offset))),
        },
        TypedKind::Total {
            aggregate,
            outwards,
        } => TypedKind::Total {
            aggregate: Box::new(shift(aggregate, offset)),
            outwards: *outwards,
        },
        other => other.clone(),
    };
    Typed {
        kind,
        ..typed.clone()
    }
}

//! Filters: rows before every aggregate, groups after it.

use super::Lowerer;
use super::stack::Stack;
use crate::plan::control::RankKind;
use crate::plan::relation::{
    Expr, ExprKind, JoinCondition, JoinKind, NodeId, Nulls, SortKey, WindowFunction,
};
use crate::typing::{Depth, Element, Filter, Test, Typed};
use crate::value::{Type, Value};

/// A rank test: value, number kept, percent, smallest first, ties, nulls kept.
struct Top<'t> {
    value: &'t Typed,
    count: &'t Typed,
    percent: bool,
    bottom: bool,
    rank: RankKind,
    keep_nulls: bool,
}

impl Stack {
    /// Applies row filters, then group filters: those look at what the others left.
    pub(super) fn apply_filters(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        filters: &[Filter],
    ) {
        let base = self.base();
        let (ranks, tests): (Vec<&Filter>, Vec<&Filter>) = filters
            .iter()
            .partition(|f| matches!(f.test, Test::Top { .. }));
        let rows: Vec<&Filter> = tests.iter().copied().filter(|f| f.depth == base).collect();
        let predicates: Vec<Expr> = rows
            .iter()
            .filter_map(|f| self.predicate(lower, element, &f.test, base))
            .collect();
        let node = self.node(lower, element, base);
        let node = lower.nodes.filter(&node, predicates);
        self.widen(base, node, []);
        for filter in tests.into_iter().filter(|f| f.depth < base).chain(ranks) {
            self.restrict(lower, element, filter);
        }
        for (index, level) in element.levels.iter().enumerate() {
            if let Some(limit) = level.limit {
                self.limit_level(lower, element, index + 1, limit);
            }
        }
    }

    /// A test as a logical expression over its stage.
    fn predicate(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        test: &Test,
        depth: Depth,
    ) -> Option<Expr> {
        let kind = match test {
            Test::Formula(typed) => return Some(self.expr(lower, element, typed, depth)),
            Test::Column { value, filter } => {
                let value = Box::new(self.expr(lower, element, value, depth));
                ExprKind::ColumnFilter {
                    filter: filter.clone(),
                    value,
                }
            }
            Test::Control { value, control } => {
                let value = Box::new(self.expr(lower, element, value, depth));
                ExprKind::ControlFilter {
                    control: control.clone(),
                    value,
                }
            }
            Test::Top { .. } => return None,
        };
        Some(Expr {
            kind,
            ty: Type::Logical,
        })
    }

    /// Keeps base rows of the groups for which a filter of a level holds, so that totals see what is kept.
    fn restrict(&mut self, lower: &mut Lowerer<'_>, element: &Element, filter: &Filter) {
        let mut probe = self.clone();
        let kept = match &filter.test {
            Test::Top {
                value,
                count,
                percent,
                bottom,
                rank,
                keep_nulls,
            } => {
                let top = Top {
                    value,
                    count,
                    percent: *percent,
                    bottom: *bottom,
                    rank: *rank,
                    keep_nulls: *keep_nulls,
                };
                probe.top(lower, element, &top, filter.depth)
            }
            test => {
                let Some(predicate) = probe.predicate(lower, element, test, filter.depth) else {
                    return;
                };
                let node = probe.node(lower, element, filter.depth);
                lower.nodes.filter(&node, vec![predicate])
            }
        };
        self.keep_groups(lower, element, &mut probe, kept, filter.depth);
    }

    /// Keeps the first groups of a level within each group of the outer one.
    fn limit_level(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
        limit: u64,
    ) {
        let mut probe = self.clone();
        let number = probe.windowed(
            lower,
            element,
            ("RowNumber", Vec::new(), Type::Number),
            depth,
        );
        let limit = Expr::literal(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
        let node = probe.node(lower, element, depth);
        let kept = lower.nodes.filter(
            &node,
            vec![Expr::call("<=", vec![number, limit], Type::Logical)],
        );
        self.keep_groups(lower, element, &mut probe, kept, depth);
    }

    fn keep_groups(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        probe: &mut Self,
        kept: NodeId,
        depth: Depth,
    ) {
        let base = self.base();
        if depth == base {
            // The probe only widened the base stage: its rows are ours.
            *self = probe.clone();
            self.widen(base, kept, []);
            return;
        }
        let keys = Self::keys(element, depth);
        self.ensure(lower, element, base, &keys);
        let list = keys
            .iter()
            .map(|key| {
                (
                    element.columns[*key].name.clone(),
                    probe.own(lower, element, depth, *key),
                )
            })
            .collect();
        let right = lower.nodes.project(&kept, list);
        let left = self.node(lower, element, base);
        let on = keys
            .iter()
            .enumerate()
            .map(|(i, key)| JoinCondition {
                left: self.own(lower, element, base, *key),
                op: "=".to_owned(),
                right: lower.nodes.column(&right, i),
                null_safe: true,
            })
            .collect();
        let node = lower.nodes.join(&left, &right, JoinKind::Inner, on);
        self.widen(base, node, []);
    }

    /// Rows whose rank by a value is within a number. An empty number (of a control) keeps all.
    fn top(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        top: &Top<'_>,
        depth: Depth,
    ) -> NodeId {
        let value = self.expr(lower, element, top.value, depth);
        let count = self.expr(lower, element, top.count, depth);
        let partition = self.partition(lower, element, depth);
        let node = self.node(lower, element, depth);
        let position = lower.nodes.columns(&node).len();
        let rising = top.bottom || top.percent;
        let function = match (top.percent, top.rank) {
            (true, _) => "RankPercentile",
            (false, RankKind::Rank) => "Rank",
            (false, RankKind::Dense) => "RankDense",
            (false, RankKind::RowNumber) => "RowNumber",
        };
        let direction = Expr::literal(Value::text(if rising { "asc" } else { "desc" }));
        let order = SortKey {
            by: value.clone(),
            descending: !rising,
            nulls: if rising { Nulls::First } else { Nulls::Last },
        };
        let call = WindowFunction {
            function: function.to_owned(),
            args: vec![value.clone(), direction],
            partition,
            order: vec![order],
            ty: Type::Number,
        };
        // Nulls rank last whichever way: they are dropped before anything is ranked.
        let ranked = if top.keep_nulls {
            node.clone()
        } else {
            lower.nodes.filter(&node, vec![not_null(&value, &count)])
        };
        let ranked = lower.nodes.window(&ranked, vec![("rank".to_owned(), call)]);
        let rank = lower.nodes.column(&ranked, position);
        let within = match (top.percent, top.bottom) {
            (false, _) => Expr::call("<=", vec![rank, count.clone()], Type::Logical),
            (true, true) => Expr::call("<=", vec![rank, hundredth(&count)], Type::Logical),
            (true, false) => {
                let one = Expr::literal(Value::Integer(1));
                let border = Expr::call("-", vec![one, hundredth(&count)], Type::Number);
                Expr::call(">=", vec![rank, border], Type::Logical)
            }
        };
        let unset = Expr::call("IsNull", vec![count], Type::Logical);
        lower.nodes.filter(
            &ranked,
            vec![Expr::call("Or", vec![unset, within], Type::Logical)],
        )
    }
}

fn hundredth(count: &Expr) -> Expr {
    Expr::call(
        "/",
        vec![count.clone(), Expr::literal(Value::Integer(100))],
        Type::Number,
    )
}

/// `value` is there, or no number is chosen.
fn not_null(value: &Expr, count: &Expr) -> Expr {
    let there = Expr::call("IsNotNull", vec![value.clone()], Type::Logical);
    let unset = Expr::call("IsNull", vec![count.clone()], Type::Logical);
    Expr::call("Or", vec![there, unset], Type::Logical)
}

//! Filters: rows before every aggregate, groups after it.

use std::sync::Arc;

use super::Lowerer;
use super::stack::Stack;
use super::stage::Key;
use crate::plan::control::RankKind;
use crate::plan::relation::{Expr, ExprKind, JoinKind, NodeId, Nulls, SortKey, WindowFunction};
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

impl Lowerer<'_> {
    /// Lowers part of a filter; `of` is the element it was written for, unless that is the one being filtered.
    fn looking_up_unfiltered<T>(
        &mut self,
        of: Option<usize>,
        lower: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.filtering.extend(of);
        let lowered = lower(self);
        if of.is_some() {
            self.filtering.pop();
        }
        lowered
    }
}

impl Stack {
    /// Applies filters of plain rows; then, over what these leave, those that look at groups or at other rows, all at
    /// the same; then ranks, one after the other; then the limits of levels.
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
        let (plain, others): (Vec<&Filter>, Vec<&Filter>) = tests
            .into_iter()
            .partition(|f| f.depth == base && self.is_plain_test(&f.test));
        let predicates = self.predicates(lower, element, &plain, base);
        let node = self.node(lower, element, base);
        let node = lower.nodes.filter(node, predicates);
        self.widen(lower, base, node, []);
        if !others.is_empty() {
            self.restrict(lower, element, &others);
        }
        for filter in ranks {
            self.restrict_ranked(lower, element, filter);
        }
        for (index, level) in element.levels.iter().enumerate() {
            if let Some(limit) = level.limit {
                self.limit_level(lower, element, index + 1, limit);
            }
        }
    }

    /// Whether a test reads its row and nothing else.
    fn is_plain_test(&self, test: &Test) -> bool {
        match test {
            Test::Formula(value) | Test::Column { value, .. } | Test::Control { value, .. } => {
                let traits = self.traits_of(value);
                traits.plain && !traits.windowed
            }
            Test::Top { .. } => false,
        }
    }

    fn predicates(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        filters: &[&Filter],
        depth: Depth,
    ) -> Vec<Expr> {
        filters
            .iter()
            .filter_map(|f| {
                lower.looking_up_unfiltered(f.of, |lower| {
                    self.predicate(lower, element, &f.test, depth)
                })
            })
            .collect()
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

    /// Keeps base rows for which filters of any depth hold. All of them see the same rows; what levels compute is
    /// computed again from the rows that stay, so that totals see what is kept.
    fn restrict(&mut self, lower: &mut Lowerer<'_>, element: &Element, filters: &[&Filter]) {
        let base = self.base();
        let mut probe = self.probe(lower, element);
        let mut groups = Vec::new();
        for depth in 0..base {
            let here: Vec<&Filter> = filters
                .iter()
                .copied()
                .filter(|f| f.depth == depth)
                .collect();
            if here.is_empty() {
                continue;
            }
            let predicates = probe.predicates(lower, element, &here, depth);
            let node = probe.node(lower, element, depth);
            groups.push((depth, lower.nodes.filter(node, predicates)));
        }
        let rows: Vec<&Filter> = filters
            .iter()
            .copied()
            .filter(|f| f.depth == base)
            .collect();
        if !rows.is_empty() {
            let predicates = probe.predicates(lower, element, &rows, base);
            let node = probe.node(lower, element, base);
            let kept = lower.nodes.filter(node, predicates);
            self.keep_rows(lower, &probe, kept);
        }
        for (depth, kept) in groups {
            self.keep_groups(lower, element, &mut probe, kept, depth);
        }
    }

    /// Keeps the best of a level within each group of the outer one.
    fn restrict_ranked(&mut self, lower: &mut Lowerer<'_>, element: &Element, filter: &Filter) {
        let Test::Top {
            value,
            count,
            percent,
            bottom,
            rank,
            keep_nulls,
        } = &filter.test
        else {
            return;
        };
        let top = Top {
            value,
            count,
            percent: *percent,
            bottom: *bottom,
            rank: *rank,
            keep_nulls: *keep_nulls,
        };
        let mut probe = self.probe(lower, element);
        let kept = lower.looking_up_unfiltered(filter.of, |lower| {
            probe.top(lower, element, &top, filter.depth)
        });
        if filter.depth == self.base() {
            self.keep_rows(lower, &probe, kept);
        } else {
            self.keep_groups(lower, element, &mut probe, kept, filter.depth);
        }
    }

    /// Keeps the first groups of a level within each group of the outer one.
    fn limit_level(
        &mut self,
        lower: &mut Lowerer<'_>,
        element: &Element,
        depth: Depth,
        limit: u64,
    ) {
        let mut probe = self.probe(lower, element);
        let number = probe.windowed(
            lower,
            element,
            ("RowNumber", Vec::new(), Type::Number),
            depth,
        );
        let limit = Expr::literal(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
        let node = probe.node(lower, element, depth);
        let kept = lower.nodes.filter(
            node,
            vec![Expr::call("<=", vec![number, limit], Type::Logical)],
        );
        self.keep_groups(lower, element, &mut probe, kept, depth);
    }

    /// A copy that may compute what the rows are tested by. Both begin with the same columns.
    fn probe(&mut self, lower: &mut Lowerer<'_>, element: &Element) -> Self {
        self.node(lower, element, self.base());
        self.clone()
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
        let keys = Self::keys(element, depth);
        self.ensure(lower, element, base, &keys);
        let list: Vec<(Arc<str>, Expr)> = keys
            .iter()
            .map(|key| {
                (
                    Arc::clone(&element.columns[*key].name),
                    probe.own(element, depth, *key),
                )
            })
            .collect();
        let right = lower.nodes.project(kept, list);
        let (node, _) = self.by_keys(lower, element, base, (right, &keys), JoinKind::Inner);
        self.widen(lower, base, node, []);
    }

    /// Takes the filtered base rows of a probe, with the columns that no level has a part in.
    fn keep_rows(&mut self, lower: &Lowerer<'_>, probe: &Self, kept: NodeId) {
        let base = self.base();
        let columns = probe.positions(base).filter(|(key, _)| match key {
            Key::Source(_) => true,
            Key::Column(column) => self.traits[*column].plain,
            Key::Value(_) => false,
        });
        let columns: Vec<(Key, usize)> = columns.map(|(k, p)| (k.clone(), *p)).collect();
        self.widen(lower, base, kept, columns);
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
        let ties = match top.rank {
            RankKind::RowNumber => self.window_order(lower, element, depth),
            RankKind::Rank | RankKind::Dense => Vec::new(),
        };
        let node = self.node(lower, element, depth);
        let position = lower.nodes.columns(node).len();
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
            function: function.into(),
            args: vec![value.clone(), direction],
            partition,
            order: std::iter::once(order).chain(ties).collect(),
            ty: Type::Number,
        };
        // Nulls rank last whichever way: they are dropped before anything is ranked.
        let ranked = if top.keep_nulls {
            node
        } else {
            lower.nodes.filter(node, vec![not_null(&value, &count)])
        };
        let ranked = lower.nodes.window(ranked, vec![("rank".to_owned(), call)]);
        let rank = lower.nodes.column(ranked, position);
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
            ranked,
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

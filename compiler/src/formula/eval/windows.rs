//! Functions of an ordered partition.

use super::aggregates::{self, Total, constant};
use super::number::{float, integer};
use super::text::arg;
use crate::formula::eval::{Context, Partition};
use crate::value::Value;

/// What `VisibilityLimit` folds the rest into.
pub(crate) const OTHERS: &str = "Others";

type Aggregate = fn(&[Vec<Value>], &Context) -> Value;

/// A running aggregate: over the rows up to and including the current one.
fn running(p: &Partition<'_>, cx: &Context, f: Aggregate) -> Vec<Value> {
    (0..p.rows.len())
        .map(|i| f(p.rows.get(..=i).unwrap_or_default(), cx))
        .collect()
}

/// `CumulativeSum`
pub(in crate::formula) fn cumulative_sum(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    totals(p).map(|t| t.sum()).collect()
}

/// `CumulativeAvg`
pub(in crate::formula) fn cumulative_average(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    totals(p).map(|t| t.mean()).collect()
}

fn totals(p: &Partition<'_>) -> impl Iterator<Item = Total> {
    p.rows.iter().scan(Total::default(), |total, row| {
        row.iter().take(1).for_each(|v| total.add(v));
        Some(*total)
    })
}

/// A running choice between the value so far and the next one.
fn keep(p: &Partition<'_>, better: fn(&Value, &Value) -> bool) -> Vec<Value> {
    let mut best = Value::Null;
    let mut out = Vec::with_capacity(p.rows.len());
    for value in p.rows.iter().filter_map(|row| row.first()) {
        if !value.is_null() && (best.is_null() || better(value, &best)) {
            best = value.clone();
        }
        out.push(best.clone());
    }
    out
}

/// `CumulativeMax`
pub(in crate::formula) fn cumulative_max(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    keep(p, |a, b| a.sort_cmp(b).is_gt())
}

/// `CumulativeMin`
pub(in crate::formula) fn cumulative_min(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    keep(p, |a, b| a.sort_cmp(b).is_lt())
}

/// `FillDown`
pub(in crate::formula) fn fill_down(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    keep(p, |_, _| true)
}

macro_rules! running_and_moving {
    ($($running:ident, $moving:ident, $arguments:literal, $f:expr, $names:literal;)*) => {
        $(
            #[doc = concat!("`Cumulative", $names, "`")]
            pub(in crate::formula) fn $running(p: &Partition<'_>, cx: &Context) -> Vec<Value> {
                running(p, cx, $f)
            }

            #[doc = concat!("`Moving", $names, "`")]
            pub(in crate::formula) fn $moving(p: &Partition<'_>, cx: &Context) -> Vec<Value> {
                moving(p, cx, $arguments, $f)
            }
        )*
    };
}

running_and_moving! {
    cumulative_count, moving_count, 1, aggregates::count, "Count";
    cumulative_std_dev, moving_std_dev, 1, aggregates::std_dev, "StdDev";
    cumulative_variance, moving_variance, 1, aggregates::variance, "Variance";
    cumulative_correlation, moving_correlation, 2, aggregates::correlation, "Corr";
}

macro_rules! moving_only {
    ($($name:ident, $f:expr, $names:literal;)*) => {
        $(
            #[doc = concat!("`Moving", $names, "`")]
            pub(in crate::formula) fn $name(p: &Partition<'_>, cx: &Context) -> Vec<Value> {
                moving(p, cx, 1, $f)
            }
        )*
    };
}

moving_only! {
    moving_sum, aggregates::sum, "Sum";
    moving_average, aggregates::average, "Avg";
    moving_max, aggregates::max, "Max";
    moving_min, aggregates::min, "Min";
}

/// An aggregate over the rows from `above` before to `below` behind the current one. Both follow the `arguments`.
fn moving(p: &Partition<'_>, cx: &Context, arguments: usize, f: Aggregate) -> Vec<Value> {
    let rows: Vec<Vec<Value>> = p
        .rows
        .iter()
        .map(|row| row.iter().take(arguments).cloned().collect())
        .collect();
    let below = if p.rows.first().is_some_and(|row| row.len() > arguments + 1) {
        constant(p.rows, arguments + 1)
    } else {
        Some(0)
    };
    let (Some(above), Some(below)) = (constant(p.rows, arguments), below) else {
        return vec![Value::Null; rows.len()];
    };
    let last = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let clamp = |n: i64| usize::try_from(n.clamp(0, last)).unwrap_or(0);
    (0..last)
        .map(|i| {
            let from = clamp(i.saturating_sub(above));
            let to = clamp(i.saturating_add(below).saturating_add(1));
            f(rows.get(from..to).unwrap_or_default(), cx)
        })
        .collect()
}

fn same_for_all(p: &Partition<'_>, value: Value) -> Vec<Value> {
    vec![value; p.rows.len()]
}

fn value_at(p: &Partition<'_>, index: usize) -> Value {
    p.rows
        .get(index)
        .and_then(|row| row.first())
        .cloned()
        .unwrap_or(Value::Null)
}

/// `First`
pub(in crate::formula) fn first(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    same_for_all(p, value_at(p, 0))
}

/// `Last`
pub(in crate::formula) fn last(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    same_for_all(p, value_at(p, p.rows.len().saturating_sub(1)))
}

/// `Nth`, from 1.
pub(in crate::formula) fn nth(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    let index = constant(p.rows, 1).and_then(|n| usize::try_from(n.checked_sub(1)?).ok());
    same_for_all(p, index.map_or(Value::Null, |i| value_at(p, i)))
}

fn present(rows: &[Vec<Value>]) -> impl DoubleEndedIterator<Item = &Value> {
    rows.iter()
        .filter_map(|row| row.first())
        .filter(|v| !v.is_null())
}

/// `FirstNonNull`
pub(in crate::formula) fn first_non_null(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    same_for_all(p, present(p.rows).next().cloned().unwrap_or(Value::Null))
}

/// `LastNonNull`
pub(in crate::formula) fn last_non_null(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    same_for_all(
        p,
        present(p.rows).next_back().cloned().unwrap_or(Value::Null),
    )
}

/// `Lag` and `Lead`: the value some rows away, else the default.
fn shifted(p: &Partition<'_>, sign: i64) -> Vec<Value> {
    let rows = p.rows.iter().enumerate();
    rows.map(|(i, row)| {
        let offset = row.get(1).map_or(Some(1), integer);
        let target = offset
            .and_then(|o| o.checked_mul(sign))
            .and_then(|o| i64::try_from(i).ok()?.checked_add(o));
        let found = target
            .and_then(|t| usize::try_from(t).ok())
            .and_then(|t| p.rows.get(t));
        found
            .map_or_else(|| row.get(2).cloned(), |r| r.first().cloned())
            .unwrap_or(Value::Null)
    })
    .collect()
}

/// `Lag`
pub(in crate::formula) fn lag(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    shifted(p, -1)
}

/// `Lead`
pub(in crate::formula) fn lead(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    shifted(p, 1)
}

/// Row numbers in the order of a ranking, and whether each ties with the one before.
struct Ranking {
    order: Vec<usize>,
    ties: Vec<bool>,
}

impl Ranking {
    /// Orders by the argument at `value`, in the direction of the next; by the plan's order when there is none. Nulls
    /// come first ascending and last descending.
    fn new(p: &Partition<'_>, value: usize) -> Self {
        let mut order: Vec<usize> = (0..p.rows.len()).collect();
        let ranked = |i: usize| p.rows.get(i).and_then(|row| row.get(value));
        if p.rows.first().is_none_or(|row| row.len() <= value) {
            let peer = |i: usize| p.peers.get(i);
            let ties = pairs(&order, |a, b| peer(a).is_some() && peer(a) == peer(b));
            return Self { order, ties };
        }
        let descending = p
            .rows
            .first()
            .is_some_and(|row| arg(row, value + 1).eq_ignore_ascii_case("desc"));
        order.sort_by(|a, b| {
            let ordering = match (ranked(*a), ranked(*b)) {
                (Some(x), Some(y)) => x.sort_cmp(y),
                _ => std::cmp::Ordering::Equal,
            };
            if descending {
                ordering.reverse()
            } else {
                ordering
            }
        });
        let ties = pairs(&order, |a, b| ranked(a) == ranked(b));
        Self { order, ties }
    }

    /// Gives each row the result of its place (from 0), of its rank (place of its first peer) and of the number of
    /// different values before it.
    fn map(&self, f: impl Fn(usize, usize, usize) -> Value) -> Vec<Value> {
        let mut out = vec![Value::Null; self.order.len()];
        let (mut rank, mut dense) = (0, 0);
        for (place, (row, tie)) in self.order.iter().zip(&self.ties).enumerate() {
            if !tie {
                rank = place;
                dense += usize::from(place > 0);
            }
            if let Some(slot) = out.get_mut(*row) {
                *slot = f(place, rank, dense);
            }
        }
        out
    }
}

fn pairs(order: &[usize], same: impl Fn(usize, usize) -> bool) -> Vec<bool> {
    let tied = order
        .windows(2)
        .map(|pair| matches!(pair, [a, b] if same(*a, *b)));
    std::iter::once(false)
        .chain(tied)
        .take(order.len())
        .collect()
}

fn counted(n: usize) -> Value {
    Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "a number of rows")]
fn ratio(a: usize, b: usize) -> Value {
    float(a as f64 / b as f64)
}

/// `Rank`
pub(in crate::formula) fn rank(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    Ranking::new(p, 0).map(|_, rank, _| counted(rank + 1))
}

/// `RankDense`
pub(in crate::formula) fn rank_dense(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    Ranking::new(p, 0).map(|_, _, dense| counted(dense + 1))
}

/// `RowNumber`
pub(in crate::formula) fn row_number(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    Ranking::new(p, 0).map(|place, _, _| counted(place + 1))
}

/// `RankPercentile`: `(rank - 1) / (rows - 1)`, 0 for a single row.
pub(in crate::formula) fn rank_percentile(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    let others = p.rows.len().saturating_sub(1);
    Ranking::new(p, 0).map(|_, rank, _| {
        if others == 0 {
            Value::Integer(0)
        } else {
            ratio(rank, others)
        }
    })
}

/// `CumeDist`: the share of rows up to and including the peers of this one.
pub(in crate::formula) fn cumulative_distribution(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    let ranking = Ranking::new(p, 0);
    let up_to = |place: usize| {
        let more = ranking
            .ties
            .iter()
            .skip(place + 1)
            .take_while(|tie| **tie)
            .count();
        place + more + 1
    };
    ranking.map(|place, _, _| ratio(up_to(place), p.rows.len()))
}

/// `Ntile`: number of buckets first; earlier buckets take what is left over.
pub(in crate::formula) fn ntile(p: &Partition<'_>, _: &Context) -> Vec<Value> {
    let buckets = constant(p.rows, 0)
        .and_then(|n| usize::try_from(n).ok())
        .filter(|n| *n > 0);
    let Some(buckets) = buckets else {
        return same_for_all(p, Value::Null);
    };
    let (size, larger) = (p.rows.len() / buckets, p.rows.len() % buckets);
    Ranking::new(p, 1).map(|place, _, _| {
        let in_larger = larger * (size + 1);
        counted(
            if place < in_larger {
                place / (size + 1)
            } else {
                larger + (place - in_larger) / size.max(1)
            } + 1,
        )
    })
}

/// `VisibilityLimit`: the text of the first rows, `Others` for the rest.
pub(in crate::formula) fn visibility_limit(p: &Partition<'_>, cx: &Context) -> Vec<Value> {
    let ranks = {
        let bare = vec![Vec::new(); p.rows.len()];
        let level = Partition {
            rows: &bare,
            peers: p.peers,
        };
        match p.rows.first().map(|row| arg(row, 2).to_ascii_lowercase()) {
            Some(kind) if kind == "rankdense" => rank_dense(&level, cx),
            Some(kind) if kind == "rownumber" => row_number(&level, cx),
            _ => rank(&level, cx),
        }
    };
    let limit = p.rows.first().and_then(|row| row.get(1)?.as_f64());
    p.rows
        .iter()
        .zip(ranks)
        .map(|(row, rank)| match (row.first(), rank.as_f64(), limit) {
            (Some(text), Some(rank), Some(limit)) if rank <= limit => text.clone(),
            _ => Value::text(OTHERS),
        })
        .collect()
}

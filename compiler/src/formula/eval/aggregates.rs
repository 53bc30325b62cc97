//! Functions of a group. Each gets the arguments of every row that passed the filter, in input order.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::number::{float, integer, real};
use super::text::arg;
use super::variant::{array, to_json};
use crate::formula::eval::Context;
use crate::value::Value;

/// A sum that stays exact over whole numbers and compensates rounding over others (Neumaier), as `SQLite` does.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Total {
    whole: i128,
    float: f64,
    lost: f64,
    floats: bool,
    pub(super) count: i64,
}

impl Total {
    pub(super) fn add(&mut self, value: &Value) {
        match value {
            Value::Integer(i) => self.whole += i128::from(*i),
            Value::Float(f) => {
                self.floats = true;
                let sum = self.float + f;
                self.lost += if self.float.abs() > f.abs() {
                    (self.float - sum) + f
                } else {
                    (f - sum) + self.float
                };
                self.float = sum;
            }
            _ => return,
        }
        self.count += 1;
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "the nearest float is what overflow and mixing give"
    )]
    fn as_float(&self) -> f64 {
        self.whole as f64 + (self.float + self.lost)
    }

    /// The sum; Null of nothing.
    pub(super) fn sum(&self) -> Value {
        match i64::try_from(self.whole) {
            _ if self.count == 0 => Value::Null,
            Ok(whole) if !self.floats => Value::Integer(whole),
            _ => float(self.as_float()),
        }
    }

    /// The mean; Null of nothing.
    #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
    pub(super) fn mean(&self) -> Value {
        float(self.as_float() / self.count as f64)
    }
}

fn first(rows: &[Vec<Value>]) -> impl Iterator<Item = &Value> {
    rows.iter()
        .filter_map(|row| row.first())
        .filter(|v| !v.is_null())
}

fn total(rows: &[Vec<Value>]) -> Total {
    let mut total = Total::default();
    first(rows).for_each(|v| total.add(v));
    total
}

fn size(n: usize) -> Value {
    Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// `Sum`
pub(in crate::formula) fn sum(rows: &[Vec<Value>], _: &Context) -> Value {
    total(rows).sum()
}

/// `Avg`
pub(in crate::formula) fn average(rows: &[Vec<Value>], _: &Context) -> Value {
    total(rows).mean()
}

/// `Min`
pub(in crate::formula) fn min(rows: &[Vec<Value>], _: &Context) -> Value {
    first(rows)
        .min_by(|a, b| a.sort_cmp(b))
        .cloned()
        .unwrap_or(Value::Null)
}

/// `Max`
pub(in crate::formula) fn max(rows: &[Vec<Value>], _: &Context) -> Value {
    first(rows)
        .max_by(|a, b| a.sort_cmp(b))
        .cloned()
        .unwrap_or(Value::Null)
}

/// Whether `Count` counts a value: neither Null nor empty text.
fn counts(value: &Value) -> bool {
    !matches!(value, Value::Null) && !matches!(value, Value::Text(text) if text.is_empty())
}

/// `Count`: rows, or values of the argument.
pub(in crate::formula) fn count(rows: &[Vec<Value>], _: &Context) -> Value {
    size(
        rows.iter()
            .filter(|row| row.first().is_none_or(counts))
            .count(),
    )
}

/// A key under which equal values meet.
#[derive(PartialEq, Eq)]
struct Key<'a>(&'a Value);

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.sort_cmp(other.0)
    }
}

fn distinct(rows: &[Vec<Value>]) -> Vec<&Value> {
    let keys: std::collections::BTreeSet<Key<'_>> = first(rows).map(Key).collect();
    keys.into_iter().map(|key| key.0).collect()
}

/// `CountDistinct`
pub(in crate::formula) fn count_distinct(rows: &[Vec<Value>], _: &Context) -> Value {
    size(distinct(rows).into_iter().filter(|v| counts(v)).count())
}

fn conditions_hold(row: &[Value], from: usize) -> bool {
    row.iter().skip(from).all(super::logic::is_true)
}

/// Rows whose conditions, from a position on, all hold, cut to the arguments before.
pub(super) fn passing(rows: &[Vec<Value>], from: usize) -> Vec<Vec<Value>> {
    let passing = rows.iter().filter(|row| conditions_hold(row, from));
    passing
        .map(|row| row.iter().take(from).cloned().collect())
        .collect()
}

/// `SumProduct`
pub(in crate::formula) fn sum_product(rows: &[Vec<Value>], cx: &Context) -> Value {
    let products = rows
        .iter()
        .filter(|row| !row.iter().any(Value::is_null))
        .map(|row| {
            let product = row
                .iter()
                .cloned()
                .reduce(|a, b| super::number::multiply(&[a, b], cx));
            vec![product.unwrap_or(Value::Null)]
        });
    sum(&products.collect::<Vec<_>>(), cx)
}

fn sorted_numbers(rows: &[Vec<Value>]) -> Vec<Value> {
    let mut values: Vec<Value> = first(rows)
        .filter(|v| v.as_f64().is_some())
        .cloned()
        .collect();
    values.sort_by(Value::sort_cmp);
    values
}

/// The percentile by linear interpolation between the two nearest values.
fn percentile(rows: &[Vec<Value>], share: f64) -> Value {
    let values = sorted_numbers(rows);
    if !(0.0..=1.0).contains(&share) || values.is_empty() {
        return Value::Null;
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
    let place = share * (values.len() - 1) as f64;
    let at = |p: f64| {
        super::number::to_integer(p)
            .and_then(|i| usize::try_from(i).ok())
            .and_then(|i| values.get(i))
    };
    let (Some(low), Some(high)) = (at(place.floor()), at(place.ceil())) else {
        return Value::Null;
    };
    match (low.as_f64(), high.as_f64()) {
        _ if low == high => low.clone(),
        (Some(a), Some(b)) => float(a + (b - a) * place.fract()),
        _ => Value::Null,
    }
}

/// `Median`
pub(in crate::formula) fn median(rows: &[Vec<Value>], _: &Context) -> Value {
    percentile(rows, 0.5)
}

fn share(rows: &[Vec<Value>]) -> f64 {
    rows.first().map_or(f64::NAN, |row| real(row, 1))
}

/// `PercentileCont`
pub(in crate::formula) fn percentile_cont(rows: &[Vec<Value>], _: &Context) -> Value {
    percentile(rows, share(rows))
}

/// `PercentileDisc`: the first value whose cumulative share reaches the fraction.
pub(in crate::formula) fn percentile_disc(rows: &[Vec<Value>], _: &Context) -> Value {
    let values = sorted_numbers(rows);
    let share = share(rows);
    if !(0.0..=1.0).contains(&share) {
        return Value::Null;
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
    let rank = (share * values.len() as f64 - 1e-9).ceil().max(1.0);
    let index = super::number::to_integer(rank).and_then(|i| usize::try_from(i - 1).ok());
    index
        .and_then(|i| values.get(i))
        .cloned()
        .unwrap_or(Value::Null)
}

/// Mean and sum of squared distances from it, of pairs.
#[derive(Default)]
struct Moments {
    count: f64,
    mean_y: f64,
    mean_x: f64,
    yy: f64,
    xx: f64,
    xy: f64,
}

impl Moments {
    /// By Welford's recurrence. `y` is the first argument, `x` the second or the first again.
    fn of(rows: &[Vec<Value>]) -> Self {
        let mut m = Self::default();
        for row in rows {
            let Some(y) = row.first().and_then(Value::as_f64) else {
                continue;
            };
            let x = match row.get(1) {
                Some(value) => match value.as_f64() {
                    Some(x) => x,
                    None => continue,
                },
                None => y,
            };
            m.count += 1.0;
            let (dy, dx) = (y - m.mean_y, x - m.mean_x);
            m.mean_y += dy / m.count;
            m.mean_x += dx / m.count;
            m.yy += dy * (y - m.mean_y);
            m.xx += dx * (x - m.mean_x);
            m.xy += dx * (y - m.mean_y);
        }
        m
    }
}

/// `Variance`: of a sample.
pub(in crate::formula) fn variance(rows: &[Vec<Value>], _: &Context) -> Value {
    let m = Moments::of(rows);
    if m.count < 2.0 {
        Value::Null
    } else {
        float(m.yy / (m.count - 1.0))
    }
}

/// `VariancePop`
pub(in crate::formula) fn variance_pop(rows: &[Vec<Value>], _: &Context) -> Value {
    let m = Moments::of(rows);
    float(m.yy / m.count)
}

/// `StdDev`: of a sample.
pub(in crate::formula) fn std_dev(rows: &[Vec<Value>], cx: &Context) -> Value {
    variance(rows, cx)
        .as_f64()
        .map_or(Value::Null, |v| float(v.sqrt()))
}

/// `Corr`
pub(in crate::formula) fn correlation(rows: &[Vec<Value>], _: &Context) -> Value {
    let m = Moments::of(rows);
    float(m.xy / (m.xx * m.yy).sqrt())
}

/// `RegressionSlope`: y first.
pub(in crate::formula) fn slope(rows: &[Vec<Value>], _: &Context) -> Value {
    let m = Moments::of(rows);
    float(m.xy / m.xx)
}

/// `RegressionIntercept`
pub(in crate::formula) fn intercept(rows: &[Vec<Value>], _: &Context) -> Value {
    let m = Moments::of(rows);
    float(m.mean_y - m.xy / m.xx * m.mean_x)
}

/// `RegressionR2`
pub(in crate::formula) fn r_squared(rows: &[Vec<Value>], _: &Context) -> Value {
    let m = Moments::of(rows);
    float(m.xy * m.xy / (m.xx * m.yy))
}

fn descending(rows: &[Vec<Value>], index: usize) -> bool {
    rows.first()
        .is_some_and(|row| arg(row, index).eq_ignore_ascii_case("desc"))
}

fn joined(rows: &[Vec<Value>], values: &[&Value]) -> Value {
    let separator = match rows.first() {
        Some(row) if row.len() > 1 => arg(row, 1),
        _ => ",",
    };
    let texts: Vec<String> = values
        .iter()
        .filter_map(|v| super::convert::value_text(v))
        .collect();
    if texts.is_empty() {
        Value::Null
    } else {
        Value::text(texts.join(separator))
    }
}

/// Values in ascending order, which is the order of lists: a group has none of its own.
fn ordered(rows: &[Vec<Value>]) -> Vec<&Value> {
    let mut values: Vec<&Value> = first(rows).collect();
    values.sort_by(|a, b| a.sort_cmp(b));
    values
}

/// `ListAgg`
pub(in crate::formula) fn list(rows: &[Vec<Value>], _: &Context) -> Value {
    joined(rows, &ordered(rows))
}

/// `ListAggDistinct`
pub(in crate::formula) fn list_distinct(rows: &[Vec<Value>], _: &Context) -> Value {
    let mut values = distinct(rows);
    if descending(rows, 2) {
        values.reverse();
    }
    joined(rows, &values)
}

fn as_array(values: Vec<&Value>) -> Value {
    array(values.into_iter().map(to_json).collect::<Vec<Json>>())
}

/// `ArrayAgg`
pub(in crate::formula) fn collect(rows: &[Vec<Value>], _: &Context) -> Value {
    as_array(ordered(rows))
}

/// `ArrayAggDistinct`
pub(in crate::formula) fn collect_distinct(rows: &[Vec<Value>], _: &Context) -> Value {
    let mut values = distinct(rows);
    if descending(rows, 1) {
        values.reverse();
    }
    as_array(values)
}

/// `XNPV`: values discounted from the earliest date, by 365 days.
pub(in crate::formula) fn net_present_value(rows: &[Vec<Value>], _: &Context) -> Value {
    let mut flows: BTreeMap<i64, f64> = BTreeMap::new();
    let mut rate = f64::NAN;
    for row in rows {
        if let [r, value, Value::Date(date)] = row.as_slice()
            && let (Some(r), Some(value)) = (r.as_f64(), value.as_f64())
        {
            rate = r;
            *flows.entry(*date).or_default() += value;
        }
    }
    let Some(start) = flows.keys().next().copied() else {
        return Value::Null;
    };
    let present = flows.iter().map(|(date, value)| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a number of microseconds between dates"
        )]
        let years = (date - start) as f64 / (86_400e6 * 365.0);
        value / (1.0 + rate).powf(years)
    });
    float(present.sum())
}

/// A whole-number argument of the first row.
pub(super) fn constant(rows: &[Vec<Value>], index: usize) -> Option<i64> {
    rows.first()
        .and_then(|row| row.get(index))
        .and_then(integer)
}

//! Stand-ins for `SQLite`'s optional functions, for builds without them (`cargo install` loses the workspace's flags).

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::{Connection, Result};

/// Registers what this build of `SQLite` lacks.
///
/// # Errors
/// When `SQLite` refuses a registration.
pub(super) fn register_missing(connection: &Connection) -> Result<()> {
    let has = |option: &str| {
        connection.query_row("select sqlite_compileoption_used(?1)", [option], |row| {
            row.get::<_, bool>(0)
        })
    };
    if !has("ENABLE_MATH_FUNCTIONS")? {
        scalars(connection)?;
    }
    if !has("ENABLE_PERCENTILE")? {
        percentiles(connection)?;
    }
    Ok(())
}

type OfOne = fn(f64) -> f64;
type OfTwo = fn(f64, f64) -> f64;

const ONE: &[(&str, OfOne)] = &[
    ("acos", f64::acos),
    ("acosh", f64::acosh),
    ("asin", f64::asin),
    ("asinh", f64::asinh),
    ("atan", f64::atan),
    ("atanh", f64::atanh),
    ("ceil", f64::ceil),
    ("ceiling", f64::ceil),
    ("cos", f64::cos),
    ("cosh", f64::cosh),
    ("degrees", f64::to_degrees),
    ("exp", f64::exp),
    ("floor", f64::floor),
    ("ln", f64::ln),
    ("log", f64::log10),
    ("log10", f64::log10),
    ("log2", f64::log2),
    ("radians", f64::to_radians),
    ("sin", f64::sin),
    ("sinh", f64::sinh),
    ("sqrt", f64::sqrt),
    ("tan", f64::tan),
    ("tanh", f64::tanh),
    ("trunc", f64::trunc),
];

const TWO: &[(&str, OfTwo)] = &[
    ("atan2", f64::atan2),
    ("log", |base, x| x.ln() / base.ln()),
    ("mod", |a, b| a % b),
    ("pow", f64::powf),
    ("power", f64::powf),
];

fn flags() -> FunctionFlags {
    FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS
}

/// A number, or a text that is one; Null for all else, as `SQLite`'s own functions take it.
fn number(call: &Context<'_>, index: usize) -> Option<f64> {
    match call.get_raw(index) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "the functions compute in floats"
        )]
        rusqlite::types::ValueRef::Integer(i) => Some(i as f64),
        rusqlite::types::ValueRef::Real(f) => Some(f),
        rusqlite::types::ValueRef::Text(text) => {
            std::str::from_utf8(text).ok()?.trim().parse().ok()
        }
        rusqlite::types::ValueRef::Null | rusqlite::types::ValueRef::Blob(_) => None,
    }
}

fn finite(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

fn scalars(connection: &Connection) -> Result<()> {
    for &(name, compute) in ONE {
        connection.create_scalar_function(name, 1, flags(), move |call| {
            Ok(number(call, 0).map(compute).and_then(finite))
        })?;
    }
    for &(name, compute) in TWO {
        connection.create_scalar_function(name, 2, flags(), move |call| {
            Ok(number(call, 0)
                .zip(number(call, 1))
                .map(|(a, b)| compute(a, b))
                .and_then(finite))
        })?;
    }
    connection.create_scalar_function("pi", 0, flags(), |_| Ok(std::f64::consts::PI))
}

/// Percentile of the values seen; the fraction comes with every row.
#[derive(Clone, Copy)]
enum Percentile {
    Median,
    Hundredths,
    Continuous,
    Discrete,
}

fn percentiles(connection: &Connection) -> Result<()> {
    let forms = [
        ("median", 1, Percentile::Median),
        ("percentile", 2, Percentile::Hundredths),
        ("percentile_cont", 2, Percentile::Continuous),
        ("percentile_disc", 2, Percentile::Discrete),
    ];
    for (name, arguments, form) in forms {
        connection.create_aggregate_function(name, arguments, flags(), form)?;
    }
    Ok(())
}

impl Aggregate<(f64, Vec<f64>), Option<f64>> for Percentile {
    fn init(&self, _: &mut Context<'_>) -> Result<(f64, Vec<f64>)> {
        Ok((0.5, Vec::new()))
    }

    fn step(&self, call: &mut Context<'_>, (fraction, values): &mut (f64, Vec<f64>)) -> Result<()> {
        if let Self::Hundredths | Self::Continuous | Self::Discrete = self {
            let scale = if let Self::Hundredths = self {
                100.0
            } else {
                1.0
            };
            *fraction = number(call, 1).map_or(f64::NAN, |given| given / scale);
        }
        values.extend(number(call, 0));
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, seen: Option<(f64, Vec<f64>)>) -> Result<Option<f64>> {
        let Some((fraction, mut values)) = seen else {
            return Ok(None);
        };
        if !(0.0..=1.0).contains(&fraction) {
            let words = "the fraction of a percentile lies outside its range".into();
            return Err(rusqlite::Error::UserFunctionError(words));
        }
        values.sort_by(f64::total_cmp);
        Ok(interpolate(
            &values,
            fraction,
            matches!(self, Self::Discrete),
        ))
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position lies between 0 and the number of values"
)]
fn interpolate(values: &[f64], fraction: f64, discrete: bool) -> Option<f64> {
    let place = fraction * values.len().checked_sub(1)? as f64;
    let low = *values.get(place.floor() as usize)?;
    let high = *values.get(place.ceil() as usize)?;
    Some(if discrete {
        low
    } else {
        low + (high - low) * place.fract()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_agree_with_the_built_in_functions() {
        let built_in = Connection::open_in_memory().unwrap();
        let ours = Connection::open_in_memory().unwrap();
        scalars(&ours).unwrap();
        percentiles(&ours).unwrap();
        let values = "(select column1 as x from (values (1), (4.5), (2), (10), (null)))";
        for sql in [
            "select sqrt(2)".to_owned(),
            "select ln('3')".to_owned(),
            "select ln(-1)".to_owned(),
            "select pow(2, 0.5)".to_owned(),
            "select log(2, 8)".to_owned(),
            "select floor(-2.5)".to_owned(),
            "select mod(7, 4)".to_owned(),
            format!("select median(x) from {values}"),
            format!("select percentile_cont(x, 0.3) from {values}"),
            format!("select percentile_disc(x, 0.3) from {values}"),
            format!("select percentile(x, 90) from {values}"),
        ] {
            let get = |connection: &Connection| {
                connection.query_row(&sql, [], |row| row.get::<_, Option<f64>>(0))
            };
            let (expected, found) = (get(&built_in).unwrap(), get(&ours).unwrap());
            let near = match (expected, found) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-12,
                (a, b) => a == b,
            };
            assert!(near, "{sql}: {expected:?} against {found:?}");
        }
    }
}

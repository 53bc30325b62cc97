//! Rounding in decimal, of the shortest decimal form of a number: 2.675 rounds to 2.68 although the float is below it.

use super::number::{float, whole};
use crate::value::Value;

/// Which way to round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    /// To the nearest, halves away from zero.
    HalfAway,
    /// Toward zero.
    Zero,
    /// Toward minus infinity.
    Down,
    /// Toward plus infinity.
    Up,
}

/// Rounds to a number of decimal digits; negative ones round integer digits. Anything but a number is Null.
pub(super) fn round(value: &Value, digits: i64, mode: Mode) -> Value {
    match value {
        Value::Integer(i) if digits >= 0 => Value::Integer(*i),
        Value::Integer(i) => {
            let text = i.unsigned_abs().to_string();
            let exponent = i64::try_from(text.len()).unwrap_or(0) - 1;
            rounded(*i < 0, text.as_bytes(), exponent, digits, mode)
        }
        Value::Float(f) => {
            let text = format!("{:e}", f.abs());
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let figures: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
            rounded(
                *f < 0.0,
                &figures,
                exponent.parse().unwrap_or(0),
                digits,
                mode,
            )
        }
        _ => Value::Null,
    }
}

/// `figures` are the decimal digits of the number, the first of which stands for `10 ^ exponent`.
fn rounded(negative: bool, figures: &[u8], exponent: i64, digits: i64, mode: Mode) -> Value {
    let keep = (exponent + 1).saturating_add(digits);
    let (kept, dropped) = match usize::try_from(keep) {
        Ok(keep) => figures.split_at(keep.min(figures.len())),
        Err(_) => (&figures[..0], figures),
    };
    let some = dropped.iter().any(|d| *d != b'0');
    let bump = match mode {
        Mode::HalfAway => keep >= 0 && dropped.first().is_some_and(|d| *d >= b'5'),
        Mode::Zero => false,
        Mode::Down => negative && some,
        Mode::Up => !negative && some,
    };
    let mut number: u128 = kept.iter().fold(0, |n, d| n * 10 + u128::from(d - b'0'));
    // Figures that are kept but not written are zeros, up to the last digit that counts.
    let last_place = if dropped.is_empty() {
        exponent + 1 - count(kept)
    } else {
        -digits
    };
    number += u128::from(bump);
    let sign = if negative { "-" } else { "" };
    let result = format!("{sign}{number}e{last_place}")
        .parse()
        .unwrap_or(f64::NAN);
    if digits <= 0 {
        exact(negative, number, last_place).unwrap_or_else(|| whole(result))
    } else {
        float(result)
    }
}

fn exact(negative: bool, number: u128, place: i64) -> Option<Value> {
    let power = 10_u128.checked_pow(u32::try_from(place).ok()?)?;
    let size = i128::try_from(number.checked_mul(power)?).ok()?;
    i64::try_from(if negative { -size } else { size })
        .ok()
        .map(Value::Integer)
}

fn count(figures: &[u8]) -> i64 {
    i64::try_from(figures.len()).unwrap_or(0)
}

/// Number of digits behind the decimal point in the shortest form.
pub(super) fn decimals(value: f64) -> i64 {
    let text = format!("{:e}", value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let behind = mantissa
        .split_once('.')
        .map_or(0, |(_, tail)| i64::try_from(tail.len()).unwrap_or(0));
    (behind - exponent.parse::<i64>().unwrap_or(0)).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_follows_the_written_digits() {
        use Mode::{Down, HalfAway, Up, Zero};
        for (value, digits, mode, expected) in [
            (Value::Float(2.675), 2, HalfAway, Value::Float(2.68)),
            (Value::Float(-2.5), 0, HalfAway, Value::Integer(-3)),
            (Value::Float(0.5), 0, HalfAway, Value::Integer(1)),
            (Value::Float(0.49), 0, HalfAway, Value::Integer(0)),
            (Value::Integer(1234), -2, HalfAway, Value::Integer(1200)),
            (Value::Integer(1250), -2, HalfAway, Value::Integer(1300)),
            (Value::Integer(50), -2, HalfAway, Value::Integer(100)),
            (Value::Integer(50), -3, HalfAway, Value::Integer(0)),
            (Value::Integer(-7), -1, Down, Value::Integer(-10)),
            (Value::Float(-6.25417), 3, Down, Value::Float(-6.255)),
            (Value::Float(-7.251), 2, Up, Value::Float(-7.25)),
            (Value::Float(5.2463), 2, Zero, Value::Float(5.24)),
            (Value::Float(1e300), 2, HalfAway, Value::Float(1e300)),
            (Value::Float(1e-300), 2, Up, Value::Float(0.01)),
            (Value::Float(123.4), 400, HalfAway, Value::Float(123.4)),
            (Value::Float(123.4), -400, HalfAway, Value::Integer(0)),
            (
                Value::Integer(i64::MIN),
                -1,
                Down,
                Value::Float(-9.223_372_036_854_776e18),
            ),
            (Value::Float(1200.0), 0, HalfAway, Value::Integer(1200)),
        ] {
            assert_eq!(
                round(&value, digits, mode),
                expected,
                "{value:?} {digits} {mode:?}"
            );
        }
        assert_eq!(decimals(0.05), 2);
        assert_eq!(decimals(1500.0), 0);
    }
}

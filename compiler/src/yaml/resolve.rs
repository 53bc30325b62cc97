//! Meaning of a plain scalar under the core schema of YAML 1.2.
//!
//! Only that: `yes`, `no`, `on`, `off`, `y`, `1:30`, `1_000` and dates are text.
//! Source: <https://yaml.org/spec/1.2.2/#103-core-schema>.

use super::Resolved;

/// Resolves the text of an unquoted scalar. Whole numbers beyond 64 bits become floats; numbers beyond the range of a
/// float stay text, so that no infinite value comes from digits.
pub(super) fn resolve(text: &str) -> Resolved {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Resolved::Null,
        "true" | "True" | "TRUE" => return Resolved::Bool(true),
        "false" | "False" | "FALSE" => return Resolved::Bool(false),
        _ => {}
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return Resolved::Text;
    }
    radix(text)
        .or_else(|| decimal(text))
        .unwrap_or(Resolved::Text)
}

fn radix(text: &str) -> Option<Resolved> {
    let (digits, base) = match (text.strip_prefix("0o"), text.strip_prefix("0x")) {
        (Some(octal), _) => (octal, 8),
        (_, Some(hex)) => (hex, 16),
        _ => return None,
    };
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
    plain.then(|| {
        i64::from_str_radix(digits, base)
            .ok()
            .map(Resolved::Integer)
    })?
}

fn decimal(text: &str) -> Option<Resolved> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
            return Some(Resolved::Float(sign * f64::INFINITY));
        }
        ".nan" | ".NaN" | ".NAN" if unsigned == text => return Some(Resolved::Float(f64::NAN)),
        _ => {}
    }
    if !is_number(unsigned) {
        return None;
    }
    if unsigned.bytes().all(|b| b.is_ascii_digit())
        && let Ok(whole) = text.parse::<i64>()
    {
        return Some(Resolved::Integer(whole));
    }
    text.parse::<f64>()
        .ok()
        .filter(|f| f.is_finite())
        .map(Resolved::Float)
}

/// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_number(unsigned: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    if !exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e))) {
        return false;
    }
    match mantissa.split_once('.') {
        None => digits(mantissa),
        Some(("", fraction)) => digits(fraction),
        Some((whole, fraction)) => digits(whole) && (fraction.is_empty() || digits(fraction)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_core_schema_is_resolved() {
        for (text, expected) in [
            ("", Resolved::Null),
            ("~", Resolved::Null),
            ("null", Resolved::Null),
            ("true", Resolved::Bool(true)),
            ("FALSE", Resolved::Bool(false)),
            ("0", Resolved::Integer(0)),
            ("-17", Resolved::Integer(-17)),
            ("+5", Resolved::Integer(5)),
            ("007", Resolved::Integer(7)),
            ("0o14", Resolved::Integer(12)),
            ("0xfF", Resolved::Integer(255)),
            ("9223372036854775807", Resolved::Integer(i64::MAX)),
            (
                "9223372036854775808",
                Resolved::Float(9_223_372_036_854_775_808.0),
            ),
            ("1.5", Resolved::Float(1.5)),
            (".5", Resolved::Float(0.5)),
            ("1.", Resolved::Float(1.0)),
            ("-1e3", Resolved::Float(-1000.0)),
            ("-.inf", Resolved::Float(f64::NEG_INFINITY)),
        ] {
            assert_eq!(resolve(text), expected, "{text}");
        }
        for text in [
            "yes",
            "no",
            "on",
            "off",
            "y",
            "1:30",
            "1_000",
            "2024-01-31",
            "nUll",
            "0x",
            "0o9",
            "1e",
            "1e400",
            "-",
            ".",
            "--1",
            "inf",
            "NaN",
            "0b1",
            "+.nan",
        ] {
            assert_eq!(resolve(text), Resolved::Text, "{text}");
        }
    }
}

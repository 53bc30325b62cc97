//! Cells as text, for pages drawn by the server. The page in the browser formats in full; this is the readable minimum:
//! grouping, decimals, percent, currency sign, prefix and suffix.

use bookwright_compiler::plan::layout::Format;
use bookwright_compiler::value::Type;
use serde_json::Value as Json;

/// Shown for Null.
const NOTHING: &str = "–";

/// A cell as text.
pub fn text(cell: &Json, ty: Type, format: Option<&Format>) -> String {
    let text = match cell {
        Json::Null => {
            return format
                .and_then(|format| format.null_as.clone())
                .unwrap_or_else(|| NOTHING.to_owned());
        }
        Json::Bool(true) => "Yes".to_owned(),
        Json::Bool(false) => "No".to_owned(),
        Json::Number(number) => number_text(number.as_f64().unwrap_or_default(), format),
        Json::String(text) if ty == Type::Number => text
            .parse()
            .map_or_else(|_| text.clone(), |number| number_text(number, format)),
        Json::String(text) if ty == Type::Date => date_text(text),
        Json::String(text) => text.clone(),
        Json::Array(_) | Json::Object(_) => cell.to_string(),
    };
    let part =
        |pick: fn(&Format) -> Option<&String>| format.and_then(pick).map_or("", String::as_str);
    format!(
        "{}{text}{}",
        part(|f| f.prefix.as_ref()),
        part(|f| f.suffix.as_ref())
    )
}

/// A date without its time when that is midnight.
fn date_text(iso: &str) -> String {
    iso.strip_suffix("T00:00:00")
        .map_or_else(|| iso.replacen('T', " ", 1), str::to_owned)
}

fn number_text(number: f64, format: Option<&Format>) -> String {
    let pattern = format.map_or("", |format| format.pattern.as_str());
    let kind = pattern
        .chars()
        .last()
        .filter(|c| c.is_ascii_alphabetic() || *c == '%');
    let decimals = pattern.split_once('.').and_then(|(_, rest)| {
        rest.trim_end_matches(|c: char| !c.is_ascii_digit())
            .parse::<usize>()
            .ok()
    });
    let sign = if number < 0.0 { "−" } else { "" };
    let size = number.abs();
    let body = match kind {
        Some('%' | 'p') => format!("{}%", grouped(size * 100.0, decimals.unwrap_or(1))),
        Some('s') => short(size),
        Some('d') => grouped(size, 0),
        Some(_) => grouped(size, decimals.unwrap_or(2).min(12)),
        None => plain(size),
    };
    let currency = if pattern.contains('$') {
        format
            .and_then(|format| format.symbol.as_deref())
            .unwrap_or("$")
    } else {
        ""
    };
    format!("{sign}{currency}{body}")
}

/// At most two decimals, without trailing zeros.
fn plain(size: f64) -> String {
    let text = grouped(size, 2);
    match text.split_once('.') {
        Some((whole, decimals)) => match decimals.trim_end_matches('0') {
            "" => whole.to_owned(),
            decimals => format!("{whole}.{decimals}"),
        },
        None => text,
    }
}

/// Three significant digits with k, M, B.
fn short(size: f64) -> String {
    let (scaled, unit) = match size {
        s if s >= 1e9 => (s / 1e9, "B"),
        s if s >= 1e6 => (s / 1e6, "M"),
        s if s >= 1e3 => (s / 1e3, "k"),
        s => (s, ""),
    };
    let decimals = match scaled {
        s if s >= 100.0 => 0,
        s if s >= 10.0 => 1,
        _ => 2,
    };
    format!("{scaled:.decimals$}{unit}")
}

fn grouped(size: f64, decimals: usize) -> String {
    let text = format!("{size:.decimals$}");
    let (whole, rest) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::with_capacity(text.len() + text.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_are_readable() {
        let pattern = |pattern: &str| {
            Some(Format {
                pattern: pattern.to_owned(),
                ..Format::default()
            })
        };
        let cases = [
            (json!(null), Type::Number, None, "–"),
            (json!(1_234_567.5), Type::Number, None, "1,234,567.5"),
            (json!(-12), Type::Number, None, "−12"),
            (json!(0.256), Type::Number, pattern(".1%"), "25.6%"),
            (json!(1234.5), Type::Number, pattern("$,.2f"), "$1,234.50"),
            (json!(757_321), Type::Number, pattern("$.3s"), "$757k"),
            (
                json!("9007199254740993"),
                Type::Number,
                None,
                "9,007,199,254,740,992",
            ),
            (json!("2026-05-13T00:00:00"), Type::Date, None, "2026-05-13"),
            (
                json!("2026-05-13T10:30:00"),
                Type::Date,
                None,
                "2026-05-13 10:30:00",
            ),
            (json!(true), Type::Logical, None, "Yes"),
            (json!("Pro"), Type::Text, None, "Pro"),
            (json!([1]), Type::Variant, None, "[1]"),
        ];
        for (cell, ty, format, expected) in cases {
            assert_eq!(text(&cell, ty, format.as_ref()), expected);
        }
        let format = Format {
            prefix: Some("~".into()),
            suffix: Some(" kg".into()),
            null_as: Some("none".into()),
            ..Format::default()
        };
        assert_eq!(text(&json!(2), Type::Number, Some(&format)), "~2 kg");
        assert_eq!(text(&json!(null), Type::Number, Some(&format)), "none");
    }
}

//! Number and date formats: words and patterns to what the page draws with.

use crate::diag::codes::plan as codes;
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::document::data;
use crate::plan::Settings;
use crate::plan::layout::Format;

/// Words for common formats, with their d3-format or strftime patterns.
const WORDS: &[(&str, &str)] = &[
    ("number", ",.2~f"),
    ("integer", ",.0f"),
    ("percent", ".1%"),
    ("currency", "$,.2f"),
    ("compact", ".3~s"),
    ("scientific", ".2e"),
    ("date", "%Y-%m-%d"),
    ("datetime", "%Y-%m-%d %H:%M"),
    ("time", "%H:%M"),
    ("year", "%Y"),
    ("quarter", "Q%q %Y"),
    ("month", "%b %Y"),
    ("week", "%b %-d, %Y"),
    ("day", "%b %-d, %Y"),
];

/// Checks a format and turns it into a pattern; `None` after a finding.
pub(crate) fn format(
    written: &data::Format,
    settings: &Settings,
    sink: &mut Diagnostics,
) -> Option<Format> {
    let mut format = Format {
        prefix: written.prefix.as_ref().map(|t| t.value.clone()),
        suffix: written.suffix.as_ref().map(|t| t.value.clone()),
        null_as: written.null_as.as_ref().map(|t| t.value.clone()),
        symbol: written.symbol.as_ref().map(|t| t.value.clone()),
        pattern: String::new(),
    };
    let Some(pattern) = &written.pattern else {
        return Some(format);
    };
    let text = pattern.value.trim();
    if let Some((_, known)) = WORDS.iter().find(|(word, _)| *word == text) {
        (*known).clone_into(&mut format.pattern);
    } else if is_strftime(text) || is_d3(text) {
        text.clone_into(&mut format.pattern);
    } else {
        let found = Diagnostic::new(&codes::UNKNOWN_FORMAT, pattern.span, format!("no format `{text}`")).note(
            "a format is a word (`number`, `integer`, `percent`, `currency`, `compact`, `date`, `datetime`, `month` …), \
             a d3 pattern (`\"$,.2f\"`) or a strftime pattern (`\"%b %Y\"`)",
        );
        sink.push(match nearest(text, WORDS.iter().map(|(word, _)| *word)) {
            Some(near) => found.fix(format!("write `{near}`"), pattern.span, near),
            None => found,
        });
        return None;
    }
    if format.pattern.contains('$') && format.symbol.is_none() {
        format.symbol = Some(currency_symbol(&settings.currency));
    }
    Some(format)
}

/// The short sign of a currency, or its code with a space.
pub(crate) fn currency_symbol(code: &str) -> String {
    match code {
        "USD" | "CAD" | "AUD" | "MXN" | "NZD" | "SGD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        "JPY" | "CNY" => "¥".to_owned(),
        "INR" => "₹".to_owned(),
        "BRL" => "R$".to_owned(),
        "KRW" => "₩".to_owned(),
        _ => format!("{code} "),
    }
}

fn is_strftime(text: &str) -> bool {
    let mut chars = text.chars();
    let mut found = false;
    while let Some(c) = chars.next() {
        if c == '%' {
            let mut next = chars.next();
            if next == Some('-') {
                next = chars.next();
            }
            match next {
                Some(c) if "YyqmBbAadeHIMSpLfZjUWuw%".contains(c) => found = true,
                _ => return false,
            }
        }
    }
    found
}

/// `[[fill]align][sign][symbol][0][width][,][.precision][~][type]`
fn is_d3(text: &str) -> bool {
    // `0.00` is a spreadsheet's pattern; d3 would read it as something else.
    if text.starts_with("0.") && text.ends_with('0') {
        return false;
    }
    let mut rest: Vec<char> = text.chars().collect();
    if rest.len() >= 2 && "<>=^".contains(rest[1]) {
        rest.drain(..2);
    } else if rest.first().is_some_and(|c| "<>=^".contains(*c)) {
        rest.remove(0);
    }
    let mut position = 0;
    let mut take = |set: &dyn Fn(char) -> bool, many: bool| {
        let start = position;
        while rest.get(position).is_some_and(|c| set(*c)) {
            position += 1;
            if !many {
                break;
            }
        }
        position > start
    };
    take(&|c| "-+( ".contains(c), false);
    take(&|c| "$#".contains(c), false);
    take(&|c| c.is_ascii_digit(), true);
    take(&|c| c == ',', false);
    if take(&|c| c == '.', false) && !take(&|c| c.is_ascii_digit(), true) {
        return false;
    }
    take(&|c| c == '~', false);
    take(&|c| "efgrs%pbodxXcn".contains(c), false);
    !rest.is_empty() && position == rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_told_from_words() {
        for good in ["$,.2f", ".0%", ",", "+.1~s", "(,.2f", ",.3r"] {
            assert!(is_d3(good), "{good}");
        }
        for bad in ["curency", "", "$$", ".f2", "0.00"] {
            assert!(!is_d3(bad), "{bad}");
        }
        assert!(is_strftime("%b %-d, %Y"));
        assert!(!is_strftime("YYYY-MM-DD"));
        assert!(!is_strftime(".1%"));
    }
}

//! Values as words, and addresses.

use bookwright_compiler::formula::eval::value_text;
use bookwright_compiler::value::Value;

/// A value in prose: a date at midnight without its time, Null as nothing.
pub(crate) fn shown(value: &Value) -> String {
    let text = value_text(value).unwrap_or_default();
    match value {
        Value::Date(_) => text
            .strip_suffix(" 00:00:00")
            .map(str::to_owned)
            .unwrap_or(text),
        _ => text,
    }
}

/// An address that a browser may follow: `http`, `https` or `mailto`, with what cannot stand in an address encoded.
pub(crate) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let fits = match scheme.as_str() {
        "http" | "https" => rest
            .strip_prefix("//")
            .is_some_and(|host| !host.is_empty() && !host.starts_with('/')),
        "mailto" => !rest.is_empty(),
        _ => false,
    };
    fits.then(|| format!("{scheme}:{}", encode(rest)))
}

fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic()
            && !matches!(
                byte,
                b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
            )
        {
            out.push(char::from(byte));
        } else {
            let written = write!(out, "%{byte:02X}");
            debug_assert!(written.is_ok(), "writing to a string cannot fail");
        }
    }
    out
}

/// `1 row`, `2 rows`.
pub(crate) fn rows(count: u64) -> String {
    if count == 1 {
        "1 row".to_owned()
    } else {
        format!("{count} rows")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_are_followed() {
        let cases = [
            (
                "https://example.com/a?b=c d",
                Some("https://example.com/a?b=c%20d"),
            ),
            (" HTTP://example.com", Some("http://example.com")),
            ("mailto:ann@example.com", Some("mailto:ann@example.com")),
            (
                "https://example.com/\u{e9}\"",
                Some("https://example.com/%C3%A9%22"),
            ),
            ("javascript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("data:text/html,x", None),
            ("//example.com", None),
            ("https:///x", None),
            ("/w/page", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(address(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn values_read_as_words() {
        assert_eq!(shown(&Value::Date(0)), "1970-01-01");
        assert_eq!(shown(&Value::Date(1_000_000)), "1970-01-01 00:00:01");
        assert_eq!(shown(&Value::Null), "");
        assert_eq!(shown(&Value::Float(2.5)), "2.5");
    }
}

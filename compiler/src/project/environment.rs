//! `${NAME}` and `${NAME:-default}` in texts of the project file.

use crate::diag::codes::project::{INVALID_REFERENCE, MISSING_VARIABLE};
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::primitive::Text;
use crate::host::Host;

/// A text with its references replaced. `None` after a finding. A default stands in for a variable that is not set or
/// empty, as in a shell; `$$` is a plain `$`. The findings name variables and never show values.
pub fn substitute(text: &Text, host: &dyn Host, sink: &mut Diagnostics) -> Option<String> {
    let mut out = String::with_capacity(text.value.len());
    let mut rest = text.value.as_str();
    let mut complete = true;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        rest = if let Some(after) = after.strip_prefix('$') {
            out.push('$');
            after
        } else if let Some(after) = after.strip_prefix('{') {
            let Some((reference, after)) = after.split_once('}') else {
                sink.push(
                    Diagnostic::new(&INVALID_REFERENCE, text.span, "`${` without `}`")
                        .help("write `$$` for a plain `$`"),
                );
                return None;
            };
            match value(reference, text, host, sink) {
                Some(value) => out.push_str(&value),
                None => complete = false,
            }
            after
        } else {
            out.push('$');
            after
        };
    }
    out.push_str(rest);
    complete.then_some(out)
}

/// The value of what stands between `${` and `}`.
fn value(reference: &str, text: &Text, host: &dyn Host, sink: &mut Diagnostics) -> Option<String> {
    let (name, default) = match reference.split_once(":-") {
        Some((name, default)) => (name, Some(default)),
        None => (reference, None),
    };
    if !is_name(name) {
        sink.push(Diagnostic::new(
            &INVALID_REFERENCE,
            text.span,
            format!("`${{{reference}}}` names no environment variable"),
        ));
        return None;
    }
    match (host.env(name), default) {
        (Some(value), None) => Some(value),
        (Some(value), Some(_)) if !value.is_empty() => Some(value),
        (_, Some(default)) => Some(default.to_owned()),
        (None, None) => {
            sink.push(
                Diagnostic::new(
                    &MISSING_VARIABLE,
                    text.span,
                    format!("the environment variable `{name}` is not set"),
                )
                .help(format!(
                    "set it, or write `${{{name}:-value}}` to fall back to a value"
                )),
            );
            None
        }
    }
}

fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::super::tests::environment;
    use super::*;
    use crate::span::Span;

    fn check(text: &str, expected: Result<&str, &str>) {
        let host = environment(&[("HOME", "/home/ana"), ("EMPTY", "")]);
        let mut sink = Diagnostics::default();
        let found = substitute(
            &Text::new(text.to_owned(), Span::default()),
            &host,
            &mut sink,
        );
        match expected {
            Ok(value) => assert_eq!(found.as_deref(), Some(value), "{text}"),
            Err(code) => {
                assert_eq!(found, None, "{text}");
                assert_eq!(
                    sink.iter().next().map(|d| d.code.name),
                    Some(code),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn references_are_replaced_as_in_a_shell() {
        check("plain", Ok("plain"));
        check("${HOME}/x", Ok("/home/ana/x"));
        check("a${HOME}b${HOME}c", Ok("a/home/anab/home/anac"));
        check("${EMPTY}", Ok(""));
        check("${EMPTY:-x}", Ok("x"));
        check("${NONE:-}", Ok(""));
        check("${NONE:-a:-b}", Ok("a:-b"));
        check("cost $5, $$${HOME}", Ok("cost $5, $/home/ana"));
        check("ends with $", Ok("ends with $"));
        check("${NONE}", Err("missing-variable"));
        check("${NO NAME}", Err("invalid-reference"));
        check("${}", Err("invalid-reference"));
        check("${HOME", Err("invalid-reference"));
    }

    #[test]
    fn every_missing_variable_of_a_text_is_reported() {
        let mut sink = Diagnostics::default();
        let text = Text::new("${A}${B}".to_owned(), Span::default());
        assert_eq!(substitute(&text, &environment(&[]), &mut sink), None);
        let messages: Vec<_> = sink.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the environment variable `A` is not set",
                "the environment variable `B` is not set"
            ]
        );
    }
}

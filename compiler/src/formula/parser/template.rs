//! Prose with formulas in it.

use super::{codes, parse_at};
use crate::diag::{Diagnostic, Diagnostics};
use crate::formula::ast::Expr;
use crate::yaml::TextMap;

/// A piece of prose.
#[derive(Clone, PartialEq, Debug)]
pub enum TemplatePart {
    /// Text as it is shown.
    Text(String),
    /// A formula whose value is shown.
    Formula(Expr),
}

/// Splits prose at `{{formula}}`. `\{{` is a literal `{{`. Neighbouring texts are one part, and none is empty.
pub fn parse_template(text: &str, map: &TextMap, sink: &mut Diagnostics) -> Vec<TemplatePart> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let open = at + found;
        let before = text.get(at..open).unwrap_or_default();
        if let Some(escaped) = before.strip_suffix('\\') {
            literal.push_str(escaped);
            literal.push_str("{{");
            at = open + 2;
            continue;
        }
        literal.push_str(before);
        let inside = open + 2;
        let rest = text.get(inside..).unwrap_or_default();
        let Some(length) = formula_length(rest) else {
            report_unclosed(text, open, map, sink);
            at = text.len();
            literal.push_str(text.get(open..).unwrap_or_default());
            break;
        };
        if !literal.is_empty() {
            parts.push(TemplatePart::Text(std::mem::take(&mut literal)));
        }
        let formula = rest.get(..length).unwrap_or_default();
        parts.push(TemplatePart::Formula(parse_at(formula, inside, map, sink)));
        at = inside + length + 2;
    }
    literal.push_str(text.get(at..).unwrap_or_default());
    if !literal.is_empty() {
        parts.push(TemplatePart::Text(literal));
    }
    parts
}

fn report_unclosed(text: &str, open: usize, map: &TextMap, sink: &mut Diagnostics) {
    let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let place = map.span(offset(open), offset(open + 2));
    let end = map.span(offset(open), offset(text.len())).at_end();
    sink.push(
        Diagnostic::new(
            &codes::UNCLOSED_TEMPLATE,
            place,
            "this `{{` is never closed",
        )
        .help("write `\\{{` to show two braces")
        .fix("add `}}` at the end", end, "}}"),
    );
}

/// Bytes before the `}}` that closes a formula; braces inside of text literals do not count.
fn formula_length(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut chars = text.char_indices().peekable();
    let mut first_close = None;
    while let Some((at, c)) = chars.next() {
        let closes = c == '}' && chars.peek().is_some_and(|(_, next)| *next == '}');
        if closes && first_close.is_none() {
            first_close = Some(at);
        }
        match quote {
            Some(_) if c == '\\' => {
                chars.next();
            }
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if closes => return Some(at),
            None => {}
        }
    }
    // A quote that is never closed hides the braces: the formula then reports it.
    first_close
}

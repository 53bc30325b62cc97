//! Values that look like text and are something else to YAML: formulas that should have been quoted.

use super::balance::{self, Balance};
use super::build::Failure;
use super::lines;
use crate::diag::Diagnostic;
use crate::diag::codes::yaml as codes;
use crate::span::Span;

/// A value that needs quotes.
pub(super) struct Bite {
    /// Bytes of the whole value.
    pub(super) range: std::ops::Range<usize>,
    cause: Cause,
}

/// What YAML takes the value for.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Cause {
    /// `[A] > 3`
    List,
    /// `{{[A]}} left`
    Template,
    /// `{ f: Sum([A]) }`
    InFlow,
    /// `If([A] = "x: y")`
    Colon,
    /// `If([A] = "x #y")`
    Hash,
    /// `"x" & [A]`
    Quote,
    /// `'it's'`
    Apostrophe,
    /// `-`, `!`, `*`, `&`, `%`, `@`, a backtick, `|`, `>`
    Indicator(char),
}

/// Looks for a value that explains why reading stopped: on the line where it did, then on the line of the last value.
pub(super) fn find(text: &str, failure: &Failure) -> Option<Bite> {
    [failure.at, failure.after].into_iter().find_map(|at| {
        let inside = failure
            .flow
            .filter(|flow| *flow < lines::line_start(text, at));
        let in_flow = || inside.and_then(|flow| in_flow(text, flow, at));
        in_flow().or_else(|| in_block(text, at, inside.is_some()))
    })
}

fn in_block(text: &str, at: usize, inside_flow: bool) -> Option<Bite> {
    let line = lines::block_line(text, at);
    let end = lines::line_end(text, at);
    let value = text.get(line.value..end)?;
    if inside_flow || value.is_empty() {
        return None;
    }
    let indent = if line.introduced {
        line.indent
    } else {
        line.indent.saturating_sub(1)
    };
    let range = line.value..lines::formula_end(text, line.value, indent);
    if let Some(cause) = cause(text.get(range.clone())?, line.introduced) {
        return Some(Bite { range, cause });
    }
    if value.starts_with(['[', '{']) {
        in_flow(text, line.value, at)
    } else {
        None
    }
}

/// Why a whole block value is not the text it shows.
fn cause(value: &str, introduced: bool) -> Option<Cause> {
    let first = value.chars().next()?;
    match first {
        '[' => {
            let rest = value.get(balance::closed_len(value)?..)?;
            (!rest.trim().is_empty()).then_some(Cause::List)
        }
        '{' => value.starts_with("{{").then_some(Cause::Template),
        '"' | '\'' => {
            let rest = value.get(lines::quoted_len(value)?..)?;
            if rest.trim_start_matches([' ', '\r']).starts_with('\n') {
                // The text ends with its line; what is wrong stands below.
                return None;
            }
            let cause = if first == '\'' && rest.ends_with('\'') {
                Cause::Apostrophe
            } else {
                Cause::Quote
            };
            (!rest.trim().is_empty() && !rest.trim_start().starts_with(':')).then_some(cause)
        }
        '!' | '*' | '&' | '%' | '@' | '`' => Some(Cause::Indicator(first)),
        '|' | '>' => (!value
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'))
            .ends_with(first)
            && !value.contains('\n'))
        .then_some(Cause::Indicator(first)),
        '-' => value.starts_with("- ").then_some(Cause::Indicator('-')),
        _ if !introduced => None,
        _ if cut_at(value, " #") => Some(Cause::Hash),
        _ if value.contains(": ") || value.ends_with(':') => Some(Cause::Colon),
        _ => None,
    }
}

/// Whether a separator stands inside a quotation or a bracket.
fn cut_at(value: &str, separator: &str) -> bool {
    value
        .match_indices(separator)
        .any(|(at, _)| value.get(..at).is_some_and(balance::is_uneven))
}

/// Looks through the `{ … }` or `[ … ]` that begins at `open` for the entry that holds `at`.
fn in_flow(text: &str, open: usize, at: usize) -> Option<Bite> {
    let mut stack = vec![text.get(open..)?.chars().next()?];
    let mut next = open + 1;
    while let Some(&bracket) = stack.last() {
        next = skip_space(text, next);
        let rest = text.get(next..)?;
        let first = rest.chars().next()?;
        if matches!(first, ']' | '}') {
            stack.pop();
            next += 1;
        } else if first == ',' {
            next += 1;
        } else if first == '#' {
            next = lines::next_line(text, next);
        } else if let Some(key) = flow_key_len(rest) {
            next += key;
        } else if rest.starts_with("{{") {
            let end = entry_end(text, next, bracket);
            return Some(Bite {
                range: next..end,
                cause: Cause::Template,
            });
        } else {
            let end = entry_end(text, next, bracket);
            let value = text.get(next..end)?;
            if first == '{' || (first == '[' && is_list(value)) {
                stack.push(first);
                next += 1;
                continue;
            }
            let bites = flow_cause(value);
            if let Some(cause) = bites.filter(|_| end >= at || next >= at) {
                return Some(Bite {
                    range: next..end,
                    cause,
                });
            }
            if next > at {
                return None;
            }
            next = end.max(next + 1);
        }
    }
    None
}

fn flow_cause(value: &str) -> Option<Cause> {
    match cause(value, true) {
        Some(cause) => Some(cause),
        None if value.starts_with(['"', '\'']) => None,
        // A bracket that nothing opened or closes is a slip of another kind.
        None if balance::is_uneven(value) => None,
        None => value
            .contains(['[', ']', '{', '}', ','])
            .then_some(Cause::InFlow),
    }
}

fn is_list(value: &str) -> bool {
    balance::closed_len(value)
        .and_then(|len| value.get(len..))
        .is_none_or(|rest| rest.trim().is_empty())
}

/// Length of a key with its colon inside a flow collection.
fn flow_key_len(rest: &str) -> Option<usize> {
    let line = rest.split('\n').next()?;
    let len = lines::key_len(line)?;
    let key = line.get(..len)?;
    (key.starts_with(['"', '\'']) || !key.contains(['[', ']', '{', '}', ',', '('])).then_some(len)
}

fn skip_space(text: &str, at: usize) -> usize {
    text.get(at..)
        .map_or(text.len(), |rest| at + rest.len() - rest.trim_start().len())
}

/// End of the entry of a flow collection that begins at `start`: the comma or the bracket that ends it.
fn entry_end(text: &str, start: usize, bracket: char) -> usize {
    let close = if bracket == '{' { '}' } else { ']' };
    let rest = text.get(start..).unwrap_or_default();
    let mut balance = Balance::default();
    let skip = if rest.starts_with('\'') {
        lines::quoted_len(rest).unwrap_or(0)
    } else {
        0
    };
    for (at, c) in rest.char_indices().skip_while(|(at, _)| *at < skip) {
        if balance.is_even() && (c == ',' || c == close) {
            return start + rest.get(..at).unwrap_or_default().trim_end().len();
        }
        balance.feed(c);
    }
    lines::line_end(text, start)
}

impl Bite {
    /// Whether the text as it stands is what was meant.
    pub(super) fn is_text(&self) -> bool {
        self.cause != Cause::Apostrophe
    }

    /// The finding, with the quoted form as its fix.
    pub(super) fn diagnostic(&self, text: &str, span: Span) -> Diagnostic {
        let value = text.get(self.range.clone()).unwrap_or_default();
        let finding = Diagnostic::new(&codes::UNQUOTED_VALUE, span, self.cause.message());
        let finding = match self.cause {
            Cause::InFlow => finding
                .note("inside `{ … }` and `[ … ]`, the characters `[ ] { } ,` belong to YAML"),
            Cause::List => finding.note("YAML reads `[…]` as a list; nothing may follow its `]`"),
            Cause::Template => finding.note("YAML reads `{` as the beginning of a map"),
            Cause::Colon => finding.note("YAML reads `: ` as the end of a key"),
            Cause::Hash => finding.note("YAML reads ` #` as the beginning of a comment"),
            Cause::Apostrophe => {
                let inner = value.trim_matches('\'').replace("''", "'");
                let fixed = format!("'{}'", inner.replace('\'', "''"));
                return finding.fix("double the quote", span, fixed);
            }
            Cause::Quote => {
                finding.note("YAML reads a leading quote as the beginning of a quoted text")
            }
            Cause::Indicator(c) => {
                finding.note(format!("a leading `{c}` has a meaning of its own in YAML"))
            }
        };
        let help = match self.cause {
            Cause::InFlow => "quote the value, or write the map with one entry per line",
            _ => "quote the value",
        };
        finding
            .help(help)
            .fix("quote the value", span, quoted(value))
    }
}

impl Cause {
    fn message(self) -> String {
        match self {
            Self::List => {
                "a value that starts with `[` and goes on after its `]` needs quotes".to_owned()
            }
            Self::Template => "a value that starts with `{{` needs quotes".to_owned(),
            Self::InFlow => {
                "a value with `[ ] { } ,` inside a flow map or list needs quotes".to_owned()
            }
            Self::Colon => "a value that holds `: ` needs quotes".to_owned(),
            Self::Hash => "a value that holds ` #` needs quotes".to_owned(),
            Self::Quote => {
                "a value that goes on after its closing quote needs quotes around the whole"
                    .to_owned()
            }
            Self::Apostrophe => "a single quote inside single quotes is written twice".to_owned(),
            Self::Indicator(c) => format!("a value that starts with `{c}` needs quotes"),
        }
    }
}

/// A text as a quoted scalar, in double quotes where nothing needs an escape.
pub(crate) fn quoted(value: &str) -> String {
    if value.contains(['"', '\\']) {
        format!("'{}'", value.replace('\'', "''"))
    } else {
        format!("\"{value}\"")
    }
}

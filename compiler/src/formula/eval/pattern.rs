//! Patterns: `Like` and regular expressions.

use std::cell::RefCell;
use std::sync::Arc;

use regex::{Regex, RegexBuilder};

use crate::formula::eval::Context;
use crate::formula::eval::number::integer;
use crate::formula::eval::text::arg;
use crate::value::Value;

/// Compiled patterns are kept per thread, as the same one is used for every row.
const KEPT: usize = 32;

thread_local! {
    static PATTERNS: RefCell<Vec<(Arc<str>, Option<Regex>)>> = const { RefCell::new(Vec::new()) };
}

fn compiled(pattern: &str) -> Option<Regex> {
    PATTERNS.with_borrow_mut(|kept| {
        if let Some((_, regex)) = kept.iter().find(|(text, _)| **text == *pattern) {
            return regex.clone();
        }
        let regex = RegexBuilder::new(pattern).size_limit(1 << 20).build().ok();
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((pattern.into(), regex.clone()));
        regex
    })
}

/// Whether a regular expression is valid; the reason when it is not. The dialect is that of the `regex` crate: no
/// look-around, no back-references in patterns. One that is written in many places is compiled once.
///
/// # Errors
/// The parser's words.
pub fn check_pattern(pattern: &str) -> Result<(), String> {
    if compiled(pattern).is_some() {
        return Ok(());
    }
    RegexBuilder::new(pattern)
        .size_limit(1 << 20)
        .build()
        .map(|_| ())
        .map_err(|e| e.to_string())
}

/// `RegexpMatch`: anywhere in the text.
pub(in crate::formula) fn regexp_match(args: &[Value], _: &Context) -> Value {
    compiled(arg(args, 1)).map_or(Value::Null, |r| Value::Logical(r.is_match(arg(args, 0))))
}

/// `RegexpCount`
pub(in crate::formula) fn regexp_count(args: &[Value], _: &Context) -> Value {
    let Some(regex) = compiled(arg(args, 1)) else {
        return Value::Null;
    };
    Value::Integer(i64::try_from(regex.find_iter(arg(args, 0)).count()).unwrap_or(i64::MAX))
}

/// `RegexpExtract`: the first group of the match at a position from 1, or the whole match without groups.
pub(in crate::formula) fn regexp_extract(args: &[Value], _: &Context) -> Value {
    let Some(regex) = compiled(arg(args, 1)) else {
        return Value::Null;
    };
    let position = args
        .get(2)
        .map_or(Some(1), integer)
        .and_then(|p| usize::try_from(p.checked_sub(1)?).ok());
    let found = position.and_then(|p| regex.captures_iter(arg(args, 0)).nth(p));
    let group = usize::from(regex.captures_len() > 1);
    found
        .and_then(|c| c.get(group))
        .map_or(Value::Null, |m| Value::text(m.as_str()))
}

/// `RegexpReplace`: every match; `\1` in the replacement is the first group, `\0` the match.
pub(in crate::formula) fn regexp_replace(args: &[Value], _: &Context) -> Value {
    let Some(regex) = compiled(arg(args, 1)) else {
        return Value::Null;
    };
    let template = replacement(arg(args, 2));
    Value::text(regex.replace_all(arg(args, 0), template.as_str()))
}

/// Turns `\1` into `${1}`, and makes `$` literal.
fn replacement(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '$' => out.push_str("$$"),
            '\\' => match chars.next() {
                Some(digit) if digit.is_ascii_digit() => {
                    out.push_str("${");
                    out.push(digit);
                    out.push('}');
                }
                Some('$') => out.push_str("$$"),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            other => out.push(other),
        }
    }
    out
}

/// `Like`: `%` is any run, `_` one character; letter case counts.
pub(in crate::formula) fn like(args: &[Value], _: &Context) -> Value {
    let text: Vec<char> = arg(args, 0).chars().collect();
    let pattern: Vec<char> = arg(args, 1).chars().collect();
    Value::Logical(matches(&text, &pattern))
}

/// `ILike`: as `Like`, without regard to letter case.
pub(in crate::formula) fn ilike(args: &[Value], _: &Context) -> Value {
    let letters = |i: usize| arg(args, i).chars().flat_map(char::to_lowercase);
    let fold = |i: usize| letters(i).collect::<Vec<char>>();
    Value::Logical(matches(&fold(0), &fold(1)))
}

/// Wildcard match that goes back only to the last `%`, so it is quadratic at worst.
fn matches(text: &[char], pattern: &[char]) -> bool {
    let (mut t, mut p) = (0, 0);
    let mut retry = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('%') => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(c) if *c == '_' || *c == text[t] => {
                t += 1;
                p += 1;
            }
            _ => match retry {
                Some((after, from)) => {
                    retry = Some((after, from + 1));
                    p = after;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|c| *c == '%')
}

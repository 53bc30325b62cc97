//! Text functions. Lengths and positions count characters (Unicode scalar values).

use crate::formula::eval::Context;
use crate::formula::eval::number::integer;
use crate::value::Value;

/// Longest text a function makes, in bytes; what would be longer is Null.
const LIMIT: usize = 16 << 20;

/// A text argument; anything else reads as empty.
pub(in crate::formula) fn arg(args: &[Value], index: usize) -> &str {
    match args.get(index) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

fn count(args: &[Value], index: usize) -> i64 {
    args.get(index).and_then(integer).unwrap_or(0)
}

fn size(n: i64) -> usize {
    usize::try_from(n).unwrap_or(if n < 0 { 0 } else { usize::MAX })
}

fn length(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

fn logical(value: bool) -> Value {
    Value::Logical(value)
}

/// `&` and `Concat`
pub(in crate::formula) fn join(args: &[Value], _: &Context) -> Value {
    Value::text((0..args.len()).map(|i| arg(args, i)).collect::<String>())
}

/// `TextJoin`: separator first; a Null counts as empty text.
pub(in crate::formula) fn text_join(args: &[Value], _: &Context) -> Value {
    if args.first().is_none_or(Value::is_null) {
        return Value::Null;
    }
    let parts: Vec<&str> = (1..args.len()).map(|i| arg(args, i)).collect();
    Value::text(parts.join(arg(args, 0)))
}

/// `Contains`: any of the substrings.
pub(in crate::formula) fn contains(args: &[Value], _: &Context) -> Value {
    logical((1..args.len()).any(|i| arg(args, 0).contains(arg(args, i))))
}

/// `StartsWith`
pub(in crate::formula) fn starts_with(args: &[Value], _: &Context) -> Value {
    logical(arg(args, 0).starts_with(arg(args, 1)))
}

/// `EndsWith`
pub(in crate::formula) fn ends_with(args: &[Value], _: &Context) -> Value {
    logical(arg(args, 0).ends_with(arg(args, 1)))
}

/// `Find`: position from 1, 0 when absent.
pub(in crate::formula) fn find(args: &[Value], _: &Context) -> Value {
    let text = arg(args, 0);
    let before = text
        .split_once(arg(args, 1))
        .map(|(before, _)| length(before) + 1);
    Value::Integer(before.unwrap_or(0))
}

/// `Left`; a negative length drops that many characters from the end.
pub(in crate::formula) fn left(args: &[Value], _: &Context) -> Value {
    let n = count(args, 1);
    let keep = if n < 0 {
        length(arg(args, 0)).saturating_add(n)
    } else {
        n
    };
    Value::text(arg(args, 0).chars().take(size(keep)).collect::<String>())
}

/// `Right`; a negative length drops that many characters from the start.
pub(in crate::formula) fn right(args: &[Value], _: &Context) -> Value {
    let n = count(args, 1);
    let skip = if n < 0 {
        n.saturating_neg()
    } else {
        length(arg(args, 0)).saturating_sub(n)
    };
    Value::text(arg(args, 0).chars().skip(size(skip)).collect::<String>())
}

/// `Mid`, `Substring`: from position `start` (from 1). A start below 1 counts the missing positions as used up.
pub(in crate::formula) fn mid(args: &[Value], _: &Context) -> Value {
    let start = count(args, 1);
    let end = match args.get(2) {
        Some(_) => start.saturating_add(count(args, 2).max(0)),
        None => i64::MAX,
    };
    let from = start.max(1);
    let taken = size(end.saturating_sub(from));
    Value::text(
        arg(args, 0)
            .chars()
            .skip(size(from - 1))
            .take(taken)
            .collect::<String>(),
    )
}

/// `Len`
pub(in crate::formula) fn len(args: &[Value], _: &Context) -> Value {
    Value::Integer(length(arg(args, 0)))
}

/// `Lower`: letter by letter, as engines do, so that a capital sigma at the end of a word is no exception.
pub(in crate::formula) fn lower(args: &[Value], _: &Context) -> Value {
    let letters = arg(args, 0).chars().flat_map(char::to_lowercase);
    Value::text(letters.collect::<String>())
}

/// `Upper`
pub(in crate::formula) fn upper(args: &[Value], _: &Context) -> Value {
    Value::text(arg(args, 0).to_uppercase())
}

/// `Proper`: a letter behind anything but a letter or digit is a capital, other letters are small.
pub(in crate::formula) fn proper(args: &[Value], _: &Context) -> Value {
    let mut out = String::with_capacity(arg(args, 0).len());
    let mut inside = false;
    for c in arg(args, 0).chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = c.is_alphanumeric();
    }
    Value::text(out)
}

/// `Trim`: spaces only.
pub(in crate::formula) fn trim(args: &[Value], _: &Context) -> Value {
    Value::text(arg(args, 0).trim_matches(' '))
}

/// `LTrim`
pub(in crate::formula) fn trim_start(args: &[Value], _: &Context) -> Value {
    Value::text(arg(args, 0).trim_start_matches(' '))
}

/// `RTrim`
pub(in crate::formula) fn trim_end(args: &[Value], _: &Context) -> Value {
    Value::text(arg(args, 0).trim_end_matches(' '))
}

/// Characters that fill `text` up to `length`; `None` when nothing can fill it or it would be too long.
fn padding(args: &[Value]) -> Option<String> {
    let fill = if args.len() > 2 { arg(args, 2) } else { " " };
    let missing = size(count(args, 1)).saturating_sub(arg(args, 0).chars().count());
    if fill.is_empty() {
        return Some(String::new());
    }
    (missing <= LIMIT / 4).then(|| fill.chars().cycle().take(missing).collect())
}

/// `LPad`; a longer text is cut.
pub(in crate::formula) fn pad_start(args: &[Value], _: &Context) -> Value {
    let Some(padding) = padding(args) else {
        return Value::Null;
    };
    Value::text(
        padding
            .chars()
            .chain(arg(args, 0).chars())
            .take(size(count(args, 1)))
            .collect::<String>(),
    )
}

/// `RPad`; a longer text is cut.
pub(in crate::formula) fn pad_end(args: &[Value], _: &Context) -> Value {
    let Some(padding) = padding(args) else {
        return Value::Null;
    };
    Value::text(
        arg(args, 0)
            .chars()
            .chain(padding.chars())
            .take(size(count(args, 1)))
            .collect::<String>(),
    )
}

/// `Repeat`; zero times or fewer is Null.
pub(in crate::formula) fn repeat(args: &[Value], _: &Context) -> Value {
    let (text, times) = (arg(args, 0), size(count(args, 1)));
    if times == 0 || text.len().saturating_mul(times) > LIMIT {
        return Value::Null;
    }
    Value::text(text.repeat(times))
}

/// `Replace`; an empty substring changes nothing.
pub(in crate::formula) fn replace(args: &[Value], _: &Context) -> Value {
    if arg(args, 1).is_empty() {
        return args.first().cloned().unwrap_or(Value::Null);
    }
    Value::text(arg(args, 0).replace(arg(args, 1), arg(args, 2)))
}

/// `Reverse`
pub(in crate::formula) fn reverse(args: &[Value], _: &Context) -> Value {
    Value::text(arg(args, 0).chars().rev().collect::<String>())
}

/// `SplitPart`: from 1, negative from the end; a part that is not there is empty text, position 0 is Null.
pub(in crate::formula) fn split_part(args: &[Value], _: &Context) -> Value {
    let (text, separator, position) = (arg(args, 0), arg(args, 1), count(args, 2));
    let parts: Vec<&str> = if separator.is_empty() {
        vec![text]
    } else {
        text.split(separator).collect()
    };
    let index = match position {
        0 => return Value::Null,
        1.. => size(position - 1),
        _ => match parts.len().checked_sub(size(position.saturating_neg())) {
            Some(index) => index,
            None => return Value::text(""),
        },
    };
    Value::text(parts.get(index).copied().unwrap_or_default())
}

/// `UrlPart`: component first; a part that is not there is Null.
pub(in crate::formula) fn url_part(args: &[Value], _: &Context) -> Value {
    let url = arg(args, 1);
    let (rest, fragment) = split(url, '#');
    let (rest, query) = split(rest, '?');
    let (scheme, rest) = match rest.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, rest),
    };
    let (authority, path) = match (scheme, rest.find('/')) {
        (Some(_), Some(slash)) => rest.split_at(slash),
        (Some(_), None) => (rest, ""),
        (None, _) => ("", rest),
    };
    let (user, address) = match authority.rsplit_once('@') {
        Some((user, address)) => (Some(user), address),
        None => (None, authority),
    };
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, Some(port)),
        _ => (address, None),
    };
    let part = match arg(args, 0).to_ascii_lowercase().as_str() {
        "scheme" => scheme,
        "authority" => scheme.map(|_| authority),
        "userinfo" => user,
        "host" => scheme.map(|_| host),
        "port" => port,
        "path" => Some(path),
        "query" => query,
        "fragment" => fragment,
        _ => None,
    };
    part.map_or(Value::Null, Value::text)
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at)
        .map_or((text, None), |(before, after)| (before, Some(after)))
}

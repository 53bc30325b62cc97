//! Lines of block YAML, read as text where the parser cannot help.

use super::balance::{self, Balance};

/// Start of the line that holds `at`.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |i| i + 1)
}

/// End of the line that holds `at`, without its break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    at + line.trim_end_matches('\r').len()
}

/// Start of the line after the one that holds `at`, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |i| at + i + 1)
}

/// Place of the `-` that begins a block list whose first item is reported at `start`.
pub(super) fn dash_before(text: &str, start: usize) -> usize {
    let is_dash = |rest: &str| {
        rest.starts_with('-')
            && rest
                .get(1..)
                .is_none_or(|r| r.is_empty() || r.starts_with([' ', '\t', '\n', '\r']))
    };
    if text.get(start..).is_some_and(is_dash) {
        return start;
    }
    let before = text.get(..start).unwrap_or_default().trim_end();
    if before.ends_with('-') {
        before.len() - 1
    } else {
        start
    }
}

/// The place behind the colon that follows `at`, or `at`.
pub(super) fn colon_after(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if rest.get(blank..).is_some_and(|r| r.starts_with(':')) {
        at + blank + 1
    } else {
        at
    }
}

/// Place of the `|` or `>` of a block scalar between the value before it and its content.
pub(super) fn block_header(text: &str, after: usize, content: usize) -> usize {
    let between = text.get(after..content).unwrap_or_default();
    let mut at = after;
    for line in between.split_inclusive('\n') {
        let code = line.find(" #").and_then(|i| line.get(..i)).unwrap_or(line);
        if let Some(i) = code.find(['|', '>']) {
            return at + i;
        }
        at += line.len();
    }
    content.saturating_sub(1).max(after).min(content)
}

/// Lines of a plain scalar as one text: a break is a blank, an empty line a break.
pub(super) fn fold(raw: &str) -> String {
    let mut folded = String::new();
    let mut empty = 0;
    for line in raw.split('\n').map(str::trim) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        match empty {
            _ if folded.is_empty() => {}
            0 => folded.push(' '),
            n => folded.push_str(&"\n".repeat(n)),
        }
        empty = 0;
        folded.push_str(line);
    }
    folded
}

/// The text from the bracket at `start` to the one that closes it, when that is on the same line.
pub(super) fn bracketed(text: &str, start: usize) -> Option<&str> {
    let line = text.get(start..line_end(text, start))?;
    line.get(..balance::closed_len(line)?)
}

/// A line of block YAML: where it begins, and where the value on it does.
pub(super) struct BlockLine {
    /// Blanks before its first character.
    pub(super) indent: usize,
    /// Whether a key or a dash stands before the value.
    pub(super) introduced: bool,
    /// Start of the value; the end of the line when there is none.
    pub(super) value: usize,
}

/// Splits the line that holds `at`.
pub(super) fn block_line(text: &str, at: usize) -> BlockLine {
    let (start, end) = (line_start(text, at), line_end(text, at));
    let mut value = start + blanks(text, start, end);
    let indent = value - start;
    let mut introduced = false;
    while text
        .get(value..end)
        .is_some_and(|rest| rest.starts_with("- "))
    {
        value += 1 + blanks(text, value + 1, end);
        introduced = true;
    }
    if let Some(len) = text.get(value..end).and_then(key_len) {
        value += len;
        value += blanks(text, value, end);
        introduced = true;
    }
    BlockLine {
        indent,
        introduced,
        value,
    }
}

/// Column of the first key on the line that holds `at`, behind any dashes.
pub(super) fn key_column(text: &str, at: usize) -> usize {
    let (start, end) = (line_start(text, at), line_end(text, at));
    let mut key = start + blanks(text, start, end);
    while text
        .get(key..end)
        .is_some_and(|rest| rest.starts_with("- "))
    {
        key += 1 + blanks(text, key + 1, end);
    }
    key - start
}

/// Start of the last line before the one that holds `at` that is neither blank nor a comment.
pub(super) fn line_before(text: &str, at: usize) -> Option<usize> {
    let mut start = line_start(text, at);
    while let Some(last) = start.checked_sub(1) {
        start = line_start(text, last);
        let line = text.get(start..last).unwrap_or_default().trim();
        if !line.is_empty() && !line.starts_with('#') {
            return Some(start);
        }
    }
    None
}

/// Where the keys of the line that holds `at` probably belong: among those of the line before, or below it when it
/// opens a map.
pub(super) fn expected_column(text: &str, at: usize) -> Option<usize> {
    let before = line_before(text, at)?;
    let column = key_column(text, before);
    let line = text.get(before..line_end(text, before))?;
    Some(if line.trim_end().ends_with(':') {
        column + 2
    } else {
        column
    })
}

fn blanks(text: &str, start: usize, end: usize) -> usize {
    text.get(start..end).map_or(0, |rest| {
        rest.len() - rest.trim_start_matches([' ', '\t']).len()
    })
}

/// Length of a key with its colon.
pub(super) fn key_len(line: &str) -> Option<usize> {
    if line.starts_with(['"', '\'']) {
        let quoted = quoted_len(line)?;
        let rest = line.get(quoted..)?;
        let colon = rest.trim_start_matches(' ').strip_prefix(':')?;
        return (colon.is_empty() || colon.starts_with([' ', '\t']))
            .then(|| line.len() - colon.len());
    }
    if line.starts_with(['[', '{', '#', '&', '*', '!', '|', '>', '%', '@', '`']) {
        return None;
    }
    let colon = line
        .find(": ")
        .or_else(|| line.strip_suffix(':').map(str::len))?;
    let key = line.get(..colon)?;
    (!key.contains(" #") && !balance::is_uneven(key)).then_some(colon + 1)
}

/// Length of the quoted text that `text` begins with, quotes included; `None` when it does not close.
pub(super) fn quoted_len(text: &str) -> Option<usize> {
    let quote = text.chars().next()?;
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let doubled =
            quote == '\'' && c == quote && chars.peek().is_some_and(|(_, next)| *next == quote);
        if doubled || (c == '\\' && quote == '"') {
            chars.next();
        } else if c == quote {
            return Some(at + 1);
        }
    }
    None
}

/// End of an unquoted formula that begins at `start` on a line of block YAML indented by `indent`: its lines, without a
/// comment behind it.
pub(super) fn formula_end(text: &str, start: usize, indent: usize) -> usize {
    let mut balance = Balance::default();
    let mut end = line_value_end(text, start, &mut balance);
    loop {
        let next = next_line(text, end);
        let line = text.get(next..line_end(text, next)).unwrap_or_default();
        let content = line.trim_start_matches(' ');
        let deeper = line.len() - content.len() > indent && !content.trim().is_empty();
        let apart =
            content.starts_with("- ") || content.starts_with('#') || key_len(content).is_some();
        if next >= text.len() || !deeper || apart {
            return end;
        }
        end = line_value_end(text, next, &mut balance);
    }
}

fn line_value_end(text: &str, start: usize, balance: &mut Balance) -> usize {
    let line = text.get(start..line_end(text, start)).unwrap_or_default();
    let mut blank = false;
    for (at, c) in line.char_indices() {
        if c == '#' && blank && balance.is_even() {
            return start + line.get(..at).unwrap_or_default().trim_end().len();
        }
        blank = c == ' ' || c == '\t';
        balance.feed(c);
    }
    start + line.trim_end().len()
}

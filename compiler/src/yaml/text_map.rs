//! The way back from a scalar's text to the bytes it was written with.
//!
//! The parser gives the finished text; this walks the source beside it and notes where both advance alike. What does
//! not fit (it never should) is answered with the place of the whole scalar.

use super::{Style, TextMap};
use crate::span::Span;

/// Builds the map of a scalar whose content (inside quotes, below a block header) is `source[content]` in the file.
pub(super) fn build(
    span: Span,
    style: Style,
    source: &str,
    content: std::ops::Range<usize>,
    text: &str,
) -> TextMap {
    let raw = source.get(content.clone()).unwrap_or_default();
    if raw == text {
        return TextMap::linear(span, offset(content.start));
    }
    let mut walk = Walk {
        text,
        at: 0,
        runs: Vec::new(),
    };
    let done = match style {
        Style::Plain | Style::Single => walk.flow(raw, content.start, style),
        Style::Double => walk.double(raw, content.start),
        Style::Literal | Style::Folded => walk.block(raw, content.start),
    };
    walk.finish(done, span, content.end)
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
    runs: Vec<(u32, u32)>,
}

impl Walk<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self, file: usize) {
        let run = (offset(self.at), offset(file));
        match self.runs.last_mut() {
            Some(last) if last.0 == run.0 => *last = run,
            _ => self.runs.push(run),
        }
    }

    /// Text that stands in the file as it is.
    fn verbatim(&mut self, raw: &str, file: usize) -> Option<()> {
        if raw.is_empty() {
            return Some(());
        }
        self.rest().starts_with(raw).then_some(())?;
        self.run(file);
        self.at += raw.len();
        Some(())
    }

    /// Line breaks and blanks that folding left in the text, all standing for the break at `file`.
    fn folds(&mut self, file: usize, next: &str) -> Option<()> {
        if self.rest().starts_with([' ', '\n']) && !self.rest().starts_with(next) {
            self.run(file);
        }
        while !self.rest().starts_with(next) {
            self.rest().starts_with([' ', '\n']).then_some(())?;
            self.at += 1;
        }
        Some(())
    }

    /// Plain and single-quoted scalars: lines lose their indentation and trailing blanks, `''` is one quote.
    fn flow(&mut self, raw: &str, start: usize, style: Style) -> Option<()> {
        let mut line_end = start;
        let mut at = start;
        let last = raw.split('\n').count() - 1;
        for (number, line) in raw.split('\n').enumerate() {
            let (trimmed, indent) = trim_line(line, number == 0, number == last);
            let begin = at + indent;
            let (first, _) = trimmed
                .split_once("''")
                .filter(|_| style == Style::Single)
                .unwrap_or((trimmed, ""));
            if !trimmed.is_empty() {
                let next = if first.is_empty() { "'" } else { first };
                self.folds(line_end, next)?;
                self.pieces(trimmed, begin, style)?;
                line_end = begin + trimmed.len();
            }
            at += line.len() + 1;
        }
        self.skip_trailing(line_end);
        Some(())
    }

    fn pieces(&mut self, line: &str, start: usize, style: Style) -> Option<()> {
        if style == Style::Plain {
            return self.verbatim(line, start);
        }
        let mut at = start;
        for (number, piece) in line.split("''").enumerate() {
            if number > 0 {
                self.escape('\'', at, 2)?;
                at += 2;
            }
            self.verbatim(piece, at)?;
            at += piece.len();
        }
        Some(())
    }

    /// A character written with `len` bytes of escape at `file`.
    fn escape(&mut self, made: char, file: usize, len: usize) -> Option<()> {
        self.rest().starts_with(made).then_some(())?;
        self.run(file);
        self.at += made.len_utf8();
        self.run(file + len);
        Some(())
    }

    fn double(&mut self, raw: &str, start: usize) -> Option<()> {
        let mut at = 0;
        while let Some(c) = raw.get(at..)?.chars().next() {
            if c == '\\' {
                let after = raw.get(at + 1..)?;
                if after.starts_with(['\n', '\r']) {
                    let blank = raw.get(at + 1..skip_blank(raw, at + 1))?;
                    self.made_by_fold(&"\n".repeat(breaks(blank) - 1), start + at)?;
                    at += 1 + blank.len();
                } else {
                    let (made, len) = unescape(after)?;
                    self.escape(made, start + at, len + 1)?;
                    at += len + 1;
                }
                continue;
            }
            let blank = raw.get(at..skip_blank(raw, at))?;
            match breaks(blank) {
                0 => {
                    let len = plain_run(raw.get(at..)?);
                    self.verbatim(raw.get(at..at + len)?, start + at)?;
                    at += len;
                }
                1 => {
                    self.made_by_fold(" ", start + at)?;
                    at += blank.len();
                }
                more => {
                    self.made_by_fold(&"\n".repeat(more - 1), start + at)?;
                    at += blank.len();
                }
            }
        }
        self.run(start + at);
        Some(())
    }

    /// Text that folding a break at `file` left behind; may be empty.
    fn made_by_fold(&mut self, made: &str, file: usize) -> Option<()> {
        self.rest().starts_with(made).then_some(())?;
        self.run(file);
        self.at += made.len();
        Some(())
    }

    /// Literal and folded scalars: every line loses the block's indentation.
    fn block(&mut self, raw: &str, start: usize) -> Option<()> {
        let indent = block_indent(raw, self.text);
        let mut at = start;
        let mut line_end = start;
        for line in raw.split('\n') {
            let content = line
                .get(indent..)
                .unwrap_or_default()
                .trim_end_matches('\r');
            if !content.is_empty() {
                self.folds(line_end, content)?;
                self.verbatim(content, at + indent)?;
                line_end = at + indent + content.len();
            }
            at += line.len() + 1;
        }
        self.skip_trailing(line_end);
        Some(())
    }

    fn skip_trailing(&mut self, file: usize) {
        self.run(file);
        while self.rest().starts_with([' ', '\n']) {
            self.at += 1;
        }
    }

    fn finish(mut self, done: Option<()>, span: Span, end: usize) -> TextMap {
        let complete = done.is_some() && self.at == self.text.len();
        if !complete {
            return TextMap {
                span,
                start: span.start,
                runs: vec![(1, span.end)],
            };
        }
        let start = match self.runs.first() {
            Some((0, _)) => self.runs.remove(0).1,
            _ => offset(end),
        };
        TextMap {
            span,
            start,
            runs: self.runs,
        }
    }
}

fn trim_line(line: &str, first: bool, last: bool) -> (&str, usize) {
    let line = line.trim_end_matches('\r');
    let started = if first {
        line
    } else {
        line.trim_start_matches([' ', '\t'])
    };
    let indent = line.len() - started.len();
    (
        if last {
            started
        } else {
            started.trim_end_matches([' ', '\t'])
        },
        indent,
    )
}

fn skip_blank(raw: &str, at: usize) -> usize {
    raw.get(at..).map_or(raw.len(), |rest| {
        at + rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len()
    })
}

fn breaks(blank: &str) -> usize {
    blank.bytes().filter(|b| *b == b'\n').count()
}

/// Length of the text before the next escape, break or blank.
fn plain_run(raw: &str) -> usize {
    let stop = |c: char| matches!(c, '\\' | ' ' | '\t' | '\n' | '\r');
    let first = raw.chars().next().map_or(0, char::len_utf8);
    raw.get(first..)
        .and_then(|rest| rest.find(stop))
        .map_or(raw.len(), |i| first + i)
}

/// The character of an escape, given what follows the backslash, and the bytes it takes there.
pub(super) fn unescape(after: &str) -> Option<(char, usize)> {
    let kind = after.chars().next()?;
    let hex = |digits: usize| {
        after
            .get(1..=digits)
            .and_then(|h| u32::from_str_radix(h, 16).ok())
    };
    let simple = match kind {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '/' | '\\' => kind,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return Some((char::from_u32(hex(2)?)?, 3)),
        'U' => return Some((char::from_u32(hex(8)?)?, 9)),
        'u' => {
            let high = hex(4)?;
            if let Some(made) = char::from_u32(high) {
                return Some((made, 5));
            }
            let low = u32::from_str_radix(after.get(7..11)?, 16).ok()?;
            let code = 0x10000 + ((high.checked_sub(0xd800)?) << 10) + low.checked_sub(0xdc00)?;
            return Some((char::from_u32(code)?, 11));
        }
        _ => return None,
    };
    Some((simple, kind.len_utf8()))
}

/// Blanks that the block's lines lose: what the first line with text has in the file and not in the text.
fn block_indent(raw: &str, text: &str) -> usize {
    let lead = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = |all: &str| {
        all.split('\n')
            .find(|line| !line.trim_end_matches('\r').trim_matches(' ').is_empty())
            .map(lead)
    };
    match (first(raw), first(text)) {
        (Some(file), Some(made)) => file.saturating_sub(made),
        _ => 0,
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

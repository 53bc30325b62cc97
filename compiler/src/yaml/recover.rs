//! Parsing that goes on after a syntax error.

use std::borrow::Cow;
use std::ops::Range;

use super::build::{self, Failure, Masked};
use super::{Node, bite, lines, syntax};
use crate::diag::codes::yaml as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::span::{FileId, Span};

/// Passes over one file. Each one but the last ends at a mistake.
const PASSES: usize = 48;
/// Bytes of one file.
const SIZE_LIMIT: usize = 16 << 20;

/// See [`super::parse`].
pub(super) fn parse(file: FileId, text: &str, sink: &mut Diagnostics) -> Option<Node> {
    if text.len() > SIZE_LIMIT {
        let message = format!(
            "the file has {} bytes; at most {SIZE_LIMIT} are read",
            text.len()
        );
        sink.push(Diagnostic::new(
            &codes::FILE_TOO_LARGE,
            Span::new(file, 0, 0),
            message,
        ));
        return None;
    }
    let mut source = Cow::Borrowed(text);
    let mut masked = Vec::new();
    let mut syntax_reported = false;
    for pass in 1..=PASSES {
        let mut found = Diagnostics::default();
        let built = build::build(file, text, &source, &masked, &mut found);
        let Some(failure) = built.failure else {
            sink.append(found);
            return built.root;
        };
        let at = |range: &Range<usize>| Span::new(file, offset(range.start), offset(range.end));
        if let Some(bite) = bite::find(&source, &failure) {
            sink.push(bite.diagnostic(text, at(&bite.range)));
            fill(source.to_mut(), &bite.range, 'x');
            let as_text = bite.is_text();
            masked.push(Masked {
                range: bite.range,
                as_text,
            });
        } else {
            let mistake = syntax::explain(file, text, &source, &failure);
            if !std::mem::replace(&mut syntax_reported, true) {
                sink.push(mistake.diagnostic);
            }
            let Some(mask) = mistake.mask.filter(|_| pass < PASSES) else {
                sink.append(found);
                return built.root.filter(|_| !mistake.fatal);
            };
            mask.apply(&mut source, &mut masked, &failure);
        }
    }
    None
}

/// How to get past a mistake: what is replaced by filler of the same length.
pub(super) enum Mask {
    /// Lines that hold any of these bytes become blank.
    Lines(Range<usize>),
    /// A value becomes unreadable.
    Value(Range<usize>),
    /// Tabs before the first character of every line become blanks.
    Tabs,
}

impl Mask {
    fn apply(self, source: &mut Cow<'_, str>, masked: &mut Vec<Masked>, failure: &Failure) {
        match self {
            Self::Value(range) => {
                fill(source.to_mut(), &range, 'x');
                masked.push(Masked {
                    range,
                    as_text: false,
                });
            }
            Self::Lines(range) => {
                let lines =
                    lines::line_start(source, range.start)..lines::line_end(source, range.end);
                // A line that is blank already cannot be what stops the parser: the one before it is.
                let blank = source
                    .get(lines.clone())
                    .is_none_or(|line| line.trim().is_empty());
                let start = if blank {
                    lines::line_start(source, failure.after)
                } else {
                    lines.start
                };
                fill(source.to_mut(), &(start.min(lines.end)..lines.end), ' ');
            }
            Self::Tabs => {
                let spaced = source
                    .split_inclusive('\n')
                    .map(untab_line)
                    .collect::<String>();
                *source = Cow::Owned(spaced);
            }
        }
    }
}

fn untab_line(line: &str) -> String {
    let content = line.trim_start_matches([' ', '\t']);
    format!("{}{content}", " ".repeat(line.len() - content.len()))
}

/// Replaces a range by a filler of as many bytes; line breaks stay where the filler is a blank.
fn fill(source: &mut String, range: &Range<usize>, filler: char) {
    let Some(old) = source.get(range.clone()) else {
        return;
    };
    let keep = |b: u8| filler == ' ' && b == b'\n';
    let new: String = old
        .bytes()
        .map(|b| if keep(b) { '\n' } else { filler })
        .collect();
    source.replace_range(range.clone(), &new);
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

//! Syntax errors that are no unquoted formula, in words an author understands.

use granit_parser::ErrorKind;

use super::build::Failure;
use super::lines;
use super::recover::Mask;
use crate::diag::codes::yaml as codes;
use crate::diag::{Code, Diagnostic};
use crate::span::{FileId, Span};

/// A syntax error and how to get past it.
pub(super) struct Mistake {
    /// The finding.
    pub(super) diagnostic: Diagnostic,
    /// What to hide before the next pass; `None` to stop.
    pub(super) mask: Option<Mask>,
    /// Whether the part that was read must not be used either.
    pub(super) fatal: bool,
}

/// Explains a failure. `source` is `text` with what earlier passes masked.
pub(super) fn explain(file: FileId, text: &str, source: &str, failure: &Failure) -> Mistake {
    let at = failure.at;
    let place = Place { file, text, source };
    match &failure.kind {
        Some(ErrorKind::RecursionLimitExceeded) => place.too_deep(at),
        Some(
            ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabNotAllowed
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart,
        ) => place.tab(at),
        Some(ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent) => {
            place.unclosed_quote(at, failure)
        }
        Some(
            ErrorKind::InvalidTrailingDoubleQuotedScalar
            | ErrorKind::InvalidTrailingSingleQuotedScalar,
        ) => place.unclosed_quote(failure.after, failure),
        Some(
            ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidUnicodeEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate,
        ) => place.escape(at),
        Some(ErrorKind::UnclosedFlowCollection { open }) => place.unclosed_flow(at, *open),
        Some(
            ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidColonPlacement,
        ) => place.flow(at, failure),
        Some(ErrorKind::MismatchedFlowCollectionEnd { open, close }) => {
            place.line(at, 1, format!("`{close}` closes what `{open}` opened"))
        }
        Some(ErrorKind::MisplacedFlowCollectionEnd) => {
            place.line(at, 1, "this bracket closes nothing".to_owned())
        }
        Some(_) => place
            .odd_quote(at)
            .unwrap_or_else(|| place.block(at, failure)),
        None => place.line(at, 1, "this value cannot be read".to_owned()),
    }
}

struct Place<'a> {
    file: FileId,
    text: &'a str,
    source: &'a str,
}

impl Place<'_> {
    fn span(&self, start: usize, len: usize) -> Span {
        let start = start.min(self.text.len());
        // The end lies on a character boundary of the original text.
        let end = (start + len..=self.text.len())
            .find(|end| self.text.is_char_boundary(*end))
            .unwrap_or(start);
        Span::new(self.file, offset(start), offset(end))
    }

    fn finding(
        &self,
        code: &'static Code,
        start: usize,
        len: usize,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(code, self.span(start, len), message)
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.source.get(start..end).unwrap_or_default()
    }

    /// A message about one line, which is then passed over.
    fn line(&self, at: usize, len: usize, message: String) -> Mistake {
        let diagnostic = self.finding(&codes::YAML_SYNTAX, at, len, message);
        Mistake {
            diagnostic,
            mask: Some(Mask::Lines(at..at)),
            fatal: false,
        }
    }

    fn too_deep(&self, at: usize) -> Mistake {
        let message = format!(
            "lists and maps are nested more than {} levels deep",
            super::anchors::DEPTH_LIMIT
        );
        Mistake {
            diagnostic: self.finding(&codes::TOO_DEEP, at, 1, message),
            mask: None,
            fatal: true,
        }
    }

    fn tab(&self, at: usize) -> Mistake {
        // A tab behind a plain scalar's line break is told at the scalar.
        let at = self
            .source
            .get(at..)
            .filter(|_| {
                !self
                    .slice(lines::line_start(self.source, at), at)
                    .contains('\t')
            })
            .and_then(|rest| rest.find('\t'))
            .map_or(at, |tab| at + tab);
        let start = lines::line_start(self.source, at);
        let line = self.slice(start, lines::line_end(self.source, at));
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let (mask, range) = if line.get(..indent).is_some_and(|i| i.contains('\t')) {
            let tab = line.find('\t').unwrap_or(0);
            (Mask::Tabs, start + tab..start + indent)
        } else {
            (Mask::Lines(at..at), at..at + 1)
        };
        let tabs = self.slice(range.start, range.end).matches('\t').count();
        let column = lines::expected_column(self.source, at)
            .and_then(|column| column.checked_sub(range.start - start))
            .filter(|_| range.end == start + indent);
        let spaces = column.map_or_else(|| "  ".repeat(tabs.max(1)), |n| " ".repeat(n));
        let diagnostic = self
            .finding(
                &codes::TAB_INDENTATION,
                range.start,
                range.len(),
                "a tab stands where YAML takes only spaces",
            )
            .fix(
                "replace the tab by spaces",
                self.span(range.start, range.len()),
                spaces,
            );
        Mistake {
            diagnostic,
            mask: Some(mask),
            fatal: false,
        }
    }

    /// `from`: the opening quote, or any place before it with no other value between.
    fn unclosed_quote(&self, from: usize, failure: &Failure) -> Mistake {
        let from = if self.slice(from, from + 1).starts_with(['"', '\'']) {
            from
        } else {
            failure.after
        };
        let Some(open) = self
            .source
            .get(from..)
            .and_then(|rest| rest.find(['"', '\'']))
            .map(|i| from + i)
        else {
            return self.block(failure.at, failure);
        };
        self.unclosed_at(open)
    }

    /// The quote at `open` is never closed on its line.
    fn unclosed_at(&self, open: usize) -> Mistake {
        let end = lines::line_end(self.source, open);
        let quote = self.slice(open, open + 1);
        let closing = self.slice(open, end).trim_end().len();
        let diagnostic = self
            .finding(
                &codes::YAML_SYNTAX,
                open,
                1,
                format!("the text that this `{quote}` opens does not end on its line"),
            )
            .fix("close the quote", self.span(open + closing, 0), quote);
        Mistake {
            diagnostic,
            mask: Some(Mask::Value(open..open + closing.max(1))),
            fatal: false,
        }
    }

    /// A quote on a line not far above that swallowed the lines up to here.
    fn odd_quote(&self, at: usize) -> Option<Mistake> {
        const FAR: usize = 30;
        let mut start = lines::line_start(self.source, at);
        for _ in 0..FAR {
            start = lines::line_before(self.source, start)?;
            let value = lines::block_line(self.source, start).value;
            let line = self.slice(value, lines::line_end(self.source, start));
            if line.starts_with(['"', '\'']) && lines::quoted_len(line).is_none() {
                return Some(self.unclosed_at(value));
            }
        }
        None
    }

    fn escape(&self, at: usize) -> Mistake {
        let rest = self.source.get(at..).unwrap_or_default();
        let len = lines::quoted_len(rest).unwrap_or(1);
        let bad = rest.get(..len).and_then(bad_escape).unwrap_or(0);
        let written: String = rest
            .chars()
            .skip(rest.get(..bad).map_or(0, |r| r.chars().count()))
            .take(2)
            .collect();
        let message = format!("`{written}` is not an escape of a double-quoted text");
        let diagnostic = self
            .finding(&codes::YAML_SYNTAX, at + bad, written.len(), message)
            .help("write `\\\\` for a backslash, or use single quotes, in which nothing is escaped")
            .fix("double the backslash", self.span(at + bad, 0), "\\");
        Mistake {
            diagnostic,
            mask: Some(Mask::Value(at..at + len)),
            fatal: false,
        }
    }

    fn unclosed_flow(&self, at: usize, open: char) -> Mistake {
        let end = lines::line_end(self.source, at);
        let close = if open == '{' { '}' } else { ']' };
        let diagnostic = self
            .finding(
                &codes::YAML_SYNTAX,
                at,
                1,
                format!("this `{open}` is never closed"),
            )
            .help(format!("close it with `{close}`"));
        let len = self.slice(at, end).trim_end().len();
        Mistake {
            diagnostic,
            mask: Some(Mask::Value(at..at + len.max(1))),
            fatal: false,
        }
    }

    fn flow(&self, at: usize, failure: &Failure) -> Mistake {
        let Some(open) = failure.flow else {
            return self.block(at, failure);
        };
        let bracket = self.slice(open, open + 1);
        let close = if bracket == "{" { "}" } else { "]" };
        let message = format!("a `,` or the closing `{close}` is missing before this");
        let end = lines::line_end(self.source, open);
        let len = self.slice(open, end).trim_end().len();
        let diagnostic = self
            .finding(&codes::YAML_SYNTAX, at, 1, message)
            .also(self.span(open, 1), format!("this `{bracket}` is open"));
        Mistake {
            diagnostic,
            mask: Some(Mask::Value(open..open + len.max(1))),
            fatal: false,
        }
    }

    /// Lines that do not fit together.
    fn block(&self, at: usize, failure: &Failure) -> Mistake {
        let start = lines::line_start(self.source, at);
        let lines_near = [at, failure.after, start.saturating_sub(1)];
        if let Some(mistake) = lines_near.into_iter().find_map(|at| self.missing_blank(at)) {
            return mistake;
        }
        let line = self.slice(start, lines::line_end(self.source, at));
        let content = start + line.len() - line.trim_start().len();
        let len = line.trim().len();
        let own = lines::block_line(self.source, at).indent;
        let before = lines::block_line(self.source, failure.after.min(start.saturating_sub(1)));
        let (message, help) = match &failure.kind {
            Some(ErrorKind::MappingValueNotAllowed) if own > before.indent => (
                "this line is indented as if it belonged to the value before it",
                "indent it like the keys it stands among",
            ),
            Some(ErrorKind::ExpectedBlockMappingKey | ErrorKind::SimpleKeyExpected) => (
                "a key with its `:` is expected here",
                "check the indentation, and that the key ends with `: `",
            ),
            Some(ErrorKind::ExpectedBlockSequenceEntry) => (
                "this line is no item of the list, and belongs to none",
                "indent the line under its item, or start it with `- `",
            ),
            Some(ErrorKind::InvalidIndentation) => (
                "the indentation fits no line above",
                "indent the line like the ones it stands among",
            ),
            _ => {
                let message = format!("this is not YAML: {}", failure.words);
                let diagnostic = self.finding(&codes::YAML_SYNTAX, at, 1, message);
                return Mistake {
                    diagnostic,
                    mask: Some(Mask::Lines(at..at)),
                    fatal: false,
                };
            }
        };
        let finding = self.finding(&codes::YAML_SYNTAX, content, len.max(1), message);
        let column = lines::expected_column(self.source, at)
            .filter(|column| *column != own && lines::key_len(line.trim()).is_some());
        let diagnostic = match column {
            Some(column) => finding.fix(
                format!("indent it by {column} spaces"),
                self.span(start, own),
                " ".repeat(column),
            ),
            None => finding.help(help),
        };
        Mistake {
            diagnostic,
            mask: Some(Mask::Lines(at..at)),
            fatal: false,
        }
    }

    /// `key:value` and `-item`.
    fn missing_blank(&self, at: usize) -> Option<Mistake> {
        let line = lines::block_line(self.source, at);
        let end = lines::line_end(self.source, at);
        let value = self.slice(line.value, end);
        let behind = if !line.introduced && value.starts_with('-') && !value.starts_with("--") {
            1
        } else if line.introduced && !value.is_empty() {
            return None;
        } else {
            let colon = value.find(':').filter(|i| {
                value
                    .get(i + 1..)
                    .is_some_and(|v| !v.is_empty() && !v.starts_with("//"))
            })?;
            value
                .get(..colon)
                .filter(|key| !key.contains(['"', '\'', '[', '(', '{', '#']))?;
            colon + 1
        };
        let place = line.value + behind;
        let sign = self.slice(place - 1, place);
        let diagnostic = self
            .finding(
                &codes::YAML_SYNTAX,
                line.value,
                behind,
                format!("a space is missing after `{sign}`"),
            )
            .fix("insert a space", self.span(place, 0), " ");
        Some(Mistake {
            diagnostic,
            mask: Some(Mask::Lines(line.value..line.value)),
            fatal: false,
        })
    }
}

/// Offset of the backslash of the first escape that is none.
fn bad_escape(quoted: &str) -> Option<usize> {
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            let (_, kind) = chars.next()?;
            let digits = match kind {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ if "0abt\tnvfre \"/\\N_LP\n\r".contains(kind) => 0,
                _ => return Some(at),
            };
            let hex: String = chars.clone().take(digits).map(|(_, c)| c).collect();
            let valid = hex.chars().count() == digits && hex.chars().all(|c| c.is_ascii_hexdigit());
            let code = u32::from_str_radix(&hex, 16).unwrap_or(0);
            if !valid || char::from_u32(code).is_none() {
                return Some(at);
            }
        }
    }
    None
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

//! Text to tokens, one at a time. Whitespace is skipped; brackets are left to the parser, which knows what may stand
//! there.

/// A token and its bytes in the formula text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum TokenKind {
    /// A number as written.
    Number,
    /// Digits with something stuck to them.
    BadNumber,
    /// A text literal; the value after unescaping.
    Text {
        value: String,
        closing: Closing,
        curly: bool,
        bad_escapes: Vec<usize>,
    },
    /// A word.
    Word,
    /// An operator or a mark, as written.
    Mark(&'static str),
    /// A character that means nothing.
    Unknown(char),
    /// The end of the text.
    End,
}

/// How a text literal ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Closing {
    /// With the quote that opened it.
    Quote,
    /// With the end of the formula.
    Missing,
}

/// Longest marks first. The typographic ones are understood to say what to write instead.
const MARKS: &[&str] = &[
    "==", "!=", "<>", "<=", ">=", "&&", "||", "=", "<", ">", "&", "+", "-", "*", "/", "%", "^",
    "(", ")", "[", "]", ",", ";", ".", "!", "\u{2212}", "\u{d7}", "\u{f7}", "\u{2264}", "\u{2265}",
    "\u{2260}",
];

/// The token at or behind byte `at`.
pub(super) fn next(text: &str, at: usize) -> Token {
    let rest = text.get(at..).unwrap_or_default();
    let trimmed =
        rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    let start = at + (rest.len() - trimmed.len());
    let Some(first) = trimmed.chars().next() else {
        return Token {
            kind: TokenKind::End,
            start: text.len(),
            end: text.len(),
        };
    };
    let second = trimmed.chars().nth(1);
    let (kind, length) =
        if first.is_ascii_digit() || (first == '.' && second.is_some_and(|c| c.is_ascii_digit())) {
            number(trimmed)
        } else if is_word_start(first) {
            (TokenKind::Word, word_length(trimmed))
        } else if let Some(quotes) = closing_quotes(first) {
            literal(trimmed, first, quotes)
        } else if let Some(mark) = MARKS.iter().find(|m| trimmed.starts_with(**m)) {
            (TokenKind::Mark(mark), mark.len())
        } else {
            (TokenKind::Unknown(first), first.len_utf8())
        };
    Token {
        kind,
        start,
        end: start + length,
    }
}

/// Whether a character may begin a word.
pub(super) fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len())
}

fn number(text: &str) -> (TokenKind, usize) {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes
            .iter()
            .skip(from)
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    let stuck = text.get(end..).unwrap_or_default();
    let extra = stuck
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
        .unwrap_or(stuck.len());
    if extra > 0 {
        (TokenKind::BadNumber, end + extra)
    } else {
        (TokenKind::Number, end)
    }
}

/// Quotes that end what a quote begins.
fn closing_quotes(open: char) -> Option<&'static [char]> {
    match open {
        '"' => Some(&['"']),
        '\'' => Some(&['\'']),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => {
            Some(&['\u{201c}', '\u{201d}', '\u{201f}', '"'])
        }
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' => {
            Some(&['\u{2018}', '\u{2019}', '\u{201b}', '\''])
        }
        _ => None,
    }
}

fn literal(text: &str, open: char, quotes: &[char]) -> (TokenKind, usize) {
    let mut value = String::new();
    let mut bad_escapes = Vec::new();
    let curly = !open.is_ascii();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            match chars.next() {
                Some((_, 'n')) => value.push('\n'),
                Some((_, 't')) => value.push('\t'),
                Some((_, 'r')) => value.push('\r'),
                Some((_, other)) => {
                    if other.is_alphanumeric() {
                        bad_escapes.push(at);
                    }
                    value.push(other);
                }
                None => break,
            }
        } else if quotes.contains(&c) {
            if !curly && chars.peek().is_some_and(|(_, next)| *next == c) {
                chars.next();
                value.push(c);
                continue;
            }
            let end = at + c.len_utf8();
            return (
                TokenKind::Text {
                    value,
                    closing: Closing::Quote,
                    curly,
                    bad_escapes,
                },
                end,
            );
        } else {
            value.push(c);
        }
    }
    (
        TokenKind::Text {
            value,
            closing: Closing::Missing,
            curly,
            bad_escapes,
        },
        text.len(),
    )
}

//! Splits CSV text into records (RFC 4180, commas, `\n` or `\r\n`).
//!
//! Usual readers do not tell `""` from nothing, and here the one is an empty text and the other Null.

use std::borrow::Cow;

/// A field of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field<'t> {
    /// Content without quotes.
    pub text: Cow<'t, str>,
    /// It was written in quotes.
    pub quoted: bool,
}

impl Field<'_> {
    /// Nothing was written.
    pub fn is_null(&self) -> bool {
        self.text.is_empty() && !self.quoted
    }
}

/// What is wrong with the text, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScanError {
    /// Line from 1.
    pub line: u64,
    /// A sentence without place.
    pub message: &'static str,
}

/// A position in a CSV text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scanner {
    at: usize,
    line: u64,
}

impl Scanner {
    /// The start of `text`, behind a byte-order mark.
    pub fn new(text: &str) -> Self {
        Self {
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            line: 1,
        }
    }

    /// Byte offset of the next record.
    pub fn position(self) -> usize {
        self.at
    }

    /// Reads the next record into `fields` and returns its first line, from 1; `None` at the end. Empty lines are
    /// skipped. `text` is the one the scanner was made for.
    ///
    /// # Errors
    /// When a quoted field is not closed, or something stands behind its closing quote.
    pub fn record<'t>(
        &mut self,
        text: &'t str,
        fields: &mut Vec<Field<'t>>,
    ) -> Result<Option<u64>, ScanError> {
        fields.clear();
        let bytes = text.as_bytes();
        while let Some(b'\n' | b'\r') = bytes.get(self.at) {
            self.line += u64::from(bytes.get(self.at) == Some(&b'\n'));
            self.at += 1;
        }
        if self.at >= bytes.len() {
            return Ok(None);
        }
        let first = self.line;
        loop {
            fields.push(if bytes.get(self.at) == Some(&b'"') {
                self.quoted(text)?
            } else {
                self.plain(text)
            });
            match bytes.get(self.at) {
                Some(b',') => self.at += 1,
                Some(b'\r') if bytes.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    break;
                }
                Some(b'\n' | b'\r') => {
                    self.at += 1;
                    break;
                }
                None => return Ok(Some(first)),
                Some(_) => {
                    return Err(ScanError {
                        line: self.line,
                        message: "text stands behind a closing quote",
                    });
                }
            }
        }
        self.line += 1;
        Ok(Some(first))
    }

    fn plain<'t>(&mut self, text: &'t str) -> Field<'t> {
        let rest = text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest
            .iter()
            .position(|byte| matches!(byte, b',' | b'\n' | b'\r'))
            .unwrap_or(rest.len());
        let field = text.get(self.at..self.at + length).unwrap_or_default();
        self.at += length;
        Field {
            text: Cow::Borrowed(field),
            quoted: false,
        }
    }

    fn quoted<'t>(&mut self, text: &'t str) -> Result<Field<'t>, ScanError> {
        let opened = self.line;
        self.at += 1;
        let mut content = Cow::Borrowed("");
        loop {
            let rest = text.as_bytes().get(self.at..).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| *byte == b'"') else {
                return Err(ScanError {
                    line: opened,
                    message: "a quoted field is not closed",
                });
            };
            let piece = text.get(self.at..self.at + length).unwrap_or_default();
            self.line += piece.bytes().filter(|byte| *byte == b'\n').count() as u64;
            content = if content.is_empty() {
                Cow::Borrowed(piece)
            } else {
                Cow::Owned(content.into_owned() + piece)
            };
            self.at += length + 1;
            if rest.get(length + 1) != Some(&b'"') {
                return Ok(Field {
                    text: content,
                    quoted: true,
                });
            }
            content.to_mut().push('"');
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<(u64, Vec<String>)>, ScanError> {
        let mut scanner = Scanner::new(text);
        let (mut out, mut fields) = (Vec::new(), Vec::new());
        while let Some(line) = scanner.record(text, &mut fields)? {
            let show = |f: &Field<'_>| {
                if f.is_null() {
                    "NULL".to_owned()
                } else {
                    format!("[{}]", f.text)
                }
            };
            out.push((line, fields.iter().map(show).collect()));
        }
        Ok(out)
    }

    #[test]
    fn records_are_split_as_written() {
        type Records<'a> = &'a [(u64, &'a [&'a str])];
        let cases: [(&str, Records<'_>); 8] = [
            ("a,b\n1,2\n", &[(1, &["[a]", "[b]"]), (2, &["[1]", "[2]"])]),
            (
                "a,b\r\n1,\r\n",
                &[(1, &["[a]", "[b]"]), (2, &["[1]", "NULL"])],
            ),
            ("\u{feff}a", &[(1, &["[a]"])]),
            ("a,\"\",", &[(1, &["[a]", "[]", "NULL"])]),
            ("\"x \"\"y\"\", z\",2", &[(1, &["[x \"y\", z]", "[2]"])]),
            (
                "\"one\ntwo\",b\nc,d",
                &[(1, &["[one\ntwo]", "[b]"]), (3, &["[c]", "[d]"])],
            ),
            ("a\n\n\nb", &[(1, &["[a]"]), (4, &["[b]"])]),
            ("\"\"\"\"", &[(1, &["[\"]"])]),
        ];
        for (text, expected) in cases {
            let expected: Vec<(u64, Vec<String>)> = expected
                .iter()
                .map(|(l, f)| (*l, f.iter().map(|s| (*s).to_owned()).collect()))
                .collect();
            assert_eq!(all(text), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn broken_quotes_are_told_with_their_line() {
        assert_eq!(all("a\n\"b").unwrap_err().line, 2);
        assert_eq!(
            all("a\n\"b\"c").unwrap_err(),
            ScanError {
                line: 2,
                message: "text stands behind a closing quote"
            }
        );
    }
}

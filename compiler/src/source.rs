//! The texts a compilation has read, and positions in them as people count.

use std::sync::Arc;

use crate::span::{FileId, Span};

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path relative to the project folder, with `/`; never absolute.
    pub path: String,
    /// The whole text, as UTF-8, byte-order mark and line ends as they were.
    pub text: Arc<str>,
    /// Byte offset of the start of each line; the first is 0.
    line_starts: Vec<u32>,
}

/// A position as people and editors count it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

impl SourceFile {
    fn new(path: String, text: Arc<str>) -> Self {
        let mut line_starts = vec![0];
        line_starts.extend(
            text.bytes()
                .enumerate()
                .filter(|(_, b)| *b == b'\n')
                .map(|(i, _)| offset(i) + 1),
        );
        Self {
            path,
            text,
            line_starts,
        }
    }

    /// Position of a byte offset; offsets past the end give the end.
    pub fn position(&self, byte: u32) -> Position {
        let byte = byte.min(offset(self.text.len()));
        let line = self.line_starts.partition_point(|start| *start <= byte) - 1;
        let start = self.line_starts[line] as usize;
        let before = self.text.get(start..byte as usize).unwrap_or_default();
        let before = if line == 0 {
            before.strip_prefix('\u{feff}').unwrap_or(before)
        } else {
            before
        };
        Position {
            line: offset(line) + 1,
            column: offset(before.chars().count()) + 1,
        }
    }
}

impl SourceFile {
    /// Byte offset of a line and a column, both from 1; the end of the text for a line that it does not have.
    pub fn offset(&self, line: u32, column: u32) -> u32 {
        let Some(start) = self.line_starts.get(line.saturating_sub(1) as usize) else {
            return offset(self.text.len());
        };
        let rest = self.text.get(*start as usize..).unwrap_or_default();
        let mark = if line == 1 && rest.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let within = rest.get(mark..).unwrap_or_default().char_indices();
        let within = within
            .take_while(|(_, c)| *c != '\n')
            .take(column.saturating_sub(1) as usize)
            .last()
            .map_or(0, |(at, c)| at + c.len_utf8());
        start + offset(mark + within)
    }
}

/// All files of a compilation. A [`FileId`] indexes it.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file and returns its id. The same path added twice gives two files.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.files.push(SourceFile::new(path.into(), text.into()));
        FileId(offset(self.files.len() - 1))
    }

    /// Puts a folder before every path: for files of several projects side by side.
    pub fn beneath(&mut self, folder: &str) {
        for file in &mut self.files {
            file.path = format!("{folder}/{}", file.path);
        }
    }

    /// The file of an id made by this map.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file)
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// All files, in the order they were added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(i, f)| (FileId(offset(i)), f))
    }
}

/// Byte counts are kept in 32 bits; the reader refuses larger files.
fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_skip_the_byte_order_mark() {
        let mut map = SourceMap::default();
        let id = map.add("a.yaml", "\u{feff}é: x\r\nb: 😀y\n");
        let file = map.file(id);
        assert_eq!(file.position(3), Position { line: 1, column: 1 });
        assert_eq!(file.position(7), Position { line: 1, column: 4 });
        let y = offset(file.text.find('y').unwrap());
        assert_eq!(file.position(y), Position { line: 2, column: 5 });
        assert_eq!(file.position(9999), Position { line: 3, column: 1 });
        for at in [3, 7, y] {
            let position = file.position(at);
            assert_eq!(file.offset(position.line, position.column), at);
        }
        assert_eq!(file.offset(9, 1), offset(file.text.len()));
    }
}

//! Custom SQL as text: which names in it are tables of the catalog.
//!
//! Only names behind `FROM`, `JOIN` or a comma of such a list are looked at, and only dotted ones: a bare name may be a
//! common table expression, and `alias.column` stands elsewhere. Strings, quoted names and comments are passed over.

/// A piece of a statement.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Piece<'t> {
    /// Text as it is.
    Text(&'t str),
    /// A dotted name where a table is expected, by its segments.
    Table(Vec<String>, &'t str),
}

/// Splits a statement at its dotted table names.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut expected = false;
    let mut at = 0;
    while let Some(token) = next(text, at, Quoting::Standard) {
        let word = text.get(token.start..token.end).unwrap_or_default();
        if token.name {
            let path: Vec<String> = word.split('.').map(str::to_owned).collect();
            if expected && path.len() > 1 {
                pieces.push(Piece::Text(text.get(done..token.start).unwrap_or_default()));
                pieces.push(Piece::Table(path, word));
                done = token.end;
            }
            expected = ["from", "join"]
                .iter()
                .any(|k| word.eq_ignore_ascii_case(k));
        } else if word != "," {
            expected = false;
        } else {
            // `from a.b, c.d`: the comma goes on with tables when a table stood before it.
            expected = matches!(pieces.last(), Some(Piece::Table(..)))
                && text
                    .get(done..token.start)
                    .is_some_and(|t| !t.contains('('));
        }
        at = token.end;
    }
    pieces.push(Piece::Text(text.get(done..).unwrap_or_default()));
    pieces
}

/// Where a text in quotes ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Quoting {
    /// At its quote; two of them are one.
    Standard,
    /// At its quote, unless a backslash stands before it.
    Backslash,
}

/// What a place in a statement is part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Inside {
    Code,
    Quotes,
    Comment,
}

/// What the end of an unfinished statement is part of.
pub(super) fn inside(text: &str) -> Inside {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let comment = matches!(
            (byte, bytes.get(at + 1)),
            (b'-', Some(b'-')) | (b'/', Some(b'*'))
        );
        let Some((end, closed)) = passed_over(text, at, Quoting::Standard) else {
            at += 1;
            continue;
        };
        if !closed {
            return if comment {
                Inside::Comment
            } else {
                Inside::Quotes
            };
        }
        at = end;
    }
    Inside::Code
}

/// A statement without the semicolons and comments behind it.
pub(super) fn trimmed(text: &str) -> &str {
    let mut at = 0;
    let mut end = 0;
    while let Some(token) = next(text, at, Quoting::Standard) {
        // What stands between two tokens that are kept may be a text in quotes.
        if text.get(token.start..token.end) != Some(";") {
            end = token.end;
        }
        at = token.end;
    }
    let mut at = end;
    while at < text.len() {
        match passed_over(text, at, Quoting::Standard) {
            Some((behind, _)) => {
                if matches!(text.as_bytes()[at], b'\'' | b'"' | b'`' | b'$') {
                    end = behind;
                }
                at = behind;
            }
            None => at += 1,
        }
    }
    text.get(..end).unwrap_or(text)
}

pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// A bare, possibly dotted name.
    name: bool,
}

/// The end of the string, quoted name or comment that begins at a byte, and whether it ends at all.
fn passed_over(text: &str, at: usize, quoting: Quoting) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let byte = *bytes.get(at)?;
    let rest = bytes.get(at + 1).copied();
    let until = |from: usize, mark: &[u8]| {
        let end = end_of(bytes, from, mark);
        (end.unwrap_or(bytes.len()), end.is_some())
    };
    match byte {
        b'\'' | b'"' | b'`' if quoting == Quoting::Backslash => {
            let mut end = at + 1;
            while let Some(inner) = bytes.get(end) {
                match inner {
                    b'\\' => end += 2,
                    inner if *inner == byte => return Some((end + 1, true)),
                    _ => end += 1,
                }
            }
            Some((bytes.len(), false))
        }
        b'\'' | b'"' | b'`' => Some(until(at + 1, &[byte])),
        b'-' if rest == Some(b'-') => Some(until(at, b"\n")),
        b'/' if rest == Some(b'*') => Some(until(at + 2, b"*/")),
        b'$' => {
            let tag = bytes
                .get(at + 1..)?
                .iter()
                .take_while(|b| is_name(**b))
                .count();
            let mark = bytes.get(at..at + tag + 2)?;
            (mark.last() == Some(&b'$')).then(|| until(at + mark.len(), mark))
        }
        _ => None,
    }
}

/// The next token from byte `at`, blanks, strings, quoted names and comments left out.
pub(super) fn next(text: &str, mut at: usize, quoting: Quoting) -> Option<Token> {
    let bytes = text.as_bytes();
    loop {
        let byte = *bytes.get(at)?;
        if let Some((end, _)) = passed_over(text, at, quoting) {
            at = end;
            continue;
        }
        at = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => at + 1,
            _ if is_name(byte) => {
                let mut end = at;
                while bytes
                    .get(end)
                    .is_some_and(|b| is_name(*b) || b.is_ascii_digit() || *b == b'.')
                {
                    end += 1;
                }
                return Some(Token {
                    start: at,
                    end,
                    name: true,
                });
            }
            _ => {
                let width = text
                    .get(at..)
                    .and_then(|t| t.chars().next())
                    .map_or(1, char::len_utf8);
                return Some(Token {
                    start: at,
                    end: at + width,
                    name: false,
                });
            }
        };
    }
}

/// The byte behind the next `mark`.
fn end_of(bytes: &[u8], from: usize, mark: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..).unwrap_or_default();
    let found = rest.windows(mark.len()).position(|w| w == mark);
    found.map(|i| from + i + mark.len())
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(text: &str) -> Vec<String> {
        let pieces = pieces(text);
        let whole: String = pieces
            .iter()
            .map(|p| match p {
                Piece::Text(t) | Piece::Table(_, t) => *t,
            })
            .collect();
        assert_eq!(whole, text);
        pieces
            .into_iter()
            .filter_map(|p| match p {
                Piece::Table(path, _) => Some(path.join("/")),
                Piece::Text(_) => None,
            })
            .collect()
    }

    #[test]
    fn what_follows_a_query_is_cut_off() {
        for (text, kept) in [
            ("select 1 ; -- done", "select 1"),
            ("select 'a;b' /* c */ ;;", "select 'a;b'"),
            ("select a from \"t\" -- x", "select a from \"t\""),
            ("select $$;$$;", "select $$;$$"),
            ("select 1 -- a\n + 2", "select 1 -- a\n + 2"),
            (" in (1) /* ' */ ", " in (1)"),
        ] {
            assert_eq!(trimmed(text), kept);
        }
    }

    #[test]
    fn a_place_is_code_quotes_or_a_comment() {
        for (text, place) in [
            ("select ", Inside::Code),
            ("select 'a' || ", Inside::Code),
            ("select 'a", Inside::Quotes),
            ("select \"a", Inside::Quotes),
            ("select 1 -- a", Inside::Comment),
            ("select 1 -- a\n", Inside::Code),
            ("select /* '", Inside::Comment),
            ("select $$ a", Inside::Quotes),
        ] {
            assert_eq!(inside(text), place, "{text}");
        }
    }

    #[test]
    fn dotted_names_behind_from_and_join_are_tables() {
        assert_eq!(
            tables("select e.at from growth.events e join growth.team as t on t.id = e.id"),
            ["growth/events", "growth/team"]
        );
        assert_eq!(
            tables("select 1 from a.b, c.d where x.y = 'from e.f'"),
            ["a/b", "c/d"]
        );
        assert_eq!(
            tables("with x as (select * from events) select * from x -- from a.b\n"),
            Vec::<String>::new()
        );
        assert_eq!(
            tables("select coalesce(a.b, c.d) from \"growth.events\""),
            Vec::<String>::new()
        );
        assert_eq!(tables("select 'ü' from größe.ä"), ["größe/ä"]);
    }
}

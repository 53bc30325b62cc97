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
    while let Some(token) = next(text, at) {
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

struct Token {
    start: usize,
    end: usize,
    /// A bare, possibly dotted name.
    name: bool,
}

/// The next token from byte `at`, blanks, strings, quoted names and comments left out.
fn next(text: &str, mut at: usize) -> Option<Token> {
    let bytes = text.as_bytes();
    loop {
        let byte = *bytes.get(at)?;
        let rest = bytes.get(at + 1).copied();
        at = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => at + 1,
            b'\'' | b'"' | b'`' => end_of(bytes, at + 1, &[byte]),
            b'-' if rest == Some(b'-') => end_of(bytes, at, b"\n"),
            b'/' if rest == Some(b'*') => end_of(bytes, at + 2, b"*/"),
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

/// The byte behind the next `mark`, or the end.
fn end_of(bytes: &[u8], from: usize, mark: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.windows(mark.len())
        .position(|w| w == mark)
        .map_or(bytes.len(), |i| from + i + mark.len())
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

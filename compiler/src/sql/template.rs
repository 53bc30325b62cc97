//! Fills the templates of the function registry.

use std::borrow::Cow;

use super::tree::{Expr, Piece};

/// What named holes stand for.
pub(super) trait Names {
    /// SQL of `{name}`; `None` when there is no such name.
    fn named(&self, name: &str) -> Option<Expr>;
}

/// A template with its holes filled; `None` when a hole needs an argument that the call does not have.
pub(super) fn fill(template: &'static str, args: &[Expr], names: &dyn Names) -> Option<Expr> {
    let mut pieces = Vec::new();
    fill_text(&mut pieces, template, args, names)?;
    match pieces.pop() {
        Some(Piece::Expr(only)) if pieces.is_empty() => Some(only),
        Some(last) => {
            pieces.push(last);
            Some(Expr::Template(pieces))
        }
        None => None,
    }
}

fn fill_text(
    pieces: &mut Vec<Piece>,
    template: &'static str,
    args: &[Expr],
    names: &dyn Names,
) -> Option<()> {
    let mut rest = template;
    while let Some((text, behind)) = rest.split_once('{') {
        push_text(pieces, text);
        let (hole, behind) = behind.split_at_checked(closing(behind)?)?;
        fill_hole(pieces, hole, args, names)?;
        rest = behind.strip_prefix('}')?;
    }
    push_text(pieces, rest);
    Some(())
}

/// Where the brace that ends a hole stands: the text for an absent argument may have holes of its own.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
        None
    })
}

fn fill_hole(
    pieces: &mut Vec<Piece>,
    hole: &'static str,
    args: &[Expr],
    names: &dyn Names,
) -> Option<()> {
    let digits = hole
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(hole.len());
    let (digits, rule) = hole.split_at_checked(digits)?;
    let Ok(index) = digits.parse::<usize>() else {
        pieces.push(Piece::Expr(names.named(hole)?));
        return Some(());
    };
    if rule.is_empty() {
        pieces.push(Piece::Expr(args.get(index)?.clone()));
    } else if let Some(absent) = rule.strip_prefix('?') {
        match args.get(index) {
            Some(arg) => pieces.push(Piece::Expr(arg.clone())),
            None => fill_text(pieces, absent, args, names)?,
        }
    } else {
        let rule = rule.strip_prefix("..")?;
        let separator = rule.strip_prefix(':').unwrap_or(", ");
        for (position, arg) in args.get(index..)?.iter().enumerate() {
            if position > 0 {
                push_text(pieces, separator);
            }
            pieces.push(Piece::Expr(arg.clone()));
        }
    }
    Some(())
}

fn push_text(pieces: &mut Vec<Piece>, text: &'static str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(Cow::Borrowed(text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Today;

    impl Names for Today {
        fn named(&self, name: &str) -> Option<Expr> {
            (name == "today").then(|| Expr::word("TODAY"))
        }
    }

    fn filled(template: &'static str) -> Option<String> {
        let args = [Expr::word("a"), Expr::word("b")];
        let text = |piece: &Piece| match piece {
            Piece::Text(text) | Piece::Expr(Expr::Word(text)) => text.to_string(),
            Piece::Expr(other) => format!("{other:?}"),
        };
        Some(match fill(template, &args, &Today)? {
            Expr::Template(pieces) => pieces.iter().map(text).collect(),
            only => text(&Piece::Expr(only)),
        })
    }

    #[test]
    fn holes_take_arguments_names_and_defaults() {
        let cases = [
            ("{0}", Some("a")),
            ("f({1}, {0})", Some("f(b, a)")),
            ("f({0..})", Some("f(a, b)")),
            ("({0..: || })", Some("(a || b)")),
            ("f({1?x}, {2?NULL})", Some("f(b, NULL)")),
            ("f({0}, {2?{today}})", Some("f(a, TODAY)")),
            ("f({2})", None),
            ("f({zone})", None),
            ("f({0", None),
        ];
        for (template, expected) in cases {
            assert_eq!(filled(template).as_deref(), expected, "{template}");
        }
    }
}

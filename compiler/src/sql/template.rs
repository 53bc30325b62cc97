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
    let mut rest = template;
    while let Some((text, behind)) = rest.split_once('{') {
        push_text(&mut pieces, text);
        let (hole, behind) = behind.split_once('}')?;
        fill_hole(&mut pieces, hole, args, names)?;
        rest = behind;
    }
    push_text(&mut pieces, rest);
    match pieces.pop() {
        Some(Piece::Expr(only)) if pieces.is_empty() => Some(only),
        Some(last) => {
            pieces.push(last);
            Some(Expr::Template(pieces))
        }
        None => None,
    }
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
    let Some((Ok(index), rule)) = hole
        .split_at_checked(digits)
        .map(|(digits, rule)| (digits.parse::<usize>(), rule))
    else {
        pieces.push(Piece::Expr(names.named(hole)?));
        return Some(());
    };
    if rule.is_empty() {
        pieces.push(Piece::Expr(args.get(index)?.clone()));
    } else if let Some(absent) = rule.strip_prefix('?') {
        match args.get(index) {
            Some(arg) => pieces.push(Piece::Expr(arg.clone())),
            None => push_text(pieces, absent),
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

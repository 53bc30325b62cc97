//! Names that documents leave out, and names that our language can have.

use bookwright_compiler::formula::ast::{Expr, ExprKind};

/// The name the platform gives a column without one: that of the column it shows, `Month of Date`, `Sum of Cost`, else
/// the text of its formula.
pub(super) fn inferred(formula: &str, tree: Option<&Expr>) -> String {
    tree.and_then(of_tree).unwrap_or_else(|| formula.to_owned())
}

fn of_tree(tree: &Expr) -> Option<String> {
    match &tree.kind {
        ExprKind::Reference(reference) => {
            Some(unnumbered(&reference.segments.last()?.0).to_owned())
        }
        ExprKind::Call { name, args, .. } => match args.as_slice() {
            [unit, date] if name.eq_ignore_ascii_case("DateTrunc") => {
                let of = of_tree(date)?;
                match &unit.kind {
                    ExprKind::Text(unit) => Some(format!("{} of {of}", capital(unit))),
                    _ => None,
                }
            }
            [arg] => Some(format!("{name} of {}", of_tree(arg)?)),
            _ => None,
        },
        _ => None,
    }
}

/// A name without the number that told it from an equal one: the column that shows it begins anew.
fn unnumbered(name: &str) -> &str {
    let cut = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once(" ("));
    match cut {
        Some((name, number)) if number.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => name,
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect()
}

/// A name without what a name may not hold.
pub(super) fn plain(name: &str) -> String {
    let held = name.replace(['/', '[', ']'], " ");
    match held.trim() {
        "" => "Unnamed".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}

/// How names are compared where letter case, `_` and blanks do not matter.
pub(super) fn folded(name: &str) -> String {
    name.replace('_', " ").to_lowercase()
}

/// The name, or the name with the first number behind it that none of the taken ones has.
pub(super) fn unique(name: &str, taken: &mut Vec<String>) -> String {
    let free = |name: &String, taken: &[String]| !taken.contains(&folded(name));
    let numbered = (1..).map(|n| format!("{name} ({n})"));
    let chosen = std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|name| free(name, taken))
        .unwrap_or_default();
    taken.push(folded(&chosen));
    chosen
}

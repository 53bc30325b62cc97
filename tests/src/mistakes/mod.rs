//! Mistakes made on purpose: a valid workbook, one slip in it, the place that must be told, and what was meant.

pub mod random;
pub mod tree;

mod formulas;
mod names;
mod structure;
mod text;

use std::ops::Range;

use self::random::Random;
use self::tree::{Tree, tree};

/// A workbook with one mistake.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// What kind of slip.
    pub kind: &'static str,
    /// The broken workbook.
    pub broken: String,
    /// Bytes of `broken` that the finding must point at.
    pub place: Range<usize>,
}

/// A slip that could be made in a text.
#[derive(Clone, Debug)]
pub(crate) struct Slip {
    /// What is replaced.
    range: Range<usize>,
    /// By what.
    new: String,
    /// What must be told, in the text that comes out.
    place: Range<usize>,
}

impl Slip {
    /// Replaces a range; the replacement is what must be told.
    fn told_whole(range: Range<usize>, new: impl Into<String>) -> Self {
        let new = new.into();
        let place = range.start..range.start + new.len();
        Self { range, new, place }
    }

    /// Replaces a range; something else must be told.
    fn told_at(range: Range<usize>, new: impl Into<String>, place: Range<usize>) -> Self {
        Self {
            range,
            new: new.into(),
            place,
        }
    }
}

/// A workbook to make mistakes in.
pub(crate) struct Ground<'t> {
    text: &'t str,
    tree: Tree,
}

impl Ground<'_> {
    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Names of the entries below a top-level key, as `queries`.
    fn names_below(&self, parent: &str) -> Vec<&str> {
        let entries = self.tree.entries.iter();
        entries
            .filter(|entry| entry.parent == parent && !entry.in_item)
            .map(|entry| entry.key.as_str())
            .collect()
    }

    /// A misspelt word that is no name of the workbook.
    fn misspelt(&self, random: &mut Random, word: &str) -> String {
        loop {
            let slip = random.slip(word);
            let names = self.tree.entries.iter().map(|entry| entry.key.as_str());
            let known = names.map(folded).any(|name| name == folded(&slip));
            if !known && slip != word {
                return slip;
            }
        }
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('_', " ")
}

/// A kind of mistake: every place where it could be made.
type Maker = fn(&Ground<'_>, &mut Random) -> Vec<Slip>;

/// Every kind of mistake.
const KINDS: &[(&str, Maker)] = &[
    ("misspelt key", structure::misspelt_key),
    ("misspelt kind", structure::misspelt_kind),
    ("misspelt effect", structure::misspelt_effect),
    ("wrong word", structure::wrong_word),
    ("missing key", structure::missing_key),
    ("wrong kind of value", structure::wrong_value),
    ("missing where", structure::missing_where),
    ("overlap", structure::overlap),
    ("too wide", structure::too_wide),
    ("misspelt colour", structure::misspelt_colour),
    ("misspelt column", names::column),
    ("column in other case", names::column_case),
    ("misspelt prefix", names::prefix),
    ("misspelt path", names::path),
    ("misspelt element", names::element),
    ("misspelt control", names::control),
    ("misspelt overlay", names::place),
    ("misspelt action", names::action),
    ("misspelt table", names::table),
    ("misspelt function", formulas::function),
    ("double equals", formulas::double_equals),
    ("ampersands", formulas::ampersands),
    ("unclosed bracket", formulas::unclosed_bracket),
    ("unclosed parenthesis", formulas::unclosed_parenthesis),
    ("unclosed text", formulas::unclosed_text),
    ("swapped arguments", formulas::swapped),
    ("surplus argument", formulas::surplus),
    ("lacking argument", formulas::lacking),
    ("number as condition", formulas::number_as_condition),
    ("semicolons", formulas::semicolon),
    ("wrong date unit", formulas::date_unit),
    ("unquoted formula", text::unquoted),
    ("unclosed quote", text::unclosed_quote),
    ("indentation", text::indentation),
    ("tab", text::tab),
    ("duplicate key", text::duplicate_key),
    ("no blank after colon", text::no_blank),
];

/// Mistakes in one workbook, at most `each` of every kind. The same seed gives the same ones.
pub fn mistakes(text: &str, each: usize, seed: u64) -> Vec<Mistake> {
    let ground = Ground {
        text,
        tree: tree(text),
    };
    let mut made = Vec::new();
    for (number, (kind, maker)) in KINDS.iter().enumerate() {
        let mut random = Random::new(seed ^ ((number as u64) << 32));
        let slips = maker(&ground, &mut random);
        for slip in random.some(slips, each) {
            let mut broken = text.to_owned();
            broken.replace_range(slip.range, &slip.new);
            made.push(Mistake {
                kind,
                broken,
                place: slip.place,
            });
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_mistakes() {
        let text = "queries:\n  A:\n    table: T\n    columns:\n      B: \"Sum([C])\"\n";
        let broken = |seed| {
            mistakes(text, 2, seed)
                .into_iter()
                .map(|m| m.broken)
                .collect::<Vec<_>>()
        };
        assert_eq!(broken(1), broken(1));
        assert!(broken(1).iter().all(|b| b != text));
        assert!(broken(1).len() > 5);
    }
}

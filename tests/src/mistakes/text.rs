//! Slips in YAML itself.

use std::ops::Range;

use bookwright_compiler::yaml::Style;

use super::random::Random;
use super::tree::Entry;
use super::{Ground, Slip};

/// The line that holds a byte, with its break.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |i| i + 1);
    let len = text
        .get(start..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len() - start, |i| i + 1);
    start..start + len
}

/// A formula that starts with `[`, without its quotes.
pub(super) fn unquoted(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let formulas = ground.tree.formulas.iter();
    formulas
        .filter(|formula| formula.style == Style::Double)
        .filter(|formula| ground.slice(&formula.inside).starts_with('['))
        .map(|formula| {
            let raw = ground.slice(&formula.inside).to_owned();
            Slip::told_whole(formula.whole.clone(), raw)
        })
        .collect()
}

/// Entries of block maps on a line of their own, with a plain or quoted value behind the key.
fn simple<'g>(ground: &'g Ground<'_>) -> impl Iterator<Item = &'g Entry> {
    ground.tree.entries.iter().filter(|entry| {
        let line = line_of(ground.text, entry.at.start);
        let alone = ground
            .text
            .get(line.start..entry.at.start)
            .is_some_and(|before| before.trim().is_empty());
        let scalar = matches!(
            entry.style,
            Some(Style::Plain | Style::Single | Style::Double)
        );
        let last = ground
            .text
            .get(entry.value.end..line.end)
            .is_some_and(|after| after.trim().is_empty());
        !entry.in_flow && alone && scalar && last && !entry.value.is_empty()
    })
}

/// Whether an entry follows a simple one of its own map on the line above, and one of the map follows it.
fn in_the_middle(ground: &Ground<'_>, entry: &Entry) -> bool {
    let line = line_of(ground.text, entry.at.start);
    let indent = entry.at.start - line.start;
    let key = |range: Range<usize>| {
        let text = ground.slice(&range);
        let content = text.trim_start().trim_start_matches("- ");
        let simple = content.contains(": ") && !content.trim_end().ends_with(['>', '|', '-']);
        (text.len() - content.len(), simple)
    };
    let above = line.start > 0 && key(line_of(ground.text, line.start - 1)) == (indent, true);
    let below = line.end < ground.text.len() && key(line_of(ground.text, line.end)).0 == indent;
    above && below && entry.at != entry.first
}

/// `"[Amount]`
pub(super) fn unclosed_quote(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    simple(ground)
        .filter(|entry| entry.style == Some(Style::Double))
        .map(|entry| {
            let (start, end) = (entry.value.start, entry.value.end);
            Slip::told_at(end - 1..end, "", start..start + 1)
        })
        .collect()
}

/// A line that stands one blank to the right or to the left.
pub(super) fn indentation(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    let entries = simple(ground).filter(|entry| in_the_middle(ground, entry));
    entries
        .map(|entry| {
            let (at, end) = (entry.at.start, entry.value.end);
            if random.below(2) == 0 {
                Slip::told_at(at..at, " ", at + 1..end + 1)
            } else {
                Slip::told_at(at - 1..at, "", at - 1..end - 1)
            }
        })
        .collect()
}

/// A line indented with a tab.
pub(super) fn tab(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    simple(ground)
        .filter(|entry| in_the_middle(ground, entry))
        .map(|entry| {
            let line = line_of(ground.text, entry.at.start);
            Slip::told_whole(line.start..entry.at.start, "\t")
        })
        .collect()
}

/// A line that stands twice.
pub(super) fn duplicate_key(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    simple(ground)
        .map(|entry| {
            let line = line_of(ground.text, entry.at.start);
            let copy = ground.slice(&line).to_owned();
            let key = line.end + entry.at.start - line.start;
            Slip::told_at(line.end..line.end, copy, key..key + entry.at.len())
        })
        .collect()
}

/// `type:bar`
pub(super) fn no_blank(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    simple(ground)
        .filter(|entry| entry.style == Some(Style::Plain) && in_the_middle(ground, entry))
        .map(|entry| {
            let colon = entry.at.end + 1;
            Slip::told_at(colon..entry.value.start, "", entry.at.start..colon)
        })
        .collect()
}

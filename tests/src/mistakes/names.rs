//! Slips in names.

use std::ops::Range;

use super::random::Random;
use super::{Ground, Slip};

/// A bracketed name in a formula: its segments.
fn references(ground: &Ground<'_>) -> Vec<Vec<Range<usize>>> {
    let mut found = Vec::new();
    for formula in &ground.tree.formulas {
        let raw = ground.slice(&formula.inside);
        for (open, _) in raw.match_indices('[') {
            let Some(len) = raw.get(open..).and_then(|rest| rest.find(']')) else {
                continue;
            };
            let mut at = formula.inside.start + open + 1;
            let name = raw.get(open + 1..open + len).unwrap_or_default();
            let mut segments = Vec::new();
            for part in name.split('/') {
                segments.push(at..at + part.len());
                at += part.len() + 1;
            }
            found.push(segments);
        }
    }
    found
}

fn is_control(ground: &Ground<'_>, segments: &[Range<usize>]) -> bool {
    let names: Vec<&str> = segments.iter().map(|s| ground.slice(s)).collect();
    match names.as_slice() {
        [name] => ground.names_below("controls").contains(name),
        [prefix, _] => *prefix == "Controls",
        _ => false,
    }
}

fn columns(ground: &Ground<'_>) -> impl Iterator<Item = Range<usize>> {
    references(ground)
        .into_iter()
        .filter(|segments| {
            let prefix = segments.first().map(|s| ground.slice(s));
            !is_control(ground, segments) && prefix != Some("Custom SQL")
        })
        .filter_map(|segments| segments.last().cloned())
}

/// `[Amont]`
pub(super) fn column(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    columns(ground)
        .map(|at| Slip::told_whole(at.clone(), ground.misspelt(random, ground.slice(&at))))
        .collect()
}

/// `[amount]`; warehouse columns, in capitals, are known in any case.
pub(super) fn column_case(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let mixed = |name: &str| name.to_uppercase() != name;
    columns(ground)
        .filter(|at| mixed(ground.slice(at)))
        .map(|at| (at.clone(), ground.slice(&at).to_lowercase()))
        .filter(|(at, lower)| lower != ground.slice(at))
        .map(|(at, lower)| Slip::told_whole(at, lower))
        .collect()
}

/// `[Sale/Amount]`
pub(super) fn prefix(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    const RESERVED: &[&str] = &["Controls", "Selection", "Metrics", "Custom SQL"];
    references(ground)
        .into_iter()
        .filter(|segments| segments.len() == 2)
        .filter_map(|segments| segments.first().cloned())
        .filter(|at| !RESERVED.contains(&ground.slice(at)))
        .map(|at| Slip::told_whole(at.clone(), ground.misspelt(random, ground.slice(&at))))
        .collect()
}

/// A name in `sort`, `keys` or `columns`, or the column of `options_from`.
pub(super) fn path(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    let lists = ground.tree.items.iter();
    let listed = lists
        .filter(|(key, at, text)| {
            matches!(key.as_str(), "sort" | "keys" | "columns") && ground.slice(at) == text
        })
        .map(|(_, at, text)| at.start + text.len() - text.trim_start_matches('-').len()..at.end);
    let entries = ground.tree.entries.iter();
    let single = entries.filter_map(|entry| {
        let text = entry
            .text
            .as_ref()
            .filter(|t| ground.slice(&entry.value) == **t)?;
        let slash = text.find('/').map_or(0, |at| at + 1);
        (entry.key == "options_from").then_some(entry.value.start + slash..entry.value.end)
    });
    listed
        .chain(single)
        .filter(|at| ground.slice(at) != "*")
        .collect::<Vec<_>>()
        .into_iter()
        .map(|at| Slip::told_whole(at.clone(), ground.misspelt(random, ground.slice(&at))))
        .collect()
}

/// The plain value of some keys.
fn values(
    ground: &Ground<'_>,
    random: &mut Random,
    fits: impl Fn(&str, &str) -> bool,
) -> Vec<Slip> {
    let entries = ground.tree.entries.iter();
    entries
        .filter_map(|entry| {
            let text = entry.text.as_ref()?;
            let plain = ground.slice(&entry.value) == text && fits(&entry.key, text);
            plain.then(|| Slip::told_whole(entry.value.clone(), ground.misspelt(random, text)))
        })
        .collect()
}

/// `from: Salse`
pub(super) fn element(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    let queries = ground.names_below("queries");
    values(ground, random, |key, text| {
        matches!(key, "from" | "query" | "into" | "in") && queries.contains(&text)
    })
}

/// `control: Lest`, `[Controls/Lest]`
pub(super) fn control(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    let controls = ground.names_below("controls");
    let mut slips = values(ground, random, |key, text| {
        matches!(key, "control" | "clear") && controls.contains(&text)
    });
    for segments in references(ground) {
        if let Some(at) = segments.last().filter(|_| is_control(ground, &segments)) {
            let name = ground.misspelt(random, ground.slice(at));
            slips.push(Slip::told_whole(at.clone(), name));
        }
    }
    slips
}

/// `open: New notes`, `navigate: Hom`
pub(super) fn place(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    values(ground, random, |key, _| matches!(key, "open" | "navigate"))
}

/// `on_click: say hallo`
pub(super) fn action(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    let actions = ground.names_below("actions");
    values(ground, random, |key, text| {
        matches!(key, "on_click" | "run") && actions.contains(&text)
    })
}

/// `table: GROWTH.CUSTMERS`
pub(super) fn table(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    let entries = ground.tree.entries.iter();
    let below: Vec<_> = entries
        .filter(|e| e.key == "table" && !e.in_item)
        .filter_map(|e| Some((e.value.clone(), e.text.as_ref()?)))
        .collect();
    below
        .into_iter()
        .filter(|(at, text)| ground.slice(at) == text.as_str())
        .map(|(at, text)| Slip::told_whole(at, ground.misspelt(random, text)))
        .collect()
}

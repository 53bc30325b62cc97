//! Slips in keys, kinds, words and values.

use super::random::Random;
use super::{Ground, Slip};

/// Keys that are worth misspelling: an author writes them often, and a name is never one.
const KEYS: &[&str] = &[
    "from",
    "type",
    "columns",
    "filters",
    "format",
    "formula",
    "value",
    "body",
    "group_by",
    "keys",
    "width",
    "height",
    "on_click",
    "on_select",
    "default",
    "options",
    "options_from",
    "sort",
    "title",
    "values",
    "variant",
    "stack",
    "highlight",
    "pages",
    "queries",
    "controls",
    "actions",
];
const KINDS: &[&str] = &[
    "text",
    "kpi",
    "chart",
    "table",
    "button",
    "control",
    "container",
    "row",
    "input_table",
];
const EFFECTS: &[&str] = &[
    "insert",
    "update",
    "delete",
    "clear",
    "open",
    "navigate",
    "notify",
    "refresh",
    "select_tab",
];

/// `colums:`
pub(super) fn misspelt_key(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    let entries = ground.tree.entries.iter();
    entries
        .filter(|entry| KEYS.contains(&entry.key.as_str()))
        .map(|entry| Slip::told_whole(entry.at.clone(), ground.misspelt(random, &entry.key)))
        .collect()
}

/// `- tabel: All sales`
pub(super) fn misspelt_kind(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    first_keys(ground, random, KINDS, |parent| {
        !matches!(
            parent,
            "filters" | "columns" | "do" | "on_click" | "on_select"
        )
    })
}

/// `- inset: { … }`
pub(super) fn misspelt_effect(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    first_keys(ground, random, EFFECTS, |parent| {
        matches!(parent, "do" | "else" | "on_click" | "on_select")
    })
}

fn first_keys(
    ground: &Ground<'_>,
    random: &mut Random,
    words: &[&str],
    fits: fn(&str) -> bool,
) -> Vec<Slip> {
    let entries = ground.tree.entries.iter();
    entries
        .filter(|e| e.in_item && e.at == e.first && words.contains(&e.key.as_str()))
        .filter(|entry| fits(&entry.parent))
        .map(|entry| Slip::told_whole(entry.at.clone(), ground.misspelt(random, &entry.key)))
        .collect()
}

/// `type: lsit`
pub(super) fn wrong_word(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    let entries = ground.tree.entries.iter();
    entries
        .filter(|e| {
            matches!(
                e.key.as_str(),
                "type" | "variant" | "stack" | "selection" | "side"
            )
        })
        .filter_map(|entry| {
            let text = entry.text.as_ref()?;
            let plain = ground.slice(&entry.value) == text;
            plain.then(|| Slip::told_whole(entry.value.clone(), ground.misspelt(random, text)))
        })
        .collect()
}

/// A KPI without `from`, a chart without `type`.
pub(super) fn missing_key(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let needed = |kind: &str, key: &str| {
        matches!(
            (kind, key),
            ("kpi", "from" | "value") | ("chart", "type" | "from")
        )
    };
    let entries = ground.tree.entries.iter();
    entries
        .filter(|e| !e.in_flow && e.siblings.first().is_some_and(|kind| needed(kind, &e.key)))
        .filter(|e| e.text.is_some() && !ground.slice(&e.value).contains('\n'))
        .map(|entry| {
            let line = super::text::line_of(ground.text, entry.at.start);
            Slip::told_at(line, "", entry.first.clone())
        })
        .collect()
}

/// `width: wide`, `required: sure`
pub(super) fn wrong_value(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let entries = ground.tree.entries.iter();
    let wrong = |key: &str| match key {
        "width" | "height" | "limit" | "max_length" => Some("many"),
        "hidden" | "required" => Some("yes"),
        _ => None,
    };
    entries
        .filter_map(|e| {
            Some(Slip::told_whole(e.value.clone(), wrong(&e.key)?)).filter(|_| {
                e.text.as_ref().is_some_and(|t| {
                    matches!(t.as_str(), "true" | "false") || t.parse::<u32>().is_ok()
                })
            })
        })
        .collect()
}

/// `update` without `where`.
pub(super) fn missing_where(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let entries = ground.tree.entries.iter();
    entries
        .filter(|e| e.key == "where" && matches!(e.parent.as_str(), "update" | "delete"))
        .filter_map(|entry| {
            let before = ground.text.get(..entry.at.start)?.trim_end();
            let start = before.strip_suffix(',')?.len();
            let verb = before.rfind(&format!("{}:", entry.parent))?;
            Some(Slip::told_at(
                start..entry.value.end,
                "",
                verb..verb + entry.parent.len(),
            ))
        })
        .collect()
}

/// Two items on one cell: the row of a placed item becomes that of the one before.
pub(super) fn overlap(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let rows: Vec<_> = placed(ground, "row");
    let steps = rows.windows(2);
    steps
        .filter_map(|pair| {
            let [(_, _, before), (value, map, after)] = pair else {
                return None;
            };
            let slip = Slip::told_at(value.clone(), before.clone(), map.clone());
            (before != after && before.len() == after.len()).then_some(slip)
        })
        .collect()
}

/// A place that ends behind the last column.
pub(super) fn too_wide(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    placed(ground, "width")
        .into_iter()
        .map(|(value, ..)| Slip::told_whole(value, "30"))
        .collect()
}

type Placed = (std::ops::Range<usize>, std::ops::Range<usize>, String);

/// Values of one key of every `at`, with the place of the whole map.
fn placed(ground: &Ground<'_>, key: &str) -> Vec<Placed> {
    let entries = ground.tree.entries.iter();
    let maps: Vec<_> = entries.clone().filter(|e| e.key == "at").collect();
    entries
        .filter(|e| e.parent == "at" && e.key == key)
        .filter_map(|e| {
            let map = maps
                .iter()
                .find(|m| m.value.start <= e.at.start && e.value.end <= m.value.end)?;
            Some((e.value.clone(), map.value.clone(), e.text.clone()?))
        })
        .collect()
}

/// `background: gren`
pub(super) fn misspelt_colour(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    let entries = ground.tree.entries.iter();
    entries
        .filter(|e| matches!(e.key.as_str(), "background" | "color") && e.parent == "style")
        .filter_map(|entry| {
            let text = entry.text.as_ref()?;
            let word = ground.slice(&entry.value) == text && !text.contains('.');
            word.then(|| Slip::told_whole(entry.value.clone(), ground.misspelt(random, text)))
        })
        .collect()
}

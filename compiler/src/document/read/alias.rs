//! Words of other tools for what has another name here. A slip of the pen is not looked for: see `similar`.

/// A key of another tool, as one of the `free` keys of the record.
pub(super) fn of_key<'k>(found: &str, mut free: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let meant = of(KEYS, found);
    free.find(|key| meant.clone().any(|m| m == *key))
}

/// A kind of item of another tool.
pub(super) fn of_kind(found: &str, kinds: &[&'static str]) -> Option<&'static str> {
    of(KINDS, found).find(|meant| kinds.contains(meant))
}

/// An effect of another tool.
pub(super) fn of_effect(found: &str) -> Option<&'static str> {
    of(EFFECTS, found).next()
}

/// A word of another tool, as one of those its key takes.
pub(super) fn of_word(found: &str, words: &[&'static str]) -> Option<&'static str> {
    of(WORDS, found).find(|meant| words.contains(meant))
}

fn of(
    table: &'static [(&'static str, &'static str)],
    found: &str,
) -> impl Iterator<Item = &'static str> + Clone {
    let found = found.to_lowercase().replace('-', "_");
    table
        .iter()
        .filter(move |(foreign, _)| *foreign == found)
        .map(|(_, here)| *here)
}

/// Keys, in the order in which they are tried.
const KEYS: &[(&str, &str)] = &[
    ("children", "body"),
    ("content", "body"),
    ("data", "from"),
    ("elements", "body"),
    ("expression", "formula"),
    ("fields", "columns"),
    ("fmt", "format"),
    ("group", "group_by"),
    ("groups", "group_by"),
    ("inputs", "input_tables"),
    ("items", "body"),
    ("kind", "type"),
    ("measure", "value"),
    ("onclick", "on_click"),
    ("order", "sort"),
    ("order_by", "sort"),
    ("query", "queries"),
    ("query", "from"),
    ("sort_by", "sort"),
    ("sources", "queries"),
    ("source", "from"),
    ("table", "in"),
    ("top", "limit"),
    ("values", "options"),
    ("when", "where"),
];

const KINDS: &[(&str, &str)] = &[
    ("box", "container"),
    ("filter", "control"),
    ("graph", "chart"),
    ("grid", "table"),
    ("heading", "text"),
    ("line", "divider"),
    ("markdown", "text"),
    ("metric", "kpi"),
    ("number", "kpi"),
    ("picture", "image"),
    ("plot", "chart"),
    ("section", "container"),
    ("stat", "kpi"),
    ("viz", "chart"),
];

const EFFECTS: &[(&str, &str)] = &[
    ("add", "insert"),
    ("alert", "notify"),
    ("call", "run"),
    ("create", "insert"),
    ("edit", "update"),
    ("go", "navigate"),
    ("goto", "navigate"),
    ("hide", "close"),
    ("link", "open_url"),
    ("message", "notify"),
    ("reload", "refresh"),
    ("remove", "delete"),
    ("reset", "clear"),
    ("set_control", "set"),
    ("show", "open"),
    ("toast", "notify"),
];

const WORDS: &[(&str, &str)] = &[
    ("bool", "checkbox"),
    ("boolean", "checkbox"),
    ("column", "bar"),
    ("combo", "list"),
    ("date_picker", "date"),
    ("datetime", "date"),
    ("daterange", "date-range"),
    ("doughnut", "donut"),
    ("dropdown", "list"),
    ("float", "number"),
    ("heat", "heatmap"),
    ("int", "number"),
    ("integer", "number"),
    ("multiselect", "multi_select"),
    ("points", "scatter"),
    ("range", "number-range"),
    ("select", "list"),
    ("str", "text"),
    ("string", "text"),
    ("timestamp", "date"),
    ("toggle", "switch"),
    ("varchar", "text"),
];

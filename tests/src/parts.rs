//! A workbook cut into files: what is kept from build to build is kept by file, so edits of small files show most.

use std::fmt::Write as _;

/// Top-level keys whose entries become files.
const SECTIONS: &[&str] = &[
    "queries",
    "input_tables",
    "controls",
    "actions",
    "pages",
    "modals",
    "drawers",
];

/// One entry as a file of its own.
#[derive(Clone, Debug)]
pub struct Part {
    /// Path of the file.
    pub path: String,
    /// Key it stands under, as `queries`.
    pub section: String,
    /// Name of the entry.
    pub name: String,
    /// Text of the file.
    pub text: String,
}

/// What is left of a workbook, with an `include` of its parts, and these in order. They lie in `folder`.
pub fn cut(workbook: &str, folder: &str) -> (String, Vec<Part>) {
    let mut main = String::new();
    let mut parts: Vec<Part> = Vec::new();
    let mut section = None;
    let mut others = Vec::new();
    for line in workbook.lines() {
        let top = line.split(':').next().unwrap_or_default();
        if let Some(list) = line.strip_prefix("include: [") {
            others.push(list.trim_end_matches(']').to_owned());
            continue;
        }
        if !line.is_empty() && !line.starts_with([' ', '#']) {
            section = SECTIONS
                .iter()
                .find(|known| **known == top && line.ends_with(':'));
            if section.is_some() {
                continue;
            }
        }
        let Some(section) = section else {
            main.push_str(line);
            main.push('\n');
            continue;
        };
        if let Some(name) = entry(line) {
            parts.push(Part {
                path: format!("{folder}/{:03}-{section}.yaml", parts.len()),
                section: (*section).to_owned(),
                name,
                text: format!("{section}:\n"),
            });
        }
        if let Some(part) = parts.last_mut() {
            part.text.push_str(line);
            part.text.push('\n');
        }
    }
    others.insert(0, format!("{folder}/*.yaml"));
    // Writing to a text does not fail.
    let _ = writeln!(main, "include: [{}]", others.join(", "));
    (main, parts)
}

/// The name that a line of a section begins an entry with.
fn entry(line: &str) -> Option<String> {
    let text = line.strip_prefix("  ")?;
    if text.starts_with([' ', '#']) {
        return None;
    }
    let (name, _) = text.split_once(':')?;
    Some(name.trim_matches(['"', '\'']).to_owned())
}

/// A page without its first item, and another one with it; `None` when there is none to move.
pub fn moved(from: &str, to: &str) -> Option<(String, String)> {
    let mut rest = Vec::new();
    let mut item: Vec<&str> = Vec::new();
    let mut begun = None;
    let mut ended = false;
    for line in from.lines() {
        let indent = line.len() - line.trim_start().len();
        match begun {
            None if rest
                .last()
                .is_some_and(|last: &&str| last.trim() == "body:")
                && line.trim_start().starts_with("- ") =>
            {
                begun = Some(indent);
                item.push(line);
            }
            Some(start) if !ended && (indent > start || line.trim().is_empty()) => item.push(line),
            Some(_) => {
                ended = true;
                rest.push(line);
            }
            None => rest.push(line),
        }
    }
    let at = to.lines().position(|line| line.trim() == "body:")?;
    begun?;
    let mut other: Vec<&str> = to.lines().collect();
    let tail = other.split_off(at + 1);
    other.extend(item);
    other.extend(tail);
    Some((rest.join("\n") + "\n", other.join("\n") + "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKBOOK: &str = "workbook: Tea\nqueries:\n  Sales:\n    table: sales\n  Teas: { table: teas }\npages:\n  One:\n    body:\n      - text: A\n        width: 3\n      - text: B\n  Two:\n    body:\n      - text: C\n";

    #[test]
    fn every_entry_becomes_a_file() {
        let (main, parts) = cut(WORKBOOK, "parts");
        assert_eq!(main, "workbook: Tea\ninclude: [parts/*.yaml]\n");
        let told: Vec<(&str, &str)> = parts
            .iter()
            .map(|part| (part.path.as_str(), part.name.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("parts/000-queries.yaml", "Sales"),
                ("parts/001-queries.yaml", "Teas"),
                ("parts/002-pages.yaml", "One"),
                ("parts/003-pages.yaml", "Two"),
            ]
        );
        assert_eq!(parts[1].text, "queries:\n  Teas: { table: teas }\n");
    }

    #[test]
    fn the_first_item_moves_to_the_other_page() {
        let (_, parts) = cut(WORKBOOK, "parts");
        let (from, to) = moved(&parts[2].text, &parts[3].text).unwrap_or_default();
        assert_eq!(from, "pages:\n  One:\n    body:\n      - text: B\n");
        assert_eq!(
            to,
            "pages:\n  Two:\n    body:\n      - text: A\n        width: 3\n      - text: C\n"
        );
    }
}

//! Compiling with what was kept from the last build gives what compiling from nothing gives, whatever was edited.

#![expect(
    clippy::unwrap_used,
    reason = "a harness stops at the first thing that is not there"
)]

use bookwright_compiler::compile::{Compilation, Goal, Memory, compile, compile_observed};
use bookwright_compiler::diag::render::json;
use bookwright_compiler::project::Project;
use bookwright_tests::folder::{self, Folder};
use bookwright_tests::mistakes::mistakes;
use bookwright_tests::mistakes::random::Random;
use bookwright_tests::mistakes::tree::tree;
use bookwright_tests::parts::{self, Part};

/// Mistakes of one kind in one workbook.
const EACH: usize = 1;
const SEED: u64 = 20_261_123;

/// All there is to compare: the plan, and the rest.
fn told(compilation: &Compilation) -> (Option<String>, String) {
    let plan = compilation
        .plan
        .as_ref()
        .map(|plan| serde_json::to_string_pretty(plan).unwrap());
    let found = json::value(&compilation.diagnostics, &compilation.sources);
    let (needs, files) = (&compilation.needs, &compilation.dependencies);
    (plan, format!("{found} {needs:?} {files:?}"))
}

/// A workbook that is edited while the compiler remembers.
struct Desk<'d> {
    project: &'d Project,
    file: &'d str,
    memory: Memory,
    edits: usize,
}

impl Desk<'_> {
    /// Saves a state of the folder.
    fn save(&mut self, folder: &Folder, what: &str) {
        let warm = compile_observed(
            folder,
            self.project,
            self.file,
            Goal::Plan,
            &mut self.memory,
            &mut |_| (),
        );
        let cold = compile(folder, self.project, self.file);
        let (warm, cold) = (told(&warm), told(&cold));
        assert_eq!(warm.1, cold.1, "findings of {} after {what}", self.file);
        if let Some(line) = difference(warm.0.as_deref(), cold.0.as_deref()) {
            panic!("plan of {} after {what}: {line}", self.file);
        }
        self.edits += 1;
    }
}

/// The first line in which two plans differ.
fn difference(warm: Option<&str>, cold: Option<&str>) -> Option<String> {
    let (Some(warm), Some(cold)) = (warm, cold) else {
        return (warm.is_some() != cold.is_some()).then(|| "one of them is missing".to_owned());
    };
    let mut lines = warm.lines().zip(cold.lines()).zip(1..);
    let ((warm, cold), line) = lines.find(|((warm, cold), _)| warm != cold)?;
    Some(format!("line {line} is `{warm}`, not `{cold}`"))
}

/// A text with the number, if any, behind its `at`th byte replaced by another.
fn renumbered(text: &str, at: usize) -> Option<String> {
    let start = text.get(at..)?.find(|c: char| c.is_ascii_digit())? + at;
    let mut edited = text.to_owned();
    let other = if edited.get(start..=start)? == "1" {
        "2"
    } else {
        "1"
    };
    edited.replace_range(start..=start, other);
    Some(edited)
}

#[test]
fn what_is_kept_changes_no_plan_and_no_finding() {
    let mut edits = 0;
    for (folder, project, file, text) in folder::workbooks().unwrap() {
        let mut desk = Desk {
            project: &project,
            file: &file,
            memory: Memory::default(),
            edits: 0,
        };
        desk.save(&folder, "the first build");
        desk.save(&folder, "no edit");
        for mistake in mistakes(&text, EACH, SEED) {
            let broken = folder.with(&file, &mistake.broken);
            desk.save(&broken, mistake.kind);
        }
        desk.save(&folder, "all is mended");
        let others: Vec<String> = desk.memory.paths().map(str::to_owned).collect();
        for other in others {
            let written = folder.text(&other).unwrap().to_owned();
            for part in 0..6 {
                let edited = renumbered(&written, written.len() * part / 6);
                for text in [
                    edited,
                    written.get(..written.len() * part / 6).map(str::to_owned),
                ] {
                    let Some(text) = text else { continue };
                    desk.save(&folder.with(&other, &text), &format!("an edit of {other}"));
                }
                desk.save(&folder, &format!("{other} is mended"));
            }
        }
        edits += desk.edits;
    }
    assert!(edits > 300, "{edits} edits");
}

/// Words that `type:` takes somewhere.
const TYPES: &[&str] = &[
    "text",
    "number",
    "date",
    "list",
    "switch",
    "checkbox",
    "slider",
    "date-range",
    "bar",
    "pie",
];

/// How often each kind of edit is made in one file.
const EDITS: usize = 1;

/// A folder with some files written anew.
fn written(folder: &Folder, files: &[(&str, String)]) -> Folder {
    let write = |folder: Folder, (path, text): &(&str, String)| folder.with(path, text);
    files.iter().fold(folder.clone(), write)
}

/// States of a folder in which one part was edited, each with what was done.
fn edits(folder: &Folder, parts: &[Part], at: usize) -> Vec<(Folder, String)> {
    let part = &parts[at];
    let mut random = Random::new(SEED ^ at as u64);
    let mut states = Vec::new();
    let mut say = |what: String, files: &[(&str, String)]| {
        states.push((written(folder, files), format!("{what} in {}", part.path)));
    };
    let places = tree(&part.text).entries;
    for entry in random.some(places.clone(), EDITS) {
        let mut text = part.text.clone();
        text.replace_range(entry.at, &format!("{} 2", entry.key));
        say(format!("`{}` renamed", entry.key), &[(&part.path, text)]);
    }
    let typed = places.into_iter().filter(|entry| entry.key == "type");
    for entry in random.some(typed.collect(), EDITS) {
        let mut text = part.text.clone();
        let word = TYPES[random.below(TYPES.len())];
        text.replace_range(entry.value, word);
        say(format!("another type, {word},"), &[(&part.path, text)]);
    }
    let renamed = |other: &Part| {
        other
            .text
            .replace(&part.name, &format!("{} New", part.name))
    };
    let all: Vec<(&str, String)> = parts.iter().map(|p| (&*p.path, renamed(p))).collect();
    say(format!("`{}` renamed everywhere", part.name), &all);
    let empty = format!("{}: {{}}\n", part.section);
    say("all removed".to_owned(), &[(&part.path, empty)]);
    let other = match part.section.as_str() {
        "pages" => Some("modals"),
        "modals" => Some("pages"),
        "drawers" => Some("modals"),
        _ => None,
    };
    if let Some(other) = other {
        let text = part.text.replacen(&part.section, other, 1);
        say(format!("it is of the {other} now"), &[(&part.path, text)]);
        let next = &parts[(at + 1) % parts.len()];
        if let Some((from, to)) = parts::moved(&part.text, &next.text) {
            say(
                "an item moved".to_owned(),
                &[(&part.path, from), (&next.path, to)],
            );
        }
    }
    states
}

#[test]
fn edits_of_one_file_of_many_change_no_plan_and_no_finding() {
    let mut count = 0;
    for (folder, project, file, text) in folder::workbooks().unwrap() {
        let (main, list) = parts::cut(&text, "parts");
        let mut folder = folder.with(&file, &main);
        for part in &list {
            folder = folder.with(&part.path, &part.text);
        }
        let mut desk = Desk {
            project: &project,
            file: &file,
            memory: Memory::default(),
            edits: 0,
        };
        desk.save(&folder, "the first build");
        assert!(
            compile(&folder, &project, &file).plan.is_some(),
            "{file} in parts"
        );
        for at in 0..list.len() {
            for (state, what) in edits(&folder, &list, at) {
                desk.save(&state, &what);
                if desk.edits.is_multiple_of(2) {
                    desk.save(&folder, &format!("mending: {what}"));
                }
            }
        }
        count += desk.edits;
    }
    assert!(count > 300, "{count} edits");
}

#[test]
fn other_settings_and_other_tables_are_noticed() {
    for (folder, project, file, _) in folder::workbooks().unwrap() {
        let mut other = project.clone();
        other.settings.currency = "CHF".to_owned();
        other.settings.time_zone = "Asia/Tokyo".to_owned();
        let mut memory = Memory::default();
        let states = [
            (&project, folder.clone()),
            (&other, folder.clone()),
            (&project, folder.with_tables(Vec::clear)),
            (&project, folder.clone()),
            (
                &project,
                folder.with_tables(|tables| {
                    for table in tables {
                        table.columns.remove(0);
                    }
                }),
            ),
            (
                &other,
                folder.with_tables(|tables| {
                    for column in tables.iter_mut().flat_map(|table| &mut table.columns) {
                        column.zoned = !column.zoned;
                    }
                }),
            ),
            (&other, folder.clone()),
        ];
        for (number, (project, folder)) in states.into_iter().enumerate() {
            let mut desk = Desk {
                project,
                file: &file,
                memory,
                edits: 0,
            };
            desk.save(&folder, &format!("state {number}"));
            memory = desk.memory;
        }
    }
}

/// Files by name, with their text.
type State = &'static [(&'static str, &'static str)];

/// Files of a small workbook that change from build to build: each state writes over the one before.
const STORIES: &[(&str, &[State])] = &[
    (
        "a circle is closed by a file while another one is kept",
        &[
            &[
                ("x", "queries:\n  X: { table: customers }\n"),
                ("a", "queries:\n  A: { query: X }\n"),
            ],
            &[("x", "queries:\n  X: { query: A }\n")],
            &[("x", "queries:\n  X: { table: customers }\n")],
        ],
    ),
    (
        "a circle of three is closed after one of them was checked again",
        &[
            &[
                ("x", "queries:\n  X: { query: A }\n"),
                ("a", "queries:\n  A: { query: B }\n"),
                ("b", "queries:\n  B: { table: customers }\n"),
            ],
            &[("x", "queries:\n  X: { query: A, limit: 3 }\n")],
            &[("b", "queries:\n  B: { query: X }\n")],
        ],
    ),
    (
        "an overlay becomes a page while the button that opens it is kept",
        &[
            &[
                (
                    "x",
                    "pages:\n  One:\n    body:\n      - button: Go\n        on_click: [{ open: Two }]\n",
                ),
                ("a", "modals:\n  Two:\n    body:\n      - text: Here\n"),
            ],
            &[("a", "pages:\n  Two:\n    body:\n      - text: Here\n")],
        ],
    ),
    (
        "an element that looks something up in itself moves down the list",
        &[
            &[
                ("x", "queries: {}\n"),
                (
                    "a",
                    "queries:\n  A:\n    input_table: T\n    columns: { Note: \"[Note]\", Size: \"[Size]\", Most: \"Lookup(Max([A/Size]), [Note], [A/Note])\" }\ninput_tables:\n  T:\n    columns: { Note: { type: text }, Size: { type: number } }\n",
                ),
                ("b", "queries:\n  B: { table: customers }\n"),
            ],
            &[
                ("x", "queries:\n  X: { query: A }\n"),
                ("b", "queries: {}\n"),
            ],
        ],
    ),
    (
        "two elements ask for the same ability",
        &[
            &[
                (
                    "x",
                    "queries:\n  X:\n    input_table: T\n    group_by: [{ keys: [Note], columns: { M: \"Median([Size])\", L: \"Lookup(Median([A/Size]), [Note], [A/Note])\" } }]\n",
                ),
                (
                    "a",
                    "queries:\n  A:\n    input_table: T\n    columns: { Note: \"[Note]\", Size: \"[Size]\"}\n    summary: { All: \"Median([Size])\" }\n",
                ),
                (
                    "b",
                    "input_tables:\n  T:\n    columns: { Note: { type: text }, Size: { type: number } }\n",
                ),
            ],
            &[],
            &[(
                "b",
                "input_tables:\n  T:\n    columns: { Note: { type: text }, Size: { type: date } }\n",
            )],
            &[(
                "b",
                "input_tables:\n  T:\n    columns: { Note: { type: text }, Size: { type: number } }\n",
            )],
        ],
    ),
];

#[test]
fn what_names_meant_before_is_forgotten() {
    let (folder, project, ..) = folder::workbooks().unwrap().pop().unwrap();
    for (story, states) in STORIES {
        let file = "workbooks/story.yaml";
        let mut desk = Desk {
            project: &project,
            file,
            memory: Memory::default(),
            edits: 0,
        };
        let main = "workbook: Story\ninclude: [x.yaml, a.yaml, b.yaml]\n";
        let mut folder = folder
            .with(file, main)
            .with("a.yaml", "{}\n")
            .with("b.yaml", "{}\n");
        for (number, files) in states.iter().enumerate() {
            for (path, text) in *files {
                folder = folder.with(&format!("{path}.yaml"), text);
            }
            desk.save(&folder, &format!("state {number}: {story}"));
            if number == 0 {
                let first = compile(&folder, &project, file);
                assert!(first.plan.is_some(), "{story}: {}", told(&first).1);
            }
        }
    }
}

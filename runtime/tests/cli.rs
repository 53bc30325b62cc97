//! The command line as a process, told as a transcript: `cli/transcript.txt` holds the cases, the folders beside it what
//! they work on.
//!
//! A line `$ …` is a call: variables first, then the arguments, quoted as in a shell. Lines `? N` and `! …` below it are
//! its exit status (0 unless said) and what stderr must hold (nothing unless said); the other lines are stdout, where
//! `…` stands for any text, and for any lines when it is alone. Cases run in order in one folder.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// One call and what must come of it.
struct Case {
    line: usize,
    call: String,
    status: i32,
    stdout: Vec<String>,
    stderr: Vec<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut heading = false;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(call) = line.strip_prefix("$ ") {
            heading = false;
            cases.push(Case {
                line: number,
                call: call.to_owned(),
                status: 0,
                stdout: Vec::new(),
                stderr: Vec::new(),
            });
        } else if line.starts_with("## ") {
            heading = true;
        }
        let Some(case) = cases.last_mut().filter(|_| !heading) else {
            continue;
        };
        if let Some(status) = line.strip_prefix("? ") {
            case.status = status.parse().unwrap();
        } else if let Some(told) = line.strip_prefix("! ") {
            case.stderr.push(told.to_owned());
        } else if !line.starts_with("$ ") {
            case.stdout.push(line.to_owned());
        }
    }
    for case in &mut cases {
        while case
            .stdout
            .last()
            .is_some_and(|line| line.trim().is_empty())
        {
            case.stdout.pop();
        }
    }
    cases
}

/// Words of a call, split as a shell does.
fn words(call: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in call.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Whether a text is a pattern in which `…` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('…');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        last = Some(part);
        rest = after;
    }
    rest.is_empty() || last == Some("") || last.is_some_and(|end| rest.ends_with(end))
}

fn all_fit(patterns: &[String], lines: &[&str]) -> bool {
    match (patterns.split_first(), lines.split_first()) {
        (None, None) => true,
        (Some((any, rest)), _) if any == "…" => {
            all_fit(rest, lines)
                || lines
                    .split_first()
                    .is_some_and(|(_, lines)| all_fit(patterns, lines))
        }
        (Some((pattern, patterns)), Some((line, lines))) => {
            fits(pattern, line) && all_fit(patterns, lines)
        }
        _ => false,
    }
}

/// What is wrong with the outcome of a case; nothing when it is as told.
fn problem(case: &Case, folder: &Path) -> Option<String> {
    let words = words(&case.call);
    let variables = words
        .iter()
        .take_while(|word| {
            word.split_once('=').is_some_and(|(name, _)| {
                name.chars().all(|c| c.is_ascii_uppercase() || c == '_') && !name.is_empty()
            })
        })
        .count();
    let (variables, arguments) = words.split_at(variables);
    let mut command = Command::new(env!("CARGO_BIN_EXE_bookwright"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("BOOKWRIGHT_NOW", "2026-06-15T12:00:00")
        .envs(variables.iter().filter_map(|word| word.split_once('=')));
    let output = command.output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = stdout.trim_end().lines().collect();
    let told = if case.stderr.is_empty() {
        stderr.is_empty()
    } else {
        case.stderr.iter().all(|part| stderr.contains(part))
    };
    if told && output.status.code() == Some(case.status) && all_fit(&case.stdout, &lines) {
        return None;
    }
    let status = output.status.code();
    Some(format!(
        "transcript.txt:{}: $ {}\nexit status {status:?}\n--- stdout\n{stdout}--- stderr\n{stderr}",
        case.line, case.call
    ))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn every_command_does_as_the_transcript_says() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let folder = tempfile::tempdir().unwrap();
    copy(&beside, folder.path());
    let text = std::fs::read_to_string(beside.join("transcript.txt")).unwrap();
    let cases = cases(&text);
    assert!(cases.len() > 50, "the transcript was not read");
    let mut report = String::new();
    for found in cases.iter().filter_map(|case| problem(case, folder.path())) {
        writeln!(report, "{found}").unwrap();
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn a_plan_is_written_to_the_file_it_is_asked_for() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/figures");
    let folder = tempfile::tempdir().unwrap();
    copy(&beside, folder.path());
    let done = Command::new(env!("CARGO_BIN_EXE_bookwright"))
        .args(["compile", "workbooks/figures.yaml", "-o", "plan.json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(
        done.status.success() && done.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let plan = std::fs::read_to_string(folder.path().join("plan.json")).unwrap();
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    assert_eq!(
        (&plan["version"], &plan["id"]),
        (&1.into(), &"figures".into())
    );
}

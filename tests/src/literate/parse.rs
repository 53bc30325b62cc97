//! Markdown to cases.

use std::collections::BTreeMap;

/// A case.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Its heading.
    pub name: String,
    /// The workbook.
    pub workbook: String,
    /// Lines for the project file.
    pub project: String,
    /// Tables by name.
    pub tables: BTreeMap<String, String>,
    /// Frozen wall-clock time.
    pub now: String,
    /// Codes of the findings, in order.
    pub finds: Vec<String>,
    /// What is asked.
    pub queries: Vec<Query>,
}

/// A question and its answer.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What follows `query:`.
    pub text: String,
    /// Line of it, from 1.
    pub line: usize,
    /// The answer as written; `None` when its block is missing.
    pub result: Option<Block>,
}

/// A fenced block.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its text, with a final line break when it has lines.
    pub text: String,
    /// Lines of the text in the file: from (counting from 0) and number.
    pub lines: (usize, usize),
}

/// The cases of a file, in order.
///
/// # Errors
/// A sentence with a line, when the file has another form.
pub fn cases(text: &str) -> Result<Vec<Case>, String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut shared = Case {
        now: "2026-01-15 12:00:00".to_owned(),
        ..Case::default()
    };
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if let Some(name) = line.strip_prefix("## ") {
            let name = name.trim().to_owned();
            cases.push(Case {
                name,
                ..shared.clone()
            });
        } else {
            let case = cases.last_mut().unwrap_or(&mut shared);
            if let Some(info) = line.strip_prefix("```") {
                let block = block(&lines, at)?;
                at += block.lines.1 + 1;
                place(case, info.trim(), block).map_err(|e| format!("line {}: {e}", at + 1))?;
            } else {
                word(case, line, at + 1);
            }
        }
        at += 1;
    }
    Ok(cases)
}

/// The block that opens at a line.
fn block(lines: &[&str], open: usize) -> Result<Block, String> {
    let inside = lines.iter().skip(open + 1);
    let count = inside
        .clone()
        .position(|line| line.trim_end() == "```")
        .ok_or_else(|| format!("line {}: the block does not end", open + 1))?;
    let mut text = String::new();
    for line in inside.take(count) {
        text.push_str(line);
        text.push('\n');
    }
    Ok(Block {
        text,
        lines: (open + 1, count),
    })
}

fn place(case: &mut Case, info: &str, block: Block) -> Result<(), String> {
    match info.split_once(' ').unwrap_or((info, "")) {
        ("yaml", "") => case.workbook.push_str(&block.text),
        ("yaml", "project") => case.project.push_str(&block.text),
        ("csv", name) if !name.is_empty() => {
            case.tables.insert(name.trim().to_owned(), block.text);
        }
        ("result", "") => match case.queries.last_mut() {
            Some(query) if query.result.is_none() => query.result = Some(block),
            _ => return Err("a result without a query".to_owned()),
        },
        _ => return Err(format!("a block of an unknown kind: `{info}`")),
    }
    Ok(())
}

fn word(case: &mut Case, line: &str, number: usize) {
    if let Some(text) = line.strip_prefix("query: ") {
        case.queries.push(Query {
            text: text.trim().to_owned(),
            line: number,
            result: None,
        });
    } else if let Some(now) = line.strip_prefix("now: ") {
        now.trim().clone_into(&mut case.now);
    } else if let Some(codes) = line.strip_prefix("finds: ") {
        case.finds = codes.split(',').map(|c| c.trim().to_owned()).collect();
    }
}

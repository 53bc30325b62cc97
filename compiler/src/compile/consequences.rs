//! Findings that only follow from others: one mistake is told once.
//!
//! Where lines could not be read, whatever is unknown or missing may stand in them. Where one value could not be read,
//! what is missing near it is that value.

use crate::diag::codes::{self, Code, plan, yaml};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::SourceMap;
use crate::span::{FileId, Span};

/// Drops what follows from findings about YAML and structure.
pub(super) fn drop(findings: &mut Diagnostics, sources: &SourceMap) {
    let unread = findings.iter().any(|d| yaml::hides_lines(d.code));
    let misread: Vec<Span> = findings
        .iter()
        .filter(|d| d.code.number < 3000)
        .map(|d| d.primary.span)
        .collect();
    let near_misread = |place: Span| {
        let block = Block::of(sources, place);
        misread.iter().any(|cause| block.holds(*cause))
    };
    let follows = |d: &Diagnostic| {
        (unread && codes::may_be_unread(d.code))
            || (is_about_a_lack(d.code) && !misread.is_empty() && near_misread(d.primary.span))
    };
    findings.retain(|d| !follows(d));
}

/// Whether a finding of this code may only mean that a value could not be read.
fn is_about_a_lack(code: &Code) -> bool {
    [
        &codes::names::MISSING_SOURCE,
        &codes::names::MISSING_JOIN_CONDITION,
        &plan::FILTER_WITHOUT_TEST,
        &plan::MISSING_CHANNEL,
        &plan::COMPARE_WITHOUT_PERIOD,
        &plan::MISSING_WHERE,
        &plan::CONTROL_OPTION,
        &plan::MIXED_LAYOUT,
    ]
    .contains(&code)
}

/// The lines of the map that a finding stands in.
struct Block {
    file: FileId,
    start: u32,
    end: u32,
}

impl Block {
    /// From the first to the last line around a place that is indented as deep as it, or deeper; an entry in braces is
    /// one line with what is indented below it.
    fn of(sources: &SourceMap, place: Span) -> Self {
        let text = &*sources.file(place.file).text;
        let lines: Vec<(usize, &str)> = text
            .split_inclusive('\n')
            .scan(0, |at, line| {
                let start = *at;
                *at += line.len();
                Some((start, line))
            })
            .collect();
        let own = lines
            .partition_point(|(start, _)| *start <= place.start as usize)
            .saturating_sub(1);
        let line = lines.get(own).map_or("", |(_, line)| *line);
        let in_braces = line.contains(['{', '[']);
        let least = column(line) + usize::from(in_braces);
        let inside = |(_, line): &&(usize, &str)| line.trim().is_empty() || column(line) >= least;
        let item = line.trim_start().starts_with("- ");
        let above = if in_braces || item {
            0
        } else {
            let before = lines.get(..own).unwrap_or_default().iter().rev();
            before
                .take_while(|(_, line)| line.trim().is_empty() || column(line) >= least)
                .count()
        };
        let after = lines.get(own + 1..).unwrap_or_default().iter();
        let below = after
            .take_while(inside)
            .take_while(|(_, line)| !(item && indent(line) < least))
            .count();
        let offset = |index: usize| {
            let at = lines.get(index).map_or(text.len(), |(start, _)| *start);
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        Self {
            file: place.file,
            start: offset(own - above),
            end: offset(own + below + 1),
        }
    }

    fn holds(&self, place: Span) -> bool {
        place.file == self.file && (self.start..self.end).contains(&place.start)
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Where the first key of a line stands, behind its dash.
fn column(line: &str) -> usize {
    let content = line.trim_start_matches(' ');
    let key = content.strip_prefix("- ").unwrap_or(content);
    line.len() - key.trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_the_map_a_finding_stands_in() {
        let held = |text: &str| {
            let mut sources = SourceMap::default();
            let file = sources.add("a.yaml", text);
            let at = |c| u32::try_from(text.find(c).unwrap()).unwrap();
            let span = |c| Span::new(file, at(c), at(c) + 1);
            Block::of(&sources, span('X')).holds(span('Y'))
        };
        for (text, expected) in [
            ("a: { k: X, l: Y }\nb: 1", true),
            ("a: { k: X }\nb: { k: Y }", false),
            ("a:\n  k: X\n  l: Y", true),
            ("a:\n  k: Y\n  l: X", true),
            ("a:\n  k: X\nb:\n  k: Y", false),
            ("- t: X\n  at: Y", true),
            ("- t: X\n- t: Y", false),
            ("- t: Y\n- t: X", false),
            ("- t: a\n  m: { X }\n  at: Y", false),
        ] {
            assert_eq!(held(text), expected, "{text:?}");
        }
    }
}

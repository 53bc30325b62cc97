//! Slips in formulas.

use std::ops::Range;

use bookwright_compiler::yaml::Style;

use super::random::Random;
use super::tree::Formula;
use super::{Ground, Slip};

/// A call in a formula.
struct Call {
    name: Range<usize>,
    /// Place of `(` and of `)`.
    open: usize,
    close: usize,
    args: Vec<Range<usize>>,
}

/// Every call of every formula.
fn calls(ground: &Ground<'_>) -> Vec<Call> {
    let mut found = Vec::new();
    for formula in &ground.tree.formulas {
        let raw = ground.slice(&formula.inside);
        for (open, _) in raw.match_indices('(') {
            let before = raw.get(..open).unwrap_or_default();
            let name = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
            if name.len() == open || in_brackets_or_text(before) {
                continue;
            }
            if let Some((close, args)) = arguments(raw, open) {
                let at = |n: usize| formula.inside.start + n;
                found.push(Call {
                    name: at(name.len())..at(open),
                    open: at(open),
                    close: at(close),
                    args: args.into_iter().map(|a| at(a.start)..at(a.end)).collect(),
                });
            }
        }
    }
    found
}

fn in_brackets_or_text(before: &str) -> bool {
    let quotes = before.matches('"').count();
    quotes % 2 == 1 || before.rfind('[') > before.rfind(']')
}

/// The closing parenthesis of the one at `open`, and the arguments between.
fn arguments(raw: &str, open: usize) -> Option<(usize, Vec<Range<usize>>)> {
    let (mut depth, mut text, mut args, mut start) = (0_usize, false, Vec::new(), open + 1);
    for (at, c) in raw.char_indices().skip_while(|(at, _)| *at < open) {
        let top = depth == 1;
        match c {
            '"' => text = !text,
            _ if text => {}
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        if !text && top && (c == ',' || depth == 0) {
            let arg = raw.get(start..at)?;
            let lead = arg.len() - arg.trim_start().len();
            args.push(start + lead..start + arg.trim_end().len());
            start = at + 1;
        }
        if depth == 0 {
            return Some((at, args));
        }
    }
    None
}

/// `Summ([Amount])`
pub(super) fn function(ground: &Ground<'_>, random: &mut Random) -> Vec<Slip> {
    calls(ground)
        .into_iter()
        .map(|call| {
            let name = ground.slice(&call.name);
            Slip::told_whole(call.name.clone(), ground.misspelt(random, name))
        })
        .collect()
}

fn operators(ground: &Ground<'_>, old: &str, new: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for formula in &ground.tree.formulas {
        let raw = ground.slice(&formula.inside);
        for (at, _) in raw.match_indices(&format!(" {old} ")) {
            let start = formula.inside.start + at + 1;
            slips.push(Slip::told_whole(start..start + old.len(), new));
        }
    }
    slips
}

/// `[A] == 1`
pub(super) fn double_equals(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    operators(ground, "=", "==")
}

/// `[A] && [B]`
pub(super) fn ampersands(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    operators(ground, "And", "&&")
}

/// `Sum([Amount)`
pub(super) fn unclosed_bracket(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let mut slips = Vec::new();
    for formula in &ground.tree.formulas {
        let raw = ground.slice(&formula.inside);
        for (close, _) in raw.match_indices(']') {
            if let Some(open) = raw.get(..close).and_then(|b| b.rfind('[')) {
                let at = |n: usize| formula.inside.start + n;
                slips.push(Slip::told_at(
                    at(close)..at(close + 1),
                    "",
                    at(open)..at(close),
                ));
            }
        }
    }
    slips
}

/// `Sum([Amount]`
pub(super) fn unclosed_parenthesis(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let last = |formula: &Formula, call: &Call| {
        formula.inside.end == call.close + 1 && formula.inside.start <= call.open
    };
    let calls = calls(ground);
    let formulas = ground.tree.formulas.iter();
    formulas
        .filter_map(|formula| calls.iter().find(|call| last(formula, call)))
        .map(|call| Slip::told_at(call.close..call.close + 1, "", call.open..call.open + 1))
        .collect()
}

/// `"High, 1, 0)`; the rest of the formula is the text.
pub(super) fn unclosed_text(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let mut slips = Vec::new();
    let plain = ground.tree.formulas.iter();
    for formula in plain.filter(|formula| formula.style != Style::Double) {
        let raw = ground.slice(&formula.inside);
        let quotes: Vec<usize> = raw.match_indices('"').map(|(at, _)| at).collect();
        if let [.., open, close] = quotes.as_slice() {
            let at = |n: usize| formula.inside.start + n;
            let end = formula.inside.end - 1;
            slips.push(Slip::told_at(at(*close)..at(close + 1), "", at(*open)..end));
        }
    }
    slips
}

/// `SumIf([Risk] = "High", [MRR])`
pub(super) fn swapped(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    calls(ground)
        .into_iter()
        .filter(|call| {
            matches!(
                ground.slice(&call.name),
                "SumIf" | "AvgIf" | "MaxIf" | "MinIf"
            )
        })
        .filter_map(|call| match call.args.as_slice() {
            [a, b] => {
                let new = format!("{}, {}", ground.slice(b), ground.slice(a));
                Some(Slip::told_at(a.start..b.end, new, call.name.clone()))
            }
            _ => None,
        })
        .collect()
}

/// `Sum([Amount], 1)`
pub(super) fn surplus(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    calls(ground)
        .into_iter()
        .filter(|call| {
            matches!(
                ground.slice(&call.name),
                "Sum" | "Avg" | "IsNotNull" | "DateDiff"
            )
        })
        .map(|call| {
            Slip::told_at(
                call.close..call.close,
                ", 1",
                call.close + 2..call.close + 3,
            )
        })
        .collect()
}

/// `DateDiff("day", [Sold])`
pub(super) fn lacking(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    calls(ground)
        .into_iter()
        .filter(|call| {
            matches!(
                ground.slice(&call.name),
                "DateDiff" | "DateTrunc" | "SumIf" | "DateAdd"
            )
        })
        .filter_map(|call| match call.args.as_slice() {
            [.., before, last] => Some(Slip::told_at(before.end..last.end, "", call.name.clone())),
            _ => None,
        })
        .collect()
}

/// `If([Days Quiet], "High", "Low")`
pub(super) fn number_as_condition(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    let calls = calls(ground).into_iter();
    calls
        .filter(|call| matches!(ground.slice(&call.name), "If" | "CountIf"))
        .filter_map(|call| {
            let condition = call.args.first()?.clone();
            let text = ground.slice(&condition);
            let compared = text.find(" > ").or_else(|| text.find(" < "))?;
            let single = text.matches(['<', '>', '=']).count() == 1 && !text.contains(" And ");
            let end = condition.start + compared;
            single.then(|| Slip::told_at(end..condition.end, "", condition.start..end))
        })
        .collect()
}

/// `If([A] > 1; 2; 3)`
pub(super) fn semicolon(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    calls(ground)
        .into_iter()
        .filter_map(|call| match call.args.as_slice() {
            [first, _, ..] => Some(Slip::told_whole(first.end..first.end + 1, ";")),
            _ => None,
        })
        .collect()
}

/// `DateTrunc("months", [Sold])`
pub(super) fn date_unit(ground: &Ground<'_>, _: &mut Random) -> Vec<Slip> {
    calls(ground)
        .into_iter()
        .filter(|call| ground.slice(&call.name).starts_with("Date"))
        .filter_map(|call| {
            let unit = call.args.first()?.clone();
            let inner = ground.slice(&unit).strip_prefix('"')?.strip_suffix('"')?;
            Some(Slip::told_whole(unit.clone(), format!("\"{inner}s\"")))
        })
        .collect()
}
